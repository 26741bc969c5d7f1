"""Opening cases and taking their steps: under the lock of the trail, each passage a link of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.days import now, today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import Head
from gongjian.history.state import steady
from gongjian.workflow.clocks import Clocks
from gongjian.workflow.declare import FLOWS, OPEN, Attempt, Flow
from gongjian.workflow.models import Case, Notice, Passage, Todo
from gongjian.workflow.moving import Move, move, open_todos
from gongjian.workflow.packs import packs_on, rules_for
from gongjian.workflow.refusing import require_moment, require_right, require_within

_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be opened: what it is about, how it is called, where."""

    subject: str
    title: str
    place_id: int
    body: Mapping[str, Any] = field(default_factory=dict)


def open_case(flow: str, new: NewCase, *, by: Actor, on: date | None = None) -> Case:
    """Open one case; Refused where there is one already. Else as ``open_cases``."""
    found = open_cases(flow, [new], by=by, on=on)
    if not found:
        raise Refused(f"“{new.title}”已经有了，不用再开始，请打开原来的那一件。")
    return found[0]


def open_cases(
    flow: str, new: Sequence[NewCase], *, by: Actor, on: date | None = None
) -> list[Case]:
    """Open those of ``new`` that are not there yet, all at once, as one link of the trail.

    Their rules are those of the day ``on`` (today). Raises NotInScope, NotPermitted, and Refused
    where no rule pack gives a number of the flow.
    """
    declared = FLOWS[flow]
    for one in new:
        if not by.scope.covers([(declared.standing, one.place_id)]):
            raise NotInScope("没有这个地方，或者它不在您的管理范围内。")
    if not by.may(declared.opens):
        raise NotPermitted(f"“{by.name}”的岗位不能开始“{declared.title}”，请由有此权限的人办理。")
    with transaction.atomic():
        head = trail.lock_head()
        missing = _not_there(declared, new)
        with steady():  # under the lock nothing changes: the tree is asked for once
            return _open(declared, missing, by, on or today(), head) if missing else []


def take(
    case_id: int,
    step: str,
    *,
    by: Actor,
    remark: str = "",
    body: Mapping[str, Any] = _NOTHING,
    seen: int | None = None,
) -> Passage:
    """Take a step of a case: its effect, the passage and the link of the trail, all or nothing.

    ``seen`` is the number of the passage that whoever takes it saw last, if they were shown any.
    Raises NotInScope, then NotPermitted, then NotNow with the reason and what unlocks it, or
    Refused for a missing remark.
    """
    kept = _kept(case_id, step, by, body)
    with transaction.atomic():
        head = trail.lock_head()
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None:
            raise NotInScope("没有这件事，或者它不在您的管理范围内。")
        flow = FLOWS[case.flow]
        require_within(flow, case, by)
        declared = flow.step(step)
        attempt = Attempt(case=case, by=by, day=today(), remark=remark, body=body)
        require_right(flow, declared, attempt)
        _require_seen(case, seen)
        require_moment(flow, declared, attempt)
        change = None
        if declared.effect is not None:
            change = declared.effect(attempt)
            head = trail.lock_head()  # a change inside has moved it on
        how = Move(flow, declared, by, remark.strip(), kept, change)
        (passage,) = move([case], how, head)
        return passage


def sweep(
    flow: str, step: str, *, subject: str, places: Collection[int], by: Actor, remark: str = ""
) -> int:
    """Take a step of all cases of ``subject`` at ``places`` that can take it; how many they were.

    Only for steps in whose way nothing stands but the state. Raises NotInScope and NotPermitted.
    """
    declared = FLOWS[flow].step(step)
    if (
        declared.conditions
        or declared.papers
        or declared.not_by
        or declared.effect
        or declared.keeps
    ):
        raise ValueError(f"step {step} has to be looked at case by case")
    standing = FLOWS[flow].standing
    if not all(by.scope.covers([(standing, place)]) for place in places):
        raise NotInScope("这些地方不全在您的管理范围内。")
    if not by.may(declared.permission):
        raise NotPermitted(f"“{by.name}”的岗位不能办“{declared.title}”，请由有此权限的人办理。")
    with transaction.atomic():
        head = trail.lock_head()
        cases = Case.objects.filter(
            flow=flow, subject=subject, state__in=declared.from_, paused_on=None
        ).order_by("pk")
        wanted = set(places)
        found = [case for case in cases if case.place_id in wanted]
        if found:
            move(found, Move(FLOWS[flow], declared, by, remark.strip(), {}, None), head)
        return len(found)


def see_notices(person: int) -> int:
    """Whoever ``person`` is has looked at all notices; how many were new."""
    return Notice.objects.filter(for_id=person, seen_at=None).update(seen_at=now())


def _kept(case_id: int, step: str, by: Actor, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a passage would keep: worked out before the lock, for it may count rows."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not by.scope.covers([(FLOWS[case.flow].standing, case.place_id)]):
        return dict(body)  # it is refused
    declared = FLOWS[case.flow].step(step)
    if (
        declared.keeps is None
        or case.state not in declared.from_
        or not by.may(declared.permission)
    ):
        return dict(body)
    return {**declared.keeps(Attempt(case=case, by=by, day=today(), body=body)), **body}


def _require_seen(case: Case, seen: int | None) -> None:
    if seen is not None and seen != case.passed:
        raise Refused(f"“{case}”刚才已有别人办过，请重新打开，看清现在的情况再办。")


def _not_there(flow: Flow, new: Sequence[NewCase]) -> list[NewCase]:
    cases = Case.objects.filter(flow=flow.slug, subject__in={one.subject for one in new})
    if not flow.once:
        cases = cases.filter(closed_at=None)
    known = set(cases.values_list("subject", "place_id"))
    found: dict[tuple[str, int], NewCase] = {}
    for one in new:
        if (one.subject, one.place_id) not in known:
            found.setdefault((one.subject, one.place_id), one)
    return list(found.values())


def _open(flow: Flow, new: list[NewCase], by: Actor, on: date, head: Head) -> list[Case]:
    packs, moment = packs_on(flow, on), now()
    cases = Case.objects.bulk_create(
        Case(
            flow=flow.slug,
            subject=one.subject,
            title=one.title,
            place_id=one.place_id,
            state=flow.states[0].code,
            opened=on,
            opened_at=moment,
            rules=rules_for(flow, flow.line(one.place_id, on), packs),
            passed=1,
        )
        for one in new
    )
    Passage.objects.bulk_create(
        Passage(
            case=case,
            number=1,
            step=OPEN,
            to_state=case.state,
            actor_id=by.id,
            actor_name=by.name,
            at=moment,
            day=today(),
            body=dict(one.body),
            link=head.record + 1,
        )
        for case, one in zip(cases, new, strict=True)
    )
    clocks = Clocks.of(flow)
    Todo.objects.bulk_create(
        todo for case in cases for todo in open_todos(clocks, case, entered=on)
    )
    said = [[case.pk, case.subject, case.place_id, case.rules] for case in cases]
    body = {"deed": OPEN, "flow": flow.slug, "on": on.isoformat(), "cases": said}
    trail.append(head, "flow", body | {"actor": by.id, "name": by.name})
    return cases
