"""What a number is said as, where it stands among its equals, how it moved: as the script does, too.

`static/web/js/matrix.js` draws the same for other months; a test in Chromium holds the two
against each other.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from gongjian.indicators.declare import Figure, Net, Ratio
from gongjian.web.matrix.queries import Cells, Chart, Kind, Line, Sums
from gongjian.web.text import ABSENT, number, percent, signed

STEPS: Final = 5
"""Shades of a column: the first fifth of the places is the darkest."""


class Rank(NamedTuple):
    """``place`` from 1, equal values share one; ``step`` from 1, the shade."""

    place: int
    step: int


def weight(sums: Sums) -> float | None:
    """What a cell is put in order by; None for a rate of nothing."""
    if len(sums) == 1:
        return sums[0]
    over, under = sums
    return over / under if under > 0 <= over else None


def said(figure: Figure, sums: Sums) -> str:
    """The number: a rate cut off to whole per cent, a net one with its sign."""
    if isinstance(figure, Ratio):
        return percent(weight(sums))
    (value,) = sums
    if isinstance(figure, Net):
        return signed(value)
    return number(value)


def ranks(column: Sequence[Sums]) -> list[Rank | None]:
    """Where each stands from the greatest down; none of a column in which all are the same."""
    weights = [weight(sums) for sums in column]
    told = sorted((w for w in weights if w is not None), reverse=True)
    if not told or told[0] == told[-1]:
        return [None] * len(weights)
    last = {w: at for at, w in enumerate(told)}
    first = {w: at for at, w in reversed(list(enumerate(told)))}
    # Those that are alike are shaded by the middle of the places that they share.
    found = {
        w: Rank(first[w] + 1, (first[w] + last[w]) * STEPS // (2 * len(told)) + 1) for w in last
    }
    return [None if w is None else found[w] for w in weights]


class Before:
    """The month before, in which the same lines are looked up."""

    def __init__(self, now: Chart, before: Chart | None, earlier: date) -> None:
        self._same_year = now.day.year == earlier.year
        self._own: dict[int, Cells] = {}
        self._cells: dict[int, Cells] = {}
        for line in before.lines if before else ():
            (self._own if line.kind.own else self._cells)[line.node] = line.cells

    def change(self, figure: Figure, line: Line, column: int) -> int | None:
        """By how much a cell grew, a rate in tenths of a point; None where nothing compares."""
        then = self._cells.get(line.node)
        if then is None or (isinstance(figure, Net) and not self._same_year):
            return None  # a net figure begins anew with the year
        now, was = line.cells[column], then[column]
        if line.kind.own:
            own = self._own.get(line.node)
            was = own[column] if own else (0,) * len(now)
        if isinstance(figure, Ratio):
            tenths, before = _tenths(now), _tenths(was)
            return None if tenths is None or before is None else tenths - before
        return now[0] - was[0]


def _tenths(sums: Sums) -> int | None:
    over, under = sums
    return over * 1000 // under if under > 0 <= over else None


def moved(figure: Figure, change: int | None) -> str:
    """▲12, ▼3, 0; of a rate in points: ▲1.2."""
    if change is None:
        return ABSENT
    if not change:
        return "0"
    size = f"{abs(change) / 10:.1f}" if isinstance(figure, Ratio) else number(abs(change))
    return ("▲" if change > 0 else "▼") + size


def ordered(lines: Sequence[Line], column: int | None, *, falling: bool) -> list[Line]:
    """The lines with places, and places in places, in the order of a column; rates of nothing last.

    What a node has of its own stays right below it.
    """
    groups: list[list[Line]] = []
    head: list[Line] = []
    for line in lines:
        if line.kind == Kind.PLACE:
            groups.append([line])
        else:
            (groups[-1] if groups else head).append(line)
    if column is None:
        return list(lines)
    groups = [_within(group, column, falling=falling) for group in groups]
    groups.sort(key=lambda group: _key(group[0], column, falling=falling))
    return [*head, *(line for group in groups for line in group)]


def _within(group: list[Line], column: int, *, falling: bool) -> list[Line]:
    fixed = [line for line in group if line.kind != Kind.INNER]
    inner = [line for line in group if line.kind == Kind.INNER]
    return [*fixed, *sorted(inner, key=lambda line: _key(line, column, falling=falling))]


def _key(line: Line, column: int, *, falling: bool) -> tuple[bool, float]:
    found = weight(line.cells[column])
    if found is None:
        return True, 0
    return False, -found if falling else found
