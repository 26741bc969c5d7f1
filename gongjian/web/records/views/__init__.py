"""The screens of a record: shown, edited, mended.

Owns the order of refusals (404, 403, 422) and that a form sent twice does its deed once. Refuses
to judge what a form says: the import does."""
