"""Records: one entry of a ledger: its timeline on both times, and the forms that change it.

Owns these screens, made from the declaration. Refuses checks of its own: a form is an import of one row."""
