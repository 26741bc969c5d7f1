"""The demonstration: a whole city and its year, and the published figures it comes to.

Owns the invented city (``city``), the command that loads it or writes it as workbooks, and the
practice papers in ``county``, seven workbooks in the state real ones are in. Refuses to write a
row by itself: all it knows goes through the import that clerks use, all it says through figures.
"""
