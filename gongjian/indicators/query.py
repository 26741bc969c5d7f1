"""Figures of a node of a tree, on a day, as known at a change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    Base,
    Dimension,
    Figure,
    Net,
    Ratio,
    Tree,
    parts_of,
)
from gongjian.indicators.sections import (
    Moment,
    Year,
    at_one_moment,
    fetch_whole,
    on_day,
    section,
)

Answer = dict[str, Any]
"""An answer as the command line gives it in JSON."""

TERRITORY = "territory"


class Asked(NamedTuple):
    """Whose figures, of which day; the year begins on ``year_start`` ("MM-DD")."""

    day: date
    node: int
    year_start: str = "01-01"


def figures(
    codes: Sequence[str],
    *,
    day: date,
    known_at: int | None,
    node: int,
    children: bool = False,
    year_start: str = "01-01",
) -> Answer:
    """The figures of ``codes`` (none: all of the catalogue) for ``node``, and for its children.

    ``known_at`` None or beyond the newest change is the newest; the answer names the change it
    stands on. A node that does not exist on the day answers zeros. Raise WrongUse for a code
    never heard of and a year start that is no day of the year.
    """
    wanted = CATALOG.asked(codes)
    asked = Asked(day, node, year_start)
    return at_one_moment(known_at, lambda m: _answer(wanted, asked, m, children=children))


def _answer(wanted: list[Figure], asked: Asked, moment: Moment, *, children: bool) -> Answer:
    dimension = DIMENSIONS[TERRITORY]
    sums = Sums(wanted, asked, moment, dimension)
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
    """What each leaf adds to each indicator, read in one pass per base; rolled up on demand."""

    def __init__(
        self, wanted: list[Figure], asked: Asked, moment: Moment, dimension: Dimension
    ) -> None:
        self._wanted = wanted
        self._year = Year.of(asked.day, asked.year_start)
        self._eve = self._year.eve(asked.year_start)
        self.tree = dimension.tree_on(self._year.day, moment.known_at)
        self._earlier = dimension.tree_on(self._eve.day, moment.known_at)
        self._leaves: dict[tuple[str, date], dict[int, int]] = {}
        # The same base on the same day is read once, however many figures ask for it.
        needed = dict.fromkeys(
            (CATALOG.indicator(code).base, year)
            for figure in wanted
            for code in parts_of(figure)
            for year in ([self._year, self._eve] if isinstance(figure, Net) else [self._year])
        )
        for base, year in needed:
            self._read(base, year, moment)

    def _read(self, base: Base, year: Year, moment: Moment) -> None:
        codes = [indicator.code for indicator in CATALOG.indicators_on(base)]
        names = ", ".join(f'r."{code}"' for code in codes)
        relation, params = on_day(section(base, "sums", moment), moment, year)
        for leaf, *values in fetch_whole(
            (f"SELECT r.leaf_id, {names} FROM {relation} AS r", params)
        ):
            for code, value in zip(codes, values, strict=True):
                if value:
                    # A sum on PostgreSQL is a Decimal.
                    self._leaves.setdefault((code, year.day), {})[leaf] = int(value)

    def figures(self, node: int) -> list[dict[str, Any]]:
        """The figures asked for, at ``node``."""
        here, before = self.tree.below(node), frozenset[int]()
        if self.tree.exists(node):
            before = self._earlier.below(node)
        return [self._figure(figure, here, before) for figure in self._wanted]

    def _figure(
        self, figure: Figure, here: frozenset[int], before: frozenset[int]
    ) -> dict[str, Any]:
        said: dict[str, Any] = {"code": figure.code, "name": figure.name, "unit": figure.unit}
        if isinstance(figure, Ratio):
            over, under = (self._sum(code, self._year, here) for code in parts_of(figure))
            return said | divided((over, under))
        (code,) = parts_of(figure)
        value = self._sum(code, self._year, here)
        if isinstance(figure, Net):
            value -= self._sum(code, self._eve, before)
        return said | {"value": value}

    def _sum(self, code: str, year: Year, leaves: frozenset[int]) -> int:
        told: Mapping[int, int] = self._leaves.get((code, year.day), {})
        return sum(told[leaf] for leaf in leaves & told.keys())
