"""What the first page tells of a place from the store: figures, last year, problems, who is behind."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import area
from gongjian.core.days import today, year_before
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.query import figures
from gongjian.indicators.store.keeping import ensure
from gongjian.web.tests.people import make_person, signed_in
from tests.worlds import covers, firm, good, member, union

pytestmark = pytest.mark.django_db

D, YEAR_AGO = date(2011, 12, 25), date(2010, 12, 25)
EAST, WEST, TOWN = "510703", "510704", "510703001"
PAGE = f"/?at={D}"


@pytest.fixture(autouse=True)
def city() -> None:
    """Two districts; the town with most of the firms went from the east to the west in July."""
    place = {"上级代码": "5107", "类型": "区"}
    good("areas", {"区划代码": "5107", "名称": "绵阳市", "类型": "市"})
    good(
        "areas",
        {"区划代码": EAST, "名称": "东区", **place},
        {"区划代码": WEST, "名称": "西区", **place},
    )
    town = {"区划代码": TOWN, "名称": "河口镇", "类型": "镇"}
    good("areas", town | {"上级代码": EAST})
    good("areas", town | {"上级代码": WEST, "生效日期": date(2011, 7, 1)})
    good("employers", *(firm(seed) for seed in range(3)))
    good("employers", firm(4) | {"所属区划": EAST})
    good("employers", firm(5) | {"所属区划": WEST, "成立日期": date(2011, 3, 1), "职工人数": 0})
    good("unions", union("甲工会"), union("乙工会") | {"所属区划": EAST, "届期": "3"})
    good("coverage", covers("甲工会", "第0公司"))
    good("members", member(1))


def seen(client: Client, address: str = PAGE) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def heads(page: BeautifulSoup) -> dict[str, list[str]]:
    """Name of a figure → its value, the change, the value a year ago."""
    found = {}
    for line in page.select(".heads > div"):
        since = [x.get_text(strip=True) for x in line.select(".by, .since [data-figure]")]
        found[text(line, "dt")] = [text(line, "dd > [data-figure]"), *since]
    return found


def text(tag: Tag, which: str) -> str:
    found = tag.select_one(which)
    return found.get_text(strip=True) if found else ""


def troubles(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [(text(x, ".what a"), text(x, ".count .dn")) for x in page.select(".troubles li")]


def behind(page: BeautifulSoup) -> list[tuple[str, ...]]:
    names = (".where2", ".rate .dn", ".rate small", ".why2", ".who")
    return [tuple(text(x, name) for name in names) for x in page.select(".lag li")]


def test_last_year_stands_beside_each_figure_and_opens_its_own_rows(client: Client) -> None:
    ensure([D, YEAR_AGO])
    signed_in(client, Role.LEADER, area_id=area("5107"))

    page = seen(client)

    told = heads(page)
    assert list(told) == [figure.name for figure in CATALOG.headlines()]
    assert told["涵盖单位"] == ["1", "0", "1"]
    assert told["建会率"] == ["20%", "−5.0 个点", "25%"]
    assert told["签订率"] == ["0%", "0 个点", "0%"]
    for link in page.select(".since .dn"):
        assert parse_qs(urlsplit(str(link["href"])).query)["at"] == [str(YEAR_AGO)]
        assert link.text in client.get(str(link["href"])).content.decode()


def test_comparable_adds_last_year_up_along_the_tree_of_the_day(client: Client) -> None:
    ensure([D, YEAR_AGO])
    signed_in(client, Role.LEADER, area_id=area(WEST))

    page = seen(client)
    assert heads(page)["涵盖单位"] == ["1", "+1", "0"]
    assert "西区”的区划变过" in page.text
    choice = page.select("[aria-label=去年的数怎么加] a")
    assert [a.get("aria-current") for a in choice] == ["true", None]

    page = seen(client, str(choice[1]["href"]))
    assert heads(page)["涵盖单位"] == ["1", "0", "1"]
    assert f"按 {D} 的区划相加" in page.text
    assert page.select(".since .dn") == []
    assert [x.get("aria-current") for x in page.select("[aria-label=去年的数怎么加] a")] == [
        None,
        "true",
    ]


def test_where_no_area_moved_nothing_is_to_choose(client: Client) -> None:
    ensure([D, YEAR_AGO])
    signed_in(client, Role.LEADER, area_id=area(TOWN))

    page = seen(client)

    assert heads(page)["涵盖单位"] == ["1", "0", "1"]
    assert page.select("[aria-label=去年的数怎么加]") == []


def test_a_last_year_that_is_not_kept_can_be_asked_for(client: Client) -> None:
    ensure([D])
    signed_in(client, Role.LEADER, area_id=area("5107"))

    page = seen(client)

    assert heads(page)["涵盖单位"] == ["1"]
    form = page.select_one("form.keep")
    assert form is not None
    assert str(YEAR_AGO) in form.text
    sent = {str(i["name"]): str(i["value"]) for i in form.select("input")}
    assert (sent["at"], sent["next"]) == (str(D), PAGE)
    answer = client.post(str(form["action"]), sent)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_a_day_that_is_not_kept_is_counted_once_the_page_stands(client: Client) -> None:
    signed_in(client, Role.LEADER, area_id=area("5107"))

    later = seen(client).select_one("#figures")
    assert later is not None
    page = seen(client, str(later["hx-get"]))

    assert heads(page)["建会率"] == ["20%"]
    assert len(troubles(page)) == 3
    assert page.select_one("form.keep") is not None
    assert page.select(".lag") == []


@pytest.mark.parametrize("query", ["&known=9", "&tree=affiliation"])
def test_what_no_store_has_is_not_asked_for(client: Client, query: str) -> None:
    ensure([D, YEAR_AGO])
    signed_in(client, Role.LEADER, area_id=area("5107"))

    page = seen(client, f"/home/figures/?at={D}{query}")

    assert len(heads(page)) == len(CATALOG.headlines())
    assert page.select("form.keep") == []


def test_problems_come_by_weight_times_number_and_open_what_they_count(client: Client) -> None:
    ensure([D])
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("5107"))

    page = seen(client)

    # 2 × 3, 1 × 5, 1 × 2
    assert troubles(page) == [
        ("逾期未换届工会", "2"),
        ("空壳工会", "1"),
        ("职工人数空缺单位", "1"),
    ]
    for line in page.select(".troubles li"):
        rows = client.get(str(line.select_one(".count .dn")["href"]))  # type: ignore[index]
        assert rows.status_code == 200
        assert "各行之和＝这个数" in rows.content.decode()
        assert client.get(str(line.select_one(".what a")["href"])).status_code == 200  # type: ignore[index]


def test_every_problem_of_every_area_is_what_the_rows_say(client: Client) -> None:
    ensure([D])
    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    codes = [indicator.code for indicator in CATALOG.problems()]
    for code in ("5107", EAST, WEST, TOWN):
        said = figures(codes, day=D, known_at=None, node=area(code))["figures"]

        page = seen(client, f"{PAGE}&area={code}")

        counted = {(one["name"], str(one["value"])) for one in said if one["value"]}
        assert set(troubles(page)) == counted


def test_the_deed_that_ends_a_problem_is_for_today_and_for_who_may(client: Client) -> None:
    ensure([D, today()])
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("5107"))

    assert [a["href"] for a in seen(client, "/").select(".troubles .gb")] == [
        "/ledgers/unions/?area=5107&tab=overdue",
        "/imports/new/members/",
        "/ledgers/employers/?area=5107&tab=unstaffed",
    ]
    assert seen(client).select(".troubles .gb") == []
    for a in seen(client, "/").select(".troubles .gb"):
        assert client.get(str(a["href"])).status_code == 200

    signed_in(client, Role.INSPECTOR, area_id=area("5107"))
    assert seen(client, "/").select(".troubles .gb") == []


def test_the_lowest_place_comes_first_with_its_reason_and_who_writes_there(client: Client) -> None:
    ensure([D])
    clerk = make_person(Role.TOWNSHIP_CLERK, area_id=area(EAST), name="刘东")
    User.objects.filter(pk=clerk.pk).update(phone="0816-2222222转801")
    make_person(Role.GRID_WORKER, area_id=area(EAST), name="只报单位的")
    make_person(Role.LEADER, area_id=area(EAST), name="不填报的")
    gone = make_person(Role.COUNTY_ORGANISER, area_id=area(EAST), name="走了的")
    Post.objects.filter(user=gone).update(valid_to=date(2011, 1, 1))
    signed_in(client, Role.LEADER, area_id=area("5107"))

    page = seen(client)

    assert behind(page) == [
        ("东区", "0%", "0 ÷ 1", "空壳工会1个", "刘东乡镇街道经办人0816-2222222转801"),
        ("西区", "25%", "1 ÷ 4", "逾期未换届工会1个", "没有派经办人"),
    ]
    assert [a["href"] for a in page.select(".lag .tel")] == ["tel:08162222222"]
    for link in page.select(".lag a:not(.tel)"):
        assert client.get(str(link["href"])).status_code == 200


def test_a_place_below_has_the_same_page_with_the_way_back(client: Client) -> None:
    ensure([D])
    signed_in(client, Role.LEADER, area_id=area("5107"))

    page = seen(client, str(seen(client).select(".lag .where2 a")[1]["href"]))

    assert heads(page)["涵盖单位"] == ["1"]
    way = page.select_one("nav.tree")
    assert way is not None
    assert [x.text for x in way.select("a, b")] == ["绵阳市", "西区"]
    assert client.get(f"{PAGE}&area={EAST}").status_code == 200
    signed_in(client, Role.LEADER, area_id=area(WEST))
    assert client.get(f"{PAGE}&area={EAST}").status_code == 404


def test_figures_of_another_place_need_a_post_there(client: Client) -> None:
    signed_in(client, Role.LEADER, area_id=area(EAST))

    assert client.get(f"/home/figures/?area={WEST}").status_code == 404


def test_the_whole_page_of_a_leader_costs_a_handful_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ensure([today(), year_before(today())])
    signed_in(client, Role.LEADER, area_id=area("5107"))
    client.get("/")

    # Session, person, posts, the tree's state for scope and names; the store: its moment, days and
    # sums; who writes; doubts; jobs.
    with django_assert_num_queries(11):
        client.get("/")


def test_a_page_of_many_places_costs_no_query_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more: list[dict[str, Any]] = [
        {"区划代码": f"5107{i}", "名称": f"区{i}", "上级代码": "5107", "类型": "区"}
        for i in range(10, 40)
    ]
    good("areas", *more)
    good("employers", *(firm(i) | {"所属区划": f"5107{i}"} for i in range(10, 40)))
    ensure([today(), year_before(today())])
    signed_in(client, Role.LEADER, area_id=area("5107"))
    client.get("/")

    with django_assert_num_queries(11):
        client.get("/")
