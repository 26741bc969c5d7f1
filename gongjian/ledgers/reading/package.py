"""A look into an .xlsx before it is parsed: is it one, is it whole, how large is it really.

The parser lays a sheet out as one dense block from its first to its last cell, and trusts what
the archive claims of itself. So the members are unpacked here piece by piece first: bytes are
counted as they come, and the outermost used cell of each sheet is found. Cells that show an
error value (#N/A), which the parser gives as empty, are remembered.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from lxml import etree

from gongjian.ledgers.reading.shapes import Limits, Unreadable
from gongjian.ledgers.reading.text import check_size

CORRUPT: Final = "文件已损坏，请用 Excel 打开后另存为 xlsx，再重新导入。"
_HOSTILE: Final = "文件内部结构不正常，请用 Excel 打开后另存为 xlsx，再重新导入。"
_HUGE: Final = "文件解压后过大，请删除多余的工作表、图片或拆成几个文件后再导入。"
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_OTHERS: Final = (
    ("xl/workbook.bin", "xlsb 工作簿"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 文档"),
)
_CHUNK: Final = 1 << 20
_MOST_TAIL: Final = 16 << 20  # a cell holds 32 767 characters at most
_MOST_INDEX: Final = 16 << 20  # bytes of the list of sheets

_NO_PLAIN_CELL: Final = re.compile(rb'<c(?! r="[A-Z]+[0-9]+")[\s/>]|:c[\s/>]')
_TALL: Final = tuple(re.compile(rb'<c r="[A-Z]+[0-9]{%d}' % digits) for digits in range(1, 8))
_VERY_TALL: Final = re.compile(rb'<c r="[A-Z]+([0-9]{7,})')
_WIDE: Final = re.compile(rb'<c r="([A-Z]{2,})')
_ERROR: Final = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*\st="e"[^>]*>(?:(?!</c>).)*?<v>([^<]{1,40})</v>', re.DOTALL
)
_TOKEN: Final = re.compile(
    rb"<(?:\w+:)?(row|c)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>"
)
_REF: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
_FORBIDDEN: Final = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches, and its cells that show an error value (row and column from 0)."""

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def is_package(data: bytes) -> bool:
    """Whether the file begins as a zip archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def inspect(path: Path, limits: Limits) -> dict[str, Extent]:
    """Sheet name → its extent. Raise Unreadable for what is no workbook, or too large, or foul."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise Unreadable(CORRUPT) from None
    except RuntimeError:
        raise Unreadable("文件设了密码，请去掉密码后再导入。") from None
    except etree.XMLSyntaxError:
        raise Unreadable(CORRUPT) from None


def _inspect(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Extent]:
    names = set(archive.namelist())
    _check_is_workbook(names)
    if len(names) != len(archive.infolist()):
        raise Unreadable(_HOSTILE)
    budget = _Budget(limits.max_expanded)
    budget.check(sum(info.file_size for info in archive.infolist()))
    extents = {
        info.filename: _extent(archive, info, budget, limits) for info in archive.infolist()
    }
    sheets = _sheet_members(archive) if _RELATIONS in names else {}
    return {sheet: extents[member] for sheet, member in sheets.items() if member in extents}


def _check_is_workbook(names: set[str]) -> None:
    if _WORKBOOK in names:
        return
    for member, kind in _OTHERS:
        if member in names:
            raise Unreadable(f"文件是{kind}，请用 Excel 打开后另存为 xlsx 再导入。")
    raise Unreadable("文件是压缩包，不是表格，请解压后选择其中的 xlsx、xls 或 csv 文件。")


class _Budget:
    """Counts the bytes that really come out of the archive."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._used = 0

    def check(self, size: int) -> None:
        if size > self._most:
            raise Unreadable(_HUGE)

    def spend(self, size: int) -> None:
        self._used += size
        self.check(self._used)


def _extent(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget, limits: Limits
) -> Extent:
    """The extent of a member, were it a sheet; the cheap look first, the exact one on need."""
    quick = _QuickLook()
    with archive.open(info) as stream:
        for piece in _pieces(stream, budget):
            quick.take(piece)
    extent = quick.extent
    if not quick.certain or _too_large(extent, limits):
        with archive.open(info) as stream:
            extent = _exact(_pieces(stream, _Budget(limits.max_expanded)))
    check_size(extent.rows, extent.columns, limits)
    return extent


def _too_large(extent: Extent, limits: Limits) -> bool:
    try:
        check_size(extent.rows, extent.columns, limits)
    except Unreadable:
        return True
    return False


def _pieces(stream: IO[bytes], budget: _Budget) -> Iterator[bytes]:
    """An XML member in pieces that end before a cell begins; nothing of a member that is none."""
    tail = b""
    first = True
    while chunk := stream.read(_CHUNK):
        budget.spend(len(chunk))
        if first and not chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            _drain(stream, budget)
            _refuse_wide_text(chunk)
            return
        first = False
        chunk = tail + chunk
        if any(word in chunk for word in _FORBIDDEN):
            raise Unreadable(_HOSTILE)
        cut = max(chunk.rfind(b"<c"), 0) or chunk.rfind(b"<")
        tail = chunk[cut:]
        if len(tail) > _MOST_TAIL:
            raise Unreadable(_HOSTILE)
        yield chunk[:cut]
    yield tail


def _drain(stream: IO[bytes], budget: _Budget) -> None:
    while chunk := stream.read(_CHUNK):
        budget.spend(len(chunk))


def _refuse_wide_text(chunk: bytes) -> None:
    """XML in UTF-16 would hide from the look at its bytes."""
    if chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        raise Unreadable(_HOSTILE)


class _QuickLook:
    """An upper bound of a sheet's extent, by a few searches over each piece."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.certain = True
        self._digits = 0

    def take(self, piece: bytes) -> None:
        if not self.certain:
            return
        if _NO_PLAIN_CELL.search(piece):
            self.certain = False
            return
        extent = self.extent
        while self._digits < len(_TALL) and _TALL[self._digits].search(piece):
            self._digits += 1
        if self._digits == len(_TALL):
            extent.rows = max(extent.rows, *map(_number, _VERY_TALL.findall(piece)), 0)
        elif self._digits:
            extent.rows = 10**self._digits - 1
        wide = max(map(_column, set(_WIDE.findall(piece))), default=-1)
        extent.columns = max(extent.columns, wide + 1, 26 if self._digits else 0)
        if b't="e"' in piece:
            for letters, number, value in _ERROR.findall(piece):
                extent.errors[int(number) - 1, _column(letters)] = _text(value)


def _exact(pieces: Iterator[bytes]) -> Extent:
    """The extent of the cells that hold something, following the parser's own counting."""
    extent = Extent()
    row, column = 0, 0
    for piece in pieces:
        for token in _TOKEN.finditer(piece):
            name, attributes, empty = token.groups()
            ref = _REF.search(attributes)
            if name == b"row":
                row, column = (_number(ref[2]) if ref else row + 1), 0
                continue
            at = _number(ref[2]) if ref and ref[1] else row
            column = _column(ref[1]) + 1 if ref and ref[1] else column + 1
            if not empty:
                extent.rows, extent.columns = max(extent.rows, at), max(extent.columns, column)
    return extent


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < 10 else 10**10


def _column(letters: bytes) -> int:
    """The index of a column from its letters: A is 0."""
    if len(letters) > 6:
        return 10**10
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip()


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the archive's member that holds it."""
    targets = {
        node.get("Id"): node.get("Target", "")
        for node in _parsed(archive, _RELATIONS).iter("{*}Relationship")
    }
    members = {}
    for sheet in _parsed(archive, _WORKBOOK).iter("{*}sheet"):
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))
        members[sheet.get("name", "")] = target.lstrip("/")
    return members


def _parsed(archive: zipfile.ZipFile, member: str) -> etree._Element:
    if archive.getinfo(member).file_size > _MOST_INDEX:
        raise Unreadable(_HOSTILE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(member), parser)
