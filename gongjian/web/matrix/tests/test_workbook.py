"""The chart as a workbook: what the page says, taken along under a link of the trail."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongjian.history.models import TrailRecord
from gongjian.indicators.declare import CATALOG, Ratio
from gongjian.web.figures.tests.city import ROOT, WEST, count, small_city
from gongjian.web.matrix.tests.city import AT, DECEMBER, get, keep, lines
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db
COUNTS = [figure.code for figure in CATALOG if not isinstance(figure, Ratio)][:5]


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    small_city()
    keep(DECEMBER)


def taken(client: Client, query: str) -> tuple[str, list[list[Any]]]:
    """Name and cells of the workbook."""
    answer = client.post(f"/matrix/export/?at={AT}{query}")
    assert answer.status_code == 200, answer.content.decode()[:500]
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    assert sheet is not None
    return unquote(answer["Content-Disposition"]), [list(row) for row in sheet.values]


def test_the_workbook_says_what_the_page_says(client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    query = {"codes": ",".join(COUNTS), "depth": "2", "sort": f"-{COUNTS[0]}"}
    name, (title, heads, *rows) = taken(client, "".join(f"&{k}={v}" for k, v in query.items()))
    page = get(client, **query)

    assert name.endswith("区10挂图作战_20111225.xlsx")
    assert title[0] == "区10挂图作战　截至 2011-12-25　所知 变更 1"
    assert heads[:2] == ["区划代码", "区划"]
    assert [row[1] for row in rows] == ["区10", "区10本级", "区11", "区11本级", "区1101", "区12"]
    assert [row[0] for row in rows] == ["10", "10", "11", "11", "1101", "12"]
    assert [row[2:] for row in rows] == [[count(said) for said in line[1:]] for line in lines(page)]


def test_a_rate_has_its_parts_beside_it(client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    rate = next(figure for figure in CATALOG if isinstance(figure, Ratio))
    _, (_, heads, *rows) = taken(client, f"&codes={rate.code},{rate.over},{rate.under}")

    assert [str(head).removeprefix(rate.name) for head in heads[2:5]] == [
        "（不相加）",
        "分子",
        "分母",
    ]
    assert [row[3:5] for row in rows] == [row[5:7] for row in rows]
    assert [row[2] for row in rows] == [line[1] for line in lines(get(client, codes=rate.code))]


def test_that_it_was_taken_is_on_the_trail(client: Client) -> None:
    user = signed_in(client, "city-organiser", area_id=ROOT)
    taken(client, f"&area=11&codes={COUNTS[0]}")
    (record,) = TrailRecord.objects.filter(kind="export")

    assert json.loads(record.body) == {
        "chart": [COUNTS[0]], "at": AT, "known": 1, "place": "11", "depth": 1,
        "actor": user.pk, "name": user.username, "unmasked": False,
    }  # fmt: skip


def test_who_may_not_export_has_no_button_and_no_workbook(client: Client) -> None:
    signed_in(client, "leader", area_id=WEST)

    assert get(client).select("[data-taken]") == []
    assert client.post(f"/matrix/export/?at={AT}").status_code == 403
    assert client.post(f"/matrix/export/?at={AT}&area=12").status_code == 404
    assert TrailRecord.objects.filter(kind="export").count() == 0


def test_a_month_that_is_not_kept_is_not_exported(client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    answer = client.post("/matrix/export/?at=2011-11-25")

    assert answer.status_code == 422
    assert "2011 年 11 月的数还没有算出来，不能导出" in answer.content.decode()
