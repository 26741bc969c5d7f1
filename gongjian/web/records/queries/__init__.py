"""What is read for a record: its versions on both times, what they changed, who refers to it.

Owns the scope of what is seen of an entry. Refuses to write and to word anything."""
