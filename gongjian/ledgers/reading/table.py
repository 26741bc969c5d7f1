"""A grid and its header → a table of data rows, column by column."""

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from gongjian.ledgers.cells import Raw, blank, shown
from gongjian.ledgers.reading.books import Book, open_book
from gongjian.ledgers.reading.headers import Found, find_header
from gongjian.ledgers.reading.shapes import (
    Grid,
    HeaderSpec,
    Limits,
    MissingColumns,
    Span,
    Table,
    Unreadable,
)

_TOTALS: Final = frozenset({"合计", "小计", "总计"})
_EXAMPLE: Final = "示例"
_TOP: Final = 3
_DEFAULT: Final = Limits()


def read_table(
    path: Path, specs: Sequence[HeaderSpec], *, sheet: str | None = None, limits: Limits = _DEFAULT
) -> Table:
    """Read the rows of a file.

    Without `sheet`: of the first visible sheet with a row that has all required headers. Raise
    Unreadable where the file cannot be read, MissingColumns where no sheet has such a row.
    """
    book = open_book(path, limits)
    candidates = [_named(book, sheet)] if sheet is not None else book.visible or book.sheets
    nearest: tuple[Grid, Found] | None = None
    for name in candidates:
        grid = book.grid(name)
        found = find_header(grid, specs)
        if not found.missing(specs) and found.positions:
            return _table(grid, found, _others(book, name), limits)
        if nearest is None or len(found.positions) > len(nearest[1].positions):
            nearest = Grid(sheet=grid.sheet, rows=_top(grid, found)), found
    raise _missing(book, nearest, specs)


def kind_of_table(
    path: Path, kinds: Mapping[str, Sequence[HeaderSpec]], *, limits: Limits = _DEFAULT
) -> str | None:
    """Which of ``kinds`` (name → its columns) a file is a table of; None where it is none of them.

    The one whose required headers a visible sheet has; of several the one with most columns
    found. Raise Unreadable where the file cannot be read.
    """
    book = open_book(path, limits)
    best: tuple[int, str] | None = None
    for name in book.visible or book.sheets:
        grid = book.grid(name)
        for kind, specs in kinds.items():
            found = find_header(grid, specs)
            many = len(found.positions)
            if many and not found.missing(specs) and (best is None or many > best[0]):
                best = many, kind
        if best is not None:
            return best[1]
    return None


def read_sheet_grid(
    path: Path, sheet_name: str | None, *, limits: Limits = _DEFAULT
) -> list[list[Raw]]:
    """All cells of a sheet from its first row on; `sheet_name` None where there are no sheets."""
    book = open_book(path, limits)
    name = _named(book, sheet_name) if sheet_name is not None else book.sheets[0]
    return book.grid(name).rows


def _named(book: Book, sheet: str) -> str | None:
    for name in book.sheets:
        if name is not None and name.strip() == sheet.strip():
            return name
    names = "、".join(f"“{name}”" for name in book.sheets if name is not None)
    if not names:
        raise Unreadable(f"文件不分工作表，没有“{sheet}”，请不要指定工作表。")
    raise Unreadable(f"没有名为“{sheet}”的工作表，现有{names}，请从中选择。")


def _others(book: Book, sheet: str | None) -> list[str]:
    return [name for name in book.visible if name is not None and name != sheet]


def _missing(
    book: Book, nearest: tuple[Grid, Found] | None, specs: Sequence[HeaderSpec]
) -> MissingColumns:
    grid, found = nearest or (Grid(sheet=None, rows=[]), Found(row=0, data_row=0))
    return MissingColumns(
        sheet=grid.sheet,
        header_row=found.row + 1 if found.positions else None,
        other_sheets=_others(book, grid.sheet),
        ignored_columns=found.ignored,
        missing=found.missing(specs),
        top=grid.rows,
    )


def _top(grid: Grid, found: Found) -> list[list[Raw]]:
    """The header row and what stands right below it."""
    return [list(row) for row in grid.rows[found.row : found.row + _TOP]]


def _table(grid: Grid, found: Found, others: list[str], limits: Limits) -> Table:
    rows, first = grid.rows, found.data_row
    top = _top(grid, found)
    columns = sorted(found.positions.values())
    kept, totals = _data_rows(rows, first, columns)
    filled = _fill(rows, first, grid.spans, limits)
    late = {at for at in kept if at in filled and _is_total(_first_filled(rows[at]))}
    kept = [at for at in kept if at not in late]
    return Table(
        sheet=grid.sheet,
        header_row=found.row + 1,
        other_sheets=others,
        ignored_columns=found.ignored,
        totals_skipped=totals + len(late),
        row_numbers=[at + 1 for at in kept],
        cells={
            header: [rows[at][column] for at in kept] for header, column in found.positions.items()
        },
        positions=found.positions,
        width=grid.width,
        top=top,
    )


def _data_rows(rows: list[list[Raw]], first: int, columns: Sequence[int]) -> tuple[list[int], int]:
    """The places of the rows that say something, and how many are totals or the example."""
    kept, totals = [], 0
    for at in range(first, len(rows)):
        row = rows[at]
        if all(map(blank, (row[column] for column in columns))):
            continue
        if _is_total(_first_filled(row)):
            totals += 1
        else:
            kept.append(at)
    return kept, totals


def _first_filled(row: list[Raw]) -> Raw:
    return next((raw for raw in row if not blank(raw)), None)


def _is_total(raw: Raw) -> bool:
    if not isinstance(raw, str):
        return False
    text = "".join(unicodedata.normalize("NFKC", shown(raw)).split()).rstrip(":")
    return text in _TOTALS or text.startswith(_EXAMPLE)


def _fill(rows: list[list[Raw]], first: int, spans: Sequence[Span], limits: Limits) -> set[int]:
    """Write the value of cells merged downwards into each row they span; the rows touched."""
    touched: set[int] = set()
    budget = limits.max_cells
    for span in spans:
        if span.bottom == span.top or span.top < first or span.top >= len(rows):
            continue
        if span.left >= len(rows[span.top]):
            continue
        value = rows[span.top][span.left]
        places = range(span.top + 1, min(span.bottom + 1, len(rows)))
        budget -= len(places)
        if budget < 0:
            raise Unreadable("合并单元格多得不合常理，请取消合并后再导入。")
        for at in places:
            rows[at][span.left] = value
        touched.update(places)
    return touched
