"""Whatever people do in whatever order, nothing leaves the graph, and two eyes stay four."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.core.access import Actor
from gongjian.core.errors import Refused
from gongjian.history import trail
from gongjian.workflow.actions import take
from gongjian.workflow.models import Case, Passage, Todo
from gongjian.workflow.queries import options, path
from gongjian.workflow.raising import raise_overdue
from gongjian.workflow.tests.permits import (
    BOTH,
    CITY,
    CLERK,
    LEADER,
    LOOKER,
    PERMIT,
    READER,
    STRANGER,
    TOWN,
    begun,
    formed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("permit")]
PEOPLE = (CLERK, LOOKER, BOTH, READER, STRANGER, LEADER)
DEEDS = st.tuples(
    st.sampled_from([*(step.code for step in PERMIT.steps), "raise"]),
    st.sampled_from(PEOPLE),
    st.sampled_from(["", "理由"]),
)


def walked(case: Case, deeds: list[tuple[str, Actor, str]]) -> Iterator[Actor]:
    """Do all that can be done; the actor of each passage."""
    for code, by, remark in deeds:
        if code == "raise":
            Todo.objects.filter(case=case, raise_on__isnull=False).update(raise_on=case.opened)
            raise_overdue()
            continue
        case.refresh_from_db()
        try:
            found = {o.step.code: o for o in options(case, by=by, day=case.opened)}
        except Refused:
            found = {}
        try:
            take(case.pk, code, by=by, remark=remark)
        except Refused:
            needs = PERMIT.step(code).needs_remark
            assert not (code in found and found[code].open and (remark or not needs))
        else:
            assert found[code].open
            yield by


@given(st.lists(DEEDS, max_size=14), st.sampled_from([TOWN, CITY]), st.sampled_from(["甲", "7"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_walk_stays_on_the_declared_graph(
    deeds: list[tuple[str, Actor, str]], place: int, subject: str
) -> None:
    with transaction.atomic():
        case = begun(subject, place)
        formed(case, LEADER)
        done = list(walked(case, deeds))
        case.refresh_from_db()
        held(case, [p for p in path(case) if p.step not in {"open", "raise"}], done)
        transaction.set_rollback(True)


def held(case: Case, passages: list[Passage], done: list[Actor]) -> None:
    state, asker = "draft", None
    for passage, by in zip(passages, done, strict=True):
        step = PERMIT.step(passage.step)
        assert passage.from_state == state
        assert state in step.from_
        assert passage.to_state == (step.to or state)
        assert passage.actor_id == by.id
        assert by not in (READER, STRANGER)
        assert passage.remark or not step.needs_remark
        if step.code == "ask":
            asker = by
        if step.code == "post":
            assert by != asker
        state = passage.to_state
    assert case.state == state
    assert (case.closed_at is not None) == PERMIT.state(state).final
    assert [p.number for p in path(case)] == list(range(1, case.passed + 1))
    waiting = set(Todo.objects.filter(case=case, closed_at=None).values_list("step", flat=True))
    assert waiting == {step.code for step in PERMIT.leaving(state) if step.asked}
    assert trail.verify().ok
