"""The committed SQL of the bases, found by name and run for days at a state of knowledge."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

from gongjian.core.days import year_start
from gongjian.history import state
from gongjian.history.sql import as_list, fetch, is_postgres, whole_tables
from gongjian.indicators.declare import CATALOG, DAYS_AGO, Base

_NAME = re.compile(r"^-- name: (\S+)\n", re.MULTILINE)

ENTITIES = "entities"
"""What rows narrowed to some entities of the base are called."""

LASTING = "*"
"""Stands among the columns a base reads of a ledger whose entries it reads beyond their end."""

T = TypeVar("T")

DAY_COLUMNS = ("day", "year_from", *(f"ago_{days}" for days in DAYS_AGO))
"""Columns of the relation ``days``, all of them days; past knowledge adds ``known``."""

Query = tuple[str, list[Any]]
"""A text and the parameters in it."""

Leaves = list[tuple[int, int]]
"""(leaf, rank of the node it counts in)."""

LeafSums = dict[str, dict[int, int]]
"""Code of an indicator → leaf → what it adds."""

Ids = Collection[int]

Branch = tuple[str, Ids]
"""Code of a tree that narrows the ledgers, and what of it counts in one node."""

SMALL_BRANCH = 1_000
"""A branch of fewer is looked up by index; of more, the tables are read whole."""


@dataclass(frozen=True)
class Moment:
    """A state of knowledge: all changes up to ``known``; ``believed`` while that is the newest."""

    known: int
    believed: bool

    @property
    def known_at(self) -> int | None:
        """The change to ask a tree about; None for what is believed now."""
        return None if self.believed else self.known


def at_one_moment(known_at: int | None, ask: Callable[[Moment], T]) -> T:
    """``ask`` at the state of knowledge meant by ``known_at``: by default, and beyond, the newest.

    What is believed now is the quicker question. Where a change arrives while it is answered, it
    is asked again as what was known before, so that the answer is that of one change for ever.
    """
    now = state.latest().change
    if known_at is not None and known_at < now:
        return ask(Moment(max(known_at, 0), believed=False))
    answer = ask(Moment(now, believed=True))
    return answer if state.afresh().change == now else ask(Moment(now, believed=False))


@dataclass(frozen=True)
class Year:
    """A day and the first day of the year it lies in."""

    day: date
    begins: date

    @classmethod
    def of(cls, day: date, start: str) -> "Year":
        return cls(day, year_start(day, start))

    def as_columns(self) -> list[str]:
        """Values of ``DAY_COLUMNS``."""
        ago = [date.fromordinal(self.day.toordinal() - days) for days in DAYS_AGO]
        return [day.isoformat() for day in (self.day, self.begins, *ago)]

    def eve(self, start: str) -> "Year":
        """The day before the year began."""
        return Year.of(date.fromordinal(self.begins.toordinal() - 1), start)


def room_of(base: Base) -> Path:
    """The folder of the room that declares ``base``."""
    config = apps.get_containing_app_config(base.rows.__module__)
    if config is None:
        raise LookupError(f"base {base.code!r} is declared in no room")
    return Path(config.path)


def section_name(base: Base, kind: str, *, believed: bool, narrowed: str = "") -> str:
    """The name of a base's compiled query; ``kind`` is ``sums`` or ``rows``."""
    name = f"{base.code}.{kind}.{'now' if believed else 'known'}"
    return f"{name}.{narrowed}" if narrowed else name


def section(base: Base, kind: str, moment: Moment, narrowed: str = "") -> str:
    """The compiled query of a base for a Django cursor.

    It reads the relation ``days`` and, where ``narrowed`` to a branch of a tree, ``chosen``.
    """
    path = room_of(base) / "sql" / f"{connection.vendor}.sql"
    name = section_name(base, kind, believed=moment.believed, narrowed=narrowed)
    return read_sections(path)[name].replace("%", "%%")


@cache
def read_sections(path: Path) -> dict[str, str]:
    """Name → query of a committed file."""
    _, *found = _NAME.split(path.read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in zip(found[::2], found[1::2], strict=True)}


def reads(base: Base) -> dict[str, frozenset[str]]:
    """Ledger → columns that the base reads."""
    path = room_of(base) / "sql" / f"{connection.vendor}.sql"
    lines = read_sections(path)[f"{base.code}.reads"].splitlines()
    return {ledger: frozenset(columns) for ledger, *columns in map(str.split, lines)}


def on_day(query: str, moment: Moment, year: Year, chosen: Ids | None = None) -> Query:
    """The section ``query`` as a relation for one day, of the ``chosen`` where it is narrowed.

    One day at a time: where the relation ``days`` is a single row written in line, PostgreSQL
    plans for that very day; of several rows it knows nothing and may join all with all.
    """
    known = [] if moment.believed else [moment.known]
    kinds = ["date"] * len(DAY_COLUMNS) + ["bigint"] * len(known)
    names = [*DAY_COLUMNS, "known"][: len(kinds)]
    marks = ", ".join(f"%s::{kind}" if is_postgres() else "%s" for kind in kinds)
    relations = f"days({', '.join(names)}) AS NOT MATERIALIZED (VALUES ({marks}))"
    params: list[Any] = [*year.as_columns(), *known]
    if chosen is not None:
        relations += f",\n{_CHOSEN[is_postgres()]}"
        params.append(as_list(sorted(chosen)))
    return f"(WITH {relations}\nSELECT * FROM (\n{query}\n) AS s)", params


_CHOSEN = {
    True: "chosen(id) AS MATERIALIZED (SELECT unnest(%s::bigint[]))",
    False: "chosen(id) AS MATERIALIZED (SELECT value FROM json_each(%s))",
}


def fetch_whole(query: Query) -> list[tuple[Any, ...]]:
    """All rows of a query that reads its tables whole."""
    with whole_tables():
        return fetch(*query)


def leaf_sums(
    base: Base,
    year: Year,
    moment: Moment,
    branch: Branch | None = None,
    codes: Collection[str] | None = None,
) -> LeafSums:
    """Code → leaf → sum of the indicators ``codes`` on ``base`` (None: all of them).

    Of one branch where one is given. What is not asked for, the database need not work out.
    """
    codes = [i.code for i in CATALOG.indicators_on(base) if codes is None or i.code in codes]
    names = ", ".join(f'r."{code}"' for code in codes)
    tree, chosen = branch or ("", None)
    relation, params = on_day(section(base, "sums", moment, tree), moment, year, chosen)
    query = f"SELECT r.leaf_id, {names} FROM {relation} AS r", params
    small = chosen is not None and len(chosen) < SMALL_BRANCH
    told: LeafSums = {code: {} for code in codes}
    for leaf, *values in fetch(*query) if small else fetch_whole(query):
        for code, value in zip(codes, values, strict=True):
            if value:
                # A sum on PostgreSQL is a Decimal.
                told[code][leaf] = int(value)
    return told


def in_leaves(rows: Query, leaves: Leaves, *, by_leaf: bool) -> Query:
    """A FROM item: those of the relation ``rows AS r`` that stand at ``leaves``, with ``l.rank``.

    ``by_leaf`` where the rows have an index by leaf, as what is believed now has.
    """
    relation, params = rows
    on = "l.leaf_id = r.leaf_id"
    if is_postgres():
        source = "unnest(%s::bigint[], %s::bigint[]) AS l(leaf_id, rank)"
        columns = [leaf for leaf, _ in leaves], [rank for _, rank in leaves]
        return f"{relation} AS r JOIN {source} ON {on}", [*params, *columns]
    cells = "json_extract(value, '$[0]') AS leaf_id, json_extract(value, '$[1]') AS rank"
    source = f"(SELECT {cells} FROM json_each(%s)) AS l"
    # SQLite keeps the order of a CROSS JOIN: a few leaves are found without reading all rows, or
    # all rows are read once and not again for each leaf.
    if by_leaf:
        return f"{source} CROSS JOIN {relation} AS r ON {on}", [json.dumps(leaves), *params]
    return f"{relation} AS r CROSS JOIN {source} ON {on}", [*params, json.dumps(leaves)]
