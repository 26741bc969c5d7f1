"""A look into an .xlsx before it is parsed: is it one, is it whole, how large is it really.

The parser lays a sheet out as one dense block from its first to its last cell, and trusts what
the archive claims of itself. So the members are unpacked here piece by piece first: bytes are
counted as they come, and the outermost used cell of each sheet is found. Cells that show an
error value (#N/A), which the parser gives as empty, are remembered.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree

from gongjian.ledgers.reading.shapes import Limits, Unreadable
from gongjian.ledgers.reading.text import check_size

CORRUPT: Final = "文件已损坏，请用 Excel 打开后另存为 xlsx，再重新导入。"
HOSTILE: Final = "文件内部结构不正常，请用 Excel 打开后另存为 xlsx，再重新导入。"
_HUGE: Final = "文件解压后过大，请删除多余的工作表、图片或拆成几个文件后再导入。"
_WORKBOOK: Final = "xl/workbook.xml"
_END_MAGIC: Final = b"PK\x05\x06"
_END_RECORD: Final = 22
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_OTHERS: Final = (
    ("xl/workbook.bin", "xlsb 工作簿"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 文档"),
)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    etree.XMLSyntaxError,
    EOFError,
    OSError,
    NotImplementedError,  # a way of packing that we do not know
    ValueError,
)
_CHUNK: Final = 1 << 20
_MOST_TAIL: Final = 16 << 20  # a cell holds 32 767 characters at most
_MOST_INDEX: Final = 16 << 20  # bytes of the list of sheets

# one search for each of two alternatives is several times faster than one for both
_ODD_CELL: Final = re.compile(rb'<c(?! r="[A-Z]+[0-9]+")[\s/>]')
_PREFIXED_CELL: Final = re.compile(rb":c[\s/>]")
_TALL: Final = tuple(re.compile(rb'<c r="[A-Z]+[0-9]{%d}' % digits) for digits in range(1, 8))
_VERY_TALL: Final = re.compile(rb'<c r="[A-Z]+([0-9]{7,})')
_WIDE: Final = re.compile(rb'<c r="([A-Z]{2,})')
_ERROR: Final = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*\st="e"[^>]*>(?:(?!</c>).)*?<v>([^<]{1,40})</v>', re.DOTALL
)
_TOKEN: Final = re.compile(
    rb"<(?:[^\s<>/\"'=:]+:)?(?P<name>row|c)"
    rb"(?P<attributes>(?:\s*[^\s=>/\"']+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?P<empty>/?)>"
    rb"|</(?:[^\s<>/\"'=:]+:)?row\s*>"
)
_CLOSED: Final = re.compile(rb"\s*</(?:[^\s<>/\"'=:]+:)?c\s*>")
_REF: Final = re.compile(rb"[\s\"']r\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
_FORBIDDEN: Final = re.compile(rb"<!(?:DOC|ENT)")
_WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # UTF-16 hides from these looks
_VALUE: Final = re.compile(rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,40})<", re.DOTALL)
_CLAIM: Final = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?0*([0-9]+)")
_IS_ERROR: Final = re.compile(rb"[\s\"']t\s*=\s*[\"']e[\"']")


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches, and its cells that show an error value (row and column from 0)."""

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def is_package(data: bytes) -> bool:
    """Whether the file begins as a zip archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def inspect(data: bytes, limits: Limits) -> list[Extent]:
    """The extent of each sheet, in the order of the workbook.

    Raise Unreadable for what is no workbook, or too large, or foul.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = _names(archive)
            _check_is_workbook(names)
            if not data[-_END_RECORD:].startswith(_END_MAGIC):
                raise Unreadable(HOSTILE)  # with more behind it, readers disagree on its content
            return _inspect(archive, names, limits)
    except _BROKEN:
        raise Unreadable(CORRUPT) from None
    except RuntimeError:
        raise Unreadable("文件设了密码，请去掉密码后再导入。") from None


def _names(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name, as the parser finds them: whatever the case and the slash."""
    return {_member_name(info.filename): info for info in archive.infolist()}


def _member_name(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _inspect(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], limits: Limits
) -> list[Extent]:
    workbooks = sum(name.endswith("workbook.xml") for name in names)
    if len(names) != len(archive.infolist()) or workbooks != 1:
        raise Unreadable(HOSTILE)
    budget = _Budget(limits.max_expanded)
    budget.check(sum(info.file_size for info in names.values()))
    extents = {name: _extent(archive, info, budget, limits) for name, info in names.items()}
    return [extents.get(member, Extent()) for member in _sheet_members(archive, names)]


def _check_is_workbook(names: Container[str]) -> None:
    for member, kind in _OTHERS:  # first: the parser would try these where the workbook fails it
        if member in names:
            raise Unreadable(f"文件是{kind}，请用 Excel 打开后另存为 xlsx 再导入。")
    if _WORKBOOK not in names:
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
    for piece in _pieces(archive, info, budget):
        quick.take(piece)
        _check_claims(piece, info)
    if quick.certain and not _too_large(quick.extent, limits):
        return quick.extent
    return _exact(_pieces(archive, info, _Budget(limits.max_expanded)))


def _check_claims(piece: bytes, info: zipfile.ZipInfo) -> None:
    """Refuse a list of texts that claims more of them than it has bytes: it is believed."""
    if "sharedstrings" not in info.filename.casefold():
        return
    for claim in _CLAIM.findall(piece):
        if _number(claim) > info.file_size:
            raise Unreadable(HOSTILE)


def _too_large(extent: Extent, limits: Limits) -> bool:
    try:
        check_size(extent.rows, extent.columns, limits)
    except Unreadable:
        return True
    return False


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    """A member in pieces that end before a cell or at least before a mark begins."""
    is_xml = info.filename.lower().endswith((".xml", ".rels"))
    tail = b""
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            budget.spend(len(chunk))
            chunk = tail + chunk
            if is_xml and (chunk.startswith(_WIDE_TEXT) or _FORBIDDEN.search(chunk)):
                raise Unreadable(HOSTILE)
            cut = max(chunk.rfind(b"<c"), 0) or max(chunk.rfind(b"<"), 0)
            tail = chunk[cut:]
            if len(tail) > _MOST_TAIL:
                raise Unreadable(HOSTILE)
            yield chunk[:cut]
    yield tail


class _QuickLook:
    """An upper bound of a sheet's extent, by a few searches over each piece."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.certain = True
        self._digits = 0

    def take(self, piece: bytes) -> None:
        if not self.certain:
            return
        if _ODD_CELL.search(piece) or _PREFIXED_CELL.search(piece):
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
    counter = _Counter()
    for piece in pieces:
        for token in _TOKEN.finditer(piece):
            name, attributes, empty = token.group("name", "attributes", "empty")
            if name != b"c":
                counter.row_begins_or_ends(attributes, empty)
                continue
            row, column = counter.cell(attributes)
            if not empty and not _CLOSED.match(piece, token.end()):
                extent.rows, extent.columns = max(extent.rows, row), max(extent.columns, column)
            if _IS_ERROR.search(attributes) and (value := _VALUE.match(piece, token.end())):
                extent.errors[row - 1, column - 1] = _text(value[1])
    return extent


class _Counter:
    """Where the parser puts a cell that does not say where it stands; counted from 1."""

    def __init__(self) -> None:
        self._row, self._column = 1, 0

    def row_begins_or_ends(self, attributes: bytes | None, empty: bytes | None) -> None:
        ref = _REF.search(attributes) if attributes else None
        if ref:
            self._row = _number(ref[2])
        if attributes is None or empty:
            self._row, self._column = self._row + 1, 0

    def cell(self, attributes: bytes) -> tuple[int, int]:
        ref = _REF.search(attributes)
        if ref is None or not ref[1]:
            self._column += 1
            return self._row, self._column
        self._column = _column(ref[1]) + 1
        return _number(ref[2]), self._column


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


def _sheet_members(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> Iterator[str]:
    """The member that holds each sheet, by the parser's own way of resolving names."""
    targets = {
        str(node.get("Id")): str(node.get("Target"))
        for node in _parsed(archive, names, _RELATIONS).iter("{*}Relationship")
    }
    for sheet in _parsed(archive, names, _WORKBOOK).iter("{*}sheet"):
        ids = [str(v) for k, v in sheet.items() if etree.QName(str(k)).localname == "id"]
        target = targets.get(ids[-1] if ids else "", "")
        if "&" in target:
            raise Unreadable(HOSTILE)
        yield _member_name(target[1:] if target.startswith("/") else f"xl/{target}")


def _parsed(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], member: str
) -> etree._Element:
    info = names.get(member)
    if info is None:
        raise Unreadable(CORRUPT)
    if info.file_size > _MOST_INDEX:
        raise Unreadable(HOSTILE)
    text = archive.read(info)
    if b"&#" in text and member == _RELATIONS:
        raise Unreadable(HOSTILE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(text, parser)
