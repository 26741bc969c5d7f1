"""Last days come from rule packs and the calendar, move by pauses, and go up when they are over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.calendars.queries import calendar
from gongjian.calendars.rules import Calendar, Span
from gongjian.core.days import today
from gongjian.core.errors import NotNow
from gongjian.workflow.actions import take
from gongjian.workflow.clocks import Clocks
from gongjian.workflow.models import Case, Passage, Todo
from gongjian.workflow.queries import overdue, overdue_at, path, todos_of
from gongjian.workflow.raising import raise_overdue
from gongjian.workflow.tests.permits import (
    ASK,
    CITY,
    CLERK,
    COUNTY,
    LOOK,
    LOOKER,
    OTHER,
    PERMIT,
    TOWN,
    begun,
    formed,
)

LONG_AGO = date(2011, 9, 26)
DAY = timedelta(days=1)


def asked(on: date | None = None) -> Case:
    case = begun(on=on)
    formed(case)
    take(case.pk, "ask", by=CLERK)
    case.refresh_from_db()
    return case


def todo(case: Case, step: str) -> Todo:
    return Todo.objects.select_related("case").get(case=case, step=step, closed_at=None)


@pytest.mark.usefixtures("permit")
def test_the_last_day_counts_from_the_day_the_case_was_opened() -> None:
    found = todo(begun(on=LONG_AGO), "ask")
    assert (found.since, found.due, found.place_id) == (LONG_AGO, date(2011, 10, 1), TOWN)
    assert found.raise_on == date(2011, 10, 4)
    assert found.permission == ASK


@pytest.mark.usefixtures("permit")
def test_a_clock_of_working_days_skips_the_holidays() -> None:
    case = begun(on=LONG_AGO)
    clock = PERMIT.step("post")
    # 2011: 1-7 October off, 8 and 9 October (Saturday and Sunday) worked.
    found = Clocks.of(PERMIT).todo(case, clock, LONG_AGO, lambda _: LONG_AGO)
    assert (found.due, found.published, found.place_id) == (date(2011, 10, 13), True, COUNTY)


@pytest.mark.usefixtures("permit")
def test_a_passage_keeps_the_last_day_that_was_in_force_and_whether_it_was_late() -> None:
    late, timely = asked(LONG_AGO), path(asked_elsewhere())[1]
    first = path(late)[1]
    assert (first.due, first.late) == (date(2011, 10, 1), True)
    assert (timely.due, timely.late) == (today() + 5 * DAY, False)


def asked_elsewhere() -> Case:
    case = begun("乙")
    formed(case)
    take(case.pk, "ask", by=CLERK)
    return case


@pytest.mark.usefixtures("permit")
def test_a_clock_may_run_from_an_earlier_step() -> None:
    case = asked()
    take(case.pk, "post", by=LOOKER)
    found = todo(case, "give")
    assert found.since == today()
    assert found.due == calendar().due(today(), Span(10, working=True)).day


@pytest.mark.usefixtures("permit")
def test_while_paused_nothing_moves_and_afterwards_the_days_are_added() -> None:
    case = asked()
    before = todo(case, "post").due
    take(case.pk, "stop", by=LOOKER, remark="等材料")
    with pytest.raises(NotNow, match="中止；请先办“恢复”"):
        take(case.pk, "post", by=LOOKER)
    with pytest.raises(NotNow, match="中止；请先办“恢复”"):
        take(case.pk, "stop", by=LOOKER, remark="再停")
    assert list(todos_of({LOOK: [COUNTY]})) == []
    Case.objects.filter(pk=case.pk).update(paused_on=today() - 3 * DAY)
    Todo.objects.filter(case=case).update(since=today() - 4 * DAY)
    take(case.pk, "go-on", by=LOOKER)
    case.refresh_from_db()
    assert case.paused_on is None
    found = todo(case, "post")
    cal = calendar()
    worked = sum(cal.works(today() - n * DAY) for n in range(3))
    assert found.days == 10 + worked
    assert found.due == cal.due(today() - 4 * DAY, Span(10 + worked, working=True), roll=True).day
    assert before is not None
    with pytest.raises(NotNow, match="现在没有中止"):
        take(case.pk, "go-on", by=LOOKER)


@given(
    since=st.dates(date(2009, 1, 1), date(2026, 1, 1)),
    days=st.integers(0, 40),
    flags=st.tuples(st.booleans(), st.booleans()),
    pauses=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4),
)
def test_a_pause_never_brings_a_last_day_forward(
    since: date, days: int, flags: tuple[bool, bool], pauses: list[tuple[int, int]]
) -> None:
    working, roll = flags
    special = {date(2011, 10, n): False for n in range(1, 8)} | {date(2011, 10, 8): True}
    clocks = Clocks(PERMIT, Calendar(special, frozenset({2011})))
    rules = {"look": {"value": f"{days}{'wd' if working else 'd'}"}, "wait": {"value": "2d"},
             "roll": {"value": "是" if roll else "否"}}  # fmt: skip
    step = PERMIT.step("post")
    found = clocks.todo(Case(rules=rules, place_id=TOWN), step, since, lambda _: since)
    at = since
    for begins, lasts in pauses:
        paused = at + begins * DAY
        at = paused + lasts * DAY
        before, raised = found.due, found.raise_on
        clocks.resume(found, step, paused, at)
        assert before is not None
        assert found.due is not None
        assert found.due >= before
        assert found.raise_on is not None
        assert raised is not None
        assert found.raise_on >= raised
        if before < paused or lasts == 0:
            assert found.due == before
        elif not working and not roll:
            assert found.due == before + (at - max(paused, since)) * (at > since)


@pytest.mark.usefixtures("permit")
def test_the_list_of_somebody_is_ordered_by_last_day_over_all_cases() -> None:
    begun("迟", on=today())
    begun("早", on=today() - 3 * DAY)
    begun("别处", OTHER, on=today() - 4 * DAY)
    asked(today())
    assert [t.case.subject for t in todos_of({ASK: [TOWN]})] == ["早", "迟"]
    assert [t.case.subject for t in todos_of({ASK: [TOWN, OTHER]})] == ["别处", "早", "迟"]
    assert [t.step for t in todos_of({LOOK: [COUNTY], ASK: [CITY]})] == ["post"]
    assert list(todos_of({})) == []
    assert list(todos_of({LOOK: [TOWN]})) == []


@pytest.mark.usefixtures("permit")
def test_what_is_overdue_is_counted_by_place() -> None:
    begun("一", on=LONG_AGO)
    begun("二", on=LONG_AGO + DAY)
    begun("三", OTHER, on=LONG_AGO + 2 * DAY)
    begun("四", OTHER)
    assert [tuple(b) for b in overdue(today(), None)] == [
        (TOWN, 2, LONG_AGO + 5 * DAY),
        (OTHER, 1, LONG_AGO + 7 * DAY),
    ]
    assert [b.place_id for b in overdue(today(), [OTHER, COUNTY])] == [OTHER]
    assert overdue(LONG_AGO + 5 * DAY, None) == []
    assert [t.case.subject for t in overdue_at(today(), TOWN)] == ["一", "二"]


@pytest.mark.usefixtures("permit")
def test_what_is_overdue_goes_up_level_by_level_to_the_top() -> None:
    case = begun(on=today() - 8 * DAY)
    fresh = begun("新", on=today() - 7 * DAY)
    assert raise_overdue() == 1
    found = todo(case, "ask")
    assert (found.place_id, found.raised_to, found.raise_on) == (TOWN, COUNTY, today() + 3 * DAY)
    assert [t.case for t in todos_of({ASK: [COUNTY]})] == [case]
    assert {t.case for t in todos_of({ASK: [TOWN]})} == {case, fresh}
    last = path(case)[-1]
    assert (last.step, last.body) == ("raise", {"step": "ask", "place": COUNTY})
    assert raise_overdue() == 0
    Todo.objects.filter(pk=found.pk).update(raise_on=today())
    assert raise_overdue() == 1
    assert todo(case, "ask").raised_to == CITY
    Todo.objects.filter(pk=found.pk).update(raise_on=today())
    assert raise_overdue() == 0
    assert todo(case, "ask").raise_on is None
    case.refresh_from_db()
    assert case.passed == Passage.objects.filter(case=case).count() == 3


@pytest.mark.usefixtures("permit")
def test_two_to_dos_of_one_case_go_up_together() -> None:
    case = asked()
    Todo.objects.create(case=case, step="ask", permission=ASK, place_id=TOWN, due=today())
    Todo.objects.filter(case=case, closed_at=None).update(raise_on=today())
    assert raise_overdue() == 2
    assert [p.number for p in path(case)] == [1, 2, 3, 4]


@pytest.mark.usefixtures("permit")
def test_a_paused_case_does_not_go_up() -> None:
    case = asked()
    take(case.pk, "stop", by=LOOKER, remark="等")
    Todo.objects.filter(case=case).update(raise_on=today())
    assert raise_overdue() == 0
