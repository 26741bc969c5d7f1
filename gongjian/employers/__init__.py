"""Employers: the real-name ledger of enterprises, offices, institutions and other units.

Owns who employs whom to how many, where and since when. Refuses to know whether a union covers
the unit: that is the unions' to say. Looks at areas, the engines, history and core.
"""
