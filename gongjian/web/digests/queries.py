"""What there is to tell people on a morning, of many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from gongjian.accounts.enums import MailWish, Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, live
from gongjian.accounts.rules import permissions_of
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.web.digests.models import TROUBLE, Digest
from gongjian.workflow.declare import FLOWS, RESERVED
from gongjian.workflow.models import Case, Notice, Todo

NAMED: Final = frozenset({"areas", "unions", "employers"})
"""Ledgers whose names may leave the house; a case that stands elsewhere is told by its flow."""

LOOKED: Final = timedelta(days=14)
"""How far back an administrator looks."""

SHOWN: Final = 200
"""Digests on the list of those that did not go out."""

_Seat = tuple[Permission, int]


@dataclass(frozen=True, slots=True)
class Told:
    """One line: a case, what is to be done or what happened, and the last day where there is one.

    ``raised``: it came up from below.
    """

    case: str
    what: str
    due: date | None = None
    raised: bool = False


@dataclass(slots=True)
class Content:
    """What one person is told, each list by last day, the notices the newest first."""

    overdue: list[Told] = field(default_factory=list)
    today: list[Told] = field(default_factory=list)
    week: list[Told] = field(default_factory=list)
    later: int = 0
    notices: list[Told] = field(default_factory=list)

    def wanted(self, wish: str) -> bool:
        """Is there anything that somebody with this wish wants to be mailed?"""
        if wish == MailWish.DAILY:
            return bool(self.overdue or self.today or self.week or self.notices)
        return wish == MailWish.OVERDUE and bool(self.overdue)


def unasked(day: date) -> QuerySet[User]:
    """Those who want mail and for whom the day has no row yet."""
    wanting = User.objects.filter(is_active=True).exclude(mail_wish=MailWish.NONE)
    there = Digest.objects.filter(person=OuterRef("pk"), day=day)
    return wanting.exclude(email="").exclude(Exists(there)).order_by("pk")


def contents(people: Collection[int], day: date) -> dict[int, Content]:
    """What each of ``people`` is to be told on ``day``: three queries, however many they are."""
    found = {person: Content() for person in people}
    seats = _seats(people, day)
    for todo in _todos({place for _, place in seats}):
        _spread(todo, seats, found, day)
    for notice in (
        Notice.objects.filter(for_id__in=found, seen_at=None)
        .select_related("passage__case", "urge__case", "todo__case")
        .order_by("-pk")
    ):
        found[notice.for_id].notices.append(Told(title_of(notice.case), happened(notice)))
    return found


def title_of(case: Case) -> str:
    """How a case is called outside the house: by its flow alone where its title names a person."""
    flow = FLOWS[case.flow]
    return case.title if flow.standing in NAMED else flow.title


def happened(notice: Notice) -> str:
    """What a notice tells of, in a few words."""
    flow = FLOWS[notice.case.flow]
    if notice.urge is not None:
        return f"上级催办“{flow.title_of(notice.urge.step)}”"
    if notice.todo is not None:
        return f"“{flow.title_of(notice.todo.step)}”快到期限"
    step = notice.passage.step if notice.passage is not None else ""
    return RESERVED.get(step) or flow.title_of(step)


def _seats(people: Collection[int], day: date) -> Mapping[_Seat, Sequence[int]]:
    """Who of ``people`` holds which right at which area."""
    posts = live(Post.objects.filter(user__in=people, valid_from__lte=day), day)
    rights = {role: permissions_of([role]) for role in Role}
    found: dict[_Seat, list[int]] = {}
    held = posts.filter(area_id__isnull=False).values_list("user_id", "role", "area_id")
    for user, role, area in sorted(set(held)):
        for permission in rights[Role(role)]:
            found.setdefault((permission, area), []).append(user)
    return found


def _todos(places: Collection[int]) -> QuerySet[Todo]:
    flows = [flow.slug for flow in FLOWS if flow.standing == "areas"]
    here = Q(place_id__in=places) | Q(raised_to__in=places)
    todos = Todo.objects.filter(here, closed_at=None, case__paused_on=None, case__flow__in=flows)
    return todos.select_related("case").order_by(F("due").asc(nulls_last=True), "pk")


def _spread(
    todo: Todo, seats: Mapping[_Seat, Sequence[int]], found: Mapping[int, Content], day: date
) -> None:
    """Put a to-do on the lists of all who are to do it."""
    permission = Permission(todo.permission)
    here = seats.get((permission, todo.place_id), ())
    above = () if todo.raised_to is None else seats.get((permission, todo.raised_to), ())
    for person in {*here, *above}:
        content = found[person]
        if todo.due is None or todo.due > _sunday(day):
            content.later += 1
            continue
        step = FLOWS[todo.case.flow].title_of(todo.step)
        line = Told(title_of(todo.case), step, todo.due, raised=person not in here)
        near = content.today if todo.due == day else content.week
        (content.overdue if todo.due < day else near).append(line)


def _sunday(day: date) -> date:
    """The end of the week."""
    return day + timedelta(days=6 - day.weekday())


def days_of(by: Manager) -> list[tuple[date, str, int]]:
    """(day, state, how many) of the digests of those whom ``by`` manages; one query."""
    found = _managed(by).values_list("day", "state").order_by("-day", "state")
    return list(found.annotate(Count("pk")))


def troubles(by: Manager) -> list[Digest]:
    """Those that did not go out, the newest first."""
    found = _managed(by).filter(state__in=TROUBLE).select_related("person")
    return list(found.order_by("-day", "person__username")[:SHOWN])


def number_unsent(by: Manager) -> int:
    """How many did not go out."""
    return _managed(by).filter(state__in=TROUBLE).count()


def _managed(by: Manager) -> QuerySet[Digest]:
    people = by.posts().order_by().values("user_id")
    return Digest.objects.filter(day__gte=today() - LOOKED, person__in=people)
