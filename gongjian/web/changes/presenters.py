"""Changes as they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from gongjian.history.models import Change
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.changes.queries import Counts, Page, Touches
from gongjian.web.moment import AsOf
from gongjian.web.records.presenters.events import Line, lines
from gongjian.web.records.presenters.values import Words
from gongjian.web.records.queries.differences import differences

LINES: Final = 30
"""Columns shown of one entry; a new entry of many columns is told in full on its own page."""

_KINDS: Final = {"undo": ("撤销", "warn"), "annul": ("作废", "bad"), "merge": ("合并", "act")}


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
    address: str
    lines: list[Line]
    more: int


def kind_of(change: Change) -> tuple[str, str]:
    """(word, style): a batch came from a paper, everything else was done one by one."""
    if change.kind in _KINDS:
        return _KINDS[change.kind]
    return ("批次", "act") if change.source_name else ("逐条", "")


def what(change: Change) -> str:
    """What was done, in a few words."""
    ledger = LEDGERS[change.ledger].title if change.ledger in LEDGERS else ""
    if change.undoes_id:
        return f"撤销变更 {change.undoes_id}"
    return f"{ledger} {change.source_name}".strip()


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


def touched(number: int, found: Touches, words: Words, asof: AsOf) -> list[Touched]:
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
                address=reverse("record", args=[ledger.slug, entry]) + asof.query(),
                lines=all_lines[:LINES],
                more=max(len(all_lines) - LINES, 0),
            )
        )
    return said


def headline(change: Change) -> str:
    """A change in one line, as one that stands in the way."""
    return f"{kind_of(change)[0]}　{what(change)}"


def in_order(changes: Iterable[Change], order: list[int]) -> list[Change]:
    """``changes`` in the order of their numbers in ``order``."""
    by_number = {c.number: c for c in changes}
    return [by_number[n] for n in order if n in by_number]
