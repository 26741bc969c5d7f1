"""Who looked at whom: whole numbers shown (links of the chain) and records opened, in one list."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from gongjian.core.access import Scope
from gongjian.core.days import midnight, today
from gongjian.history.models import TrailRecord
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.naming import names_of
from gongjian.ledgers.scoping import inside
from gongjian.web.records.models import Opening
from gongjian.web.search.presenters import sections
from gongjian.web.search.queries import search
from gongjian.web.trail.queries import LOOKED, PAGE, Asked, Link, links_page, whole
from gongjian.web.trail.sight import Sight

_STEPS: Final = (60, 300, 1_200)
"""Openings looked at, one step after the other while too few of them lie within."""

FULL, MASKED = "full", "masked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked: who looked, at which entry of a person, when, and how much they saw."""

    who: str = ""
    entry: int | None = None
    first: date | None = None
    last: date | None = None
    saw: str = ""


class Place(NamedTuple):
    """Where a page begins: below this link and below this opening. 0 and 0: nothing is left."""

    link: int | None = None
    opening: int | None = None

    def __str__(self) -> str:
        return f"{self.link or 0}.{self.opening or 0}"


def place(text: str) -> Place:
    """A place from an address; the beginning where the text is none."""
    parts = text.split(".")
    if len(parts) != 2 or not all(p.isascii() and p.isdecimal() and len(p) < 18 for p in parts):
        return Place()
    return Place(*map(int, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look. ``entry`` is None for the cells of a paper, ``link`` None where no link tells."""

    at: datetime
    who: str
    what: str
    ledger: str
    entry: int | None
    full: bool
    columns: str
    reason: str
    link: int | None = None
    opening: int | None = None


@dataclass(slots=True)
class Looks:
    """Looks, newest first; ``next`` is where to go on, None at the end."""

    looks: list[Look] = field(default_factory=list)
    next: Place | None = None


class _Part(NamedTuple):
    """One of the two lists: what it gave, and where and when it was looked through to (0: all)."""

    looks: list[Look]
    floor: int
    since: datetime | None


def looks_page(wanted: Wanted, sight: Sight, start: Place) -> Looks:
    """The looks within the sight behind ``start``, as far as both lists were looked through."""
    told = _Part([], 0, None) if wanted.saw == MASKED else _numbers_seen(wanted, sight, start.link)
    opened = _opened(wanted, sight.scope, start.opening)
    since = max((p.since for p in (told, opened) if p.since), default=None)
    merged = sorted([*told.looks, *opened.looks], key=lambda look: look.at, reverse=True)
    shown = [look for look in merged if since is None or look.at >= since][:PAGE]
    left = len(shown) < len(merged) or told.floor or opened.floor
    behind = Place(
        _behind([one.link for one in shown], told.floor, start.link, len(told.looks)),
        _behind([one.opening for one in shown], opened.floor, start.opening, len(opened.looks)),
    )
    return Looks(_named(shown, sight.scope), behind if left else None)


def _behind(shown: Sequence[int | None], floor: int, start: int | None, given: int) -> int:
    """Where one of the lists goes on: behind what was shown of it, or where it was looked to."""
    numbers = [number for number in shown if number is not None]
    if len(numbers) == given:
        return floor or 1  # below the first there is nothing
    return min(numbers) if numbers else (start or _BEYOND)


_BEYOND: Final = 10**17 - 1


def _numbers_seen(wanted: Wanted, sight: Sight, below: int | None) -> _Part:
    asked = Asked(
        who=wanted.who, kinds=LOOKED, entry=wanted.entry, first=wanted.first, last=wanted.last
    )
    page = links_page(asked, sight, below)
    since = TrailRecord.objects.filter(pk=page.next or 0).values_list("at", flat=True).first()
    return _Part([_of_link(link) for link in page.links], page.next or 0, since)


def _of_link(link: Link) -> Look:
    said: dict[str, Any] = link.said
    entry = whole(said.get("entry")) or None
    columns = said.get("columns")
    told = "、".join(map(str, columns)) if isinstance(columns, list) else ""
    return Look(
        at=link.record.at,
        who=str(said.get("name", "")),
        what="" if entry else str(said.get("paper") or "一份导入的文件"),
        ledger=str(said.get("ledger", "")),
        entry=entry,
        full=True,
        columns=told or ("完整号码" if entry else "认错的几格"),
        reason=str(said.get("reason", "")),
        link=link.number,
    )


def _opened(wanted: Wanted, scope: Scope, below: int | None) -> _Part:
    asked, found, since = _narrowed(wanted), list[Look](), None
    for step in _STEPS:
        rows = list((asked.filter(pk__lt=below) if below else asked)[:step])
        seen = _seen(rows, scope)
        found += [_of_opening(row) for row in rows if (row.ledger, row.entry) in seen]
        if len(rows) < step:
            return _Part(found, 0, None)
        below, since = rows[-1].pk, rows[-1].at
        if len(found) > PAGE:
            break
    return _Part(found, below or 0, since)


def _narrowed(wanted: Wanted) -> QuerySet[Opening]:
    asked = Opening.objects.order_by("-pk")
    if wanted.who:
        asked = asked.filter(name=wanted.who)
    if wanted.entry is not None:
        asked = asked.filter(ledger__in=of_persons(), entry=wanted.entry)
    if wanted.first:
        asked = asked.filter(at__gte=midnight(wanted.first))
    if wanted.last:
        asked = asked.filter(at__lt=midnight(wanted.last + timedelta(days=1)))
    if wanted.saw:
        asked = asked.filter(unmasked=wanted.saw == FULL)
    return asked


def _seen(rows: list[Opening], scope: Scope) -> set[tuple[str, int]]:
    entries: dict[str, set[int]] = {}
    for row in rows:
        entries.setdefault(row.ledger, set()).add(row.entry)
    return {
        (slug, entry)
        for slug, wanted in entries.items()
        for entry in inside(LEDGERS[slug], wanted, scope)
    }


def _of_opening(row: Opening) -> Look:
    return Look(
        at=row.at,
        who=row.name,
        what="",
        ledger=row.ledger,
        entry=row.entry,
        full=row.unmasked,
        columns="打开记录页",
        reason="",
        opening=row.pk,
    )


def _named(looks: list[Look], scope: Scope) -> list[Look]:
    """With what the entries within are called last: two queries for each ledger.

    A look also lies where whoever looked works; whom it was at elsewhere stays a number.
    """
    wanted: dict[str, set[int]] = {}
    for look in looks:
        if look.entry is not None and look.ledger in LEDGERS:
            wanted.setdefault(look.ledger, set()).add(look.entry)
    names = {
        slug: names_of(slug, inside(LEDGERS[slug], entries, scope))
        for slug, entries in wanted.items()
    }
    return [
        look
        if look.entry is None
        else replace(look, what=names.get(look.ledger, {}).get(look.entry, ""))
        for look in looks
    ]


# ------------------------------------------------------------------ whose number


def of_persons() -> list[str]:
    """The ledgers whose entries are persons."""
    return [ledger.slug for ledger in LEDGERS if ledger.of_persons]


class Person(NamedTuple):
    """A person found: the system number, the name, and what tells one of that name from another."""

    entry: int
    name: str
    detail: str
    address: str


def persons(text: str, scope: Scope) -> list[Person]:
    """Persons within the scope by name, or by a whole identity or telephone number.

    A number is looked for by its keyed hash: nothing is opened, and so nothing is unmasked.
    """
    found = search(text, dict.fromkeys(of_persons(), scope), today())
    people = {
        hit.entry: Person(hit.entry, said.title, said.detail, _address(hit.entry))
        for one, section in zip(found, sections(found, today()), strict=True)
        for hit, said in zip(one.hits, section.hits, strict=True)
    }
    return list(people.values())


def called(entry: int, scope: Scope) -> str:
    """What a person of this system number is called; blank for one not within the scope."""
    for slug in of_persons():
        if inside(LEDGERS[slug], [entry], scope):
            return names_of(slug, [entry]).get(entry, "")
    return ""


def _address(entry: int) -> str:
    return f"{reverse('looks')}?entry={entry}"
