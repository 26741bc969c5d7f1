"""Bytes of a text file → text, and comma-separated text → a grid."""

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import Final

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading.shapes import Grid, Limits, Unreadable

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS: Final = ",\t;"
_LINES_TO_SNIFF: Final = 20
_MOST_LINE: Final = 4 << 20  # characters of one record
_MOST_RECORD_LINES: Final = 10_000
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;|\t])\s*", re.IGNORECASE)
_PROTECTED: Final = re.compile(r'="([^"]*)"|\'(?=[0-9][0-9A-Za-z]*$)(.*)')
_BINARY: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_HEAD: Final = 4096


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in the bytes: by byte-order mark, by declaration, as UTF-8, as GB18030.

    Raise Unreadable where nothing fits or the text is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_decoded(data[len(mark) :], encoding))
    for encoding in (*([declared] if declared else []), "utf-8"):
        try:
            return _checked(data.decode(encoding))
        except (UnicodeError, LookupError):
            continue
    return _checked(_decoded(data, "gb18030"))


def read_csv(text: str, limits: Limits) -> Grid:
    """The records of a text; its delimiter (comma, tab, semicolon) is told by its first lines."""
    rows: list[list[Raw]] = []
    width = 0
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=True)
    try:
        for record in reader:
            lines.begin_record()
            width = max(width, len(record))
            rows.append([unprotected(cell) for cell in record])
            check_size(len(rows), width, limits)
    except csv.Error:
        raise Unreadable(
            f"文件第 {reader.line_num} 行附近的引号不成对，请改正或另存为 xlsx 后再导入。"
        ) from None
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Grid(sheet=None, rows=rows)


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Raise Unreadable where a sheet of this size is too much."""
    if rows > limits.max_rows:
        raise Unreadable(f"表格超过 {limits.max_rows} 行，请拆成几个文件后分别导入。")
    if columns > limits.max_columns:
        raise Unreadable(f"表格超过 {limits.max_columns} 列，请删除右侧多余的列后再导入。")
    if rows * columns > limits.max_cells:
        raise Unreadable(
            f"表格有 {rows} 行、{columns} 列，大小超出限度，请删除多余的行列后再导入。"
        )


class _Lines:
    """The lines of a text for the csv reader; refuses records without end."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.begin_record()

    def begin_record(self) -> None:
        self._characters = 0
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._lines.readline(_MOST_LINE)
        if not line:
            raise StopIteration
        self._characters += len(line)
        self._count += 1
        if self._characters >= _MOST_LINE or self._count > _MOST_RECORD_LINES:
            raise Unreadable("文件中有一行长得不合常理，请检查引号和换行，或另存为 xlsx 后再导入。")
        return line


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise Unreadable(
            "文件的文字编码无法识别，请另存为 xlsx 或 UTF-8 编码的 csv 后再导入。"
        ) from None


def _checked(text: str) -> str:
    head = text[:_HEAD]
    if len(_BINARY.findall(head)) * 10 > len(head):
        raise Unreadable("文件不是表格，请选择 xlsx、xls 或 csv 文件。")
    if not text.strip("\ufeff \t\r\n\x1a\u3000"):
        raise Unreadable("文件是空的，请选择有内容的表格文件。")
    return text.removeprefix("\ufeff").rstrip("\x1a")


def _delimiter(text: str) -> str:
    lines = list(itertools.islice(_Lines(text), _LINES_TO_SNIFF))
    declared = _SEPARATOR_LINE.fullmatch(lines[0])
    if declared:
        return declared[1]
    return max(_DELIMITERS, key=lambda mark: max(line.count(mark) for line in lines))


def unprotected(cell: str) -> str:
    """The text inside `="…"` or after an apostrophe: how systems keep digits from harm."""
    if cell[:1] in {"=", "'"}:
        found = _PROTECTED.fullmatch(cell)
        if found:
            return found[1] if found[1] is not None else found[2]
    return cell
