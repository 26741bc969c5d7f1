"""December from the township to the city: handed in, returned, accepted, locked, then corrected."""

from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.core.days import today
from gongjian.history.record import newest
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.reporting.models import LockedFigure, LockedMonth
from gongjian.reporting.rules import Period
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.hands import press, sign_in_by_keys, type_into
from tests.browser.sight import (
    NARROW,
    WIDE,
    check_axe,
    look,
    look_on_paper,
    on_paper,
    paper_faults,
    settled,
    shape_faults,
)
from tests.papers import county
from tests.worlds import covers, entry, firm, good, member, union

CITY, COUNTY, TOWN = "5107", "510703", "510703001"
DECEMBER = Period(today().year - 1, 12)
"""The latest December whose cut-off day is over."""
IN_DECEMBER = date(DECEMBER.year, 12, 10)
CASE = f"城厢街道 {DECEMBER.year} 年 12 月月报"
REASON = "第1公司的会员没有报全，请核对后重报"
WHY = "十二月集中办理入会，六人一次入会，名册已附"
LATE = "十二月的职工漏报，补报"
SHORT = "请写明原因，至少 10 个字"

CUT_OFF = """() => [...document.querySelectorAll("main .panel")]
    .filter((it) => it.scrollWidth > it.clientWidth)
    .map((it) => `paper cuts off ${it.getAttribute("aria-labelledby")}`)"""
"""Panels that one would have to push aside, which nobody can on paper."""


@dataclass(frozen=True, slots=True)
class People:
    """Who has to do with the month."""

    clerk: User
    county: User
    city: User


@pytest.fixture
def people(db: None) -> People:
    """A county in which a second union was founded in December, with the months in the store."""
    county()
    good("employers", firm(0), firm(1))
    good("unions", union())
    good("unions", union("乙工会") | {"建会日期": str(IN_DECEMBER)})
    good("coverage", covers())
    good("members", member(1), member(2), on=IN_DECEMBER)
    good("members", *(member(n) | {"入会日期": str(IN_DECEMBER)} for n in range(3, 9)))
    before = DECEMBER.previous
    ensure(with_eves([before.previous.cut_off, before.cut_off, DECEMBER.cut_off]))
    return People(
        clerk=make_person(Role.TOWNSHIP_CLERK, area_id=area_by_code(TOWN), name="赵萍"),
        county=make_person(Role.COUNTY_ORGANISER, area_id=area_by_code(COUNTY), name="王敏"),
        city=make_person(Role.CITY_ORGANISER, area_id=area_by_code(CITY), name="陈立"),
    )


def address(code: str, name: str = "") -> str:
    return f"/reports/{name}?area={code}&month={DECEMBER}"


def panel(page: Page, name: str) -> Locator:
    return page.locator(f"section[aria-labelledby={name}]")


def seen(page: Page, name: str) -> None:
    """Pictures wide, narrow and on paper; nothing against axe's rules, nothing beyond an edge."""
    settled(page)
    faults = []
    for title, size in (("390", NARROW), ("1440", WIDE)):
        page.set_viewport_size(size)
        look(page, f"{name}-{title}")
        check_axe(page)
        faults += [f"{title} {fault}" for fault in shape_faults(page)]
    look_on_paper(page, f"{name}-print")
    faults += paper_faults(page)
    with on_paper(page):
        faults += page.evaluate(CUT_OFF)
    assert faults == [], faults


def remark(page: Page) -> Locator:
    return page.locator("#remark")


def explanation(page: Page) -> Locator:
    return page.get_by_label("会员的异常说明")


def taken(page: Page, step: str, words: str = "") -> None:
    """Take a step on the page of a report, and be told so."""
    remark(page).fill(words)
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.locator(".said")).to_contain_text(f"月报：已{step}")


def test_december_from_the_clerk_to_the_difference_sheet(
    page: Page, people: People, enter: Enter
) -> None:
    city_opens(page, people, enter)
    clerk_submits_by_keys(page, people)
    county_returns(page, people, enter)
    clerk_submits_again(page, people, enter)
    county_accepts(page, people, enter)
    city_locks(page, people, enter)
    printed = dict(LockedFigure.objects.values_list("code", "numerator"))
    change = correction_comes(page, people, enter)
    sheet_names_it(page, people, enter, change)
    assert dict(LockedFigure.objects.values_list("code", "numerator")) == printed
    assert printed["employers.staff"] == 200


def city_opens(page: Page, people: People, enter: Enter) -> None:
    """Nothing is there to hand in before the city opens the month."""
    enter(page, people.city)
    page.goto(address(CITY))
    expect(panel(page, "below")).to_contain_text("没有开始")
    page.get_by_role("button", name="开始这个月的月报").click()
    expect(page.locator(".said")).to_contain_text(f"已开始 {DECEMBER} 的月报，共 3 个单位")
    expect(panel(page, "below").locator(".tag").first).to_have_text("待报 1")
    page.context.clear_cookies()


def clerk_submits_by_keys(page: Page, people: People) -> None:
    """From the sign-in to the report that is handed in, without a mouse."""
    page.goto("/todos/")
    sign_in_by_keys(page, people.clerk)
    expect(page.locator("h1")).to_have_text("待办")
    seen(page, "todos-clerk")
    press(page, panel(page, "mine").get_by_role("link", name=CASE))
    expect(panel(page, "numbers").locator("tbody tr")).to_have_count(9)
    expect(panel(page, "moved")).to_contain_text("乙工会")
    seen(page, "report-due")

    type_into(page, remark(page), "12")
    press(page, page.get_by_role("button", name="报送", exact=True))
    expect(page.locator("main > .note.bad")).to_contain_text("写明“会员”波动的原因")
    expect(panel(page, "numbers").locator(".err")).to_contain_text(SHORT)
    expect(remark(page)).to_have_value("12")
    seen(page, "report-unexplained")
    type_into(page, explanation(page), WHY)
    press(page, page.get_by_role("button", name="报送", exact=True))
    expect(page.locator(".said")).to_have_text(f"{CASE}：已报送。")
    expect(panel(page, "path").locator("b").first).to_have_text("报送，迟报")
    expect(page.locator(".strip [aria-current]")).to_have_text("上级审核")


def county_returns(page: Page, people: People, enter: Enter) -> None:
    """Not without a reason; the unit stays late but is in."""
    enter(page, people.county)
    page.goto(address(COUNTY))
    expect(panel(page, "below").locator("tbody tr").first).to_contain_text("赵萍")
    expect(panel(page, "below").locator("tbody tr").first).to_contain_text("1 条已说明")
    seen(page, "report-county")
    page.get_by_role("button", name="催 1 个未报单位").click()
    expect(page.locator("#urge-err")).to_contain_text("没有人担任这个岗位")
    panel(page, "below").get_by_role("link", name="城厢街道").click()
    expect(panel(page, "deeds").get_by_role("button")).to_have_text(["通过", "退回"])
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.locator("#remark-err")).to_have_text("“退回”要写明理由，请填写后再办。")
    expect(page.locator("h1")).to_contain_text("12 月月报")
    seen(page, "report-return-refused")
    expect(page.locator(".ph .tag")).to_have_text("待审")
    expect(panel(page, "numbers")).to_contain_text(WHY)
    taken(page, "退回", REASON)
    expect(page.locator(".ph .tag")).to_have_text("已退回")


def clerk_submits_again(page: Page, people: People, enter: Enter) -> None:
    """The clerk was told why, and the first submission stays what it was."""
    people.clerk.refresh_from_db()  # the sign-in by password made its hash a stronger one
    enter(page, people.clerk)
    page.goto("/todos/")
    expect(panel(page, "told")).to_contain_text(REASON)
    seen(page, "todos-returned")
    panel(page, "told").get_by_role("link", name=CASE).click()
    expect(panel(page, "path")).to_contain_text(REASON)
    expect(page.locator(".strip [aria-current]")).to_have_text("已退回，改后重报")
    seen(page, "report-returned")
    taken(page, "重报", "核对过，会员已报全")
    steps = panel(page, "path").locator("b").all_inner_texts()
    assert steps == ["重报", "退回", "报送，迟报", "开始"]


def county_accepts(page: Page, people: People, enter: Enter) -> None:
    """The county lets the township through and hands in its own, naming who is missing."""
    enter(page, people.county)
    page.goto(address(TOWN))
    taken(page, "通过")
    expect(panel(page, "path")).to_contain_text("退回 1 次")
    page.goto(address(COUNTY))
    explanation(page).fill(WHY)
    taken(page, "报送", "塘汛镇未报")
    enter(page, people.city)
    page.goto(address(COUNTY))
    taken(page, "通过")


def city_locks(page: Page, people: People, enter: Enter) -> None:
    """What was not accepted by then is left out, and stays so."""
    enter(page, people.city)
    page.goto(address(CITY))
    seen(page, "report-city")
    page.get_by_role("button", name="锁定这个月").click()
    expect(page.locator(".said")).to_contain_text(f"已锁定 {DECEMBER}（第 1 次）")
    expect(page.locator("main .note.ok")).to_contain_text("陈立")
    page.locator("main .note.ok").get_by_role("link", name="差异表").click()
    expect(page.locator("main .state h2")).to_have_text("现在与锁定时一个不差")
    seen(page, "difference-none")
    page.goto(address(COUNTY))
    states = panel(page, "below").locator("tbody .tag").all_inner_texts()
    assert states == ["已锁定", "锁定时未通过"]
    seen(page, "report-locked")


def correction_comes(page: Page, people: People, enter: Enter) -> int:
    """The clerk writes into the ledger what was so in December already; which change it is."""
    before = newest()
    enter(page, people.clerk)
    page.goto(f"/ledgers/employers/{entry('employers', '第1公司')}/change/")
    page.fill("input[name=staff]", "130")
    page.fill("input[name=effective]", str(IN_DECEMBER))
    page.press("input[name=staff]", "Enter")
    expect(page.locator("h1")).to_have_text("变更：入库后会是这样")
    expect(page.locator("main")).to_contain_text("12 月已由陈立锁定，这次改动不动锁定的数")
    look(page, "late-filing-1440")
    page.get_by_role("textbox", name="理由").fill(LATE)
    page.get_by_role("button", name="入库").click()
    expect(page.get_by_text(f"已入库，记为变更 {before + 1}")).to_be_visible()
    return before + 1


def sheet_names_it(page: Page, people: People, enter: Enter, change: int) -> None:
    """The figure, by how much, the row, the change and the person."""
    enter(page, people.city)
    page.goto(address(CITY))
    expect(page.locator("main .note.ok")).to_contain_text("以后的更正不改锁定的数")
    page.locator("main .note.ok").get_by_role("link", name="差异表").click()
    staff = page.locator("section.panel", has=page.locator("h2", has_text="职工人数"))
    expect(staff.locator(".hd")).to_contain_text("锁定 200，现在 230 人")
    expect(staff.locator(".hd > b")).to_have_text("+30")
    cells = [row.locator("td").all_inner_texts() for row in staff.locator("tbody tr").all()]
    told = ["迟报", LATE]
    assert [row[:-1] for row in cells] == [["计入", "130", *told], ["移出", "100", *told]]
    assert {row[-1].split(" 20")[0] for row in cells} == {f"变更 {change}\n赵萍"}
    expect(staff.locator("tbody th")).to_contain_text(["第1公司", "第1公司"])
    links = staff.get_by_role("link", name=f"变更 {change}")
    expect(links).to_have_count(2)
    assert LockedMonth.objects.count() == 1
    seen(page, "difference")
    links.first.click()
    expect(page.locator("h1")).to_contain_text(f"变更 {change}")
    expect(page.locator("main")).to_contain_text("赵萍")
    expect(page.locator("main")).to_contain_text("第1公司")
    check_axe(page)
