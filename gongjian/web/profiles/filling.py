"""An export written anew in the columns and the order of somebody else's form."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import digits
from typing import Any, Final
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.core.errors import Refused
from gongjian.core.progress import Progress
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.writing import (
    SHEET_ROWS,
    TEXT,
    Styles,
    lay_out,
    number_format,
    put_text,
    width_of,
    workbook,
)
from gongjian.web.profiles.models import ExportProfile

_STEP: Final = 1_000
_NARROW: Final = 12
_SHEET: Final = "xl/worksheets/sheet1.xml"
_SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")

Put = Callable[[Worksheet, int, int, Any], None]


def fill(profile: ExportProfile, ledger: Ledger, source: Path, path: Path, rows: int) -> None:
    """Write the ``rows`` of the export at ``source`` to ``path`` in the form of ``profile``.

    Values stand as the export wrote them: codes, choices, masks. Raises Refused where they are
    more than one sheet takes.
    """
    first = len(profile.head)
    if rows > SHEET_ROWS - first:
        raise Refused(f"一共 {rows:,} 行，一张工作表放不下；请用条件分几次导出，或不用模板导出。")
    with workbook(path, streaming=True) as book, Progress(rows, "按模板填写") as progress:
        sheet, puts = _begin(book, profile, ledger)
        told = _told(profile, ledger, source)
        for at, cells in enumerate(told, first):
            for col, value in enumerate(cells):
                put = puts[col]
                if put is not None and value is not None and value != "":
                    put(sheet, at, col, value)
            if (at - first + 1) % _STEP == 0:
                progress.advance(_STEP)


def _begin(
    book: Workbook, profile: ExportProfile, ledger: Ledger
) -> tuple[Worksheet, list[Put | None]]:
    """The sheet with its head, and for each column how a value is put there."""
    styles = Styles(book)
    sheet = book.add_worksheet(profile.sheet)
    puts: list[Put | None] = []
    for at, (header, name) in enumerate(profile.columns):
        column = ledger.by_field.get(name)
        wide = max(_NARROW, 2 * len(header) + 3)
        style = TEXT if column is None else number_format(column)
        width = wide if column is None else max(wide, width_of(column))
        sheet.set_column(at, at, width, styles.of(style))
        puts.append(None if column is None else _putter(styles, style))
    last = len(profile.head) - 1
    for row, cells in enumerate(profile.head):
        look = styles.header if row == last else styles.title if row == 0 and last else styles.hint
        for col, text in enumerate(cells):
            if text:
                put_text(sheet, row, col, text, look)
    # Merges over several rows cannot be announced while rows are written one by one.
    sheet.merge.extend(list(span) for span in profile.spans)
    lay_out(sheet, last)
    return sheet, puts


def _putter(styles: Styles, style: str) -> Put:
    text, number = styles.of(TEXT), styles.of(style)

    def put(sheet: Worksheet, row: int, col: int, value: Any) -> None:
        if isinstance(value, str):
            put_text(sheet, row, col, value, text)
        else:
            sheet.write_number(row, col, value, number)

    return put


def _told(profile: ExportProfile, ledger: Ledger, source: Path) -> Iterator[list[Any]]:
    """The rows of an export with the cells that the columns of the form ask for."""
    lines = _lines(source)
    heads = {text: at for at, text in next(lines, {}).items()}
    wanted = [ledger.by_field.get(field) for _, field in profile.columns]
    places = [None if column is None else heads[column.header] for column in wanted]
    for line in lines:
        yield [None if at is None else line.get(at) for at in places]


def _lines(source: Path) -> Iterator[dict[str, Any]]:
    """Letter of the column → cell, row by row: never more than one row in memory."""
    with ZipFile(source) as archive, archive.open(_SHEET) as sheet:
        rows: Element | None = None
        # Written by the export right before: nothing in it is hostile.
        for event, element in iterparse(sheet, events=("start", "end")):  # noqa: S314
            if event == "start":
                rows = element if element.tag == f"{_SPACE}sheetData" else rows
            elif element.tag == f"{_SPACE}row" and rows is not None:
                yield {cell.get("r", "").rstrip(digits): _value(cell) for cell in element}
                rows.clear()


def _value(cell: Element) -> str | float | None:
    """Text, or a number; a day is its number."""
    if cell.get("t") == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{_SPACE}t"))
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    number = cell.find(f"{_SPACE}v")
    return None if number is None or not number.text else float(number.text)
