"""What every page of figures says: numbers that are links, the place, the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from gongjian.areas.queries import Tree
from gongjian.core.days import year_start
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Figure,
    Net,
    Ratio,
)
from gongjian.indicators.query import code_of
from gongjian.web.figures.forms import Question
from gongjian.web.figures.places import Sight
from gongjian.web.figures.queries import Answer, Value
from gongjian.web.navigation import address_of
from gongjian.web.places import SIDES, Step
from gongjian.web.text import ABSENT, number, percent, signed

_CHOICES: Final = 60
"""Places offered at once; a branch may have hundreds right below."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; ``address`` is empty for words that do not."""

    text: str
    address: str = ""


def told(figure: Figure, value: Value) -> str:
    """The figure as people read it: a rate cut off to whole per cent, a net one with its sign."""
    if value.value is None:
        return ABSENT
    if isinstance(figure, Ratio):
        return percent(value.value)
    return signed(value.value) if isinstance(figure, Net) else number(value.value)


def whole_number(value: float | None) -> int:
    """A count; nothing counts as none."""
    return 0 if value is None else int(value)


def silence(figure: Figure, value: Value, tree: str) -> str:
    """Why there is no number; empty where there is one."""
    if value.value is not None:
        return ""
    if not CATALOG.counts_along(figure, tree):
        return f"“{figure.name}”要数没有建会的单位，它们不隶属任何工会，所以只能按属地统计。"
    return "分母是 0，算不出比率。"


def catalogue_address(question: Question) -> str:
    """The catalogue, of the same place and moment."""
    return reverse("figures") + question.query()


def figure_address(code: str, question: Question, **more: object) -> str:
    """The page of a figure, of the same place and moment."""
    return reverse("figure", args=[code]) + question.query(**more)


def rows_address(code: str, question: Question, **more: object) -> str:
    """The rows behind a figure, of the same place and moment."""
    return reverse("figure-rows", args=[code]) + question.query(**more)


def matrix_address(question: Question, codes: Sequence[str]) -> str:
    """The figures of all places on all months side by side; empty where there is no such page.

    Only along territory, and of what is believed now, is there a store to read it from.
    """
    address = address_of("matrix")
    if address is None or question.tree != TERRITORY or question.known_at is not None:
        return ""
    return address + question.query(codes=",".join(codes))


def given(question: Question) -> dict[str, str]:
    """What a form must carry, beside the moment, to ask the same."""
    return {name: value for name, value in question.parameters().items() if value}


def node_code(tree_code: str, tree: Tree, node: int) -> str:
    """The code of an area or union, also where the page's knowledge does not have it yet."""
    return code_of(DIMENSIONS[tree_code], tree, node)


def node_name(tree_code: str, tree: Tree, node: int) -> str:
    """The name on the day, else the code."""
    return tree.name(node) if node in tree.leaves() else node_code(tree_code, tree, node)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to look at the same."""

    text: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose figures the page shows, how to get elsewhere, and of which moment they are.

    ``way`` leads from the top of the scope to here, ``here`` is the page itself, ``tops`` are the other tops of the scope,
    ``below`` the places right below that are in sight; ``more`` says that not all are offered.
    """

    name: str
    code: str
    here: str
    way: list[Step]
    tops: list[Link]
    below: list[Link]
    more: bool
    trees: list[Step]
    day: str
    known: str
    year: str
    remark: str


class Addresses:
    """Addresses of one page (by its name and arguments) for other places at the same moment."""

    def __init__(self, question: Question, tree: Tree, name: str, *args: str) -> None:
        self._question, self._tree = question, tree
        self._path = reverse(name, args=args)

    def of(self, node: int) -> str:
        """Of another node of the tree."""
        code = node_code(self._question.tree, self._tree, node)
        return self._path + self._question.asof.query(**self._question.about(node, code))

    def along(self, tree: str) -> str:
        """The page along another tree, of the top of the scope."""
        year = self._question.parameters()["year_start"]
        return self._path + self._question.asof.query(tree=tree, year_start=year)


def place_of(question: Question, answer: Answer, sight: Sight, name: str, *args: str) -> Place:
    """The place of the page ``name``."""
    tree, node = answer.tree, question.node
    to = Addresses(question, tree, name, *args)
    above = sight.way(node)
    steps = [Step(node_name(question.tree, tree, x), to.of(x)) for x in above]
    tops = [] if above else [top for top in sight.tops() if top != node]
    below = [child for child in tree.children(node) if sight.covers(child)]

    def links(nodes: list[int]) -> list[Link]:
        return [Link(node_name(question.tree, tree, x), to.of(x)) for x in nodes[:_CHOICES]]

    only = "此刻所知" if question.known_at is None else "只算到这一次变更"
    return Place(
        name=node_name(question.tree, tree, node),
        code=node_code(question.tree, tree, node),
        here=to.of(node),
        way=[*steps, Step(node_name(question.tree, tree, node))],
        tops=links(tops),
        below=links(below),
        more=max(len(tops), len(below)) > _CHOICES,
        trees=[
            Step(word, "" if x == question.tree else to.along(x), image)
            for x, (word, image) in SIDES.items()
        ],
        day=question.day.isoformat(),
        known=f"变更 {answer.known}（{only}）",
        year=year_start(question.day, question.year_start).isoformat(),
        remark="" if tree.exists(node) else _not_there(question, tree),
    )


def _not_there(question: Question, tree: Tree) -> str:
    name = node_name(question.tree, tree, question.node)
    what = "区划" if question.tree == TERRITORY else "工会"
    return (
        f"{question.day} 这一天没有“{name}”这个{what}，所以各数都是 0；"
        "请换一个日期，或到上一级看它的数归到了哪里。"
    )
