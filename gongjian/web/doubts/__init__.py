"""Doubts about a figure: who doubts it, whom it goes to, what they answer, until both are done.

Owns doubts and their pages. Refuses to change a row: what is wrong is mended in the ledger, and a
doubt only says so. Looks at figures, and at posts for whose answer it is."""
