"""The first page: what whoever signed in has to do, what their place counts, and who is behind.

Owns these screens. Refuses to compute: the store or the indicator engine answers, and problems are
indicators that say so themselves. Looks at indicators, imports, figures,
doubts, changes and accounts.
"""
