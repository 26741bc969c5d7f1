"""Entries found by a word: by the beginning of a name or number, or by a whole identity number.

Every question goes to an index of what is believed now, and asks for few. The questions are the
same, and as many, whether a hit lies outside the scope or there is none.
"""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from gongjian.areas.queries import tree_on
from gongjian.core.access import Scope
from gongjian.core.codes import upgrade_15
from gongjian.history import sql
from gongjian.history.keys import field_keys
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF
from gongjian.members.enums import DOCUMENTS

MOST: Final = 20
"""Hits of one group that are shown."""

_TRIED: Final = 3 * MOST
"""Versions looked at beyond: some are of one entry, or stand elsewhere on the day."""

_LAST: Final = "\U0010ffff"
_NO_ENTRY: Final = 0
_IDENTITY: Final = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}", re.ASCII)

Chain = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One way to find entries of a ledger: by the beginning of ``field``, or by all of it."""

    title: str
    ledger: str
    field: str
    upper: bool = False


GROUPS: Final = (
    Group(title="用人单位", ledger="employers", field="name"),
    Group(title="用人单位（信用代码）", ledger="employers", field="code", upper=True),
    Group(title="工会", ledger="unions", field="name"),
    Group(title="工会（代码）", ledger="unions", field="code", upper=True),
    Group(title="会员（姓名）", ledger="members", field="name"),
    Group(title="工资集体协议（编号）", ledger="agreements", field="number"),
    Group(title="批准文号", ledger="unions", field="approval_no"),
)
IDENTITY: Final = Group(title="会员（证件号码）", ledger="members", field="identity")


class Hit(NamedTuple):
    """An entry found: its latest version by the day, as values by database column."""

    entry: int
    values: dict[str, Any]
    ended: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """The hits of a group; ``more`` where there are further ones."""

    group: Group
    hits: list[Hit]
    more: bool


def search(text: str, scope: Scope, day: date) -> list[Found]:
    """What ``text`` may mean to somebody who sees ``scope``: groups with hits, each few.

    A whole identity number asks for its bearer and for nothing else.
    """
    finder = _Finder(scope, day)
    if _IDENTITY.fullmatch(text.upper()):
        found = [finder.bearer(text.upper()), finder.beginning(GROUPS[1], text.upper())]
    else:
        found = [finder.beginning(g, text.upper() if g.upper else text) for g in GROUPS]
    return [one for one in found if one.hits]


class _Finder:
    """Asks the ledgers for one person on one day."""

    def __init__(self, scope: Scope, day: date) -> None:
        self._scope = scope
        self._day = day
        areas = scope.inside.get("areas", frozenset())
        # Whoever sees every area sees everything that stands in one.
        self._whole = scope.everything or areas >= tree_on(day).leaves()

    def beginning(self, group: Group, text: str) -> Found:
        """Entries of which a believed value of the field begins with ``text``."""
        ledger = LEDGERS[group.ledger]
        seen, params = self._seen(ledger)
        query = (
            f'SELECT v.entry_id FROM "{ledger.shape.table}" v WHERE v.removed_in IS NULL'
            f' AND v."{group.field}" >= %s AND v."{group.field}" < %s'
            f' AND substr(v."{group.field}", 1, {len(text)}) = %s AND {seen}'
            f' ORDER BY v."{group.field}" LIMIT {_TRIED}'
        )
        rows = sql.fetch(query, [text, text + _LAST, text, *params])
        return self._told(group, ledger, [entry for (entry,) in rows])

    def bearer(self, number: str) -> Found:
        """Whoever bears an identity number; one of 15 digits means that of 18 made of it."""
        ledger = LEDGERS[IDENTITY.ledger]
        # Of another document 15 digits may be the number itself.
        either = dict.fromkeys([upgrade_15(number) or number, number])
        blinds = [_blind(ledger, kind, one) for kind in DOCUMENTS for one in either]
        query = (
            f'SELECT v.entry_id FROM "{ledger.shape.table}" v WHERE v.removed_in IS NULL'
            f" AND {sql.in_list('v.identity_blind')} LIMIT {_TRIED}"
        )
        rows = sql.fetch(query, [sql.as_list(blinds)])
        return self._told(IDENTITY, ledger, [entry for (entry,) in rows])

    def _seen(self, ledger: Ledger) -> tuple[str, list[Any]]:
        """A condition for versions that may lie within the scope; which do is told after."""
        if self._whole:
            return "1 = 1", []
        # The plus keeps SQLite from going by place where the word leads to fewer rows.
        plus = "" if sql.is_postgres() else "+"
        own, params = _within(plus + "v.entry_id", self._scope.inside.get(ledger.slug, ()))
        place, more = self._standing(ledger, plus + "v.", "")
        return f"({own} OR {place})", [*params, *more]

    def _standing(self, ledger: Ledger, alias: str, nested: str) -> tuple[str, list[Any]]:
        """A condition that a version stands at something that may lie within the scope."""
        if ledger.place in ("", SELF):
            return "1 = 0", []
        to = LEDGERS[ledger.by_field[ledger.place].ref.to]
        column = f'{alias}"{ledger.shape.columns_of(ledger.place)[0]}"'
        own, params = _within(column, self._scope.inside.get(to.slug, ()))
        if to.place in ("", SELF):
            return own, params
        name = f"{nested}w"
        above, more = self._standing(to, f"{name}.", name)
        among = (
            f'{column} IN (SELECT {name}.entry_id FROM "{to.shape.table}" {name}'
            f" WHERE {name}.removed_in IS NULL AND {above})"
        )
        return f"({own} OR {among})", [*params, *more]

    # ------------------------------------------------------------------ what was found

    def _told(self, group: Group, ledger: Ledger, entries: Sequence[int]) -> Found:
        """The entries that lie within the scope, in their order.

        Asked likewise where there is none, so that nobody can tell by the time it takes.
        """
        order = list(dict.fromkeys(entries))
        versions = _latest(ledger, order or [_NO_ENTRY], self._day)
        chains = self._chains(ledger, versions)
        hits = [
            versions[entry]
            for entry in order
            if entry in versions and self._scope.covers(chains[entry])
        ]
        return Found(group=group, hits=hits[:MOST], more=len(hits) > MOST)

    def _chains(self, ledger: Ledger, versions: dict[int, Hit]) -> dict[int, Chain]:
        """Where each entry stands: itself, its place, the place of that."""
        chains: dict[int, Chain] = {entry: ((ledger.slug, entry),) for entry in versions}
        if ledger.place in ("", SELF):
            return chains
        column = ledger.shape.columns_of(ledger.place)[0]
        to = LEDGERS[ledger.by_field[ledger.place].ref.to]
        at = {entry: hit.values[column] for entry, hit in versions.items()}
        if to.place in ("", SELF):
            return {entry: (*chain, (to.slug, at[entry])) for entry, chain in chains.items()}
        above = self._chains(to, _latest(to, set(at.values()) or [_NO_ENTRY], self._day))
        return {entry: (*chain, *above.get(at[entry], ())) for entry, chain in chains.items()}


def _blind(ledger: Ledger, kind: str, number: str) -> str:
    """The search hash of a number of one kind of document, as members keep it."""
    word = f"{kind}|{number}"
    return field_keys().blind(word, f"{ledger.slug}.{IDENTITY.field}").hex()


def _within(column: str, ids: Any) -> tuple[str, list[Any]]:
    return sql.in_list(column), [sql.as_list(sorted(ids))]


def _latest(ledger: Ledger, entries: Any, day: date) -> dict[int, Hit]:
    """Of each entry the version of the day, or the last before it, or the first to come."""
    columns = ledger.shape.columns
    names = ", ".join(f'v."{c}"' for c in ("entry_id", "valid_from", "valid_to", *columns))
    query = f'SELECT {names} FROM "{ledger.shape.table}" v WHERE v.removed_in IS NULL AND'
    rows = sorted(sql.fetch_in(query, "v.entry_id", entries), key=lambda row: (row[0], row[1]))
    found: dict[int, Hit] = {}
    for entry, begins, ends, *values in rows:
        if begins <= day or entry not in found:
            ended = ends is not None and ends <= day
            found[entry] = Hit(entry, dict(zip(columns, values, strict=True)), ended)
    return found


def names_of(slug: str, entries: set[int], day: date) -> Iterator[tuple[int, str]]:
    """What entries are called by the day."""
    ledger = LEDGERS[slug]
    for entry, hit in _latest(ledger, entries, day).items():
        yield entry, str(hit.values[ledger.name or ledger.code])
