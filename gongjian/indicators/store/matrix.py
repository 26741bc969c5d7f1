"""Figures of many nodes on many cut-off days, from the store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add, itemgetter
from typing import Any

from gongjian.history import state
from gongjian.history.sql import one_view
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Figure,
    Net,
    Ratio,
    Tree,
    parts_of,
)
from gongjian.indicators.query import divided
from gongjian.indicators.store import layout
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import ByLeaf

Value = dict[str, Any]
"""As in an answer of figures: ``value``, for a rate also ``numerator`` and ``denominator``."""


@dataclass(frozen=True)
class Matrix:
    """``values[day][node]`` holds a value for each of ``figures``, all as known at ``known``.

    Of ``kept_matrix`` a day that the store does not have is not among ``values``.
    """

    known: int
    figures: tuple[Figure, ...]
    values: Mapping[date, Mapping[int, list[Value]]]


def matrix(
    codes: Sequence[str],
    *,
    days: Sequence[date],
    nodes: Sequence[int],
    tree_of: date | None = None,
) -> Matrix:
    """The figures of ``codes`` for ``nodes`` on ``days``, years from 1 January, as believed now.

    Each day is added up along its own tree, or all along the tree of the day ``tree_of``: then
    years compare, whatever was merged between (可比口径). A day that was never asked for is worked
    out from the rows, which takes as long as its figures do, and kept from then on. Raise WrongUse
    for a code never heard of.
    """
    wanted = tuple(CATALOG.asked(codes))
    needed = _needed(wanted, days)
    while True:
        ensure(needed)
        found = _of_kept(wanted, days, nodes, tree_of)
        if len(found.values) == len(set(days)):
            return found


def kept_matrix(
    codes: Sequence[str],
    *,
    days: Sequence[date],
    nodes: Sequence[int],
    tree_of: date | None = None,
) -> Matrix:
    """The same of those days that the store has; for pages, which never count a day from rows."""
    return _of_kept(tuple(CATALOG.asked(codes)), days, nodes, tree_of)


def _needed(wanted: Iterable[Figure], days: Iterable[date]) -> set[date]:
    """The days whose sums are read: net figures take off what was before the year."""
    if any(isinstance(figure, Net) for figure in wanted):
        return set(layout.with_eves(days))
    return set(days)


def _of_kept(
    wanted: tuple[Figure, ...], days: Sequence[date], nodes: Sequence[int], tree_of: date | None
) -> Matrix:
    with one_view(), state.steady():
        held = {k.year.day: k for k in layout.kept_days()}
        there = [day for day in dict.fromkeys(days) if _needed(wanted, [day]) <= held.keys()]
        kept = [held[day] for day in sorted(_needed(wanted, there))]
        return _read(wanted, there, nodes, kept, tree_of)


def _read(
    wanted: tuple[Figure, ...],
    days: Sequence[date],
    nodes: Sequence[int],
    kept: list[layout.Kept],
    tree_of: date | None,
) -> Matrix:
    codes = sorted({code for figure in wanted for code in parts_of(figure)})
    nets = any(isinstance(figure, Net) for figure in wanted)
    sums = _Sums(codes, kept, tree_of)
    values = {}
    for day in days:
        tree = sums.tree(day)
        at_node = {}
        for node in nodes:
            now, before = sums.of(day, node), sums.nothing
            if nets and tree.exists(node):
                before = sums.of(layout.eve_of(day), node)
            at_node[node] = [_value(figure, sums.place, now, before) for figure in wanted]
        values[day] = at_node
    return Matrix(state.latest().change, wanted, values)


class _Sums:
    """Sums of some indicators at any node on the kept days."""

    def __init__(self, codes: Sequence[str], kept: list[layout.Kept], tree_of: date | None) -> None:
        self.place = {code: at for at, code in enumerate(codes)}
        self.nothing = [0] * len(codes)
        day_of = {k.id: k.year.day for k in kept}
        self._pick = _picking([layout.places()[code] for code in codes])
        self._leaves: dict[date, ByLeaf] = {day: {} for day in day_of.values()}
        for day_id, leaf, sums in layout.read_all(kept):
            self._leaves[day_of[day_id]][leaf] = sums
        self._trees: dict[date, Tree] = {}
        self._tree_of = tree_of

    def tree(self, day: date) -> Tree:
        """The tree by which the sums of the day are added up."""
        day = self._tree_of or day
        if day not in self._trees:
            self._trees[day] = DIMENSIONS[TERRITORY].tree_on(day, None)
        return self._trees[day]

    def of(self, day: date, node: int) -> list[int]:
        """The sums of the node, in the order of the codes."""
        leaves = self._leaves[day]
        total = self.nothing
        for leaf in self.tree(day).below(node) & leaves.keys():
            total = list(map(add, total, self._pick(leaves[leaf])))
        return total


def _picking(places: Sequence[int]) -> Callable[[list[int]], Sequence[int]]:
    if len(places) == 1:
        return lambda sums: [sums[places[0]]]
    return itemgetter(*places)


def _value(
    figure: Figure, place: Mapping[str, int], now: Sequence[int], before: Sequence[int]
) -> Value:
    parts = [now[place[code]] for code in parts_of(figure)]
    if isinstance(figure, Ratio):
        return divided((parts[0], parts[1]))
    if isinstance(figure, Net):
        return {"value": parts[0] - before[place[figure.of]]}
    return {"value": parts[0]}
