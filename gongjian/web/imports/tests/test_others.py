"""Others at the same rows, another window at the same cell, a sign-in that expired."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.models import AreaVersion
from gongjian.history.models import Change
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.foretelling import areas_of
from gongjian.web.imports import trying
from gongjian.web.imports.models import Paper
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
from gongjian.web.tests.people import sign_in, signed_in
from tests.papers import bring, county

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/imports/1/check/"}


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def a_clerk() -> Client:
    client = Client()
    area = AreaVersion.objects.get(code="510703", removed_in=None).entry_id
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area)
    return client


@pytest.fixture
def clerk() -> Client:
    return a_clerk()


def committed(client: Client, paper: Paper) -> int:
    go(client, "import-trial", paper)
    go(client, "import-commit", paper, revision=paper.revision, policy="skip")
    ran = run_pending()
    paper.refresh_from_db()
    return ran


# ------------------------------------------------------------------ the same rows


def test_the_second_sees_who_brought_the_rows(clerk: Client) -> None:
    content = workbook(firm(1), firm(2))
    first = upload(clerk, content, "周倩的表.xlsx")
    committed(clerk, first)
    other = a_clerk()
    second = upload(other, content)

    go(other, "import-trial", second)

    text = see(other, "import-trial", second).get_text()
    assert "没变的 2 行台账里已经是这样" in text
    assert f"{first.owner.username} " in text
    assert "从“周倩的表.xlsx”导入，变更 2" in text
    assert "不需要入库" in text


def test_what_moved_since_the_dry_run_is_shown_beside_it(clerk: Client) -> None:
    other, content = a_clerk(), workbook(firm(1), firm(2))
    second = upload(other, content)
    go(other, "import-trial", second)
    first = upload(clerk, content)
    committed(clerk, first)

    answer = go(other, "import-commit", second, revision=second.revision, policy="skip")

    assert (answer.status_code, Job.objects.filter(state=State.QUEUED).count()) == (422, 0)
    text = answer.content.decode()
    assert "现在入库的结果和您看过的不一样，没有写入任何内容" in text
    assert f"{first.owner.username} " in text
    page = see(other, "import-trial", second)
    assert numbers(page, ".dg") == ["＋0", "0", "2", "0", "0"]


def test_a_change_elsewhere_does_not_stand_in_the_way(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-trial", paper)
    bring("employers", dict(zip(HEAD, firm(5), strict=True)))

    answer = go(clerk, "import-commit", paper, revision=paper.revision, policy="skip")

    assert (answer.status_code, run_pending(), staff_of("第1公司")) == (302, 1, [20])


def test_a_job_writes_only_what_was_looked_at(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff=30)))
    go(clerk, "import-trial", paper)
    go(clerk, "import-commit", paper, revision=paper.revision, policy="skip")
    bring("employers", dict(zip(HEAD, firm(1, staff=20), strict=True)))

    run_pending()

    job = Job.objects.get()
    assert (job.state, "请重新试算" in job.sentence) == (State.FAILED, True)
    assert (staff_of("第1公司"), Change.objects.count()) == ([20], 2)
    go(clerk, "import-back", paper)
    committed(clerk, paper)
    assert staff_of("第1公司")[-1] == 30


def test_what_was_tried_out_yesterday_is_not_written_as_of_today(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-trial", paper)
    yesterday = {**said(paper.trial), "day": "2011-12-20", "agreed": "as of that day"}
    Paper.objects.filter(pk=paper.pk).update(trial=yesterday)
    go(clerk, "import-commit", paper, revision=paper.revision, policy="skip")

    run_pending()

    assert "试算之后换了一天（当时按 2011-12-20，现在按" in Job.objects.get().sentence
    assert staff_of("第1公司") == []


class Meanwhile(dict[int, str]):
    """Areas to foretell for; while they are asked for, others write."""

    def __init__(self, areas: Any, times: int) -> None:
        super().__init__(areas)
        self.times = times

    def __bool__(self) -> bool:
        if self.times:
            self.times -= 1
            bring("employers", dict(zip(HEAD, firm(1, staff=20 + self.times), strict=True)))
        return True


def test_a_dry_run_is_of_one_moment(clerk: Client) -> None:
    """Others write between the plan and its weighing: all is worked out again."""
    paper = upload(clerk, workbook(firm(1, staff=30)))

    areas = Meanwhile(areas_of(paper.owner), 1)
    trying.try_out(paper, importer(paper.owner, paper.ledger), areas)

    trial = said(paper.trial)
    assert (trial["base"], trial["effect"]["known_at"], trial["counts"]) == (2, 2, {"changed": 1})
    shown = cells(see(clerk, "import-trial", paper), ".tb")
    assert [row[2:5] for row in shown] == [["职工人数", "20", "30"]]


def test_others_who_never_stop(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff=30)))

    areas = Meanwhile(areas_of(paper.owner), 99)
    trying.try_out(paper, importer(paper.owner, paper.ledger), areas)

    assert "此刻不断有人改动" in see(clerk, "import-trial", paper).get_text()


def test_under_the_lock_there_is_only_writing(clerk: Client) -> None:
    """SQLite has one lock for writing: nothing is looked up or put in words while it is held."""
    paper = upload(clerk, workbook(firm(1), firm(2, staff="很多"), firm(3)))

    with CaptureQueriesContext(connection) as asked:
        trying.try_out(paper, importer(paper.owner, paper.ledger), {})

    told = [query["sql"] for query in asked.captured_queries]
    begin = next(i for i, sql in enumerate(told) if sql.startswith('DELETE FROM "web_finding"'))
    tables = {
        table for sql in told[begin:] for table in re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)
    }
    assert tables == {"web_finding", "web_line", "web_paper"}


# ------------------------------------------------------------------ the same cell


def seen_in(client: Client, paper: Paper) -> str:
    box = see(client, "import-check", paper).select_one("[name=seen]")
    assert box is not None
    return str(box["value"])


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_cell_that_another_window_mended_is_shown(clerk: Client, headers: Any) -> None:
    paper = upload(clerk, workbook(firm(1, staff="很多")))
    sent = {"row": 3, "header": "职工人数", "seen": seen_in(clerk, paper)}
    go(clerk, "import-mend", paper, value="不少", **sent)

    answer = clerk.post(
        reverse("import-mend", args=[paper.pk]), {**sent, "value": "12"}, headers=headers
    )

    assert answer.status_code == 422
    assert "别的窗口刚改成“不少”，您填的是“12”" in answer.content.decode()
    fresh = answer.content.decode().split('name="seen" value="')[1].split('"')[0]
    go(clerk, "import-mend", paper, **{**sent, "seen": fresh, "value": "12"})
    assert said(paper.counted)["bad"] == 0


def test_a_row_that_another_window_mended_is_shown(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff=10)))
    address = reverse("import-row", args=[paper.pk, 3])
    page = see_row(clerk, address)
    go(clerk, "import-mend", paper, row=3, header="职工人数", value="11")

    stale = clerk.post(address, {**page, "cell-6": "12"})

    assert stale.status_code == 422
    assert "现在是“11”，您填的是“12”" in stale.content.decode()
    other = clerk.post(address, {**see_row(clerk, address), "cell-6": "12"})
    committed(clerk, paper)
    assert (other.status_code, staff_of("第1公司")) == (302, [12])


def see_row(client: Client, address: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    boxes = page.select("main input[name]")
    return {str(b["name"]): str(b.get("value", "")) for b in boxes if b["name"] != "row"}


def test_a_sign_in_that_expired_leads_back_to_the_cell(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1, staff="很多")))
    address = reverse("import-check", args=[paper.pk])
    clerk.logout()

    part = clerk.post(
        reverse("import-mend", args=[paper.pk]),
        {"row": 3, "header": "职工人数", "value": "8"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"},
    )
    whole = clerk.post(
        reverse("import-mend", args=[paper.pk]),
        {"row": 3, "header": "职工人数", "value": "8"},
        headers={"Referer": f"http://testserver{address}"},
    )

    assert part.headers["HX-Redirect"].endswith(f"next={address}")
    assert whole.headers["Location"].endswith(f"next={address}")
    assert paper.mends.count() == 0
    sign_in(clerk, paper.owner)
    assert numbers(see(clerk, "import-check", paper), ".sum")[2] == "1"
