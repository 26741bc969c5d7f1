"""What is to be seen to about an entry, each with the address of its way on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.worries import CHANGE, CORRECT, IMPORT, LIST, MERGE, NEW, WORRIES, Held, Way
from gongjian.web.moment import AsOf
from gongjian.web.records.queries.entries import Entry
from gongjian.web.records.queries.links import Link
from gongjian.web.wording.values import Words

WORDS: Final = {
    CHANGE: "去变更",
    CORRECT: "去更正",
    MERGE: "去对照",
    NEW: "去填报",
    IMPORT: "去导入",
    LIST: "看名单",
}

Allowed = Callable[[str, str], bool]
"""May the reader do this deed in this ledger?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to be seen to; ``address`` is None where it is for others."""

    sentence: str
    bad: bool
    word: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An entry and what the page found out about it already."""

    entry: Entry
    version: VersionTuple
    closed: date | None
    links: list[Link]
    asof: AsOf


def tasks(looked: Looked, words: Words, allowed: Allowed) -> list[Task]:
    """What is wrong on the day by all that is known; what is wrong already comes first."""
    entry, asof = looked.entry, looked.asof
    if asof.known_at is not None or not entry.believed:
        return []
    held = Held(
        ledger=entry.ledger,
        entry=entry.id,
        version=looked.version,
        closed=looked.closed,
        day=asof.day,
        links={(k.ledger.slug, k.column.field): k.count + k.outside for k in looked.links},
        refs=entry.refs,
    )
    found = [
        Task(
            sentence=worry.sentence,
            bad=worry.bad,
            word=WORDS[worry.way.deed] if worry.way else "",
            address=_address(worry.way, looked, words, allowed) if worry.way else None,
        )
        for worry in WORRIES.about(held)
    ]
    return sorted(found, key=lambda task: not task.bad)


def _address(way: Way, looked: Looked, words: Words, allowed: Allowed) -> str | None:
    entry, slug = looked.entry, looked.entry.ledger.slug
    if way.deed == LIST:
        return list_of(way.ledger, entry, words, looked.asof)
    if not looked.asof.present or not allowed(way.deed, way.ledger or slug):
        return None
    if way.deed == MERGE:
        return reverse("record-merge", args=[slug, entry.id]) + f"?other={way.entry}"
    if way.deed == NEW:
        cells = {name: words.key(LEDGERS[way.ledger], name, id_) for name, id_ in way.cells.items()}
        return reverse("record-new", args=[way.ledger]) + looked.asof.query(**cells)
    if way.deed == IMPORT:
        return reverse("import-new", args=[way.ledger])
    return reverse(f"record-{way.deed}", args=[slug, entry.id])


def list_of(slug: str, entry: Entry, words: Words, asof: AsOf, name: str = "") -> str:
    """The list of whoever refers to an entry by the field ``name`` (blank: the first that does).

    By its place in the tree where that is the field, else by the code, else by the name: what the
    list holds is then what was counted.
    """
    ledger, own = LEDGERS[slug], entry.ledger.slug
    field = name or next(c.field for c in ledger.ref_columns if c.ref.to == own)
    asked: dict[str, object] = {f"f_{field}": words.key(ledger, field, entry.id)}
    if field == ledger.place and own == "areas":
        asked = {"area": words.key(ledger, field, entry.id), "below": 0}
    elif field == ledger.place and own == "unions":
        asked = {"tree": "affiliation", "union": entry.id, "below": 0}
    return reverse("ledger", args=[slug]) + asof.query(**asked)
