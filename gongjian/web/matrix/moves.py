"""What changed in the tree between the days of the months, so that columns compare honestly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from django.db.models import Q

from gongjian.areas.models import AreaVersion
from gongjian.areas.queries import Tree, tree_on
from gongjian.history.state import keep_answers, touching
from gongjian.web.matrix.queries import Asked

_KEPT: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What happened to an area on ``day``, first seen on the cut-off day ``seen``."""

    day: date
    seen: date
    said: str


def moves(asked: Asked, days: Sequence[date]) -> tuple[Move, ...]:
    """What changed from each of the days to the next in which areas count in which lines."""
    return _moves(touching("areas"), asked.node, asked.depth, tuple(days))


@keep_answers(_KEPT)
def _moves(node: int, depth: int, days: tuple[date, ...]) -> tuple[Move, ...]:
    sides = [_Side(tree_on(day), node, depth) for day in days]
    told = [
        (area, before.tree.day, after.tree.day, said)
        for before, after in pairwise(sides)
        for area, said in _Between(node, before, after).told()
    ]
    exact = _days_of({area for area, *_ in told})
    found = [
        Move(day=exact.between(area, since, seen), seen=seen, said=said)
        for area, since, seen, said in told
    ]
    return tuple(sorted(found, key=lambda move: (move.day, move.said)))


class _Side:
    """The tree of one day; in which line an area counts is found where somebody asks."""

    def __init__(self, tree: Tree, node: int, depth: int) -> None:
        self.tree = tree
        self._node, self._depth = node, depth
        self.told = {
            area: (tree.exists(area), tree.parent(area), tree.name(area)) for area in tree.leaves()
        }

    def row(self, area: int) -> int | None:
        """The line in which an area counts; None outside of the whole."""
        place = self.tree.place(area)
        if place is None:
            return None
        way = (place, *self.tree.ancestors(place))
        return way[max(way.index(self._node) - self._depth, 0)] if self._node in way else None


class _Between:
    """Two days, one after the other."""

    def __init__(self, node: int, before: _Side, after: _Side) -> None:
        self._node, self._sides = node, (before, after)
        self._before, self._after = before.tree, after.tree

    def told(self) -> Iterator[tuple[int, str]]:
        """(area, what happened to it)."""
        before, after = self._sides
        for area in sorted(area for area, said in after.told.items() if before.told[area] != said):
            was, is_ = before.row(area), after.row(area)
            if said := self._said(area, was, is_):
                yield area, said

    def _said(self, area: int, was: int | None, is_: int | None) -> str:
        if was is None and is_ is None:
            return ""
        if not self._before.exists(area):
            # Until then its entries counted in the area above it.
            shown = is_ == area and area != self._node
            return f"新设{self._after.name(area)}" if shown else ""
        if not self._after.exists(area):
            return "" if was == is_ else self._ended(area)
        same = self._before.parent(area) == self._after.parent(area)
        if same or (was == is_ and is_ != area):
            return self._renamed(area) if is_ == area else ""
        return self._moved(area, was, is_)

    def _ended(self, area: int) -> str:
        name, heir = self._before.name(area), self._after.place(area)
        return f"{name}停用" + ("" if heir is None else f"，并入{self._after.name(heir)}")

    def _moved(self, area: int, was: int | None, is_: int | None) -> str:
        left, reached = self._before.parent(area), self._after.parent(area)
        if left is not None and self._after.place(left) == reached:
            return ""  # it went along with the area above it, of which this is told
        name = self._after.name(area)
        if is_ is None:
            return f"{name}划出" + ("" if reached is None else f"，到{self._after.name(reached)}")
        if was is None:
            return f"{name}划入" + ("" if left is None else f"，原属{self._before.name(left)}")
        return f"{name}由{_name(self._before, left)}划到{_name(self._after, reached)}"

    def _renamed(self, area: int) -> str:
        was, is_ = self._before.name(area), self._after.name(area)
        return "" if was == is_ else f"{was}更名为{is_}"


def _name(tree: Tree, area: int | None) -> str:
    return "最上一级" if area is None else tree.name(area)


class _Days:
    """The days on which what is believed of areas changes."""

    def __init__(self, days: dict[int, set[date]]) -> None:
        self._days = days

    def between(self, area: int, since: date, until: date) -> date:
        """The last such day after ``since`` and not after ``until``; ``until`` without one."""
        found = [day for day in self._days.get(area, ()) if since < day <= until]
        return max(found, default=until)


def _days_of(areas: set[int]) -> _Days:
    days: dict[int, set[date]] = {}
    if areas:
        believed = AreaVersion.objects.filter(Q(removed_in=None), entry_id__in=areas)
        for area, begins, ends in believed.values_list("entry_id", "valid_from", "valid_to"):
            days.setdefault(area, set()).update(filter(None, (begins, ends)))
    return _Days(days)
