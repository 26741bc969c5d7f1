"""A look into an .xls before it is parsed: password, size of its sheets, cells showing an error.

The parser lays a sheet out as one dense block and gives error values (#N/A) as empty cells, so
the records of the workbook stream ([MS-XLS]) are walked here first.
"""

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from gongjian.ledgers.reading.compound import Compound, Malformed
from gongjian.ledgers.reading.package import CORRUPT, HOSTILE, Extent
from gongjian.ledgers.reading.shapes import Limits, Unreadable
from gongjian.ledgers.reading.text import check_size

PASSWORD: Final = "文件设了密码，请去掉密码后再导入。"  # noqa: S105  a sentence
_BOF: Final = 0x0809
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_FORMULA: Final = 0x0006
_BOOLERR: Final = 0x0205
_MULTIPLE: Final = 0x00BD
# RSTRING, LABELSST, NUMBER, LABEL, RK and the two above that hold one value
_CELLS: Final = frozenset({0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E, _FORMULA, _BOOLERR})
_DIMENSIONS: Final = 0x0200
_OLD_DIMENSIONS: Final = 10
_MOST_ROWS: Final = 65_536
_MOST_COLUMNS: Final = 256
_BOOKS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")
_OTHERS: Final = (("WordDocument", "Word 文档"), ("PowerPoint Document", "PowerPoint 演示文稿"))
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def inspect(data: bytes, limits: Limits) -> list[Extent]:
    """The extent of each sheet, in the order of the workbook.

    Raise Unreadable for what is no workbook, or closed by a password, or foul.

    Every sheet is held against the limits, for the parser lays out all of them at once; and it
    would try an archive at the end of the file where the workbook fails it.
    """
    try:
        extents = _inspect(Compound(data))
    except (Malformed, struct.error, IndexError):
        raise Unreadable(CORRUPT) from None
    for extent in extents:
        check_size(extent.rows, extent.columns, limits)
    if zipfile.is_zipfile(BytesIO(data)):
        raise Unreadable(HOSTILE)
    return extents


def _inspect(compound: Compound) -> list[Extent]:
    names = compound.names()
    if "EncryptedPackage" in names:
        raise Unreadable(PASSWORD)
    for name, kind in _OTHERS:
        if name in names:
            raise Unreadable(f"文件是{kind}，不是表格，请选择 xlsx、xls 或 csv 文件。")
    books = [name for name in _BOOKS if name in names]
    if not books:
        raise Unreadable("文件不是表格，请选择 xlsx、xls 或 csv 文件。")
    extents = []
    for book in reversed(books):  # the parser takes the first, the others where that fails it
        stream = compound.stream(book)
        extents = [_extent(stream, start) for start in _sheets(stream)]
    return extents


def _sheets(stream: bytes) -> Iterator[int]:
    """Where in the stream each sheet begins."""
    for kind, at, _, _ in _records(stream, 0):
        if kind == _FILEPASS:
            raise Unreadable(PASSWORD)
        if kind == _BOUNDSHEET:
            yield struct.unpack_from("<I", stream, at)[0]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int, int]]:
    """Kind, place, length and depth of each record of a substream, until its end."""
    at, depth = start, 0
    if struct.unpack_from("<H", stream, at)[0] != _BOF:
        raise Malformed
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + length > len(stream):
            raise Malformed
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, at, length, depth
        if depth <= 0:
            return
        at += length


def _extent(stream: bytes, start: int) -> Extent:
    """The extent of a sheet; what is embedded in it, such as charts, does not count."""
    extent = Extent()
    for kind, at, length, depth in _records(stream, start):
        if depth == 1 and (kind in _CELLS or kind == _MULTIPLE):
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0]
            right = last if kind == _MULTIPLE else column
            extent.rows, extent.columns = max(extent.rows, row + 1), max(extent.columns, right + 1)
            error = _error(stream, kind, at)
            if error:
                extent.errors[row, column] = error
        elif kind == _DIMENSIONS:
            _check_dimensions(stream[at : at + length])
    return extent


def _check_dimensions(content: bytes) -> None:
    """Refuse a sheet that claims more cells than the format has: the parser believes it."""
    form = "<HHHH" if len(content) == _OLD_DIMENSIONS else "<IIHH"
    top, bottom, _, right = struct.unpack_from(form, content)
    if (bottom and top >= bottom) or bottom > _MOST_ROWS or right > _MOST_COLUMNS:
        raise Malformed


def _error(stream: bytes, kind: int, at: int) -> str | None:
    """The error value a cell shows, if it shows one."""
    if kind == _BOOLERR and stream[at + 7] == 1:
        return _ERRORS.get(stream[at + 6], "#N/A")
    if kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
        return _ERRORS.get(stream[at + 8], "#N/A")
    return None
