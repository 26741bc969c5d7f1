"""What people are to do, over all flows: the list of one person, and what is overdue by unit.

Reads to-dos, notices and urges; each line leads to the page of its case. Refuses to know any flow:
what a step is called and how its day was counted come of its declaration.
"""
