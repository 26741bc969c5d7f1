"""The container of .xls and of encrypted workbooks: OLE2 compound files ([MS-CFB])."""

import struct
from collections.abc import Iterator
from typing import Final

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR: Final = 0xFFFFFFFA  # larger values are marks, not sectors
_HEADER_FAT: Final = 109
_ENTRY: Final = 128
_ROOT: Final = 5
_CUTOFF: Final = 4096  # shorter streams are kept in small sectors
_SMALL_SECTOR: Final = 64
_LARGE: Final = 4096  # bytes of a sector from which on sizes have 64 bits


class Malformed(ValueError):
    """The container contradicts itself."""


def is_compound(data: bytes) -> bool:
    """Whether the file begins as a compound file does."""
    return data.startswith(_MAGIC)


class Compound:
    """The streams of a compound file by name. Raise Malformed where the container is broken."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError):
            raise Malformed from None

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        fat_sectors, directory = struct.unpack_from("<II", data, 44)
        cutoff, small_fat, small_fat_sectors = struct.unpack_from("<III", data, 56)
        if shift not in (9, 12) or 1 << small_shift != _SMALL_SECTOR or cutoff != _CUTOFF:
            raise Malformed
        self._size = 1 << shift
        if max(fat_sectors, small_fat_sectors) * self._size > len(data):
            raise Malformed  # the parser sets that much aside
        self._fat = self._numbers(self._fat_sectors())
        self._small_fat = self._numbers(self._chain(small_fat))
        self._entries: dict[str, tuple[int, int]] = {}
        self._small = b""
        self._read_directory(self._joined(directory))

    def names(self) -> set[str]:
        """The names of all streams."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self._entries[name]
        if size >= _CUTOFF:
            whole = self._joined(start)
        else:
            whole = b"".join(
                self._small[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR]
                for at in _chain(start, self._small_fat)
            )
        if len(whole) < size:
            raise Malformed
        return whole[:size]

    def _read_directory(self, directory: bytes) -> None:
        for at in range(0, len(directory), _ENTRY):
            entry = directory[at : at + _ENTRY]
            start, size = struct.unpack_from(
                "<I" + ("I" if self._size < _LARGE else "Q"), entry, 116
            )
            if size > len(self._data):
                raise Malformed
            if entry[66] == _ROOT:
                self._small = self._joined(start) if size else b""
            name = entry[:64].decode("utf-16-le", "replace").partition("\0")[0]
            self._entries.setdefault(name, (start, size))

    def _fat_sectors(self) -> Iterator[int]:
        first = struct.unpack_from(f"<{_HEADER_FAT}I", self._data, 76)
        yield from (sector for sector in first if sector < _LAST_SECTOR)
        following, seen = struct.unpack_from("<I", self._data, 68)[0], 0
        while following < _LAST_SECTOR:
            seen += 1
            *sectors, following = self._numbers([following])
            if seen * self._size > len(self._data):
                raise Malformed
            yield from (sector for sector in sectors if sector < _LAST_SECTOR)

    def _numbers(self, sectors: Iterator[int] | list[int]) -> list[int]:
        joined = b"".join(map(self._sector, sectors))
        if len(joined) > len(self._data):
            raise Malformed
        return list(struct.unpack(f"<{len(joined) // 4}I", joined))

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start)))

    def _chain(self, start: int) -> Iterator[int]:
        return _chain(start, self._fat)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._data[at : at + self._size]
        if not sector:
            raise Malformed
        return sector.ljust(self._size, b"\0")


def _chain(start: int, table: list[int]) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if start >= _LAST_SECTOR:
            return
        yield start
        if start >= len(table):
            raise Malformed
        start = table[start]
    raise Malformed  # it runs in a circle
