"""Reporting: each unit's month, from handing in to the lock, and what moved since.

Owns the flow of the monthly report, and locked months with the figures printed then. Refuses to
count: figures and their rows come from the engine. Looks at the rooms whose rows are reported, at
areas, the engines, history and core.
"""
