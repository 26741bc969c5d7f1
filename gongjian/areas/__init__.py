"""Areas: the dated tree of places, from the city down to villages, parks and buildings.

Owns divisions, development zones, parks and buildings as one ledger; moves, merges with heirs
and splits on their days; and answers where a place stood on any day. Refuses to know who works
there. Looks at the ledger engine, history and core.
"""
