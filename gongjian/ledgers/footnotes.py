"""Lines under a table, such as who filled it in: they are read as rows, so their errors say so."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from gongjian.ledgers.cells import Raw, blank, shown
from gongjian.ledgers.declare import Column, Ledger
from gongjian.ledgers.reading import Table
from gongjian.ledgers.rows import Problem, Row

_BEGINNINGS: Final = ("填表", "审核", "制表", "共计", "备注", "说明", "单位负责人")
_SHOWN: Final = 20


def explain_footnotes(ledger: Ledger, table: Table, rows: Iterable[Row]) -> None:
    """Let the first missing cell of a row that looks like a note under the table say so.

    How many problems there are, and their codes, stay as they are.
    """
    order = {c.header: i for i, c in enumerate(ledger.columns) if _needed(ledger, c)}
    missing = {row.number: at for row in rows if (at := _first_missing(row, order)) is not None}
    if not missing:
        return
    places = {number: at for at, number in enumerate(table.row_numbers)}
    columns = {c.header: c for c in ledger.all_columns}
    headers = sorted(table.cells, key=lambda header: table.positions.get(header, 0))
    for row in rows:
        if row.number in missing:
            cells = ((columns[h], table.cells[h][places[row.number]]) for h in headers)
            note = _note(cells)
            if note:
                _explain(row, missing[row.number], note)


def _needed(ledger: Ledger, column: Column) -> bool:
    return column.required or any(column.field in key for key in ledger.keys)


def _first_missing(row: Row, order: dict[str, int]) -> int | None:
    """The place of the problem that names the first needed cell that is missing."""
    found = [
        (order[p.column or ""], at)
        for at, p in enumerate(row.problems)
        if p.code == "required" and p.column in order
    ]
    return min(found)[1] if found else None


def _note(cells: Iterable[tuple[Column, Raw]]) -> str:
    """What the first filled cell says where it begins as notes do; empty where it does not."""
    column, raw = next(((c, raw) for c, raw in cells if not blank(raw)), (None, None))
    if column is None or not isinstance(raw, str):
        return ""
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    beginning = next((word for word in _BEGINNINGS if text.startswith(word)), "")
    return beginning if column.sensitive or not beginning else shown(raw)[:_SHOWN]


def _explain(row: Row, at: int, note: str) -> None:
    old = row.problems[at]
    message = (
        f"这一行以“{note}”开头，像是表格下方的附注，请删除这一行；"
        f"如果确实是数据，请补上“{old.column}”。"
    )
    row.problems[at] = Problem(row.number, old.column, old.value, old.level, old.code, message)
