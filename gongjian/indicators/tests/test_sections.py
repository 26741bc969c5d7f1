"""States of knowledge, and days."""

from datetime import date

import pytest

from gongjian.history.models import Head
from gongjian.history.state import steady
from gongjian.indicators.sections import Moment, Year, at_one_moment


def reach(change: int) -> None:
    Head.objects.update(change=change)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known_at", "moment"),
    [
        (None, Moment(7, believed=True)),
        (7, Moment(7, believed=True)),
        (99, Moment(7, believed=True)),
        (6, Moment(6, believed=False)),
        (0, Moment(0, believed=False)),
        (-3, Moment(0, believed=False)),
    ],
)
def test_what_is_known(known_at: int | None, moment: Moment) -> None:
    reach(7)

    assert at_one_moment(known_at, lambda m: m) == moment


@pytest.mark.django_db
def test_a_change_that_arrives_meanwhile_is_left_out() -> None:
    reach(7)
    asked = []

    def ask(moment: Moment) -> Moment:
        asked.append(moment)
        reach(8)
        return moment

    assert at_one_moment(None, ask) == Moment(7, believed=False)
    assert asked == [Moment(7, believed=True), Moment(7, believed=False)]


@pytest.mark.django_db
def test_a_change_that_arrives_meanwhile_is_seen_within_a_steady_moment() -> None:
    reach(7)

    def ask(moment: Moment) -> Moment:
        reach(8)
        return moment

    with steady():
        assert at_one_moment(None, ask) == Moment(7, believed=False)
        assert at_one_moment(None, ask) == Moment(7, believed=False)


def test_the_eve_of_the_year_is_the_day_before_it_began() -> None:
    year = Year.of(date(2011, 12, 28), "01-01")

    assert year == Year(date(2011, 12, 28), date(2011, 1, 1))
    assert year.eve("01-01") == Year(date(2010, 12, 31), date(2010, 1, 1))


def test_a_year_may_begin_late() -> None:
    year = Year.of(date(2011, 3, 1), "12-26")

    assert year == Year(date(2011, 3, 1), date(2010, 12, 26))
    assert year.eve("12-26") == Year(date(2010, 12, 25), date(2009, 12, 26))
