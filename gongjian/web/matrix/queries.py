"""The sums of places on the days of the months, as the store has them, and how they hang together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from operator import sub
from typing import Final, NamedTuple

from gongjian.areas.queries import Tree, tree_on
from gongjian.history.state import keep_answers, latest, one_moment
from gongjian.indicators.declare import CATALOG, Net
from gongjian.indicators.store.layout import kept_days, with_eves
from gongjian.indicators.store.matrix import Value, kept_matrix, read_for

_CHARTS_KEPT: Final = 24
"""Answers kept at hand; a chart of 170 places and 12 figures takes some 200 kB."""

_YEARS_KEPT: Final = 4

Sums = tuple[int, ...]
"""What a cell is: (value,), of a rate (numerator, denominator)."""

Cells = tuple[Sums, ...]
"""The cells of a line in the order of the figures."""


class Kind(IntEnum):
    """What a line of the chart is."""

    WHOLE = 0
    OWN = 1
    """What is recorded at the whole itself and in none of its places."""
    PLACE = 2
    PLACE_OWN = 3
    """The same of a place whose own places are shown."""
    INNER = 4
    """A place below a place."""

    @property
    def own(self) -> bool:
        """Is it what a node has beyond its places?"""
        return self in (Kind.OWN, Kind.PLACE_OWN)


class Line(NamedTuple):
    """One line: of whom, and the sums; of an own part ``node`` is the one it is the part of."""

    kind: Kind
    node: int
    code: str
    name: str
    cells: Cells


class Chart(NamedTuple):
    """The lines of a day in the order of the tree, as known at the change ``known``.

    ``there`` is whether the whole existed on the day.
    """

    day: date
    known: int
    there: bool
    lines: tuple[Line, ...]


class Asked(NamedTuple):
    """Whose chart of which figures; with ``depth`` 2 the places of the places are shown as well."""

    node: int
    codes: tuple[str, ...]
    depth: int


Charts = Mapping[date, Chart]
"""Day → its chart; a day that the store has not is left out."""


def charts(asked: Asked, days: Sequence[date]) -> Charts:
    """The charts of a day or two, as believed now."""
    return _few((read_for(asked.codes, days), latest()), asked, tuple(days))


def year(asked: Asked, days: Sequence[date]) -> Charts:
    """The charts of all months, as believed now."""
    return _many((read_for(asked.codes, days), latest()), asked, tuple(days))


def kept(codes: Sequence[str], days: Sequence[date]) -> frozenset[date]:
    """Those of the days whose figures the store has."""
    held = {kept.year.day for kept in kept_days()}
    return frozenset(day for day in days if _needed(codes, [day]) <= held)


def _needed(codes: Sequence[str], days: Sequence[date]) -> set[date]:
    nets = any(isinstance(figure, Net) for figure in CATALOG.asked(codes))
    return set(with_eves(days) if nets else days)


def _read(asked: Asked, days: tuple[date, ...]) -> Charts:
    with one_moment():
        trees = {day: tree_on(day) for day in days}
        nodes = {asked.node}
        for tree in trees.values():
            nodes.update(node for _, node in _places(asked, tree))
        found = kept_matrix(asked.codes, days=days, nodes=sorted(nodes))
    return {
        day: Chart(
            day,
            found.known,
            trees[day].exists(asked.node),
            tuple(_lines(asked, trees[day], _cells(values))),
        )
        for day, values in found.values.items()
    }


_few = keep_answers(_CHARTS_KEPT)(_read)
_many = keep_answers(_YEARS_KEPT)(_read)


def _cells(values: Mapping[int, Sequence[Value]]) -> dict[int, Cells]:
    return {node: tuple(map(_sums, said)) for node, said in values.items()}


def _sums(value: Value) -> Sums:
    if "denominator" in value:
        return value["numerator"], value["denominator"]
    return (value["value"],)


def _places(asked: Asked, tree: Tree) -> Iterator[tuple[Kind, int]]:
    for place in tree.children(asked.node):
        yield Kind.PLACE, place
        if asked.depth > 1:
            yield from ((Kind.INNER, inner) for inner in tree.children(place))


def _lines(asked: Asked, tree: Tree, cells: Mapping[int, Cells]) -> Iterator[Line]:
    whole = asked.node
    yield _line(Kind.WHOLE, whole, tree, cells[whole])
    yield from _own(Kind.OWN, whole, tree, cells)
    for kind, node in _places(asked, tree):
        yield _line(kind, node, tree, cells[node])
        if kind == Kind.PLACE and asked.depth > 1:
            yield from _own(Kind.PLACE_OWN, node, tree, cells)


def _line(kind: Kind, node: int, tree: Tree, cells: Cells) -> Line:
    known = node in tree.leaves()
    return Line(
        kind, node, tree.code(node) if known else "", tree.name(node) if known else "", cells
    )


def _own(kind: Kind, node: int, tree: Tree, cells: Mapping[int, Cells]) -> Iterator[Line]:
    """What the node has beyond its places, where that is anything in any column."""
    places = tree.children(node)
    if not places:
        return
    columns = zip(*(cells[place] for place in places), strict=True)
    beyond = tuple(
        tuple(map(sub, whole, map(sum, zip(*column, strict=True))))
        for whole, column in zip(cells[node], columns, strict=True)
    )
    if any(map(any, beyond)):
        yield _line(kind, node, tree, beyond)
