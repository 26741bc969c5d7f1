"""Which columns a list shows: those of the declaration that hold something on a day."""

from typing import Final, NamedTuple

from gongjian.ledgers.declare import Column, Ledger, Role, Timing

_FEW: Final = 6
"""Columns shown of a ledger that declares none."""


class Head(NamedTuple):
    """The column a row is called by, and the one written small below it, if any."""

    main: Column
    below: Column | None


def head_of(ledger: Ledger) -> Head:
    """Named rows go by their name; rows that tie two entries together by the second of them."""
    key = ledger.keys[0]
    main = ledger.name or ledger.code or key[-1]
    below = key[0] if key[0] != main else ""
    return Head(ledger.by_field[main], ledger.by_field[below] if below else None)


def choosable(ledger: Ledger) -> tuple[Column, ...]:
    """Columns that may be shown beside the head, in the order of the paper."""
    head = {column.field for column in head_of(ledger) if column is not None}
    return tuple(c for c in columns_of(ledger) if c.field not in head)


def columns_of(ledger: Ledger) -> tuple[Column, ...]:
    """Columns whose value holds on a day: no ends, which a row that exists has not."""
    return tuple(
        c
        for c in ledger.columns
        if c.role is Role.STARTS or (c.role is Role.VALUE and c.timing is not Timing.ENDING)
    )


def usual(ledger: Ledger) -> tuple[str, ...]:
    """Fields shown where nobody has chosen; the rest is a tick away."""
    return ledger.shown or tuple(column.field for column in choosable(ledger)[:_FEW])
