"""A clerk's month by keyboard alone; wrong papers taken back; long lists and long names."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.core.builders import make_credit_code
from gongjian.history.record import newest
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import told
from gongjian.web.imports.tests.books import HEAD, firm, staff_of, workbook
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.hands import choose, pick_file, press, sign_in_by_keys, tab_to, type_into
from tests.browser.sight import (
    NARROW,
    WIDE,
    check_axe,
    look,
    look_on_paper,
    on_paper,
    paper,
    paper_faults,
    shape_faults,
)
from tests.papers import bring, county
from tests.worlds import entries, entry

MANY = 2000


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who keeps the ledgers of a small county with two firms."""
    county()
    for number in (1, 2):
        bring("employers", dict(zip(HEAD, firm(number), strict=True)), on=date(2010, 1, 1))
    return make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")


def test_the_month_by_keyboard_alone(page: Page, clerk: User, tmp_path: Path) -> None:
    book = tmp_path / "名册.xlsx"
    rows = [firm(1, staff=26), firm(2), firm(3), firm(4, staff="很多")]
    book.write_bytes(workbook(*rows, head=[*HEAD[:4], "人头数"]))
    page.goto("/")
    sign_in_by_keys(page, clerk)

    send_by_keys(page, book)
    mend_by_keys(page)
    commit_by_keys(page)
    read_history_by_keys(page)
    take_back_by_keys(page)
    assert entries("employers") == 2
    assert staff_of("第1公司") == [20]


def send_by_keys(page: Page, book: Path) -> None:
    """From the first page to the paper that was read."""
    tab_to(page, page.locator(".skip"))
    page.keyboard.press("Enter")
    press(page, page.locator("main a", has_text="导入台账").first)
    press(page, page.locator("summary", has_text="上传新的表"))
    press(page, page.locator("a.it[href='/imports/new/employers/']"))
    expect(page.locator("h1")).to_have_text("导入用人单位台账")
    pick_file(page, page.locator("input[type=file]"), book)
    press(page, page.get_by_role("button", name="上传并读取"))


def mend_by_keys(page: Page) -> None:
    """Point the unknown column, mend the one bad cell."""
    choose(page, page.get_by_label("“人头数”对应的列"), "职工人数")
    press(page, page.get_by_role("button", name="按上面的对应重新读"))
    press(page, page.get_by_role("link", name="看这 4 行的检查结果"))
    cell = page.get_by_label("第 6 行 职工人数")
    type_into(page, cell, "15")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已改对，随下次入库")).to_be_visible()


def commit_by_keys(page: Page) -> None:
    """See what the numbers would become, and write."""
    press(page, page.get_by_role("button", name="试算 4 行会改什么"))
    expect(page.get_by_text("试算：入库后台账会变成什么样")).to_be_visible()
    expect(page.locator("main")).to_contain_text("职工人数")
    type_into(page, page.locator("input[name=reason]"), "12")
    press(page, page.get_by_role("button", name="确认入库 3 行"))
    expect(page.get_by_text("排队等候").first).to_be_visible()
    run_pending()
    expect(page.get_by_text("已入库：新增 2 行，变更 1 行，没变 1 行")).to_be_visible()


def read_history_by_keys(page: Page) -> None:
    """Find the changed firm by the search box and read what happened to it."""
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("第1")
    page.keyboard.press("Enter")
    press(page, page.locator("main").get_by_role("link", name="第1公司"))
    expect(page.locator(".his > li")).to_have_count(2)
    expect(page.locator(".his > li").first).to_contain_text("26")


def take_back_by_keys(page: Page) -> None:
    """From the history to the change, and undo it."""
    press(page, page.locator(".his > li").first.get_by_role("link", name="变更"))
    expect(page.locator("h1")).to_contain_text("变更")
    type_into(page, page.locator("input[name=why]"), "wrong month")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已撤销变更")).to_be_visible()


def test_a_wrong_paper_is_taken_back_with_what_lies_on_it(
    page: Page, clerk: User, enter: Enter
) -> None:
    rows = [dict(zip(HEAD, firm(number, staff=40), strict=True)) for number in (1, 5, 6)]
    wrong = bring("employers", *rows, on=date(2011, 1, 1)).change
    lies_on_it = {**rows[1], "职工人数": 44}
    later = bring("employers", lies_on_it, on=date(2011, 6, 1)).change
    enter(page, clerk)

    page.goto(f"/changes/{wrong}/")
    expect(page.get_by_text("现在撤不了")).to_be_visible()
    expect(page.locator(".gate")).to_contain_text(f"变更 {later}")
    expect(page.locator("#undo-order li")).to_have_text([f"变更 {later}", f"变更 {wrong}"])
    look(page, "undo-blocked-1440")
    check_axe(page)
    page.fill("input[name=why]", "传成了上月的名册")
    page.get_by_role("button", name="从新到旧一起撤").click()

    expect(page.get_by_text(f"已撤销变更 {wrong}")).to_be_visible()
    assert newest() == (later or 0) + 2
    assert entries("employers") == 2
    assert staff_of("第1公司") == [20]


@pytest.fixture
def many(clerk: User) -> User:
    """The clerk of a county with 2,000 firms more."""
    rows = [
        {**dict(zip(HEAD, firm(number), strict=True)), "单位名称": f"{number:04} 号商行"}
        for number in range(10, 10 + MANY)
    ]
    told("employers", *rows, on=date(2010, 1, 1))
    return clerk


def test_two_thousand_rows_to_the_last(page: Page, many: User, enter: Enter) -> None:
    enter(page, many)
    page.goto("/ledgers/employers/?size=200")
    expect(page.locator("#rows .found .num")).to_have_text("2,002")
    look(page, "list-2000-1440")
    seen: list[str] = []
    while True:
        links = page.locator("tbody .nmn")
        seen += links.evaluate_all("all => all.map(it => it.getAttribute('href'))")
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        first = links.first.get_attribute("href")
        following.click()
        expect(links.first).not_to_have_attribute("href", first or "")

    assert len(seen) == len(set(seen)) == MANY + 2
    page.locator("a[rel=prev]").click()
    expect(page.locator("tbody tr")).to_have_count(200)


LONG = "四川省绵阳市涪城区" + "长虹大道中段一号" * 11 + "有限公司"


def test_names_of_a_hundred_characters(page: Page, clerk: User, enter: Enter) -> None:
    assert len(LONG) > 100
    row = {**dict(zip(HEAD, firm(7), strict=True)), "单位名称": LONG[:100]}
    told("employers", row, on=date(2010, 1, 1))
    record = f"/ledgers/employers/{entry('employers', LONG[:100])}/"
    enter(page, clerk)

    found = []
    for name, path in (
        ("list", "/ledgers/employers/"),
        ("record", record),
        ("change", f"{record}change/"),
        ("search", "/search/?q=四川省绵阳市"),
        ("figure-rows", "/figures/employers.total/rows/"),
        ("changes", f"/changes/{newest()}/"),
    ):
        page.goto(path)
        expect(page.locator("main")).to_contain_text(LONG[:20])
        for size, title in ((WIDE, "1440"), (NARROW, "390")):
            page.set_viewport_size(size)
            found += [f"{path} {title} {fault}" for fault in shape_faults(page)]
            look(page, f"long-{name}-{title}")
        found += [f"{path} {fault}" for fault in paper_faults(page)]
        look_on_paper(page, f"long-{name}-print")
    assert found == [], "\n".join(found)


def test_a_ledger_without_a_row(page: Page, db: None, enter: Enter) -> None:
    county()
    user = make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")
    enter(page, user)

    page.goto("/ledgers/members/")
    expect(page.locator("main .state h2")).to_have_text("这本台账还没有行")
    expect(page.locator("#rows .found .num")).to_have_text("0")
    check_axe(page)
    look(page, "no-rows-1440")
    page.set_viewport_size(NARROW)
    look(page, "no-rows-390")


def test_a_session_ends_in_the_middle_of_mending(
    page: Page, clerk: User, enter: Enter, tmp_path: Path
) -> None:
    book = tmp_path / "名册.xlsx"
    book.write_bytes(workbook(firm(3), firm(4, staff="很多")))
    enter(page, clerk)
    page.goto("/imports/new/employers/")
    page.set_input_files("input[type=file]", book)
    page.click("text=上传并读取")
    page.get_by_role("link", name="看这 2 行的检查结果").click()
    here = page.url
    cell = page.get_by_label("第 4 行 职工人数")
    cell.fill("15")

    page.context.clear_cookies()
    cell.press("Enter")
    page.wait_for_url("**/accounts/login/**")
    sign_in_by_keys(page, clerk)

    page.wait_for_url(here)
    expect(cell).to_have_value("15")
    cell.press("Enter")
    expect(page.get_by_text("已改对，随下次入库")).to_be_visible()
    expect(page.locator("#sum b")).to_have_text(["2", "2", "0", "0"])


POST_ALL = """async () => {
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    const sent = async (path) => {
        const headers = { "X-CSRFToken": token };
        const answer = await fetch(path + location.search, { method: "POST", headers });
        return [path, answer.status];
    };
    return Promise.all(PATHS.map(sent));
}"""


def test_a_past_day_offers_no_deed_and_takes_none(page: Page, clerk: User, enter: Enter) -> None:
    id_ = entry("employers", "第1公司")
    record = f"/ledgers/employers/{id_}/"
    enter(page, clerk)
    before = newest()
    deeds = ("变更", "更正", "更多", "新增", "导入", "导出")

    offered = []
    for path in ("/ledgers/employers/", record):
        page.goto(f"{path}?at=2011-01-01")
        expect(page.locator("#asbar")).to_have_class("asbar past")
        for deed in deeds:
            shown = page.locator("main .ph").get_by_text(deed, exact=True)
            offered += [f"{path} {deed}"] * shown.count()
    assert offered == []

    paths = [
        f"{record}change/", f"{record}correct/", f"{record}annul/", f"{record}merge/",
        "/ledgers/employers/new/", "/ledgers/employers/export/", f"/changes/{before}/undo/",
    ]  # fmt: skip
    answers = page.evaluate(POST_ALL.replace("PATHS", str(paths)))
    assert [(path, status) for path, status in answers if status != 422] == []
    assert newest() == before


@pytest.fixture
def on_sheets(page: Page) -> Callable[[str], tuple[int, str]]:
    """How many A4 sheets a page takes, and what stands on them."""

    def printed(path: str) -> tuple[int, str]:
        page.goto(path)
        page.locator("main h1").wait_for()
        assert paper_faults(page) == []
        with on_paper(page):
            text = page.evaluate("document.body.innerText")
        return paper(page).count(b"/Type /Page\n"), str(text)

    return printed


def test_a_record_and_a_figure_on_paper(
    page: Page, clerk: User, enter: Enter, on_sheets: Callable[[str], tuple[int, str]]
) -> None:
    told("employers", {"统一社会信用代码": make_credit_code(1), "职工人数": 33,
                       "生效日期": date(2011, 1, 1)})  # fmt: skip
    enter(page, clerk)
    id_ = entry("employers", "第1公司")
    wanted: dict[str, Any] = {
        f"/ledgers/employers/{id_}/?at=2011-06-30": ["第1公司", "33", "经过"],
        "/figures/employers.staff/?at=2011-06-30": ["职工人数", "53", "各下级"],
        "/figures/employers.staff/rows/?at=2011-06-30": ["第1公司", "第2公司"],
    }
    for path, words in wanted.items():
        sheets, text = on_sheets(path)
        assert sheets <= 2, path
        for word in ["截至 2011-06-30", "所知", "王敏 打印", *words]:
            assert word in text, (path, word)
        look_on_paper(page, "paper-" + path.split("?")[0].strip("/").replace("/", "-"))
