"""Everything around the table: the place, the months, what the tree did, figures to choose from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from gongjian.areas.queries import Tree
from gongjian.indicators.declare import CATALOG, Figure
from gongjian.web.figures.places import Sight
from gongjian.web.matrix.forms import CHANGE, NONE, RANK, Question
from gongjian.web.matrix.months import mark, title
from gongjian.web.matrix.moves import Move
from gongjian.web.places import Step

MOST_MOVES: Final = 12
"""Changes of the tree that are named one by one."""

_MOST_TOPS: Final = 60

COLOURS: Final = {RANK: "按位次", CHANGE: "比上月", NONE: "不上色"}
DEPTHS: Final = {1: "下一级", 2: "下两级"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several ways to look at the same; ``value`` is what the address says of it."""

    text: str
    value: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose chart it is, the way to it, and other tops of the scope."""

    name: str
    code: str
    way: list[Step]
    tops: list[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A month below the slider."""

    day: str
    title: str
    mark: str
    address: str
    here: bool
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """All months, and the steps to both sides: (day, address), no step on from the last."""

    ticks: list[Tick]
    at: int
    earlier: tuple[str, str]
    later: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change of the tree; ``now`` where it happened in the month shown."""

    day: str
    seen: str
    said: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a figure of the chart means."""

    code: str
    name: str
    text: str
    address: str


def address(question: Question, **other: str | None) -> str:
    """The chart, with something else asked for."""
    return reverse("matrix") + question.query(**other)


def place(question: Question, sight: Sight) -> Place:
    """The place with the way to it from the top of the scope."""
    tree, node = sight.tree, question.node

    def step(area: int) -> Step:
        return Step(tree.name(area), address(question, area=tree.code(area)))

    above = sight.way(node)
    tops = [] if above else [top for top in sight.tops() if top != node]
    return Place(
        name=_name(tree, question),
        code=question.code,
        way=[*map(step, above), Step(_name(tree, question))],
        tops=[step(top) for top in tops[:_MOST_TOPS]],
    )


def _name(tree: Tree, question: Question) -> str:
    return tree.name(question.node) if question.node in tree.leaves() else question.code


def ticks(question: Question, kept: Collection[date]) -> Ticks:
    """The months to move through."""
    months = question.months

    def to(day: date) -> str:
        return reverse("matrix") + question.query(day)

    return Ticks(
        ticks=[
            Tick(
                day=day.isoformat(),
                title=title(day),
                mark=mark(day),
                address=to(day),
                here=day == months.at,
                kept=day in kept,
            )
            for day in months.days
        ],
        at=months.place,
        earlier=(months.earlier.isoformat(), to(months.earlier)),
        later=(months.later.isoformat(), to(months.later)) if months.later else None,
    )


def told(question: Question, moves: Sequence[Move]) -> list[Told]:
    """What the tree did within the months."""
    at = question.months.at
    return [
        Told(
            day=move.day.isoformat(),
            seen=move.seen.isoformat(),
            said=move.said,
            now=move.seen == at,
        )
        for move in moves
    ]


def colours(question: Question) -> list[Choice]:
    """By what the cells are coloured."""
    return [
        Choice(
            text=text,
            value=value,
            address=address(question, colour=None if value == RANK else value),
            here=value == question.colour,
        )
        for value, text in COLOURS.items()
    ]


def depths(question: Question, tree: Tree) -> list[Choice]:
    """How far down; nothing to choose where no place has places."""
    if not any(tree.children(child) for child in tree.children(question.node)):
        return []
    return [
        Choice(
            text=text,
            value=str(depth),
            address=address(question, depth=str(depth) if depth > 1 else None),
            here=depth == question.depth,
        )
        for depth, text in DEPTHS.items()
    ]


def groups(question: Question) -> dict[str, list[tuple[Figure, bool]]]:
    """All figures under their headings, and which of them are shown."""
    shown = set(question.codes)
    return {
        heading: [(figure, figure.code in shown) for figure in figures]
        for heading, figures in CATALOG.grouped().items()
    }


def meanings(question: Question) -> list[Meaning]:
    """What the columns mean, for the foot of the sheet."""
    return [
        Meaning(
            code=figure.code,
            name=figure.name,
            text=figure.definition + (f"；不计{figure.excludes}" if figure.excludes else ""),
            address=reverse("figure", args=[figure.code]) + question.asof.query(area=question.code),
        )
        for figure in question.figures
    ]
