"""Indicators: what is counted, declared once; every figure and the named rows behind it.

Owns the catalogue of figures, their compilation to SQL, the roll-up along a dated tree and the
drill to names. Refuses to know what a row means or what a node of the tree is: rooms above
declare both. Looks at history and core.
"""
