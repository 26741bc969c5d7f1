"""An arrangement entered later gives the days it would have given from the beginning."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.calendars.actions import Correction, NewArrangement
from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.queries import calendar
from gongjian.calendars.rules import Calendar, Span, Special
from gongjian.core.access import OPERATOR, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.workflow.actions import take
from gongjian.workflow.clocks import Clocks
from gongjian.workflow.holidays import correct_day, enter_arrangement, withdraw_arrangement
from gongjian.workflow.models import Case, Passage, Todo
from gongjian.workflow.raising import raise_overdue
from gongjian.workflow.recounting import Moved, count_anew
from gongjian.workflow.tests.permits import (
    CITY,
    CLERK,
    COUNTY,
    LOOKER,
    PERMIT,
    TOWN,
    begun,
    formed,
    pack,
    somebody,
)

DAY = timedelta(days=1)
NEXT = today().year + 1
OFF, ON = False, True
FAR = today().year + 3
TOPS = [("areas", CITY)]
KEEPER = somebody(30, CITY, Permission.KEEP_RULES)


def weekday_in(month: int, number: int) -> date:
    """The first day of a month of next year that is so many days after Monday."""
    first = date(NEXT, month, 1)
    return first + timedelta(days=(number - first.weekday()) % 7)


def arrangement(*days: Special, year: int = NEXT) -> NewArrangement:
    return NewArrangement(year=year, source="放假安排的通知", days=days)


def due_of(case: Case, step: str = "ask") -> Todo:
    return Todo.objects.get(case=case, step=step, closed_at=None)


# ------------------------------------------------------------------ one to-do

_SPECIAL = st.dictionaries(
    st.dates(date(FAR, 12, 1), date(FAR + 1, 12, 31)), st.booleans(), max_size=40
)
_PAUSES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3)


def _run(under: Calendar, since: date, rules: dict[str, str], pauses: list[date]) -> Todo:
    """A to-do as it came about under a calendar, with pauses on days and ends of pauses."""
    clocks, step = Clocks(PERMIT, under), PERMIT.step("post")
    case = Case(rules={name: {"value": value} for name, value in rules.items()}, place_id=TOWN)
    found = clocks.todo(case, step, since, lambda _: since)
    for paused, resumed in zip(pauses[::2], pauses[1::2], strict=True):
        clocks.resume(found, step, paused, resumed)
    return found


@given(
    since=st.dates(date(FAR, 6, 1), date(FAR + 1, 12, 31)),
    span=st.tuples(st.integers(0, 60), st.sampled_from(["d", "wd"])),
    wait=st.sampled_from(["0d", "2d", "3wd"]),
    roll=st.sampled_from(["是", "否"]),
    pauses=_PAUSES,
    special=_SPECIAL,
)
def test_what_was_provisional_is_as_if_the_arrangement_had_always_been_there(
    since: date,
    span: tuple[int, str],
    wait: str,
    roll: str,
    pauses: list[tuple[int, int]],
    special: dict[date, bool],
) -> None:
    rules = {"look": f"{span[0]}{span[1]}", "wait": wait, "roll": roll}
    days: list[date] = []
    past: list[Passage] = []
    for begins, lasts in pauses:
        first = (days[-1] if days else since) + begins * DAY
        days += [first, first + lasts * DAY]
        past += [Passage(step="stop", day=days[-2]), Passage(step="go-on", day=days[-1])]
    before = Calendar({}, frozenset({FAR}))
    after = Calendar(special, frozenset({FAR, FAR + 1}))
    told, always = (_run(under, since, rules, days) for under in (before, after))
    promised, was_published = told.due, told.published
    count_anew(told, Clocks(PERMIT, after), past)
    assert told.due is not None
    assert always.due is not None
    assert promised is not None
    assert told.published == always.published
    assert told.days == always.days
    if not was_published or always.due >= promised:
        assert (told.due, told.raise_on) == (always.due, always.raise_on)
    else:
        assert told.due == promised


def test_what_was_entered_late_makes_nobody_late() -> None:
    since = today() - 9 * DAY
    before, after = Calendar({}, frozenset()), Calendar({}, frozenset(range(1, 9999)))
    todo = _run(before, since, {"look": "5d", "wait": "1d", "roll": "否"}, [])
    todo.days, todo.due, todo.published = 12, today() + 3 * DAY, False  # as told by mistake
    count_anew(todo, Clocks(PERMIT, after), [])
    assert (todo.due, todo.published, todo.raise_on) == (today(), True, today() + 2 * DAY)
    over = _run(before, since, {"look": "5d", "wait": "1d", "roll": "否"}, [])
    count_anew(over, Clocks(PERMIT, after), [])
    assert over.due == today() - 4 * DAY


# ------------------------------------------------------------------ the deeds


@pytest.mark.usefixtures("permit")
def test_entering_moves_what_was_provisional_and_says_so() -> None:
    pack(TOWN, ask="8wd")
    since = date(NEXT, 3, 1)
    case, near = begun("甲", on=since), begun("近", on=date(2011, 3, 1))
    before, kept = due_of(case), due_of(near)
    assert not before.published
    free = [weekday_in(3, 2) + timedelta(days=7), weekday_in(3, 3) + timedelta(days=7)]
    Todo.objects.filter(pk=before.pk).update(warned_at=Passage.objects.earliest("pk").at)
    found = enter_arrangement(
        arrangement(*(Special(day, OFF, "节") for day in free)), tops=TOPS, by=KEEPER
    )
    after = due_of(case)
    assert before.due is not None
    assert after.due == calendar().due(since, Span(8, working=True)).day
    assert after.due > before.due
    assert (after.published, after.warned_at) == (True, None)
    assert found.moved == [Moved(case.pk, "ask", before.due, after.due)]
    assert found.settled == 1
    assert due_of(near).due == kept.due
    link = TrailRecord.objects.latest("number")
    said = json.loads(link.body)
    assert (link.kind, said["deed"], said["year"]) == ("calendar", "enter", NEXT)
    assert said["moved"] == [[case.pk, "ask", before.due.isoformat(), after.due.isoformat()]]
    assert (said["name"], said["days"][0]) == (KEEPER.name, [free[0].isoformat(), OFF, "节"])
    assert trail.verify().ok


@pytest.mark.usefixtures("permit")
def test_a_worked_saturday_brings_what_was_provisional_forward() -> None:
    pack(TOWN, ask="5wd")
    saturday = weekday_in(3, 5)
    case = begun(on=saturday - 5 * DAY)
    before = due_of(case).due
    enter_arrangement(arrangement(Special(saturday, ON, "调休")), tops=TOPS, by=OPERATOR)
    assert before is not None
    assert due_of(case).due == saturday
    assert before > saturday


@pytest.mark.usefixtures("permit")
def test_a_promised_day_moves_back_and_never_forward() -> None:
    pack(TOWN, ask="6wd", wait="1wd")
    monday = weekday_in(3, 0)
    enter_arrangement(arrangement(Special(date(NEXT, 1, 1), OFF, "元旦")), tops=TOPS, by=OPERATOR)
    case = begun(on=monday)
    told = due_of(case)
    assert (told.due, told.published) == (monday + 8 * DAY, True)
    saturday = monday + 5 * DAY
    worked = Correction(day=saturday, works=True, name="调休", source="通知")
    assert correct_day(worked, tops=TOPS, by=OPERATOR).moved == []
    assert due_of(case).due == told.due
    fresh = begun("后来", on=monday)
    assert due_of(fresh).due == monday + 7 * DAY
    off = [Correction(day=monday + n * DAY, works=False, name="节", source="通知") for n in (1, 2)]
    assert [m.case for m in correct_day(off[0], tops=TOPS, by=OPERATOR).moved] == [fresh.pk]
    assert len(correct_day(off[1], tops=TOPS, by=OPERATOR).moved) == 2
    after = due_of(case)
    assert (after.due, after.raise_on) == (monday + 9 * DAY, monday + 11 * DAY)


@pytest.mark.usefixtures("permit")
def test_what_is_taken_back_is_provisional_again() -> None:
    pack(TOWN, ask="8wd")
    case = begun(on=date(NEXT, 3, 1))
    plain = due_of(case).due
    holiday = Special(weekday_in(3, 2) + timedelta(days=7), OFF, "节")
    enter_arrangement(arrangement(holiday), tops=TOPS, by=OPERATOR)
    later = due_of(case).due
    found = withdraw_arrangement(NEXT, tops=TOPS, by=OPERATOR)
    after = due_of(case)
    assert (after.due, after.published, found.moved) == (later, False, [])
    assert not SpecialDay.objects.filter(year=NEXT).exists()
    enter_arrangement(arrangement(Special(date(NEXT, 1, 1), OFF, "元旦")), tops=TOPS, by=OPERATOR)
    assert (due_of(case).due, due_of(case).published) == (plain, True)


@pytest.mark.usefixtures("permit")
def test_closed_to_dos_and_passages_stay() -> None:
    case = begun(on=today())
    formed(case)
    take(case.pk, "ask", by=CLERK)
    done = Todo.objects.get(case=case, step="ask")
    Todo.objects.filter(pk=done.pk).update(published=False, due=date(NEXT, 1, 4))
    passages = list(Passage.objects.values())
    enter_arrangement(arrangement(Special(date(NEXT, 1, 1), OFF, "元旦")), tops=TOPS, by=OPERATOR)
    done.refresh_from_db()
    assert (done.published, done.due) == (False, date(NEXT, 1, 4))
    assert list(Passage.objects.values()) == passages


@pytest.mark.usefixtures("permit")
def test_what_was_paused_keeps_the_days_of_the_pause() -> None:
    case = begun(on=today())
    formed(case)
    take(case.pk, "ask", by=CLERK)
    take(case.pk, "stop", by=LOOKER, remark="等材料")
    begins = today() - 30 * DAY
    Passage.objects.filter(case=case, step="stop").update(day=today() - 20 * DAY)
    Case.objects.filter(pk=case.pk).update(paused_on=today() - 20 * DAY)
    Todo.objects.filter(case=case, step="post").update(since=begins)
    take(case.pk, "go-on", by=LOOKER)
    told = due_of(case, "post")
    assert told.days == 10 + sum(calendar().works(today() - n * DAY) for n in range(20))
    kept = calendar()
    day = next(
        day
        for day in (today() - n * DAY for n in range(20))
        if day.weekday() < 5 and kept.works(day)
    )
    Arrangement.objects.get_or_create(year=day.year)
    correct_day(Correction(day=day, works=False, name="节", source="通知"), tops=TOPS, by=OPERATOR)
    after = due_of(case, "post")
    assert (after.days, after.due) == (told.days - 1, told.due)


@pytest.mark.usefixtures("permit")
def test_what_went_up_stays_up_and_goes_on_from_that_day() -> None:
    pack(TOWN, ask="2wd", wait="9wd")
    case = begun(on=today() - 60 * DAY)
    assert raise_overdue() == 1
    told = due_of(case)
    free = next(day for day in (today() + n * DAY for n in range(1, 12)) if calendar().works(day))
    Arrangement.objects.get_or_create(year=free.year)
    fix = Correction(day=free, works=False, name="节", source="通知")
    assert correct_day(fix, tops=TOPS, by=OPERATOR).moved == []
    after = due_of(case)
    assert (after.due, after.raised_to) == (told.due, COUNTY)
    assert after.raise_on == calendar().due(today(), Span(9, working=True)).day + DAY
    assert after.raise_on != told.raise_on


@pytest.mark.usefixtures("permit")
def test_who_may_not() -> None:
    made = arrangement(Special(date(NEXT, 1, 1), OFF, "元旦"))
    with pytest.raises(NotPermitted, match="“人31”的岗位不能维护工作日历"):
        enter_arrangement(made, tops=TOPS, by=somebody(31, CITY))
    with pytest.raises(NotPermitted, match="只有管到最上一级的人能改"):
        enter_arrangement(made, tops=TOPS, by=somebody(32, COUNTY, Permission.KEEP_RULES))
    with pytest.raises(NotPermitted, match="只有管到最上一级的人能改"):
        enter_arrangement(made, tops=[], by=KEEPER)
    assert not Arrangement.objects.filter(year=NEXT).exists()
    links = TrailRecord.objects.count()
    with pytest.raises(Refused, match="没有录入，不用撤销"):
        withdraw_arrangement(NEXT, tops=TOPS, by=KEEPER)
    assert TrailRecord.objects.count() == links
    enter_arrangement(made, tops=[], by=OPERATOR)
    assert Arrangement.objects.filter(year=NEXT).exists()
