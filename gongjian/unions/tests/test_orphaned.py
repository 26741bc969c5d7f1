"""Areas that were stopped without an heir while somebody stood in them, counted by hand."""

from datetime import date
from typing import Any

import pytest

from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.indicators.store.keeping import ensure, prove
from gongjian.indicators.store.matrix import matrix
from gongjian.unions.tests.cities import EARLY, City
from tests.worlds import entry, firm, good

pytestmark = pytest.mark.django_db

CITY, KEPT, MERGED, LEFT, EMPTY, OF_UNIONS = 1, 2, 3, 4, 5, 6
STOP, D = date(2011, 7, 1), date(2011, 12, 25)
CODE = "areas.orphaned"


def value(node: int = CITY, day: date = D, **more: Any) -> Any:
    return figures([CODE], day=day, known_at=None, node=node, **more)["figures"][0]["value"]


@pytest.fixture
def city() -> City:
    made = City()
    made.area(CITY, "51")
    made.area(KEPT, "5101", CITY)
    for area, code in ((MERGED, "5102"), (LEFT, "5103"), (EMPTY, "5104"), (OF_UNIONS, "5105")):
        heir = {"heir_id": KEPT} if area == MERGED else {}
        made.area(area, code, CITY, days=(EARLY, STOP), **heir)
    made.firm(11, KEPT)
    made.firm(12, MERGED)
    made.firm(13, LEFT, status="停业")
    made.firm(14, EMPTY, days=(EARLY, STOP))
    made.union(21, OF_UNIONS)
    made.union(22, LEFT)
    return made


def test_only_those_without_heir_in_which_somebody_still_stands(city: City) -> None:
    city.write()

    assert [value(), value(KEPT), value(LEFT)] == [2, 0, 0]
    assert value(day=date(2011, 6, 30)) == 0
    assert value(tree="affiliation", node=21) is None
    found = rows_behind(CODE, day=D, known_at=None, node=CITY)["rows"]
    assert [(row["id"], row["key"], row["name"], row["area"]) for row in found] == [
        (LEFT, "5103", "区5103", "51"),
        (OF_UNIONS, "5105", "区5105", "51"),
    ]


def test_the_store_follows_the_area_and_whoever_stands_in_it() -> None:
    good("areas", {"区划代码": "5107", "名称": "市", "类型": "市"})
    town = {"区划代码": "510701", "名称": "镇", "上级代码": "5107", "类型": "镇"}
    good("areas", town, {**town, "区划代码": "510702", "名称": "乡"})
    good("employers", firm(1) | {"所属区划": "510701"})
    top = entry("areas", "5107")

    def kept() -> Any:
        assert prove().differences == []
        return matrix([CODE], days=[D], nodes=[top]).values[D][top][0]["value"]

    ensure([D])
    assert kept() == 0
    good("areas", town | {"停用日期": STOP})
    assert kept() == 1
    good("areas", town | {"并入区划代码": "510702"})
    assert kept() == 0
    good("areas", town | {"并入区划代码": "清空"})
    assert kept() == 1
    good("employers", firm(1) | {"所属区划": "510702", "生效日期": date(2011, 8, 1)})
    assert kept() == 0
