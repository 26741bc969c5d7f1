"""Members: who belongs to which union, since when, and in what standing.

Owns memberships, their transfer from union to union, and the figures that count members.
Refuses agreements. Looks at unions, employers, areas, the engines, history and core.
"""
