"""The chart as a table: heads, lines, cells that open their figure."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from django.urls import reverse
from markupsafe import Markup

from gongjian.areas.queries import tree_on
from gongjian.indicators.declare import Figure, Ratio
from gongjian.web.figures.places import Sight
from gongjian.web.matrix.forms import CHANGE, RANK, Question
from gongjian.web.matrix.presenters.drawing import Cell, Drawn
from gongjian.web.matrix.presenters.marks import Before, Rank, moved, ordered, ranks, said
from gongjian.web.matrix.queries import Chart, Kind, Line

OWN: Final = "本级"
_PLACE: Final = "PLACE"
"""Stands in an address where the code of a place will; no address of ours has it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The head of a column; ``mark`` says that its numbers do not add up, ``order`` is aria-sort."""

    code: str
    name: str
    unit: str
    mark: str
    order: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    style: str
    name: str
    address: str
    cells: Markup


STYLES: Final = {
    Kind.WHOLE: "whole",
    Kind.OWN: "rest",
    Kind.PLACE: "place",
    Kind.PLACE_OWN: "rest inner",
    Kind.INNER: "inner",
}
"""Kind → class of the line; that of own parts says that their numbers are no figures."""


def columns(question: Question) -> list[Column]:
    """The heads, each leading to the chart in the order of its column."""
    return [_column(figure, question) for figure in question.figures]


def _column(figure: Figure, question: Question) -> Column:
    falling = question.sort == f"-{figure.code}"
    rising = question.sort == figure.code
    order = "descending" if falling else "ascending" if rising else ""
    turned = figure.code if falling else f"-{figure.code}"
    return Column(
        code=figure.code,
        name=figure.name,
        unit=figure.unit or "%",
        mark="不相加" if isinstance(figure, Ratio) else "",
        order=order,
        address=reverse("matrix") + question.query(sort=turned),
    )


def in_order(question: Question, chart: Chart) -> list[Line]:
    """The lines of a day in the order asked for."""
    column = None
    if question.sort:
        column = question.codes.index(question.sort.removeprefix("-"))
    return ordered(chart.lines, column, falling=question.sort.startswith("-"))


def rows(question: Question, chart: Chart, before: Chart | None, sight: Sight) -> list[Row]:
    """The same as they stand on the page, held against the month before."""
    draw = _Drawing(question, chart, before, sight)
    return [draw.row(line) for line in in_order(question, chart)]


class _Drawing:
    def __init__(
        self, question: Question, chart: Chart, before: Chart | None, sight: Sight
    ) -> None:
        self._question, self._sight = question, sight
        self._before = Before(chart, before, question.months.earlier)
        self._ranks = self._find_ranks(chart) if question.colour == RANK else {}
        self._tree = tree_on(chart.day)
        paths = [reverse("figure", args=[code]) for code in question.codes]
        self._drawn = Drawn(question.codes, paths)
        # Of hundreds of lines only the place differs.
        self._here = question.asof.query(area=_PLACE)
        self._chart = reverse("matrix") + question.query(area=_PLACE, depth=None)
        self._figures = reverse("figures") + self._here

    def _find_ranks(self, chart: Chart) -> dict[int, list[Rank | None]]:
        found: dict[int, list[Rank | None]] = {}
        for kind in (Kind.PLACE, Kind.INNER):
            lines = [line for line in chart.lines if line.kind == kind]
            columns = [
                ranks([line.cells[at] for line in lines])
                for at in range(len(self._question.figures))
            ]
            found |= {
                line.node: list(told)
                for line, told in zip(lines, zip(*columns, strict=True), strict=True)
            }
        return found

    def row(self, line: Line) -> Row:
        # What was below on a past day may lie outside the scope of today.
        seen = self._sight.covers(line.node)
        code, own = quote_plus(line.code), line.kind.own
        return Row(
            style=STYLES[line.kind],
            name=OWN if own else line.name,
            address=self._address(line, code) if seen else "",
            cells=self._drawn.cells(
                self._cells(line), self._here.replace(_PLACE, code) if seen else "", own=own
            ),
        )

    def _address(self, line: Line, code: str) -> str:
        """The chart of the place; of one with nothing below it its figures."""
        if line.kind not in (Kind.PLACE, Kind.INNER):
            return ""
        address = self._chart if self._tree.children(line.node) else self._figures
        return address.replace(_PLACE, code)

    def _cells(self, line: Line) -> list[Cell]:
        figures = self._question.figures
        told = [said(figure, sums) for figure, sums in zip(figures, line.cells, strict=True)]
        if self._question.colour == CHANGE:
            return [self._changed(line, at, text) for at, text in enumerate(told)]
        places = None if line.kind.own else self._ranks.get(line.node)
        if places is None:
            return [Cell(text, "", "") for text in told]
        return [
            Cell(text, str(rank.place), f"s{rank.step}") if rank else Cell(text, "", "")
            for text, rank in zip(told, places, strict=True)
        ]

    def _changed(self, line: Line, at: int, text: str) -> Cell:
        figure = self._question.figures[at]
        change = self._before.change(figure, line, at)
        style = "up" if (change or 0) > 0 else "down" if (change or 0) < 0 else ""
        return Cell(text, moved(figure, change), style)
