"""Cases of any flow, brought into any of its states: for tests that walk every declaration."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db import transaction

from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.history import trail
from gongjian.workflow.actions import NewCase, open_case
from gongjian.workflow.declare import Attempt, Flow, Step
from gongjian.workflow.models import Case, Passage
from gongjian.workflow.moving import Move, move
from gongjian.workflow.papers import hand_in
from gongjian.workflow.refusing import way_to
from gongjian.workflow.tests.permits import brought

REMARK: Final = "写明的理由"


def arrived(flow: Flow, state: str, place: int, *, on: date | None = None) -> Case:
    """A case of ``flow`` in ``state``, by the shortest way there, with every paper handed in."""
    new = NewCase(subject=flow.example, title=f"{flow.title}一件", place_id=place)
    case = open_case(flow.slug, new, by=OPERATOR, on=on)
    for paper in flow.papers:
        hand_in(case.pk, paper, brought(OPERATOR).pk, by=OPERATOR)
    for step in _way(flow, state):
        went(case, flow, step)
    return case


def _way(flow: Flow, state: str) -> Iterator[Step]:
    """The shortest way from the first state to ``state``."""
    first = flow.states[0].code
    if state == first:
        return
    into = [step for step in flow.steps if step.to == state]
    ways = [(way_to(flow, first, step), step) for step in into]
    reached = [(way, step) for way, step in ways if way or first in step.from_]
    way, last = min(reached, key=lambda found: len(found[0]))
    yield from way
    yield last


def ready(flow: Flow, step: Step, place: int) -> Case:
    """A case of which ``step`` is the next; paused where the step resumes."""
    case = arrived(flow, step.from_[0], place)
    if step.resumes:
        pausing = next(s for s in flow.leaving(case.state) if s.pauses)
        went(case, flow, pausing)
    return case


def went(case: Case, flow: Flow, step: Step) -> Passage:
    """Take a step whatever stands in its way: it is about what comes of it."""
    kept = step.keeps(Attempt(case=case, by=OPERATOR, day=today())) if step.keeps else {}
    with transaction.atomic():
        how = Move(flow, step, OPERATOR, REMARK, dict(kept), None)
        (passage,) = move([case], how, trail.lock_head())
    return passage
