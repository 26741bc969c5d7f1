"""A ledger as a list, and the search box, as they are used."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import UNION, city, told
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.sight import NARROW, check_axe, look, look_on_paper


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who keeps the ledgers of a county with 120 members of long and short names."""
    city()
    told("members", *(
        {"证件类别": "护照", "证件号码": f"P{i:05}", "姓名": f"会员{i:03}" + "长" * (i % 3 * 15),
         "所属工会": UNION, "入会日期": date(2009, 1, 1)} for i in range(120)
    ))  # fmt: skip
    return make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")


def test_page_by_page_filtered_and_with_other_columns(
    page: Page, clerk: User, enter: Enter
) -> None:
    enter(page, clerk)
    page.goto("/ledgers/members/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(50)
    expect(page.locator("#rows .found .num")).to_have_text("123")
    look(page, "list-1440")
    check_axe(page)

    first = rows.first.inner_text()
    page.click("a[rel=next]")
    expect(rows.first).not_to_have_text(first)
    expect(page.locator("#rows .found .num")).to_have_text("123")
    page.click("a[rel=prev]")
    expect(rows.first).to_contain_text(first.split("\n")[0])

    page.fill("[data-ask] input[name=f_name]", "会员00")
    page.press("[data-ask] input[name=f_name]", "Enter")
    expect(rows).to_have_count(10)
    assert page.url.endswith("?f_name=%E4%BC%9A%E5%91%9800")
    page.click("summary:has-text('列 7/18')")
    page.check(".cols input[value=ethnicity]")
    look(page, "list-columns-1440")
    page.click(".cols button")
    expect(page.locator("th", has_text="民族")).to_be_visible()
    page.click(".chip a")
    expect(rows).to_have_count(50)
    look_on_paper(page, "list-print")


def test_rows_are_ticked_and_exported(
    page: Page, clerk: User, enter: Enter, tmp_path: Path
) -> None:
    enter(page, clerk)
    page.goto("/ledgers/members/?f_name=会员00")
    bulk = page.locator(".bulk")
    expect(bulk).to_be_hidden()

    page.check("[aria-label='选中本页']")
    expect(bulk.locator("b")).to_have_text("已选 10 行")
    page.uncheck("tbody tr:first-child .ck")
    expect(bulk.locator("b")).to_have_text("已选 9 行")
    look(page, "list-ticked-1440")
    bulk.get_by_role("button", name="导出（遮挡号码）").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/$"))
    run_pending()
    page.reload()
    with page.expect_download() as download:
        page.click("main a[href*='/downloads/']")

    path = tmp_path / "members.xlsx"
    download.value.save_as(path)
    assert load_workbook(path).worksheets[0].max_row == 10


def test_a_view_is_saved_and_opened_again(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/ledgers/members/?tab=no-phone&f_name=会员")
    page.click("summary:has-text('我的视图')")
    page.fill("#view-name", "缺手机的会员")
    page.click(".mine button:has-text('保存')")

    page.goto("/ledgers/members/")
    page.click("summary:has-text('我的视图')")
    look(page, "list-views-1440")
    page.click("text=缺手机的会员")

    expect(page.locator(".tab.on")).to_have_text("缺手机")
    expect(page.locator(".chip")).to_have_text("姓名：会员…×")


def test_on_a_telephone_empty_and_past(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.set_viewport_size(NARROW)
    page.goto("/ledgers/members/")
    look(page, "list-390")
    check_axe(page)

    page.goto("/ledgers/members/?f_name=没有此人")
    expect(page.locator("main .state h2")).to_have_text("没有符合条件的行")
    look(page, "list-empty-390")
    page.goto("/ledgers/members/?at=2010-06-30")
    expect(page.locator("tbody .ck")).to_have_count(0)
    look(page, "list-past-390")
    page.goto("/ledgers/members/?f_birth_from=昨天")
    expect(page.locator("#rows .note.bad")).to_contain_text("昨天")
    check_axe(page)


def test_searching_from_the_box_of_any_page(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("甲")
    page.keyboard.press("Enter")

    expect(page.locator(".hits h2")).to_have_text(["用人单位", "工会"])
    look(page, "search-1440")
    check_axe(page)
    page.set_viewport_size(NARROW)
    look(page, "search-390")
    page.click(".hits a:has-text('甲公司工会')")
    expect(page.locator("h1")).to_contain_text("甲公司工会")
