"""A month's paper in the browser: sent in, mended in place, tried out, written."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.jobs.worker import run_pending
from gongjian.web.imports.tests.books import HEAD, firm, staff_of, workbook
from gongjian.web.tests.people import make_person
from tests.browser.conftest import Enter
from tests.browser.sight import NARROW, WIDE, check_axe, look, look_on_paper
from tests.papers import bring, county
from tests.worlds import entry

UNION = make_credit_code(9, kind="81")


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who keeps the ledgers of a small county with two firms and a union."""
    county()
    for number in (1, 2):
        bring("employers", dict(zip(HEAD, firm(number), strict=True)), on=date(2010, 1, 1))
    bring(
        "unions",
        {"工会代码": UNION, "工会名称": "甲公司工会", "工会类型": "单独基层工会",
         "所属区划": "510703001", "建会日期": date(2008, 6, 1)},
    )  # fmt: skip
    return make_person("county-organiser", area_id=area_by_code("510703"), name="王敏")


def send(page: Page, folder: Path, content: bytes, slug: str, name: str = "名册.xlsx") -> None:
    """Through the page of upload."""
    path = folder / name
    path.write_bytes(content)
    page.goto(f"/imports/new/{slug}/")
    page.set_input_files("input[type=file]", path)
    page.click("text=上传并读取")


FILE = """([bytes, name]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], name));
    return carried;
}"""


def drop(page: Page, content: bytes, slug: str, name: str = "名册.xlsx") -> None:
    """Onto the page of upload, as from a folder."""
    page.goto(f"/imports/new/{slug}/")
    carried = page.evaluate_handle(FILE, [list(content), name])
    page.dispatch_event(".drop", "drop", {"dataTransfer": carried})


def test_a_month_s_work(page: Page, clerk: User, enter: Enter) -> None:
    enter(page, clerk)
    page.goto("/imports/new/employers/")
    look(page, "import-upload-1440")
    check_axe(page)
    rows = [firm(1, staff=26), firm(2), firm(3), firm(4, staff="很多")]
    head = [*HEAD[:4], "人头数"]
    drop(page, workbook(*rows, head=head), "employers")
    point_and_mend(page)
    try_and_commit(page)
    read_and_take_back(page)
    page.goto("/imports/")
    look(page, "import-list-1440")
    check_axe(page)


def point_and_mend(page: Page) -> None:
    """The unknown column is pointed, the one bad cell is mended."""
    expect(page.get_by_text("没有找到必填列：职工人数")).to_be_visible()
    look(page, "import-columns-1440")
    check_axe(page)
    page.get_by_label("“人头数”对应的列").select_option("职工人数")
    page.click("text=按上面的对应重新读")
    page.click("text=看这 4 行的检查结果")

    cell = page.get_by_label("第 6 行 职工人数")
    expect(cell).to_have_value("很多")
    look(page, "import-check-1440")
    check_axe(page)
    cell.fill("15")
    cell.press("Enter")
    expect(page.get_by_text("已改对，随下次入库")).to_be_visible()
    expect(page.locator("#sum b")).to_have_text(["4", "4", "0", "0"])
    check_axe(page)


def try_and_commit(page: Page) -> None:
    """What would change is looked at, then it is written."""
    page.click(".foot .gb.p")
    expect(page.get_by_text("试算：入库后台账会变成什么样")).to_be_visible()
    expect(page.locator(".tb .now")).to_have_text(["26"])
    look(page, "import-trial-1440")
    check_axe(page)
    look_on_paper(page, "import-trial-print")

    page.click("text=确认入库 3 行")
    expect(page.get_by_text("排队等候").first).to_be_visible()
    look(page, "import-waiting-1440")
    check_axe(page)
    assert run_pending() == 1
    expect(page.get_by_text("已入库：新增 2 行，变更 1 行，没变 1 行")).to_be_visible()
    assert staff_of("第4公司") == [15]
    look(page, "import-done-1440")
    check_axe(page)


def read_and_take_back(page: Page) -> None:
    """What happened to a firm of the paper is read; then the whole paper is taken back."""
    done = page.url
    page.goto(f"/ledgers/employers/{entry('employers', '第1公司')}/")
    expect(page.locator(".his > li")).to_have_count(2)
    expect(page.locator(".his > li").first).to_contain_text("26")

    page.goto(done)
    page.get_by_role("link", name="撤销整批").click()
    page.fill("input[name=why]", "传成了上月的名册")
    page.get_by_role("button", name="撤销这次变更").click()
    expect(page.get_by_text("已撤销变更")).to_be_visible()
    assert staff_of("第1公司") == [20]
    assert staff_of("第4公司") == []
    page.goto(done)
    expect(page.get_by_text("这次入库已由变更")).to_be_visible()


def test_members_on_a_narrow_screen(page: Page, clerk: User, enter: Enter, tmp_path: Path) -> None:
    enter(page, clerk)
    page.set_viewport_size(NARROW)
    good = make_identity("510703", date(1985, 3, 2), 12)
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    head = ["证件号码", "姓名", "所属工会", "入会日期"]
    send(page, tmp_path, workbook([wrong, "安", UNION, "2010-03-01"], head=head), "members")
    page.click("text=看这 1 行的检查结果")
    expect(page.get_by_label("第 3 行 证件号码")).to_have_value("")
    look(page, "import-check-390")
    check_axe(page)
    page.click("text=改错时显示完整号码，操作留痕")
    cell = page.get_by_label("第 3 行 证件号码")
    expect(cell).to_have_value(wrong)
    cell.fill(good)
    cell.press("Enter")
    expect(page.get_by_text("已改对，随下次入库")).to_be_visible()
    page.click(".foot .gb.p")
    expect(page.locator(".dg .new b")).to_have_text("＋1")
    look(page, "import-trial-390")
    check_axe(page)
    page.set_viewport_size(WIDE)
