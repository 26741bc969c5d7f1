"""Wording: how changes and values are said, the same on every page.

Owns the words that several screens use. Refuses to ask for rows, but for the names of what a value
refers to, and to show a sensitive value in full unless told to."""
