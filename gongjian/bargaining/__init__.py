"""Bargaining: wage agreements and the employers and workers each of them covers.

Owns the two ledgers of agreements and their coverage. Refuses members. Looks at unions,
employers, areas, the engines, history and core.
"""
