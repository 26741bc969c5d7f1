"""What the address of the chart asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, QueryDict

from gongjian.areas.queries import Tree
from gongjian.core.access import Permission
from gongjian.core.days import parse_day
from gongjian.core.errors import NotPermitted, Refused, WrongUse
from gongjian.history.state import latest
from gongjian.indicators.declare import CATALOG, TERRITORY, Figure
from gongjian.web.figures.forms import JANUARY, node_named, year_begins
from gongjian.web.figures.places import Sight
from gongjian.web.matrix.months import Months
from gongjian.web.matrix.queries import Asked
from gongjian.web.moment import AsOf, moment_of
from gongjian.web.people import insider, require

MOST: Final = 24
"""Figures side by side; more fit neither a screen nor a sheet."""

USUAL: Final = 12
"""Headline figures that are shown where the address names none."""

RANK, CHANGE, NONE = "rank", "change", "none"
COLOURS: Final = (RANK, CHANGE, NONE)
DEED: Final = "查看数字"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose chart, of which figures and day, in which order and colours.

    ``sort`` is the code of a column, from small to large, with “-” from large to small; empty for
    the order of the tree. ``plain`` says that the figures are those shown where none are named.
    """

    asof: AsOf
    node: int
    code: str
    figures: tuple[Figure, ...]
    plain: bool
    depth: int
    sort: str
    colour: str
    months: Months

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(figure.code for figure in self.figures)

    @property
    def asked(self) -> Asked:
        return Asked(self.node, self.codes, self.depth)

    def parameters(self) -> dict[str, str | None]:
        """What an address must carry, beside the moment, to ask the same."""
        return {
            "area": self.code,
            "codes": None if self.plain else ",".join(self.codes),
            "depth": str(self.depth) if self.depth > 1 else None,
            "sort": self.sort or None,
            "colour": self.colour if self.colour != RANK else None,
            "to": None if self.months.at == self.months.until else self.months.until.isoformat(),
        }

    def kept(self) -> list[tuple[str, str]]:
        """What a form that chooses other figures hands on."""
        asked = self.asof.parameters() | self.parameters()
        return [(k, v) for k, v in asked.items() if v is not None and k != "codes"]

    def query(self, day: date | None = None, /, **other: str | None) -> str:
        """The query string that asks the same but for ``other``, of ``day`` if one is given."""
        asked = self.parameters()
        if day is not None:
            until = self.months.until
            asked["to"] = until.isoformat() if day in self.months.days and day != until else None
        moment = AsOf(day=day or self.asof.day, known_at=self.asof.known_at)
        return moment.query(**asked | other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the page is about, and what else is in sight of whoever asks.

    ``question`` is None for somebody who named no area and has none in sight on the day.
    """

    question: Question | None
    sight: Sight


def wanted(
    request: HttpRequest, permission: Permission = Permission.SEE_FIGURES, deed: str = DEED
) -> Wanted:
    """What the page is about, once it is clear that the person may do it there.

    An area outside the scope of any post: 404; no post that allows it there: 403; then what else
    is wrong with the address: 422.
    """
    given, asof = request.GET, moment_of(request)
    seen = insider(request, deed).scope
    node = node_named(given, Sight(seen, TERRITORY, asof.day, None))
    actor = require(request, permission, deed)
    sight = Sight(actor.scope, TERRITORY, asof.day, None)
    if node is not None and not sight.covers(node):
        raise NotPermitted(f"您在这里的岗位不能{deed}，请由有此权限的人办理。")
    _require_kept(given, asof)
    if node is None:
        node = next(iter(sight.tops()), None)
    question = None if node is None else _question(given, asof, node, sight.tree)
    return Wanted(question=question, sight=sight)


def _question(given: QueryDict, asof: AsOf, node: int, tree: Tree) -> Question:
    figures = _figures(given)
    shown = figures or tuple(CATALOG.headlines()[:USUAL])
    return Question(
        asof=asof,
        node=node,
        code=given.get("area", "").strip() or tree.code(node),
        figures=shown,
        plain=not figures,
        depth=_depth(given),
        sort=_sort(given, shown),
        colour=_colour(given),
        months=Months.of(asof.day, _until(given)),
    )


def _require_kept(given: QueryDict, asof: AsOf) -> None:
    """Raise Refused for what the store does not have: it serves what is known now, by area."""
    if asof.known_at is not None and asof.known_at < latest().change:
        raise Refused(
            "这张图只有此刻所知的数，没有过去所知的。请把“所知”改为“此刻所知”；"
            "要看当时所知的数，请到“口径与核对”。"
        )
    tree = given.get("tree", "").strip()
    if tree not in ("", TERRITORY) or given.get("union"):
        raise Refused("这张图只按属地（区划）统计。要按工会隶属看，请到“口径与核对”。")
    if year_begins(given) != JANUARY:
        raise Refused(
            f"这张图的年度从 1 月 1 日算起，不能从“{given['year_start']}”算起。"
            "请去掉 year_start，或到“口径与核对”看。"
        )


def _figures(given: QueryDict) -> tuple[Figure, ...]:
    named = [code.strip() for text in given.getlist("codes") for code in text.split(",")]
    codes = list(dict.fromkeys(filter(None, named)))
    if len(codes) > MOST:
        raise Refused(f"一张图最多放 {MOST} 个数，现在选了 {len(codes)} 个，请去掉几个。")
    try:
        return tuple(CATALOG.asked(codes)) if codes else ()
    except WrongUse as error:
        listed = {figure.code for figure in CATALOG}
        unknown = next(code for code in codes if code not in listed)
        raise Refused(f"没有代码为“{unknown}”的数，请点“选指标”重新选。") from error


def _depth(given: QueryDict) -> int:
    text = given.get("depth", "").strip() or "1"
    if text not in ("1", "2"):
        raise Refused(f"“{text}”不是层数，depth 请填 1（下一级）或 2（下两级）。")
    return int(text)


def _sort(given: QueryDict, shown: Sequence[Figure]) -> str:
    text = given.get("sort", "").strip()
    code = text.removeprefix("-")
    if text and code not in {figure.code for figure in CATALOG}:
        raise Refused(f"没有代码为“{code}”的数，不能按它排；请去掉 sort，或点表头重新排。")
    # A column may have been taken out since; the order of the tree is left.
    return text if code in {figure.code for figure in shown} else ""


def _colour(given: QueryDict) -> str:
    text = given.get("colour", "").strip() or RANK
    if text not in COLOURS:
        raise Refused(
            f"“{text}”不是上色的办法，请填 rank（位次）、change（比上月）或 none（不上色）。"
        )
    return text


def _until(given: QueryDict) -> date | None:
    text = given.get("to", "").strip()
    try:
        return parse_day(text) if text else None
    except WrongUse as error:
        raise Refused(error.sentence) from error
