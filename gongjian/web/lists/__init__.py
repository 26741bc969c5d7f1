"""Lists: each ledger as a list with filters, views, columns, paging and export.

Owns these screens, made from the declaration of the ledger. Refuses to change a row. Looks at ledgers."""
