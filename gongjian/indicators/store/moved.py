"""Whom a change moved: the entities of each base, and on which of the kept days."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from gongjian.history import sql
from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG, Base, Link
from gongjian.indicators.sections import LASTING, reads

Moved = dict[int, int]
"""Entity → kept days on which it may count otherwise: bit *i* for the *i*-th day."""


FEW = 2_000
"""Up to so many values are looked up by the partial index of what is believed."""


def secret_columns(ledger: str) -> set[str]:
    """Columns that only name people in lists; nothing is counted by them."""
    shape = SHAPES[ledger]
    return {column for name in shape.secret for column in shape.columns_of(name)}


@cache
def columns_read(ledger: str) -> list[str]:
    """What is read of the rows of a ledger: whatever any base reads, but what is secret."""
    names = sorted(set().union(*(reads(b).get(ledger, ()) for b in CATALOG.bases)))
    return [n for n in names if n not in secret_columns(ledger) | {LASTING}]


def around(
    number: int, query: str, column: str, values: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Rows of ``query`` whose ``column`` is one of ``values``, known just before or after a change.

    Of few values two questions, each with its own index: what is believed, and what the change
    removed. Of many one question: of the removed rows, too, there may be many, and they would be
    read again for each part of the list.
    """
    believed, removed = "removed_in IS NULL", f"removed_in >= {int(number)}"
    few = len(values) <= FEW
    for known in (believed, removed) if few else (f"({believed} OR {removed})",):
        yield from sql.stream_in(f"{query} {known} AND", column, values)


class Movements:
    """What one change altered, read once for all bases."""

    def __init__(self, number: int, days: Sequence[date]) -> None:
        """``days`` are the kept days in order."""
        self._number = number
        self._days = days
        self._every = (1 << len(days)) - 1
        self._altered: dict[tuple[str, tuple[str, ...]], dict[int, Entry]] = {}
        self._told: dict[str, tuple[list[str], list[Row]]] = {}

    def of(self, base: Base) -> Moved:
        """The entities of ``base`` whose rows may differ, with the days."""
        moved: Moved = {}
        for ledger, columns in reads(base).items():
            known = sorted(columns - {LASTING} - secret_columns(ledger))
            altered = self._entries(ledger, known)
            read = self._lasting(ledger, known) if LASTING in columns else []
            lasting = dict.fromkeys(read, self._every)
            if ledger in base.entities:
                self._direct(moved, altered, known, base.entities[ledger])
                moved |= lasting  # what lasts is read of the entries that are counted themselves
            if ledger in base.through:
                days = {entry: said.days for entry, said in altered.items()}
                self._linked(moved, days | lasting, base.through[ledger])
        return moved

    def _direct(
        self, moved: Moved, altered: dict[int, "Entry"], columns: list[str], names: str
    ) -> None:
        at = columns.index(names) if names != "entry_id" else None
        for entry, said in altered.items():
            entities = [entry] if at is None else {values[at] for values in said.values}
            days = said.days
            for entity in entities:
                moved[entity] = moved.get(entity, 0) | days

    def _linked(self, moved: Moved, days: dict[int, int], link: Link) -> None:
        """Rows known just before or after the change tie the entries to entities."""
        query = (
            f'SELECT DISTINCT "{link.by}", "{link.entity}" FROM "{SHAPES[link.ledger].table}" WHERE'
        )
        for entry, entity in around(self._number, query, f'"{link.by}"', list(days)):
            moved[entity] = moved.get(entity, 0) | days[entry]

    def _entries(self, ledger: str, columns: list[str]) -> dict[int, "Entry"]:
        key = ledger, tuple(columns)
        if key not in self._altered:
            self._altered[key] = self._compared(ledger, columns)
        return self._altered[key]

    def _compared(self, ledger: str, columns: list[str]) -> dict[int, "Entry"]:
        """Each entry of which the change's rows say something else on a kept day."""
        return _compare(self._rows(ledger, columns), self._days)

    def _lasting(self, ledger: str, columns: list[str]) -> list[int]:
        """Entries of which something else is said on whatever day, kept or not."""
        rows = list(self._rows(ledger, columns))
        days = sorted({day for _, *period, _ in rows for day in period if day})
        return list(_compare(rows, days))

    def _rows(self, ledger: str, columns: list[str]) -> "Iterator[Row]":
        """What the change removed and what it added."""
        if ledger not in self._told:
            names = columns_read(ledger)
            self._told[ledger] = names, list(self._read(ledger, names))
        names, rows = self._told[ledger]
        wanted = [names.index(column) for column in columns]
        for entry, begins, ends, values in rows:
            yield entry, begins, ends, tuple([values[at] for at in wanted])

    def span(self, begins: date, ends: date | None) -> int:
        """The kept days from ``begins`` until ``ends``, as bits."""
        return _span(begins, ends, self._days)

    def _read(self, ledger: str, columns: list[str]) -> "Iterator[Row]":
        names = "".join(f', "{column}"' for column in columns)
        query = f'SELECT entry_id, valid_from, valid_to{names} FROM "{SHAPES[ledger].table}" WHERE'
        for when in ("removed_in", "added_in"):
            for entry, begins, ends, *values in sql.fetch(f"{query} {when} = %s", [self._number]):
                yield entry, begins, ends, tuple(values)


Row = tuple[int, date, date | None, tuple[Any, ...]]


def _compare(rows: Iterable[Row], days: Sequence[date]) -> dict[int, "Entry"]:
    found: dict[int, _Said] = {}
    spans: dict[tuple[date, date | None], int] = {}
    for entry, begins, ends, values in rows:
        held = spans.get((begins, ends))
        if held is None:
            held = spans[begins, ends] = _span(begins, ends, days)
        said = found.get(entry)
        if said is None:
            found[entry] = {values: held}
        else:  # said before and said after cancel out; no two rows of one side share a day
            said[values] = said.get(values, 0) ^ held
    return {entry: Entry(said) for entry, said in found.items() if any(said.values())}


def _span(begins: date, ends: date | None, days: Sequence[date]) -> int:
    """The ``days`` from ``begins`` until ``ends``, as bits."""
    first = bisect_left(days, begins)
    last = len(days) if ends is None else bisect_left(days, ends)
    return (1 << last) - (1 << first) if last > first else 0


_Said = dict[tuple[Any, ...], int]


class Entry:
    """What the removed rows said on each day against what the added ones say."""

    __slots__ = ("_said",)

    def __init__(self, said: _Said) -> None:
        self._said = said

    @property
    def days(self) -> int:
        """Days on which something is said otherwise; there is one at least."""
        found = 0
        for days in self._said.values():
            found |= days
        return found

    @property
    def values(self) -> Iterable[tuple[Any, ...]]:
        """Everything said of the entry on days that differ."""
        return [values for values, days in self._said.items() if days]
