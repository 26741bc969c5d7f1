"""Changes as they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongjian.history.models import Change
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.changes.queries import Counts, Page, Touches
from gongjian.web.records.presenters.events import Line, lines
from gongjian.web.records.queries.differences import differences
from gongjian.web.wording.changes import kind_of, what
from gongjian.web.wording.values import Words

LINES: Final = 30
"""Columns shown of one entry; a new entry of many columns is told in full on its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One change in a list."""

    change: Change
    kind: str
    style: str
    what: str
    counts: Counts
    undone: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One entry that a change touched."""

    title: str
    ledger: str
    address: str | None
    lines: list[Line]
    more: int
    fresh: bool


def row(change: Change, counts: Counts, undone: int | None) -> Row:
    """A change as a row."""
    kind, style = kind_of(change)
    return Row(
        change=change,
        kind=kind,
        style=style,
        what=what(change),
        counts=counts,
        undone=undone,
    )


def rows(page: Page, undone: dict[int, int]) -> list[Row]:
    """The rows of a page of changes."""
    return [row(c, page.rows.get(c.number, Counts()), undone.get(c.number)) for c in page.changes]


def touched(number: int, found: Touches, words: Words) -> list[Touched]:
    """Entries with what the change made of them, column by column."""
    for slug in dict.fromkeys(ledger.slug for ledger, _, _ in found.entries):
        all_told = (t for ledger, _, told in found.entries if ledger.slug == slug for t in told)
        words.load(LEDGERS[slug], (t.version for t in all_told))
    said = []
    for ledger, entry, told in found.entries:
        before = [t.version for t in told if t.known(number - 1)]
        after = [t.version for t in told if t.known(number)]
        all_lines = lines(ledger, words, differences(ledger.shape, before, after))
        said.append(
            Touched(
                title=words.title(ledger, (after or before)[-1]),
                ledger=ledger.title,
                address=words.address(ledger.slug, entry),
                lines=all_lines[:LINES],
                more=max(len(all_lines) - LINES, 0),
                fresh=not before,
            )
        )
    return said


def in_order(changes: Iterable[Change], order: list[int]) -> list[Change]:
    """``changes`` in the order of their numbers in ``order``."""
    by_number = {c.number: c for c in changes}
    return [by_number[n] for n in order if n in by_number]
