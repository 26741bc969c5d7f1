"""The figures worked out the slow way, from the contract alone: every entry looked at by itself.

Nothing here knows how the product counts. ``days`` says what held on one day, ``figures`` who
counts in which figure and in which node of a tree.
"""

from tests.oracle.figures import CODES, NET, RATES, TERRITORY_ONLY, Oracle

__all__ = ["CODES", "NET", "RATES", "TERRITORY_ONLY", "Oracle"]
