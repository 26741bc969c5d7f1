"""Ledgers: the engine that turns one declaration into template, import, checks and export.

Owns reading files, normalising cells, matching rows to entries, laying facts into history,
answers and result workbooks. Refuses every word of the domain: which ledgers there are is
declared in the rooms above. Looks at history and core.
"""
