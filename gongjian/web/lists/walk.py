"""The rows of a list in their order, a page, a count or all of them, without an OFFSET.

Rows are ordered by leaf, by the container they are recorded under, and by entry. A page goes from
container to container by index and stops once it is full, so that it costs the same in a county
of a thousand rows and of a million. Past knowledge has no such index: it is read in one pass.
"""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.web.lists.ground import Ground, rank

_POSITION: Final = re.compile(r"([0-9]{1,15})\.([0-9]{1,15})\.([0-9]{1,15})", re.ASCII)
_FIRST_BATCH, _LARGEST_BATCH, _WHOLE_BATCH = 4, 1_024, 4_096

Condition = tuple[str, list[Any]]
"""A condition on a version ``v`` and its parameters."""


class Position(NamedTuple):
    """A row's place in the order of the list."""

    leaf: int
    container: int
    entry: int

    def __str__(self) -> str:
        return f"{self.leaf}.{self.container}.{self.entry}"

    @classmethod
    def read(cls, text: str) -> "Position":
        """The position an address names; Refused where it is none."""
        found = _POSITION.fullmatch(text)
        if found is None:
            raise Refused("地址里的页位置不对，请从第一页看起。")
        return cls(*map(int, found.groups()))


class Key(NamedTuple):
    """A row found: where it stands in the list, and its version."""

    position: Position
    vid: int


Stop = tuple[int, int]
"""(leaf, container)."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A way over the ground; ``where`` are further conditions on the rows."""

    ground: Ground
    where: Sequence[Condition] = field(default=())

    def page(
        self, size: int, *, after: Position | None = None, before: Position | None = None
    ) -> list[Key]:
        """At most ``size`` rows right after, or right before, a position; in the list's order."""
        back = before is not None
        start = before if back else after
        found: list[Key] = []
        for batch in self._batches(self._stops(start, back=back), start, _LARGEST_BATCH):
            found.extend(self._keys(batch, size - len(found), start, back=back))
            if len(found) >= size:
                break
        return found[::-1] if back else found

    def count(self, most: int) -> int:
        """How many rows there are, at most ``most``."""
        where, params = self._where()
        total = 0
        for batch in self._batches(self._stops(None), None, _WHOLE_BATCH, first=_WHOLE_BATCH):
            chosen = sql.as_list([container for _, container in batch])
            query = (
                f'SELECT COUNT(*) FROM (SELECT 1 FROM "{self._table}" v WHERE {where}'
                f" AND {sql.in_list(self._column)} LIMIT %s) AS c"
            )
            ((found,),) = sql.fetch(query, [*params, chosen, most - total])
            total += found
            if total >= most:
                break
        return total

    def entries(self) -> Iterator[int]:
        """The entries of all rows, in no order."""
        where, params = self._where()
        query = f'SELECT v.entry_id FROM "{self._table}" v WHERE {where} AND'
        for batch in self._batches(self._stops(None), None, _WHOLE_BATCH, first=_WHOLE_BATCH):
            containers = [container for _, container in batch]
            for (entry,) in sql.fetch_in(f"{query}", self._column, containers, *params):
                yield entry

    def covers(self, entries: Sequence[int]) -> frozenset[int]:
        """Those of ``entries`` that are rows of the list."""
        narrowed = Walk(ground=self.ground, where=[*self.where, _one_of(entries)])
        return frozenset(narrowed.entries())

    # ------------------------------------------------------------------ containers

    def _stops(self, start: Position | None, *, back: bool = False) -> Iterator[Stop]:
        """Containers from ``start`` on, backwards with ``back``."""
        leaves = self.ground.leaves
        if start is not None:
            at = rank(self.ground, start.leaf)
            leaves = leaves[: at + 1] if back else leaves[at:]
        for batch in _growing(iter(leaves[::-1] if back else leaves), 1, _LARGEST_BATCH):
            held = self.ground.stops(batch)
            for leaf in batch:
                for container in reversed(held[leaf]) if back else held[leaf]:
                    if start is None or leaf != start.leaf or not _passed(container, start, back):
                        yield leaf, container

    def _batches(
        self,
        stops: Iterator[Stop],
        start: Position | None,
        largest: int,
        first: int = _FIRST_BATCH,
    ) -> Iterator[list[Stop]]:
        if self.ground.moment.known is not None:
            everything = list(stops)
            if everything:
                yield everything
            return
        if start is not None:
            # The container that the last page ended in is asked alone: only there the entry matters.
            yield from ([stop] for stop in islice(stops, 1))
        yield from _growing(stops, first, largest)

    # ------------------------------------------------------------------ rows

    def _keys(
        self, batch: list[Stop], size: int, start: Position | None, *, back: bool
    ) -> list[Key]:
        """The first ``size`` rows of the containers of a batch."""
        bound = None
        if start is not None and batch[0] == (start.leaf, start.container):
            bound = start.entry
        if self.ground.moment.known is None:
            rows = self._by_index(batch, size, bound, back=back)
        else:
            rows = self._by_reading(batch, bound, back=back)
        rows.sort(key=lambda row: (row[0], -row[1] if back else row[1]))
        return [Key(Position(*batch[at], entry), vid) for at, entry, vid in rows[:size]]

    def _by_index(
        self, batch: list[Stop], size: int, bound: int | None, *, back: bool
    ) -> list[tuple[int, int, int]]:
        """(number of the container in the batch, entry, version), a page at most of each."""
        where, params = self._where()
        if bound is not None:
            where += f" AND v.entry_id {'<' if back else '>'} %s"
            params = [*params, bound]
        rows = (
            f'FROM "{self._table}" v WHERE {self._column} = l.id AND {where}'
            f" ORDER BY v.entry_id {'DESC' if back else 'ASC'} LIMIT %s"
        )
        chosen = sql.as_list([container for _, container in batch])
        if sql.is_postgres():
            query = (
                "SELECT l.at - 1, r.entry_id, r.vid"
                " FROM unnest(%s::bigint[]) WITH ORDINALITY AS l(id, at)"
                f" CROSS JOIN LATERAL (SELECT v.entry_id, v.vid {rows}) AS r"
            )
        else:
            query = (
                "SELECT l.at, r.entry_id, r.vid"
                " FROM (SELECT key AS at, value AS id FROM json_each(%s)) AS l"
                f' CROSS JOIN "{self._table}" r ON r.vid IN (SELECT v.vid {rows})'
            )
        return [(at, entry, vid) for at, entry, vid in sql.fetch(query, [chosen, *params, size])]

    def _by_reading(
        self, batch: list[Stop], bound: int | None, *, back: bool
    ) -> list[tuple[int, int, int]]:
        where, params = self._where()
        query = f'SELECT {self._column}, v.entry_id, v.vid FROM "{self._table}" v WHERE {where} AND'
        ats = {container: at for at, (_, container) in enumerate(batch)}
        found = sql.fetch_in(query, self._column, list(ats), *params)
        rows = [(ats[container], entry, vid) for container, entry, vid in found]
        if bound is None:
            return rows
        return [r for r in rows if r[0] or (r[1] < bound if back else r[1] > bound)]

    def _where(self) -> Condition:
        held, params = self.ground.moment.held()
        conditions = [held, *(text for text, _ in self.where)]
        return " AND ".join(conditions), [*params, *(p for _, more in self.where for p in more)]

    @property
    def _table(self) -> str:
        return self.ground.ledger.shape.table

    @property
    def _column(self) -> str:
        return f'v."{self.ground.column}"'


def _one_of(entries: Sequence[int]) -> Condition:
    return sql.in_list("v.entry_id"), [sql.as_list(list(entries))]


def _passed(container: int, start: Position, back: bool) -> bool:
    return container > start.container if back else container < start.container


def _growing(items: Iterator[Any], size: int, largest: int) -> Iterator[list[Any]]:
    """``items`` in batches, each twice as large as the one before."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch, size = [], min(size * 2, largest)
    if batch:
        yield batch
