"""The search for the header row, of one or two rows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongjian.ledgers.cells import Raw, shown
from gongjian.ledgers.reading.shapes import Grid, HeaderSpec, Span

SEARCHED_ROWS: Final = 20
_NOTES: Final = re.compile(r"\([^()]*\)|【[^【】]*】")
_DROPPED: Final = re.compile(r"[\s*\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def normal(raw: Raw) -> str:
    """A header for comparison: without spaces, `*` and bracketed notes, half-width."""
    text = unicodedata.normalize("NFKC", shown(raw))
    while text != (shorter := _NOTES.sub("", text)):
        text = shorter
    return _DROPPED.sub("", text).casefold()


@dataclass(slots=True)
class Found:
    """A header row: its place, where the data begin, the columns it names, those we don't know."""

    row: int
    data_row: int
    positions: dict[str, int] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    grouped: bool = False

    def missing(self, specs: Iterable[HeaderSpec]) -> list[str]:
        """The required headers it lacks."""
        return [s.header for s in specs if s.required and s.header not in self.positions]


@dataclass(frozen=True, slots=True)
class _Label:
    """The words over one column: `own` in the row itself, `top` over several, `sub` below."""

    own: Raw
    top: Raw
    sub: Raw
    merged: bool


class Dictionary:
    """The specs' names, normalised."""

    def __init__(self, specs: Sequence[HeaderSpec]) -> None:
        self.single = {
            normal(name): spec.header
            for spec in reversed(specs)
            for name in (*spec.aliases, spec.header)
        }
        self.pairs = {
            (normal(top), normal(sub)): spec.header for spec in specs for top, sub in spec.under
        }


def find_header(grid: Grid, specs: Sequence[HeaderSpec]) -> Found:
    """The first of the first 20 rows with all required headers, else the one with the most.

    A group title merged over several columns may also be a title of the whole table; where the
    row below says as much by itself, that row is the header.
    """
    dictionary = Dictionary(specs)
    best = Found(row=0, data_row=0)
    for row in range(min(SEARCHED_ROWS, len(grid.rows))):
        found = _read(grid, row, dictionary)
        if found.grouped and row + 1 < len(grid.rows):
            below = _read(grid, row + 1, dictionary)
            if len(below.positions) >= len(found.positions):
                found = below
        if found.positions and not found.missing(specs):
            return found
        if len(found.positions) > len(best.positions):
            best = found
    return best


def _read(grid: Grid, row: int, dictionary: Dictionary) -> Found:
    spans = [s for s in grid.spans if s.top <= row <= s.bottom and s.left < grid.width]
    labels = list(_labels(grid, row, spans))
    two_rows = any(_pair(label) in dictionary.pairs for label in labels)
    found = Found(row=row, data_row=row + 1)
    for column, label in enumerate(labels):
        _place(found, column, label, dictionary, two_rows=two_rows)
    if two_rows or found.grouped:
        found.data_row = row + 2
    for span in spans:
        if span.top == row and span.left in found.positions.values():
            found.data_row = max(found.data_row, span.bottom + 1)
    return found


def _labels(grid: Grid, row: int, spans: Sequence[Span]) -> Iterator[_Label]:
    cells = grid.rows[row]
    below = grid.rows[row + 1] if row + 1 < len(grid.rows) else []
    covering = {column: s for s in spans for column in range(s.left, min(s.right + 1, grid.width))}
    top: Raw = None
    for column, own in enumerate(cells):
        span = covering.get(column)
        if span and span.top < row:
            top = None
            yield _Label(None, None, None, merged=False)
            continue
        if shown(own) or (span and span.left == column):
            top = own
        tall = span is not None and span.bottom > row
        sub = below[column] if below and not tall else None
        yield _Label(own, top, sub, merged=bool(span and span.right > span.left))


def _pair(label: _Label) -> tuple[str, str]:
    return normal(label.top), normal(label.sub)


def _place(
    found: Found, column: int, label: _Label, dictionary: Dictionary, *, two_rows: bool
) -> None:
    """Note what a column is: by its pair, by its own name, by the name below a group title."""
    header = dictionary.pairs.get(_pair(label))
    word = label.sub if header else label.own
    if header is None and shown(label.own):
        header = dictionary.single.get(normal(label.own))
    if header is None and (label.merged or (two_rows and not shown(label.own))):
        header = dictionary.single.get(normal(label.sub))
        found.grouped = found.grouped or header is not None
        word = label.sub if shown(label.sub) else label.own
    if header and header not in found.positions:
        found.positions[header] = column
    elif two_rows and label.sub is not None and not shown(word):
        word = label.sub
    if (not header or found.positions[header] != column) and shown(word):
        found.ignored.append("".join(shown(word).split("\n")))
