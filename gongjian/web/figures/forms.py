"""What the address of a figure's page asks: whose figures, along which tree, of which year."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from gongjian.areas.queries import area_by_code
from gongjian.core.access import Scope
from gongjian.core.days import parse_day, today, year_start
from gongjian.core.errors import NotInScope, Refused, WrongUse
from gongjian.indicators.declare import AFFILIATION, CATALOG, TERRITORY, Figure
from gongjian.web.figures.equations import among
from gongjian.web.figures.places import Sight
from gongjian.web.moment import AsOf

JANUARY: Final = "01-01"
DIRECT: Final = "1"
"""``own=1`` in the address of rows: only those that stand directly at the place."""

MOST_ROWS: Final = 10_000
"""Rows that can be turned through: each page goes through all rows before it."""

_TOO_FAR: Final = f"名单只能翻到第 {MOST_ROWS:,} 行，请到下一级去看，或导出全部行。"
_SOUGHT: Final = 100  # characters of a name
_LONGEST: Final = 15  # digits of a number in an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose figures are asked for, of which moment; the year begins on ``year_start`` (MM-DD)."""

    asof: AsOf
    tree: str
    node: int
    code: str
    year_start: str = JANUARY

    @property
    def day(self) -> date:
        return self.asof.day

    @property
    def known_at(self) -> int | None:
        return self.asof.known_at

    def query(self, **more: object) -> str:
        """The query string that asks the same, and ``more``."""
        return self.asof.query(**self.parameters(), **more)

    def parameters(self) -> dict[str, str | None]:
        """What an address must carry, beside the moment, to ask the same."""
        return self.about(self.node, self.code)

    def about(self, node: int, code: str) -> dict[str, str | None]:
        """The same of another node of this tree."""
        of_year = {"year_start": None if self.year_start == JANUARY else self.year_start}
        if self.tree == TERRITORY:
            return {"area": code, **of_year}
        return {"tree": AFFILIATION, "union": str(node), **of_year}


def figure_named(code: str) -> Figure:
    """The figure of the catalogue; NotInScope where there is none of that code."""
    try:
        (figure,) = CATALOG.asked([code])
    except WrongUse as error:
        raise NotInScope(error.sentence) from error
    return figure


def year_begins(given: QueryDict) -> str:
    """``year_start`` of the address; Refused where it is no day of a year."""
    text = given.get("year_start", "").strip() or JANUARY
    year_start(today(), text)
    return text


def tree_named(given: QueryDict, scope: Scope) -> str:
    """The tree the address asks for; without one that along which the person has a post.

    Refused for an unknown tree and for a place that is not of the tree.
    """
    usual = TERRITORY if scope.everything or scope.inside.get("areas") else AFFILIATION
    named = given.get("tree", "").strip()
    if not named:
        named = TERRITORY if given.get("area") else AFFILIATION if given.get("union") else usual
    if named not in (TERRITORY, AFFILIATION):
        raise Refused(f"“{named}”不是统计口径，请填 territory（属地）或 affiliation（隶属）。")
    if named == AFFILIATION and given.get("area"):
        raise Refused("按工会隶属统计时请用 union 指定工会，不用 area；或去掉 tree 按属地统计。")
    if named == TERRITORY and given.get("union"):
        raise Refused("按属地统计时请用 area 指定区划代码，不用 union；或加上 tree=affiliation。")
    return named


def node_named(given: QueryDict, sight: Sight) -> int | None:
    """The area or union of the address, None where it names none.

    Raise NotInScope for one that is not there or not in sight.
    """
    text = given.get("area" if sight.tree_code == TERRITORY else "union", "").strip()
    if not text:
        return None
    found = _node(text, sight)
    if found is None or not sight.covers(found):
        raise NotInScope(f"没有“{text}”，或者它不在您的管理范围内。")
    return found


def top_of(sight: Sight) -> int:
    """The first top of the scope, where the address names no place; Refused where there is none."""
    of_today = (node for node in sight.on(today()).tops() if sight.covers(node))
    top = next(chain(sight.tops(), of_today), None)
    if top is None and sight.tree_code == AFFILIATION:
        raise Refused(
            f"{sight.day} 这一天您的管理范围内没有可以按隶属统计的工会，"
            "请换一个日期，或改按属地看（去掉 tree）。"
        )
    if top is None:
        raise Refused("您的管理范围内没有区划，请改按隶属看（加上 tree=affiliation）。")
    return top


def _node(text: str, sight: Sight) -> int | None:
    if sight.tree_code == AFFILIATION:
        known = text.isdecimal() and text.isascii() and len(text) < _LONGEST
        return int(text) if known and int(text) in sight.tree.leaves() else None
    found = area_by_code(text)
    # A code may have passed from one area to another: that of the page's own day is meant.
    if found is not None and sight.tree.exists(found) and sight.tree.code(found) == text:
        return found
    same = (
        node
        for node in sight.tree.leaves()
        if sight.tree.exists(node) and sight.tree.code(node) == text
    )
    return next(same, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of the rows behind a figure.

    after   how many come before the page
    own     only those that stand directly at the place
    kinds   only those that stand in exactly these parts of the figure
    sought  only those in whose name this stands
    """

    after: int = 0
    own: bool = False
    kinds: tuple[str, ...] = ()
    sought: str = ""

    @property
    def some(self) -> bool:
        """Are they not all rows of the figure?"""
        return self.own or bool(self.kinds)

    def parameters(self, after: int) -> dict[str, str | None]:
        """What an address must carry to want the same from another row on."""
        return {
            "own": DIRECT if self.own else None,
            "in": ",".join(self.kinds) or None,
            "q": self.sought or None,
            "after": str(after) if after > 0 else None,
        }

    def kept(self) -> dict[str, str]:
        """What a form that seeks a name must carry to stay with these rows."""
        told = self.parameters(0) | {"q": None}
        return {name: value for name, value in told.items() if value}


def sought_in(given: QueryDict) -> str:
    """``q`` of the address: what is sought in names."""
    return given.get("q", "").strip()[:_SOUGHT]


def figures_called(sought: str) -> list[Figure]:
    """The figures of the catalogue in whose name or code this stands."""
    return [f for f in CATALOG if sought in f.name or sought.lower() in f.code]


def day_to_keep(request: HttpRequest) -> date:
    """``at`` of a wish for months; Refused where the store answers no such question."""
    for asked in (request.GET, request.POST):
        if asked.get("known") or asked.get("tree", TERRITORY) != TERRITORY:
            raise Refused("留存的截止日数只有属地的、此刻所知的，请去掉 known 和 tree。")
    text = request.POST.get("at", "").strip()
    try:
        return parse_day(text) if text else today()
    except WrongUse as error:
        raise Refused(error.sentence) from error


def way_back(address: str) -> str:
    """The address if it is one of ours, else empty."""
    return address if address and url_has_allowed_host_and_scheme(address, None) else ""


def rows_wanted(given: QueryDict, figure: Figure) -> Wanted:
    """Which rows the address wants; Refused where it asks for what cannot be told apart."""
    kinds = tuple(filter(None, given.get("in", "").split(",")))
    found = among(figure)
    own = given.get("own") == DIRECT
    if kinds and (found is None or figure.code != found.twice or own):
        raise Refused(f"“{figure.name}”不分所在的各项，请去掉 in 看全部。")
    if found is not None and not set(kinds) <= set(found.made_of.parts):
        raise Refused("in 里有不是这个数的项，请从“为什么是”一栏重新点开。")
    return Wanted(
        after=offset_named(given, MOST_ROWS, _TOO_FAR),
        own=own,
        kinds=kinds,
        sought=sought_in(given),
    )


def offset_named(given: QueryDict, most: int, beyond: str) -> int:
    """``after`` of the address: how many lines of a list come before the page, none by default.

    Refused for what is no number, and with ``beyond`` for one above ``most``.
    """
    text = given.get("after", "").strip() or "0"
    if not (text.isdecimal() and text.isascii() and len(text) < _LONGEST):
        raise Refused(f"“{text}”不是行数，after 请填一个不小于 0 的整数，或留空看第一页。")
    if int(text) > most:
        raise Refused(beyond)
    return int(text)
