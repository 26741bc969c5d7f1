"""Cells as clerks type them, and the sheet they stand on."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = Any
Row = Sequence[Cell]


def wide(text: Cell) -> str:
    """Digits as an input method in full-width mode gives them."""
    return str(text).translate({ord("0") + i: "０１２３４５６７８９"[i] for i in range(10)})


def number(at: int, value: int) -> Cell:
    """A number as different clerks type it."""
    forms: tuple[Cell, ...] = (value, value, f"{value:,}", float(value), wide(value), f" {value} ")
    return forms[at % len(forms)]


def day(at: int, iso: str) -> Cell:
    """A day as different clerks type it."""
    if not iso:
        return None
    y, m, d = map(int, iso.split("-"))
    if d == 1 and at % 3 == 0:
        return f"{y}年{m}月"
    forms: tuple[Cell, ...] = (
        datetime(y, m, d),  # noqa: DTZ001  (a spreadsheet knows no zone)
        f"{y}-{m}-{d}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        y * 10000 + m * 100 + d,
        wide(f"{y}/{m:02}/{d:02}"),
    )
    return forms[at % len(forms)]


def yes(at: int, *, value: bool) -> str:
    """Yes or no as different clerks type it."""
    return (("是", "否"), ("有", "无"), ("√", "×"), ("Y", "N"))[at % 4][not value]


class Paper:
    """A workbook of one sheet with a title and a line on who filled it in."""

    def __init__(self, path: Path, title: str, width: int, sheet: str) -> None:
        self.book = Workbook(path)
        self.book.set_properties({"created": datetime(2011, 12, 20)})  # noqa: DTZ001
        middle = {"align": "center", "valign": "vcenter", "border": 1}
        self.head: Format = self.book.add_format({**middle, "bold": True, "text_wrap": True})
        self.box: Format = self.book.add_format(middle)
        self._day: Format = self.book.add_format({"num_format": "yyyy-m-d"})
        self.sheet: Worksheet = self.book.add_worksheet(sheet)
        self.sheet.merge_range(0, 0, 0, width - 1, title, self.head)
        self.sheet.write(1, 0, "填报单位：涪安县总工会")
        self.sheet.write(1, width - 1, "填报日期：2011年12月20日")
        self.sheet.set_column(0, width - 1, 16)

    def rows(self, first: int, rows: Sequence[Row]) -> None:
        """Write rows from row ``first`` on, days as days."""
        for at, row in enumerate(rows, first):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    self.sheet.write_datetime(at, column, cell, self._day)
                elif isinstance(cell, str):
                    self.sheet.write_string(at, column, cell)
                elif cell is not None:
                    self.sheet.write(at, column, cell)

    def close(self, note: str = "") -> None:
        """Finish, with a second sheet of remarks."""
        if note:
            self.book.add_worksheet("填表说明").write(0, 0, note)
        self.book.close()
