"""Figures of many nodes on many cut-off days, from the store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add
from typing import Any

from gongjian.history import state
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

FEW = 200
"""Up to so many leaves are looked up one by one."""

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


def read_for(codes: Sequence[str], days: Iterable[date]) -> tuple[int, ...]:
    """The kept days, by number, that ``kept_matrix`` reads for these.

    Days come into the store, and go, without a change of the record: its answer follows from the
    state of the record and from these.
    """
    needed = _needed(CATALOG.asked(codes), days)
    return tuple(kept.id for kept in state.once(layout.kept_days) if kept.year.day in needed)


def _needed(wanted: Iterable[Figure], days: Iterable[date]) -> set[date]:
    """The days whose sums are read: net figures take off what was before the year."""
    if any(isinstance(figure, Net) for figure in wanted):
        return set(layout.with_eves(days))
    return set(days)


def _of_kept(
    wanted: tuple[Figure, ...], days: Sequence[date], nodes: Sequence[int], tree_of: date | None
) -> Matrix:
    with state.one_moment():
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
    sums = _Sums(codes, kept, tree_of, nodes)
    told = [_telling(figure, sums.place) for figure in wanted]
    values = {}
    for day in days:
        tree, eve = sums.tree(day), layout.eve_of(day)
        at_node = {}
        for node in nodes:
            now, before = sums.of(day, node), sums.nothing
            if nets and tree.exists(node):
                before = sums.of(eve, node)
            at_node[node] = [tell(now, before) for tell in told]
        values[day] = at_node
    return Matrix(state.latest().change, wanted, values)


class _Sums:
    """Sums of some indicators at any node on the kept days."""

    def __init__(
        self,
        codes: Sequence[str],
        kept: list[layout.Kept],
        tree_of: date | None,
        nodes: Sequence[int],
    ) -> None:
        self.place = {code: at for at, code in enumerate(codes)}
        self.nothing = [0] * len(codes)
        self._trees: dict[date, Tree] = {}
        self._tree_of = tree_of
        day_of = {k.id: k.year.day for k in kept}
        self._leaves: dict[date, ByLeaf] = {day: {} for day in day_of.values()}
        few = self._few(day_of.values(), nodes)
        for day_id, leaf, sums in layout.read_all(kept, few, wanted=codes):
            self._leaves[day_of[day_id]][leaf] = sums
        self._own: dict[date, dict[int | None, list[int]]] = {}
        self._found: dict[tuple[date, int], list[int]] = {}

    def _few(self, days: Iterable[date], nodes: Sequence[int]) -> list[int] | None:
        """The leaves that count in the nodes, where they are few; None: read all."""
        found: set[int] = set()
        if len(nodes) <= FEW:
            found.update(*(self.tree(day).below(node) for day in days for node in nodes))
        return sorted(found) if 0 < len(found) <= FEW else None

    def tree(self, day: date) -> Tree:
        """The tree by which the sums of the day are added up."""
        day = self._tree_of or day
        if day not in self._trees:
            self._trees[day] = DIMENSIONS[TERRITORY].tree_on(day, None)
        return self._trees[day]

    def of(self, day: date, node: int) -> list[int]:
        """The sums of the node, in the order of the codes."""
        if not self.tree(day).exists(node):
            return self.nothing
        if (day, node) not in self._found:
            # From the leaves up: each is added once, however many nodes above it are asked for.
            total = self._standing(day).get(node, self.nothing)
            for child in self.tree(day).children(node):
                total = list(map(add, total, self.of(day, child)))
            self._found[day, node] = total
        return self._found[day, node]

    def _standing(self, day: date) -> dict[int | None, list[int]]:
        """Place → the sums of the leaves that count right there."""
        if day not in self._own:
            tree, own = self.tree(day), dict[int | None, list[int]]()
            for leaf, sums in self._leaves[day].items():
                place = tree.place(leaf)
                there = own.get(place)
                own[place] = sums if there is None else list(map(add, there, sums))
            self._own[day] = own
        return self._own[day]


_Told = Callable[[list[int], list[int]], Value]


def _telling(figure: Figure, place: Mapping[str, int]) -> _Told:
    """What says the figure from the sums of the day and of the day before its year."""
    at, *under = (place[code] for code in parts_of(figure))
    if isinstance(figure, Ratio):
        (by,) = under
        return lambda now, before: divided((now[at], now[by]))  # noqa: ARG005 - a rate is of a day
    if isinstance(figure, Net):
        return lambda now, before: {"value": now[at] - before[at]}
    return lambda now, before: {"value": now[at]}  # noqa: ARG005 - likewise
