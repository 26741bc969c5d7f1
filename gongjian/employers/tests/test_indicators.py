"""Figures of employers, counted by hand."""

from datetime import date
from typing import Any

import pytest

from gongjian.core.errors import WrongUse
from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.indicators.tests.histories import History

pytestmark = pytest.mark.django_db

CODES = ["employers.total", "employers.enterprises", "employers.over100", "employers.staff"]
EARLY, OPENED = date(1949, 10, 1), date(2010, 1, 1)
MERGED, STOPPED = date(2011, 7, 1), date(2011, 9, 1)
CITY, COUNTY, EAST, WEST, PARK = 1, 2, 3, 4, 5


@pytest.fixture(autouse=True)
def county() -> None:
    """The west is merged into the east; the park ends without an heir."""
    history = History(newest=4)

    def area(
        entry: int, code: str, parent: int | None, ends: date | None = None, **more: Any
    ) -> None:
        said = {"code": code, "name": f"区{code}", "kind": "其他", "parent_id": parent} | more
        history.say("areas", entry, (EARLY, ends), **said)

    def firm(
        entry: int, area_id: int, staff: int, *, days: Any = (OPENED, None), **more: Any
    ) -> None:
        known = more.pop("known", (2, None))
        said = {"code": f"91{entry}", "name": f"厂{entry}", "nature": "企业", "status": "在业"}
        history.say("employers", entry, days, known, area_id=area_id, staff=staff, **said | more)

    area(CITY, "51", None)
    area(COUNTY, "5101", CITY)
    area(EAST, "510101", COUNTY)
    area(WEST, "510102", COUNTY, ends=MERGED, heir_id=EAST)
    area(PARK, "510103", COUNTY, ends=STOPPED)
    firm(11, EAST, 100)
    firm(12, WEST, 99)
    firm(13, WEST, 300, nature="机关", code=None)
    firm(14, PARK, 0)
    firm(15, EAST, 500, days=(OPENED, date(2011, 8, 1)))
    firm(15, EAST, 500, days=(date(2011, 8, 1), None), status="停业")
    firm(16, EAST, 40, known=(3, 4))
    history.write()


def answer(day: date, node: int, known_at: int | None = None, **more: Any) -> list[int]:
    found = figures(CODES, day=day, known_at=known_at, node=node, **more)
    return [figure["value"] for figure in found["figures"]]


def test_who_is_in_business_counts() -> None:
    assert answer(date(2011, 6, 30), EAST) == [2, 2, 2, 600]
    assert answer(date(2011, 6, 30), WEST) == [2, 1, 0, 399]
    assert answer(date(2011, 6, 30), CITY) == [5, 4, 2, 999]


def test_a_merged_area_counts_in_its_heir_from_that_day() -> None:
    assert answer(MERGED, EAST) == [4, 3, 2, 999]
    assert answer(MERGED, WEST) == [0, 0, 0, 0]


def test_an_area_without_heir_counts_in_its_former_parent() -> None:
    assert answer(STOPPED, PARK) == [0, 0, 0, 0]
    assert answer(STOPPED, EAST) == [3, 2, 1, 499]
    assert answer(STOPPED, COUNTY) == [4, 3, 1, 499]


def test_what_is_known_at_a_change() -> None:
    assert answer(date(2011, 6, 30), EAST, known_at=3) == [3, 3, 2, 640]
    assert answer(date(2011, 6, 30), EAST, known_at=2) == [2, 2, 2, 600]
    assert answer(date(2011, 6, 30), EAST, known_at=1) == [0, 0, 0, 0]
    assert answer(date(2011, 6, 30), EAST, known_at=0) == [0, 0, 0, 0]
    assert answer(date(2011, 6, 30), EAST, known_at=9) == answer(date(2011, 6, 30), EAST)


def test_before_anything_there_is_nothing() -> None:
    assert answer(date(2009, 12, 31), CITY) == [0, 0, 0, 0]
    assert answer(date(1900, 1, 1), CITY) == [0, 0, 0, 0]


def test_the_whole_answer() -> None:
    found = figures(["employers.total"], day=STOPPED, known_at=None, node=COUNTY, children=True)

    def one(value: int) -> list[dict[str, Any]]:
        return [{"code": "employers.total", "name": "用人单位", "unit": "家", "value": value}]

    assert found == {
        "at": "2011-09-01",
        "known_at": 4,
        "area": "5101",
        "tree": "territory",
        "figures": one(4),
        "children": [{"area": "510101", "name": "区510101", "figures": one(3)}],
    }


def test_what_was_known_at_nought_still_names_the_area() -> None:
    found = figures(CODES, day=STOPPED, known_at=0, node=COUNTY, children=True)

    assert (found["known_at"], found["area"], found["children"]) == (0, "5101", [])


def test_rows_are_named_and_stand_where_they_count() -> None:
    found = rows_behind("employers.staff", day=STOPPED, known_at=None, node=COUNTY)

    assert found == {
        "code": "employers.staff",
        "value": 499,
        "rows": [
            {"id": 14, "key": "9114", "name": "厂14", "area": "5101", "value": 0},
            {"id": 11, "key": "9111", "name": "厂11", "area": "510101", "value": 100},
            {"id": 12, "key": "9112", "name": "厂12", "area": "510101", "value": 99},
            {"id": 13, "key": "厂13@510101", "name": "厂13", "area": "510101", "value": 300},
        ],
    }


def test_rows_of_an_area_that_is_gone_are_none() -> None:
    found = rows_behind("employers.total", day=MERGED, known_at=None, node=WEST)

    assert found == {"code": "employers.total", "value": 0, "rows": []}


def test_rows_of_past_knowledge() -> None:
    found = rows_behind("employers.over100", day=MERGED, known_at=3, node=WEST)
    again = rows_behind("employers.total", day=date(2011, 6, 30), known_at=3, node=EAST)

    assert found["rows"] == []
    assert [row["id"] for row in again["rows"]] == [11, 15, 16]


def test_a_code_never_heard_of_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match=r"没有代码为“employers\.all”的指标"):
        figures(["employers.all"], day=MERGED, known_at=None, node=CITY)
    with pytest.raises(WrongUse, match=r"没有代码为“coverage\.staff”的指标"):
        rows_behind("coverage.staff", day=MERGED, known_at=None, node=CITY)


def test_a_year_start_that_is_no_day_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="年度起始日“13-01”无效"):
        figures(CODES, day=MERGED, known_at=None, node=CITY, year_start="13-01")


def test_staff_is_missing_of_whoever_is_in_business_with_nobody() -> None:
    def empty(day: date, node: int) -> list[int]:
        found = rows_behind("employers.unstaffed", day=day, known_at=None, node=node)
        return [row["id"] for row in found["rows"]]

    assert [empty(date(2011, 6, 30), node) for node in (CITY, EAST, PARK)] == [[14], [], [14]]
    assert [empty(STOPPED, node) for node in (COUNTY, PARK)] == [[14], []]
