"""Totals as far as somebody may see them, and the entries that may explain a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.http import HttpRequest

from gongjian.areas.queries import Tree, tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import state
from gongjian.indicators.declare import TERRITORY
from gongjian.indicators.rows import Row
from gongjian.reporting.bridge import figure_of, ledger_of, places_of
from gongjian.reporting.models import PaperTotal
from gongjian.reporting.rules import Period
from gongjian.web.figures.equations import among
from gongjian.web.figures.forms import Question
from gongjian.web.figures.overlaps import twice
from gongjian.web.figures.queries import rows_of, rows_page
from gongjian.web.moment import AsOf
from gongjian.web.people import insider, require
from gongjian.web.search.presenters import sections
from gongjian.web.search.queries import personal, search

PAGE: Final = 50
SEES: Final = "查看期初衔接"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that may explain a part of a difference, and how much; None where nobody can say."""

    entry: int
    name: str
    key: str
    where: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of them; ``more`` where others follow."""

    found: list[Candidate]
    more: bool = False


def seen(request: HttpRequest, number: int, permission: Permission, deed: str) -> PaperTotal:
    """A total, refused in the order 404, 403."""
    someone = insider(request, deed)
    total = PaperTotal.objects.filter(pk=number).first()
    if total is None or not _covers(someone, total):
        raise NotInScope("没有这个纸面数，或者它不在您的管理范围内。")
    if not _covers(require(request, permission, deed), total):
        raise NotPermitted(f"您在这里的岗位不能{deed}，请由有此权限的人办理。")
    return total


def _covers(someone: Actor, total: PaperTotal) -> bool:
    return someone.scope.covers([("areas", total.area_id)])


def month_of(area: int) -> Period:
    """The month that a bridge was last entered for, else the last one with a day behind it."""
    last = PaperTotal.objects.filter(area_id=area).order_by("-period")
    period = last.values_list("period", flat=True).first()
    if period is not None:
        return Period.read(period)
    now = Period.of(today())
    return now if now.cut_off <= today() else now.previous


def months_of(area: int) -> list[str]:
    """The months for which anything was ever entered, the newest first."""
    found = PaperTotal.objects.filter(area_id=area).order_by("-period")
    return list(found.values_list("period", flat=True).distinct())


def below(tree: Tree, area: int, period: Period) -> list[int]:
    """The areas right below with totals of that month, by code."""
    children = list(tree.children(area))
    held = PaperTotal.objects.filter(area_id__in=children, period=str(period))
    has = set(held.values_list("area_id", flat=True))
    return [child for child in children if child in has]


def question_of(total: PaperTotal, code: str) -> Question:
    """The figure beside a total: the same area on the same day, as known now."""
    return Question(asof=AsOf(day=total.at), tree=TERRITORY, node=total.area_id, code=code)


# ------------------------------------------------------------------ explanations


def deeds_of(total: PaperTotal) -> QuerySet[Any, Any]:
    """Explanations given together, one line each, the newest first; what was taken back stays."""
    standing = Q(withdrawn_at__isnull=True)
    return (
        total.explanations.order_by("-link")
        .values("link", "cause", "ledger", "words", "actor_name", "entered_at")
        .annotate(
            rows=Count("pk"),
            standing=Count("pk", filter=standing),
            amount=Sum("amount", filter=standing),
            first=Min("row"),
        )
    )


# ------------------------------------------------------------------ candidates


def repeated(total: PaperTotal, code: str) -> list[Candidate]:
    """Entries that stand in several parts of the figure, each with what that counts too often.

    Empty for a figure whose parts do not overlap; Refused where there are too many.
    """
    figure = figure_of(total)
    found = among(figure)
    if found is None or not found.twice or found.whole is not figure:
        return []
    question = question_of(total, code)
    places = _places(total)
    with state.one_moment():
        told = twice(found, question, state.latest().change)
    return [
        _candidate(row, places, -(row["value"] if found.sums else len(parts) - 1))
        for kind in told
        for row, parts in kind.rows
    ]


def behind(total: PaperTotal, code: str, after: int, sought: str) -> Candidates:
    """A page of the rows behind the figure: each is in it, and perhaps was not on paper."""
    question, places = question_of(total, code), _places(total)
    with state.one_moment():
        page = rows_page(rows_of(total.code, question, state.latest().change), after, sought)
    return Candidates([_candidate(row, places, row["value"]) for row in page.rows], page.more)


def in_ledger(total: PaperTotal, sought: str) -> Candidates:
    """Entries of the ledger behind the figure, whether they count in it or have long ended."""
    if not sought:
        return Candidates([])
    if personal(sought):
        raise Refused("证件号码和电话号码不能写在网址里，请按名称或代码找。")
    slug = ledger_of(figure_of(total))
    with state.steady():
        found = search(sought, {slug: places_of(total)}, today())
        told = sections(found, today())
    hits = {
        hit.entry: Candidate(
            entry=hit.entry,
            name=said.title,
            key=f"{said.detail} · 已终止" if said.ended else said.detail,
            where="",
            amount=None,
        )
        for one, section in zip(found, told, strict=True)
        for hit, said in zip(one.hits, section.hits, strict=True)
    }
    return Candidates(list(hits.values()), any(one.more for one in found))


def _candidate(row: Row, places: dict[str, str], amount: int) -> Candidate:
    where = places.get(row["area"]) or row["area"]
    return Candidate(entry=row["id"], name=row["name"], key=row["key"], where=where, amount=amount)


def _places(total: PaperTotal) -> dict[str, str]:
    """Code → name of the areas of the day."""
    tree = tree_on(total.at)
    return {tree.code(x): tree.name(x) for x in tree.below(total.area_id) if tree.exists(x)}


def ids_of(link: int, total: PaperTotal) -> Sequence[int]:
    """The explanations of one deed that stand."""
    found = total.explanations.filter(link=link, withdrawn_at__isnull=True)
    return list(found.values_list("pk", flat=True))
