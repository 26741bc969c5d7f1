"""An export written in the columns and the order of somebody else's form."""

from collections.abc import Mapping
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import Column, Ledger
from gongjian.ledgers.export import Form, Paper, Putters
from gongjian.ledgers.telling import Cells
from gongjian.ledgers.writing import (
    SHEET_ROWS,
    TEXT,
    Styles,
    lay_out,
    number_format,
    put_text,
    width_of,
)
from gongjian.web.profiles.models import ExportProfile

_NARROW: Final = 12


def form_of(profile: ExportProfile, ledger: Ledger) -> Form:
    """The form of ``profile``, for rows of an export to be written on.

    Values stand as in any export: codes, choices, masks. The writing raises Refused where they
    are more rows than one sheet takes.
    """

    def lay(book: Workbook, putters: Putters) -> Paper:
        return Filled(book, putters, profile, ledger)

    return lay


class Filled:
    """One sheet with the head of a form and rows below it."""

    def __init__(
        self,
        book: Workbook,
        putters: Putters,
        profile: ExportProfile,
        ledger: Ledger,
        sheet_rows: int = SHEET_ROWS,
    ) -> None:
        self.rows = 0
        self._first = len(profile.head)
        self._most = sheet_rows - self._first
        pointed = {
            at: ledger.by_field[field] for at, (_, field) in enumerate(profile.columns) if field
        }
        self._put = putters.line(pointed.items())
        self._sheet = _begin(book, putters.styles, profile, pointed)

    def add(self, row: Cells) -> None:
        """Write one row behind the last; Refused where the sheet is full."""
        if self.rows == self._most:
            raise Refused(
                f"超过 {self._most:,} 行，一张工作表放不下；请用条件分几次导出，或不用模板导出。"
            )
        self._put(self._sheet, self._first + self.rows, row)
        self.rows += 1


def _begin(
    book: Workbook, styles: Styles, profile: ExportProfile, pointed: Mapping[int, Column]
) -> Worksheet:
    """The sheet with its head."""
    sheet = book.add_worksheet(profile.sheet)
    for at, (header, _) in enumerate(profile.columns):
        column = pointed.get(at)
        wide = max(_NARROW, 2 * len(header) + 3)
        style = TEXT if column is None else number_format(column)
        width = wide if column is None else max(wide, width_of(column))
        sheet.set_column(at, at, width, styles.of(style))
    last = len(profile.head) - 1
    for row, cells in enumerate(profile.head):
        look = styles.header if row == last else styles.title if row == 0 and last else styles.hint
        for col, text in enumerate(cells):
            if text:
                put_text(sheet, row, col, text, look)
    # Merges over several rows cannot be announced while rows are written one by one.
    sheet.merge.extend(list(span) for span in profile.spans)
    lay_out(sheet, last)
    return sheet
