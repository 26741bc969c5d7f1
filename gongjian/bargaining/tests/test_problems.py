"""Unions whose agreements end or have ended, counted by hand."""

from datetime import date
from typing import Any

import pytest

from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from tests.cities import FullCity

pytestmark = pytest.mark.django_db

CITY, EAST, WEST = 1, 2, 3
D = date(2011, 12, 25)
IN_THREE_MONTHS, A_DAY_MORE = date(2012, 3, 25), date(2012, 3, 26)
CODES = ("unions.lapsed", "unions.expiring")


@pytest.fixture
def city() -> FullCity:
    made = FullCity()
    made.area(CITY, "51")
    made.area(EAST, "5101", CITY)
    made.area(WEST, "5102", CITY)
    made.union(1, CITY, kind="总工会")
    for union in range(2, 9):
        made.union(union, EAST if union % 2 else WEST, superior_id=1)
    return made


def told(city: FullCity, *, day: date = D, node: int = CITY, **more: Any) -> list[int]:
    found = figures(CODES, day=day, known_at=None, node=node, **more)["figures"]
    return [figure["value"] for figure in found]


def whose(code: str) -> list[tuple[int, str]]:
    rows = rows_behind(code, day=D, known_at=None, node=CITY)["rows"]
    return [(row["id"], row["area"]) for row in rows]


@pytest.mark.parametrize(
    ("until", "lapsed", "expiring"),
    [
        (date(2011, 12, 24), 1, 0),
        (D, 0, 1),
        (IN_THREE_MONTHS, 0, 1),
        (A_DAY_MORE, 0, 0),
    ],
)
def test_the_last_day_still_counts_and_three_months_later_the_same_day(
    city: FullCity, until: date, lapsed: int, expiring: int
) -> None:
    city.agree(1, 2, term_to=until)
    city.write()

    assert told(city) == [lapsed, expiring]
    assert told(city, node=WEST) == [lapsed, expiring]
    assert told(city, node=EAST) == [0, 0]


@pytest.mark.parametrize(
    ("day", "until", "expiring"),
    [
        (date(2011, 11, 30), date(2012, 2, 29), 1),
        (date(2011, 11, 30), date(2012, 3, 1), 0),
        (date(2011, 10, 31), date(2012, 1, 31), 1),
    ],
)
def test_a_month_without_that_day_ends_with_its_last(
    city: FullCity, day: date, until: date, expiring: int
) -> None:
    city.agree(1, 2, term_to=until)
    city.write()

    assert told(city, day=day) == [0, expiring]


def test_a_later_agreement_of_the_same_kind_renews_one_of_another_does_not(city: FullCity) -> None:
    ended, later = date(2011, 6, 30), date(2013, 12, 31)
    city.agree(1, 2, term_to=ended)
    city.agree(2, 2, term_to=later)
    city.agree(3, 3, term_to=ended)
    city.agree(4, 3, term_to=later, kind="区域性")
    city.agree(5, 4, term_to=ended)
    city.agree(6, 4, term_to=later, voided_on=D)
    city.agree(7, 5, term_to=ended, voided_on=date(2011, 1, 1))
    city.agree(8, 6, term_to=ended)
    city.agree(9, 6, term_to=later, days=(date(2011, 12, 26), None))
    city.write()

    assert told(city) == [3, 0]
    assert whose("unions.lapsed") == [(3, "5101"), (4, "5102"), (6, "5102")]
    assert [told(city, node=union, tree="affiliation") for union in (1, 3, 5)] == [
        *([3, 0], [1, 0], [0, 0])
    ]


def test_nobody_renews_for_a_union_that_is_dissolved(city: FullCity) -> None:
    city.union(9, EAST, days=(date(2005, 1, 1), D))
    city.agree(1, 9, term_to=date(2011, 6, 30))
    city.write()

    assert told(city) == [0, 0]
    assert told(city, day=date(2011, 12, 24)) == [1, 0]
