"""The HTML tables that older systems save as .xls → a grid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading.shapes import Grid, Limits, Span, Unreadable
from gongjian.ledgers.reading.text import check_size, decode, unprotected

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_START: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
    r"<(?:!doctype html|(?:html|head|meta|title|style|body|table|tr|div|form|center|p|b|font)\b)",
    re.IGNORECASE | re.DOTALL,
)
_SPACES: Final = re.compile("[ \t\r\f]+")
_HEAD: Final = 4096
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"})
_SKIPPED: Final = frozenset({"script", "style", "title", "head"})
_CELLS: Final = frozenset({"td", "th"})
_ROWS: Final = frozenset({"tr"})
_BREAKS: Final = frozenset({"br", "p", "div"})
_CHUNK: Final = 1 << 16
_MOST_SPAN: Final = 100_000


def looks_like_html(text: str) -> bool:
    """Whether the text begins as an HTML document or fragment does."""
    return bool(_START.match(text[:_HEAD]))


def declared_charset(data: bytes) -> str | None:
    """The charset named in the head of the document; GB2312 and GBK are GB18030.

    A declaration that could itself be read rules UTF-16 out, so that is left unheard.
    """
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return None
    name = found[1].decode("ascii", "replace").lower()
    if name.startswith(("utf-16", "unicode")):
        return None
    return "gb18030" if name in _CHINESE else name


def html_text(data: bytes) -> str:
    """The document's text, by its own declaration where it has one."""
    return decode(data, declared_charset(data))


def read_html(text: str, limits: Limits) -> Grid:
    """All rows of all tables, one below the other as a spreadsheet shows them."""
    tables = _Tables(limits)
    parser = etree.HTMLParser(
        target=tables,  # type: ignore[arg-type]  # the stub allows bytes; only text comes
        encoding="utf-8",
        huge_tree=True,
    )
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK].encode())
    parser.close()
    if not tables.rows:
        raise Unreadable("网页文件里没有表格，请用 Excel 打开后另存为 xlsx 再导入。")
    return tables.grid()


@dataclass(slots=True)
class _Cell:
    row: int
    down: int
    across: int
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A table being read: its current row, and how far down each column is taken by a span."""

    row: int = -1
    taken: dict[int, int] = field(default_factory=dict)


class _Tables:
    """Hears the parser's events and lays the cells out; lxml calls start, end, data, close."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[list[Raw]] = []
        self._limits = limits
        self._spans: list[Span] = []
        self._tables: list[_Open] = []
        self._cells: list[_Cell] = []
        self._width = 0
        self._silent = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SKIPPED:
            self._silent += 1
        elif tag == "table":
            self._tables.append(_Open())
        elif tag in _ROWS and self._tables:
            self._begin_row()
        elif tag in _CELLS and self._tables:
            down, across = _span(attributes, "rowspan"), _span(attributes, "colspan")
            self._cells.append(_Cell(self._row(), down, across))
        elif tag in _BREAKS and self._cells:
            self._cells[-1].text.append("\n")

    def end(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._silent -= 1
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag in _CELLS and self._cells and self._tables:
            self._place(self._cells.pop(), self._tables[-1].taken)

    def data(self, text: str) -> None:
        if self._cells and not self._silent:
            self._cells[-1].text.append(" ".join(text.splitlines()) if "\n" in text else text)

    def comment(self, text: str) -> None:
        """Comments are no content."""

    def close(self) -> None:
        """Nothing is left to do at the end."""

    def grid(self) -> Grid:
        """What was heard, every row of the same length."""
        for row in self.rows:
            row.extend([""] * (self._width - len(row)))
        last = len(self.rows) - 1
        spans = [span._replace(bottom=min(span.bottom, last)) for span in self._spans]
        return Grid(sheet=None, rows=self.rows, spans=spans)

    def _begin_row(self) -> None:
        self._tables[-1].row = len(self.rows)
        self.rows.append([])
        check_size(len(self.rows), self._width, self._limits)

    def _row(self) -> int:
        if self._tables[-1].row < 0:
            self._begin_row()
        return self._tables[-1].row

    def _place(self, cell: _Cell, taken: dict[int, int]) -> None:
        row, bottom = self.rows[cell.row], cell.row + cell.down - 1
        while taken.get(len(row), -1) >= cell.row:
            row.append("")
        left, right = len(row), len(row) + cell.across - 1
        self._width = max(self._width, right + 1)
        check_size(len(self.rows), self._width, self._limits)
        row.append(_visible("".join(cell.text)))
        row.extend([""] * (cell.across - 1))
        if cell.down > 1:
            taken.update(dict.fromkeys(range(left, right + 1), bottom))
        if cell.down > 1 or cell.across > 1:
            self._spans.append(Span(cell.row, left, bottom, right))


def _span(attributes: Mapping[str, str], name: str) -> int:
    digits = attributes.get(name, "").strip()
    if not digits.isdecimal() or len(digits) > len(str(_MOST_SPAN)):
        return 1
    return min(max(int(digits), 1), _MOST_SPAN)


def _visible(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    return unprotected(text)
