"""The file of a paper: what is too much, reading it, what reading gave."""

import html
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from gongjian.core.errors import NotInScope
from gongjian.files.actions import laid_out
from gongjian.files.models import StoredFile
from gongjian.ledgers import reading
from gongjian.ledgers.cells import Raw, shown
from gongjian.ledgers.declare import LEDGERS, Column, Ledger
from gongjian.ledgers.normalise import header_specs, masked
from gongjian.ledgers.reading.headers import normal
from gongjian.ledgers.result import OUTCOME, PROBLEMS
from gongjian.web.imports.models import Paper

MOST_ROWS: Final = 50_000
"""Data rows of one upload; larger books go in by the command line."""

MOST_BYTES: Final = 20 << 20
"""Bytes of one upload."""

SMALL_FILE: Final = 256 << 10
"""Up to so many bytes a file is read while one waits."""

SMALL_UNPACKED: Final = 32 << 20
"""Up to so many bytes of what such a file unpacks to."""

_HEAD_ROWS: Final = 50  # titles, headers and notes around the data
_SAMPLES: Final = 2
_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){9,}[ -]?[\dXx]")  # a telephone, an identity
_INDEX: Final = 64 << 10  # bytes of a workbook's index that are looked at
_SHEET_NAME: Final = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_BROKEN: Final = (
    zipfile.BadZipFile,
    struct.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
)
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


@contextmanager
def file_of(paper: Paper) -> Iterator[Path]:
    """The file of the paper, for readers; NotInScope where it is no longer kept."""
    stored = StoredFile.objects.filter(pk=paper.file_id).first()
    if stored is None:
        raise NotInScope(f"文件“{paper.name}”已不再保存，请重新上传。")
    with laid_out(stored) as path:
        yield path


@contextmanager
def on_disk(upload: "UploadedFile[Any]") -> Iterator[Path]:
    """An upload as a file, for readers that want one."""
    with tempfile.NamedTemporaryFile() as copy:
        for piece in upload.chunks():
            copy.write(piece)
        copy.flush()
        upload.seek(0)
        yield Path(copy.name)


def small(path: Path) -> bool:
    """May the file be read while one waits?"""
    return path.stat().st_size <= SMALL_FILE and unpacked(path) <= SMALL_UNPACKED


def quick(paper: Paper) -> bool:
    """May the file of the paper be read while one waits?"""
    with file_of(paper) as path:
        return small(path)


def unpacked(path: Path) -> int:
    """Bytes that a workbook says it unpacks to; 0 for any other file, and for a broken one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except _BROKEN:
        return 0


def sheet_names(path: Path) -> list[str]:
    """What the sheets of a workbook are called, without reading any; none where it says nothing."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as index:
            text = index.read(_INDEX).decode("utf-8", "replace")
    except (*_BROKEN, KeyError, RuntimeError, zlib.error):
        return []
    return [html.unescape(name) for name in _SHEET_NAME.findall(text)]


def read(paper: Paper) -> reading.Table:
    """Every row of the sheet. Raises Unreadable or MissingColumns as the reader does."""
    specs = reading.pointed(header_specs(ledger_of(paper)), paper.pointing)
    with file_of(paper) as path:
        return reading.read_table(path, specs, sheet=paper.sheet or None, limits=limits())


def ledger_by_content(path: Path) -> Ledger | None:
    """The ledger whose table a file is; None where it is none's.

    Raises Unreadable as the reader does.
    """
    kinds = {ledger.slug: header_specs(ledger) for ledger in LEDGERS}
    found = reading.kind_of_table(path, kinds, limits=limits())
    return None if found is None else LEDGERS[found]


def like(paper: Paper) -> str:
    """The ledger whose columns the file has, by its name; empty where it is none's."""
    with file_of(paper) as path:
        found = ledger_by_content(path)
    return "" if found is None else found.slug


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
        "columns": _columns(ledger_of(paper), table.top, table.positions),
    }


def told_missing(paper: Paper, error: reading.MissingColumns) -> dict[str, Any]:
    """What could be read of a sheet without all its required columns."""
    specs = reading.pointed(header_specs(ledger_of(paper)), paper.pointing)
    columns = _columns(ledger_of(paper), error.top if error.header_row else [], {})
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
    ledger: Ledger, top: Sequence[list[Raw]], positions: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Each column of the sheet: letter, header in the file, ours, a few cells as an example."""
    ours = {at: header for header, at in positions.items()}
    kinds = {c.header: c for c in ledger.all_columns}
    found = []
    for at, own in enumerate(top[0] if top else ()):
        column = kinds.get(ours.get(at, ""))
        words = [shown(own), *(shown(row[at]) for row in top[1:2])]
        samples = [shown(row[at]) for row in top[1 : 1 + _SAMPLES]]
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
