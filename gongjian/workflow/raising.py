"""What was not done in time goes to the next level up."""

from django.db import transaction

from gongjian.core.access import OPERATOR
from gongjian.core.days import now, today
from gongjian.history import trail
from gongjian.history.state import steady
from gongjian.workflow.clocks import Clocks
from gongjian.workflow.declare import FLOWS, RAISE
from gongjian.workflow.models import Case, Passage, Todo
from gongjian.workflow.notices import tell_of_raised

BATCH = 200
"""To-dos raised under one lock of the trail."""


def raise_overdue() -> int:
    """Raise the to-dos whose day has come, one level each; how many they were.

    Mostly none: then it is one short question by index.
    """
    waiting = Todo.objects.filter(
        closed_at=None, raise_on__lte=today(), case__paused_on=None
    ).order_by("raise_on", "pk")
    if not waiting.exists():
        return 0
    with transaction.atomic():
        head = trail.lock_head()
        raised: list[tuple[Todo, Passage]] = []
        todos = list(waiting.select_related("case")[:BATCH])
        cases = {todo.case_id: todo.case for todo in todos}
        flows = {case.flow for case in cases.values()}
        clocks = {flow: Clocks.of(FLOWS[flow]) for flow in flows}
        with steady():  # under the lock nothing changes: the tree is asked for once
            for todo in todos:
                todo.case = cases[todo.case_id]  # two of one case count its passages together
                place = _raise(todo, clocks[todo.case.flow])
                if place is not None:
                    raised.append((todo, _passage(todo, place, head.record + 1)))
        Todo.objects.bulk_update(todos, ["raise_on", "raised_to"])
        Passage.objects.bulk_create(passage for _, passage in raised)
        Case.objects.bulk_update(cases.values(), ["passed"])
        if raised:
            said = [[todo.case_id, todo.step, todo.raised_to] for todo, _ in raised]
            body = {"deed": RAISE, "todos": said, "actor": OPERATOR.id, "name": OPERATOR.name}
            trail.append(head, "flow", body)
            tell_of_raised(raised)
    return len(raised)


def _raise(todo: Todo, clocks: Clocks) -> int | None:
    """Move a to-do one level up; the place, or None where nothing lies above."""
    day = today()
    flow, at = clocks.flow, todo.raised_to or todo.place_id
    above = flow.line(at, day)[1:2]
    if not above:
        todo.raise_on = None
        return None
    todo.raised_to = above[0]
    todo.raise_on = clocks.raised_again(todo, flow.step(todo.step), day)
    return todo.raised_to


def _passage(todo: Todo, place: int, link: int) -> Passage:
    case = todo.case
    case.passed += 1
    return Passage(
        case=case,
        number=case.passed,
        step=RAISE,
        from_state=case.state,
        to_state=case.state,
        actor_id=OPERATOR.id,
        actor_name=OPERATOR.name,
        at=now(),
        day=today(),
        due=todo.due,
        body={"step": todo.step, "place": place},
        link=link,
    )
