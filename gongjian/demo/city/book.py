"""Entries with value periods, and the two ways to write them down.

What is known of an entry is told once: an opening, then changes, corrections, ends and further
beginnings, each with the report that brought it. The monthly reports and the workbooks are both
read off the same tellings, so that they cannot differ.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum, auto
from typing import Final, NamedTuple

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.declare import LEDGERS, Role, Timing
from gongjian.ledgers.reading import Table

Row = Mapping[str, Raw]
"""Cells by header."""

Cells = tuple[Raw, ...]
"""Cells in the order of a ledger's headers."""

EFFECTIVE: Final = "生效日期"
STANDING: Final[dict[str, Raw]] = {"会籍状态": "正常", "会籍变化日期": None, "会籍变化原因": None}


class How(Enum):
    """What a telling does: from its day on other values hold; the whole period was told wrongly
    or incompletely; the period ends; another period begins."""

    CHANGES = auto()
    CORRECTS = auto()
    ENDS = auto()
    BEGINS = auto()


class Later(NamedTuple):
    """Something told of an entry after its opening."""

    filed: int
    how: How
    day: date
    cells: Row


class Entry:
    """One entry: what was told at its opening, in which report, and what was told later."""

    __slots__ = ("filed", "first", "later")

    def __init__(self, filed: int, first: Cells) -> None:
        self.filed = filed
        self.first = first
        self.later: tuple[Later, ...] = ()

    def tell(self, filed: int, how: How, day: date, cells: Row) -> None:
        """Tell more; never in a report before the opening's. After an end nothing holds."""
        if how is How.ENDS:
            self.later = tuple(told for told in self.later if told.day < day)
        self.later += (Later(max(filed, self.filed), how, day, cells),)


class Book:
    """All entries of one ledger."""

    def __init__(self, slug: str) -> None:
        ledger = LEDGERS[slug]
        self.slug = slug
        self.heads = tuple(column.header for column in ledger.columns)
        self.entries: list[Entry] = []
        self._at = {head: i for i, head in enumerate(self.heads)}
        self._keys = [self._at[ledger.by_field[name].header] for name in ledger.keys[0]]
        # Agreements have a 生效日期 of their own, which is a value like others.
        self._dated = ledger.column_of(Role.EFFECTIVE) is not None
        ending = (c.header for c in ledger.columns if c.timing is Timing.ENDING)
        self._ending: dict[str, Raw] = dict.fromkeys(ending)
        if ledger.ends is not None:
            self._ending[ledger.ends.header] = None
        if slug == "members":
            self._ending.update(STANDING)

    def open(self, filed: int, cells: Row) -> Entry:
        """A new entry, as told in report ``filed``."""
        blank: list[Raw] = [None] * len(self.heads)
        entry = Entry(filed, self._laid(blank, cells))
        self.entries.append(entry)
        return entry

    def report(self, filed: int) -> list[Cells]:
        """The rows that one report brings: openings whole, of what came later only what is new."""
        rows: list[Cells] = []
        for entry in self.entries:
            if entry.later:
                rows.extend(self._reported(entry, filed))
            elif entry.filed == filed:
                rows.append(entry.first)
        return rows

    def periods(self) -> Iterator[Cells]:
        """One row per value period of every entry, with all values that hold in it."""
        for entry in self.entries:
            if entry.later:
                yield from self._periods(entry)
            else:
                yield entry.first

    def _reported(self, entry: Entry, filed: int) -> list[Cells]:
        """Rows of one entry; without days that tell two rows apart, they are one row."""
        first = [entry.first] if entry.filed == filed else []
        rows = first + [self._news(entry, told) for told in entry.later if told.filed == filed]
        if self._dated or len(rows) < 2:
            return rows
        merged = list(rows[0])
        for row in rows[1:]:
            merged = [old if new is None else new for old, new in zip(merged, row, strict=True)]
        return [tuple(merged)]

    def _news(self, entry: Entry, told: Later) -> Cells:
        blank: list[Raw] = [None] * len(self.heads)
        for at in self._keys:
            blank[at] = entry.first[at]
        return self._laid(blank, self._with_day(told))

    def _periods(self, entry: Entry) -> list[Cells]:
        rows = [entry.first]
        # Sorted by day, and in the order told where the day is the same.
        for told in sorted(entry.later, key=lambda told: told.day):
            if told.how is How.CHANGES:
                rows.append(self._laid(list(rows[-1]), self._with_day(told)))
            elif told.how is How.BEGINS:
                anew = {**self._ending, EFFECTIVE: None} if self._dated else self._ending
                rows.append(self._laid(list(rows[-1]), {**anew, **told.cells}))
            else:
                rows[-1] = self._laid(list(rows[-1]), told.cells)
        return rows

    def _with_day(self, told: Later) -> Row:
        if told.how is How.CHANGES and self._dated:
            return {**told.cells, EFFECTIVE: told.day}
        return told.cells

    def _laid(self, row: list[Raw], cells: Row) -> Cells:
        for head, cell in cells.items():
            row[self._at[head]] = cell
        return tuple(row)


def table(heads: tuple[str, ...], rows: list[Cells]) -> Table:
    """Rows as the table that reading them from a sheet would give; empty columns are left out."""
    columns = dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))
    filled = {head: cells for head, cells in columns.items() if any(c is not None for c in cells)}
    return Table(
        sheet=None,
        header_row=1,
        other_sheets=[],
        ignored_columns=[],
        totals_skipped=0,
        row_numbers=list(range(2, 2 + len(rows))),
        cells=filled,
        positions={head: i for i, head in enumerate(filled)},
        width=len(filled),
    )


def digest(heads: tuple[str, ...], rows: Iterable[Cells]) -> str:
    """A digest of all the cells, in hex."""
    made = hashlib.sha256("\t".join(heads).encode())
    for row in rows:
        made.update("\t".join(["" if c is None else str(c) for c in row]).encode())
        made.update(b"\n")
    return made.hexdigest()
