"""What an export folder holds, and whether several of them add up to whole tables."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from gongjian.core.errors import Refused

NAME: Final = "manifest.json"
FORMAT: Final = 1

ROWS: Final = "rows"
CLOSED: Final = "closed"
"""The two files of a ledger: versions added in the range; older versions it removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One file of an export."""

    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The files of one ledger, and the columns that its rows have."""

    columns: tuple[str, ...]
    rows: Stored
    closed: Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All ledgers, changes ``after`` < number ≤ ``change``, as one folder holds them.

    ``stamp`` names the database; ``after_digest`` and ``change_digest`` are those of the links
    that the two changes have in its chain (empty where there is none), ``record`` and ``digest``
    the head of the chain when the export was made.
    """

    folder: Path
    stamp: str
    after: int
    change: int
    after_digest: str
    change_digest: str
    record: int
    digest: str
    ledgers: dict[str, Stock]

    @property
    def rows(self) -> int:
        """Versions in the folder, all ledgers together."""
        return sum(stock.rows.rows for stock in self.ledgers.values())

    def path(self, slug: str, part: str) -> Path:
        """The file of a ledger; ``part`` is ``rows`` or ``closed``."""
        return self.folder / file_name(slug, part)


def file_name(slug: str, part: str) -> str:
    """The name of a ledger's file."""
    return f"{slug}.{part}.parquet"


def as_text(export: Export) -> str:
    """The manifest as it is written."""
    said = {"format": FORMAT, **asdict(export)}
    del said["folder"]
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(folder: Path) -> Export:
    """The export in ``folder``, its files there in full length; Refused where it is not whole."""
    path = folder / NAME
    if not path.is_file():
        raise Refused(f"文件夹“{folder}”里没有 {NAME}，不是一份完整的导出，请重新导出。")
    try:
        export = _export(folder, json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        raise Refused(f"“{path}”读不懂，请用本版本重新导出。") from None
    for stored in _files(export):
        file = folder / stored.file
        if not file.is_file() or file.stat().st_size != stored.bytes:
            raise Refused(f"文件“{file}”缺失或不完整，请重新取得这一份导出。")
    return export


def _export(folder: Path, said: dict[str, Any]) -> Export:
    if said.pop("format") != FORMAT:
        raise ValueError("another format")
    ledgers = {slug: _stock(slug, stock) for slug, stock in said.pop("ledgers").items()}
    return Export(folder=folder, ledgers=ledgers, **said)


def _stock(slug: str, said: dict[str, Any]) -> Stock:
    rows, closed = Stored(**said["rows"]), Stored(**said["closed"])
    if (rows.file, closed.file) != (file_name(slug, ROWS), file_name(slug, CLOSED)):
        raise ValueError("files of another name")
    return Stock(columns=tuple(said["columns"]), rows=rows, closed=closed)


def check_digests(exports: Iterable[Export]) -> None:
    """Read every file; Refused for the first that is not what its manifest says."""
    for export in exports:
        for stored in _files(export):
            path = export.folder / stored.file
            if sha256_of(path) != stored.sha256:
                raise Refused(f"文件“{path}”与导出时不同，请重新取得这一份导出。")


def sha256_of(path: Path) -> str:
    """The digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(export: Export) -> Iterable[Stored]:
    for stock in export.ledgers.values():
        yield stock.rows
        yield stock.closed


def joined(exports: Iterable[Export]) -> tuple[Export, ...]:
    """The exports in order of their ranges; Refused where they do not add up to whole tables.

    They do when the first begins before all changes, each goes on where the one before ended,
    and all are of one history: a database put back from a back-up numbers its next changes anew.
    """
    found = tuple(sorted(exports, key=lambda export: (export.after, export.change)))
    if not found:
        raise Refused("没有给出导出的文件夹，请至少给出一个。")
    first = found[0]
    if first.after != 0:
        raise Refused(f"“{first.folder}”从变更 {first.after} 之后开始，请补上更早的导出。")
    for before, after in pairwise(found):
        if after.after != before.change:
            raise Refused(
                f"“{before.folder}”到变更 {before.change} 为止，“{after.folder}”从变更 "
                f"{after.after} 之后开始，两份接不上，请重新选取。"
            )
        if (after.stamp, after.after_digest) != (before.stamp, before.change_digest):
            raise Refused(
                f"“{after.folder}”与“{before.folder}”不是同一个数据库的同一段历史，请从头重新导出。"
            )
    return found
