"""Telling people inside the product: an urge from above, a day that is near, what went up.

Who holds which right at which place is known above this room; whoever knows it says so once, by
``seated``. Nothing here is a step of a case: whoever has a case open meanwhile is not disturbed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from gongjian.calendars.queries import calendar
from gongjian.core.access import Actor, Permission
from gongjian.core.days import now, today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.state import steady
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.models import Case, Notice, Passage, Todo, Urge

Seat = tuple[Permission, int]
"""A right at a place."""

Holders = Callable[[Collection[Seat], date], Mapping[Seat, Collection[int]]]
"""Who holds each of these rights at its very place on a day, by the numbers of people."""

LONGEST: Final = 200
"""Letters of what may be said with an urge."""

BATCH: Final = 500
"""To-dos looked at in one go when a day comes near."""

_HOLDERS: Final[list[Holders]] = []
_DAY: Final = timedelta(days=1)
_REST: Final = 14  # days: longer than the longest holidays


def seated(holders: Holders) -> Holders:
    """Register who says which people hold a right at a place; the last one counts."""
    _HOLDERS[:] = [holders]
    return holders


def urge(case_ids: Iterable[int], *, by: Actor, text: str = "") -> int:
    """Ask those who are to take the next step of each case to get on with it; of how many cases.

    Everybody who holds the right of an open step at its place is told. A case is urged once in a
    day; those of a list that cannot be urged now (nothing is waited for, it waits for ``by``'s own
    level, it was urged today, nobody holds the post) are left out. All is one link of the trail.

    Raises NotInScope for a case outside; NotPermitted for one who may not take a reviewing step
    above it; Refused with the first reason where no case is left, and for a text too long.
    """
    wanted, said = sorted(set(case_ids)), text.strip()
    if not wanted:
        raise Refused("没有选中要催的事项，请至少选一件。")
    with transaction.atomic():
        head = trail.lock_head()
        cases = _cases_within(wanted, by)
        with steady():  # under the lock nothing changes: the tree is asked for once
            for case in cases:
                _require_above(case, by)
            if len(said) > LONGEST:
                raise Refused(f"催办的话有 {len(said)} 个字，最多 {LONGEST} 个，请写短一些。")
            told, reasons = _sort_out(cases, by)
        if not told:
            raise Refused(reasons[0])
        urges = _write(told, by, said)
        flows = {case.flow for case in told}
        body = {"deed": "urge", "cases": [one.case_id for one in urges], "reason": said}
        body |= {"flow": flows.pop()} if len(flows) == 1 else {}
        trail.append(head, "flow", body | {"actor": by.id, "name": by.name})
        return len(urges)


def urged_on(case_ids: Collection[int]) -> dict[int, date]:
    """The last day on which each of these cases was urged; those never urged are left out."""
    urges = Urge.objects.filter(case__in=case_ids).values_list("case_id")
    return dict(urges.annotate(Max("day")))


def tell_of_raised(raised: Sequence[tuple[Todo, Passage]]) -> None:
    """Tell both levels of what went up: those who are still to do it, and those above."""
    seats = [
        (_seat(todo, place), passage)
        for todo, passage in raised
        for place in (todo.place_id, todo.raised_to)
        if place is not None
    ]
    people = _people([seat for seat, _ in seats])
    told = {(person, passage.pk) for seat, passage in seats for person in people.get(seat, ())}
    Notice.objects.bulk_create(
        Notice(for_id=person, passage_id=passage) for person, passage in sorted(told)
    )


def warn_of_deadlines() -> int:
    """Tell once of each to-do whose last day is near, in working days; of how many to-dos.

    Near is within ``settings.NOTICE_DAYS`` working days from today. Mostly nothing is: then it is
    one short question by index. A case that stands still is told of once it goes on.
    """
    if not settings.NOTICE_DAYS:
        return 0
    day = today()
    waiting = Todo.objects.filter(
        closed_at=None, warned_at=None, due__gte=day, case__paused_on=None
    )
    # The calendar is asked only where a day is near at the very most.
    at_most = day + _DAY * (2 * settings.NOTICE_DAYS + _REST)
    if not waiting.filter(due__lte=at_most).exists():
        return 0
    soon = waiting.filter(due__lte=_near(day))
    if not soon.exists():
        return 0
    with transaction.atomic():
        trail.lock_head()  # of two processes one tells
        todos = list(soon.order_by("due", "pk")[:BATCH])
        people = _people([_seat(todo, todo.place_id) for todo in todos])
        Notice.objects.bulk_create(
            Notice(for_id=person, todo=todo)
            for todo in todos
            for person in sorted(people.get(_seat(todo, todo.place_id), ()))
        )
        Todo.objects.filter(pk__in=[todo.pk for todo in todos]).update(warned_at=now())
    return len(todos)


def _near(day: date) -> date:
    """The last day that is near."""
    known, left = calendar(), settings.NOTICE_DAYS
    while left:
        day += _DAY
        left -= known.works(day)
    return day


def _cases_within(wanted: Sequence[int], by: Actor) -> list[Case]:
    cases = list(Case.objects.filter(pk__in=wanted).order_by("pk"))
    here = [c for c in cases if by.scope.covers([(FLOWS[c.flow].standing, c.place_id)])]
    if len(here) < len(wanted):
        raise NotInScope("没有这件事，或者它不在您的管理范围内。")
    return here


def _require_above(case: Case, by: Actor) -> None:
    """NotPermitted unless ``by`` may take one of the steps that are taken above the case."""
    flow, day = FLOWS[case.flow], today()
    steps = [step for step in flow.steps if step.level and not step.swept]
    if not any(
        by.may(step.permission)
        and by.scope.covers([(flow.standing, flow.acting(step, case.place_id, day))])
        for step in steps
    ):
        raise NotPermitted(f"“{by.name}”的岗位不能催办“{case}”，请由审核它的上级办理。")


def _sort_out(
    cases: Sequence[Case], by: Actor
) -> tuple[dict[Case, list[tuple[Todo, Collection[int]]]], list[str]]:
    """The cases to be urged with their to-dos and people, and why the others cannot be."""
    waiting: dict[int, list[Todo]] = {}
    for todo in Todo.objects.filter(case__in=cases, closed_at=None).order_by("due", "pk"):
        waiting.setdefault(todo.case_id, []).append(todo)
    urged = set(Urge.objects.filter(case__in=cases, day=today()).values_list("case_id", flat=True))
    people = _people([_seat(t, t.place_id) for todos in waiting.values() for t in todos])
    told: dict[Case, list[tuple[Todo, Collection[int]]]] = {}
    reasons = []
    for case in cases:
        below = [todo for todo in waiting.get(case.pk, ()) if _is_below(case, todo, by)]
        held = [(todo, people.get(_seat(todo, todo.place_id), ())) for todo in below]
        reason = _why_not(case, waiting.get(case.pk, []), below, urged=case.pk in urged)
        if not reason and not any(who for _, who in held):
            reason = f"“{case}”该办的地方没有人担任这个岗位，催不到人，请先派岗位。"
        if reason:
            reasons.append(reason)
        else:
            told[case] = held
    return told, reasons


def _why_not(case: Case, waiting: list[Todo], below: list[Todo], *, urged: bool) -> str:
    if case.closed_at is not None:
        return f"“{case}”已经办结，不用再催。"
    if case.paused_on is not None:
        return f"“{case}”从 {case.paused_on} 起中止，恢复以后再催。"
    if urged:
        return f"“{case}”今天已经催过，一天只催一次，请明天再催。"
    if not waiting:
        return f"“{case}”现在没有等人办的步骤，不用催。"
    return "" if below else f"“{case}”现在等您这一级办理，不用催，请直接去办。"


def _is_below(case: Case, todo: Todo, by: Actor) -> bool:
    """Is it to be done below a place of ``by``'s, not at the highest of them?"""
    flow: Flow = FLOWS[case.flow]
    above = flow.line(todo.place_id, today())[1:2]
    return bool(above) and by.scope.covers([(flow.standing, above[0])])


def _write(
    told: Mapping[Case, list[tuple[Todo, Collection[int]]]], by: Actor, text: str
) -> list[Urge]:
    urges = Urge.objects.bulk_create(
        Urge(
            case=case,
            step=held[0][0].step,
            actor_id=by.id,
            actor_name=by.name,
            day=today(),
            at=now(),
            text=text,
        )
        for case, held in told.items()
    )
    Notice.objects.bulk_create(
        Notice(for_id=person, urge=one)
        for one in urges
        for person in sorted({p for _, who in told[one.case] for p in who})
    )
    return urges


def _seat(todo: Todo, place: int) -> Seat:
    return Permission(todo.permission), place


def _people(seats: Collection[Seat]) -> Mapping[Seat, Collection[int]]:
    return _HOLDERS[0](set(seats), today()) if seats and _HOLDERS else {}
