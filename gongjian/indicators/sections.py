"""The committed SQL of the bases, found by name and run for days at a state of knowledge."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

from gongjian.core.days import year_start
from gongjian.history.record import newest
from gongjian.history.sql import fetch, is_postgres, run
from gongjian.indicators.declare import Base

_NAME = re.compile(r"^-- name: (\S+)\n", re.MULTILINE)

T = TypeVar("T")

Query = tuple[str, list[Any]]
"""A text and the parameters in it."""

Leaves = list[tuple[int, int]]
"""(leaf, rank of the node it counts in)."""


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
    now = newest()
    if known_at is not None and known_at < now:
        return ask(Moment(max(known_at, 0), believed=False))
    answer = ask(Moment(now, believed=True))
    return answer if newest() == now else ask(Moment(now, believed=False))


@dataclass(frozen=True)
class Year:
    """A day and the first day of the year it lies in."""

    day: date
    begins: date

    @classmethod
    def of(cls, day: date, start: str) -> "Year":
        return cls(day, year_start(day, start))

    def eve(self, start: str) -> "Year":
        """The day before the year began."""
        return Year.of(date.fromordinal(self.begins.toordinal() - 1), start)


def room_of(base: Base) -> Path:
    """The folder of the room that declares ``base``."""
    config = apps.get_containing_app_config(base.rows.__module__)
    if config is None:
        raise LookupError(f"base {base.code!r} is declared in no room")
    return Path(config.path)


def section_name(base: Base, kind: str, *, believed: bool) -> str:
    """The name of a base's compiled query; ``kind`` is ``sums`` or ``rows``."""
    return f"{base.code}.{kind}.{'now' if believed else 'known'}"


def section(base: Base, kind: str, moment: Moment) -> str:
    """The compiled query of a base for a Django cursor; it reads the relation ``days``."""
    path = room_of(base) / "sql" / f"{connection.vendor}.sql"
    text = read_sections(path)[section_name(base, kind, believed=moment.believed)]
    return text.replace("%", "%%")


@cache
def read_sections(path: Path) -> dict[str, str]:
    """Name → query of a committed file."""
    _, *found = _NAME.split(path.read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in zip(found[::2], found[1::2], strict=True)}


def on_day(query: str, moment: Moment, year: Year) -> Query:
    """The section ``query`` as a relation for one day.

    One day at a time: where the relation ``days`` is a single row written in line, PostgreSQL
    plans for that very day; of several rows it knows nothing and may join all with all.
    """
    kinds = ["date", "date"] if moment.believed else ["date", "date", "bigint"]
    names = ["day", "year_from", "known"][: len(kinds)]
    marks = ", ".join(f"%s::{kind}" if is_postgres() else "%s" for kind in kinds)
    days = f"days({', '.join(names)}) AS NOT MATERIALIZED (VALUES ({marks}))"
    known = [] if moment.believed else [moment.known]
    params = [year.day.isoformat(), year.begins.isoformat(), *known]
    return f"(WITH {days}\nSELECT * FROM (\n{query}\n) AS s)", params


def fetch_whole(query: Query) -> list[tuple[Any, ...]]:
    """All rows of a query that reads its tables whole.

    Right after a great import PostgreSQL takes the tables for nearly empty until it has counted
    them, and would join all rows with all; for one pass over everything a hash is always right.
    """
    if not is_postgres():
        return fetch(*query)
    with transaction.atomic():
        run("SET LOCAL enable_nestloop = off; SET LOCAL jit = off")
        found = fetch(*query)
        run("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL jit TO DEFAULT")
    return found


def in_leaves(rows: Query, leaves: Leaves, moment: Moment) -> Query:
    """A FROM item: those of the relation ``rows AS r`` that stand at ``leaves``, with ``l.rank``."""
    relation, params = rows
    on = "l.leaf_id = r.leaf_id"
    if is_postgres():
        source = "unnest(%s::bigint[], %s::bigint[]) AS l(leaf_id, rank)"
        columns = [leaf for leaf, _ in leaves], [rank for _, rank in leaves]
        return f"{relation} AS r JOIN {source} ON {on}", [*params, *columns]
    cells = "json_extract(value, '$[0]') AS leaf_id, json_extract(value, '$[1]') AS rank"
    source = f"(SELECT {cells} FROM json_each(%s)) AS l"
    # SQLite keeps the order of a CROSS JOIN. What is believed now has an index by leaf, so that
    # a few leaves are found without reading all rows; past knowledge has none, and all rows must
    # not be read again for each leaf.
    if moment.believed:
        return f"{source} CROSS JOIN {relation} AS r ON {on}", [json.dumps(leaves), *params]
    return f"{relation} AS r CROSS JOIN {source} ON {on}", [*params, json.dumps(leaves)]
