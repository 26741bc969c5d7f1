"""The data of all months say what the pages of each month say, and are small."""

import gzip
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.areas.queries import tree_on
from gongjian.core.days import cut_offs
from gongjian.indicators.declare import CATALOG, Ratio
from gongjian.web.figures.tests.city import ROOT, count, small_city
from gongjian.web.figures.tests.test_contract import questions
from gongjian.web.matrix.tests.city import AT, DECEMBER, get, keep, lines, moving_city, notes
from gongjian.web.tests.people import signed_in
from tests.cities import FullCity

pytestmark = pytest.mark.django_db
YEAR = cut_offs(DECEMBER, 13)
CODES = [figure.code for figure in CATALOG][:12]
MOST = 300_000
"""Bytes of all months as they travel."""


def data(client: Client, **given: Any) -> dict[str, Any]:
    answer = client.get("/matrix/data/", {"at": AT, **given})
    assert answer.status_code == 200, answer.content.decode()[:500]
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def unpacked(told: dict[str, Any], day: dict[str, Any]) -> list[tuple[str, list[list[int]]]]:
    """(name, cells) of the lines of a day."""
    cells, found = iter(day["cells"]), []
    for at in range(0, len(day["lines"]), 2):
        kind, place = day["lines"][at : at + 2]
        name = "本级" if kind % 2 else told["places"][place][1]
        wide = [2 if kind == "rate" else 1 for _, kind in told["figures"]]
        found.append((name, [[next(cells) for _ in range(n)] for n in wide]))
    assert list(cells) == []
    return found


@pytest.fixture
def seer(client: Client) -> Client:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    return client


@pytest.mark.parametrize("depth", [1, 2])
def test_each_month_is_that_of_its_page(seer: Client, depth: int) -> None:
    keep(*YEAR, date(2009, 12, 31))
    codes = [f.code for f in CATALOG if not isinstance(f, Ratio)][:24]
    told = data(seer, depth=depth, codes=codes)

    assert [day["day"] for day in told["days"]] == [day.isoformat() for day in YEAR]
    for day in told["days"]:
        page = lines(get(seer, at=day["day"], depth=depth, codes=codes))
        assert [[name, *(cells[0] for cells in sums)] for name, sums in unpacked(told, day)] == [
            [name, *map(count, said)] for name, *said in page
        ]


def test_months_before_an_area_began_say_so(client: Client) -> None:
    moving_city()
    keep(*YEAR, date(2009, 12, 31))
    signed_in(client, "city-organiser", area_id=ROOT)
    told = data(client, area="13")
    april, may = (get(client, area="13", at=f"2011-0{month}-25") for month in (4, 5))

    assert [at for at, day in enumerate(told["days"]) if not day["there"]] == [0, 1, 2, 3, 4]
    for page, said in ((april, True), (may, False)):
        absent = page.select_one("#matrix-absent")
        assert absent is not None
        assert ("hidden" not in absent.attrs) == said
    assert lines(april) == [["区13", *["0"] * 6, "—", "—"]]
    assert notes(get(client)) == ["2011-05-18 新设区13", "2011-07-01 区1102由区11划到区12"]


def test_a_rate_has_both_its_numbers(seer: Client) -> None:
    keep(DECEMBER)
    rate = next(f for f in CATALOG if isinstance(f, Ratio))
    told = data(seer, codes=[rate.code, rate.over, rate.under])
    (*_, day) = told["days"]

    for _, (both, over, under) in unpacked(told, day):
        assert both == [*over, *under]


def test_a_month_that_is_not_kept_has_no_lines(seer: Client) -> None:
    keep(YEAR[3], DECEMBER)
    told = data(seer)

    assert [at for at, day in enumerate(told["days"]) if "lines" in day] == [3, 12]


def test_days_that_come_into_the_store_are_seen_at_once(seer: Client) -> None:
    keep(DECEMBER)
    assert [at for at, day in enumerate(data(seer)["days"]) if "lines" in day] == [12]

    keep(YEAR[11])
    assert [at for at, day in enumerate(data(seer)["days"]) if "lines" in day] == [11, 12]
    assert len(lines(get(seer, at=YEAR[11].isoformat()))) == 4


def test_all_months_take_few_questions(seer: Client) -> None:
    keep(*YEAR)
    data(seer)
    with CaptureQueriesContext(connection) as asked:
        data(seer)

    assert len(questions(asked)) <= 6
    assert not [said for said in questions(asked) if "_sums" in said]


def great_city() -> None:
    """Ten counties of seventeen townships each, in every one of which something is counted."""
    city = FullCity()
    city.area(1, "51")
    for county in range(10):
        city.area(2 + county, f"51{county}", 1)
    for town in range(170):
        area = 100 + town
        city.area(area, f"51{town % 10}{town:03}", 2 + town % 10)
        city.firm(area, area, staff=100 + 37 * town)
        city.firm(1000 + area, area, staff=80 + 11 * town)
        city.union(area, area)
        city.cover(area, area, area)
        city.member(area, area)
        city.agree(area, area, days=(date(2011, 1 + town % 12, 1), None))
        city.under(area, area, area, staff=50 + 13 * town)
    city.write()


def test_all_months_of_a_great_city_are_small(client: Client) -> None:
    great_city()
    keep(*YEAR, date(2009, 12, 31))
    signed_in(client, "city-organiser", area_id=1)
    answer = client.get(f"/matrix/data/?at={AT}&depth=2&codes={','.join(CODES)}")
    told = answer.json()

    assert len(tree_on(DECEMBER).leaves()) == 181
    assert {len(unpacked(told, day)) for day in told["days"]} == {181}
    assert len(told["figures"]) == 12
    assert len(gzip.compress(answer.content, 1)) <= MOST
