"""Changes as far as they touch what somebody may see, and what each of them did."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from gongjian.core.access import Scope
from gongjian.core.days import midnight
from gongjian.history import sql
from gongjian.history.models import Change, TrailRecord
from gongjian.history.record import Told, ever_told
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.web.records.queries.sight import within

PAGE: Final = 50
LARGE: Final = 20_000
"""Versions up to which a page says beforehand what taking a change back would do."""

COUNTED: Final = 2_000
"""Versions up to which a list counts what each of its changes did within the scope."""

SIDES: Final = {"added": "added_in", "removed": "removed_in"}
"""What a link says of rows, and the column that names the change."""

Sealed = dict[int, dict[str, Any]]
"""Change → ledger → how many rows it added and removed, and their digests."""

_ROUNDS: Final = 4
"""Pages of changes looked through for those within the scope before the reader is asked to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list of changes is narrowed to; blank means everything."""

    who: str = ""
    kind: str = ""
    ledger: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Versions within the scope that a change added and removed, and how many lie outside.

    ``large``: they are too many in all, and were not counted.
    """

    added: int = 0
    removed: int = 0
    outside: int = 0
    large: bool = False

    @property
    def total(self) -> int:
        return self.added + self.removed + self.outside


@dataclass(slots=True)
class Page:
    """Changes, newest first; ``next`` is the number to go on below, None at the end."""

    changes: list[Change]
    next: int | None = None
    rows: dict[int, Counts] = field(default_factory=dict)


# ------------------------------------------------------------------ scope in SQL


def sealed(numbers: Iterable[int]) -> Sealed:
    """What the links of these changes say of rows: one reading for all that is asked of them."""
    links = TrailRecord.objects.filter(change__in=list(numbers)).values_list("change", "body")
    return {number: json.loads(body)["rows"] for number, body in links if number is not None}


def visible(numbers: Iterable[int], scope: Scope) -> set[int]:
    """Of these changes those that touched anything within the scope."""
    return set(numbers) if scope.everything else touching(sealed(numbers), scope)


def touching(seals: Sealed, scope: Scope) -> set[int]:
    """Of changes those that touched anything within the scope; a query per ledger they touched."""
    if scope.everything:
        return set(seals)
    found: set[int] = set()
    for ledger in LEDGERS:
        left = [n for n, rows in seals.items() if ledger.slug in rows and n not in found]
        if left:
            found |= _touching(ledger, left, scope)
    return found


def _touching(ledger: Ledger, numbers: list[int], scope: Scope) -> set[int]:
    where, values = within(ledger, scope, "v")
    table = f'"{ledger.shape.table}"'
    sides = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} v WHERE v.{side} = c.number AND {where})"
        for side in ("added_in", "removed_in")
    )
    query = f"SELECT c.number FROM history_change c WHERE ({sides}) AND"
    chosen = f"{query} {sql.in_list('c.number')}"
    return {n for (n,) in sql.fetch(chosen, [*values, *values, sql.as_list(numbers)])}


# ------------------------------------------------------------------ the list


def changes_page(asked: Filter, scope: Scope, below: int | None, known: int | None = None) -> Page:
    """The changes under ``below`` (None: the newest first) that touch the scope.

    ``known`` is the newest change that the page knows; None: all.
    """
    narrowed = _narrowed(asked)
    if known is not None:
        narrowed = narrowed.filter(pk__lte=known)
    found: list[Change] = []
    seals: Sealed = {}
    for _ in range(_ROUNDS):
        rows = list((narrowed.filter(pk__lt=below) if below else narrowed)[: PAGE + 1])
        looked = sealed(c.number for c in rows[:PAGE])
        seals |= looked
        inside = touching(looked, scope)
        found += [c for c in rows[:PAGE] if c.number in inside]
        below = rows[PAGE - 1].number if len(rows) > PAGE else None
        if below is None or len(found) >= PAGE:
            break
    if len(found) > PAGE:
        found, below = found[:PAGE], found[PAGE - 1].number
    shown = {c.number: seals[c.number] for c in found}
    return Page(found, below, _counts(shown, scope, COUNTED))


def _narrowed(asked: Filter) -> QuerySet[Change]:
    rows = Change.objects.order_by("-number")
    if asked.who:
        rows = rows.filter(actor_name=asked.who)
    if asked.kind == "batch":
        rows = rows.filter(kind="import").exclude(source_name="")
    elif asked.kind == "single":
        rows = rows.filter(kind="import", source_name="")
    elif asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.ledger:
        rows = rows.filter(ledger=asked.ledger)
    if asked.first:
        rows = rows.filter(at__gte=midnight(asked.first))
    if asked.last:
        rows = rows.filter(at__lt=midnight(asked.last + timedelta(days=1)))
    return rows


def row_counts(numbers: Iterable[int], scope: Scope) -> dict[int, Counts]:
    """What each change did within the scope."""
    return _counts(sealed(numbers), scope)


def _counts(seals: Sealed, scope: Scope, most: int | None = None) -> dict[int, Counts]:
    """The same from what is sealed; a change of more versions than ``most`` is not counted.

    The totals are sealed in its link; what lies within is counted ledger by ledger.
    """
    found: dict[int, Counts] = {}
    left: Sealed = {}
    for number, rows in seals.items():
        added, removed = (sum(s.get(w, [0])[0] for s in rows.values()) for w in SIDES)
        if scope.everything:
            found[number] = Counts(added=added, removed=removed)
        elif most is not None and added + removed > most:
            found[number] = Counts(large=True)
        else:
            left[number] = rows
            found[number] = Counts(outside=added + removed)
    for slug in {slug for rows in left.values() for slug in rows}:
        for at, word in enumerate(SIDES):
            wanted = [n for n, rows in left.items() if word in rows.get(slug, {})]
            for number, count in _counted(LEDGERS[slug], SIDES[word], wanted, scope):
                was = found[number]
                found[number] = Counts(
                    added=was.added + (0 if at else count),
                    removed=was.removed + (count if at else 0),
                    outside=was.outside - count,
                )
    return found


def _counted(
    ledger: Ledger, column: str, numbers: list[int], scope: Scope
) -> list[tuple[int, int]]:
    """(change, versions within the scope) where ``column`` names one of these changes."""
    if not numbers:
        return []
    where, values = within(ledger, scope, "v")
    query = (
        f'SELECT v.{column}, COUNT(*) FROM "{ledger.shape.table}" v'
        f" WHERE {sql.in_list(f'v.{column}')} AND {where} GROUP BY v.{column}"
    )
    return [(n, count) for n, count in sql.fetch(query, [sql.as_list(numbers), *values])]


# ------------------------------------------------------------------ one change


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page of touched entries begins: ledger, side (0 added, 1 only removed), version."""

    ledger: int = 0
    side: int = 0
    vid: int = 0

    def __str__(self) -> str:
        return f"{self.ledger}.{self.side}.{self.vid}"


def place(text: str) -> Place:
    """A place from an address; the beginning where the text is none."""
    parts = text.split(".")
    if len(parts) != 3 or not all(p.isascii() and p.isdecimal() and len(p) < 18 for p in parts):
        return Place()
    ledger, side, vid = map(int, parts)
    return Place(ledger=ledger, side=side, vid=vid)


@dataclass(slots=True)
class Touches:
    """A page of entries that a change touched, with all that was ever told of each."""

    entries: list[tuple[Ledger, int, list[Told]]]
    next: Place | None


def touches(number: int, scope: Scope, start: Place, size: int = PAGE) -> Touches:
    """Entries within the scope that a change touched, by ledger, ``size`` versions at a time."""
    found: list[tuple[Ledger, int]] = []
    left = size
    ledgers = list(LEDGERS)
    for at in range(start.ledger, len(ledgers)):
        for side in (0, 1):
            here = Place(ledger=at, side=side)
            if (here.ledger, here.side) < (start.ledger, start.side):
                continue
            after = start.vid if (at, side) == (start.ledger, start.side) else 0
            rows = _versions(ledgers[at], number, scope, side, after, left + 1)
            found += [(ledgers[at], entry) for _, entry in rows[:left]]
            if len(rows) > left:
                vid = rows[left - 1][0] if left else after
                return Touches(_told(found), Place(ledger=at, side=side, vid=vid))
            left -= len(rows)
    return Touches(_told(found), None)


def _versions(
    ledger: Ledger, number: int, scope: Scope, side: int, after: int, size: int
) -> list[tuple[int, int]]:
    where, values = within(ledger, scope, "v")
    table = f'"{ledger.shape.table}"'
    column = "removed_in" if side else "added_in"
    only = (
        f" AND NOT EXISTS (SELECT 1 FROM {table} o"
        " WHERE o.entry_id = v.entry_id AND o.added_in = v.removed_in)"
        if side
        else ""
    )
    query = (
        f"SELECT v.vid, v.entry_id FROM {table} v WHERE v.{column} = %s AND v.vid > %s{only}"
        f" AND {where} ORDER BY v.vid LIMIT {int(size)}"
    )
    return [(vid, entry) for vid, entry in sql.fetch(query, [number, after, *values])]


def _told(found: list[tuple[Ledger, int]]) -> list[tuple[Ledger, int, list[Told]]]:
    ids: dict[str, list[int]] = {}
    for ledger, entry in dict.fromkeys(found):
        ids.setdefault(ledger.slug, []).append(entry)
    told: list[tuple[Ledger, int, list[Told]]] = []
    for slug, entries in ids.items():
        by_entry: dict[int, list[Told]] = {}
        for one in ever_told(LEDGERS[slug].shape, entries):
            by_entry.setdefault(one.entry, []).append(one)
        told += [(LEDGERS[slug], entry, by_entry[entry]) for entry in entries]
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What taking a change back would do in one ledger: entries withdrawn, entries put back."""

    ledger: Ledger
    withdrawn: int
    restored: int


def reach(number: int) -> list[Reach]:
    """How many entries a change brought, and how many it changed, by ledger."""
    found = []
    for ledger in LEDGERS:
        table = f'"{ledger.shape.table}"'
        touched = (
            f"SELECT entry_id FROM {table} WHERE added_in = %s"
            f" UNION SELECT entry_id FROM {table} WHERE removed_in = %s"
        )
        query = (
            f"SELECT COUNT(*), COUNT(CASE WHEN EXISTS (SELECT 1 FROM {table} o WHERE"
            f" o.entry_id = t.entry_id AND o.added_in < %s AND (o.removed_in IS NULL OR"
            f" o.removed_in >= %s)) THEN 1 END) FROM ({touched}) t"
        )
        ((count, restored),) = sql.fetch(query, [number] * 4)
        if count:
            found.append(Reach(ledger=ledger, withdrawn=count - restored, restored=restored))
    return found
