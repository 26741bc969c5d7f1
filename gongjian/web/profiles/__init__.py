"""Profiles: a form of others, such as the province's, that exports are written into.

Owns the template with its columns pointed to a ledger's, who may use it, and filling it in.
Refuses to read the record: the export's own workbook is what it copies from. Looks at ledgers,
files and what imports remember of headers.
"""
