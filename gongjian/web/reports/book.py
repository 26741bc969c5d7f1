"""The whole difference sheet as a workbook: the figures, and every row that came or went."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.core.progress import Progress
from gongjian.indicators.declare import Ratio
from gongjian.indicators.differing import Difference, Row
from gongjian.ledgers import writing
from gongjian.web.reports.sheet import Filing, filings
from gongjian.web.text import moment

FIGURES: Final = ("指标", "单位", "锁定的数", "现在的数", "差额", "计入的行", "移出的行")
ROWS: Final = ("指标", "增减", "名称", "编号", "数", "分子", "分母", "类别", "变更", "经办人",
               "时间", "理由")  # fmt: skip
"""Columns of the two sheets."""

_SHARE: Final = "0.00%"
_STEP: Final = 1_000  # rows between two looks at whether the book is still wanted
_WIDE: Final = frozenset({"指标", "名称", "编号", "理由"})


def write_book(path: Path, found: Sequence[Difference], at: date) -> int:
    """Write the book of a month with the cut-off day ``at``; how many rows came and went.

    A new sheet is begun where one is full.
    """
    known = filings((row for one in found for row in (*one.came, *one.went)), at)
    count = 0
    with writing.workbook(path, streaming=True) as book, Progress(None, "写差异表") as progress:
        styles = writing.Styles(book)
        sheet = _sheet(book, "指标", FIGURES, styles)
        for line, one in enumerate(found, 1):
            _put(sheet, line, _figure(one), styles, share=isinstance(one.figure, Ratio))
        for cells in _rows(found, known):
            full, line = divmod(count, writing.SHEET_ROWS - 1)
            if line == 0:
                name = f"增减的行 {full + 1}" if full else "增减的行"
                sheet = _sheet(book, name, ROWS, styles)
            _put(sheet, line + 1, cells, styles)
            count += 1
            if count % _STEP == 0:
                progress.advance(0)
    return count


def _figure(one: Difference) -> list[Any]:
    both = one.then is not None and one.now is not None
    moved = (one.now or 0) - (one.then or 0) if both else None
    name, unit = one.figure.name, one.figure.unit
    return [name, unit, one.then, one.now, moved, len(one.came), len(one.went)]


def _rows(found: Sequence[Difference], known: Mapping[int, Filing]) -> Iterator[list[Any]]:
    for one in found:
        for side, rows in (("计入", one.came), ("移出", one.went)):
            for row in rows:
                yield [one.figure.name, side, *_row(row, known[row["change"]])]


def _row(row: Row, filing: Filing) -> list[Any]:
    numbers = [row.get(name) for name in ("value", "numerator", "denominator")]
    kinds = "、".join(filing.kinds)
    deed = [kinds, filing.number, filing.who, moment(filing.at), filing.reason]
    return [row["name"], row["key"], *numbers, *deed]


def _sheet(book: Workbook, name: str, heads: Sequence[str], styles: writing.Styles) -> Worksheet:
    sheet = book.add_worksheet(name)
    writing.lay_out(sheet, 0, frozen=0)
    for col, head in enumerate(heads):
        sheet.set_column(col, col, 24 if head in _WIDE else 12)
        writing.put_text(sheet, 0, col, head, styles.header)
    return sheet


def _put(
    sheet: Worksheet,
    line: int,
    cells: Sequence[Any],
    styles: writing.Styles,
    *,
    share: bool = False,
) -> None:
    """One row; numbers are numbers, shares of 1 are shown as percents, blanks stay blank."""
    for col, value in enumerate(cells):
        if isinstance(value, str):
            writing.put_text(sheet, line, col, value, styles.of(writing.TEXT))
        elif isinstance(value, float) or (share and col in (2, 3, 4) and value is not None):
            sheet.write_number(line, col, value, styles.of(_SHARE))
        elif value is not None:
            sheet.write_number(line, col, value)
