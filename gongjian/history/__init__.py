"""History: what was known, when, and about which day.

Owns Changes, dated versions on two times (the day a fact held, the change that
brought or removed the knowledge of it), splicing, undo, annulment, merging and
the hash-chained trail. Refuses every word of the domain: it knows tables,
columns and days, never an employer, an area or a person. Looks at core only.
"""
