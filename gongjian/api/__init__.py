"""The door for programs: ledgers, rows, figures, changes and imports as JSON.

Owns the addresses below /api/, their description (OpenAPI), the cursors of long lists and the
tokens by which a program says for whom it asks. Everything comes from declarations: a new ledger
or figure is there by itself. Refuses to decide anything: scope, right, moment and every rule are
those of the pages, and what they refuse is refused here with the same sentence.
"""
