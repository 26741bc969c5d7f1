"""What a paper keeps to: its owner, what they see today, the revision that was looked at."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.areas.models import AreaVersion
from gongjian.core.errors import NotInScope, NotNow
from gongjian.files.models import StoredFile
from gongjian.history.models import Change, TrailRecord
from gongjian.jobs.keeping import reap
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.imports import actions, checking, entering, mending, sheets
from gongjian.web.imports.models import Finding, Line, Paper
from gongjian.web.imports.queries import importer
from gongjian.web.imports.tests.books import HEAD, firm, go, said, see, staff_of, upload, workbook
from gongjian.web.tests.people import signed_in
from tests.papers import county

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> Client:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    return client


def area(code: str) -> int:
    return AreaVersion.objects.get(code=code, removed_in=None).entry_id


def submitted(client: Client, paper: Paper) -> Job:
    go(client, "import-trial", paper)
    go(client, "import-commit", paper, revision=paper.revision, policy="skip")
    return Job.objects.get(pk=paper.job_id or 0)


def written_unseen(client: Client, paper: Paper) -> None:
    """In the ledger, though whoever worked on it died before noting so."""
    job = submitted(client, paper)
    run_pending()
    Paper.objects.filter(pk=paper.pk).update(change=None, result=None)
    Job.objects.filter(pk=job.pk).update(state=State.LOST)
    paper.refresh_from_db()


# ------------------------------------------------------------------ the file


def test_the_file_is_nobody_s_own(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))

    assert clerk.get(reverse("file", args=[paper.file_id])).status_code == 404
    marked = clerk.get(reverse("import-marked", args=[paper.pk]))
    assert b"".join(marked).startswith(b"PK")


def test_the_file_of_a_discarded_paper_goes_with_its_time(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    file = paper.file_id

    go_away = clerk.post(reverse("import-discard", args=[paper.pk]))

    assert (go_away.status_code, Paper.objects.count()) == (302, 0)
    left = StoredFile.objects.get(pk=file)
    assert (left.owner_id, left.expires is not None) == (None, True)


def test_a_book_that_was_not_read_is_not_marked(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    paper = upload(clerk, workbook(*(firm(n) for n in range(60))))

    assert clerk.get(reverse("import-marked", args=[paper.pk])).status_code == 422


def test_samples_of_unknown_columns_hide_long_numbers(clerk: Client) -> None:
    head = [*HEAD[:4], "人头数", "经办人号码", "其他"]
    cells = ["13900005678", "见2011-12-20，139 0000 5678"]
    paper = upload(clerk, workbook([*firm(1), *cells], head=head))

    shown = [column["samples"] for column in said(paper.summary)["columns"]]
    assert shown[-2:] == [["139******78"], ["见2011-12-20，139********78"]]


def test_a_small_file_that_unpacks_to_much_is_read_in_the_background(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SMALL_UNPACKED", 2000)
    paper = upload(clerk, workbook(firm(1)))
    assert (paper.summary, paper.counted) == (None, None)

    assert run_pending() == 1

    paper.refresh_from_db()
    assert said(paper.counted)["rows"] == 1


def test_a_broken_archive_is_told_at_once(clerk: Client) -> None:
    paper = upload(clerk, b"PK\x03\x04" + bytes(60))

    assert list(said(paper.summary)) == ["unreadable"]


# ------------------------------------------------------------------ the reach


def test_what_was_worked_out_goes_when_the_posts_change(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), firm(2, staff="很多")))
    go(clerk, "import-trial", paper)
    assert (Line.objects.count(), Finding.objects.count()) == (1, 1)
    Post.objects.filter(user=paper.owner).update(area_id=area("510703002"))

    answer = clerk.get(reverse("import-trial", args=[paper.pk]))

    assert answer["Location"] == reverse("import-columns", args=[paper.pk])
    assert (Line.objects.count(), Finding.objects.count()) == (0, 0)
    assert clerk.get(reverse("import-marked", args=[paper.pk])).status_code == 422
    go(clerk, "import-columns", paper)
    assert set(Finding.objects.values_list("code", flat=True)) == {"out-of-scope", "type"}


def test_figures_go_with_the_right_to_see_them(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-trial", paper)
    Post.objects.filter(user=paper.owner).update(role=Role.GRID_WORKER)

    clerk.get(reverse("import-trial", args=[paper.pk]))

    paper.refresh_from_db()
    assert (paper.counted, paper.trial) == (None, None)


# ------------------------------------------------------------------ the revision


def test_a_job_of_another_revision_is_not_done_again(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    go(clerk, "import-stop", paper)
    go(clerk, "import-back", paper)
    go(clerk, "import-mend", paper, row=3, header="职工人数", value="31")

    again = clerk.post(reverse("job-retry", args=[job.pk]))

    assert (again.status_code, run_pending()) == (302, 1)
    job.refresh_from_db()
    assert (job.state, "提交之后又改过" in job.sentence) == (State.FAILED, True)
    assert staff_of("第1公司") == []


def test_a_job_that_is_not_the_paper_s_is_not_done(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    Paper.objects.filter(pk=paper.pk).update(job_id=job.pk + 1)

    run_pending()

    job.refresh_from_db()
    assert (job.state, Change.objects.count()) == (State.FAILED, 1)


def test_a_job_is_handed_in_for_a_revision(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "FEW_ROWS", 1)
    paper = upload(clerk, workbook(firm(1), firm(2)))
    Paper.objects.filter(pk=paper.pk).update(revision=2)

    run_pending()

    assert Job.objects.get().state == State.FAILED


# ------------------------------------------------------------------ two hands at once

DEEDS: list[Any] = [
    lambda p, a: mending.mend(p, a, {(3, "职工人数"): "9"}),
    lambda p, a: mending.set_aside(p, a, [3]),
    lambda p, a: mending.bring_back(p, a, [3]),
    lambda p, a: actions.choose_sheet(p, a, "单位"),
    lambda p, a: actions.point(p, a, {}),
    lambda p, a: entering.try_out(p, a, date(2011, 12, 20)),
    lambda p, a: mending.reveal(p),
    lambda p, a: actions.discard(p),
    lambda p, a: entering.back_to_work(p),
]


@pytest.mark.parametrize("deed", range(len(DEEDS)))
def test_what_was_written_meanwhile_is_not_altered(clerk: Client, deed: int) -> None:
    paper = upload(clerk, workbook(firm(1)))
    late = Paper.objects.get(pk=paper.pk)
    submitted(clerk, paper)
    run_pending()
    paper.refresh_from_db()

    with pytest.raises(NotNow):
        DEEDS[deed](late, importer(late.owner, late.ledger))

    now = Paper.objects.get(pk=paper.pk)
    assert (now.revision, now.change, now.revealed_at) == (paper.revision, 2, None)
    assert (now.mends.count(), now.asides.count()) == (0, 0)


def test_a_cell_of_another_sheet_is_not_mended(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1), 别的=[HEAD, firm(2), firm(3)]))
    late = Paper.objects.get(pk=paper.pk)
    go(clerk, "import-columns", paper, sheet="别的")

    with pytest.raises(NotNow):
        mending.mend(late, importer(late.owner, late.ledger), {(3, "职工人数"): "9"})

    assert paper.mends.count() == 0


def test_a_paper_discarded_meanwhile_is_not_there(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    late = Paper.objects.get(pk=paper.pk)
    clerk.post(reverse("import-discard", args=[paper.pk]))

    with pytest.raises(NotInScope):
        mending.set_aside(late, importer(late.owner, late.ledger), [3])


# ------------------------------------------------------------------ written, but not noted


@pytest.mark.parametrize("name", ["import-back", "import-discard", "import-mend", "import-commit"])
def test_a_change_that_was_not_noted_is_found_first(clerk: Client, name: str) -> None:
    paper = upload(clerk, workbook(firm(1)))
    written_unseen(clerk, paper)

    sent = {"row": 3, "header": "职工人数", "value": "9", "policy": "skip"}
    answer = clerk.post(reverse(name, args=[paper.pk]), {**sent, "revision": paper.revision})

    assert answer.status_code == (302 if name == "import-commit" else 422)
    assert (Paper.objects.get().change, run_pending(), Change.objects.count()) == (2, 0, 2)


def test_the_job_of_a_discarded_paper_is_ended(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    job = submitted(clerk, paper)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="")
    paper.delete()

    assert reap() == [job]


# ------------------------------------------------------------------ whole numbers


def test_a_look_at_whole_numbers_names_the_paper(clerk: Client) -> None:
    paper = upload(clerk, workbook(firm(1)))
    go(clerk, "import-reveal", paper)

    record = TrailRecord.objects.latest("number")

    body = json.loads(record.body)
    assert record.kind == "unmask-import"
    assert (body["import"], body["paper"], body["ledger"]) == (paper.pk, "名册.xlsx", "employers")
    assert see(clerk, "import-check", paper) is not None
