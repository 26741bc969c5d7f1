"""Export: a ledger as known now, as of a day, in the format imports read."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.core.codes import mask_identity, mask_phone
from gongjian.core.progress import Progress
from gongjian.history import sql
from gongjian.history.keys import field_keys
from gongjian.history.shapes import FRAME
from gongjian.ledgers.cells import CLEAR_WORD, Count, Day, Money, Percent, YesNo
from gongjian.ledgers.declare import LEDGERS, NUMBER, Column, Identity, Ledger, Ref, Timing
from gongjian.ledgers.lookup import SELF, place_ledger
from gongjian.ledgers.matching import stamp
from gongjian.ledgers.rows import CLEAR
from gongjian.ledgers.telling import BLANK, Cells, Teller
from gongjian.ledgers.writing import (
    MONEY,
    SHEET_ROWS,
    TEXT,
    WHOLE,
    Styles,
    lay_out,
    number_format,
    percent_text,
    put_day,
    put_text,
    width_of,
    workbook,
)

Within = Mapping[str, frozenset[int]]
"""Entry ids by ledger, as in a scope: what stands at one of them is exported."""

Put = Callable[[Worksheet, int, int, Any], None]

_BATCH: Final = 2_000
_KEPT: Final = 20_000


def write_export(
    ledger: Ledger,
    path: Path,
    *,
    day: date,
    within: Within | None = None,
    history: bool = False,
    unmask: bool = False,
) -> int:
    """Write an extract to ``path`` as imports read it; the number of rows.

    Raises Refused where the file cannot be written.
    """
    told = Extract(ledger=ledger, day=day, within=within, history=history, unmask=unmask)
    return told.write(path)


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Every period of ``ledger`` that began by ``day``.

    Ends after the day are left out, for by then the period goes on. With ``history`` each period
    is one row per value period, else one row of the values on the day or on its last. ``within``
    keeps what stands, on the day, at one of those entries, directly or by way of where it
    belongs. Without ``unmask`` identity numbers and telephones are masked.
    """

    ledger: Ledger
    day: date
    within: Within | None = None
    history: bool = False
    unmask: bool = False

    def write(self, path: Path, form: "Form | None" = None) -> int:
        """Write the rows to ``path``, by default as imports read them; how many they are.

        Raises Refused where the file cannot be written, and what ``form`` raises.
        """
        ledger, words, mark = self.ledger, _Words(), stamp()
        teller = Teller(ledger, self.day, history=self.history)
        with workbook(path, streaming=True) as book, sql.frugal():
            putters = Putters(book, ledger, words, unmask=self.unmask)
            paper = form(book, putters) if form else _Sheets(book, ledger, putters)
            count, entries = _entries(teller, self.within)
            with closing(entries), Progress(count, f"导出{ledger.title}") as progress:
                for batch in _batches(entries):
                    told = [(entry, row) for entry, rows in batch for row in rows]
                    words.load(ledger, (row for _, row in told))
                    for entry, row in told:
                        if words.begun(ledger, row, self.day):
                            row[NUMBER.field] = f"{entry}-{mark}"
                            paper.add(row)
                    progress.advance(len(batch))
            return paper.rows


class Paper(Protocol):
    """What rows are written on, one behind the other."""

    rows: int

    def add(self, row: Cells) -> None:
        """Write one row behind the last."""


Form = Callable[[Workbook, "Putters"], Paper]
"""Lays a paper out in a new workbook, in columns of its own."""


# ------------------------------------------------------------------ which entries


def _entries(
    teller: Teller, within: Within | None
) -> tuple[int, Generator[tuple[int, list[Cells]]]]:
    """How many entries may be asked for, and those within with their rows."""
    shape = teller.ledger.shape
    where, places = "removed_in IS NULL", frozenset[int]()
    params: list[Any] = []
    if within is not None:
        places = _places(teller.ledger, within, teller.day)
        where, params = _narrowed(teller.ledger, within, places)
    ((count,),) = sql.fetch(
        f'SELECT COUNT(DISTINCT entry_id) FROM "{shape.table}" WHERE {where}', params
    )
    names = ", ".join(f'"{c}"' for c in ("entry_id", *FRAME[:3], *shape.columns))
    query = f'SELECT {names} FROM "{shape.table}" WHERE {where} ORDER BY entry_id, valid_from'
    return count, _told(teller, sql.stream(query, params), within, places)


def _told(
    teller: Teller,
    stored: Generator[tuple[Any, ...]],
    within: Within | None,
    places: frozenset[int],
) -> Generator[tuple[int, list[Cells]]]:
    own = frozenset[int]() if within is None else within.get(teller.ledger.slug, frozenset())
    place = teller.ledger.place
    with closing(stored):
        for entry, group in groupby(stored, key=itemgetter(0)):
            versions = list(group)
            if within is not None and entry not in own:
                stands = place and place != SELF and teller.latest(versions)[place] in places
                if not stands:
                    continue
            yield entry, teller.rows(versions)


def _narrowed(ledger: Ledger, within: Within, places: frozenset[int]) -> tuple[str, list[Any]]:
    """A condition for all entries that ever stood within; the day decides after."""
    own = sql.as_list(sorted(within.get(ledger.slug, ())))
    chosen = sql.in_list("entry_id")
    if ledger.place in ("", SELF):
        return f"removed_in IS NULL AND {chosen}", [own]
    column = ledger.shape.columns_of(ledger.place)[0]
    ever = (
        f'SELECT entry_id FROM "{ledger.shape.table}" WHERE removed_in IS NULL AND '
        + sql.in_list(f'"{column}"')
    )
    where = f"removed_in IS NULL AND ({chosen} OR entry_id IN ({ever}))"
    return where, [own, sql.as_list(sorted(places))]


def _places(ledger: Ledger, within: Within, day: date) -> frozenset[int]:
    """Entries of the ledger that ``ledger.place`` refers to which themselves stand within."""
    to = place_ledger(ledger)
    if not to or to == ledger.slug:
        return frozenset()
    above = LEDGERS[to]
    own = within.get(to, frozenset())
    places = _places(above, within, day)
    if not places:
        return own
    column = above.shape.columns_of(above.place)[0]
    query = (
        f'SELECT entry_id, valid_from, "{column}" FROM "{above.shape.table}"'
        " WHERE removed_in IS NULL ORDER BY entry_id, valid_from"
    )
    stands: dict[int, int] = {}
    for entry, begins, place in sql.stream(query):
        if begins <= day or entry not in stands:
            stands[entry] = place
    return own | {entry for entry, place in stands.items() if place in places}


def _batches(
    entries: Iterable[tuple[int, list[Cells]]],
) -> Iterator[list[tuple[int, list[Cells]]]]:
    yield from sql.chunks(entries, _BATCH)


# ------------------------------------------------------------------ what they refer to


class _Named(NamedTuple):
    """What a referred entry is called now, and the day it first began."""

    word: str
    opened: date


class _Words:
    """How entries of other ledgers are named in cells: by code, else by name.

    Of each ledger at most ``kept`` words stay known, or those of one load where they are more:
    a workbook of any length takes the same memory.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._known: dict[str, dict[int, _Named]] = {}

    def load(self, ledger: Ledger, rows: Iterable[Cells]) -> None:
        """Make the words of all references of ``rows`` known."""
        columns = [(c.field, c.ref.to) for c in ledger.ref_columns]
        wanted: dict[str, set[int]] = {to: set() for _, to in columns}
        for row in rows if columns else ():
            for name, to in columns:
                if isinstance(row[name], int):
                    wanted[to].add(row[name])
        for to, ids in wanted.items():
            known = self._known.setdefault(to, {})
            if len(known.keys() | ids) > self._kept:
                known.clear()
            self._fetch(LEDGERS[to], known, ids - known.keys())

    def of(self, slug: str, entry: int) -> str:
        """The word for an entry that was loaded."""
        return self._known[slug][entry].word

    def begun(self, ledger: Ledger, row: Cells, day: date) -> bool:
        """Had all that the row ties together begun by the day? Else the tie means nothing yet."""
        return all(
            self._known[c.ref.to][row[c.field]].opened <= day
            for c in ledger.ref_columns
            if c.timing is Timing.WHOLE
        )

    def _fetch(self, ledger: Ledger, known: dict[int, _Named], ids: set[int]) -> None:
        code, name = (f'"{c}"' if c else "NULL" for c in (ledger.code, ledger.name))
        query = (
            f'SELECT entry_id, valid_from, {code}, {name} FROM "{ledger.shape.table}"'
            " WHERE removed_in IS NULL AND"
        )
        rows = sql.fetch_in(query, "entry_id", ids)
        for entry, begins, coded, named in sorted(rows, key=itemgetter(1)):
            opened = known[entry].opened if entry in known else begins
            known[entry] = _Named(coded or named or "", opened)


# ------------------------------------------------------------------ on paper


class _Sheets:
    """Every column as imports read it; a new sheet begins where one is full."""

    def __init__(
        self, book: Workbook, ledger: Ledger, putters: "Putters", sheet_rows: int = SHEET_ROWS
    ) -> None:
        self.rows = 0
        self._book = book
        self._ledger = ledger
        self._columns = (NUMBER, *ledger.columns)
        self._put = putters.line(enumerate(self._columns))
        self._styles = putters.styles
        self._most = sheet_rows - 1
        self._sheets = 0
        self._sheet = self._begin()

    def add(self, row: Cells) -> None:
        """Write one row behind the last."""
        if self.rows == self._most * self._sheets:
            self._sheet = self._begin()
        self.rows += 1
        self._put(self._sheet, self.rows - self._most * (self._sheets - 1), row)

    def _begin(self) -> Worksheet:
        self._sheets += 1
        more = f"（{self._sheets}）" if self._sheets > 1 else ""
        sheet = self._book.add_worksheet(f"{self._ledger.title}{more}")
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, width_of(column), self._styles.of(number_format(column)))
            put_text(sheet, 0, at, column.header, self._styles.header)
        lay_out(sheet, 0, frozen=2)
        sheet.autofilter(0, 0, self._most, len(self._columns) - 1)
        return sheet


class Putters:
    """For each column the way its values are written."""

    def __init__(self, book: Workbook, ledger: Ledger, words: _Words, *, unmask: bool) -> None:
        self.styles = Styles(book)
        self._text = self.styles.of(TEXT)
        self._slug = ledger.slug
        self._words = words
        self._unmask = unmask

    def line(
        self, columns: Iterable[tuple[int, Column]]
    ) -> Callable[[Worksheet, int, Cells], None]:
        """How to write a row: each of ``columns`` at its place in the sheet."""
        puts, text = [(at, column.field, self._of(column)) for at, column in columns], self._text

        def put_row(sheet: Worksheet, at: int, row: Cells) -> None:
            for col, name, put in puts:
                value = row.get(name)
                if value is CLEAR:
                    put_text(sheet, at, col, CLEAR_WORD, text)
                elif value is not None and value is not BLANK:
                    put(sheet, at, col, value)

        return put_row

    def _of(self, column: Column) -> Put:
        if isinstance(column.kind, Day):
            styles = self.styles
            return lambda sheet, row, col, value: put_day(sheet, row, col, value, styles)
        if isinstance(column.kind, Count | Money):
            whole = isinstance(column.kind, Count)
            style, parts = self.styles.of(WHOLE if whole else MONEY), 1 if whole else 100
            return lambda sheet, row, col, value: _put_number(sheet, row, col, value / parts, style)
        text, word = self._text, self._worded(column)
        return lambda sheet, row, col, value: put_text(sheet, row, col, word(value), text)

    def _worded(self, column: Column) -> Callable[[Any], str]:
        kind = column.kind
        if column.sensitive:
            return self._opened(column)
        if isinstance(kind, Ref):
            to, words = kind.to, self._words
            return lambda value: words.of(to, value) if isinstance(value, int) else str(value)
        if isinstance(kind, YesNo):
            return lambda value: "是" if value else "否"
        return percent_text if isinstance(kind, Percent) else str

    def _opened(self, column: Column) -> Callable[[Any], str]:
        keys, label = field_keys(), f"{self._slug}.{column.field}"
        mask = mask_identity if isinstance(column.kind, Identity) else mask_phone
        if self._unmask:
            return lambda value: keys.open(value.sealed, label)
        return lambda value: mask(keys.open(value.sealed, label))


def _put_number(sheet: Worksheet, row: int, col: int, value: float, style: Any) -> None:
    sheet.write_number(row, col, value, style)
