"""Search: one box over all ledgers.

Owns this screen and its queries. Refuses to show what lies outside the scope. Looks at ledgers."""
