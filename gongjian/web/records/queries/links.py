"""Entries of other ledgers that refer to an entry, on a day and as known then."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongjian.history import sql
from gongjian.history.shapes import FRAME, SHAPES, Shape
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Column, Ledger
from gongjian.web.moment import AsOf

SHOWN: Final = 8
COUNTED: Final = 1_000
"""Beyond it only “more than” is said: counting all would take as long as the list is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The entries that name the entry in ``column``: a few of them, and how many there are."""

    ledger: Ledger
    column: Column
    rows: list[tuple[int, VersionTuple]]
    count: int

    @property
    def capped(self) -> bool:
        return self.count > COUNTED


def links_to(slug: str, entry: int, asof: AsOf) -> list[Link]:
    """Whoever refers to the entry by a column that an index leads to; two queries each.

    A reference without an index, such as the workplace of a member, would read a whole ledger.
    """
    found = []
    for shape in SHAPES:
        for name, target in shape.refs.items():
            if target == slug and name in _indexed(shape):
                found.append(_link(shape, name, entry, asof))
    return [link for link in found if link.count]


def _indexed(shape: Shape) -> frozenset[str]:
    """Database columns that begin an index over what is believed."""
    meta = shape.version_model._meta
    first = (index.fields[0] for index in meta.indexes if index.fields and index.condition)
    return frozenset(str(getattr(meta.get_field(name), "column", "")) for name in first)


def _link(shape: Shape, name: str, entry: int, asof: AsOf) -> Link:
    ledger = LEDGERS[shape.slug]
    column = next(c for c in ledger.ref_columns if shape.columns_of(c.field)[0] == name)
    where, params = _held(name, entry, asof.day, asof.known_at)
    columns = ("entry_id", *FRAME, *shape.columns)
    names = ", ".join(f'"{c}"' for c in columns)
    source = f'FROM "{shape.table}" WHERE {where}'
    rows = sql.fetch(f"SELECT {names} {source} LIMIT {SHOWN}", params)
    count = len(rows)
    if count == SHOWN:
        count = len(sql.fetch(f"SELECT 1 {source} LIMIT {COUNTED + 1}", params))
    end = 1 + len(FRAME)
    told = [(row[0], (*row[1:end], *shape.unpack(row[end:]))) for row in rows]
    return Link(ledger=ledger, column=column, rows=sorted(told, key=lambda t: t[0]), count=count)


def _held(name: str, entry: int, day: date, known: int | None) -> tuple[str, list[Any]]:
    on = f'"{name}" = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)'
    at = [entry, day, day]
    if known is None:
        return f"{on} AND removed_in IS NULL", at
    return (
        f"{on} AND added_in <= %s AND (removed_in IS NULL OR removed_in > %s)",
        [*at, known, known],
    )
