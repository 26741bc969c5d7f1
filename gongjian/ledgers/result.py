"""The clerk's own sheet given back: what came of each row, what is wrong, bad cells coloured."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from gongjian.core.progress import Progress
from gongjian.ledgers.cells import Raw
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.importing import Answer
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.reading import Limits, Unreadable
from gongjian.ledgers.reading.books import open_book
from gongjian.ledgers.reading.shapes import Grid
from gongjian.ledgers.rows import Problem
from gongjian.ledgers.writing import (
    AMBER,
    RED,
    TEXT,
    WHOLE,
    Styles,
    put_day,
    put_text,
    workbook,
)

OUTCOME, PROBLEMS = "导入结果", "问题"
"""Headers of the two columns that are added."""

WORDS: Final = {
    Outcome.NEW: "新增",
    Outcome.CHANGED: "变更",
    Outcome.UNCHANGED: "无变化",
    Outcome.BAD: "有错",
    Outcome.SKIPPED: "跳过",
}
NOT_WRITTEN: Final = "未导入"
TRIED: Final = "（试导入，未写入）"

_GENERAL: Final = "General"
_MOMENT: Final = "yyyy-mm-dd hh:mm:ss"
_TIME: Final = "[h]:mm:ss"
_FEW_DIGITS: Final = 10**11  # from here on an unformatted number is shown in scientific notation
_SAMPLE: Final = 60
_WIDEST: Final = 50
_MOST_REMARKS: Final = 2_000  # cells with a remark; more would make the file slow to open
_REMARK: Final = {"author": "工建", "x_scale": 2}

Edits = Mapping[tuple[int, str], Raw]
"""(row as Excel counts, header) → what a person wrote there instead."""


def write_result(
    source: Path,
    answer: Answer,
    ledger: Ledger,
    path: Path,
    *,
    edits: Edits | None = None,
    limits: Limits | None = None,
) -> None:
    """Write the sheet that ``answer`` speaks of to ``path``, with 导入结果 and 问题 added.

    Bad cells are coloured and bear what is wrong with them as a remark. Values are those of the file, identity numbers as they were typed: it is the clerk's own. A
    file that could not be read gives a sheet with the reason alone. ``edits`` replace cells of
    the file. ``limits`` are what the file was read with. Raises Refused where ``path`` cannot be
    written.
    """
    grid = _grid(source, answer, limits or Limits())
    head = answer.header_row or 1
    _edit(grid, answer, edits or {})
    _drop_added(grid.rows, head)
    with workbook(path, streaming=True) as book:
        sheet = book.add_worksheet(answer.sheet or ledger.title)
        _Result(sheet, Styles(book), grid, answer, head).write()


def _grid(source: Path, answer: Answer, limits: Limits) -> Grid:
    try:
        book = open_book(source, limits)
        return book.grid(answer.sheet if answer.sheet in book.sheets else book.visible[0])
    except (Unreadable, IndexError):
        return Grid(sheet=None, rows=[])


def _edit(grid: Grid, answer: Answer, edits: Edits) -> None:
    """Put edited cells into the grid; cells merged over an edited one stand apart from then on."""
    for (number, header), raw in edits.items():
        row, column = number - 1, answer.positions.get(header)
        if column is None or row >= len(grid.rows):
            continue
        for span in [s for s in grid.spans if s.left <= column <= s.right]:
            if span.top <= row <= span.bottom:
                grid.spans.remove(span)
                value = grid.rows[span.top][span.left]
                for at in range(span.top, min(span.bottom + 1, len(grid.rows))):
                    grid.rows[at][span.left] = value
        grid.rows[row][column] = raw


def _drop_added(rows: list[list[Raw]], head: int) -> None:
    """A result that was corrected and imported again brings our two columns along."""
    if len(rows) >= head and rows[head - 1][-2:] == [OUTCOME, PROBLEMS]:
        for row in rows:
            del row[-2:]


class _Result:
    """One sheet on its way back."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, grid: Grid, answer: Answer, head: int
    ) -> None:
        self.sheet = sheet
        self.styles = styles
        self.grid = grid
        self.answer = answer
        self.head = head
        self.width = grid.width
        self.colours: dict[int, dict[int, str]] = {}
        self.sentences: dict[int, list[str]] = {}
        self.remarks: dict[tuple[int, int], list[str]] = {}
        for problem in answer.problems:
            self._note(problem)

    def write(self) -> None:
        """Write every row, the two headers and the merges of the original."""
        rows = self.grid.rows
        last = max(len(rows), self.head, *self.sentences, 0)
        self._widths()
        with Progress(last, "写入结果") as progress:
            for number in range(1, last + 1):
                if number <= len(rows):
                    self._row(number, rows[number - 1])
                self._added(number)
                if number % 1000 == 0:
                    progress.advance(1000)
        there = (x for x in self.remarks.items() if x[0][0] <= len(rows))
        for (number, col), said in islice(there, _MOST_REMARKS):
            self.sheet.write_comment(number - 1, col, "\n".join(said), _REMARK)
        # Cells merged over several rows cannot be announced while rows are written one by one.
        self.sheet.merge.extend(list(span) for span in self.grid.spans if _real(span))
        self.sheet.freeze_panes(self.head, 0)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _note(self, problem: Problem) -> None:
        number = self.head + 1 if problem.row is None else problem.row
        colour = RED if problem.level == "error" else AMBER
        at = self.answer.positions.get(problem.column or "")
        named = f"{problem.column}：" if problem.column and problem.row is not None else ""
        self.sentences.setdefault(number, []).append(f"{named}{problem.message}")
        if at is not None:
            self.remarks.setdefault((number, at), []).append(problem.message)
        colours = self.colours.setdefault(number, {})
        for place in (self.width,) if at is None else (at, self.width):
            if colours.get(place) != RED:
                colours[place] = colour

    def _row(self, number: int, row: Sequence[Raw]) -> None:
        colours = self.colours.get(number, {})
        sheet, styles = self.sheet, self.styles
        at = number - 1
        for col, raw in enumerate(row):
            colour = colours.get(col, "")
            if raw is None or raw == "":
                if colour:
                    sheet.write_blank(at, col, None, styles.of(_GENERAL, colour))
            else:
                _PUT[raw.__class__](sheet, at, col, raw, styles, colour)

    def _added(self, number: int) -> None:
        sheet, styles, at = self.sheet, self.styles, number - 1
        if number == self.head:
            put_text(sheet, at, self.width, OUTCOME, styles.header)
            put_text(sheet, at, self.width + 1, PROBLEMS, styles.header)
            return
        word = self._word(number)
        colour = self.colours.get(number, {}).get(self.width, "")
        if word:
            put_text(sheet, at, self.width, word, styles.of(TEXT, colour))
        sentences = self.sentences.get(number)
        if sentences:
            text = "；".join(s.rstrip("。") for s in sentences) + "。"
            put_text(sheet, at, self.width + 1, text, styles.of(TEXT))

    def _word(self, number: int) -> str:
        """What came of the row; of a refused file, that a good row was not written either."""
        outcome = self.answer.outcomes.get(number)
        if outcome is None:
            stopped = self.answer.refused and not self.answer.outcomes
            return NOT_WRITTEN if stopped and number in self.sentences else ""
        word = WORDS[outcome]
        if outcome not in (Outcome.NEW, Outcome.CHANGED) or self.answer.change is not None:
            return word
        return NOT_WRITTEN if self.answer.refused else word + TRIED

    def _widths(self) -> None:
        """Columns as wide as their first rows ask for."""
        for col in range(self.width):
            shown = (_shown_width(row[col]) for row in self.grid.rows[:_SAMPLE])
            # Titles run over the cells beside them.
            fitting = [wide for wide in shown if wide <= _WIDEST]
            self.sheet.set_column(col, col, max(8, *fitting, 0) + 2)
        self.sheet.set_column(self.width, self.width, 12)
        self.sheet.set_column(self.width + 1, self.width + 1, 80)


def _real(span: Sequence[int]) -> bool:
    top, left, bottom, right = span
    return (top, left) != (bottom, right)


def _shown_width(raw: Raw) -> int:
    if isinstance(raw, date):
        return 10
    text = "" if raw is None else str(raw)
    return sum(1 if character < "\u2e80" else 2 for character in text)


# ------------------------------------------------------------------ cells as they were


def _put_str(sheet: Worksheet, row: int, col: int, raw: str, styles: Styles, colour: str) -> None:
    put_text(sheet, row, col, raw, styles.of(TEXT, colour))


def _put_bool(sheet: Worksheet, row: int, col: int, raw: bool, styles: Styles, colour: str) -> None:
    sheet.write_boolean(row, col, raw, styles.of(_GENERAL, colour))


def _put_number(
    sheet: Worksheet, row: int, col: int, raw: float, styles: Styles, colour: str
) -> None:
    if not isfinite(raw):
        put_text(sheet, row, col, str(raw), styles.of(TEXT, colour))
        return
    long = abs(raw) >= _FEW_DIGITS and float(raw).is_integer()
    sheet.write_number(row, col, raw, styles.of(WHOLE if long else _GENERAL, colour))


def _put_date(sheet: Worksheet, row: int, col: int, raw: date, styles: Styles, colour: str) -> None:
    put_day(sheet, row, col, raw, styles, colour)


def _put_moment(
    sheet: Worksheet, row: int, col: int, raw: datetime, styles: Styles, colour: str
) -> None:
    if raw.time() == time() or raw.year <= 1900:
        put_day(sheet, row, col, raw.date(), styles, colour)
    else:
        sheet.write_datetime(row, col, raw, styles.of(_MOMENT, colour))


def _put_time(
    sheet: Worksheet, row: int, col: int, raw: time | timedelta, styles: Styles, colour: str
) -> None:
    sheet.write_datetime(row, col, raw, styles.of(_TIME, colour))


_PUT: Final[dict[type, Callable[[Worksheet, int, int, Any, Styles, str], None]]] = {
    str: _put_str,
    bool: _put_bool,
    int: _put_number,
    float: _put_number,
    date: _put_date,
    datetime: _put_moment,
    time: _put_time,
    timedelta: _put_time,
}

__all__ = ["OUTCOME", "PROBLEMS", "write_result"]
