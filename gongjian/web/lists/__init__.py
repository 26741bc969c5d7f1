"""Lists: each ledger as a page of rows, made from its declaration.

Owns the order of a list, its filters, quick tabs, columns, saved views and the export of what is
listed. Refuses to change a row and to show one outside the scope of whoever asks. Looks at every
room's declaration.
"""
