"""The way of a paper from the file to the ledger, in the pages."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.accounts.enums import Role
from gongjian.areas.models import AreaVersion
from gongjian.core.builders import make_credit_code
from gongjian.history.models import Change
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.imports.models import Paper, Pointing
from gongjian.web.imports.tests.books import (
    HEAD,
    cells,
    firm,
    go,
    numbers,
    said,
    see,
    staff_of,
    upload,
    workbook,
)
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.papers import bring, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def area(code: str) -> int:
    return AreaVersion.objects.get(code=code, removed_in=None).entry_id


@pytest.fixture
def clerk(client: Client) -> Client:
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    return client


def commit(client: Client, paper: Paper, policy: str = "skip", reason: str = "") -> int:
    """Try out, commit, let the job run; how many jobs ran."""
    go(client, "import-trial", paper)
    go(client, "import-commit", paper, revision=paper.revision, policy=policy, reason=reason)
    ran = run_pending()
    paper.refresh_from_db()
    return ran


def bring_two(client: Client) -> Paper:
    """Two firms in the ledger since 2010; a paper with one changed, one same, one new, one bad."""
    bring("employers", dict(zip(HEAD, firm(1, staff=20), strict=True)), on=date(2010, 1, 1))
    bring("employers", dict(zip(HEAD, firm(2), strict=True)), on=date(2010, 1, 1))
    bad = firm(4, code=make_credit_code(4)[:-1])
    return upload(client, workbook(firm(1, staff=26), firm(2), firm(3), bad))


def test_a_bad_cell_is_found_and_mended_in_place(clerk: Client) -> None:
    paper = bring_two(clerk)
    read = cells(see(clerk, "import-columns", paper), ".tb")
    assert [row[:3] for row in read][:2] == [
        ["A", "统一社会信用代码", "统一社会信用代码"],
        ["B", "单位名称", "单位名称 （必填）"],
    ]
    checked = see(clerk, "import-check", paper)
    assert numbers(checked, ".sum") == ["4", "3", "1", "0"]
    (found,) = cells(checked, ".fx")
    assert found[:2] == ["第 6 行 单元格 A6", "第4公司 看整行"]

    mended = clerk.post(
        reverse("import-mend", args=[paper.pk]),
        {"row": 6, "header": "统一社会信用代码", "value": make_credit_code(4)},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "已改对，随下次入库" in mended
    assert numbers(see(clerk, "import-check", paper), ".sum") == ["4", "4", "0", "0"]


def test_a_month_s_work(clerk: Client) -> None:
    paper = bring_two(clerk)
    go(clerk, "import-mend", paper, row=6, header="统一社会信用代码", value=make_credit_code(4))
    go(clerk, "import-trial", paper, on="2011-12-20")
    tried = see(clerk, "import-trial", paper)
    assert numbers(tried, ".dg") == ["＋2", "1", "1", "0", "0"]
    assert cells(tried, ".tb") == [["第 3 行", "第1公司", "职工人数", "20", "26", "2011-12-20"]]
    moved = [d.get_text(" ", strip=True) for d in tried.select(".eff div")]
    assert "用人单位 2 4 +2" in moved
    assert "职工人数 40 86 +46" in moved
    assert Change.objects.count() == 3

    go(clerk, "import-commit", paper, revision=paper.revision, policy="skip", reason="12 月名册")
    assert Job.objects.get(pk=paper.job_id or 0).state == State.QUEUED
    waiting = see(clerk, "import-done", paper)
    assert waiting.select_one("[hx-trigger='every 2s']") is not None
    assert run_pending() == 1
    paper.refresh_from_db()
    change = Change.objects.latest("number")
    assert (paper.change, change.reason, change.source_name) == (4, "12 月名册", "名册.xlsx")
    assert change.source_sha256 == paper.sha256
    assert staff_of("第1公司") == [20, 26]
    ended = see(clerk, "import-done", paper)
    assert ended.h2 is not None
    assert ended.h2.get_text() == "已入库：新增 2 行，变更 1 行，没变 1 行"
    assert ended.select_one(f"a[href='{reverse('change', args=[4])}']") is not None
    listed = cells(see_index(clerk), ".tb")[0]
    assert (listed[1], listed[4]) == ("已入库", "4")


def see_index(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("imports")).content, "html.parser")


def test_a_column_pointed_by_hand_is_remembered(clerk: Client) -> None:
    head = ["信用码", *HEAD[1:4], "人头数"]
    paper = upload(clerk, workbook(firm(1), head=head))
    page = see(clerk, "import-columns", paper)
    assert said(paper.summary)["missing"] == ["职工人数"]
    assert [h["value"] for h in page.select("input[name^=header-]")] == ["信用码", "人头数"]

    sent = {"header-1": "信用码", "point-1": "统一社会信用代码"}
    sent |= {"header-5": "人头数", "point-5": "职工人数"}
    go(clerk, "import-columns", paper, **sent)
    assert (said(paper.counted)["rows"], said(paper.counted)["bad"]) == (1, 0)
    assert dict(Pointing.objects.values_list("header", "column")) == {
        "信用码": "统一社会信用代码", "人头数": "职工人数",
    }  # fmt: skip
    again = upload(clerk, workbook(firm(2), head=head))
    assert said(again.counted)["rows"] == 1
    other = Client()
    signed_in(other, Role.COUNTY_ORGANISER, area_id=area("510703"))
    stranger = upload(other, workbook(firm(2), head=head))
    assert stranger.counted is None

    go(clerk, "import-columns", again, **{"header-5": "人头数", "point-5": ""})
    assert again.counted is None
    assert list(Pointing.objects.values_list("header", flat=True)) == ["信用码"]


def test_two_headers_cannot_mean_one_column(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), head=["甲", "乙", *HEAD[2:]]))
    sent = {"header-1": "甲", "point-1": "单位名称", "header-2": "乙", "point-2": "单位名称"}
    assert go(clerk, "import-columns", paper, **sent).status_code == 422
    assert Pointing.objects.count() == 0


def test_another_sheet_is_read(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), 别的=[HEAD, firm(2), firm(3)]))
    assert said(paper.counted)["rows"] == 1
    go(clerk, "import-columns", paper, sheet="别的")
    assert (said(paper.summary)["sheet"], said(paper.counted)["rows"]) == ("别的", 2)


def test_rows_set_aside_come_in_later(clerk: Client) -> None:
    bad = firm(2, staff="很多")
    paper = upload(clerk, workbook(firm(1), bad, firm(3)))
    go(clerk, "import-aside", paper, row="5")
    go(clerk, "import-aside", paper, all="1")
    page = see(clerk, "import-check", paper, "?cause=aside")
    assert [row[0] for row in cells(page, ".fx")] == ["第 4 行", "第 5 行"]
    go(clerk, "import-aside", paper, row="5", back="1")
    assert numbers(see(clerk, "import-check", paper), ".sum") == ["3", "2", "0", "0"]
    commit(clerk, paper)
    assert (paper.change is not None, said(paper.result)["left"]) == (True, [4])

    go(clerk, "import-rest", paper)
    rest = Paper.objects.latest("pk")
    assert (rest.parent_id, rest.only, said(rest.counted)["bad"]) == (paper.pk, [4], 1)
    go(clerk, "import-rest", paper)
    assert Paper.objects.count() == 2
    go(clerk, "import-mend", rest, row=4, header="职工人数", value="12")
    commit(clerk, rest)
    assert staff_of("第2公司") == [12]
    assert said(rest.result)["left"] == []


def test_bad_rows_stay_behind_or_stop_everything(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), firm(2, staff="很多")))
    commit(clerk, paper, policy="refuse")
    assert (paper.change, said(paper.result)["refused"]) == (None, True)
    assert staff_of("第1公司") == []
    go(clerk, "import-back", paper)
    commit(clerk, paper)
    assert (staff_of("第1公司"), said(paper.result)["left"]) == ([20], [4])


def test_the_marked_book_is_mended_in_excel_and_brought_again(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff="很多"), firm(2, staff="不少")))
    go(clerk, "import-mend", paper, row=4, header="职工人数", value="9")
    answer = clerk.get(reverse("import-marked", args=[paper.pk]))
    book = load_workbook(BytesIO(b"".join(answer)))
    sheet = book["单位"]
    assert [c.value for c in sheet[2]][-2:] == ["导入结果", "问题"]
    assert (sheet["E4"].value, sheet["F3"].value) == ("9", "有错")
    sheet["E3"] = 7
    stream = BytesIO()
    book.save(stream)
    again = upload(clerk, stream.getvalue(), "名册（标红）.xlsx")
    assert (said(again.counted)["bad"], said(again.summary)["unknown"]) == (0, [])
    commit(clerk, again)
    assert (staff_of("第1公司"), staff_of("第2公司")) == ([7], [9])


def test_a_whole_row_is_mended(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff=10), firm(2)))
    address = reverse("import-row", args=[paper.pk, 3])
    assert clerk.get(address).status_code == 200
    clerk.post(address, {"cell-1": "新名字", "cell-6": "11"})
    commit(clerk, paper)
    assert staff_of("新名字") == [11]
    assert clerk.get(reverse("import-row", args=[paper.pk, 99])).status_code == 404


def test_a_sign_in_that_expired_loses_nothing(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), firm(2, staff="很多")))
    go(clerk, "import-mend", paper, row=4, header="职工人数", value="8")
    clerk.logout()
    address = reverse("import-check", args=[paper.pk])
    assert clerk.get(address).headers["Location"].endswith(f"next={address}")
    sign_in(clerk, paper.owner)
    assert numbers(see(clerk, "import-check", paper), ".sum") == ["2", "2", "0", "0"]
    commit(clerk, paper)
    assert staff_of("第2公司") == [8]


def test_the_county_and_the_stranger(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    other = Client()
    signed_in(other, Role.COUNTY_ORGANISER, area_id=area("510703"))
    leader = Client()
    sign_in(leader, make_person(Role.LEADER, area_id=area("510703")))
    names = ("import", "import-columns", "import-check", "import-trial", "import-done")
    for name in (*names, "import-marked"):
        address = reverse(name, args=[paper.pk])
        assert (name, other.get(address).status_code) == (name, 404)
        assert (name, leader.get(address).status_code) == (name, 404)
    for name in ("import-commit", "import-mend", "import-aside", "import-discard", "import-stop"):
        assert other.post(reverse(name, args=[paper.pk])).status_code == 404
    assert leader.get(reverse("imports")).status_code == 403
    assert leader.get(reverse("import-new", args=["employers"])).status_code == 403
    assert clerk.get(reverse("import-new", args=["nothing"])).status_code == 404
    assert (
        clerk.post(f"{reverse('import-discard', args=[paper.pk])}?at=2011-01-01").status_code == 422
    )
    go_away = clerk.post(reverse("import-discard", args=[paper.pk]))
    assert (go_away.status_code, Paper.objects.count()) == (302, 0)
