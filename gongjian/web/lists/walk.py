"""The rows of a list in their order, a page, a count or all of them, without an OFFSET.

Rows are ordered by leaf, by the container they are recorded under, and by entry. A page goes from
container to container by index and stops once it is full, so that it costs the same in a county
of a thousand rows and of a million. Where few rows fit, it stops after a bounded effort and says
how far it came. What was known once is what is believed still and what was taken back since.
"""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.ledgers.questions import Condition
from gongjian.web.lists.ground import Ground
from gongjian.web.lists.sieve import Source, Stop, Stops

EFFORT: Final = 10_000
"""Rows that a page looks at before it says how far it came."""

FURTHER: Final = 250_000
"""Rows that are looked at for somebody who asked to go on."""

COUNTED: Final = 50_000
"""Rows that a count looks at."""

SINCE: Final = 20_000
"""Rows taken back since the knowledge of a list, up to which all of them are looked at."""

ANYWHERE: Final = 4_096
"""Containers up to which those of more rows taken back are looked for."""

SOUGHT: Final = 4_000
"""Rows up to which those that fit are taken from an index of their own and put in order."""

_TOO_MANY: Final = (
    "第 {} 号变更以后又改动了太多行，不能按当时所知列出这么大的范围；"
    "请先选一个区县或乡镇，或回到此刻所知。"
)
_POSITION: Final = re.compile(r"([0-9]{1,15})\.([0-9]{1,15})\.([0-9]{1,15})", re.ASCII)
_BEHIND_ALL: Final = 10**15 - 1
_FIRST_STOPS, _MOST_STOPS, _COUNT_STOPS, _ALL_STOPS = 8, 256, 512, 4_096
_LEAST_OF_ONE, _MOST_ROWS, _MOST_OF_ONE = 50, 1_000, 16_000
_PROBE: Final = 2_000


class TooMuch(Refused):
    """A list that would read too much of a past knowledge."""


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


class Keys(NamedTuple):
    """Rows in the order of the list; ``stopped`` is where the effort ended before they were
    enough, None where it did not."""

    rows: list[Key]
    stopped: Position | None = None


class Count(NamedTuple):
    """How many rows were found; ``whole`` where all were looked at."""

    rows: int
    whole: bool


class Seek(NamedTuple):
    """A condition that an index over what is believed leads to."""

    where: Condition


class Among(NamedTuple):
    """A condition that a column names one of few entries."""

    column: str
    entries: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A way over the ground; ``where`` are further conditions on the rows.

    ``hints`` say of some of them how the rows that fit are come by quickly.
    """

    ground: Ground
    where: Sequence[Condition] = field(default=())
    hints: Sequence[Seek | Among] = field(default=())

    def page(
        self,
        size: int,
        *,
        after: Position | None = None,
        before: Position | None = None,
        effort: int = EFFORT,
    ) -> Keys:
        """At most ``size`` rows right after, or right before, a position; in the list's order."""
        back = before is not None
        start = before if back else after
        if start is not None:
            self.ground.rank(start.leaf)
        if self.ground.moment.known is not None:
            return self._known(size, start, effort, back=back)
        probe = effort if self._seek is None else min(effort, _PROBE)
        found = self._sifted(size, start, probe, back=back)
        if found.stopped is None or self._seek is None:
            return found
        sought = self._sought()
        if sought is not None:
            return Keys(self._side_of(self._in_order(sought), size, start, back=back))
        return self._sifted(size, start, effort, back=back)

    def count(self, most: int, effort: int = COUNTED) -> Count:
        """How many rows there are, at most ``most``."""
        sought = self._sought()
        if sought is not None:
            return Count(min(len(self._in_order(sought)), most), whole=True)
        held, params = self._held()
        read, total = 0, len(self._gone())
        for batch in self._batches(_COUNT_STOPS):
            query = (
                "SELECT COUNT(*), COALESCE(SUM(c.hit), 0) FROM"
                f" (SELECT CASE WHEN {held} THEN 1 ELSE 0 END AS hit {self._rows}"
                f" AND {sql.in_list(self._column)} LIMIT %s) AS c"
            )
            limit = max(effort - read, 0)
            ((more, hits),) = sql.fetch(query, [*params, sql.as_list(batch), limit])
            read, total = read + more, total + hits
            if total >= most or read >= effort:
                return Count(min(total, most), whole=total >= most)
        return Count(total, whole=True)

    def entries(self) -> Iterator[int]:
        """The entries of all rows, in no order."""
        where, params = self._where()
        query = f'SELECT v.entry_id FROM "{self._table}" v WHERE {where} AND'
        for batch in self._batches(_ALL_STOPS):
            for (entry,) in sql.fetch_in(query, self._column, batch, *params):
                yield entry

    def covers(self, entries: Sequence[int]) -> frozenset[int]:
        """Those of ``entries`` that are rows of the list."""
        one_of = sql.in_list("v.entry_id"), [sql.as_list(list(entries))]
        narrowed = Walk(ground=self.ground, where=[*self.where, one_of], hints=self.hints)
        return frozenset(narrowed.entries())

    # ------------------------------------------------------------------ containers

    def _stops(self, start: Position | None, *, back: bool = False) -> Iterator[Stop]:
        """Containers from ``start`` on, backwards with ``back``."""
        leaves, held = self.ground.leaves, dict[int, Sequence[int]]()
        if (only := self._only()) is not None:
            for container, leaf in sorted(self.ground.layout.leaves_of(only).items()):
                held[leaf] = [*held.get(leaf, ()), container]
            leaves = tuple(sorted(held.keys() & self.ground.ranks, key=self.ground.rank))
        if start is not None:
            rank, ranks = self.ground.rank(start.leaf), self.ground.ranks
            leaves = tuple(x for x in leaves if (ranks[x] <= rank if back else ranks[x] >= rank))
        for batch in _growing(leaves[::-1] if back else leaves):
            stops = held or self.ground.layout.stops(batch)
            for leaf in batch:
                for container in reversed(stops[leaf]) if back else stops[leaf]:
                    if start is None or leaf != start.leaf or not _passed(container, start, back):
                        yield Stop(leaf, container)

    def _only(self) -> frozenset[int] | None:
        """The containers that alone can hold what is asked for; None for all."""
        at = self.ground.column
        named = [h.entries for h in self.hints if isinstance(h, Among) and h.column == at]
        return frozenset.intersection(*named) if named else None

    def _batches(self, size: int) -> Iterator[list[int]]:
        return sql.chunks((stop.container for stop in self._stops(None)), size)

    # ------------------------------------------------------------------ rows

    def _sifted(self, size: int, start: Position | None, effort: int, *, back: bool) -> Keys:
        """A page by going from container to container."""
        stops, found = Stops(self._stops(start, back=back)), list[Key]()
        bound = None if start is None else start.entry + (-1 if back else 1)
        if start is None or not stops.next_is(start.leaf, start.container):
            bound = None
        source = Source(self._rows, self._column, self._held())
        count, share = _FIRST_STOPS, max(2 * size, _LEAST_OF_ONE)
        while len(found) < size and (batch := stops.take(count)):
            if effort <= 0:
                return Keys(_turned(found, back), _before(batch[0], bound, back=back))
            sieve = source.sift(batch, share, bound, back=back)
            for stop, hits in zip(batch, sieve.hits, strict=False):
                found += [Key(Position(*stop, entry), vid) for entry, vid in hits]
            stops.put_back(batch[len(sieve.hits) - sieve.cut :])
            effort, bound = effort - sieve.read, sieve.reached
            if sieve.cut:
                count, share = 1, min(share * 4, _MOST_OF_ONE)
            else:
                count, share = min(count * 2, _MOST_STOPS), min(share * 2, _MOST_ROWS)
        return Keys(_turned(found[:size], back))

    def _known(self, size: int, start: Position | None, effort: int, *, back: bool) -> Keys:
        """A page of what was known: rows believed until now, and those taken back since."""
        gone = self._gone()
        found = self._sifted(size, start, effort, back=back)
        gone = self._side_of(gone, len(gone), start, back=back)
        if found.stopped is not None:
            end = self._order(found.stopped)
            gone = [k for k in gone if (self._order(k.position) < end) != back]
        rows = sorted([*found.rows, *gone], key=lambda key: self._order(key.position))
        stopped = None if len(rows) >= size else found.stopped
        return Keys(rows[-size:] if back else rows[:size], stopped)

    def _gone(self) -> list[Key]:
        """Rows that were known and have been taken back since, in order.

        An index leads to them by when they were taken back, and to no container of theirs. TooMuch
        where they are very many and may stand anywhere.
        """
        known = self.ground.moment.known
        if known is None:
            return []
        held, params = self._held()
        query = (
            f"SELECT {self._column}, v.entry_id, v.vid, CASE WHEN {held} THEN 1 ELSE 0 END"
            f' FROM "{self._table}" v WHERE v.removed_in > %s'
        )
        rows = sql.fetch(f"{query} LIMIT {SINCE + 1}", [*params, known])
        if len(rows) > SINCE:
            there = [stop.container for stop in islice(self._stops(None), ANYWHERE + 1)]
            if len(there) > ANYWHERE:
                raise TooMuch(_TOO_MANY.format(known))
            rows = sql.fetch_in(
                f"{query} AND {held} AND", self._column, there, *params, known, *params
            )
        return self._in_order([(at, entry, vid) for at, entry, vid, hit in rows if hit])

    def _sought(self) -> list[tuple[int, int, int]] | None:
        """(container, entry, version) of all rows, where an index leads to few; else None."""
        if self._seek is None or self.ground.moment.known is not None:
            return None
        held, params = self._held()
        where, sought = self._seek.where
        query = (
            f"SELECT {self._column}, v.entry_id, v.vid, CASE WHEN {held} THEN 1 ELSE 0 END"
            f" {self._rows} AND {where} LIMIT {SOUGHT + 1}"
        )
        rows = sql.fetch(query, [*params, *sought])
        if len(rows) > SOUGHT:
            return None
        return [(container, entry, vid) for container, entry, vid, hit in rows if hit]

    def _in_order(self, rows: Sequence[tuple[int, int, int]]) -> list[Key]:
        """Those of ``rows`` that stand on the ground, in the order of the list."""
        leaves = self.ground.layout.leaves_of({container for container, _, _ in rows})
        keys = [
            Key(Position(leaf, container, entry), vid)
            for container, entry, vid in rows
            if (leaf := leaves.get(container)) in self.ground.ranks and leaf is not None
        ]
        return sorted(keys, key=lambda key: self._order(key.position))

    def _order(self, position: Position) -> tuple[int, int, int]:
        return self.ground.ranks[position.leaf], position.container, position.entry

    def _side_of(
        self, keys: list[Key], size: int, start: Position | None, *, back: bool
    ) -> list[Key]:
        """Of all rows in their order the ``size`` right after, or right before, a position."""
        if start is None:
            return keys[:size]
        order = self._order(start)
        if back:
            return [key for key in keys if self._order(key.position) < order][-size:]
        return [key for key in keys if self._order(key.position) > order][:size]

    # ------------------------------------------------------------------ conditions

    @property
    def _rows(self) -> str:
        return f'FROM "{self._table}" v WHERE v.removed_in IS NULL'

    @property
    def _seek(self) -> Seek | None:
        return next((hint for hint in self.hints if isinstance(hint, Seek)), None)

    def _held(self) -> Condition:
        """What is asked of a row that is believed now, or was taken back later."""
        known = self.ground.moment.known
        told = [] if known is None else [("v.added_in <= %s", [known])]
        return _all([self.ground.moment.holding(), *told, *self.where])

    def _where(self) -> Condition:
        return _all([self.ground.moment.held(), *self.where])

    @property
    def _table(self) -> str:
        return self.ground.ledger.shape.table

    @property
    def _column(self) -> str:
        return f'v."{self.ground.column}"'


def _all(conditions: Sequence[Condition]) -> Condition:
    texts, params = zip(*conditions, strict=True)
    return " AND ".join(f"({text})" for text in texts), [p for some in params for p in some]


def _before(stop: Stop, bound: int | None, *, back: bool) -> Position:
    """The position from behind which a stop is read from ``bound`` on."""
    if back:
        return Position(*stop, _BEHIND_ALL if bound is None else bound + 1)
    return Position(*stop, 0 if bound is None else bound - 1)


def _turned(keys: list[Key], back: bool) -> list[Key]:
    return keys[::-1] if back else keys


def _passed(container: int, start: Position, back: bool) -> bool:
    return container > start.container if back else container < start.container


def _growing(items: Sequence[int], largest: int = 1_024) -> Iterator[Sequence[int]]:
    """``items`` in batches, each twice as large as the one before."""
    at, size = 0, 1
    while at < len(items):
        yield items[at : at + size]
        at, size = at + size, min(size * 2, largest)
