"""Reporting: the monthly figures as they were known when the month was locked, and what moved since.

Owns locked months with the figures printed then. Refuses to count: figures and their rows come
from the engine. Looks at areas, accounts, the engines, history and core.
"""
