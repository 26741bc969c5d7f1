"""What happened to a case, what is locked and why, what is to be done, and what is overdue."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.errors import NotInScope, NotPermitted
from gongjian.history.models import Change, TrailRecord
from gongjian.workflow.declare import FLOWS, Attempt, Flow, Step
from gongjian.workflow.models import Case, Notice, Passage, Todo
from gongjian.workflow.refusing import Reason, reasons, require_right, require_within
from gongjian.workflow.told import passages_of

Seats = Mapping[Permission, Collection[int]]
"""By permission, the places at which somebody holds it: where the posts stand, not all below."""


class Option(NamedTuple):
    """A step of a case: whether whoever looks may take it, and all that locks it."""

    step: Step
    right: str
    reasons: list[Reason]

    @property
    def open(self) -> bool:
        """Can it be taken now, by whoever looks?"""
        return not self.right and not self.reasons


class Behind(NamedTuple):
    """How many to-dos of a place are overdue, and since when the oldest is."""

    place_id: int
    number: int
    oldest: date


def case_for(case_id: int, scope: Scope) -> Case:
    """A case within ``scope``; NotInScope where there is none."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not scope.covers([(FLOWS[case.flow].standing, case.place_id)]):
        raise NotInScope("没有这件事，或者它不在您的管理范围内。")
    return case


def path(case: Case) -> list[Passage]:
    """What happened so far, from the beginning."""
    return passages_of(case)


def known_then(passage: Passage) -> int:
    """The newest change that was known when a passage was written; 0 before the first."""
    if passage.link is None:  # written before passages named their link
        earlier = Change.objects.filter(at__lte=passage.at).order_by("-number")
        return earlier.values_list("number", flat=True).first() or 0
    before = TrailRecord.objects.filter(number__lt=passage.link, change__isnull=False)
    return before.order_by("-number").values_list("change", flat=True).first() or 0


def cases_in(reach: Iterable[tuple[Flow, Scope]]) -> QuerySet[Case]:
    """The cases of flows whose places lie within the scope beside each, the newest first."""
    wanted = Q(pk__in=())
    for flow, scope in reach:
        one = Q(flow=flow.slug)
        if not scope.everything:
            one &= Q(place_id__in=scope.inside.get(flow.standing, ()))
        wanted |= one
    return Case.objects.filter(wanted).order_by("-pk")


def is_overdue(day: date) -> Exists:
    """Of a case: does any of its to-dos wait beyond its last day?"""
    return Exists(_overdue(day, None).filter(case=OuterRef("pk")))


def options(case: Case, *, by: Actor, day: date) -> list[Option]:
    """Every step of the flow, in its order, as ``by`` finds it on ``day``.

    ``right`` is why ``by`` may never take it (empty: may), ``reasons`` why nobody can now.
    """
    require_within(FLOWS[case.flow], case, by)
    return options_as(case, lambda _: by, day=day)


def options_as(case: Case, taker: Callable[[Step], Actor], *, day: date) -> list[Option]:
    """As ``options``, of somebody who is another for each step: ``taker`` says who."""
    flow = FLOWS[case.flow]
    found = []
    for step in flow.steps:
        attempt = Attempt(case=case, by=taker(step), day=day)
        right = ""
        try:
            require_right(flow, step, attempt)
        except NotPermitted as refused:
            right = refused.sentence
        found.append(Option(step, right, list(reasons(flow, step, attempt))))
    return found


def todos_of(seats: Seats) -> QuerySet[Todo]:
    """What somebody is to do in all flows, the earliest last day first, those without one last.

    A to-do that went up is on both lists. Paused cases wait.
    """
    mine = Q(pk__in=())
    for permission, places in seats.items():
        here = Q(place_id__in=places) | Q(raised_to__in=places)
        mine |= Q(permission=permission) & here
    found = Todo.objects.filter(mine, closed_at=None, case__paused_on=None)
    return found.select_related("case").order_by(*_BY_DEADLINE)


def overdue(day: date, places: Collection[int] | None) -> list[Behind]:
    """By place, the to-dos whose last day was before ``day``; ``places`` None is everywhere."""
    late = _overdue(day, places).values("place_id")
    rows = late.annotate(number=Count("pk"), oldest=Min("due")).order_by("oldest", "place_id")
    return [Behind(row["place_id"], row["number"], row["oldest"]) for row in rows]


def overdue_at(day: date, place: int) -> QuerySet[Todo]:
    """The overdue to-dos of one place, the oldest first."""
    return _overdue(day, [place]).select_related("case").order_by("due", "pk")


def notices_for(person: int) -> QuerySet[Notice]:
    """What somebody has not looked at yet, the newest first."""
    unseen = Notice.objects.filter(for_id=person, seen_at=None)
    return unseen.select_related("passage__case", "urge__case", "todo__case").order_by("-pk")


_BY_DEADLINE = (F("due").asc(nulls_last=True), "pk")


def _overdue(day: date, places: Collection[int] | None) -> QuerySet[Todo]:
    late = Todo.objects.filter(closed_at=None, due__lt=day, case__paused_on=None)
    return late if places is None else late.filter(place_id__in=places)
