"""Figures of members, counted by hand."""

from datetime import date
from typing import Any

import pytest

from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.members.tests.cities import PeopledCity

pytestmark = pytest.mark.django_db

CITY, EAST, WEST = 1, 2, 3
D = date(2011, 12, 28)


def city() -> PeopledCity:
    made = PeopledCity()
    made.area(CITY, "51")
    made.area(EAST, "5101", CITY)
    made.area(WEST, "5102", CITY)
    return made


def value(code: str, node: int = CITY, day: date = D) -> Any:
    found = figures([code], day=day, known_at=None, node=node)["figures"][0]
    return (found["numerator"], found["denominator"]) if "numerator" in found else found["value"]


def test_members_count_in_the_area_of_their_union_on_the_day() -> None:
    made = city()
    made.union(21, EAST, days=(date(2010, 1, 1), date(2011, 6, 1)))
    made.union(21, WEST, days=(date(2011, 6, 1), None))
    made.union(22, EAST)
    made.member(41, 21)
    made.member(42, 21)
    made.member(43, 22)
    made.write()

    assert [value("members.total", n) for n in (CITY, EAST, WEST)] == [3, 1, 2]
    assert [value("members.total", n, date(2011, 5, 31)) for n in (CITY, EAST, WEST)] == [3, 3, 0]
    assert [value("members.total.net", n) for n in (CITY, EAST, WEST)] == [0, -2, 2]


@pytest.mark.parametrize(
    ("union", "member"),
    [
        ({"days": (date(2010, 1, 1), D)}, {}),
        ({"days": (date(2011, 12, 29), None)}, {}),
        ({}, {"status": "保留"}),
        ({}, {"status": "转出待接收"}),
        ({}, {"days": (date(2010, 1, 1), D)}),
    ],
)
def test_only_those_in_good_standing_in_an_existing_union(
    union: dict[str, Any], member: dict[str, Any]
) -> None:
    made = city()
    made.union(21, EAST, **union)
    made.member(41, 21, **member)
    made.write()

    assert value("members.total") == 0
    assert rows_behind("members.total", day=D, known_at=None, node=CITY)["rows"] == []


def test_the_rows_mask_the_identity_number() -> None:
    made = city()
    made.union(21, EAST)
    made.member(41, 21, number="510703199001010015")
    made.write()

    assert rows_behind("members.total", day=D, known_at=None, node=EAST)["rows"] == [
        {"id": 41, "key": "510703********0015", "name": "人41", "area": "5101", "value": 1}
    ]


def test_net_rows_are_members_gained_and_lost() -> None:
    made = city()
    made.union(21, EAST)
    made.union(22, WEST, days=(date(2010, 1, 1), date(2011, 2, 1)))
    made.member(41, 21, days=(date(2011, 1, 1), None))
    made.member(42, 22)
    made.member(43, 21)
    made.write()
    found = rows_behind("members.total.net", day=D, known_at=None, node=CITY)

    assert value("members.total.net") == found["value"] == 0
    assert [(r["id"], r["area"], r["value"]) for r in found["rows"]] == [
        (41, "5101", 1),
        (42, "5102", -1),
    ]


def test_rates_of_members_mix_members_and_employers() -> None:
    made = city()
    made.firm(11, WEST, staff=4)
    made.firm(12, WEST, staff=3)
    made.union(21, EAST)
    made.cover(31, 21, 11)
    made.member(11, 21)
    made.write()
    found = rows_behind("rate.members.unit", day=D, known_at=None, node=CITY)

    assert [value("rate.members.unit", n) for n in (CITY, EAST, WEST)] == [(1, 4), (1, 0), (0, 4)]
    assert [value("rate.members.all", n) for n in (CITY, EAST, WEST)] == [(1, 7), (1, 0), (0, 7)]
    assert found["value"] == 0.25
    assert found["rows"] == [
        {
            "id": 11,
            "key": "510703********011X",
            "name": "人11",
            "area": "5101",
            "numerator": 1,
            "denominator": 0,
        },
        {"id": 11, "key": "9111", "name": "厂11", "area": "5102", "numerator": 0, "denominator": 4},
    ]
