"""Why a figure of a day is another than it was known to be: the rows that came and went since.

Only entities that later changes touched are counted again, as known then and as known now, in a
scratch database that holds nothing else; so the answer takes as long as the later changes are
large, not as the city is. What a figure is now is what it was, and these rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from gongjian.history import state
from gongjian.indicators.declare import CATALOG, Base, Figure, Net, Ratio, parts_of
from gongjian.indicators.query import divided
from gongjian.indicators.recounting import Entity, Recount, Span
from gongjian.indicators.rows import bases_of
from gongjian.indicators.sections import Year

Row = dict[str, Any]

Numbers = tuple[int | None, ...]
"""What one entry adds to each sum a figure is made of; None where it is not among the rows."""

_NOTHING: Final[Numbers] = (None, None)


class Difference(NamedTuple):
    """One figure that is now another: ``came`` and ``went`` are its rows.

    A row has ``key``, ``name``, its ``value`` (of a rate ``numerator`` and ``denominator``) and
    the latest ``change`` that moved it. One that now counts for more or less both went and came.
    ``then`` and ``now`` are values, of a rate None where nothing is divided by.
    """

    figure: Figure
    then: int | float | None
    now: int | float | None
    came: list[Row]
    went: list[Row]


def differences(
    then: Mapping[str, Sequence[int]],
    *,
    day: date,
    since: int,
    node: int,
    year_start: str = "01-01",
) -> list[Difference]:
    """The figures of the area ``node`` that are now others than they were at change ``since``.

    ``then`` gives by code the number that the figure was at that change, of a rate its numerator
    and its denominator. In the catalogue's order; none where there was no later change.
    """
    now = state.latest().change
    if now <= since:
        return []
    year = Year.of(day, year_start)
    span = Span(node=node, years=(year.eve(year_start), year), since=since, now=now)
    with ExitStack() as open_:
        figures = CATALOG.asked(list(then))
        bases = dict.fromkeys(base for figure in figures for base in bases_of(figure))
        recounts = {base: open_.enter_context(Recount(base, span)) for base in bases}
        touched: dict[str, set[int]] = defaultdict(set)
        for recount in recounts.values():
            touched[recount.ledger] |= recount.touched.keys()
        for recount in recounts.values():
            recount.among = touched[recount.ledger]
        moves = (_Moves(figure, span, recounts) for figure in figures)
        told = [_difference(one, then[one.figure.code]) for one in moves]
    return [one for one in told if one is not None]


def _difference(moves: "_Moves", then: Sequence[int]) -> Difference | None:
    by = moves.by
    was = _value(moves.figure, then)
    became = _value(moves.figure, [number + more for number, more in zip(then, by, strict=True)])
    if was == became:
        return None
    return Difference(moves.figure, was, became, moves.came(), moves.went())


def _value(figure: Figure, parts: Sequence[int]) -> int | float | None:
    if isinstance(figure, Ratio):
        over, under = parts
        value: int | float | None = divided((over, under))["value"]
        return value
    return parts[0]


class _Moves:
    """The entries that count otherwise in one figure than they did."""

    def __init__(self, figure: Figure, span: Span, recounts: Mapping[Base, Recount]) -> None:
        self.figure = figure
        self._span = span
        self._recounts = [recounts[base] for base in bases_of(figure)]
        self._parts = parts_of(figure)

    @cached_property
    def _moved(self) -> dict[Entity, tuple[Numbers, Numbers]]:
        before, after = self._numbers(self._span.since), self._numbers(self._span.now)
        pairs = {
            entity: (before.get(entity, _NOTHING), after.get(entity, _NOTHING))
            for entity in before.keys() | after.keys()
        }
        return {entity: (was, became) for entity, (was, became) in pairs.items() if was != became}

    @property
    def by(self) -> list[int]:
        """By how much each sum the figure is made of has moved."""
        return [
            sum((became[at] or 0) - (was[at] or 0) for was, became in self._moved.values())
            for at in range(len(self._parts))
        ]

    def came(self) -> list[Row]:
        """Rows of now."""
        after = {entity: became for entity, (_, became) in self._moved.items()}
        return self._rows(after, self._span.now)

    def went(self) -> list[Row]:
        """Rows of then."""
        before = {entity: was for entity, (was, _) in self._moved.items()}
        return self._rows(before, self._span.since)

    def _rows(self, numbers: Mapping[Entity, Numbers], known: int) -> list[Row]:
        there = {entity: said for entity, said in numbers.items() if said != _NOTHING}
        called: dict[Entity, tuple[str, str]] = {}
        for recount in self._recounts:
            called |= recount.called(there, self._parts, known)
        rows = [
            (*called[entity], entity, {**self._said(said), "change": self._changes[entity]})
            for entity, said in there.items()
        ]
        return [{"key": k, "name": n, **said} for k, n, _, said in sorted(rows, key=_by_key)]

    def _said(self, numbers: Numbers) -> Row:
        names = ("numerator", "denominator") if isinstance(self.figure, Ratio) else ("value",)
        return {name: value or 0 for name, value in zip(names, numbers, strict=False)}

    # ------------------------------------------------------------------ what each counts for

    def _numbers(self, known: int, among: frozenset[Entity] | None = None) -> dict[Entity, Numbers]:
        told: dict[Entity, dict[tuple[Year, str], int]] = defaultdict(dict)
        for recount in self._recounts:
            for entity, said in recount.told(known, among).items():
                told[entity] |= said
        found = ((entity, self._of(said)) for entity, said in told.items())
        return {entity: numbers for entity, numbers in found if numbers != _NOTHING}

    def _of(self, said: Mapping[tuple[Year, str], int]) -> Numbers:
        eve, year = self._span.years
        if isinstance(self.figure, Net):
            (code,) = self._parts
            net = said.get((year, code), 0) - said.get((eve, code), 0)
            return (net, None) if net else _NOTHING
        if isinstance(self.figure, Ratio):
            over, under = (said.get((year, code)) for code in self._parts)
            return _NOTHING if over is None and under is None else (over or 0, under or 0)
        (code,) = self._parts
        return said.get((year, code)), None

    # ------------------------------------------------------------------ by which change

    @cached_property
    def _changes(self) -> dict[Entity, int]:
        """The latest change that moved each."""
        touched = {entity: self._touched(entity) for entity in self._moved}
        found = {entity: changes[-1] for entity, changes in touched.items()}
        doubtful = {entity: changes for entity, changes in touched.items() if len(changes) > 1}
        return found | dict(self._latest(doubtful))

    def _touched(self, entity: Entity) -> list[int]:
        """Changes that touched it since, the latest last."""
        return sorted({n for recount in self._recounts for n in recount.changes(entity)})

    def _latest(self, touched: Mapping[Entity, Sequence[int]]) -> Iterable[tuple[Entity, int]]:
        """Of entries that several changes touched, the one after which it counts as it does now."""
        among = frozenset(touched)
        at = {
            number: self._numbers(number, among)
            for number in sorted({number for changes in touched.values() for number in changes})
        }
        for entity, changes in touched.items():
            after = self._moved[entity][1]
            earlier = (n for n in reversed(changes[:-1]) if at[n].get(entity, _NOTHING) != after)
            before = next(earlier, None)
            yield entity, changes[0] if before is None else changes[changes.index(before) + 1]


def _by_key(row: tuple[str, str, Entity, Row]) -> tuple[str, Entity]:
    key, _, entity, _ = row
    return key, entity


__all__ = ["Difference", "differences"]
