"""The page of a job and the papers to download: own ones only."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongjian.areas.tests.builders import Said, area, write_areas
from gongjian.core.days import now
from gongjian.files.actions import keep
from gongjian.jobs.living import identity
from gongjian.jobs.models import Job, State, Worker
from gongjian.jobs.running import INTERRUPTED
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> int:
    write_areas(Said(code="51"))
    Worker.objects.create(identity=identity(), heartbeat=now())
    return signed_in(client, "county-organiser", area_id=area("51")).pk


def job_of(owner: int | None, **values: Any) -> Job:
    return Job.objects.create(kind="import", title="导入“6月.xlsx”", owner_id=owner, **values)


def soup(client: Client, path: str, **headers: str) -> BeautifulSoup:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def words(node: Any) -> str:
    return re.sub(r"\s+", "", node.get_text())


def test_running_job_shows_how_far_it_is_and_asks_again(client: Client, me: int) -> None:
    job = job_of(me, state=State.RUNNING, label="核对单元格", done=12_034, total=30_000)

    page = soup(client, f"/jobs/{job.pk}/")

    panel = page.select_one("#job")
    assert panel is not None
    assert panel["hx-trigger"] == "every 1s"
    assert panel["hx-get"] == f"/jobs/{job.pk}/"
    bar = panel.progress
    assert bar is not None
    assert (bar["value"], bar["max"]) == ("12034", "30000")
    assert "核对单元格：12,034/30,000" in words(panel)
    assert [form["action"] for form in panel.select("form")] == [f"/jobs/{job.pk}/cancel/"]


def test_part_that_counts_no_steps_has_a_bar_that_only_moves(client: Client, me: int) -> None:
    job = job_of(me, state=State.RUNNING, label="写入台账", total=None)

    panel = soup(client, f"/jobs/{job.pk}/").select_one("#job")

    assert panel is not None
    assert panel.progress is not None
    assert not panel.progress.has_attr("value")


def test_finished_job_leads_to_its_result_and_asks_no_more(client: Client, me: int) -> None:
    job = job_of(me, state=State.DONE, result={"address": "/changes/7/"})

    panel = soup(client, f"/jobs/{job.pk}/").select_one("#job")

    assert panel is not None
    assert not panel.has_attr("hx-trigger")
    assert [link["href"] for link in panel.select("a")] == ["/changes/7/"]
    assert panel.select("form") == []


def test_lost_job_says_that_nothing_is_written_and_offers_to_try_again(
    client: Client, me: int
) -> None:
    job = job_of(me, state=State.LOST, sentence=INTERRUPTED)

    panel = soup(client, f"/jobs/{job.pk}/").select_one("#job")

    assert panel is not None
    assert INTERRUPTED in panel.get_text()
    assert [form["action"] for form in panel.select("form")] == [f"/jobs/{job.pk}/retry/"]


def test_waiting_job_says_when_nobody_works(client: Client, me: int) -> None:
    Worker.objects.all().delete()
    job = job_of(me)

    page = soup(client, f"/jobs/{job.pk}/")

    assert "后台进程没有在运行" in page.get_text()


def test_a_part_of_the_page_is_the_panel_alone(client: Client, me: int) -> None:
    job = job_of(me, state=State.RUNNING)

    answer = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<section class="panel job" id="job"')


def test_the_frame_tells_what_goes_on_and_asks_no_longer_than_it_does(
    client: Client, me: int
) -> None:
    assert soup(client, "/jobs/").select("#jobs-mark") == []
    job_of(me + 1, state=State.RUNNING)
    job = job_of(me, state=State.RUNNING)
    job_of(me)

    mark = soup(client, "/").select_one("header #jobs-mark")
    assert mark is not None
    assert (mark["hx-get"], mark["hx-trigger"]) == ("/jobs/under-way/", "every 5s")
    assert (words(mark), mark.a and mark.a["href"]) == ("2", "/jobs/")
    Job.objects.exclude(pk=job.pk).update(state=State.DONE)
    assert words(soup(client, "/jobs/under-way/", **{"HX-Request": "true"})) == "1"
    Job.objects.update(state=State.DONE)
    over = soup(client, "/jobs/under-way/", **{"HX-Request": "true"}).select_one("#jobs-mark")
    assert over is not None
    assert not over.has_attr("hx-trigger")
    assert over.a is not None
    assert over.a["title"] == "后台作业办完了，去看结果"


def test_cancel_and_try_again_from_the_page(client: Client, me: int) -> None:
    job = job_of(me)

    stopped = client.post(f"/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    after_stop = job.state
    again = client.post(f"/jobs/{job.pk}/retry/", headers={"HX-Request": "true"})
    job.refresh_from_db()

    assert (stopped.status_code, stopped["Location"]) == (302, f"/jobs/{job.pk}/")
    assert after_stop == State.CANCELLED
    assert (again.status_code, job.state, job.attempt) == (200, State.QUEUED, 2)


@pytest.mark.parametrize("deed", ["cancel", "retry"])
def test_at_the_wrong_moment_it_is_said_why_not(client: Client, me: int, deed: str) -> None:
    job = job_of(me, state=State.DONE)

    answer = client.post(f"/jobs/{job.pk}/{deed}/")

    assert answer.status_code == 422
    assert "不能再" in answer.content.decode()


@pytest.mark.parametrize("deed", ["cancel", "retry"])
def test_reading_an_address_changes_nothing(client: Client, me: int, deed: str) -> None:
    job = job_of(me)

    assert client.get(f"/jobs/{job.pk}/{deed}/").status_code == 405


def test_jobs_of_others_are_not_there(client: Client, me: int) -> None:
    theirs = [job_of(me + 1, state=State.FAILED), job_of(None, state=State.FAILED)]
    mine = job_of(me, state=State.FAILED, sentence="表头不对。")
    posts = [f"/jobs/{job.pk}/{deed}/" for job in theirs for deed in ("cancel", "retry")]

    assert {client.get(f"/jobs/{job.pk}/").status_code for job in theirs} == {404}
    assert {client.post(path).status_code for path in posts} == {404}
    listed = soup(client, "/jobs/").select("tbody a")
    assert [link["href"] for link in listed] == [f"/jobs/{mine.pk}/"]


def test_list_asks_the_database_the_same_however_long_it_is(
    client: Client, me: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    Job.objects.bulk_create(
        [Job(kind="import", title=f"第{n}项", owner_id=me, state=State.DONE) for n in range(60)]
    )

    with django_assert_max_num_queries(12):
        rows = soup(client, "/jobs/").select("tbody tr")

    assert len(rows) == 50


def test_own_paper_is_given_back_under_its_name(client: Client, me: int) -> None:
    stored = keep(b"abc", "6月.xlsx", owner_id=me)

    answer = client.get(f"/files/{stored.pk}/")

    assert (answer.status_code, b"".join(answer)) == (200, b"abc")
    assert answer["Content-Disposition"] == ("attachment; filename*=utf-8''6%E6%9C%88.xlsx")


def test_papers_of_others_are_not_there(client: Client, me: int) -> None:
    theirs = [keep(b"abc", "a", owner_id=me + 1), keep(b"abc", "b")]

    assert {client.get(f"/files/{stored.pk}/").status_code for stored in theirs} == {404}
    assert client.get("/files/999999/").status_code == 404
