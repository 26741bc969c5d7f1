"""Who sees whose figures: 404 outside the scope, 403 without the right, 422 for a wrong address."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongjian.areas.queries import tree_on as areas_on
from gongjian.areas.tests.builders import taken_back
from gongjian.core.days import today
from gongjian.indicators.declare import AFFILIATION
from gongjian.unions.queries import branch_of
from gongjian.unions.queries import tree_on as unions_on
from gongjian.web.figures.tests.city import (
    EAST_HEAD,
    HEAD,
    ROOT,
    WEST,
    WEST_HEAD,
    get,
    small_city,
    text,
    texts,
)
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.cities import ASKED_ON, D, FullCity, cities

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A crawl is too slow to be tried a thousand times for a smaller city."""

AT = {"at": D.isoformat()}
CODE = "employers.total"
PAGES = ("/figures/", f"/figures/{CODE}/", f"/figures/{CODE}/rows/")


def status(client: Client, address: str, **given: Any) -> int:
    return client.get(address, {**AT, **given}).status_code


def figure_links(page: BeautifulSoup) -> list[str]:
    """Every address of a figure's page that the page leads to."""
    main = page.select_one("#main")
    assert main is not None
    found = {str(link["href"]) for link in main.select("a[href]")}
    return sorted(address for address in found if address.startswith("/figures/"))


# ------------------------------------------------------------------ random cities


@pytest.mark.django_db
@settings(
    max_examples=8,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=WITHOUT_SHRINKING,
)
@given(city=cities(), post=st.integers(1, 4), day=ASKED_ON)
def test_nothing_outside_the_scope_of_an_area_is_reached(
    city: FullCity, post: int, day: Any
) -> None:
    with taken_back():
        city.write()
        areas = {fact.entry for fact in city.facts if fact.ledger == "areas"}
        post = min(post, max(areas))
        client, at = Client(), {"at": day.isoformat()}
        signed_in(client, "county-organiser", area_id=post)
        inside = areas_on(today()).below(post)
        tree = areas_on(day)
        for area in areas:
            answer = client.get("/figures/employers.total/", {"area": tree.code(area), **at})
            assert (answer.status_code == 200) == (area in inside), area
        unions = unions_on(day)
        standing = _standing(city, day)
        for union in {fact.entry for fact in city.facts if fact.ledger == "unions"}:
            told = {"tree": AFFILIATION, "union": union, **at}
            below = unions.below(union) & standing.keys()
            whole = union in below and all(standing[one] in inside for one in below)
            wanted = whole or areas <= inside
            answer = client.get("/figures/unions.base/", told)
            assert (answer.status_code == 200) == wanted, union
        _walk(client, "/figures/unions.base/?" + f"at={day}", inside, day)


def _standing(city: FullCity, day: Any) -> dict[int, int]:
    """Union → the one area it stands in on the day or stood in last, as the facts say."""
    found: dict[int, tuple[Any, int]] = {}
    for fact in city.facts:
        believed = fact.ledger == "unions" and fact.removed is None
        if believed and fact.begins <= day:
            since, _ = found.get(fact.entry, (fact.begins, 0))
            if fact.begins >= since:
                found[fact.entry] = fact.begins, fact.values["area_id"]
    return {union: area for union, (_, area) in found.items()}


def _walk(client: Client, start: str, inside: frozenset[int], day: Any) -> None:
    """From page to page: each one is there, and of an area of the scope."""
    waiting, seen, codes = [start], set[str](), {areas_on(day).code(area) for area in inside}
    while waiting and len(seen) < 25:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        if answer.status_code == 422:  # no place of the scope was there on the day
            continue
        assert answer.status_code == 200, address
        asked = parse_qs(urlsplit(address).query)
        assert set(asked.get("area", [])) <= codes
        page = BeautifulSoup(answer.content, "html.parser")
        waiting += [one for one in figure_links(page) if one not in seen]


# ------------------------------------------------------------------ one city


@pytest.fixture
def city(db: None) -> FullCity:
    return small_city()


@pytest.mark.parametrize("address", PAGES)
def test_an_area_outside_the_scope_is_not_there(
    city: FullCity, client: Client, address: str
) -> None:
    signed_in(client, "county-organiser", area_id=WEST)

    assert [status(client, address, area=code) for code in ("10", "11", "12", "1101", "99")] == [
        404,
        200,
        404,
        200,
        404,
    ]


@pytest.mark.parametrize("address", ["/figures/unions.base/", "/figures/unions.base/rows/"])
def test_a_union_is_there_where_its_whole_branch_is(
    city: FullCity, client: Client, address: str
) -> None:
    signed_in(client, "county-organiser", area_id=WEST)
    asked = {"tree": AFFILIATION}
    # Union 9 stands in the city itself, union 4 in it too but below the western federation.
    unions = (HEAD, WEST_HEAD, EAST_HEAD, 9, 1, 4, 5, 404, "x")
    found = [status(client, address, union=union, **asked) for union in unions]

    assert found == [404, 404, 404, 404, 200, 404, 200, 404, 404]


def test_a_post_at_a_union_sees_its_branch_wherever_it_stands(
    city: FullCity, client: Client
) -> None:
    signed_in(client, "union-officer", union_id=WEST_HEAD)
    page = get(client, "/figures/")
    branch = branch_of([WEST_HEAD], today())

    assert text(page.select_one(".scope b")) == f"会{WEST_HEAD}"
    assert text(page.select_one(".seg .on")) == "条（隶属）"
    assert status(client, "/figures/unions.base/", tree=AFFILIATION, union=HEAD) == 404
    assert {
        status(client, "/figures/unions.base/", tree=AFFILIATION, union=union) for union in branch
    } == {200}
    assert status(client, "/figures/", area="11") == 404
    assert status(client, "/figures/", tree="territory") == 422


def test_posts_at_two_places_offer_both(city: FullCity, client: Client) -> None:
    person = make_person("county-organiser", area_id=3)
    person.posts.create(role="leader", area_id=4, valid_from="2000-01-01")
    sign_in(client, person)
    page = get(client, "/figures/")

    assert text(page.select_one(".scope b")) == "区1101"
    assert texts(page, ".scope .places a") == ["区12"]
    assert status(client, f"/figures/{CODE}/", area="12") == 200
    assert status(client, f"/figures/{CODE}/", area="11") == 404


def test_the_way_up_ends_at_the_top_of_the_scope(city: FullCity, client: Client) -> None:
    signed_in(client, "county-organiser", area_id=WEST)
    page = get(client, "/figures/", area="1101")

    assert texts(page, ".scope .tree a") == ["区11"]


@pytest.mark.parametrize("address", PAGES)
def test_who_may_not_see_figures_is_told_so(city: FullCity, client: Client, address: str) -> None:
    signed_in(client, "grid-worker", area_id=WEST)

    assert status(client, address, area="11") == 403
    assert status(client, address) == 403
    assert status(client, address, area="12") == 404
    assert status(client, address, area="12", year_start="13-45") == 404
    assert status(client, address, area="11", year_start="13-45") == 403


@pytest.mark.parametrize("address", PAGES)
def test_a_post_that_does_not_allow_it_there_is_no_way_in(
    city: FullCity, client: Client, address: str
) -> None:
    person = make_person("county-organiser", area_id=WEST)
    person.posts.create(role="grid-worker", area_id=3, valid_from="2000-01-01")
    sign_in(client, person)

    assert [status(client, address, area=code) for code in ("11", "12", "10")] == [200, 403, 404]


def test_an_administrator_sees_no_figure(city: FullCity, client: Client) -> None:
    signed_in(client, "administrator", area_id=ROOT)

    assert status(client, "/figures/") == 403
    assert status(client, "/figures/", area="10") == 403


@pytest.mark.parametrize("code", ["nonsense", "coverage.staff", "EMPLOYERS.TOTAL"])
def test_an_unknown_figure_is_not_there(city: FullCity, client: Client, code: str) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)

    assert status(client, f"/figures/{code}/", area="10") == 404
    assert status(client, f"/figures/{code}/rows/", area="10") == 404
    assert client.post(f"/figures/{code}/rows/export/").status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"at": "2011-02-30"}, "“2011-02-30”不是有效日期"),
        ({"known": "-1"}, "“-1”不是变更号"),
        ({"year_start": "13-45"}, "年度起始日“13-45”无效"),
        ({"tree": "family"}, "“family”不是统计口径"),
        ({"tree": AFFILIATION, "area": "10"}, "按工会隶属统计时请用 union"),
        ({"tree": "territory", "union": "1"}, "按属地统计时请用 area"),
    ],
)
@pytest.mark.parametrize("address", PAGES)
def test_a_wrong_address_is_answered_with_a_sentence(
    city: FullCity, client: Client, address: str, given: dict[str, str], sentence: str
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    answer = client.get(address, {**AT, **given})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("after", "sentence"),
    [("x", "“x”不是行数"), ("-50", "“-50”不是行数"), ("10001", "名单只能翻到第 10,000 行")],
)
def test_a_wrong_place_in_the_list_is_answered_with_a_sentence(
    city: FullCity, client: Client, after: str, sentence: str
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    answer = client.get("/figures/unions.base/rows/", {**AT, "area": "10", "after": after})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_behind_the_last_row_there_is_a_way_back(city: FullCity, client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    page = get(client, "/figures/unions.base/rows/", area="10", after="500")

    assert text(page.select_one(".state :is(h2, h3)")) == "这里没有行"
    assert page.select(".names") == []


def test_figures_can_be_looked_at_and_not_posted_to(city: FullCity, client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)

    assert [client.post(address).status_code for address in PAGES] == [405, 405, 405]
    assert client.get(f"/figures/{CODE}/rows/export/").status_code == 405


def test_rows_lead_to_records_only_for_whoever_may_open_the_ledger(
    db: None, client: Client
) -> None:
    small_city()
    signed_in(client, "leader", area_id=ROOT)
    shut = get(client, "/figures/members.total/rows/", area="10")
    signed_in(client, "county-organiser", area_id=ROOT)
    open_ = get(client, "/figures/members.total/rows/", area="10")

    assert texts(shut, ".names th") == texts(open_, ".names th")
    assert shut.select(".names tbody a:not(.ask)") == []
    assert len(open_.select(".names tbody a:not(.ask)")) == 2 * len(open_.select(".names tbody tr"))


@pytest.mark.parametrize("known", [1, 99])
def test_links_keep_a_knowledge_that_happens_to_be_the_newest(
    db: None, client: Client, known: int
) -> None:
    # Tomorrow it is not the newest any more, and the address still means this moment.
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    for address in ("/figures/", "/figures/members.total/", "/figures/members.total/rows/"):
        page = get(client, address, area="10", known=known)
        links = [str(link["href"]) for link in page.select("main a, #side a, .crumb a")]
        drop = [link for link in links if f"known={known}" not in link and link[0] != "#"]
        assert (len(links) > 10, drop) == (True, ["/"]), address
