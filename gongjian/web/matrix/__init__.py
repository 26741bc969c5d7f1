"""The wall chart: areas by figures on a cut-off day, and the twelve months before it.

Owns this screen. Refuses to count: it reads the sums that the store keeps, and says so where a
day is not kept. Looks at indicators and areas.
"""
