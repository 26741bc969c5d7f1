"""Doubts as far as somebody may see them, and which of them wait for whom."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from gongjian.core.access import Permission, Scope
from gongjian.core.errors import NotInScope, NotPermitted
from gongjian.indicators.declare import AFFILIATION, TERRITORY
from gongjian.web.doubts.models import Doubt, State
from gongjian.web.doubts.owners import keepers
from gongjian.web.doubts.wording import headline
from gongjian.web.people import insider, may, person, require

PAGE: Final = 50
_LOOKED_AT: Final = 1_000
"""Open doubts of a scope that are looked at for those that wait for one person."""

_DEED: Final = "查看这里的疑问"


def seen(request: HttpRequest, number: int) -> Doubt:
    """A doubt that whoever asks put, or whose data they keep.

    One's own as long as one may see the figures of its place. Outside the scope of any post: 404;
    inside, without the right to keep ledgers there: 403.
    """
    doubt = Doubt.objects.select_related("asker").filter(pk=number).first()
    if doubt is not None and mine(request).filter(pk=number).exists():
        return doubt
    everywhere = insider(request, _DEED).scope
    if doubt is None or not _covers(everywhere, doubt):
        raise NotInScope(f"没有编号为 {number} 的疑问，或它不在您的管理范围内。")
    keeper = require(request, Permission.IMPORT_LEDGER, _DEED)
    require(request, Permission.SEE_FIGURES, _DEED)
    if not _covers(keeper.scope, doubt):
        raise NotPermitted(f"您在这里的岗位不能{_DEED}，请由有此权限的人办理。")
    return doubt


def _covers(scope: Scope, doubt: Doubt) -> bool:
    standing = {"areas": doubt.area_id, "unions": doubt.union_id}
    return scope.covers([(slug, id_) for slug, id_ in standing.items() if id_ is not None])


def keeps_ledgers(request: HttpRequest) -> bool:
    """May whoever asks answer anywhere at all?"""
    return may(request, Permission.IMPORT_LEDGER) and may(request, Permission.SEE_FIGURES)


def mine(request: HttpRequest) -> QuerySet[Doubt]:
    """Doubts that whoever asks put about places whose figures they still see, newest first.

    They name people, and what is answered: with the post it is over.
    """
    if not may(request, Permission.SEE_FIGURES):
        return Doubt.objects.none()
    scope = require(request, Permission.SEE_FIGURES, _DEED).scope
    found = Doubt.objects.filter(asker_id=person(request).id).order_by("-pk")
    if scope.everything:
        return found
    areas, unions = (scope.inside.get(slug, frozenset()) for slug in ("areas", "unions"))
    along = Q(tree=AFFILIATION) & (Q(node__in=unions) | Q(area_id__in=areas))
    return found.filter(Q(tree=TERRITORY, node__in=areas) | along)


def within(request: HttpRequest) -> QuerySet[Doubt]:
    """Doubts of others about data in the scope of whoever asks, newest first."""
    if not keeps_ledgers(request):
        return Doubt.objects.none()
    scope = require(request, Permission.IMPORT_LEDGER, _DEED).scope
    found = Doubt.objects.exclude(asker_id=person(request).id).order_by("-pk")
    if scope.everything:
        return found
    areas, unions = (scope.inside.get(slug, frozenset()) for slug in ("areas", "unions"))
    return found.filter(Q(area_id__in=areas) | Q(union_id__in=unions))


def to_answer(request: HttpRequest) -> list[Doubt]:
    """Open doubts whose answer it is of whoever asks, the oldest first."""
    opened = within(request).filter(state=State.OPEN).order_by("pk")
    held = list(opened.select_related("asker")[:_LOOKED_AT])
    if not held:
        return []
    here, kept = person(request).id, keepers()
    return [doubt for doubt in held if here in kept.of(doubt)]


def open_for(request: HttpRequest) -> list[tuple[str, str, datetime]]:
    """What waits for whoever asks: doubts to answer, and answers to one's own to look at.

    Each as (title, address, when it was asked), the oldest first; three queries at most.
    """
    answered = mine(request).filter(state=State.ANSWERED).order_by("pk")
    told = [(f"{headline(doubt)}：等您答复", doubt) for doubt in to_answer(request)]
    told += [(f"{headline(doubt)}：已有答复，请看过后了结", doubt) for doubt in answered[:PAGE]]
    return [(title, reverse("doubt", args=[doubt.pk]), doubt.at) for title, doubt in told]
