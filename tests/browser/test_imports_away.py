"""A sign-in that expires over a half-mended cell, and a file that is too large to send."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.web.imports import sheets
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import firm, workbook
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.papers import county


@pytest.fixture
def clerk(db: None) -> User:
    county()
    return make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")


def test_what_was_half_typed_outlives_the_sign_in(
    page: Page, clerk: User, enter: Enter, tmp_path: Path
) -> None:
    enter(page, clerk)
    path = tmp_path / "名册.xlsx"
    path.write_bytes(workbook(firm(1, staff="很多"), firm(2, staff="不少")))
    page.goto("/imports/new/employers/")
    page.set_input_files("input[type=file]", path)
    page.click("text=上传并读取")
    page.click("text=检查结果")
    box = page.get_by_label("第 3 行 职工人数")
    box.fill("12")
    page.context.clear_cookies()

    box.press("Enter")
    page.wait_for_url("**/accounts/login/**")
    enter(page, clerk)
    page.goto(page.url.split("next=")[1])

    expect(box).to_have_value("12")
    box.press("Enter")
    expect(page.get_by_text("已改对，随下次入库")).to_be_visible()
    expect(page.get_by_label("第 4 行 职工人数")).to_be_focused()
    page.reload()
    expect(page.get_by_label("第 4 行 职工人数")).to_have_value("不少")


def test_a_file_over_the_limit_is_not_sent(
    page: Page, clerk: User, enter: Enter, tmp_path: Path
) -> None:
    enter(page, clerk)
    path = tmp_path / "大.csv"
    path.write_bytes(b"," * (sheets.MOST_BYTES + 1))
    page.goto("/imports/")
    page.set_input_files("input[type=file]", path)

    page.click("text=上传并读取")

    expect(page.locator("#live")).to_have_text(
        "“大.csv”超过 20 MB，没有上传；请拆成几个文件后分别导入。"
    )
    assert Paper.objects.count() == 0
