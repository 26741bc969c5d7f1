"""The pages of the monthly report, as each of those who use them finds them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.history.models import Change
from gongjian.indicators.store.matrix import matrix
from gongjian.ledgers.tests.city import told
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.rules import REPORTED
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, OTHER, TOWN, opened, report, state
from gongjian.web.reports import queries
from gongjian.web.tests.people import signed_in
from gongjian.workflow.models import Todo

pytestmark = pytest.mark.django_db
SHOP = {"工会名称": "新店工会", "工会类型": "单独基层工会", "所属区划": TOWN,
        "建会日期": date(2011, 6, 1)}  # fmt: skip


def address(code: str = TOWN, month: str = "2011-06") -> str:
    return f"/reports/?area={code}&month={month}"


def got(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return BeautifulSoup(answer.content, "html.parser")


def text(page: BeautifulSoup, where: str) -> str:
    return " ".join(" ".join(one.get_text(" ", strip=True).split()) for one in page.select(where))


def panel(page: BeautifulSoup, name: str) -> str:
    return text(page, f"section[aria-labelledby={name}]")


def person(role: Role, code: str) -> Client:
    client = Client()
    signed_in(client, role, area_id=area(code))
    return client


def clerk(code: str = TOWN) -> Client:
    return person(Role.TOWNSHIP_CLERK, code)


def taken(client: Client, step: str, remark: str = "", code: str = TOWN) -> int:
    case = report(code)
    sent = {"step": step, "remark": remark, "seen": str(case.passed)}
    return client.post(f"/reports/{case.pk}/take/", sent).status_code


def leader_reads(locked: LockedMonth) -> None:
    """Who did it is told to whoever may not open the change."""
    leader = person(Role.LEADER, CITY)
    seen = got(leader, f"/reports/difference/?area={CITY}&month=2011-06")
    assert "后补工会" in text(seen, "section.panel")
    (maker,) = Change.objects.filter(pk=locked.known_at + 1).values_list("actor_name", flat=True)
    assert maker in text(seen, "table.dif")
    assert seen.select("td a[href^='/changes/']") == []


def test_a_month_from_the_clerk_to_the_difference_sheet() -> None:
    opened()
    town, county, city = clerk(), person(Role.COUNTY_ORGANISER, COUNTY), Client()
    signed_in(city, Role.CITY_ORGANISER, area_id=area(CITY))
    assert "零报告" in panel(got(town, address()), "moved")
    assert taken(town, "submit", "核对过") == 302
    assert "报送，零报告，迟报" in panel(got(town, address()), "path")
    assert taken(county, "return") == 422
    assert taken(county, "return", "漏了一家") == 302
    told_ = got(town, "/todos/")
    assert "漏了一家" in panel(told_, "told")
    assert "城厢街道 2011 年 6 月月报" in panel(told_, "mine")
    assert town.post("/todos/seen/").status_code == 302
    assert "没有新的通知" in panel(got(town, "/todos/"), "told")
    told("unions", SHOP)
    page = got(town, address())
    assert "新店工会" in panel(page, "moved")
    assert taken(town, "resubmit", "补了") == 302
    assert taken(county, "accept") == 302
    assert state() == "accepted"
    lock = {"area": CITY, "month": "2011-06"}
    assert city.post("/reports/lock/", lock).status_code == 302
    assert state() == "locked"
    locked = LockedMonth.objects.get()
    assert "一个不差" in text(got(city, f"/reports/difference/?area={CITY}&month=2011-06"), "main")
    told("unions", {**SHOP, "工会名称": "后补工会"})
    sheet = got(city, f"/reports/difference/?area={CITY}&month=2011-06")
    said = text(sheet, "section.panel")
    assert "后补工会" in said
    assert f"变更 {locked.known_at + 1}" in said
    below = got(town, address())
    assert "列在绵阳市的差异表" in text(below, ".note")
    assert below.select(".note a[href*=difference]") == []
    assert got(city, address(CITY)).select(".note a[href*=difference]") != []
    assert sheet.select("td a[href^='/changes/']") != []
    leader_reads(locked)
    assert city.post("/reports/lock/", lock).status_code == 422
    assert city.post("/reports/lock/", {**lock, "remark": "补报"}).status_code == 302


def test_numbers_come_from_the_store_and_open() -> None:
    opened()
    client = clerk()
    page = got(client, address())
    assert "还没有算出来" in panel(page, "numbers")
    matrix(REPORTED, days=[JUNE.cut_off, JUNE.previous.cut_off], nodes=[area(TOWN)])
    told("unions", SHOP)
    page = got(client, address())
    assert page.select("#numbers ~ .note") == []
    row = next(th for th in page.select(".figs th") if "基层工会净增" in th.get_text())
    cells = [" ".join(c.get_text().split()) for c in row.find_next_siblings("td")]
    assert cells[1] == "+1"
    (link,) = page.select('section[aria-labelledby=numbers] b a[data-figure="unions.base.net"]')
    assert (cells[2], "at=2011-06-25" in str(link["href"])) == (link.get_text(), True)
    assert client.get(str(link["href"])).status_code == 200
    (moved,) = page.select('section[aria-labelledby=moved] a[data-figure="unions.base.net"]')
    behind = got(client, str(moved["href"]))
    assert "新店工会" in text(behind, "main")


def test_the_county_sees_who_is_in_and_the_others_may_not_touch_it() -> None:
    opened()
    assert taken(clerk(), "submit") == 302
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    page = got(county, address(COUNTY))
    said = panel(page, "below")
    assert "2 个单位 待报 1 待审 1" in said
    rows = [" ".join(r.get_text(" ").split()) for r in page.select(".arrived tbody tr")]
    assert rows[0].startswith("城厢街道 20")
    assert "迟报 0 待审" in rows[0]
    assert rows[1].startswith("塘汛镇 — — — 未报 0 待报")
    assert "城厢街道" in panel(page, "timely")
    assert "0 / 1" in panel(page, "timely")
    assert {a["href"] for a in page.select(".arrived a")} == {address(TOWN), address(OTHER)}
    inspector = person(Role.INSPECTOR, COUNTY)
    assert "现在没有您要办的" in panel(got(inspector, address()), "deeds")
    assert taken(inspector, "accept") == 403
    assert taken(clerk(OTHER), "submit") == 404
    assert taken(clerk(), "accept") == 403
    assert taken(county, "fly") == 422


def test_the_county_stands_in_and_says_so() -> None:
    opened()
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    buttons = [b.get_text() for b in got(county, address()).select("button[name=step]")]
    assert buttons == ["代报"]
    assert taken(county, "submit-for", "停电") == 302
    assert "上级代报" in text(got(county, address()), ".ph")
    assert taken(county, "accept") == 403


def test_what_is_locked_is_told_with_what_unlocks_it() -> None:
    opened()
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    page = got(county, address(COUNTY))
    assert "通过 现在是“待报”，到“待审”才能办 解锁：请先办“报送”" in text(page, ".lockc")
    assert taken(county, "submit", code=COUNTY) == 422
    assert taken(county, "submit", "两镇未报", code=COUNTY) == 302


def test_who_saw_an_older_page_is_told_so() -> None:
    opened()
    case = report()
    client = clerk()
    answer = client.post(f"/reports/{case.pk}/take/", {"step": "submit", "seen": "7"})
    assert answer.status_code == 422
    assert "刚才已有别人办过" in answer.content.decode()
    long = client.post(f"/reports/{case.pk}/take/", {"step": "submit", "remark": "字" * 2001})
    assert long.status_code == 422
    assert state() == "due"


def test_the_city_opens_a_month() -> None:
    opened()
    city = person(Role.CITY_ORGANISER, CITY)
    page = got(city, address(CITY, "2011-07"))
    assert "开始这个月的月报" in panel(page, "lock")
    sent = {"area": CITY, "month": "2011-07"}
    assert city.post("/reports/open/", sent).status_code == 302
    assert Todo.objects.filter(case__subject="2011-07", closed_at=None).count() == 3
    assert "锁定这个月" in panel(got(city, address(CITY, "2011-07")), "lock")
    assert city.post("/reports/open/", {"month": "2011-07"}).status_code == 302


def test_addresses_that_make_no_sense() -> None:
    opened()
    client = clerk()
    assert client.get("/reports/?month=2011-13").status_code == 422
    assert client.get("/reports/?area=99").status_code == 404
    assert client.get("/reports/").status_code == 200
    union = Client()
    signed_in(union, Role.UNION_OFFICER, union_id=1)
    assert "没有区划" in text(got(union, "/reports/"), "main")
    assert union.get("/reports/difference/").status_code == 422
    for month in ("1950-01", "2099-12"):
        assert client.get(address(TOWN, month)).status_code == 200


def test_the_trail_tells_of_each_step_in_words() -> None:
    opened()
    assert taken(clerk(), "submit", "核对过") == 302
    city = person(Role.CITY_ORGANISER, CITY)
    assert city.post("/reports/lock/", {"area": CITY, "month": "2011-06"}).status_code == 302
    auditor = person(Role.AUDITOR, CITY)
    rows = [" ".join(r.get_text(" ").split()) for r in got(auditor, "/changes/trail/").select("tr")]
    said = " / ".join(row for row in rows if "流程" in row)
    assert "月报：未通过而锁定 " in said
    assert "核对过" in said
    assert "月报：开始 " in said


def test_a_page_is_a_handful_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    matrix(REPORTED, days=[JUNE.cut_off, JUNE.previous.cut_off], nodes=[area(TOWN)])
    client = person(Role.COUNTY_ORGANISER, COUNTY)
    client.get(address(COUNTY))
    with django_assert_max_num_queries(150):
        client.get(address(COUNTY))


def test_a_sheet_of_too_much_is_not_worked_out_while_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened()
    city = person(Role.CITY_ORGANISER, CITY)
    assert city.post("/reports/lock/", {"area": CITY, "month": "2011-06"}).status_code == 302
    told("unions", SHOP, {**SHOP, "工会名称": "后补工会"})
    address_ = f"/reports/difference/?area={CITY}&month=2011-06"
    monkeypatch.setattr(queries, "LARGE", 2)
    assert "后补工会" in text(got(city, address_), "main")
    monkeypatch.setattr(queries, "LARGE", 1)
    said = text(got(city, address_), "main")
    assert "又写了 2 段" in said
    assert "后补工会" not in said


def test_a_remark_is_one_line_that_every_database_takes() -> None:
    opened()
    assert taken(clerk(), "submit", "核\x00对过\n\u202e多了一行") == 302
    assert report().passages.latest("number").remark == "核对过 多了一行"
