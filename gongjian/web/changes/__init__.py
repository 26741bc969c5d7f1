"""Changes: what was changed by whom and why, and how it is taken back.

Owns these screens. Refuses to undo by itself: history does. Looks at history."""
