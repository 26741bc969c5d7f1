"""A scratch database in memory in which some entities of a base are counted.

It holds what was known of these entities just before and just after a change, and nothing else;
the committed definitions count it as they count the city. So few rows need no planner that knows
a city's tables, and no second formula.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from types import TracebackType
from typing import Any, Final

from django.db.models import DateField

from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.sections import (
    DAY_COLUMNS,
    LASTING,
    Year,
    read_sections,
    reads,
    room_of,
    section_name,
)
from gongjian.indicators.store.moved import around, secret_columns

_FRAME: Final = ("entry_id", "valid_from", "valid_to", "added_in", "removed_in")


class Scratch:
    """What is known of some entities of ``base`` around change ``number``."""

    def __init__(self, base: Base, entities: Collection[int], number: int) -> None:
        self._base = base
        self._number = number
        self._database = sqlite3.connect(":memory:")
        self._told: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
        self._columns = reads(base)
        for ledger, column in base.entities.items():
            self._load(ledger, column, entities)
        for ledger, link in base.through.items():
            tied, rows = self._told[link.ledger]
            at = tied.index(link.by)
            self._load(ledger, "entry_id", {row[at] for row in rows})

    def __enter__(self) -> "Scratch":
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._database.close()

    def _load(self, ledger: str, column: str, values: Collection[int]) -> None:
        shape = SHAPES[ledger]
        secret = secret_columns(ledger)
        fields = shape.version_model._meta.concrete_fields
        days = {f.column for f in fields if isinstance(f, DateField)}
        wanted = self._columns[ledger] - {LASTING}
        names = [*_FRAME, *sorted(wanted - secret - set(_FRAME))]
        read = ", ".join(_as_text(name) if name in days else _quoted(name) for name in names)
        query = f"SELECT {read} FROM {_quoted(shape.table)} WHERE"
        rows = list(around(self._number, query, _quoted(column), list(values)))
        self._told[ledger] = names, rows
        table, hidden = _quoted(shape.table), sorted(wanted & secret)
        self._database.execute(f"CREATE TABLE {table} ({_listed([*names, *hidden])})")
        marks = ", ".join("?" * len(names))
        self._database.executemany(f"INSERT INTO {table} ({_listed(names)}) VALUES ({marks})", rows)
        for name in names:
            if name.endswith("_id"):
                index = _quoted(f"{shape.table}_{name}")
                self._database.execute(f"CREATE INDEX {index} ON {table} ({_quoted(name)})")

    def sums(
        self, years: Sequence[Year], known: int
    ) -> Iterator[tuple[str, int, tuple[int | None, ...]]]:
        """(day, leaf, sums in the order of the base's indicators) as known at change ``known``."""
        for day, leaf, *values in self._ask("sums", ("day", "leaf_id"), years, known):
            yield day, leaf, tuple(values)

    def rows(
        self, years: Sequence[Year], known: int
    ) -> Iterator[tuple[str, int, int, tuple[int | None, ...]]]:
        """(day, entity, leaf, what it adds to each indicator) as known at change ``known``."""
        columns = ("day", "entity_id", "leaf_id")
        for day, entity, leaf, *values in self._ask("rows", columns, years, known):
            yield day, entity, leaf, tuple(values)

    def _ask(
        self, kind: str, columns: Sequence[str], years: Sequence[Year], known: int
    ) -> Iterator[tuple[Any, ...]]:
        names = _listed([*columns, *(i.code for i in CATALOG.indicators_on(self._base))])
        path = room_of(self._base) / "sql" / "sqlite.sql"
        text = read_sections(path)[section_name(self._base, kind, believed=False)]
        of_days = [*DAY_COLUMNS, "known"]
        row = f"({', '.join('?' * len(of_days))})"
        days = f"days({', '.join(of_days)}) AS (VALUES {', '.join([row] * len(years))})"
        query = f"WITH {days} SELECT {names} FROM (\n{text}\n)"
        params = [value for year in years for value in (*year.as_columns(), known)]
        yield from self._database.execute(query, params)


def _as_text(name: str) -> str:
    """A day as text, which SQLite compares."""
    return f"CAST({_quoted(name)} AS text)"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))
