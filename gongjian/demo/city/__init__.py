"""绵阳市 in 2011, invented to the last person but true to the published figures to the unit.

Owns the story of the year: entries with value periods, told in monthly reports. Makes tables and
workbooks out of it. Refuses to look at the database; only seeded chance, no clock, no order of
hashes, so that every machine makes the same city.
"""
