"""What is dated into a locked month: asked for a reason, refused without, and on the sheet with it."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.jobs.worker import run_pending
from gongjian.reporting.actions import lock
from gongjian.reporting.rules import Period
from gongjian.web.imports.tests.books import HEAD, firm, workbook
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.sight import (
    NARROW,
    WIDE,
    check_axe,
    look,
    look_on_paper,
    paper_faults,
    settled,
    shape_faults,
)
from tests.papers import county
from tests.worlds import entry, good
from tests.worlds import firm as cells

ASKED = "绵阳市 2011 年 6 月已由系统操作员锁定，这次改动不动锁定的数"
UNSAID = "请写明理由：它改到已经锁定的月份，理由会列在差异表上。"


@pytest.fixture
def organiser(db: None) -> User:
    """Somebody of the city, where June is locked."""
    county()
    good("employers", cells(0) | {"职工人数": 10})
    lock(Period(2011, 6), area_id=area("5107"), by=OPERATOR)
    return make_person(Role.CITY_ORGANISER, area_id=area_by_code("5107"), name="陈立")


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
    assert faults + paper_faults(page) == []


def test_a_form_a_paper_and_the_whole_sheet(
    page: Page, organiser: User, enter: Enter, tmp_path: Path
) -> None:
    enter(page, organiser)
    changed_late(page)
    imported_late(page, tmp_path)
    sheet_taken(page, tmp_path)


def changed_late(page: Page) -> None:
    page.goto(f"/ledgers/employers/{entry('employers', '第0公司')}/change/")
    page.fill("input[name=staff]", "12")
    page.fill("input[name=effective]", "2011-06-25")
    page.press("input[name=staff]", "Enter")
    expect(page.locator("main .note.warn")).to_contain_text(ASKED)
    page.get_by_role("button", name="入库").click()
    expect(page.locator(".fld .err")).to_have_text(UNSAID)
    seen(page, "late-form")
    page.get_by_label("理由").fill("镇里漏报")
    page.get_by_role("button", name="入库").click()
    expect(page.get_by_text("已入库，记为变更")).to_be_visible()


def imported_late(page: Page, folder: Path) -> None:
    path = folder / "late.xlsx"
    path.write_bytes(workbook([*firm(1), "2011-06-01"], head=[*HEAD, "成立日期"]))
    page.goto("/imports/new/employers/")
    page.set_input_files("input[type=file]", path)
    page.locator("form:has(input[type=file]) button").first.click()
    page.goto(re.sub(r"[a-z]+/$", "trial/", page.url))
    page.get_by_role("button", name="试算", exact=True).click()
    expect(page.locator("main .note.warn")).to_contain_text(ASKED)
    seen(page, "late-import")
    page.get_by_role("textbox", name="理由").fill("补报一户")
    page.get_by_role("button", name="确认入库").click()
    run_pending()
    page.reload()
    expect(page.get_by_text("已入库：新增 1 行")).to_be_visible()


def sheet_taken(page: Page, folder: Path) -> None:
    page.goto("/reports/difference/?area=5107&month=2011-06")
    staff = page.locator("section.panel", has=page.locator("h2", has_text="职工人数"))
    rows = [row.locator("td").all_inner_texts()[:4] for row in staff.locator("tbody tr").all()]
    assert rows == [
        ["计入", "12", "迟报", "镇里漏报"],
        ["计入", "20", "迟报", "补报一户"],
        ["移出", "10", "迟报", "镇里漏报"],
    ]
    seen(page, "late-sheet")
    page.get_by_role("button", name="取走整张表").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/$"))
    run_pending()
    page.reload()
    with page.expect_download() as download:
        page.click("main a[href*='/downloads/']")
    path = folder / "sheet.xlsx"
    download.value.save_as(path)
    assert download.value.suggested_filename == "绵阳市_2011-06_差异表.xlsx"
    assert load_workbook(path).sheetnames == ["指标", "增减的行"]
