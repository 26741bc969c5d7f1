"""Files as books of grids: which format it is, which sheets it has, a sheet's cells."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol, TypeVar, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading import biff, package
from gongjian.ledgers.reading.compound import is_compound
from gongjian.ledgers.reading.html import html_text, looks_like_html, read_html
from gongjian.ledgers.reading.package import CORRUPT, Extent
from gongjian.ledgers.reading.shapes import Grid, Limits, Span, Unreadable
from gongjian.ledgers.reading.text import check_size, decode, read_csv

_T = TypeVar("_T")
_STRANGERS: Final = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_PLEASE: Final = "请选择 xlsx、xls 或 csv 文件"
_MARKUP: Final = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "XML 表格 2003"),
    ("<svg", "图片"),
    ("<", "XML 文档"),
    ("mime-version:", "单个文件网页"),
)
_HEAD: Final = 4096


class Book(Protocol):
    """A file that was opened."""

    @property
    def sheets(self) -> list[str | None]:
        """The sheets that may be named, in order; `[None]` where the format has none."""
        ...

    @property
    def visible(self) -> list[str | None]:
        """Those of them that a person sees."""
        ...

    def grid(self, sheet: str | None) -> Grid:
        """The cells of a sheet. Raise Unreadable where it is too large or broken."""
        ...


def open_book(path: Path, limits: Limits) -> Book:
    """Open a file by its content, whatever its name. Raise Unreadable where it is no table."""
    data = _content(path, limits)
    for magic, kind in _STRANGERS:
        if data.startswith(magic):
            raise Unreadable(f"文件是{kind}，不是表格，{_PLEASE}。")
    if package.is_package(data):
        return _Workbook(data, package.inspect(data, limits), limits)
    if is_compound(data):
        return _Workbook(data, biff.inspect(data, limits), limits)
    return _Single(_text_grid(data, limits))


def _content(path: Path, limits: Limits) -> bytes:
    if path.is_dir():
        raise Unreadable(f"“{path.name}”是文件夹，{_PLEASE}。")
    try:
        if path.stat().st_size > limits.max_bytes:
            most = limits.max_bytes >> 20
            raise Unreadable(f"文件超过 {most} MB，请拆成几个文件后分别导入。")
        data = path.read_bytes()
    except OSError:
        raise Unreadable(f"文件“{path.name}”打不开，请检查它是否存在、是否有权读取。") from None
    if not data:
        raise Unreadable("文件是空的，请选择有内容的表格文件。")
    return data


def _text_grid(data: bytes, limits: Limits) -> Grid:
    text = decode(data) if b"<" not in data[:_HEAD] else html_text(data)
    if looks_like_html(text):
        return read_html(text, limits)
    head = text[:_HEAD].lstrip().lower()
    if head.startswith(("<", "mime-version:")):
        kind = next(kind for mark, kind in _MARKUP if mark in head)
        raise Unreadable(f"文件是{kind}，请用 Excel 打开后另存为 xlsx 再导入。")
    return read_csv(text, limits)


class _Single:
    """A file that is one grid without a name."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    @property
    def sheets(self) -> list[str | None]:
        return [None]

    @property
    def visible(self) -> list[str | None]:
        return [None]

    def grid(self, sheet: str | None) -> Grid:  # noqa: ARG002  there is only one
        return self._grid


class _Workbook:
    """An .xlsx or .xls, looked into before."""

    def __init__(self, data: bytes, extents: Sequence[Extent], limits: Limits) -> None:
        self._limits = limits
        self._book: CalamineWorkbook = _parsed(lambda: load_workbook(BytesIO(data)))
        sheets = self._book.sheets_metadata
        self._extents = {m.name: extent for m, extent in zip(sheets, extents, strict=False)}
        if len(self._extents) != len(extents) or len(extents) != len(sheets):
            raise Unreadable(CORRUPT)
        worksheets = [m for m in sheets if m.typ == SheetTypeEnum.WorkSheet]
        self.sheets: list[str | None] = [m.name for m in worksheets]
        self.visible: list[str | None] = [
            m.name for m in worksheets if m.visible == SheetVisibleEnum.Visible
        ]
        if not self.sheets:
            raise Unreadable("文件里没有工作表，请选择有表格的文件。")

    def grid(self, sheet: str | None) -> Grid:
        name = sheet or ""
        extent = self._extents[name]
        check_size(extent.rows, extent.columns, self._limits)
        return _parsed(lambda: _grid(name, self._book.get_sheet_by_name(name), extent))


def _grid(name: str, sheet: CalamineSheet, extent: Extent) -> Grid:
    rows = cast("list[list[Raw]]", sheet.to_python(skip_empty_area=False))
    width = len(rows[0]) if rows else 0
    for (row, column), value in extent.errors.items():
        if row < len(rows) and column < width:
            rows[row][column] = value
    spans = [
        Span(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return Grid(sheet=name, rows=rows, spans=spans)


def _parsed(parse: Callable[[], _T]) -> _T:
    """What the parser gives. What it cannot read becomes a sentence, its panics included."""
    try:
        return parse()
    except PasswordError:
        raise Unreadable(biff.PASSWORD) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise Unreadable(CORRUPT) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # its class is nowhere to be imported
            raise
        raise Unreadable(CORRUPT) from None
