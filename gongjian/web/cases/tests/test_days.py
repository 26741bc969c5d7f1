"""The days of a clock, one by one, over a New Year with a swapped Saturday."""

from datetime import date

import pytest

from gongjian.calendars.rules import Calendar
from gongjian.web.cases.presenters.days import cells, working_days_left
from gongjian.workflow.models import Todo

SPECIAL = {date(2011, 12, 31): True, **{date(2012, 1, n): False for n in (1, 2, 3)}}
KNOWN = Calendar(SPECIAL, frozenset({2011, 2012}))


def todo(since: date, due: date, *, working: bool = True) -> Todo:
    return Todo(since=since, due=due, working=working)


def test_ten_working_days_over_new_year() -> None:
    found = cells(todo(date(2011, 12, 22), date(2012, 1, 6)), KNOWN)
    assert [(cell.head, cell.day.day, cell.said, cell.kind) for cell in found] == [
        ("12月", 22, "起", "now"),
        ("周五", 23, "1", ""),
        ("周六", 24, "休", "off"),
        ("周日", 25, "休", "off"),
        ("周一", 26, "2", ""),
        ("周二", 27, "3", ""),
        ("周三", 28, "4", ""),
        ("周四", 29, "5", ""),
        ("周五", 30, "6", ""),
        ("周六", 31, "调休 7", "swap"),
        ("1月", 1, "放假", "hol"),
        ("周一", 2, "放假", "hol"),
        ("周二", 3, "放假", "hol"),
        ("周三", 4, "8", ""),
        ("周四", 5, "9", ""),
        ("周五", 6, "截止 10", "due"),
    ]


@pytest.mark.parametrize(
    ("since", "due", "working"),
    [
        (date(2011, 12, 22), date(2012, 1, 6), False),
        (date(2011, 12, 22), date(2012, 2, 6), True),
        (date(2011, 12, 22), date(2011, 12, 22), True),
    ],
)
def test_other_clocks_are_not_shown_day_by_day(since: date, due: date, *, working: bool) -> None:
    assert cells(todo(since, due, working=working), KNOWN) == []
    assert cells(Todo(working=True), KNOWN) == []


def test_working_days_that_are_left() -> None:
    due = date(2012, 1, 6)
    assert working_days_left(due, date(2011, 12, 22), KNOWN) == 10
    assert working_days_left(due, date(2011, 12, 31), KNOWN) == 3
    assert working_days_left(due, due, KNOWN) == 0
    assert working_days_left(due, date(2012, 1, 9), KNOWN) == 0
