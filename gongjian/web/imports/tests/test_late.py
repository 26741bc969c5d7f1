"""A paper that reaches a locked month is taken with a reason only, by whatever door it came."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_credit_code
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.reporting.actions import lock
from gongjian.reporting.rules import Period
from gongjian.web.imports import trying
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import HEAD, firm, go, see, upload, workbook
from gongjian.web.tests.desk import clerk, paper_folder
from gongjian.web.tests.people import signed_in
from tests.papers import bring, county

__all__ = ["clerk", "paper_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paper_folder")]
JUNE = Period(2011, 6)
ASKED = "涪城区 2011 年 6 月已由系统操作员锁定，这次改动不动锁定的数，改到的数会列在差异表，请写明理由。"
DATED = [*HEAD, "成立日期"]


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def locked(period: Period = JUNE) -> None:
    lock(period, area_id=area("510703"), by=OPERATOR)


def brought(client: Client, day: str = "2011-06-01", rows: int = 1) -> Paper:
    """A paper of firms that began on a day, tried."""
    lines = [[*firm(n), day] for n in range(1, rows + 1)]
    paper = upload(client, workbook(*lines, head=DATED))
    go(client, "import-trial", paper)
    return paper


def asked(answer: Any) -> tuple[list[str], list[str]]:
    """The sentences that ask for a reason, and what is wrong at the field."""
    page = BeautifulSoup(answer.content, "html.parser")
    notes = [n.get_text(" ", strip=True) for n in page.select("main .note.warn")]
    return notes, [e.get_text(" ", strip=True) for e in page.select("main .err")]


def commit(client: Client, paper: Paper, reason: str = "", policy: str = "skip") -> Any:
    said = {"revision": paper.revision, "policy": policy, "reason": reason}
    return go(client, "import-commit", paper, **said)


def test_an_import_is_asked_refused_at_the_field_and_taken(clerk: Client) -> None:
    locked()
    paper = brought(clerk)
    page = clerk.get(reverse("import-trial", args=[paper.pk]))
    assert asked(page) == ([ASKED], [])
    before = newest()

    refused = commit(clerk, paper, "  ", policy="refuse")
    assert refused.status_code == 422
    assert asked(refused)[1] == ["请写明理由：它改到已经锁定的月份，理由会列在差异表上。"]
    box = BeautifulSoup(refused.content, "html.parser").select_one("input[name=reason]")
    assert box is not None
    assert box["aria-invalid"] == "true"
    assert (run_pending(), newest(), paper.result) == (0, before, None)

    assert commit(clerk, paper, "镇里补报").status_code == 302
    assert run_pending() == 1
    assert Change.objects.get(pk=before + 1).reason == "镇里补报"


def test_what_is_of_later_days_is_taken_without_one(clerk: Client) -> None:
    locked()
    paper = brought(clerk, "2011-06-26")
    assert "可不填" in see(clerk, "import-trial", paper).get_text()
    assert commit(clerk, paper).status_code == 302
    assert run_pending() == 1


def test_a_month_locked_after_the_trial_is_asked_about(clerk: Client) -> None:
    paper = brought(clerk)
    assert asked(clerk.get(reverse("import-trial", args=[paper.pk]))) == ([], [])
    locked()
    assert commit(clerk, paper).status_code == 422
    assert commit(clerk, paper, "补").status_code == 302


def test_a_month_locked_before_the_job_has_its_turn_stops_it(clerk: Client) -> None:
    paper = brought(clerk)
    assert commit(clerk, paper).status_code == 302
    locked()
    before = newest()
    run_pending()
    job = Job.objects.latest("pk")
    assert (job.state, job.sentence, newest()) == (State.FAILED, ASKED, before)
    paper.refresh_from_db()
    go(clerk, "import-back", paper)
    go(clerk, "import-trial", paper)
    commit(clerk, paper, "补")
    assert run_pending() == 1
    assert newest() == before + 1


def test_a_large_paper_is_tried_in_the_background_and_asked_all_the_same(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked()
    monkeypatch.setattr("gongjian.web.imports.checking.FEW_ROWS", 1)
    paper = brought(clerk, rows=3)
    run_pending()
    paper.refresh_from_db()
    go(clerk, "import-trial", paper)
    run_pending()
    paper.refresh_from_db()
    assert asked(commit(clerk, paper))[0][-1] == ASKED


def test_pasted_rows_are_asked_as_well(clerk: Client) -> None:
    locked()
    grid = "/imports/paste/employers/"
    word = BeautifulSoup(clerk.get(grid).content, "html.parser").select_one("[name=word]")
    assert word is not None
    text = "\n".join("\t".join(map(str, row)) for row in (DATED, [*firm(1), "2011-06-01"]))
    assert clerk.post(grid, {"text": text, "word": str(word["value"])}).status_code == 302
    paper = Paper.objects.get()
    go(clerk, "import-trial", paper)
    assert asked(commit(clerk, paper))[0] == [ASKED]
    assert commit(clerk, paper, "补").status_code == 302
    assert run_pending() == 1


def test_a_batch_is_asked_as_well(clerk: Client) -> None:
    bring("employers", *(dict(zip(HEAD, firm(n), strict=True)) for n in (1, 2)),
          on=date(2010, 1, 1))  # fmt: skip
    locked()
    said = {"address": "", "all": "1", "column": "nature"}
    page = BeautifulSoup(clerk.post("/ledgers/employers/batch/", said).content, "html.parser")
    boxes = page.select("main form")[-1].select("input[type=hidden]")
    sent = {str(box["name"]): str(box.get("value", "")) for box in boxes}
    cells = {"nature": "事业单位", "effective": "2011-06-01", "step": "try"}
    assert clerk.post("/ledgers/employers/batch/", sent | cells).status_code == 302
    paper = Paper.objects.get()
    assert asked(commit(clerk, paper))[0] == [ASKED]
    assert commit(clerk, paper, "改制").status_code == 302
    assert run_pending() == 1
    assert Change.objects.get(pk=newest()).reason == "改制"


def test_who_stands_elsewhere_is_not_asked(client: Client) -> None:
    lock(JUNE, area_id=area("510703002"), by=OPERATOR)
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    assert commit(client, brought(client)).status_code == 302


@pytest.mark.parametrize("rows", [1, 40])
def test_it_asks_a_handful_of_questions_however_many_rows(
    clerk: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for month in range(1, 8):
        locked(Period(2011, month))
    codes = [make_credit_code(n) for n in range(1, rows + 1)]
    assert len(set(codes)) == rows
    paper = brought(clerk, rows=rows)
    with django_assert_max_num_queries(5):
        assert trying.asks(paper) == ASKED.replace("6 月", "6 月至 7 月")


def test_a_reason_is_kept_where_others_changed_the_rows_meanwhile(clerk: Client) -> None:
    locked()
    bring("employers", dict(zip(HEAD, firm(1), strict=True)), on=date(2010, 1, 1))
    paper = upload(clerk, workbook([*firm(1, staff=30), "2011-06-01"], head=[*HEAD, "生效日期"]))
    go(clerk, "import-trial", paper)
    bring("employers", dict(zip(HEAD, firm(1, staff=25), strict=True)), on=date(2011, 6, 1))
    answer = commit(clerk, paper, "镇里补报", policy="refuse")
    box = BeautifulSoup(answer.content, "html.parser").select_one("input[name=reason]")
    assert box is not None
    assert (answer.status_code, box["value"]) == (422, "镇里补报")
