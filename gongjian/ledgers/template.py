"""The blank template of a ledger: headers, notes, drop-down lists and one example row."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from gongjian.ledgers.cells import Choice, Count, Day, Money, Percent, YesNo
from gongjian.ledgers.declare import Column, Ledger
from gongjian.ledgers.writing import (
    SHEET_ROWS,
    TEXT,
    Styles,
    lay_out,
    number_format,
    put_day,
    put_text,
    width_of,
    workbook,
)

TITLE, HINT, HEADER, EXAMPLE = range(4)
"""Rows of the sheet, from 0."""

_LISTS: Final = "选项"
_HINTS: Final = (
    "带 * 的列必填；把鼠标放在表头上可看填写说明；“示例”一行不会导入，可以留着；"
    "日期写成 2011-03-05；要清掉已有的内容请填“清空”。"
)
_HOW: Final = (
    (Day, "填日期，如 2011-03-05。"),
    (Count, "填不小于 0 的整数。"),
    (Money, "填金额（元），可带两位小数。"),
    (Percent, "填百分数，如 8.5%。"),
    (YesNo, "填“是”或“否”。"),
)
_NOTE: Final = {"x_scale": 2, "y_scale": 1.5, "font_name": "宋体", "font_size": 9}


def write_template(ledger: Ledger, path: Path) -> None:
    """Write the blank template of ``ledger`` to ``path``. Raises Refused where that fails."""
    with workbook(path) as book:
        styles = Styles(book)
        sheet = book.add_worksheet(ledger.title)
        sheet.set_row(HEADER, 32)
        put_text(sheet, TITLE, 0, f"{ledger.title}导入模板", styles.title)
        put_text(sheet, HINT, 0, _HINTS, styles.hint)
        for at, column in enumerate(ledger.columns):
            sheet.set_column(at, at, width_of(column), styles.of(number_format(column)))
            _head(sheet, at, column, styles)
            _example(sheet, at, column, styles)
        lay_out(sheet, HEADER)
        _lists(book, sheet, ledger)


def _head(sheet: Worksheet, at: int, column: Column, styles: Styles) -> None:
    mark, style = ("*", styles.required) if column.required else ("", styles.header)
    put_text(sheet, HEADER, at, f"{column.header}{mark}", style)
    note = "\n".join(_notes(column))
    if note:
        sheet.write_comment(HEADER, at, note, _NOTE)


def _notes(column: Column) -> Iterator[str]:
    """What a clerk should know of the column, line by line."""
    if column.required:
        yield "必填。"
    if column.help:
        yield column.help
    yield from _how(column)


def _how(column: Column) -> Iterator[str]:
    kind = column.kind
    if isinstance(kind, Choice):
        yield f"从列表中选：{'、'.join(_explained(kind))}。"
    else:
        yield from (sentence for known, sentence in _HOW if isinstance(kind, known))


def _explained(kind: Choice) -> Iterator[str]:
    """The words of the list; letters with what they stand for."""
    meanings = {value: word for word, value in kind.synonyms.items()}
    for value in kind.values:
        letter = value.isascii() and value.isalpha() and value in meanings
        yield f"{value} {meanings[value]}" if letter else value


def _example(sheet: Worksheet, at: int, column: Column, styles: Styles) -> None:
    """One cell of the example row; its first cell says what the row is, so imports skip it."""
    text = column.example
    if at == 0:
        put_text(sheet, EXAMPLE, at, f"示例：{text}", styles.example)
    elif text and isinstance(column.kind, Day):
        put_day(sheet, EXAMPLE, at, date.fromisoformat(text), styles)
    elif text and isinstance(column.kind, Count | Money):
        style = styles.of(number_format(column))
        sheet.write_number(EXAMPLE, at, float(Decimal(text)), style)
    elif text:
        put_text(sheet, EXAMPLE, at, text, styles.example)


def _lists(book: Workbook, sheet: Worksheet, ledger: Ledger) -> None:
    """Drop-down lists; they stand on a sheet of their own, for a literal list has 255 characters.

    A cell outside its list is questioned and not refused: 清空 and other spellings are right too.
    """
    listed = [(at, c, _choices(c)) for at, c in enumerate(ledger.columns) if _choices(c)]
    if not listed:
        return
    hidden = book.add_worksheet(_LISTS)
    hidden.very_hidden()
    style = book.add_format({"num_format": TEXT})
    for place, (at, column, words) in enumerate(listed):
        for row, word in enumerate(words):
            put_text(hidden, row, place, word, style)
        letter = xl_col_to_name(place)
        book.define_name(f"list_{column.field}", f"='{_LISTS}'!${letter}$1:${letter}${len(words)}")
        rule = {
            "validate": "list",
            "source": f"=list_{column.field}",
            "error_type": "warning",
            "error_title": column.header,
            "error_message": "不在列表中，导入时可能认不出来。仍要这样填吗？",
        }
        sheet.data_validation(EXAMPLE, at, SHEET_ROWS - 1, at, rule)


def _choices(column: Column) -> tuple[str, ...]:
    """The words a cell of the column chooses from; none where it is filled freely."""
    if isinstance(column.kind, YesNo):
        return ("是", "否")
    return column.kind.values if isinstance(column.kind, Choice) else ()
