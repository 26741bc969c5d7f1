"""Rows of a few containers read by index up to a limit, and those among them that fit."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from gongjian.history import sql
from gongjian.ledgers.questions import Condition

_UNBOUND: Final = {False: 0, True: 2**62}
"""The entry from which a container is read from its beginning, and backwards from its end."""


_Told = Iterator[tuple[int, int, Sequence[int] | None, Sequence[int] | None]]
"""For each container: rows read, the last entry of them, entries and versions that fit."""


class Stop(NamedTuple):
    """A container of rows and the leaf that it stands under."""

    leaf: int
    container: int


class Stops:
    """Containers one after the other, some of which may be put back."""

    def __init__(self, stops: Iterator[Stop]) -> None:
        self._rest = stops
        self._first: list[Stop] = []

    def take(self, count: int) -> list[Stop]:
        """The next ``count``."""
        taken = self._first[:count]
        self._first = self._first[count:]
        return taken + list(islice(self._rest, count - len(taken)))

    def put_back(self, stops: Sequence[Stop]) -> None:
        self._first = [*stops, *self._first]

    def next_is(self, leaf: int, container: int) -> bool:
        """Does this container come next?"""
        if not self._first:
            self._first = list(islice(self._rest, 1))
        return self._first[:1] == [Stop(leaf, container)]


class Sieve(NamedTuple):
    """What came of some containers, as far as they were read to their end.

    ``hits`` are (entry, version) by container. With ``cut`` the last of them was not read to its
    end but up to, and without, the entry ``reached``. ``read`` rows were looked at in all.
    """

    hits: list[list[tuple[int, int]]]
    cut: bool
    reached: int | None
    read: int


@dataclass(frozen=True, slots=True)
class Source:
    """What is read: ``rows`` (FROM … WHERE …) of versions ``v``, the column that names their
    container, and the condition ``held`` on a row that fits."""

    rows: str
    column: str
    held: Condition

    def sift(self, stops: Sequence[Stop], share: int, bound: int | None, *, back: bool) -> Sieve:
        """Read at most ``share`` rows of each container, by entry, of the first from ``bound``."""
        unbound = _UNBOUND[back]
        bounds = [unbound if bound is None else bound, *[unbound] * (len(stops) - 1)]
        containers = [stop.container for stop in stops]
        read, hits = 0, list[list[tuple[int, int]]]()
        told = self._postgres if sql.is_postgres() else self._sqlite
        for number, last, entries, vids in told(containers, bounds, share, back=back):
            read += number
            found = sorted(zip(entries or (), vids or (), strict=True), reverse=back)
            if number >= share:
                # The last entry may have further versions that were not read.
                hits.append([hit for hit in found if hit[0] != last])
                return Sieve(hits, cut=True, reached=last, read=read)
            hits.append(found)
        return Sieve(hits, cut=False, reached=None, read=read)

    def _postgres(self, ids: list[int], bounds: list[int], share: int, *, back: bool) -> _Told:
        one = self._one("l.id", "l.bound", back=back)
        query = (
            "SELECT r.* FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS l(id, bound, at)"
            f" CROSS JOIN LATERAL (SELECT COUNT(*), {'MIN' if back else 'MAX'}(s.entry_id),"
            " array_agg(s.entry_id) FILTER (WHERE s.hit), array_agg(s.vid) FILTER (WHERE s.hit)"
            f" FROM ({one}) AS s) AS r ORDER BY l.at"
        )
        yield from sql.fetch(query, [ids, bounds, *self.held[1], share])

    def _sqlite(self, ids: list[int], bounds: list[int], share: int, *, back: bool) -> _Told:
        one = self._one("json_extract(l.value, '$[0]')", "json_extract(l.value, '$[1]')", back=back)
        query = (
            f"SELECT (SELECT json_array(COUNT(*), {'MIN' if back else 'MAX'}(s.entry_id),"
            " json_group_array(s.entry_id) FILTER (WHERE s.hit),"
            f" json_group_array(s.vid) FILTER (WHERE s.hit)) FROM ({one}) AS s)"
            " FROM json_each(%s) AS l ORDER BY l.key"
        )
        pairs = json.dumps(list(zip(ids, bounds, strict=True)))
        for (text,) in sql.fetch(query, [*self.held[1], share, pairs]):
            yield tuple(json.loads(text))

    def _one(self, at: str, bound: str, *, back: bool) -> str:
        """The rows of one container from a bound on, each with whether it fits."""
        return (
            f"SELECT v.entry_id, v.vid, ({self.held[0]}) AS hit {self.rows}"
            f" AND {self.column} = {at} AND v.entry_id {'<=' if back else '>='} {bound}"
            f" ORDER BY v.entry_id {'DESC' if back else 'ASC'} LIMIT %s"
        )
