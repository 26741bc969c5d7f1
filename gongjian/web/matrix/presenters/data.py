"""All months at once, small: what the script draws the other months from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongjian.areas.queries import Tree, tree_on
from gongjian.indicators.declare import Figure, Net, Ratio
from gongjian.web.figures.places import Sight
from gongjian.web.matrix.forms import Question
from gongjian.web.matrix.months import title
from gongjian.web.matrix.queries import Chart, Charts, Kind, Line
from gongjian.web.moment import AsOf

OPEN, PARTED = 1, 2
"""Flags of a place: it lies in the scope; there are places below it."""


def data(question: Question, found: Charts, sight: Sight) -> dict[str, Any]:
    """The months, the day before the first one ahead of them.

    ``places`` are [code, name, flags, number], each once. Of a day ``lines`` are pairs of kind and place,
    one after the other, ``cells`` the numbers of all lines without gaps; a rate has two.
    """
    places = _Places(sight)
    days = [_day(question, day, found.get(day), places) for day in question.months.all_days]
    return {
        "figures": [[figure.code, _kind(figure)] for figure in question.figures],
        "places": places.listed(),
        "days": days,
    }


def _kind(figure: Figure) -> str:
    return "rate" if isinstance(figure, Ratio) else "net" if isinstance(figure, Net) else "count"


class _Places:
    """Places as they are called on some day, each kept once."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._at: dict[tuple[str, str, int, int], int] = {}

    def of(self, line: Line, tree: Tree) -> int:
        flags = OPEN if self._sight.covers(line.node) else 0
        if line.kind in (Kind.PLACE, Kind.INNER) and tree.children(line.node):
            flags |= PARTED
        return self._at.setdefault((line.code, line.name, flags, line.node), len(self._at))

    def listed(self) -> Sequence[tuple[str, str, int, int]]:
        return list(self._at)


def _day(question: Question, day: date, chart: Chart | None, places: _Places) -> dict[str, Any]:
    moment = AsOf(day=day, known_at=question.asof.known_at)
    told: dict[str, Any] = {
        "day": day.isoformat(),
        "title": title(day),
        "query": moment.query().removeprefix("?"),
    }
    if chart is None:
        return told
    tree = tree_on(day)
    return told | {
        "known": chart.known,
        "there": chart.there,
        "lines": [n for line in chart.lines for n in (int(line.kind), places.of(line, tree))],
        "cells": [n for line in chart.lines for sums in line.cells for n in sums],
    }
