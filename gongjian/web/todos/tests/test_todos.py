"""The list of what is to be done, what is overdue below, and the bell."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.reporting.rules import Period
from gongjian.reporting.tests.months import CITY, COUNTY, OTHER, TOWN, opened, report
from gongjian.web.marks import marks
from gongjian.web.tests.people import signed_in
from gongjian.web.todos import queries
from gongjian.web.todos.queries import PAGE
from gongjian.workflow.actions import NewCase, open_cases
from gongjian.workflow.models import Notice, Todo
from gongjian.workflow.raising import raise_overdue

pytestmark = pytest.mark.django_db


def person(role: Role, code: str, name: str | None = None) -> Client:
    client = Client()
    signed_in(client, role, area_id=area(code), name=name)
    return client


def got(client: Client, path: str = "/todos/", status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:500]
    return BeautifulSoup(answer.content, "html.parser")


def text(page: BeautifulSoup, where: str) -> str:
    return " ".join(" ".join(one.get_text(" ", strip=True).split()) for one in page.select(where))


def rows(page: BeautifulSoup) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.select("table.td tbody tr")]


def many(number: int) -> None:
    """So many reports of the town, each of a month of its own."""
    months = [Period(1960 + at // 12, at % 12 + 1) for at in range(number)]
    new = [
        NewCase(subject=str(month), title=f"{month} 月报", place_id=area(TOWN)) for month in months
    ]
    open_cases("monthly-report", new, by=OPERATOR)


def test_the_list_says_what_till_when_and_how_that_was_counted() -> None:
    opened()
    page = got(person(Role.TOWNSHIP_CLERK, TOWN))
    (row,) = rows(page)
    assert row.startswith(
        "城厢街道 2011 年 6 月月报 报送 2011-06-25 2011-06-25 当天 · 依据 1 已过 "
    )
    assert text(page, ".td-laws").startswith("期限的依据 1. 绵阳市推进“两个普遍”")
    assert text(page, "nav[aria-label=看哪些]") == "全部（ 1 ） 已逾期（ 1 ） 本周到期（ 0 ）"
    (link,) = page.select("table.td a")
    assert link["href"] == f"/reports/?area={TOWN}&month=2011-06"


def test_the_list_is_narrowed() -> None:
    opened()
    client = person(Role.TOWNSHIP_CLERK, TOWN)
    Todo.objects.update(due=today())
    assert len(rows(got(client, "/todos/?when=week"))) == 1
    assert rows(got(client, "/todos/?when=overdue")) == []
    assert "这一栏里没有待办" in text(got(client, "/todos/?when=overdue"), "main")
    assert len(rows(got(client, "/todos/?flow=monthly-report"))) == 1
    for wrong in ("when=then", "flow=fly", "after=x", "after=2011-13-01.1"):
        got(client, f"/todos/?{wrong}", 422)


def test_five_hundred_are_turned_over_page_by_page() -> None:
    opened()
    many(2 * PAGE + 10)
    Todo.objects.filter(case__subject="1960-01").update(due=None)
    client, address, seen, pages = person(Role.TOWNSHIP_CLERK, TOWN), "/todos/", [], 0
    while address:
        page = got(client, address)
        seen += [row.split(" 报送")[0] for row in rows(page)]
        address = str(next(iter(page.select("a[rel=next]")), {"href": ""})["href"])
        pages += 1
    assert (pages, len(seen), len(set(seen))) == (3, 2 * PAGE + 11, 2 * PAGE + 11)
    assert seen[-1] == "1960-01 月报"
    assert seen[0] == "1960-02 月报"


def test_a_page_of_the_list_is_a_handful_of_queries_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    client = person(Role.TOWNSHIP_CLERK, TOWN)
    got(client)
    many(25)
    got(client)
    with django_assert_max_num_queries(12):
        got(client)


def test_what_came_up_from_below_says_so_on_both_lists() -> None:
    opened()
    town, county = person(Role.TOWNSHIP_CLERK, TOWN), person(Role.COUNTY_ORGANISER, COUNTY)
    Todo.objects.filter(case=report()).update(raise_on=today())
    Todo.objects.exclude(case=report()).update(raise_on=None)
    raise_overdue()
    assert "已转涪城区" in rows(got(town))[0]
    page = got(county, "/todos/?when=raised")
    assert "下级逾期转来" in rows(page)[0]
    assert "逾期上报：报送" in text(page, "section[aria-labelledby=told]")
    assert len(rows(got(county))) == 2


def test_the_bell_counts_and_is_quiet_once_all_was_seen(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    town, county = person(Role.TOWNSHIP_CLERK, TOWN), person(Role.COUNTY_ORGANISER, COUNTY)
    sent = {"area": TOWN, "text": "请今天报来"}
    assert county.post("/todos/overdue/urge/", sent).status_code == 302
    page = got(town)
    assert text(page, "a[aria-label='1 条没有看过的通知']") == "1"
    told = text(page, "section[aria-labelledby=told]")
    assert "催办：报送" in told
    assert "请今天报来" in told
    assert town.post("/todos/seen/").status_code == 302
    assert got(town).select("a[aria-label='1 条没有看过的通知']") == []
    with django_assert_num_queries(1):
        assert marks(None).notices == 0


def test_overdue_units_with_who_is_to_do_it() -> None:
    opened()
    person(Role.TOWNSHIP_CLERK, TOWN, "陈静")
    leader = person(Role.LEADER, COUNTY)
    page = got(leader, "/todos/overdue/")
    days = (today() - Todo.objects.filter(case=report())[0].due).days  # type: ignore[operator]
    assert f"城厢街道 1 月报报送 1 陈静 2011-06-25 已过 {days:,} 天" in rows(page)
    assert "塘汛镇 1 月报报送 1 没有人担任" in " / ".join(rows(page))
    assert text(page, "section .hd") == "逾期的单位 3 个单位， 3 件"
    one = got(leader, f"/todos/overdue/?area={TOWN}")
    assert "由 陈静 办理" in text(one, ".ph")
    assert rows(one)[0].startswith("城厢街道 2011 年 6 月月报 报送 2011-06-25")
    assert one.select("form[action='/todos/overdue/urge/']") == []
    clerk = person(Role.TOWNSHIP_CLERK, TOWN)
    assert [row.split()[0] for row in rows(got(clerk, "/todos/overdue/"))] == ["城厢街道"]
    got(clerk, f"/todos/overdue/?area={OTHER}", 404)
    got(clerk, "/todos/overdue/?area=99", 404)


def test_a_list_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    monkeypatch.setattr(queries, "UNITS", 2)
    page = got(person(Role.LEADER, CITY), "/todos/overdue/")
    assert len(rows(page)) == 2
    assert "只列出逾期最久的 2 个单位" in text(page, "main")


def test_the_list_of_units_is_a_handful_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    client = person(Role.LEADER, CITY)
    got(client, "/todos/overdue/")
    with django_assert_max_num_queries(10):
        got(client, "/todos/overdue/")


def test_urging_from_the_list_of_a_unit() -> None:
    opened()
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    assert county.post("/todos/overdue/urge/", {"area": TOWN}).status_code == 422
    town = person(Role.TOWNSHIP_CLERK, TOWN)
    assert town.post("/todos/overdue/urge/", {"area": TOWN}).status_code == 403
    assert town.post("/todos/overdue/urge/", {"area": OTHER}).status_code == 404
    long = {"area": TOWN, "text": "字" * 201}
    assert county.post("/todos/overdue/urge/", long).status_code == 422
    assert county.post("/todos/overdue/urge/", {"area": TOWN}).status_code == 302
    assert Notice.objects.count() == 1
    page = got(county, f"/todos/overdue/?area={TOWN}")
    assert f"最近催办 {today()}" in text(page, ".ph")
    again = county.post("/todos/overdue/urge/", {"area": TOWN})
    assert again.status_code == 422
    assert "今天已经催过" in again.content.decode()


def test_a_day_that_is_near_is_told_in_the_list() -> None:
    opened()
    town = person(Role.TOWNSHIP_CLERK, TOWN)
    todo = Todo.objects.get(case=report())
    Todo.objects.update(due=today() + timedelta(days=2))
    user = town.session["_auth_user_id"]
    Notice.objects.create(for_id=user, todo=todo)
    assert "快到期限：报送" in text(got(town), "section[aria-labelledby=told]")


def test_home_leads_to_the_list() -> None:
    opened()
    page = got(person(Role.TOWNSHIP_CLERK, TOWN), "/")
    assert "流程里等您办的 1 件" in text(page, ".todos")
    assert [a["href"] for a in page.select(".todos a.b")] == ["/todos/"]


def test_urging_is_offered_to_whoever_stands_above_alone() -> None:
    opened()
    form, own = "form[action='/todos/overdue/urge/']", f"/todos/overdue/?area={COUNTY}"
    county, city = person(Role.COUNTY_ORGANISER, COUNTY), person(Role.CITY_ORGANISER, CITY)
    assert got(county, own).select(form) == []
    assert county.post("/todos/overdue/urge/", {"area": COUNTY}).status_code == 403
    assert len(got(city, own).select(form)) == 1
    assert len(got(county, f"/todos/overdue/?area={TOWN}").select(form)) == 1
