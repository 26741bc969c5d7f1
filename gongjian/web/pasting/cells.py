"""What was pasted, as cells: the text that a spreadsheet puts on the clipboard."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.normalise import header_specs
from gongjian.ledgers.reading import pointed
from gongjian.ledgers.reading.headers import Dictionary, normal

MOST_ROWS: Final = 2_000
"""Rows of one grid; more go in as a file."""

MOST_COLUMNS: Final = 100

# A cell with line breaks or tabs stands in quotation marks, doubled inside; one that merely
# begins with such a mark is what it looks like.
_CELL: Final = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')

Lines = list[list[str]]


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """Rows below their headers; ``unknown`` headers are no columns of the ledger."""

    heads: tuple[str, ...]
    rows: Lines
    unknown: tuple[str, ...] = ()


def lines_of(text: str) -> Lines:
    """Rows of cells; empty rows at the end are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: Lines = [[]]
    at = 0
    while at <= len(text):
        cell = _CELL.match(text, at)
        if cell is None:  # pragma: no cover - the pattern matches nothing at all, too
            break
        found[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        at = cell.end() + 1
        if text[cell.end() : at] == "\n":
            found.append([])
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    return found


def known_heads(ledger: Ledger, pointing: Mapping[str, str]) -> dict[str, str]:
    """Every name that a column goes by, normalised → its header."""
    return Dictionary(pointed(header_specs(ledger), pointing)).single


def read(ledger: Ledger, text: str, pointing: Mapping[str, str]) -> Pasted:
    """What was pasted, below the headers it brought or else those of the ledger in their order.

    A required column that it lacks is added empty, unless one of its unknown headers may be that
    column. Raises Refused where there is nothing, or too much.
    """
    lines = lines_of(text)
    if not lines:
        raise Refused("还没有填任何一行，请粘贴或填写以后再提交。")
    known = known_heads(ledger, pointing)
    if _are_heads(lines[0], known):
        heads, rows = [cell.strip() for cell in lines[0]], lines[1:]
    else:
        heads, rows = [column.header for column in ledger.columns], lines
    _require_some(heads, rows)
    heads = _named(heads, rows)
    unknown = tuple(head for head in heads if head and normal(head) not in known)
    named = {known.get(normal(head)) for head in heads}
    if not unknown:
        heads += [c.header for c in ledger.columns if c.required and c.header not in named]
    return Pasted(heads=tuple(heads), rows=rows, unknown=unknown)


def _are_heads(first: Sequence[str], known: Mapping[str, str]) -> bool:
    """Is this row one of headers: are at least half of its filled cells names of columns?"""
    filled = [cell for cell in first if cell.strip()]
    return 0 < len(filled) <= 2 * sum(normal(cell) in known for cell in filled)


def _require_some(heads: Sequence[str], rows: Lines) -> None:
    if not rows:
        raise Refused("只有表头，没有一行内容；请连同下面的行一起粘贴。")
    if len(rows) > MOST_ROWS:
        raise Refused(
            f"一共 {len(rows):,} 行，一次最多粘贴 {MOST_ROWS:,} 行；请分几次，或存成文件上传。"
        )
    width = max(_width(row) for row in rows)
    if width > len(heads):
        raise Refused(
            f"粘贴的内容有 {width} 列，表头只有 {len(heads)} 列；请连同表头一起粘贴，一列对一个表头。"
        )
    if len(heads) > MOST_COLUMNS:
        raise Refused(f"表头有 {len(heads)} 列，最多 {MOST_COLUMNS} 列；请删去用不着的列再粘贴。")


def _width(row: Sequence[str]) -> int:
    """Columns up to the last one that says something."""
    return max((at for at, cell in enumerate(row, 1) if cell.strip()), default=0)


def _named(heads: Sequence[str], rows: Lines) -> list[str]:
    """The headers, a nameless column that says something by its place."""
    return [
        head or (f"第 {at + 1} 列" if any(cell.strip() for cell in _column(rows, at)) else "")
        for at, head in enumerate(heads)
    ]


def _column(rows: Lines, at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row)]
