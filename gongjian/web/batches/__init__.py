"""Batch deeds: one column changed for many rows that were chosen in a list.

Owns the form and the paper it becomes. Refuses to write: the import tries, writes and undoes it as
one change. Looks at lists, pasting and imports.
"""
