"""Which rows a mended row may move: those of the same entry, and those tied to it in the table."""

from collections.abc import Callable, Collection
from typing import Final

from gongjian.ledgers import reading
from gongjian.ledgers.declare import Ledger
from gongjian.web.imports import kept, rows
from gongjian.web.imports.kept import Cells, Kept
from gongjian.web.imports.models import Finding, Mend, Paper
from gongjian.web.imports.sheets import ledger_of

Words = Callable[[Ledger, Cells], set[str]]

_DEPTH: Final = 20  # branches of a tree in one table that are followed


class TooMany(Exception):
    """So many rows may be moved that all of them are to be checked."""


def near(
    paper: Paper, table: Kept, numbers: Collection[int], most: int
) -> tuple[set[int], set[int]]:
    """(rows whose verdict may be another now, rows that must be seen beside them).

    ``numbers`` are the rows that were mended, set aside or taken back. Raises TooMany where the
    rows are more than ``most``.
    """
    return _Near(paper, table, most).of(set(numbers))


class _Near:
    def __init__(self, paper: Paper, table: Kept, most: int) -> None:
        self._paper = paper
        self._ledger = ledger_of(paper)
        self._table = table
        self._most = most
        self._moved = self._mended()

    def of(self, numbers: set[int]) -> tuple[set[int], set[int]]:
        found = numbers | self._repeating(numbers)
        found |= self._named(self._words(found, kept.keys))
        for _ in range(_DEPTH):
            below = self._named(kept.turned(self._words(found, kept.names))) - found
            if not below:
                break
            found |= below
            self._require_few(found)
        found |= self._named(self._words(found, kept.keys))
        return found, self._above(found) - found

    def _above(self, found: set[int]) -> set[int]:
        """The rows that these refer to, and those that they refer to, and their like."""
        seen = set(found)
        for _ in range(_DEPTH):
            above = self._named(kept.turned(self._words(seen, kept.refers)))
            above |= self._named(self._words(above, kept.keys))
            if above <= seen:
                break
            seen |= above
            self._require_few(seen)
        return seen

    def _require_few(self, found: set[int]) -> None:
        if len(found) > self._most:
            raise TooMany

    def _repeating(self, numbers: set[int]) -> set[int]:
        """All rows found to repeat another, where one of ``numbers`` was among them."""
        twice = Finding.objects.filter(paper=self._paper, code="duplicate")
        if not twice.filter(row__in=numbers).exists():
            return set()
        return set(twice.values_list("row", flat=True)[: self._most + 1])

    def _words(self, numbers: set[int], words: Words) -> set[str]:
        """What is said of the rows, as they came and as they are mended."""
        self._require_few(numbers)
        came = self._table.part(numbers)
        found = _said(self._ledger, came, words)
        mends = rows.mends_of(self._paper, numbers)
        return found | _said(self._ledger, rows.apply(came, mends), words)

    def _named(self, words: set[str]) -> set[int]:
        found = self._table.naming(words)
        for word in words:
            found |= self._moved.get(word, set())
        self._require_few(found)
        return found

    def _mended(self) -> dict[str, set[int]]:
        """What the rows say that were mended where rows are named: the index knows only the file."""
        headers = kept.naming_headers(self._ledger)
        mended = Mend.objects.filter(paper=self._paper, header__in=headers)
        numbers = set(mended.values_list("row", flat=True))
        self._require_few(numbers)
        table = rows.apply(self._table.part(numbers), rows.mends_of(self._paper, numbers))
        found: dict[str, set[int]] = {}
        for number, cells in kept.each_row(table):
            for word in kept.words(self._ledger, cells):
                found.setdefault(word, set()).add(number)
        return found


def _said(ledger: Ledger, table: reading.Table, words: Words) -> set[str]:
    return {word for _, cells in kept.each_row(table) for word in words(ledger, cells)}
