"""Entries found by a word: by the beginning of a name or number, sensitive numbers by the whole.

What is looked for follows from the declarations. Every question goes to an index of what is
believed now, and asks for few. The questions are the same, and as many, whether a hit lies outside
the scope or there is none; only where a word is the beginning of very many are they more.
"""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from gongjian.areas.queries import everywhere, tree_on
from gongjian.core.access import Scope
from gongjian.core.codes import upgrade_15
from gongjian.history import sql
from gongjian.history.keys import field_keys
from gongjian.ledgers.cells import Choice, CreditCode, PlainCode
from gongjian.ledgers.declare import LEDGERS, Column, Identity, Ledger
from gongjian.ledgers.lookup import SELF
from gongjian.ledgers.questions import Moment
from gongjian.web.lists.filters import between
from gongjian.web.lists.ground import latest, placed

MOST: Final = 20
"""Hits of one group that are shown."""

_STEPS: Final = (60, 300, 1_200)
"""Versions looked at, one step after the other while too few of them lie within the scope."""

_NO_ENTRY: Final = 0
_NUMBER: Final = re.compile(r"[0-9+\-()*, /—－（） ]*[0-9][0-9+\-()*, /—－（） ]*[Xx]?")
_DIGITS: Final = 7
"""Digits from which on a number may be that of a person: a telephone in a town has so many."""

_PAPER: Final = re.compile(r"[0-9A-Z]{5,30}", re.ASCII)

Chain = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One way to find entries of a ledger: by the beginning of a column, or by all of it."""

    title: str
    ledger: str
    column: Column

    @property
    def code(self) -> bool:
        """Is it a code, and never a name?"""
        return isinstance(self.column.kind, CreditCode | PlainCode)


class Hit(NamedTuple):
    """An entry found: its latest version by the day, as values by field."""

    entry: int
    values: dict[str, Any]
    ended: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """The hits of a group; ``more`` where there may be further ones."""

    group: Group
    hits: list[Hit]
    more: bool


@cache
def groups() -> tuple[Group, ...]:
    """Every way to find something, as the ledgers declare it."""
    return tuple(
        Group(
            title=found_by.title or ledger.noun,
            ledger=ledger.slug,
            column=ledger.by_field[found_by.field],
        )
        for ledger in LEDGERS
        for found_by in ledger.searched
    )


def personal(text: str) -> bool:
    """May ``text`` be a number of a person, whole or in part? It then belongs in no address."""
    return bool(_NUMBER.fullmatch(text)) and sum(map(str.isdigit, text)) >= _DIGITS


def search(text: str, scopes: Mapping[str, Scope], day: date) -> list[Found]:
    """What ``text`` may mean to somebody who sees so far in each ledger: groups with hits, each few.

    What looks like a number of a person asks for its bearer and for codes, and for no name.
    """
    asked = [_asked(g, text) for g in groups() if g.ledger in scopes and _meant(g, text)]
    looks = [_Look(one, rows) for one, rows in zip(asked, _first(asked), strict=True)]
    for slug in dict.fromkeys(one.group.ledger for one in asked):
        finder = _Finder(LEDGERS[slug], scopes[slug], Moment(day))
        finder.sift([look for look in looks if look.asked.group.ledger == slug])
    return [found for found in _told(looks, day) if found.hits or found.more]


def _meant(group: Group, text: str) -> bool:
    if group.column.sensitive:
        paper = isinstance(group.column.kind, Identity) and _PAPER.fullmatch(text.upper())
        return personal(text) or bool(paper)
    return group.code or not personal(text)


class _Asked(NamedTuple):
    """A group asked for a word: the condition on its versions, and their order."""

    group: Group
    where: tuple[str, list[Any]]
    order: str

    def query(self, count: int, behind: int = 0) -> str:
        """Entries of ``count`` believed versions that fit, behind the first so many."""
        table = LEDGERS[self.group.ledger].shape.table
        return (
            f'SELECT v.entry_id FROM "{table}" v WHERE v.removed_in IS NULL'
            f" AND {self.where[0]} ORDER BY {self.order} LIMIT {count} OFFSET {behind}"
        )


def _asked(group: Group, text: str) -> _Asked:
    ledger, column = LEDGERS[group.ledger], group.column
    if column.sensitive:
        return _Asked(group, _bearing(ledger, column, text), "v.entry_id")
    word = text.upper() if isinstance(column.kind, CreditCode) else text
    name = f'v."{column.field}"'
    # Nothing but the range: whatever else is asked makes PostgreSQL expect few rows and sort all.
    return _Asked(group, between(name, word), f"{name}, v.entry_id")


def _first(asked: Sequence[_Asked]) -> list[list[int]]:
    """The first entries of each group, all with one query."""
    parts = [
        f"SELECT {at} AS at, g{at}.entry_id FROM ({one.query(_STEPS[0])}) AS g{at}"
        for at, one in enumerate(asked)
    ]
    found: list[list[int]] = [[] for _ in asked]
    params = [value for one in asked for value in one.where[1]]
    for at, entry in sql.fetch(" UNION ALL ".join(parts), params) if parts else ():
        found[at].append(entry)
    return found


@dataclass(slots=True)
class _Look:
    """How far a group was looked through: the entries at hand, and those within the scope."""

    asked: _Asked
    rows: list[int]
    seen: dict[int, None] = field(default_factory=dict)
    more: bool = False


class _Finder:
    """Asks one ledger for one person on one day."""

    def __init__(self, ledger: Ledger, scope: Scope, moment: Moment) -> None:
        self._ledger = ledger
        self._scope = scope
        self._moment = moment
        # Whoever sees every area sees everything that stands in one.
        self._whole = everywhere(scope, tree_on(moment.day))

    def sift(self, looks: Sequence[_Look]) -> None:
        """Take what lies within the scope; go on where there is more and it was too little."""
        inside = self._within([entry for look in looks for entry in look.rows])
        for look in looks:
            look.seen |= {entry: None for entry in look.rows if entry in inside}
            look.more, behind = len(look.rows) == _STEPS[0], len(look.rows)
            for step in _STEPS[1:]:
                if not look.more or len(look.seen) > MOST:
                    break
                rows = sql.fetch(look.asked.query(step, behind), look.asked.where[1])
                look.more, behind = len(rows) == step, behind + step
                inside = self._within([entry for (entry,) in rows])
                look.seen |= {entry: None for (entry,) in rows if entry in inside}

    def _within(self, entries: Sequence[int]) -> frozenset[int]:
        """Those of ``entries`` that lie within the scope.

        Asked likewise where there is none, so that nobody can tell by the time it takes.
        """
        if self._whole:
            return frozenset(entries)
        chains = self._chains(self._ledger, entries or [_NO_ENTRY])
        return frozenset(entry for entry in entries if self._scope.covers(chains[entry]))

    def _chains(self, ledger: Ledger, entries: Iterable[int]) -> dict[int, Chain]:
        """Where each entry stands: itself, its place, the place of that."""
        own: dict[int, Chain] = {entry: ((ledger.slug, entry),) for entry in entries}
        if ledger.place in ("", SELF):
            return own
        to = LEDGERS[ledger.by_field[ledger.place].ref.to]
        at = placed(ledger, own, self._moment)
        above = self._chains(to, set(at.values()) or [_NO_ENTRY])
        return {entry: (*chain, *above.get(at.get(entry, 0), ())) for entry, chain in own.items()}


def _told(looks: Sequence[_Look], day: date) -> Iterator[Found]:
    """What was found, with the values of what is shown: one query for each ledger."""
    wanted: dict[str, set[int]] = {}
    for look in looks:
        wanted.setdefault(look.asked.group.ledger, set()).update(list(look.seen)[:MOST])
    hits = {slug: _latest(LEDGERS[slug], entries, day) for slug, entries in wanted.items()}
    for look in looks:
        group, shown = look.asked.group, list(look.seen)[:MOST]
        held = [hits[group.ledger][entry] for entry in shown]
        yield Found(group=group, hits=held, more=look.more or len(look.seen) > MOST)


# ---------------------------------------------------------------- sensitive numbers


def _bearing(ledger: Ledger, column: Column, text: str) -> tuple[str, list[Any]]:
    """A condition that a sensitive column holds a number, found by its keyed hash."""
    words = _identities if isinstance(column.kind, Identity) else _telephones
    keys, label = field_keys(), f"{ledger.slug}.{column.field}"
    blinds = [keys.blind(word, label).hex() for word in words(ledger, column, text)]
    return sql.in_list(f'v."{column.field}_blind"'), [sql.as_list(blinds)]


def _identities(ledger: Ledger, column: Column, text: str) -> list[str]:
    """A number of any kind of document, as the ledger writes it; one of 15 digits means that of
    18 made of it, but of another document it may be the number itself."""
    number = re.sub(r"[ \-]", "", text).upper()
    kind = column.kind
    documents = ledger.by_field[kind.kind_field].kind if isinstance(kind, Identity) else None
    kinds = documents.values if isinstance(documents, Choice) else ()
    either = dict.fromkeys([upgrade_15(number) or number, number])
    return [f"{document}|{one}" for document in kinds for one in either]


def _telephones(_: Ledger, column: Column, text: str) -> list[str]:
    """A telephone number as it was typed, and its digits alone."""
    kind = column.kind
    read: Callable[[str], Any] | None = getattr(kind, "read", None)
    told = [str(read(text).value or "")] if read is not None else []
    return [word for word in dict.fromkeys([*told, re.sub(r"[^0-9]", "", text)]) if word]


# ---------------------------------------------------------------- what was found


def _latest(ledger: Ledger, entries: Iterable[int], day: date) -> dict[int, Hit]:
    """Of each entry the version of the day, or the last before it, or the first to come."""
    shape, entries = ledger.shape, list(entries)
    if not entries:
        return {}
    columns = ("entry_id", "valid_from", "valid_to", *shape.columns)
    names = ", ".join(f'v."{column}"' for column in columns)
    query = f'SELECT {names} FROM "{shape.table}" v WHERE v.removed_in IS NULL AND'
    found: dict[int, Hit] = {}
    for entry, told in latest(sql.fetch_in(query, "v.entry_id", entries), day).items():
        ends, *stored = told
        values = dict(zip(shape.fields, shape.unpack(stored), strict=True))
        found[entry] = Hit(entry, values, ends is not None and ends <= day)
    return found
