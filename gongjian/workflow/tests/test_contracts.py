"""Every declared flow keeps the contract, and what breaks it is named."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from gongjian.core.access import Permission
from gongjian.core.errors import WrongUse
from gongjian.workflow.declare import (
    FLOWS,
    Clock,
    Condition,
    Flow,
    Kind,
    Number,
    State,
    Step,
)
from gongjian.workflow.faults import faults
from gongjian.workflow.models import RulePack
from gongjian.workflow.tests.permits import ASK, LOOK, PERMIT, registered

ROOMS = Path(__file__).parents[2]
TESTED = "".join(p.read_text(encoding="utf-8") for p in ROOMS.glob("*/tests/**/*.py"))
ALL = [*FLOWS, PERMIT]
ids = [flow.slug for flow in ALL]
PAUSE = PERMIT.step("stop")


@pytest.mark.parametrize("flow", ALL, ids=ids)
def test_no_state_is_dead_and_each_leaves_or_ends(flow: Flow) -> None:
    assert faults(flow) == []


@pytest.mark.parametrize("flow", ALL, ids=ids)
def test_each_step_has_a_right_a_title_and_a_test(flow: Flow) -> None:
    for step in flow.steps:
        assert isinstance(step.permission, Permission)
        assert step.title
        assert f'"{step.code}"' in TESTED, f"{flow.slug}: no test takes {step.code}"


@pytest.mark.parametrize("flow", ALL, ids=ids)
def test_each_condition_is_a_sentence_without_an_end(flow: Flow) -> None:
    said = [c for step in flow.steps for c in step.conditions]
    assert [c.sentence for c in said if c.sentence.endswith("。") or len(c.sentence) < 4] == []
    assert [c for c in said if c.source is not None and not c.source.law] == []


@pytest.mark.parametrize("flow", ALL, ids=ids)
def test_each_clock_goes_by_a_span_and_each_roll_by_a_flag(flow: Flow) -> None:
    for step in flow.steps:
        spans = [n for n in (step.clock.number if step.clock else "", step.escalates) if n]
        assert {flow.numbers[n].kind for n in spans} <= {Kind.SPAN}
        if step.clock and step.clock.roll:
            assert flow.numbers[step.clock.roll].kind == Kind.FLAG


@pytest.mark.parametrize("flow", ALL, ids=ids)
def test_titles_are_each_of_one_thing(flow: Flow) -> None:
    for titles in ([s.title for s in flow.states], [s.title for s in flow.steps]):
        assert len(titles) == len(set(titles))
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", flow.slug)


@pytest.mark.django_db
def test_every_flow_has_its_numbers_from_the_beginning() -> None:
    for flow in FLOWS:
        given: dict[str, str] = {}
        for pack in RulePack.objects.filter(flow=flow.slug, place_id=None):
            given |= pack.values
        assert set(given) == set(flow.numbers)
        for name, value in given.items():
            flow.numbers[name].check(value)


def broken(*steps: Step, states: tuple[State, ...] = PERMIT.states) -> str:
    with pytest.raises(ValueError, match="flow permit: ") as found:
        replace(PERMIT, steps=(*PERMIT.steps, *steps), states=states)
    return str(found.value).removeprefix("flow permit: ")


def step(code: str = "x", **how: object) -> Step:
    plain = Step(code=code, title="某步", from_=("draft",), to="asked", permission=ASK)
    return replace(plain, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (step("ask"), "two steps ask"),
        (step("open"), "step open has a reserved name"),
        (step(to="moon"), "step x names state moon, which is not there"),
        (step(not_by=("moon",)), "step x names step moon, which is not there"),
        (step(papers=("moon",)), "step x names paper moon, which is not there"),
        (step(escalates="look"), "step x escalates without a clock"),
        (step(produces=("moon",)), "step x names print moon, which is not there"),
        (step(clock=Clock(number="look")), "step x has a clock but stands on no list"),
        (step(clock=Clock(number="moon"), asked=True), "step x names number moon, which is not there"),
        (step(from_=()), "step x has no title or begins nowhere"),
        (step(from_=("given",)), "final state given is left"),
        (step(pauses=True, to="", code="x", from_=("posted", "draft")),
         "what step x pauses in state draft is never resumed"),
        (step(resumes=True), "step x pauses or resumes, so it may not move"),
        (replace(PAUSE, code="x", from_=("draft",)),
         "what step x pauses in state draft is never resumed"),
        (step(conditions=(Condition(sentence="", missing=lambda _: ""),)),
         "step x has a condition without a sentence"),
    ],
)  # fmt: skip
def test_a_declaration_that_contradicts_itself_is_refused(wrong: Step, said: str) -> None:
    assert broken(wrong) == said


def test_a_state_without_a_way_in_or_out_is_refused() -> None:
    states = (*PERMIT.states, State("far", "远"))
    assert broken(states=states) == "state far is never reached; state far never ends"
    trap = step(to="far")
    assert broken(trap, states=states) == "state far never ends"
    with pytest.raises(ValueError, match="no state"):
        replace(PERMIT, states=(), steps=())
    with pytest.raises(ValueError, match="two states draft"):
        replace(PERMIT, states=(*PERMIT.states, State("draft", "又")))


def test_a_paper_that_no_step_produces_is_refused() -> None:
    licence = PERMIT.prints["licence"]
    more = {**PERMIT.prints, "moon": licence, "sun": replace(licence, title="")}
    with pytest.raises(ValueError, match="no step produces moon; no step produces sun; print sun"):
        replace(PERMIT, prints=more)


def test_two_flows_of_one_name_are_a_mistake() -> None:
    with registered(), pytest.raises(ValueError, match="two flows are called permit"):
        FLOWS.register(PERMIT)
    assert PERMIT.step("give").permission == LOOK


def test_a_number_is_read_by_its_kind() -> None:
    Number("天数", Kind.COUNT).check("25")
    with pytest.raises(WrongUse, match=r"“天数”的数值“2.5”看不懂"):
        Number("天数", Kind.COUNT).check("2.5")
