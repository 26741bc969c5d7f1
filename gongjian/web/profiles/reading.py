"""A form of others → its titles, its headers and the columns of ours that they name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gongjian.core.errors import Refused
from gongjian.ledgers.cells import shown
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.normalise import header_specs
from gongjian.ledgers.reading import HeaderSpec, Limits, pointed
from gongjian.ledgers.reading.books import open_book
from gongjian.ledgers.reading.headers import Found, find_header
from gongjian.ledgers.reading.shapes import Grid

LIMITS: Final = Limits(
    max_bytes=20 << 20,
    max_expanded=512 << 20,
    max_rows=60_000,
    max_columns=200,
    max_cells=6_000_000,
)

MOST_HEAD_ROWS: Final = 20
_MOST_SHEET: Final = 31  # letters of a sheet's name
_UNFIT: Final = re.compile(r"[\[\]:*?/\\]")
# Names no column, so that no row counts as complete and the row with the most names is found.
_NEVER: Final = HeaderSpec(header="", required=True)


@dataclass(frozen=True, kw_only=True)
class Form:
    """What was read: ``columns`` are (header, header of ours or "") in the order of the sheet."""

    sheet: str
    head: list[list[str]]
    spans: list[list[int]]
    columns: list[tuple[str, str]]


def read_form(
    path: Path,
    ledger: Ledger,
    pointing: Mapping[str, str],
    *,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Form:
    """The form of ``sheet``, else of the sheet that knows most of the ledger's columns.

    ``header_row`` is the row of its headers, as Excel counts, where these are not to be searched.
    Raises Refused where the file cannot be read or no headers are found.
    """
    book = open_book(path, LIMITS)
    specs = [*(replace(s, required=False) for s in pointed(header_specs(ledger), pointing)), _NEVER]
    best: tuple[Grid, Found] | None = None
    for name in [sheet] if sheet in book.sheets else book.visible or book.sheets:
        grid = book.grid(name)
        found = _headers(grid, specs, header_row)
        if best is None or len(found.positions) > len(best[1].positions):
            best = grid, found
    if best is None or not (best[1].positions or header_row):
        raise Refused("没有认出表头，请写明表头在第几行再上传。")
    grid, found = best
    if found.data_row > MOST_HEAD_ROWS or found.row >= len(grid.rows):
        raise Refused(f"第 {found.row + 1} 行不能作表头，请写 1 到 {MOST_HEAD_ROWS} 之间有字的行。")
    return _form(grid, found, ledger)


def _headers(grid: Grid, specs: Sequence[HeaderSpec], header_row: int | None) -> Found:
    if header_row is None:
        return find_header(grid, specs)
    at = header_row - 1
    alone = Grid(sheet=grid.sheet, rows=grid.rows[at : at + 1])
    found = find_header(alone, specs)
    return Found(row=at, data_row=at + 1, positions=found.positions)


def _form(grid: Grid, found: Found, ledger: Ledger) -> Form:
    head = [[shown(cell) for cell in row] for row in grid.rows[: found.data_row]]
    ours = {at: header for header, at in found.positions.items()}
    columns = [(_header(head, found, at), ours.get(at, "")) for at in range(grid.width)]
    while columns and not columns[-1][0]:
        columns.pop()
    if not columns:
        raise Refused(f"第 {found.row + 1} 行没有表头，请写明表头在第几行再上传。")
    spans = [list(span) for span in grid.spans if span.bottom < found.data_row]
    sheet = _UNFIT.sub("", grid.sheet or ledger.title)[:_MOST_SHEET].strip("' ") or ledger.title
    width = len(columns)
    return Form(
        sheet=sheet,
        head=[row[:width] for row in head],
        spans=[span for span in spans if span[3] < width],
        columns=columns,
    )


def _header(head: list[list[str]], found: Found, at: int) -> str:
    """The words over a column: the lowest of its header rows that says something."""
    said = [row[at] for row in head[found.row : found.data_row] if row[at]]
    return said[-1] if said else ""
