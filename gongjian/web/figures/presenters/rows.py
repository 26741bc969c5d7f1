"""The named rows behind a figure, each a link to its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from gongjian.areas.queries import Tree
from gongjian.areas.queries import tree_on as areas_on
from gongjian.indicators import rows as engine
from gongjian.indicators.declare import CATALOG, Figure, Net, Ratio
from gongjian.indicators.parts import Parts
from gongjian.web.figures.equations import Among, among, ledgers_of, short_names
from gongjian.web.figures.forms import MOST_ROWS, Question, Wanted
from gongjian.web.figures.listing import Listing
from gongjian.web.figures.presenters.children import difference
from gongjian.web.figures.presenters.common import rows_address, told, whole_number
from gongjian.web.figures.presenters.figure import FigureText
from gongjian.web.figures.presenters.overlap import kind_address, kinds_name
from gongjian.web.figures.queries import PAGE, Answer
from gongjian.web.navigation import address_of
from gongjian.web.text import ABSENT, number, signed

_TREES_KEPT: Final = 16

HEADS: Final = {"value": "计数", "numerator": "分子", "denominator": "分母"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One row: who it is, of which ledger, where it counts, what it adds.

    ``parts`` are the parts of the figure it stands in, ``times`` how many, ``off`` how much of
    these is counted beyond once.
    """

    ledger: str
    id: int
    key: str
    name: str
    area: str
    area_code: str
    address: str
    numbers: list[str]
    lost: bool
    parts: list[str]
    times: str
    off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A page of rows with what they add up to, and the ways on.

    ``among`` says that the rows tell in which parts they stand, ``several`` that these overlap.
    """

    heads: list[str]
    rows: list[Named]
    span: str
    here: list[str]
    whole: bool
    next_address: str | None
    previous_address: str | None
    among: bool = False
    several: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several sets of rows, with its number; ``code`` of the figure that this is."""

    text: str
    value: str
    address: str
    code: str
    here: bool


def tabs(
    figure: Figure, question: Question, answer: Answer, wanted: Wanted, rows: int
) -> list[Tab]:
    """All rows of a figure whose parts overlap, those in several parts, those in certain ones."""
    found = among(figure)
    if found is None or not found.twice or wanted.own:
        return []
    listed = []
    for one, text in ((found.whole, "全部"), (CATALOG.indicator(found.twice), "")):
        value = told(one, answer.figures[one.code])
        here = one is figure and not wanted.kinds
        address = rows_address(one.code, question)
        listed.append(Tab(text or one.name, value, address, one.code, here))
    if wanted.kinds:
        name = kinds_name(wanted.kinds, short_names(found))
        address = kind_address(found, question, wanted.kinds)
        listed.append(Tab(name, f"{rows:,} 行", address, "", here=True))
    return listed


def kinds_total(rows: Sequence[engine.Row]) -> list[str]:
    """What the rows of certain parts add up to."""
    return [number(sum(row["value"] for row in rows))]


def overlap_total(figure: Figure, answer: Answer) -> tuple[str, str]:
    """How often all rows stand in a part, and what of it is beyond once; empty where nobody knows."""
    found = among(figure)
    if found is None or not found.twice or found.sums:
        return "", ""
    said = {code: whole_number(value.value) for code, value in answer.figures.items()}
    total = sum(said[code] for code in found.made_of.parts)
    over = total - said[found.whole.code]
    return f"{number(total if figure is found.whole else said[found.twice] + over)} 次", _off(over)


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
    figure: Figure, question: Question, listed: Listing, *, wanted: Wanted, known: int
) -> Names:
    """The rows of a page as known at ``known``."""
    found, parts = listed.page, listed.parts
    columns, after = value_names(figure), wanted.after
    whole_of = among(figure)
    places = _places(areas_on(question.day, known))

    def turned(to: int) -> str:
        return rows_address(figure.code, question, **wanted.parameters(to))

    def named(row: engine.Row) -> Named:
        one = _named(figure, question, row, places)
        return one if whole_of is None else _among(one, whole_of, parts.get(row["id"], {}))

    return Names(
        heads=[HEADS[name] for name in columns],
        rows=[named(row) for row in found.rows],
        span=f"第 {after + 1:,}—{after + len(found.rows):,} 行" if found.rows else "没有行",
        here=[_said(figure, sum(row[name] for row in found.rows)) for name in columns],
        whole=after == 0 and not found.more and not wanted.sought,
        next_address=turned(after + PAGE) if found.more else None,
        previous_address=turned(after - PAGE) if after else None,
        among=whole_of is not None,
        several=whole_of is not None and bool(whole_of.twice) and not whole_of.sums,
        remark=f"只在前 {MOST_ROWS:,} 行里找过，请到下一级去找。" if found.cut else "",
    )


def _named(figure: Figure, question: Question, row: engine.Row, places: Mapping[str, str]) -> Named:
    numbers = [row[name] for name in value_names(figure)]
    ledger = ledger_of(figure, row)
    address = _record(ledger)
    return Named(
        ledger=ledger,
        id=row["id"],
        key=row["key"],
        name=row["name"],
        area=places.get(row["area"], row["area"]),
        area_code=row["area"],
        address=f"{address}{row['id']}/{question.asof.query()}" if address else "",
        numbers=[_said(figure, value) for value in numbers],
        lost=isinstance(figure, Net) and numbers[0] < 0,
        parts=[],
        times="",
        off="",
    )


@cache
def _record(ledger: str) -> str:
    """The addresses of a ledger's records up to their numbers: a page has fifty of them."""
    return (address_of("record", ledger, 0) or "").removesuffix("0/")


def _among(one: Named, found: Among, parts: Parts) -> Named:
    """The row with the parts it stands in; of sums with what it adds to each."""
    short = short_names(found)
    if found.sums:
        listed = [f"{short[code]} {number(value)}" for code, value in parts.items()]
        return replace(one, parts=listed, times=f"{len(parts)} 次")
    listed, off = [short[code] for code in parts], max(len(parts) - 1, 0)
    return replace(one, parts=listed, times=f"{len(parts)} 次", off=_off(off))


def _off(value: int) -> str:
    return signed(-value)


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


@lru_cache(maxsize=_TREES_KEPT)
def _places(tree: Tree) -> dict[str, str]:
    """Code → name of the areas of the day; a tree never changes."""
    return {tree.code(x): tree.name(x) for x in tree.leaves() if tree.exists(x)}
