"""Pasting: a grid to paste rows from Excel into, and papers that the server makes itself.

Owns the grid, what was pasted read as cells, and that what is handed in twice becomes one paper.
Refuses to check what cells say: the import does. Looks at imports and ledgers.
"""
