"""A record in the browser: shown, changed, changed by two, merged and unmerged, by keyboard too."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.history.record import newest
from gongjian.ledgers.tests.city import told
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.sight import NARROW, WIDE, check_axe, look, look_on_paper
from tests.papers import county
from tests.worlds import covers, entries, entry, firm, good, union


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who keeps a county with two firms, one of them under a union."""
    county()
    good("employers", firm(0) | {"联系电话": "13800001234"}, firm(1))
    told("employers", firm(0) | {"职工人数": 130, "生效日期": date(2010, 1, 1)})
    told("employers", firm(0) | {"职工人数": 120, "生效日期": date(2008, 1, 1)})
    told("employers", firm(0) | {"职工人数": 131, "生效日期": date(2010, 1, 1)})
    good("unions", union())
    good("coverage", covers())
    return make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")


def test_a_record_is_looked_at_changed_and_the_change_taken_back(
    page: Page, clerk: User, enter: Enter
) -> None:
    enter(page, clerk)
    page.goto(f"/ledgers/employers/{entry('employers', '第0公司')}/")
    expect(page.locator(".his > li")).to_have_count(4)
    check_axe(page)
    for name, size in (("1440", WIDE), ("390", NARROW)):
        page.set_viewport_size(size)
        look(page, f"record-{name}")
    check_axe(page)
    page.set_viewport_size(WIDE)
    look_on_paper(page, "record-print")

    page.click("a:text-is('变更')")
    page.fill("input[name=staff]", "150")
    page.fill("input[name=effective]", "2011-06-01")
    look(page, "change-1440")
    check_axe(page)
    page.press("input[name=staff]", "Enter")
    expect(page.locator("h1")).to_have_text("变更：入库后会是这样")
    expect(page.locator("table.tb tbody tr")).to_have_count(1)
    look(page, "check-1440")
    check_axe(page)
    page.click("button:has-text('入库')")
    expect(page.get_by_text("已入库，记为变更 8")).to_be_visible()
    expect(page.locator(".his > li")).to_have_count(5)

    page.click("a:text-is('变更 8') >> nth=0")
    check_axe(page)
    look(page, "one-change-1440")
    page.fill("input[name=why]", "填错了")
    page.click("button:has-text('撤销这次变更')")
    expect(page.get_by_text("已撤销变更 8，记为变更 9")).to_be_visible()
    page.goto("/changes/")
    check_axe(page)
    look(page, "changes-1440")
    page.set_viewport_size(NARROW)
    look(page, "changes-390")


def test_a_form_that_went_stale_shows_both_and_writes_nothing(
    page: Page, clerk: User, enter: Enter
) -> None:
    enter(page, clerk)
    page.goto(f"/ledgers/employers/{entry('employers', '第0公司')}/correct/")
    page.fill("input[name=staff]", "132")
    page.fill("input[name=why]", "抄错")
    told("employers", firm(0) | {"单位名称": "别人改的公司", "生效日期": date(2011, 1, 1)})
    page.click("button:has-text('试算')")
    expect(page.locator("h1")).to_have_text("别人刚改过这条记录")
    check_axe(page)
    look(page, "stale-1440")
    page.click("button:has-text('仍改我填的几项')")
    page.click("button:has-text('入库')")
    expect(page.locator("h1")).to_have_text("别人改的公司")


def test_a_duplicate_is_merged_and_unmerged(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    goes = entry("employers", "第0公司")
    page.goto(f"/ledgers/employers/{entry('employers', '第1公司')}/")
    page.click("summary:has-text('更多')")
    page.click("text=与重复的记录合并")
    page.fill("input[name=other]", str(goes))
    page.click("button:has-text('对照')")
    expect(page.locator("table.sides")).to_contain_text("第0公司")
    check_axe(page)
    page.click("button:has-text('试算')")
    expect(page.get_by_text("工会涵盖单位台账 1 条转到它名下")).to_be_visible()
    check_axe(page)
    look(page, "merge-1440")
    page.fill("input[name=why]", "一家录了两次")
    page.click("button:has-text('合并这两条')")
    expect(page.get_by_text("记为变更 8")).to_be_visible()
    assert entries("employers") == 1

    page.goto("/changes/8/")
    page.fill("input[name=why]", "不是一家")
    page.click("button:has-text('撤销这次变更')")
    expect(page.get_by_text("已撤销变更 8")).to_be_visible()
    assert entries("employers") == 2


def test_a_bad_cell_says_so_at_its_field(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/ledgers/employers/new/")
    check_axe(page)
    page.fill("input[name=staff]", "十二")
    page.keyboard.press("Enter")
    expect(page.locator("#id_staff_error")).to_contain_text("“十二”不是数")
    check_axe(page)
    look(page, "form-errors-1440")


SEND_THRICE = """async () => {
    const form = document.querySelector("main form[method=post]");
    const body = () => {
        const sent = new FormData(form);
        sent.set("step", "commit");
        return new URLSearchParams(sent);
    };
    const answers = await Promise.all(
        [1, 2, 3].map(() => fetch(location.href, { method: "POST", body: body() }))
    );
    return answers.map((answer) => [answer.status, answer.url]);
}"""


@pytest.mark.parametrize("part", ["new", "1/change"])
def test_a_form_sent_thrice_at_once_makes_one_change(
    page: Page, clerk: User, enter: Enter, part: str
) -> None:
    enter(page, clerk)
    page.goto(f"/ledgers/employers/{part}/")
    cells = {"name": "新立公司", "area": "510703001", "staff": "12"}
    for name, text in cells.items():
        page.fill(f"input[name={name}]", text)
    page.select_option("select[name=nature]", "企业")
    page.press("input[name=staff]", "Enter")
    expect(page.locator("h1")).to_contain_text("入库后会是这样")
    before = newest()

    answers = page.evaluate(SEND_THRICE)

    assert newest() == before + 1
    assert {status for status, _ in answers} == {200}
    assert len({url for _, url in answers}) == 1
