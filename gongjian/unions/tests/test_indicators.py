"""Figures of unions and of those they cover, counted by hand."""

from datetime import date
from typing import Any

import pytest

from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.unions.tests.cities import City

pytestmark = pytest.mark.django_db

CITY, EAST, WEST = 1, 2, 3
D = date(2011, 12, 28)
NEW_YEAR = date(2011, 1, 1)


def city() -> City:
    made = City()
    made.area(CITY, "51")
    made.area(EAST, "5101", CITY)
    made.area(WEST, "5102", CITY)
    return made


def value(code: str, node: int = CITY, day: date = D, **more: Any) -> Any:
    found = figures([code], day=day, known_at=None, node=node, **more)["figures"][0]
    return (found["numerator"], found["denominator"]) if "numerator" in found else found["value"]


def rows(code: str, node: int = CITY, day: date = D) -> list[tuple[Any, ...]]:
    found = rows_behind(code, day=day, known_at=None, node=node)["rows"]
    return [tuple(v for k, v in row.items() if k not in {"key", "name"}) for row in found]


def test_a_covered_employer_counts_once_in_its_own_area() -> None:
    made = city()
    made.firm(11, EAST)
    made.firm(12, WEST, nature="事业单位")
    made.union(21, WEST)
    made.union(22, WEST)
    made.cover(31, 21, 11)
    made.cover(32, 22, 11)
    made.cover(33, 22, 12)
    made.write()

    assert [value("coverage.units", n) for n in (CITY, EAST, WEST)] == [2, 1, 1]
    assert [value("coverage.enterprises", n) for n in (CITY, EAST, WEST)] == [1, 1, 0]
    assert rows("coverage.units") == [(11, "5101", 1), (12, "5102", 1)]
    assert rows("coverage.enterprises") == [(11, "5101", 1)]


@pytest.mark.parametrize(
    ("firm", "union", "coverage"),
    [
        ({"status": "停业"}, {}, {}),
        ({"days": (date(2011, 12, 29), None)}, {}, {}),
        ({}, {"days": (date(2010, 1, 1), D)}, {}),
        ({}, {"days": (date(2011, 12, 29), None)}, {}),
        ({}, {}, {"days": (date(2010, 1, 1), D)}),
        ({}, {}, {"known": (1, 2)}),
        ({}, {"known": (1, 2)}, {}),
    ],
)
def test_coverage_needs_all_three_on_the_day(
    firm: dict[str, Any], union: dict[str, Any], coverage: dict[str, Any]
) -> None:
    made = city()
    made.newest = 2
    made.firm(11, EAST, **firm)
    made.union(21, EAST, **union)
    made.cover(31, 21, 11, **coverage)
    made.write()

    assert value("coverage.units") == 0
    assert rows("coverage.units") == []


def test_base_unions_are_single_and_joint() -> None:
    made = city()
    kinds = (
        "单独基层工会",
        "联合基层工会",
        "总工会",
        "区域性工会联合会",
        "行业性工会联合会",
        "分会",
    )
    for i, kind in enumerate(kinds):
        made.union(21 + i, EAST, kind=kind)
    made.write()

    assert value("unions.base") == 2
    assert rows("unions.base") == [(21, "5101", 1), (22, "5101", 1)]


def test_net_is_what_was_gained_less_what_was_lost() -> None:
    made = city()
    made.union(21, EAST)
    made.union(22, EAST, days=(NEW_YEAR, None))
    made.union(23, EAST, days=(date(2011, 5, 1), None))
    made.union(24, WEST, days=(date(2010, 1, 1), date(2011, 3, 1)))
    made.union(25, WEST, days=(date(2011, 2, 1), date(2011, 4, 1)))
    made.write()

    assert [value("unions.base.net", n) for n in (CITY, EAST, WEST)] == [1, 2, -1]
    assert rows("unions.base.net") == [(22, "5101", 1), (23, "5101", 1), (24, "5102", -1)]
    assert value("unions.base.net", year_start="12-26") == 0
    assert value("unions.base.net", day=date(2011, 4, 1), year_start="03-01") == -2


def test_who_moves_within_is_neither_gained_nor_lost() -> None:
    made = city()
    made.firm(11, EAST, days=(date(2010, 1, 1), date(2011, 6, 1)))
    made.firm(11, WEST, days=(date(2011, 6, 1), None))
    made.union(21, EAST)
    made.cover(31, 21, 11)
    made.write()

    assert [value("coverage.units.net", n) for n in (CITY, EAST, WEST)] == [0, -1, 1]
    assert rows("coverage.units.net") == []
    assert rows("coverage.units.net", EAST) == [(11, "5101", -1)]
    assert rows("coverage.units.net", WEST) == [(11, "5102", 1)]


def test_each_day_of_a_net_figure_has_its_own_tree() -> None:
    made = City()
    made.area(CITY, "51")
    made.area(EAST, "5101", CITY)
    made.area(WEST, "5102", CITY, days=(date(1950, 1, 1), date(2011, 7, 1)), heir_id=EAST)
    made.area(4, "5103", CITY, days=(NEW_YEAR, None))
    made.union(21, WEST)
    made.union(22, 4, days=(NEW_YEAR, None))
    made.write()

    assert [value("unions.base.net", n) for n in (CITY, EAST, WEST, 4)] == [1, 1, 0, 1]
    assert rows("unions.base.net", EAST) == [(21, "5101", 1)]
    assert rows("unions.base.net", WEST) == []
    assert rows("unions.base.net", 4) == [(22, "5103", 1)]


def test_a_rate_divides_last_and_not_by_nought() -> None:
    made = city()
    for entry, staff in ((11, 100), (12, 99), (13, 100)):
        made.firm(entry, EAST, staff=staff)
    made.union(21, EAST)
    made.cover(31, 21, 11)
    made.cover(32, 21, 12)
    made.write()
    codes = ["rate.union", "rate.union.over100"]

    def rates(node: int) -> list[Any]:
        found = figures(codes, day=D, known_at=None, node=node)["figures"]
        return [(f["value"], f["numerator"], f["denominator"]) for f in found]

    assert rates(CITY) == [(2 / 3, 2, 3), (1 / 2, 1, 2)]
    assert rates(WEST) == [(None, 0, 0), (None, 0, 0)]


def test_an_employer_in_both_parts_of_a_rate_is_one_row() -> None:
    made = city()
    made.firm(11, EAST)
    made.firm(12, EAST)
    made.union(21, EAST)
    made.cover(31, 21, 11)
    made.write()

    assert rows_behind("rate.union", day=D, known_at=None, node=CITY) == {
        "code": "rate.union",
        "value": 0.5,
        "numerator": 1,
        "denominator": 2,
        "rows": [
            {
                "id": 11,
                "key": "9111",
                "name": "厂11",
                "area": "5101",
                "numerator": 1,
                "denominator": 1,
            },
            {
                "id": 12,
                "key": "9112",
                "name": "厂12",
                "area": "5101",
                "numerator": 0,
                "denominator": 1,
            },
        ],
    }


def test_names_are_those_of_the_day() -> None:
    made = city()
    made.union(21, EAST, days=(date(2010, 1, 1), date(2011, 6, 1)), code=None, name="旧名")
    made.union(21, EAST, days=(date(2011, 6, 1), None), name="新名")
    made.write()

    def named(day: date) -> list[tuple[str, str]]:
        found = rows_behind("unions.base", day=day, known_at=None, node=CITY)["rows"]
        return [(row["key"], row["name"]) for row in found]

    assert named(date(2011, 5, 31)) == [("旧名@5101", "旧名")]
    assert named(date(2011, 6, 1)) == [("8121", "新名")]
