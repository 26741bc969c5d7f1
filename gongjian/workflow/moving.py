"""What a passage does to cases: their state, their to-dos and clocks, who is told, the trail."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from gongjian.core.access import Actor
from gongjian.core.days import now, today
from gongjian.history import trail
from gongjian.history.models import Head
from gongjian.workflow.clocks import Clocks
from gongjian.workflow.declare import Flow, Step
from gongjian.workflow.models import Case, Notice, Passage, Todo


class Move(NamedTuple):
    """One step as it is taken: by whom, with what words, and the change it made."""

    flow: Flow
    step: Step
    by: Actor
    remark: str
    body: dict[str, Any]
    change: int | None


def move(cases: Sequence[Case], how: Move, head: Head) -> list[Passage]:
    """Write the passage of each of ``cases``, all as one link; the caller has seen that it may."""
    moment, day = now(), today()
    dues = dict(
        Todo.objects.filter(
            case__in=cases, step=how.step.settles or how.step.code, closed_at=None
        ).values_list("case_id", "due")
    )
    passages = []
    for case in cases:
        before = case.state
        case.passed += 1
        case.state = how.step.to or case.state
        if how.flow.state(case.state).final:
            case.closed_at = moment
        passages.append(
            Passage(
                case=case,
                number=case.passed,
                step=how.step.code,
                from_state=before,
                to_state=case.state,
                actor_id=how.by.id,
                actor_name=how.by.name,
                at=moment,
                day=day,
                due=dues.get(case.pk),
                remark=how.remark,
                body=how.body,
                change=how.change,
                link=head.record + 1,
            )
        )
    Passage.objects.bulk_create(passages)
    _clocks(cases, how, day)
    Case.objects.bulk_update(cases, ["state", "passed", "closed_at", "paused_on"])
    _tell(passages, how)
    trail.append(head, "flow", _said(passages, how))
    return passages


def open_todos(clocks: Clocks, case: Case, *, entered: date) -> Iterator[Todo]:
    """What is to be done in the state that ``case`` came into on ``entered``."""

    def since(step: str) -> date:
        last = Passage.objects.filter(case=case, step=step).order_by("-number").first()
        return last.day if last else entered

    for step in clocks.flow.leaving(case.state):
        if step.asked:
            yield clocks.todo(case, step, entered, since)


def _clocks(cases: Sequence[Case], how: Move, day: date) -> None:
    if how.step.to:
        Todo.objects.filter(case__in=cases, closed_at=None).update(closed_at=now())
        clocks = Clocks.of(how.flow)
        Todo.objects.bulk_create(
            todo for case in cases for todo in open_todos(clocks, case, entered=day)
        )
    elif how.step.pauses:
        for case in cases:
            case.paused_on = day
    elif how.step.resumes:
        _resume(cases, how.flow, day)


def _resume(cases: Sequence[Case], flow: Flow, day: date) -> None:
    clocks = Clocks.of(flow)
    todos = list(Todo.objects.filter(case__in=cases, closed_at=None).select_related("case"))
    for todo in todos:
        if todo.case.paused_on is not None:
            clocks.resume(todo, flow.step(todo.step), todo.case.paused_on, day)
    Todo.objects.bulk_update(todos, ["days", "due", "published", "raise_on"])
    for case in cases:
        case.paused_on = None


def _tell(passages: Sequence[Passage], how: Move) -> None:
    if not how.step.tells:
        return
    cases = [passage.case_id for passage in passages]
    before = Passage.objects.filter(case__in=cases, step__in=how.step.tells)
    last = {
        (case, step): actor
        for case, step, actor in before.order_by("number").values_list(
            "case_id", "step", "actor_id"
        )
    }
    told = {(case, actor) for (case, _), actor in last.items()}
    of = {passage.case_id: passage for passage in passages}
    Notice.objects.bulk_create(
        Notice(for_id=actor, passage=of[case])
        for case, actor in sorted(told, key=str)
        if actor is not None and actor != how.by.id
    )


def _said(passages: Sequence[Passage], how: Move) -> dict[str, Any]:
    """What the trail keeps: whoever alters a passage contradicts the chain."""
    said = [
        [p.case_id, p.number, p.from_state, p.to_state, p.due and p.due.isoformat()]
        for p in passages
    ]
    return {
        "deed": how.step.code,
        "flow": how.flow.slug,
        "passages": said,
        "reason": how.remark,
        "body": how.body,
        "change": how.change,
        "actor": how.by.id,
        "name": how.by.name,
    }
