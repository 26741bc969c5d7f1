"""How far a list looks for few rows, and what leads it to them quickly."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.access import EVERYTHING
from gongjian.history.record import newest
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.questions import Moment
from gongjian.ledgers.tests.city import UNION, city, told
from gongjian.unions.models import UnionVersion
from gongjian.web.lists.filters import Asked, read_filters
from gongjian.web.lists.ground import ground
from gongjian.web.lists.tests.oracle import in_order, rows_on
from gongjian.web.lists.tests.pages import DAY, entries, get
from gongjian.web.lists.walk import Among, Position, Seek, Walk
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db

MANY, RARE = 240, 8
"""Members of one union, of whom each thirtieth is called otherwise."""


@pytest.fixture(autouse=True)
def _city() -> None:
    city()
    told("members", *(
        {"证件类别": "护照", "证件号码": f"P{i:05}", "姓名": f"{'稀' if i % 30 == 7 else '众'}{i:03}",
         "学历": "研究生" if i % 30 == 7 else "高中", "所属工会": UNION,
         "入会日期": date(2009, 1, 1)} for i in range(MANY)
    ))  # fmt: skip


@pytest.fixture
def clerk(client: Client) -> Client:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    return client


def asked(slug: str, **query: str) -> Asked:
    from django.http import QueryDict  # noqa: PLC0415

    made = QueryDict(mutable=True)
    made.update(query)
    return read_filters(LEDGERS[slug], made)


def walk(slug: str, *, hinted: bool = True, known: int | None = None, **query: str) -> Walk:
    found = asked(slug, **query)
    where = ground(LEDGERS[slug], Moment.of(DAY, known), EVERYTHING)
    return Walk(ground=where, where=found.conditions, hints=found.hints if hinted else ())


def visited(way: Walk, size: int, effort: int, *, back: bool = False) -> tuple[list[int], int]:
    """All entries by pages of ``size``, each looking no further than ``effort``, and the pages."""
    found: list[int] = []
    at: Position | None = None
    for turn in range(1, 2_000):
        if back:
            # Behind everything there is.
            start = at or Position(way.ground.leaves[-1], 10**14, 10**14)
            rows, stopped = way.page(size, before=start, effort=effort)
            found = [key.position.entry for key in rows] + found
            at = stopped or (rows[0].position if rows else None)
        else:
            rows, stopped = way.page(size, after=at, effort=effort)
            found += [key.position.entry for key in rows]
            at = stopped or (rows[-1].position if rows else None)
        if not rows and stopped is None:
            return found, turn
    raise AssertionError("a page does not go on")


# ---------------------------------------------------------------- a bounded effort


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("effort", [1, 7, 40])
def test_stopping_and_going_on_visits_every_row_once(effort: int, back: bool) -> None:
    rows = [r for r in rows_on("members", DAY) if r.values["education"] == "研究生"]
    truth = in_order(rows, DAY, None, "unions")
    assert len(truth) == RARE
    way = walk("members", f_education="研究生")

    found, turns = visited(way, 4, effort, back=back)

    assert found == truth
    assert turns > 1 + len(truth) // 4


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    name=st.sampled_from(["稀", "稀0", "众", "众04", "安", "无"]),
    size=st.integers(1, 120),
    effort=st.sampled_from([1, 13, 200, 10_000]),
    back=st.booleans(),
)
def test_whatever_leads_there_the_rows_are_the_same(
    name: str, size: int, effort: int, back: bool
) -> None:
    rows = [r for r in rows_on("members", DAY) if r.values["name"].startswith(name)]
    truth = in_order(rows, DAY, None, "unions")

    hinted, plain = walk("members", f_name=name), walk("members", hinted=False, f_name=name)

    assert visited(hinted, size, effort, back=back)[0] == truth
    assert visited(plain, size, effort, back=back)[0] == truth
    assert hinted.count(1_000) == (len(truth), True)


@pytest.mark.parametrize("sought", [0, 3, 4_000])
def test_rows_of_few_unions_are_looked_for_there_alone(
    sought: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongjian.web.lists.walk.SOUGHT", sought)
    held = UnionVersion.objects.filter(code=UNION).values_list("entry_id", flat=True)[0]
    rows = [r for r in rows_on("members", DAY) if r.at("unions") == held]
    way = walk("members", f_union="甲公司")
    assert [type(hint) for hint in way.hints] == [Among, Seek]

    assert visited(way, 7, 10_000)[0] == in_order(rows, DAY, None, "unions")
    assert visited(way, 7, 5, back=True)[0] == in_order(rows, DAY, None, "unions")
    assert walk("members", f_union="没有").page(5) == ([], None)
    past = newest() - 1
    before = [r for r in rows_on("members", DAY, past) if r.at("unions") == held]
    early = walk("members", known=past, f_union="甲公司")
    assert visited(early, 7, 5)[0] == in_order(before, DAY, past, "unions")


@pytest.mark.parametrize("since", [0, 20_000])
@pytest.mark.parametrize(("effort", "back"), [(1, False), (1, True), (10_000, False)])
def test_what_was_taken_back_since_stands_where_it_stood(
    since: int, effort: int, back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongjian.web.lists.walk.SINCE", since)
    known = newest()
    told("members", *(
        {"证件类别": "护照", "证件号码": f"P{i:05}", "学历": "初中", "生效日期": date(2010, 1, 1)}
        for i in range(7, MANY, 60)
    ))  # fmt: skip
    for change, count in ((known, RARE), (newest(), RARE // 2)):
        rows = rows_on("members", DAY, change)
        rare = [r for r in rows if r.values["education"] == "研究生"]
        way = walk("members", known=change, f_education="研究生")
        assert len(rare) == count

        assert visited(way, 3, effort, back=back)[0] == in_order(rare, DAY, change, "unions")
        assert way.count(1_000) == (count, True)


def test_a_past_knowledge_of_too_much_asks_for_a_place(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongjian.web.lists.walk.SINCE", 0)
    monkeypatch.setattr("gongjian.web.lists.walk.ANYWHERE", 1)
    known = newest()
    told("members", {"证件类别": "护照", "证件号码": "P00007", "学历": "初中",
                     "生效日期": date(2010, 1, 1)})  # fmt: skip

    everywhere = get(clerk, "members", known=known, f_education="研究生")
    somewhere = get(clerk, "members", known=known, f_education="研究生", area="510703001")

    assert everywhere.status_code == 422
    assert "请先选一个区县或乡镇" in everywhere.content.decode()
    assert somewhere.status_code == 200
    assert len(entries(somewhere)) == RARE


def test_only_what_an_index_leads_to_is_looked_for_by_it() -> None:
    assert [type(h) for h in asked("members", f_name="安").hints] == [Seek]
    assert asked("members", f_education="研").hints == []
    # Who works where may be told by a name alone.
    assert asked("members", f_employer="甲").hints == []
    assert [type(h) for h in asked("employers", f_code="9").hints] == [Seek]
    assert asked("employers", f_legal_person="张").hints == []


def test_a_count_that_was_cut_short_says_so() -> None:
    way = walk("members", f_education="研究生")

    assert way.count(1_000) == (RARE, True)
    rows, whole = way.count(1_000, effort=10)
    assert (rows < RARE, whole) == (True, False)
    assert way.count(2) == (2, True)


# ---------------------------------------------------------------- the page


def test_a_page_that_stopped_leads_on(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongjian.web.lists.forms.EFFORT", 1)

    first = get(clerk, "members", f_education="研究生")

    assert len(entries(first)) < RARE
    page = BeautifulSoup(first.content, "html.parser")
    link = page.select_one(".further a")
    assert link is not None
    rest = clerk.get(str(link["href"]))
    assert len(entries(first)) + len(entries(rest)) == RARE
    assert BeautifulSoup(rest.content, "html.parser").select(".further") == []


def test_a_page_without_a_row_says_that_it_is_not_the_end(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongjian.web.lists.forms.EFFORT", 1)

    text = get(clerk, "members", f_education="博士").content.decode()

    assert "没有符合条件的行" not in text
    assert "继续往后找" in text


def test_the_same_list_again_asks_for_no_places(clerk: Client) -> None:
    def asked_for(**query: Any) -> list[str]:
        get(clerk, "members", **query)
        with CaptureQueriesContext(connection) as queries:
            get(clerk, "members", **query)
        return [q["sql"] for q in queries if '"area_id" FROM' in q["sql"]]

    assert asked_for() == []
    assert asked_for(area="510703") == []


def test_a_union_that_moved_is_listed_where_it_stands_now(clerk: Client) -> None:
    before = entries(get(clerk, "members", at="", area="510703001"))
    assert before != []

    told("unions", {"工会代码": UNION, "所属区划": "510703002", "生效日期": date(2020, 1, 1)})

    after = entries(get(clerk, "members", at="", area="510703001"))
    there = entries(get(clerk, "members", at="", area="510703002"))
    assert after == []
    assert set(before) <= set(there)


def test_places_below_come_when_they_are_opened(clerk: Client) -> None:
    page = BeautifulSoup(get(clerk, "members").content, "html.parser")
    lower = page.select_one(".lower")
    assert lower is not None
    assert lower.select("a[href*='area=']") == []

    part = clerk.get(str(lower["hx-get"]), headers={"HX-Request": "true"})

    links = BeautifulSoup(part.content, "html.parser").select("a")
    assert [a.get_text() for a in links] == ["涪城区"]
    assert all("at=2011-06-30" in str(a["href"]) for a in links)
    assert "<html" not in part.content.decode()


def test_places_out_of_scope_are_not_there(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    address = reverse("ledger-places", args=["members"])

    assert client.get(address).status_code == 200
    assert client.get(address, {"area": "510703002"}).status_code == 404


def test_a_count_is_of_the_moment_of_its_page(clerk: Client) -> None:
    page = BeautifulSoup(get(clerk, "members", at="").content, "html.parser")
    count = page.select_one("[hx-get*='/count/']")
    assert count is not None
    before = len(rows_on("members", date.today()))  # noqa: DTZ011 - the day is Shanghai's in tests

    told("members", {"证件类别": "护照", "证件号码": "Q00001", "姓名": "后来", "所属工会": UNION,
                     "入会日期": date(2009, 1, 1)})  # fmt: skip

    part = clerk.get(str(count["hx-get"]), headers={"HX-Request": "true"})
    assert part.content.decode() == str(before)


def test_links_keep_the_knowledge_of_the_address(clerk: Client) -> None:
    number = newest()

    answer = get(clerk, "members", known=number)

    page = BeautifulSoup(answer.content, "html.parser")
    assert all(f"known={number}" in str(a["href"]) for a in page.select("td a"))
