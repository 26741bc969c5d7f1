"""The city as seven workbooks in the import format, one row per value period."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from gongjian.core.errors import WrongUse
from gongjian.core.progress import Progress
from gongjian.demo.city import story
from gongjian.demo.city.book import Book, Cells
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.writing import (
    TEXT,
    Styles,
    lay_out,
    number_format,
    put_day,
    put_text,
    width_of,
    workbook,
)

WRITTEN: Final = datetime(2011, 12, 28)  # noqa: DTZ001 - a spreadsheet knows no zone
"""What the workbooks say of when they were made, so that they are the same whenever they are."""


def write(folder: Path) -> list[tuple[Path, int]]:
    """Write the workbooks into ``folder``, which is made where it is missing: (file, rows) each.

    Raise WrongUse where it is no folder, Refused where it cannot be written to.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"“{folder}”是文件，不是文件夹，请换一个文件夹。")
    folder.mkdir(parents=True, exist_ok=True)
    with Progress(None, "生成演示数据"):
        books = story.make()
    written = []
    with Progress(sum(len(book.entries) for book in books), "写出工作簿") as progress:
        for number, book in enumerate(books, 1):
            path = folder / f"{number}-{book.slug}.xlsx"
            written.append((path, write_book(book, path)))
            progress.advance(len(book.entries))
    return written


def write_book(book: Book, path: Path) -> int:
    """Write one ledger; how many rows."""
    ledger = LEDGERS[book.slug]
    with workbook(path, streaming=True) as file:
        file.set_properties({"created": WRITTEN})
        styles = Styles(file)
        sheet: Worksheet = file.add_worksheet(ledger.title)
        for at, column in enumerate(ledger.columns):
            look = styles.required if column.required else styles.header
            sheet.set_column(at, at, width_of(column), styles.of(number_format(column)))
            put_text(sheet, 0, at, column.header, look)
        lay_out(sheet, 0)
        number = 0
        for number, cells in enumerate(book.periods(), 1):
            _put(sheet, number, cells, styles)
    return number


def _put(sheet: Any, number: int, cells: Cells, styles: Styles) -> None:
    text = styles.of(TEXT)
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str):
            sheet.write_string(number, at, cell, text)
        elif isinstance(cell, date):
            put_day(sheet, number, at, cell, styles)
        else:
            sheet.write_number(number, at, cell)
