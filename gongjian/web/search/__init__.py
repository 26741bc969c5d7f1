"""Search: one box over employers, unions, members, agreements and document numbers.

Owns what a word may mean and how few of the hits are shown. Refuses to find by a part of an
identity number, and to tell a hit outside the scope from no hit. Looks at every room's declaration.
"""
