"""The named rows behind a figure, each a link to its record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gongjian.areas.queries import Tree
from gongjian.areas.queries import tree_on as areas_on
from gongjian.indicators import rows as engine
from gongjian.indicators.declare import Figure, Net, Ratio
from gongjian.web.figures.equations import ledgers_of
from gongjian.web.figures.forms import Question
from gongjian.web.figures.presenters.children import DIRECT, difference
from gongjian.web.figures.presenters.common import rows_address, signed
from gongjian.web.figures.presenters.figure import FigureText
from gongjian.web.figures.queries import PAGE, Answer, Page
from gongjian.web.navigation import address_of
from gongjian.web.text import ABSENT, number

HEADS: Final = {"value": "计数", "numerator": "分子", "denominator": "分母"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One row: who it is, of which ledger, where it counts, what it adds."""

    ledger: str
    key: str
    name: str
    area: str
    area_code: str
    address: str
    numbers: list[str]
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A page of rows with what they add up to, and the ways on."""

    heads: list[str]
    rows: list[Named]
    span: str
    here: list[str]
    whole: bool
    next_address: str | None
    previous_address: str | None


def totals(figure: Figure, answer: Answer, *, own: bool) -> list[str]:
    """What all rows add up to, in the order of the columns: the figure, or its part at the node."""
    if own:
        return [_said(figure, value) for value in difference(figure, answer)]
    value = answer.figures[figure.code]
    sums = (value.numerator, value.denominator) if isinstance(figure, Ratio) else (value.value,)
    return [ABSENT if said is None else _said(figure, int(said)) for said in sums]


def value_of(text: FigureText, totals: list[str], *, own: bool) -> tuple[str, str]:
    """The value above the rows and the code of the figure it is of; the own part is of none."""
    return (" ÷ ".join(totals), "") if own else (text.value, text.code)


def adds_up(listed: "Names", totals: list[str]) -> bool:
    """Were all rows added, and is their sum the figure? Of a page among others nobody can say."""
    return listed.whole and listed.here == totals


def value_names(figure: Figure) -> tuple[str, ...]:
    """What the numbers of a row are called."""
    return ("numerator", "denominator") if isinstance(figure, Ratio) else ("value",)


def names(
    figure: Figure, question: Question, found: Page, *, after: int, known: int, own: bool
) -> Names:
    """The rows ``after`` so many others, as known at ``known``."""
    columns = value_names(figure)
    places = _places(areas_on(question.day, known))

    def turned(to: int) -> str:
        return rows_address(
            figure.code, question, own=DIRECT if own else None, after=max(to, 0) or None
        )

    return Names(
        heads=[HEADS[name] for name in columns],
        rows=[_named(figure, question, row, places) for row in found.rows],
        span=f"第 {after + 1:,}—{after + len(found.rows):,} 行" if found.rows else "没有行",
        here=[_said(figure, sum(row[name] for row in found.rows)) for name in columns],
        whole=after == 0 and not found.more,
        next_address=turned(after + PAGE) if found.more else None,
        previous_address=turned(after - PAGE) if after else None,
    )


def _named(figure: Figure, question: Question, row: engine.Row, places: Mapping[str, str]) -> Named:
    numbers = [row[name] for name in value_names(figure)]
    ledger = ledger_of(figure, row)
    address = address_of("record", ledger, row["id"])
    return Named(
        ledger=ledger,
        key=row["key"],
        name=row["name"],
        area=places.get(row["area"], row["area"]),
        area_code=row["area"],
        address=address + question.asof.query() if address else "",
        numbers=[_said(figure, value) for value in numbers],
        lost=isinstance(figure, Net) and numbers[0] < 0,
    )


def ledger_of(figure: Figure, row: engine.Row) -> str:
    """The ledger whose entry the row is.

    A rate of members among staff has rows of both: each member adds to the numerator, an
    employer to the denominator alone.
    """
    over, *under = ledgers_of(figure)
    if not under or row["numerator"]:
        return over
    return under[0]


def _said(figure: Figure, value: int) -> str:
    return signed(value) if isinstance(figure, Net) else number(value)


def _places(tree: Tree) -> dict[str, str]:
    """Code → name of the areas of the day."""
    return {tree.code(x): tree.name(x) for x in tree.leaves() if tree.exists(x)}
