"""Cells: what one raw cell means.

Owns the kinds of cell (text, numbers, days, choices, codes, identity numbers) and the cleaning
common to all. Pure functions from a raw cell to a value or a named problem; refuses to look at
any other cell, at a ledger or at the database.
"""

from gongjian.ledgers.cells.dates import Day
from gongjian.ledgers.cells.numbering import (
    CreditCode,
    Phone,
    PlainCode,
    Reference,
    read_identity,
)
from gongjian.ledgers.cells.numbers import Count, Money, Percent
from gongjian.ledgers.cells.raw import (
    CLEAR_WORD,
    Flaw,
    Kind,
    Raw,
    Read,
    blank,
    is_clear,
    is_masked,
    shown,
    tidy,
)
from gongjian.ledgers.cells.words import Choice, Text, YesNo

__all__ = [
    "CLEAR_WORD",
    "Choice",
    "Count",
    "CreditCode",
    "Day",
    "Flaw",
    "Kind",
    "Money",
    "Percent",
    "Phone",
    "PlainCode",
    "Raw",
    "Read",
    "Reference",
    "Text",
    "YesNo",
    "blank",
    "is_clear",
    "is_masked",
    "read_identity",
    "shown",
    "tidy",
]
