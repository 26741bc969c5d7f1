"""One base counted again for the entities that later changes touched."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType

from gongjian.history import sql
from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG, DIMENSIONS, TERRITORY, Base, Link
from gongjian.indicators.sections import ENTITIES, Moment, Year, on_day, reads, section
from gongjian.indicators.standing import standing
from gongjian.indicators.store.moved import around
from gongjian.indicators.store.scratch import Scratch

Entity = tuple[str, int]
"""Ledger and number of an entry."""

Told = dict[tuple[Year, str], int]
"""What an entity adds to an indicator on a day."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A node, the day before its year and its day, and the two states of knowledge."""

    node: int
    years: tuple[Year, Year]
    since: int
    now: int
    _below: dict[int, dict[str, frozenset[int]]] = field(default_factory=dict, repr=False)
    _written: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict, repr=False)

    def below(self, known: int) -> dict[str, frozenset[int]]:
        """Day → the leaves that count in the node, as known at a change."""
        if known not in self._below:
            self._below[known] = self._find_below(known)
        return self._below[known]

    def _find_below(self, known: int) -> dict[str, frozenset[int]]:
        tree_on = DIMENSIONS[TERRITORY].tree_on
        there = tree_on(self.years[-1].day, known).exists(self.node)
        return {
            year.day.isoformat(): tree_on(year.day, known).below(self.node)
            if there
            else frozenset()
            for year in self.years
        }

    def written(self, ledger: str, column: str) -> list[tuple[int, int]]:
        """(entity, change) of every version that later changes added or took back.

        Every base that reads the ledger asks; it is read once.
        """
        if (ledger, column) not in self._written:
            self._written[ledger, column] = list(self._find_written(ledger, column))
        return self._written[ledger, column]

    def _find_written(self, ledger: str, column: str) -> Iterator[tuple[int, int]]:
        table = SHAPES[ledger].table
        for when in ("added_in", "removed_in"):
            query = (
                f'SELECT DISTINCT "{column}", {when} FROM "{table}"'
                f' WHERE {when} > %s AND "{column}" IS NOT NULL'
            )
            yield from sql.fetch(query, [self.since])


class Recount:
    """Whom the changes after ``span.since`` touched, and what these count for."""

    def __init__(self, base: Base, span: Span) -> None:
        self._base = base
        self._span = span
        self._codes = [indicator.code for indicator in CATALOG.indicators_on(base)]
        self._open = ExitStack()
        self.among: Collection[int] = ()
        """Whom to count: all that were touched in any base of the same ledger, for a rate wants
        both its numbers of an entity that moved in one of them."""
        self._scratches: dict[frozenset[Entity] | None, Scratch] = {}
        self._told: dict[int, dict[Entity, Told]] = {}

    def __enter__(self) -> "Recount":
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def ledger(self) -> str:
        """Whose entries the entities are."""
        return self._base.ledger

    def changes(self, entity: Entity) -> frozenset[int]:
        """The changes after the first that may have moved the entity."""
        ledger, entry = entity
        found = self.touched.get(entry, frozenset()) if ledger == self.ledger else frozenset()
        # Where the tree moved, it may have moved any of them.
        return found | self._tree_changes if found else found

    def told(self, known: int, among: frozenset[Entity] | None = None) -> dict[Entity, Told]:
        """What each touched entity, or those ``among`` them, counts for in the node at a change."""
        if among is not None:
            return self._count(known, among)
        if known not in self._told:  # every figure of the base asks
            self._told[known] = self._count(known, None)
        return self._told[known]

    def _count(self, known: int, among: frozenset[Entity] | None) -> dict[Entity, Told]:
        below = self._span.below(known)
        years = {year.day.isoformat(): year for year in self._span.years}
        told: dict[int, Told] = defaultdict(dict)
        for day, entity, leaf, values in self._scratch(among).rows(self._span.years, known):
            if leaf in below[day]:
                for code, value in zip(self._codes, values, strict=True):
                    if value is not None:
                        told[entity][years[day], code] = value
        return {(self.ledger, entity): said for entity, said in told.items()}

    def called(
        self, entities: Iterable[Entity], codes: Collection[str], known: int
    ) -> dict[Entity, tuple[str, str]]:
        """Key and name of entities on the last day they count in one of ``codes``, as known."""
        ids = [entry for ledger, entry in entities if ledger == self.ledger]
        moment = Moment(known, believed=False)
        text = section(self._base, "rows", moment, ENTITIES)
        found: dict[Entity, tuple[str, str]] = {}
        own = [code for code in codes if code in self._codes]
        counts = " OR ".join(f'r."{code}" IS NOT NULL' for code in own)
        below = self._span.below(known)
        for year in self._span.years if ids and own else ():  # the later has the last word
            relation, params = on_day(text, moment, year, ids)
            tree = DIMENSIONS[TERRITORY].tree_on(year.day, known)
            query = (
                f"SELECT r.entity_id, r.leaf_id, r.key, r.name FROM {relation} AS r WHERE {counts}"
            )
            for entry, leaf, key, name in sql.fetch(query, params):
                if leaf not in below[year.day.isoformat()]:
                    continue
                place = tree.place(leaf)
                shown = self._base.label.shown(key) if key is not None else ""
                found[self.ledger, entry] = (
                    shown or f"{name}@{tree.code(leaf if place is None else place)}",
                    name,
                )
        return found

    def _scratch(self, among: frozenset[Entity] | None) -> Scratch:
        if among not in self._scratches:
            entities = self.among
            if among is not None:
                entities = [x for ledger, x in among if ledger == self.ledger]
            scratch = Scratch(self._base, entities, self._span.since + 1)
            self._scratches[among] = self._open.enter_context(scratch)
        return self._scratches[among]

    # ------------------------------------------------------------------ whom changes touched

    @cached_property
    def touched(self) -> dict[int, frozenset[int]]:
        """Entity → the later changes that touched it."""
        found: dict[int, set[int]] = defaultdict(set)
        for ledger in reads(self._base):
            if ledger in self._base.entities:
                for entity, number in self._span.written(ledger, self._base.entities[ledger]):
                    found[entity].add(number)
            if ledger in self._base.through:
                self._linked(found, ledger, self._base.through[ledger])
        for entity in self._resettled():
            found[entity] |= self._tree_changes
        return {entity: frozenset(numbers) for entity, numbers in found.items()}

    def _linked(self, found: dict[int, set[int]], ledger: str, link: Link) -> None:
        """Entities that rows known since tie to entries of another ledger that were touched."""
        touched: dict[int, set[int]] = defaultdict(set)
        for entry, number in self._span.written(ledger, "entry_id"):
            touched[entry].add(number)
        table = SHAPES[link.ledger].table
        query = f'SELECT DISTINCT "{link.by}", "{link.entity}" FROM "{table}" WHERE'
        for entry, entity in around(self._span.since + 1, query, f'"{link.by}"', sorted(touched)):
            found[entity] |= touched[entry]

    def _resettled(self) -> Iterable[int]:
        """Entities that stand at leaves which now lie in the node and did not, or the reverse."""
        if not self._tree_changes:
            return ()
        before, after = self._span.below(self._span.since), self._span.below(self._span.now)
        leaves = {leaf for day in before for leaf in before[day] ^ after[day]}
        if not leaves:
            return ()
        found = standing(self._base, sorted(leaves), sys.maxsize)
        # Where no way leads from a leaf to the entities, it may be any of them.
        return self._everybody() if found is None else found

    def _everybody(self) -> list[int]:
        table = SHAPES[self.ledger].entry_table
        return [entry for (entry,) in sql.fetch(f'SELECT id FROM "{table}"')]

    @cached_property
    def _tree_changes(self) -> frozenset[int]:
        ledger = DIMENSIONS[TERRITORY].ledger
        if not ledger:
            return frozenset()
        return frozenset(number for _, number in self._span.written(ledger, "entry_id"))
