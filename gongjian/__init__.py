"""Gongjian: the working record of trade-union organising and collective bargaining.

Owns the whole product: dated ledgers, figures computed from their rows, and the
commands that serve them. Its rooms stand on floors and import only downwards;
the floors are written in `pyproject.toml` and checked there.
"""

__version__ = "0.1.0"
