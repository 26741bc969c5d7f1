"""How a record is said on screen: values in words, what happened by day, lanes, the whole page.

Owns the wording. Refuses to query the ledgers, but for the names of whom a value refers to, and to
show a sensitive value in full unless told to."""
