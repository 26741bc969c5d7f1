"""What goes into reading a file and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from gongjian.core.errors import Refused
from gongjian.ledgers.cells import Raw

_MEBI: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderSpec:
    """A column that is looked for.

    `aliases` are other names of it; `under` are pairs (upper header, lower header) by which
    a header of two rows names it.
    """

    header: str
    required: bool
    aliases: tuple[str, ...] = ()
    under: tuple[tuple[str, str], ...] = ()


def pointed(specs: Sequence[HeaderSpec], pointing: Mapping[str, str]) -> list[HeaderSpec]:
    """``specs`` with headers that a person pointed to their columns: header in the file → column.

    A pointed header is one more alias, after the declared ones.
    """
    named: dict[str, list[str]] = {}
    for header, column in pointing.items():
        named.setdefault(column, []).append(header)
    return [replace(spec, aliases=(*spec.aliases, *named.get(spec.header, ()))) for spec in specs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is too much: bytes of the file, bytes unpacked, rows, columns, cells of a sheet."""

    max_bytes: int = 200 * _MEBI
    max_expanded: int = 2048 * _MEBI
    max_rows: int = 1_100_000
    max_columns: int = 500
    max_cells: int = 60_000_000


@dataclass(slots=True, kw_only=True)
class Table:
    """The data rows of a sheet, column by column.

    sheet           the sheet that was read; None where the format has no sheets
    header_row      the number Excel shows for the (upper) header row
    other_sheets    the other visible sheets
    ignored_columns headers that are no column of ours, as shown
    totals_skipped  rows left out because they are totals or the example
    row_numbers     the number Excel shows for each data row
    cells           header → one raw cell per data row, for the headers the file has
    positions       header → its column in the sheet, from 0
    width           columns of the sheet
    top             the header row and the two rows below it, as they stand
    """

    sheet: str | None
    header_row: int | None
    other_sheets: list[str]
    ignored_columns: list[str]
    totals_skipped: int
    row_numbers: list[int]
    cells: dict[str, list[Raw]]
    positions: dict[str, int]
    width: int
    top: list[list[Raw]] = field(default_factory=list)


class Span(NamedTuple):
    """Merged cells: first row, first column, last row, last column, all from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True, kw_only=True)
class Grid:
    """A sheet as it stands: rows of equal length from the sheet's first row on, and its merges."""

    sheet: str | None
    rows: list[list[Raw]]
    spans: list[Span] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the sheet."""
        return len(self.rows[0]) if self.rows else 0


class Unreadable(Refused):
    """The file is no table we can read; the sentence says why and what to do."""


class MissingColumns(Refused):
    """No sheet has a row with all required headers; tells of the row that came nearest.

    ``top`` is that row with the two below it.
    """

    def __init__(
        self,
        *,
        sheet: str | None,
        header_row: int | None,
        other_sheets: list[str],
        ignored_columns: list[str],
        missing: list[str],
        top: list[list[Raw]],
    ) -> None:
        super().__init__(f"表头缺少必填列：{'、'.join(missing)}，请对照模板补上后重新导入。")
        self.sheet = sheet
        self.header_row = header_row
        self.other_sheets = other_sheets
        self.ignored_columns = ignored_columns
        self.missing = missing
        self.top = top
