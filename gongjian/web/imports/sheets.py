"""The file of a paper → the table that is checked: pointed columns, mended cells, rows set aside."""

import re
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from gongjian.core.errors import NotInScope
from gongjian.files.models import StoredFile
from gongjian.history.keys import field_keys
from gongjian.ledgers import reading
from gongjian.ledgers.cells import Raw, shown
from gongjian.ledgers.declare import LEDGERS, Column, Ledger
from gongjian.ledgers.normalise import header_specs, masked
from gongjian.ledgers.reading.headers import normal
from gongjian.ledgers.result import OUTCOME, PROBLEMS
from gongjian.web.imports.models import Mend, Paper

MOST_ROWS: Final = 50_000
"""Data rows of one upload; larger books go in by the command line."""

MOST_BYTES: Final = 20 << 20
"""Bytes of one upload."""

_HEAD_ROWS: Final = 50  # titles, headers and notes around the data
_SAMPLES: Final = 2
_LABEL: Final = "imports.mend"
_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){9,}[ -]?[\dXx]")  # a telephone, an identity
_OURS: Final = frozenset({OUTCOME, PROBLEMS})


def limits() -> reading.Limits:
    """What is too much for an upload."""
    return reading.Limits(
        max_bytes=MOST_BYTES,
        max_expanded=512 << 20,
        max_rows=MOST_ROWS + _HEAD_ROWS,
        max_columns=200,
        max_cells=6_000_000,
    )


def ledger_of(paper: Paper) -> Ledger:
    """The ledger that the paper goes into."""
    return LEDGERS[paper.ledger]


def path_of(paper: Paper) -> Path:
    """Where the bytes of the paper lie; NotInScope where they are no longer kept."""
    stored = StoredFile.objects.filter(pk=paper.file_id).first()
    if stored is None or not stored.path.exists():
        raise NotInScope(f"文件“{paper.name}”已不再保存，请重新上传。")
    return stored.path


def unpacked(path: Path) -> int:
    """Bytes that a workbook says it unpacks to; 0 for any other file, and for a broken one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, UnicodeDecodeError):
        return 0


def sealed(text: str) -> bytes:
    """A mended cell as it is kept."""
    return field_keys().seal(text, _LABEL)


def mends_of(paper: Paper) -> dict[tuple[int, str], Raw]:
    """(row, header) → what was written there; None where the cell was emptied."""
    keys = field_keys()
    rows = Mend.objects.filter(paper=paper).values_list("row", "header", "sealed")
    return {(row, header): keys.open(bytes(kept), _LABEL) or None for row, header, kept in rows}


def whole_table(paper: Paper) -> reading.Table:
    """Every row of the sheet. Raises Unreadable or MissingColumns as the reader does."""
    specs = reading.pointed(header_specs(ledger_of(paper)), paper.pointing)
    return reading.read_table(path_of(paper), specs, sheet=paper.sheet or None, limits=limits())


def table_of(paper: Paper, whole: reading.Table) -> reading.Table:
    """The rows the paper is about, as mended, without those set aside."""
    apply(whole, mends_of(paper))
    aside = set(paper.asides.values_list("row", flat=True))
    only = None if paper.only is None else set(paper.only)
    if not aside and only is None:
        return whole
    return part(whole, [n for n in whole.row_numbers if n not in aside and _among(n, only)])


def _among(number: int, only: Collection[int] | None) -> bool:
    return only is None or number in only


def apply(table: reading.Table, mends: Mapping[tuple[int, str], Raw]) -> None:
    """Put mended cells into the table; a column that the file lacks comes into being."""
    at = {number: i for i, number in enumerate(table.row_numbers)}
    for (number, header), raw in mends.items():
        if number in at:
            cells = table.cells.setdefault(header, [None] * len(table.row_numbers))
            cells[at[number]] = raw


def part(table: reading.Table, numbers: Sequence[int]) -> reading.Table:
    """The table with these rows alone."""
    wanted = set(numbers)
    places = [i for i, number in enumerate(table.row_numbers) if number in wanted]
    return replace(
        table,
        row_numbers=[table.row_numbers[i] for i in places],
        cells={header: [raws[i] for i in places] for header, raws in table.cells.items()},
    )


# ------------------------------------------------------------------ what was read


def letter(position: int) -> str:
    """The name Excel gives to a column counted from 0: 0 is A, 26 is AA."""
    text, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def told(paper: Paper, table: reading.Table) -> dict[str, Any]:
    """What reading gave, for the page of columns."""
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "other_sheets": table.other_sheets,
        "rows": len(table.row_numbers),
        "totals_skipped": table.totals_skipped,
        "positions": table.positions,
        "unknown": _unknown(table.ignored_columns),
        "missing": [],
        "columns": _columns(paper, table.sheet, table.header_row, table.positions),
    }


def told_missing(paper: Paper, error: reading.MissingColumns) -> dict[str, Any]:
    """What could be read of a sheet without all its required columns."""
    specs = reading.pointed(header_specs(ledger_of(paper)), paper.pointing)
    columns = _columns(paper, error.sheet, error.header_row, None)
    known = {normal(name): s.header for s in specs for name in (*s.aliases, s.header)}
    for column in columns:
        column["ours"] = known.get(normal(column["header"]), "")
    return {
        "sheet": error.sheet,
        "header_row": error.header_row,
        "other_sheets": error.other_sheets,
        "rows": 0,
        "totals_skipped": 0,
        "positions": {},
        "unknown": _unknown(error.ignored_columns),
        "missing": error.missing,
        "columns": columns,
    }


def _unknown(ignored: Sequence[str]) -> list[str]:
    """Headers that may be pointed; the two that a marked book brings along are our own."""
    return [header for header in dict.fromkeys(ignored) if header not in _OURS]


def _columns(
    paper: Paper, sheet: str | None, header_row: int | None, positions: Mapping[str, int] | None
) -> list[dict[str, Any]]:
    """Each column of the sheet: letter, header in the file, ours, a few cells as an example."""
    if header_row is None:
        return []
    rows = reading.read_sheet_grid(path_of(paper), sheet, limits=limits())
    top, below = rows[header_row - 1], rows[header_row : header_row + 1]
    ours = {at: header for header, at in (positions or {}).items()}
    ledger = ledger_of(paper)
    kinds = {c.header: c for c in ledger.all_columns}
    found = []
    for at, own in enumerate(top):
        column = kinds.get(ours.get(at, ""))
        words = [shown(own), *(shown(row[at]) for row in below)]
        samples = [shown(row[at]) for row in rows[header_row : header_row + _SAMPLES]]
        header = "".join((words[0] or (words[-1] if column else "")).split("\n"))
        if header and header not in _OURS:
            found.append(
                {
                    "letter": letter(at),
                    "header": header,
                    "ours": column.header if column else "",
                    "samples": [_sample(column, s) for s in samples],
                }
            )
    return found


def _sample(column: Column | None, text: str) -> str:
    """A cell as an example; of a column nobody knows yet, long numbers may be anybody's."""
    if column is not None and column.sensitive:
        return masked(column, text) if text else text
    return text if column is not None else _LONG_NUMBER.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    number = found[0]
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
