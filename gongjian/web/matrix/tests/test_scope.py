"""Who sees whose chart: 404 outside the scope, 403 without the right, 422 for a wrong address."""

from typing import Any

import pytest
from django.test import Client

from gongjian.history.record import newest
from gongjian.web.figures.tests.city import ROOT, WEST, WEST_HEAD, small_city, text, texts
from gongjian.web.matrix.tests.city import AT, DECEMBER, NOVEMBER, get, keep, lines
from gongjian.web.tests.people import make_person, sign_in, signed_in

pytestmark = pytest.mark.django_db
PAGES = ("/matrix/", "/matrix/data/")
BOTH = pytest.mark.parametrize("address", PAGES)


@pytest.fixture(autouse=True)
def city(db: None) -> None:
    small_city()


def status(client: Client, address: str, **given: Any) -> int:
    return client.get(address, {"at": AT, **given}).status_code


@BOTH
def test_an_area_outside_the_scope_is_not_there(client: Client, address: str) -> None:
    signed_in(client, "county-organiser", area_id=WEST)
    codes = ("10", "11", "12", "1101", "99")

    assert [status(client, address, area=code) for code in codes] == [404, 200, 404, 200, 404]
    assert [status(client, address, area=code, depth="9") for code in codes] == [
        404, 422, 404, 422, 404,
    ]  # fmt: skip


@BOTH
def test_who_may_not_see_figures_is_told_so(client: Client, address: str) -> None:
    signed_in(client, "grid-worker", area_id=WEST)

    assert status(client, address, area="11") == 403
    assert status(client, address) == 403
    assert status(client, address, area="12") == 404
    assert status(client, address, area="11", depth="9") == 403


@BOTH
def test_a_post_that_does_not_allow_it_there_is_no_way_in(client: Client, address: str) -> None:
    person = make_person("county-organiser", area_id=WEST)
    person.posts.create(role="grid-worker", area_id=3, valid_from="2000-01-01")
    sign_in(client, person)

    assert [status(client, address, area=code) for code in ("11", "12", "10")] == [200, 403, 404]


@BOTH
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"at": "2011-02-30"}, "“2011-02-30”不是有效日期"),
        ({"known": "0"}, "这张图只有此刻所知的数"),
        ({"tree": "affiliation"}, "这张图只按属地（区划）统计"),
        ({"union": "20"}, "这张图只按属地（区划）统计"),
        ({"year_start": "07-01"}, "不能从“07-01”算起"),
        ({"year_start": "13-45"}, "年度起始日“13-45”无效"),
        ({"codes": "nonsense"}, "没有代码为“nonsense”的数"),
        ({"codes": "coverage.staff"}, "没有代码为“coverage.staff”的数"),
        ({"sort": "-nonsense"}, "没有代码为“nonsense”的数，不能按它排"),
        ({"colour": "red"}, "“red”不是上色的办法"),
        ({"depth": "3"}, "“3”不是层数"),
        ({"to": "2011-02-30"}, "“2011-02-30”不是有效日期"),
    ],
)
def test_a_wrong_address_is_answered_with_a_sentence(
    client: Client, address: str, given: dict[str, str], sentence: str
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    answer = client.get(address, {"at": AT, **given})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_too_many_columns_are_refused(client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    many = [f"code{number}" for number in range(25)]

    answer = client.get("/matrix/", {"at": AT, "codes": ",".join(many)})
    assert answer.status_code == 422
    assert "一张图最多放 24 个数，现在选了 25 个" in answer.content.decode()


def test_the_newest_knowledge_by_its_number_is_that_of_now(client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    keep(NOVEMBER, DECEMBER)
    page = get(client, known=newest())
    links = [str(link["href"]) for link in page.select("#main a[href]")]

    assert lines(page) == lines(get(client))
    assert [link for link in links if f"known={newest()}" not in link] == []


def test_somebody_without_an_area_is_told_where_to_look(client: Client) -> None:
    signed_in(client, "union-officer", union_id=WEST_HEAD)
    page = get(client)

    assert text(page.select_one(".state h2")) == "这一天您的管理范围内没有区划"
    assert texts(page, ".state a") == ["到口径与核对"]
    assert status(client, "/matrix/data/") == 422


def test_the_chart_can_be_looked_at_and_not_posted_to(client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)

    assert [client.post(address).status_code for address in PAGES] == [405, 405]
