"""Writing workbooks: text stays text whatever it looks like, days are days, sheets print well."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongjian.core.errors import Refused
from gongjian.ledgers.cells import Count, Day, Money, Percent, Text, YesNo
from gongjian.ledgers.declare import Column, Ref

SHEET_ROWS: Final = 1_048_576
"""Rows of one sheet, the header among them."""

TEXT: Final = "@"
DAY: Final = "yyyy-mm-dd"
WHOLE: Final = "0"
MONEY: Final = "0.00"

RED: Final = "#FFC7CE"
AMBER: Final = "#FFEB9C"
BLUE: Final = "#DDEBF7"

_A4: Final = 9
_SERIAL_ZERO: Final = date(1899, 12, 30)
_FIRST_SERIAL_DAY: Final = date(1900, 3, 1)  # before it spreadsheets disagree about the day
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@contextmanager
def workbook(path: Path, *, streaming: bool = False) -> Iterator[Workbook]:
    """A new workbook at ``path``, written when the block ends well and not at all otherwise.

    ``streaming`` keeps one row in memory: cells must then come row by row. Raises Refused where
    the file cannot be written.
    """
    if not path.parent.is_dir():
        raise Refused(f"文件夹“{path.parent}”不存在，请先建好或换一个位置。")
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        options = {"constant_memory": streaming, "tmpdir": folder, "use_zip64": True}
        book = Workbook(str(draft), options)
        try:
            yield book
            book.close()
        finally:
            _let_go(book)
        try:
            shutil.move(draft, path)
        except OSError:
            raise Refused(
                f"文件“{path}”写不进去，请检查是否有权写入、是否正被别的程序打开。"
            ) from None


def _let_go(book: Workbook) -> None:
    """Close what an unfinished workbook still holds open."""
    for sheet in book.worksheets():
        handle = getattr(sheet, "row_data_fh", None)
        if handle is not None:
            handle.close()


class Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.hint = book.add_format({"font_color": "#595959"})
        self.example = book.add_format(
            {"italic": True, "font_color": "#7F7F7F", "num_format": TEXT}
        )
        self.header = self._header(BLUE)
        self.required = self._header("#F8CBAD")

    def of(self, number_format: str, colour: str = "") -> Format:
        """Cells of that number format, filled with that colour."""
        made = self._made.get((number_format, colour))
        if made is None:
            look = {"num_format": number_format}
            if colour:
                look["bg_color"] = colour
            made = self._made[number_format, colour] = self._book.add_format(look)
        return made

    def _header(self, colour: str) -> Format:
        look = {"bold": True, "bg_color": colour, "border": 1, "num_format": TEXT}
        return self._book.add_format({**look, "text_wrap": True, "valign": "vcenter"})


def put_text(sheet: Worksheet, row: int, col: int, text: str, style: Format) -> None:
    """Write text as text: never a formula, a link or a number, nor markup of the file itself.

    Characters that no spreadsheet can hold are left out.
    """
    if not text.isprintable():  # quicker than the search
        text = _UNWRITABLE.sub("", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library would take such text for ready-made markup; in two runs it is escaped.
        sheet.write_rich_string(row, col, text[:1], style, text[1:], style)
    else:
        sheet.write_string(row, col, text, style)


def put_day(
    sheet: Worksheet, row: int, col: int, day: date, styles: Styles, colour: str = ""
) -> None:
    """Write a day as a day; one that spreadsheets cannot hold as text."""
    if day < _FIRST_SERIAL_DAY:
        put_text(sheet, row, col, day.isoformat(), styles.of(TEXT, colour))
    else:
        sheet.write_number(row, col, (day - _SERIAL_ZERO).days, styles.of(DAY, colour))


def spreadsheet_day(day: date) -> bool:
    """Can a spreadsheet hold this day as a date?"""
    return day >= _FIRST_SERIAL_DAY


def percent_text(hundredths: int) -> str:
    """Hundredths of a percent as text: 850 is 8.5%.

    As text, because a cell formatted as percent turns a typed 120 into 1.2.
    """
    return f"{(Decimal(hundredths) / 100).normalize():f}%"


def number_format(column: Column) -> str:
    """The number format of a column: everything that is not counted or dated is text."""
    if isinstance(column.kind, Day):
        return DAY
    if isinstance(column.kind, Count):
        return WHOLE
    return MONEY if isinstance(column.kind, Money) else TEXT


def width_of(column: Column) -> float:
    """A width at which the header and usual content can be read."""
    kind = column.kind
    if isinstance(kind, Ref | Text):
        usual = 24
    elif isinstance(kind, Count | Money | Percent | YesNo):
        usual = 9
    else:
        usual = 12 if isinstance(kind, Day) else 14
    if column.sensitive or "代码" in column.header or "号" in column.header:
        usual = 21
    return max(usual, 2 * len(column.header) + 3)


def lay_out(sheet: Worksheet, header: int, *, frozen: int = 1) -> None:
    """Frozen header, landscape A4, as wide as the page, the header on every page."""
    sheet.freeze_panes(header + 1, frozen)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
