"""Taking back what is too much to be waited for, and what it would do beforehand."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.models import Post
from gongjian.areas.queries import area_by_code
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.history.undo import undone_by
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import told
from gongjian.web.changes import queries, undoing
from gongjian.web.changes.jobs import settle
from gongjian.web.records.tests.desk import fields, main
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import clerk, entries, entry, firm, good

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(client: Client) -> Client:
    """Change 2 brings three employers; an organiser of the county is signed in."""
    county()
    good("employers", *(firm(i) for i in range(3)))
    signed_in(client, "county-organiser", area_id=area_by_code("510703"))
    return client


@pytest.fixture
def heavy(batch: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The same, and three versions are more than one waits for."""
    monkeypatch.setattr(undoing, "WEIGHED", 2)
    return batch


def ask(client: Client, **more: str) -> Any:
    sent = fields(main(client.get("/changes/2/"))) | {"why": "传错了"} | more
    return client.post("/changes/2/undo/", sent)


def job() -> Job:
    return Job.objects.get()


# ------------------------------------------------------------------ in the background


def test_what_is_large_is_taken_back_in_the_background(heavy: Client) -> None:
    page = main(heavy.get("/changes/2/"))
    assert "在后台撤销" in page.get_text()
    answer = ask(heavy)
    assert answer.headers["Location"] == f"/jobs/{job().pk}/"
    assert (newest(), entries("employers")) == (2, 3)
    run_pending()
    assert job().state == State.DONE, job().sentence
    assert job().result == {"change": 3, "address": "/changes/3/"}
    assert (undone_by([2]), entries("employers")) == ({2: 3}, 0)
    assert Change.objects.get(pk=3).reason == "传错了"


def test_what_is_small_is_taken_back_at_once(batch: Client) -> None:
    assert ask(batch).headers["Location"] == "/changes/3/"
    assert not Job.objects.exists()


def test_asked_for_twice_it_is_handed_in_once_and_the_page_says_so(heavy: Client) -> None:
    sent = fields(main(heavy.get("/changes/2/"))) | {"why": "传错了"}
    first, second = (heavy.post("/changes/2/undo/", sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    page = main(heavy.get("/changes/2/"))
    assert page.find("a", href=f"/jobs/{job().pk}/") is not None
    assert page.find("form", action="/changes/2/undo/") is None


def test_in_the_background_too_a_reason_is_asked_for_at_once(heavy: Client) -> None:
    assert ask(heavy, why=" ").status_code == 422
    assert not Job.objects.exists()


def test_blockers_go_with_it_in_the_order_that_was_shown(heavy: Client) -> None:
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    ask(heavy)
    assert job().payload["order"] == [3, 2]
    told("employers", firm(1) | {"职工人数": 60, "生效日期": date(2010, 1, 1)})
    run_pending()
    assert job().state == State.FAILED
    assert "没有撤销；现在要依次撤销变更 4、3、2" in job().sentence
    assert newest() == 4


def test_the_right_is_asked_for_when_it_is_done(heavy: Client) -> None:
    ask(heavy)
    Post.objects.update(valid_to=today())
    run_pending()
    assert (job().state, newest()) == (State.FAILED, 2)
    assert "没有可以撤销变更的岗位" in job().sentence


def test_a_job_whose_process_died_knows_whether_it_was_done(heavy: Client) -> None:
    ask(heavy)
    assert settle(job()) is None
    person = Post.objects.get().user
    me = clerk(areas=[entry("areas", code) for code in ("510703", "510703001")])
    undoing.take_back(2, actor=me, reason="别人撤的")
    assert settle(job()) is None
    Change.objects.filter(pk=3).update(actor_id=person.pk)
    assert settle(job()) == {"change": 3, "address": "/changes/3/"}
    run_pending()
    assert (job().state, newest()) == (State.DONE, 3)


# ------------------------------------------------------------------ beforehand


def test_the_figures_are_foretold_and_nothing_is_written(batch: Client) -> None:
    form = main(batch.get("/changes/2/")).select_one("#foretold form")
    assert form is not None
    assert form["hx-trigger"] == "load, submit"
    assert batch.get("/changes/2/undo/foretell/").status_code == 405
    answer = batch.post("/changes/2/undo/foretell/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert "用人单位" in text
    assert (newest(), entries("employers")) == (2, 3)
    alone = batch.post("/changes/2/undo/foretell/")
    assert "只是试算，没有撤销" in main(alone).get_text()


def test_what_is_too_much_to_be_weighed_is_not_even_tried(
    batch: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "MOST", 2)
    assert main(batch.get("/changes/2/")).select_one("#foretold") is None
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    answer = batch.post("/changes/2/undo/foretell/", headers={"HX-Request": "true"})
    # Blocked, it would have been refused, had it been tried.
    assert (answer.status_code, "所以不推算" in answer.content.decode()) == (200, True)


def test_only_who_may_take_back_sees_what_it_would_come_to(batch: Client) -> None:
    there = "/changes/2/undo/foretell/"
    assert batch.post(there + "?at=2010-01-01").status_code == 422
    signed_in(batch, "inspector", area_id=area_by_code("510703"))
    assert batch.post(there).status_code == 403
    signed_in(batch, "county-organiser", area_id=area_by_code("510703002"))
    assert batch.post(there).status_code == 404


def test_each_entry_says_whether_it_goes_or_gets_its_old_values_back(batch: Client) -> None:
    good("employers", firm(0) | {"职工人数": 8, "生效日期": "2012-01-01"}, firm(9))
    rows = main(batch.get("/changes/3/")).select("table.touch tbody tr")
    fates = {r.a.get_text(): r.select_one(".tag").get_text() for r in rows}  # type: ignore[union-attr]
    assert fates == {"第0公司": "撤后恢复旧值", "第9公司": "撤后收回"}


def test_what_takes_a_moment_to_work_out_is_fetched_when_the_page_stands(
    batch: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNTED", 2)
    page = main(batch.get("/changes/2/"))
    there = "/changes/2/undo/panel/"
    assert page.select_one(f'section[hx-get="{there}"]') is not None
    assert page.find("form", action="/changes/2/undo/") is None
    part = batch.get(there, headers={"HX-Request": "true"}).content.decode()
    assert 'action="/changes/2/undo/"' in part
    assert "<html" not in part
    assert batch.get(there).headers["Location"] == "/changes/2/"
