"""Which months one moves through."""

from datetime import date

import pytest

from gongjian.web.matrix.months import Months, mark, title

JANUARY, MARCH, DECEMBER = date(2011, 1, 25), date(2011, 3, 25), date(2011, 12, 25)


def test_a_cut_off_is_the_last_of_twelve() -> None:
    months = Months.of(DECEMBER, None)

    assert months.days == tuple(date(2011, month, 25) for month in range(1, 13))
    assert (months.before, months.place, months.until) == (date(2010, 12, 25), 11, DECEMBER)
    assert (months.earlier, months.later) == (date(2011, 11, 25), None)


def test_a_day_between_two_cut_offs_comes_behind_them() -> None:
    day = date(2011, 12, 28)
    months = Months.of(day, None)

    assert months.days == (*(date(2011, month, 25) for month in range(1, 13)), day)
    assert (months.place, months.earlier) == (12, DECEMBER)


def test_within_the_months_of_another_day() -> None:
    months = Months.of(MARCH, DECEMBER)

    assert (months.until, months.place) == (DECEMBER, 2)
    assert (months.earlier, months.later) == (date(2011, 2, 25), date(2011, 4, 25))
    assert Months.of(JANUARY, DECEMBER).earlier == date(2010, 12, 25)


@pytest.mark.parametrize("until", [date(2010, 12, 25), date(2013, 1, 25), MARCH])
def test_an_end_that_the_day_is_not_within_is_not_heard(until: date) -> None:
    assert Months.of(MARCH, until) == Months.of(MARCH, None)


def test_names() -> None:
    assert [title(day) for day in (MARCH, date(2011, 12, 28))] == ["2011 年 3 月", "2011-12-28"]
    assert [mark(day) for day in (MARCH, date(2011, 12, 28))] == ["3月", "12-28"]
