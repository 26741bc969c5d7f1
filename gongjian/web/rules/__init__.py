"""Rules: rule packs and the working-day calendar, to read for all, to keep for few.

Owns these screens and the small sum of a deadline. Refuses to know what a flow does with a number.
Looks at workflow, calendars and areas."""
