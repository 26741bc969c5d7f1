"""A table that was read, kept so that a few of its rows can be had without the rest.

Layout of the bytes: a mark, the length of the head, the head, pieces of PIECE rows each, and an
index of the words by which rows name each other. Head and pieces are sealed like any secret; the
index holds keyed digests, which tell nothing without the key.
"""

import base64
import json
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, BinaryIO, Final

from gongjian.history.keys import field_keys
from gongjian.ledgers import reading
from gongjian.ledgers.cells import Raw, blank
from gongjian.ledgers.declare import Ledger

PIECE: Final = 100
"""Rows of one piece."""

_MARK: Final = b"GJROWS1\n"
_LABEL: Final = "imports.rows"
_LENGTH: Final = struct.Struct("<Q")
_ENTRY: Final = struct.Struct("<8sI")

Cells = Mapping[str, Raw]
"""Header → cell, of one row."""


def packed(table: reading.Table, ledger: Ledger) -> Iterator[bytes]:
    """The bytes of a table, part by part."""
    numbers = table.row_numbers
    starts = list(range(0, len(numbers), PIECE))
    pieces = [_sealed(_piece(table, at)) for at in starts]
    lengths = [len(piece) for piece in pieces]
    head = _sealed(
        {
            "sheet": table.sheet,
            "header_row": table.header_row,
            "other_sheets": table.other_sheets,
            "ignored_columns": table.ignored_columns,
            "totals_skipped": table.totals_skipped,
            "positions": table.positions,
            "width": table.width,
            "rows": _runs(numbers),
            "firsts": [numbers[at] for at in starts],
            "pieces": lengths,
        }
    )
    yield from (_MARK, _LENGTH.pack(len(head)), head, *pieces)
    index = sorted(
        (digest, number)
        for number, cells in each_row(table)
        for digest in map(_digest, words(ledger, cells))
    )
    yield b"".join(_ENTRY.pack(digest, number) for digest, number in index)


class Stream:
    """Parts as a stream that can be stored."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)

    def read(self, _size: int = -1, /) -> bytes:
        """The next part that is not empty; empty at the end."""
        return next((part for part in self._parts if part), b"")


class Kept:
    """A kept table, opened; ``opened`` counts the pieces that were read so far."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises ValueError where the bytes are no kept table."""
        self._file = file
        if file.read(len(_MARK)) != _MARK:
            raise ValueError("no kept table")
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
        self._head = _opened(file.read(length))
        self._begin = len(_MARK) + _LENGTH.size + length
        self._pieces: dict[int, dict[str, Any]] = {}
        self.opened = 0

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of all rows."""
        return [n for first, last in self._head["rows"] for n in range(first, last + 1)]

    def has(self, number: int) -> bool:
        """Is there a row of this number?"""
        return any(first <= number <= last for first, last in self._head["rows"])

    def part(self, numbers: Iterable[int]) -> reading.Table:
        """The table with these rows alone, as far as they are there; only their pieces are read."""
        wanted: dict[int, set[int]] = {}
        for number in numbers:
            if self.has(number):
                wanted.setdefault(self._place(number), set()).add(number)
        table = self._bare()
        for at in sorted(wanted):
            piece = self._piece(at)
            places = [i for i, n in enumerate(piece["rows"]) if n in wanted[at]]
            table.row_numbers.extend(piece["rows"][i] for i in places)
            for header, cells in table.cells.items():
                cells.extend(_raw(piece["cells"][header][i]) for i in places)
        return table

    def whole(self) -> reading.Table:
        """All of it."""
        table = self._bare()
        for at in range(len(self._head["pieces"])):
            piece = self._read(at)
            table.row_numbers.extend(piece["rows"])
            for header, cells in table.cells.items():
                cells.extend(map(_raw, piece["cells"][header]))
        return table

    def naming(self, found: Iterable[str]) -> set[int]:
        """The rows of which one of these ``words`` is true, as they came."""
        wanted = [_digest(word) for word in found]
        return {number for digest in wanted for number in self._looked_up(digest)}

    def _bare(self) -> reading.Table:
        names = ("sheet", "header_row", "other_sheets", "ignored_columns", "totals_skipped")
        return reading.Table(
            **{name: self._head[name] for name in names},
            positions=dict(self._head["positions"]),
            width=self._head["width"],
            row_numbers=[],
            cells={header: [] for header in self._head["positions"]},
        )

    def _place(self, number: int) -> int:
        firsts = self._head["firsts"]
        low, high = 0, len(firsts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if firsts[middle] <= number else (low, middle)
        return low

    def _piece(self, at: int) -> dict[str, Any]:
        if at not in self._pieces:
            self._pieces[at] = self._read(at)
        return self._pieces[at]

    def _read(self, at: int) -> dict[str, Any]:
        lengths = self._head["pieces"]
        self._file.seek(self._begin + sum(lengths[:at]))
        self.opened += 1
        return _opened(self._file.read(lengths[at]))

    def _looked_up(self, digest: bytes) -> Iterator[int]:
        begin = self._begin + sum(self._head["pieces"])
        size = (self._file.seek(0, 2) - begin) // _ENTRY.size
        low, high = 0, size
        while low < high:
            middle = (low + high) // 2
            low, high = (
                (middle + 1, high) if self._entry(begin, middle)[0] < digest else (low, middle)
            )
        while low < size:
            found, number = self._entry(begin, low)
            if found != digest:
                return
            yield number
            low += 1

    def _entry(self, begin: int, at: int) -> tuple[bytes, int]:
        self._file.seek(begin + at * _ENTRY.size)
        digest, number = _ENTRY.unpack(self._file.read(_ENTRY.size))
        return digest, number


# ------------------------------------------------------------------ how rows name each other


def words(ledger: Ledger, cells: Cells) -> set[str]:
    """What a row is and what it refers to in the same table, as words to look it up by.

    ``k`` is one of its keys, ``n`` a name or code others may call it by, ``r`` whom it refers to.
    """
    return {*_keys(ledger, cells), *names(ledger, cells), *refers(ledger, cells)}


def keys(ledger: Ledger, cells: Cells) -> set[str]:
    """The words of its keys: rows that share one speak of the same entry."""
    return set(_keys(ledger, cells))


def _keys(ledger: Ledger, cells: Cells) -> Iterator[str]:
    for at, key in enumerate(ledger.keys):
        told = [_word(cells.get(ledger.by_field[name].header)) for name in key]
        if all(told):
            yield f"k{at}\0" + "\0".join(told)


def names(ledger: Ledger, cells: Cells) -> set[str]:
    """The words by which rows of the same table may refer to it."""
    if not _own(ledger):
        return set()
    fields = {*ledger.keys[0], *filter(None, (ledger.name, ledger.code))}
    told = (_word(cells.get(ledger.by_field[name].header)) for name in sorted(fields))
    return {f"n\0{word}" for word in told if word}


def refers(ledger: Ledger, cells: Cells) -> set[str]:
    """The words of the rows of the same table that it refers to."""
    told = (_word(cells.get(header)) for header in _own(ledger))
    return {f"r\0{word}" for word in told if word}


def turned(found: Iterable[str]) -> set[str]:
    """From names to references by these names, and back."""
    return {("r" if word[0] == "n" else "n") + word[1:] for word in found}


def naming_headers(ledger: Ledger) -> set[str]:
    """Columns that a word is made of."""
    fields = {*(f for key in ledger.keys for f in key), ledger.name, ledger.code} - {"", None}
    return {ledger.by_field[str(name)].header for name in fields} | set(_own(ledger))


def _own(ledger: Ledger) -> list[str]:
    return [c.header for c in ledger.ref_columns if c.ref.to == ledger.slug]


def _word(raw: Raw) -> str:
    if blank(raw):
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "".join(unicodedata.normalize("NFKC", str(raw)).split()).upper()


# ------------------------------------------------------------------ bytes


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other as (first, last)."""
    if not numbers:
        return []
    breaks = [(a, b) for a, b in pairwise(numbers) if b != a + 1]
    return list(
        zip([numbers[0], *(b for _, b in breaks)], [*(a for a, _ in breaks), numbers[-1]],
            strict=True)
    )  # fmt: skip


def each_row(table: reading.Table) -> Iterator[tuple[int, Cells]]:
    """Number and cells of every row."""
    headers = list(table.cells)
    columns = zip(*table.cells.values(), strict=True) if headers else iter(())
    for number, row in zip(table.row_numbers, columns, strict=True):
        yield number, dict(zip(headers, row, strict=True))


def _piece(table: reading.Table, at: int) -> dict[str, Any]:
    end = at + PIECE
    return {
        "rows": table.row_numbers[at:end],
        "cells": {h: [_plain(raw) for raw in raws[at:end]] for h, raws in table.cells.items()},
    }


def _plain(raw: Raw) -> Any:
    if isinstance(raw, timedelta):
        return ["timedelta", raw.total_seconds()]
    if isinstance(raw, date | time):
        return [type(raw).__name__, raw.isoformat()]
    return raw


_MADE: Final[dict[str, Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


def _raw(plain: Any) -> Raw:
    if isinstance(plain, list):
        kind, told = plain
        made: Raw = _MADE[kind](told)
        return made
    cell: Raw = plain
    return cell


def _sealed(said: dict[str, Any]) -> bytes:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    short = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
    return field_keys().seal(base64.b64encode(short).decode("ascii"), _LABEL)


def _opened(sealed: bytes) -> dict[str, Any]:
    short = base64.b64decode(field_keys().open(sealed, _LABEL))
    said: dict[str, Any] = json.loads(zlib.decompress(short).decode("utf-8", "surrogatepass"))
    return said


def _digest(word: str) -> bytes:
    text = word.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return field_keys().blind(text, _LABEL)[:8]
