"""Figures of a node of a tree, on a day, as known at a change."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Base,
    Dimension,
    Figure,
    Net,
    Ratio,
    Tree,
    parts_of,
)
from gongjian.indicators.sections import (
    Branch,
    LeafSums,
    Moment,
    Year,
    at_one_moment,
    leaf_sums,
)
from gongjian.indicators.together import together

Answer = dict[str, Any]
"""An answer as the command line gives it in JSON."""

Read = Callable[[Base, Year, Moment, Branch | None, frozenset[str]], LeafSums]
"""Where the sums of leaves come from: the database, by default."""


class Asked(NamedTuple):
    """Whose figures, of which day; the year begins on ``year_start`` ("MM-DD")."""

    day: date
    node: int
    year_start: str = "01-01"
    tree: str = TERRITORY


def figures(  # noqa: PLR0913 - the question as it is asked
    codes: Sequence[str],
    *,
    day: date,
    known_at: int | None,
    node: int,
    children: bool = False,
    year_start: str = "01-01",
    tree: str = TERRITORY,
) -> Answer:
    """The figures of ``codes`` (none: all of the catalogue) for ``node``, and for its children.

    ``known_at`` None or beyond the newest change is the newest; the answer names the change it
    stands on. A node that does not exist on the day answers zeros; a figure that has no meaning
    along ``tree`` has no value. Raise WrongUse for a code never heard of and a year start that
    is no day of the year.
    """
    wanted = CATALOG.asked(codes)
    asked = Asked(day, node, year_start, tree)
    return at_one_moment(known_at, lambda m: _answer(wanted, asked, m, children=children))


def _answer(wanted: list[Figure], asked: Asked, moment: Moment, *, children: bool) -> Answer:
    dimension = DIMENSIONS[asked.tree]
    sums = Sums(wanted, asked, moment)
    tree = sums.tree
    answer: Answer = {
        "at": asked.day.isoformat(),
        "known_at": moment.known,
        dimension.word: code_of(dimension, tree, asked.node),
        "tree": dimension.code,
        "figures": sums.figures(asked.node),
    }
    if children:
        answer["children"] = [
            {dimension.word: tree.code(x), "name": tree.name(x), "figures": sums.figures(x)}
            for x in tree.children(asked.node)
        ]
    return answer


def code_of(dimension: Dimension, tree: Tree, node: int) -> str:
    """The node's code on the day; one it was ever given, where the tree does not know the node."""
    try:
        return tree.code(node)
    except KeyError:
        return dimension.code_of(node)


def divided(code_parts: tuple[int, int]) -> dict[str, Any]:
    """The three numbers of a rate: ``value`` is None where the denominator is 0."""
    over, under = code_parts
    return {"value": over / under if under else None, "numerator": over, "denominator": under}


class Sums:
    """Sums of indicators at any node, each base read in one pass.

    Along a tree of leaves a base is read once for all nodes and rolled up; along a tree that
    narrows the ledgers, once for each node.
    """

    def __init__(
        self, wanted: list[Figure], asked: Asked, moment: Moment, read: Read = leaf_sums
    ) -> None:
        self._wanted = wanted
        self._moment = moment
        self._dimension = DIMENSIONS[asked.tree]
        self._year = Year.of(asked.day, asked.year_start)
        self._eve = self._year.eve(asked.year_start)
        self._tree_on = cache(lambda day: self._dimension.tree_on(day, moment.known_at))
        self._read = read
        # The day before the year began matters to net figures alone.
        self._codes = {
            self._year: frozenset(code for figure in wanted for code in parts_of(figure)),
            self._eve: frozenset(figure.of for figure in wanted if isinstance(figure, Net)),
        }

    def _told(self, base: Base, year: Year, branch: Branch | None) -> LeafSums:
        return self._read(base, year, self._moment, branch, self._codes[year])

    @property
    def tree(self) -> Tree:
        """The tree as it stood on the day."""
        return self._tree_on(self._year.day)

    def figures(self, node: int) -> list[dict[str, Any]]:
        """The figures asked for, at ``node``."""
        total = self._narrowed(node) if self._dimension.narrows else self._rolled_up(node)
        return [self._figure(figure, total) for figure in self._wanted]

    def _figure(self, figure: Figure, total: Callable[[str, Year], int]) -> dict[str, Any]:
        said: dict[str, Any] = {"code": figure.code, "name": figure.name, "unit": figure.unit}
        if not CATALOG.counts_along(figure, self._dimension.code):
            return said | dict.fromkeys(names_of_values(figure))
        if isinstance(figure, Ratio):
            over, under = (total(code, self._year) for code in parts_of(figure))
            return said | divided((over, under))
        (code,) = parts_of(figure)
        value = total(code, self._year)
        if isinstance(figure, Net):
            value -= total(code, self._eve)
        return said | {"value": value}

    def _below(self, node: int, year: Year) -> frozenset[int]:
        """What counts in the node on the day of ``year``; nothing unless it is there today."""
        return self._tree_on(year.day).below(node) if self.tree.exists(node) else frozenset()

    @cached_property
    def _whole(self) -> dict[tuple[Base, Year], LeafSums]:
        """The sums of all leaves, of each base once a day however many figures ask for it."""
        asked = dict.fromkeys(
            (CATALOG.indicator(code).base, year)
            for year, codes in self._codes.items()
            for code in sorted(codes)
            if self._dimension.code in CATALOG.indicator(code).base.trees
        )
        jobs = [partial(self._told, base, year, None) for base, year in asked]
        return dict(zip(asked, together(jobs), strict=True))

    def _rolled_up(self, node: int) -> Callable[[str, Year], int]:
        below = cache(lambda year: self._below(node, year))

        def total(code: str, year: Year) -> int:
            told = self._whole[CATALOG.indicator(code).base, year][code]
            return sum(told[leaf] for leaf in below(year) & told.keys())

        return total

    def _narrowed(self, node: int) -> Callable[[str, Year], int]:
        @cache
        def told(base: Base, year: Year) -> LeafSums:
            branch = self._below(node, year)
            if not branch:
                return {}
            return self._told(base, year, (self._dimension.code, branch))

        return lambda code, year: sum(
            told(CATALOG.indicator(code).base, year).get(code, {}).values()
        )


def names_of_values(figure: Figure) -> tuple[str, ...]:
    """What the numbers of a figure are called in an answer."""
    return ("value", "numerator", "denominator") if isinstance(figure, Ratio) else ("value",)
