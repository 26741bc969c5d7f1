"""Links of the chain that lie within a sight, newest first, by index whatever is asked for.

Three streams are merged: changes (which lie where their rows do), looks at whole numbers (where
the entry stands) and all else (where the people have or had posts, which the database itself can
tell). Of the first two a bounded number is looked through; the page says where to go on.
"""
# ruff: noqa: S608 - names of tables and columns are our own, values are parameters

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from gongjian.accounts.models import User
from gongjian.accounts.rules import normal_name
from gongjian.core.days import midnight
from gongjian.history import sql
from gongjian.history.models import TrailRecord
from gongjian.history.said import said
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.scoping import inside
from gongjian.web.changes.queries import touching
from gongjian.web.trail.sight import Sight
from gongjian.workflow.declare import FLOWS

PAGE: Final = 50
STEPS: Final = (60, 300, 1_200)
"""Links looked at, one step after the other while too few of them lie within."""

CHANGE: Final = "change"
LOOK: Final = "unmask"
LOOKED: Final = (LOOK, "unmask-import")
"""A whole number was shown: of an entry; in the bad cells of a paper that was being imported."""

_CLOCK: Final = 200
"""Links around midnight that are looked at: a clock may have been put back meanwhile."""

_BEYOND: Final = 2**62
_TABLE: Final = "history_trailrecord t"

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list is narrowed to; blank means everything. ``kinds`` as the chain calls them."""

    who: str = ""
    kinds: tuple[str, ...] = ()
    ledger: str = ""
    entry: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link and what it says. ``said`` is empty where somebody spoilt the text."""

    record: TrailRecord
    said: dict[str, Any]

    @property
    def number(self) -> int:
        return self.record.number

    @property
    def kind(self) -> str:
        return self.record.kind


@dataclass(slots=True)
class Page:
    """Links, newest first; ``next`` is the number to go on below, None at the end."""

    links: list[Link] = field(default_factory=list)
    next: int | None = None


def links_page(asked: Asked, sight: Sight, below: int | None = None, *, most: int = PAGE) -> Page:
    """The links under ``below`` (None: the newest first) within ``sight``."""
    return _merged(_Question(asked, sight, most), below, None)


def link_seen(number: int, sight: Sight) -> Link | None:
    """The link of this number, if it lies within ``sight``."""
    links = _merged(_Question(Asked(), sight, 1), number + 1, number).links
    return next((link for link in links if link.number == number), None)


def _merged(question: "_Question", below: int | None, least: int | None) -> Page:
    """What the streams give, down to where all of them were looked through."""
    bounds = question.bounds(below, least)
    told = [stream(question, bounds) for stream in _streams(question.asked.kinds)]
    floor = max((t.floor for t in told), default=0)
    numbers = sorted({n for t in told for n in t.numbers if n >= floor}, reverse=True)
    if len(numbers) > question.most:
        numbers = numbers[: question.most]
        floor = numbers[-1]
    return Page(read(numbers), floor or None)


def read(numbers: Sequence[int]) -> list[Link]:
    """These links in this order."""
    found = TrailRecord.objects.in_bulk(numbers)
    return [Link(record=found[n], said=body_of(found[n].body)) for n in numbers if n in found]


def body_of(text: str) -> dict[str, Any]:
    """What a link says; nothing where it is no longer what was written."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


# ------------------------------------------------------------------ streams


@dataclass(slots=True)
class _Told:
    """Numbers within, and how far down nothing was left out (0: to the beginning)."""

    numbers: list[int]
    floor: int = 0


class _Question:
    """What is asked, in SQL."""

    def __init__(self, asked: Asked, sight: Sight, most: int) -> None:
        self.asked, self.sight, self.most = asked, sight, most
        self.person = _person(asked.who) if asked.who else []

    def bounds(self, below: int | None, least: int | None) -> Condition:
        """Between which numbers; days are turned into numbers, by which everything is in order."""
        parts = ["t.number < %s", "t.number >= %s"]
        values: list[Any] = [below or _BEYOND, least or 0]
        for day, sign, order in (
            (self.asked.first, ">=", "ASC"),
            (self.asked.last and self.asked.last + timedelta(days=1), "<", "DESC"),
        ):
            if day is not None:
                parts.append(f"t.number {'<=' if sign == '<' else sign} %s AND t.at {sign} %s")
                values += [_number_at(_midnight(day), sign, order), _midnight(day)]
        return " AND ".join(parts), values

    def about(self) -> list[Condition]:
        """Ledger and entry, as links say them that are no change."""
        found: list[Condition] = []
        if self.asked.ledger:
            found.append((f"{said('ledger')} = %s", [self.asked.ledger]))
        if self.asked.entry is not None:
            found.append((f"{said('entry')} = %s", [str(self.asked.entry)]))
        return found


def _streams(kinds: Sequence[str]) -> list[Callable[[_Question, Condition], _Told]]:
    """Those that can have links of these kinds."""
    found: list[Callable[[_Question, Condition], _Told]] = []
    if not kinds or CHANGE in kinds:
        found.append(_changes)
    if not kinds or LOOK in kinds:
        found.append(_looks)
    if not kinds or any(kind not in (CHANGE, LOOK) for kind in kinds):
        found.append(_others)
    return found


def _changes(question: _Question, bounds: Condition) -> _Told:
    where = [("t.kind = %s", [CHANGE]), bounds]
    if question.asked.ledger:
        where.append((f"{said('ledger')} = %s", [question.asked.ledger]))
    if question.asked.entry is not None:
        numbers = _touched_by(question.asked)
        where.append((sql.in_list("t.change"), [sql.as_list(numbers)]))

    def seen(rows: list[tuple[int, str, int | None]]) -> set[int]:
        seals = {change: body_of(body).get("rows", {}) for _, body, change in rows if change}
        within = touching(seals, question.sight.scope)
        return {number for number, _, change in rows if change in within}

    return _sifted(question, where, seen)


def _looks(question: _Question, bounds: Condition) -> _Told:
    where = [("t.kind = %s", [LOOK]), bounds, *question.about()]
    sight = question.sight
    people = {str(one) for one in sight.people}

    def seen(rows: list[tuple[int, str, int | None]]) -> set[int]:
        told = {number: body_of(body) for number, body, _ in rows}
        entries: dict[str, set[int]] = {}
        for said_ in told.values():
            if str(said_.get("ledger", "")) in LEDGERS and whole(said_.get("entry")) > 0:
                entries.setdefault(said_["ledger"], set()).add(said_["entry"])
        within = {
            (slug, str(entry))
            for slug, wanted in entries.items()
            for entry in inside(LEDGERS[slug], wanted, sight.scope)
        }
        return {
            number
            for number, s in told.items()
            if (str(s.get("ledger")), str(s.get("entry"))) in within
            or str(s.get("actor")) in people
            or (sight.whole and "entry" not in s)
        }

    return _sifted(question, where, seen)


def whole(value: object) -> int:
    """A number of an entry; 0 for whatever else somebody wrote there."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 < value < _BEYOND else 0


def _sifted(
    question: _Question,
    where: list[Condition],
    seen: Callable[[list[tuple[int, str, int | None]]], set[int]],
) -> _Told:
    """Look through links step by step until there is a page of them, or enough were looked at."""
    found: list[int] = []
    below = _BEYOND
    for step in STEPS:
        rows = _rows(question, [*where, ("t.number < %s", [below])], step)
        within = seen(rows) if rows else set()
        found += [number for number, _, _ in rows if number in within]
        if len(rows) < step:
            return _Told(found)
        below = rows[-1][0]
        if len(found) > question.most:
            break
    return _Told(found, below)


def _rows(
    question: _Question, where: list[Condition], most: int
) -> list[tuple[int, str, int | None]]:
    numbers = _numbers(question.person or [("1 = 1", [])], where, most)
    if not numbers:
        return []
    query = f"SELECT t.number, t.body, t.change FROM {_TABLE} WHERE {sql.in_list('t.number')}"
    rows = sql.fetch(query, [sql.as_list(numbers)])
    return sorted(((n, body, change) for n, body, change in rows), reverse=True)


def _others(question: _Question, bounds: Condition) -> _Told:
    """What lies where people's posts do: the database finds exactly a page of it."""
    kinds = [k for k in question.asked.kinds if k not in (CHANGE, LOOK)]
    where = [bounds, *question.about()]
    within = [] if question.sight.whole else _of_people(question.sight)
    if question.person:
        ways = question.person
        where += [_either(within)] if within else []
        where.append(_of_kinds(kinds))
    elif within:
        ways = within
        where.append(_of_kinds(kinds))
    else:
        # One way for each kind, so that each is walked along its own part of the index.
        ways = [("t.kind = %s", [kind]) for kind in kinds] or [_of_kinds([])]
    numbers = _numbers(ways, where, question.most + 1)
    return _Told(numbers, numbers[-1] if len(numbers) > question.most else 0)


def _of_kinds(kinds: Sequence[str]) -> Condition:
    if kinds:
        return f"t.kind IN ({', '.join(['%s'] * len(kinds))})", list(kinds)
    return "t.kind <> %s AND t.kind <> %s", [CHANGE, LOOK]


def _of_people(sight: Sight) -> list[Condition]:
    people = sql.as_list([str(one) for one in sorted(sight.people)])
    areas = sql.as_list([str(one) for one in sorted(sight.areas)])
    places = sql.as_list(sorted(sight.areas))
    return [
        (sql.in_list(said("actor")), [people]),
        (sql.in_list(said("user")), [people]),
        (f"t.kind = 'lock-month' AND {sql.in_list(said('area'))}", [areas]),
        (f"t.kind = 'flow' AND t.number IN ({_of_cases('workflow_passage')})", [places]),
        (f"t.kind = 'flow' AND t.number IN ({_of_cases('workflow_casepaper')})", [places]),
    ]


def _of_cases(table: str) -> str:
    """The links of what happened to cases at areas."""
    slugs = ", ".join(f"'{flow.slug}'" for flow in FLOWS if flow.standing == "areas") or "''"
    return (
        f"SELECT of.link FROM {table} of JOIN workflow_case c ON c.id = of.case_id"
        f" WHERE of.link IS NOT NULL AND c.flow IN ({slugs})"
        f" AND {sql.in_list('c.place_id')}"
    )


def _person(who: str) -> list[Condition]:
    """Links of somebody: what they did, and what was done to them, by the number of the account.

    Who has no account, as the operator of the machine, is known by name alone.
    """
    user = User.objects.filter(username=normal_name(who)).values_list("pk", flat=True).first()
    if user is None:
        return [("1 = 0", []) if who.isdecimal() else (f"{said('actor')} = %s", [who])]
    return [
        (f"{said('actor')} = %s", [str(user)]),
        (f"{said('user')} = %s", [str(user)]),
        (f"t.kind = 'post' AND {said('to')} = %s", [str(user)]),
    ]


def _numbers(ways: Sequence[Condition], where: Iterable[Condition], most: int) -> list[int]:
    """The ``most`` newest links that meet any of ``ways`` and all of ``where``.

    Each way is walked by itself along the index that fits it, no further than a page.
    """
    others = list(where)
    parts, values = [], []
    for at, way in enumerate(ways):
        condition, more = _all([way, *others])
        parts.append(
            f"SELECT number FROM (SELECT t.number FROM {_TABLE} WHERE {condition}"
            f" ORDER BY t.number DESC LIMIT {int(most)}) w{at}"
        )
        values += more
    query = f"{' UNION '.join(parts)} ORDER BY number DESC LIMIT {int(most)}"
    return [number for (number,) in sql.fetch(query, values)]


def _all(conditions: Sequence[Condition]) -> Condition:
    return " AND ".join(f"({c})" for c, _ in conditions), [v for _, vs in conditions for v in vs]


def _either(conditions: Sequence[Condition]) -> Condition:
    return " OR ".join(f"({c})" for c, _ in conditions), [v for _, vs in conditions for v in vs]


def _touched_by(asked: Asked) -> list[int]:
    """The changes that brought or removed any version of an entry, of the ledger or of any."""
    found: set[int] = set()
    for ledger in LEDGERS:
        if asked.ledger in ("", ledger.slug):
            query = f'SELECT added_in, removed_in FROM "{ledger.shape.table}" WHERE entry_id = %s'
            found.update(n for row in sql.fetch(query, [asked.entry]) for n in row if n)
    return sorted(found)


# ------------------------------------------------------------------ days


def _midnight(day: date) -> Any:
    """The beginning of a day as the database writes it."""
    return connection.ops.adapt_datetimefield_value(midnight(day))


def _number_at(moment: Any, sign: str, order: str) -> int:
    """The number nearest to a moment on its side; beyond everything where nothing lies there."""
    side = "MIN" if order == "ASC" else "MAX"
    query = (
        f"SELECT {side}(number) FROM (SELECT t.number FROM {_TABLE} WHERE t.at {sign} %s"
        f" ORDER BY t.at {order} LIMIT {_CLOCK}) near"
    )
    ((number,),) = sql.fetch(query, [moment])
    return int(number) if number is not None else (_BEYOND if order == "ASC" else -1)
