"""Wrong files, two hands at once, workers that die, papers that are large."""

import socket
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.models import AreaVersion
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.history.models import Change, TrailRecord
from gongjian.jobs.keeping import reap
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.imports import checking, mending, sheets
from gongjian.web.imports.models import Finding, Line, Paper
from gongjian.web.imports.queries import importer
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
from gongjian.web.tests.people import signed_in
from tests.papers import bring, county

pytestmark = pytest.mark.django_db

UNION = make_credit_code(9, kind="81")
MEMBERS = ["证件号码", "姓名", "所属工会", "入会日期", "手机"]


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def area(code: str) -> int:
    return AreaVersion.objects.get(code=code, removed_in=None).entry_id


def a_clerk(code: str = "510703") -> Client:
    client = Client()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area(code))
    return client


@pytest.fixture
def clerk() -> Client:
    return a_clerk()


def submitted(client: Client, paper: Paper) -> Job:
    """Tried out and handed in; the job that waits."""
    go(client, "import-trial", paper)
    go(client, "import-commit", paper, revision=paper.revision, policy="skip")
    return Job.objects.get(pk=paper.job_id or 0)


def send(client: Client, content: bytes, name: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import-new", args=["employers"]), {"file": file})


# ------------------------------------------------------------------ wrong files


def test_a_file_is_told_by_its_content(clerk: Client) -> None:
    table = "统一社会信用代码,单位名称,所属区划,单位性质,职工人数\n"
    row = f"{make_credit_code(1)},甲,510703001,企业,3\n"
    paper = upload(clerk, (table + row).encode(), "其实是文本.xlsx")
    assert (said(paper.counted)["rows"], said(paper.counted)["bad"]) == (1, 0)
    picture = upload(clerk, b"\x89PNG\r\n\x1a\n" + bytes(40), "照片.xlsx")
    page = see(clerk, "import-columns", picture)
    assert "文件是图片，不是表格" in page.get_text()
    assert clerk.get(reverse("import-check", args=[picture.pk])).status_code == 302
    assert clerk.get(reverse("import-trial", args=[picture.pk])).status_code == 302


def test_what_is_over_the_limit_is_refused_with_a_sentence(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook(*(firm(n) for n in range(60)))
    monkeypatch.setattr(sheets, "MOST_BYTES", len(content) - 1)
    answer = send(clerk, content, "大.xlsx")
    assert (answer.status_code, Paper.objects.count()) == (422, 0)
    monkeypatch.setattr(sheets, "MOST_BYTES", 20 << 20)
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    paper = upload(clerk, content)
    assert paper.summary == {"unreadable": "表格超过 55 行，请拆成几个文件后分别导入。"}


def test_no_file_and_an_empty_file(clerk: Client) -> None:
    address = reverse("import-new", args=["employers"])
    none = clerk.post(address, {})
    assert (none.status_code, "请先选择一个文件。" in none.content.decode()) == (422, True)
    empty = send(clerk, b"", "空.xlsx")
    assert (empty.status_code, "文件是空的" in empty.content.decode()) == (422, True)
    past = f"{address}?at=2011-01-01"
    assert "只能看" in clerk.get(past).content.decode()
    file = SimpleUploadedFile("表.xlsx", workbook(firm(1)))
    assert clerk.post(past, {"file": file}).status_code == 422


def test_a_header_without_rows(clerk: Client) -> None:
    paper = upload(clerk, workbook())
    go(clerk, "import-trial", paper)
    page = see(clerk, "import-trial", paper)
    assert "不需要入库" in page.get_text()


def test_rows_outside_the_scope_are_bad() -> None:
    client = a_clerk("510703002")
    paper = upload(client, workbook(firm(1)))
    assert said(paper.counted)["bad"] == 1
    assert list(Finding.objects.values_list("code", flat=True)) == ["out-of-scope"]


# ------------------------------------------------------------------ twice, and two people


def test_pressing_twice_is_one_change(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-trial", paper)
    sent = {"revision": paper.revision, "policy": "skip"}
    for _ in range(3):
        assert go(clerk, "import-commit", paper, **sent).status_code == 302
    assert Job.objects.count() == 1
    run_pending()
    go(clerk, "import-commit", paper, **sent)
    assert (run_pending(), Change.objects.count()) == (0, 2)


def test_what_was_altered_since_the_dry_run_is_not_committed(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-trial", paper)
    looked_at = paper.revision
    go(clerk, "import-mend", paper, row=3, header="职工人数", value="99")
    answer = go(clerk, "import-commit", paper, revision=looked_at, policy="skip")
    assert (answer.status_code, Job.objects.count()) == (422, 0)


def test_two_people_bring_the_same_rows(clerk: Client) -> None:
    other = a_clerk()
    content = workbook(firm(1), firm(2))
    mine, theirs = upload(clerk, content), upload(other, content)
    submitted(clerk, mine)
    submitted(other, theirs)
    assert run_pending() == 2
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.change, theirs.change) == (2, None)
    assert said(theirs.result)["counts"] == {"unchanged": 2}
    page = see(other, "import-done", theirs)
    assert "台账已经是这样了" in page.get_text()


def test_the_page_says_that_others_changed_the_ledger_since(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-trial", paper)
    bring("employers", dict(zip(HEAD, firm(5), strict=True)))
    assert "试算之后别人又改过 1 次" in see(clerk, "import-trial", paper).get_text()


# ------------------------------------------------------------------ jobs that end badly


def killed(job: Job) -> None:
    """As if its process had died under way."""
    dead = f"{socket.gethostname()[:80]}/999999999/1"
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker=dead)


def test_a_killed_worker_wrote_nothing_and_the_job_is_tried_again(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    killed(job)
    assert [lost.pk for lost in reap()] == [job.pk]
    assert (
        "中断。办理中途后台进程停了，没有写入任何内容"
        in see(clerk, "import-done", paper).get_text()
    )
    assert staff_of("第1公司") == []
    go(clerk, "import-again", paper)
    assert run_pending() == 1
    paper.refresh_from_db()
    assert (paper.change, staff_of("第1公司")) == (2, [20])


def test_a_worker_that_died_after_the_write_is_settled(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    run_pending()
    Paper.objects.filter(pk=paper.pk).update(change=None, result=None)
    killed(job)
    assert "内容已经写入（变更 2）" in see(clerk, "import-done", paper).get_text()
    assert reap() == []
    job.refresh_from_db()
    paper.refresh_from_db()
    assert (job.state, paper.change, Change.objects.count()) == (State.DONE, 2, 2)
    assert "已入库：新增 1 行" in see(clerk, "import-done", paper).get_text()


def test_a_job_tried_again_after_the_write_writes_nothing_more(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    run_pending()
    Paper.objects.filter(pk=paper.pk).update(change=None, result=None)
    Job.objects.filter(pk=job.pk).update(state=State.LOST)
    go(clerk, "import-again", paper)
    assert run_pending() == 1
    paper.refresh_from_db()
    assert (paper.change, Change.objects.count()) == (2, 2)


def test_a_job_that_waits_is_cancelled(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    blocked = go(clerk, "import-mend", paper, row=3, header="职工人数", value="1")
    assert blocked.status_code == 422
    go(clerk, "import-stop", paper)
    job.refresh_from_db()
    assert (job.state, run_pending(), staff_of("第1公司")) == (State.CANCELLED, 0, [])
    go(clerk, "import-back", paper)
    go(clerk, "import-mend", paper, row=3, header="职工人数", value="31")
    submitted(clerk, paper)
    run_pending()
    assert staff_of("第1公司") == [31]
    refused = go(clerk, "import-mend", paper, row=3, header="职工人数", value="2")
    assert (refused.status_code, go(clerk, "import-back", paper).status_code) == (422, 422)


def test_whoever_lost_the_post_writes_nothing(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    paper.owner.posts.update(valid_to=date(2001, 1, 1))
    run_pending()
    job.refresh_from_db()
    assert (job.state, staff_of("第1公司")) == (State.FAILED, [])


# ------------------------------------------------------------------ large papers


def test_a_large_paper_is_worked_on_in_the_background(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "FEW_ROWS", 3)
    rows = [firm(n) for n in range(1, 6)]
    paper = upload(clerk, workbook(*rows, firm(6, staff="很多"), firm(1, staff=8)))
    assert paper.counted is None
    assert "排队等候" in see(clerk, "import-columns", paper).get_text()
    polled = clerk.get(reverse("import-columns", args=[paper.pk]), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in polled.headers
    assert run_pending() == 1
    polled = clerk.get(reverse("import-columns", args=[paper.pk]), headers={"HX-Request": "true"})
    assert polled.headers["HX-Refresh"] == "true"
    assert numbers(see(clerk, "import-check", paper), ".sum") == ["7", "4", "3", "0"]
    go(clerk, "import-mend", paper, row=8, header="职工人数", value="6")
    go(clerk, "import-mend", paper, row=9, header="统一社会信用代码", value=make_credit_code(7))
    assert numbers(see(clerk, "import-check", paper), ".sum") == ["7", "7", "0", "0"]
    go(clerk, "import-trial", paper)
    assert (paper.trial, run_pending()) == (None, 1)
    assert numbers(see(clerk, "import-trial", paper), ".dg")[0] == "＋7"


def test_a_check_that_was_cancelled_is_asked_for_again(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "FEW_ROWS", 1)
    paper = upload(clerk, workbook(firm(1), firm(2)))
    go(clerk, "import-stop", paper)
    assert "已取消" in see(clerk, "import-columns", paper).get_text()
    go(clerk, "import-back", paper)
    assert "检查这 2 行" in see(clerk, "import-columns", paper).get_text()
    go(clerk, "import-columns", paper)
    assert run_pending() == 1
    paper.refresh_from_db()
    assert said(paper.counted)["rows"] == 2


def test_a_check_that_comes_late_does_not_undo_a_later_one(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff="很多")))
    late = Paper.objects.get(pk=paper.pk)
    table = checking.read(late)
    go(clerk, "import-mend", paper, row=3, header="职工人数", value="5")
    assert table is not None
    checking.check(late, importer(late.owner, late.ledger))
    assert (checking.save_work(late), Finding.objects.count()) == (False, 0)


def test_two_thousand_bad_rows_are_paged(clerk: Client, django_assert_max_num_queries: Any) -> None:
    rows = [firm(n, staff="很多", code=None) for n in range(1, 2001)]
    paper = upload(clerk, workbook(*rows))
    assert said(paper.counted)["bad"] == 2000
    with django_assert_max_num_queries(16):
        page = see(clerk, "import-check", paper, "?cause=error%3Atype%3A职工人数&p=2")
    shown = cells(page, ".fx")
    assert (len(shown), shown[0][0]) == (50, "第 53 行 单元格 E53")
    assert len(page.encode()) < 200_000
    go(clerk, "import-aside", paper, all="1")
    assert numbers(see(clerk, "import-check", paper), ".sum") == ["2,000", "0", "0", "0"]


def test_pages_ask_few_questions(clerk: Client, django_assert_max_num_queries: Any) -> None:
    for n in range(4):
        upload(clerk, workbook(firm(n), firm(n + 10)))
    paper = upload(clerk, workbook(firm(5), firm(15)))
    go(clerk, "import-trial", paper)
    for name, most in (("import-columns", 12), ("import-check", 16), ("import-trial", 16)):
        with django_assert_max_num_queries(most):
            see(clerk, name, paper)
    with django_assert_max_num_queries(10):
        clerk.get(reverse("imports"))
    assert Line.objects.filter(paper=paper).count() == 2


# ------------------------------------------------------------------ numbers of people


@pytest.fixture
def union() -> str:
    bring(
        "unions",
        {"工会代码": UNION, "工会名称": "甲公司工会", "工会类型": "单独基层工会",
         "所属区划": "510703001", "建会日期": date(2008, 6, 1)},
    )  # fmt: skip
    return UNION


def test_numbers_are_masked_until_asked_for(clerk: Client, union: str) -> None:
    good = make_identity("510703", date(1985, 3, 2), 12)
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    right = make_identity("510703", date(1979, 11, 30), 15)
    rows = [[right, "安", union, "2010-03-01", "13900005678"]]
    rows.append([wrong, "白", union, "2010-03-01", "13900001234"])
    paper = upload(clerk, workbook(*rows, head=MEMBERS), slug="members")
    for name in ("import-columns", "import-check"):
        text = clerk.get(reverse(name, args=[paper.pk])).content.decode()
        assert [number in text for number in (right, wrong, "13900005678")] == [False] * 3
    before = TrailRecord.objects.count()
    go(clerk, "import-reveal", paper)
    go(clerk, "import-reveal", paper)
    assert TrailRecord.objects.count() == before + 1
    text = clerk.get(reverse("import-check", args=[paper.pk])).content.decode()
    assert [number in text for number in (right, wrong, "13900005678")] == [False, True, False]
    go(clerk, "import-mend", paper, row=4, header="证件号码", value=good)
    go(clerk, "import-trial", paper)
    text = clerk.get(reverse("import-trial", args=[paper.pk])).content.decode()
    assert [number in text for number in (right, good)] == [False, False]
    kept = b"".join(bytes(m.sealed) for m in paper.mends.all())
    assert good.encode() not in kept
    answer = clerk.get(reverse("import-marked", args=[paper.pk]))
    assert BytesIO(b"".join(answer)).getbuffer().nbytes > 0


def test_mending_is_refused_with_a_sentence(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    for sent in (
        {"row": 3, "header": "没有这列", "value": "1"},
        {"row": 3, "header": "职工人数", "value": "1" * 201},
        {"row": "x", "header": "职工人数", "value": "1"},
        {"row": 99, "header": "职工人数", "value": "1"},
    ):
        assert go(clerk, "import-mend", paper, **sent).status_code == 422
    assert mending.bad_rows(paper) == []
