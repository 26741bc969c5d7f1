"""What each row of a paper would come to: its cells before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from gongjian.history import sql
from gongjian.history.shapes import FRAME, Secret
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers import reading
from gongjian.ledgers.cells import blank, shown
from gongjian.ledgers.declare import Column, Ledger, Ref
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.naming import names_of
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.planning import Plan
from gongjian.web.imports.models import Line, Paper
from gongjian.web.wording.values import plain

ABSENT: Final = "—"
_HIDDEN: Final = "（已遮挡）"
_SHOWN: Final = 6  # filled cells of a new row that the list shows
_BATCH: Final = 500

Versions = dict[int, list[VersionTuple]]
Cell = dict[str, str]


def put_down(paper: Paper, lines: Iterable[Line]) -> None:
    """Put lines in the place of older ones."""
    Line.objects.filter(paper=paper).delete()
    for batch in sql.chunks(lines, _BATCH):
        Line.objects.bulk_create(batch)


def lines_of(paper: Paper, ledger: Ledger, table: reading.Table, made: Plan) -> Iterator[Line]:
    """What each row of this plan comes to, bad ones left out."""
    labels = Labels(ledger, table)
    changes = _Changes(ledger, made)
    told: dict[int, int] = {}
    for row in made.rows:
        outcome = made.outcomes.get(row.number)
        if outcome is None or outcome is Outcome.BAD:
            continue
        entry = made.entries.get(row.number)
        cells: list[Cell] = []
        if outcome is Outcome.NEW:
            cells = labels.given(row.number)
        elif outcome is Outcome.CHANGED and entry is not None:
            first = told.setdefault(entry, row.number)
            cells = changes.of(entry) if first == row.number else [_see(first)]
        label = labels.of(row.number)
        yield Line(
            paper=paper,
            row=row.number,
            outcome=outcome.value,
            entry_id=entry,
            label=label,
            cells=cells,
        )


def _see(row: int) -> Cell:
    return {"header": f"同一条记录，见第 {row} 行", "before": "", "after": "", "day": ""}


class Labels:
    """How a row is called on a page: by its name, else by its key; never by a whole secret."""

    def __init__(self, ledger: Ledger, table: reading.Table) -> None:
        self._table = table
        self._at = {number: i for i, number in enumerate(table.row_numbers)}
        self._columns = [c for c in ledger.columns if c.header in table.cells]
        names = [ledger.name] if ledger.name else []
        wanted = [*names, *(f for key in ledger.keys for f in key)]
        self._most = 1 if ledger.name else 2
        self._naming = [c for f in dict.fromkeys(wanted) for c in self._columns if c.field == f]

    def of(self, number: int) -> str:
        """The name, else the key; where the ledger has no names, two cells of the key."""
        named = [text for c in self._naming if (text := self._text(c, number))]
        return "，".join(named[: self._most])[:200]

    def given(self, number: int) -> list[Cell]:
        """The first filled cells of the row."""
        found = [(c.header, text) for c in self._columns if (text := self._text(c, number))]
        return [
            {"header": header, "before": "", "after": text, "day": ""}
            for header, text in found[:_SHOWN]
        ]

    def _text(self, column: Column, number: int) -> str:
        raw = self._table.cells[column.header][self._at[number]]
        return "" if blank(raw) else masked(column, shown(raw))


class _Changes:
    """What the edit alters of each entry, cell by cell."""

    def __init__(self, ledger: Ledger, made: Plan) -> None:
        self._ledger = ledger
        self._added: Versions = defaultdict(list)
        for entry, version in made.edit.adds:
            self._added[entry].append(version)
        self._held = _closed(ledger, made.edit.closes)
        self._columns = _columns_by_field(ledger)
        versions = [v for held in (self._held, self._added) for vs in held.values() for v in vs]
        self._words = _words(ledger, versions)

    def of(self, entry: int) -> list[Cell]:
        """Changed cells of an entry in the order of days."""
        held = sorted(self._held.get(entry, ()), key=_begin)
        added = sorted(self._added.get(entry, ()), key=_begin)
        found: dict[tuple[str, str, str], Cell] = {}
        for version in added if held else ():
            for header, before, after in self._between(_standing(held, version[0]), version):
                if before != after:
                    cell = _cell(header, before, after, str(version[0]))
                    found.setdefault((header, before, after), cell)
        if held and added:
            self._end(found, held[-1][1], added[-1][1])
        return list(found.values())

    def _between(self, old: VersionTuple, new: VersionTuple) -> Iterator[tuple[str, str, str]]:
        if old[2] != new[2]:
            yield self._ledger.starts.header, str(old[2]), str(new[2])
        pairs = zip(self._ledger.shape.fields, old[len(FRAME) :], new[len(FRAME) :], strict=True)
        for name, before, after in pairs:
            column = self._columns.get(name)
            if before != after and column is not None:
                if column.sensitive:
                    yield column.header, _secret(column, before), _secret(column, after)
                else:
                    yield column.header, self._text(column, before), self._text(column, after)

    def _end(self, found: dict[tuple[str, str, str], Cell], old: Any, new: Any) -> None:
        before, after = (self._last_day(day) for day in (old, new))
        if before != after:
            header = self._ledger.ends_header or "终止日期"
            found[header, before, after] = _cell(header, before, after, "")

    def _last_day(self, day: date | None) -> str:
        ends = self._ledger.ends
        if day is not None and ends is not None and ends.inclusive:
            day = date.fromordinal(day.toordinal() - 1)
        return ABSENT if day is None else str(day)

    def _text(self, column: Column, value: Any) -> str:
        if value is None:
            return ABSENT
        if isinstance(column.kind, Ref) and isinstance(value, int):
            return self._words.get((column.kind.to, value), "本表新增的一条")
        return plain(column, value)


def _cell(header: str, before: str, after: str, day: str) -> Cell:
    return {"header": header, "before": before, "after": after, "day": day}


def _begin(version: VersionTuple) -> date:
    begin: date = version[0]
    return begin


def _standing(held: list[VersionTuple], day: date) -> VersionTuple:
    """The version that held on the day, else the last before it, else the first."""
    begun = [v for v in held if v[0] <= day]
    return begun[-1] if begun else held[0]


def _secret(column: Column, value: Any) -> str:
    if not isinstance(value, Secret):
        return ABSENT
    return masked(column, value.plain) if value.plain else _HIDDEN


def _columns_by_field(ledger: Ledger) -> dict[str, Column]:
    """Stored field → the column it is written in."""
    found = {c.field: c for c in ledger.columns}
    for column in ledger.columns:
        if isinstance(column.kind, Ref) and column.kind.or_text:
            found[column.kind.or_text] = column
    return found


def _closed(ledger: Ledger, vids: Iterable[int]) -> Versions:
    """The versions an edit would close, by entry."""
    shape = ledger.shape
    columns = ", ".join(f'"{c}"' for c in ("entry_id", *FRAME, *shape.columns))
    query = f'SELECT {columns} FROM "{shape.table}" WHERE'  # noqa: S608  names are declared
    found: Versions = defaultdict(list)
    for entry, *rest in sql.stream_in(query, "vid", list(vids)):
        frame, values = rest[: len(FRAME)], tuple(rest[len(FRAME) :])
        found[entry].append((*frame, *shape.unpack(values)))
    return found


def _words(ledger: Ledger, versions: Iterable[VersionTuple]) -> Mapping[tuple[str, int], str]:
    """What the entries referred to are called now."""
    fields, wanted = ledger.shape.fields, defaultdict[str, set[int]](set)
    places = [(len(FRAME) + fields.index(c.field), c.ref.to) for c in ledger.ref_columns]
    for version in versions if places else ():
        for at, to in places:
            if isinstance(version[at], int) and version[at] > 0:
                wanted[to].add(version[at])
    return {
        (to, id_): name for to, ids in wanted.items() for id_, name in names_of(to, ids).items()
    }
