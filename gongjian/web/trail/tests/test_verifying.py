"""Verifying in the browser: the head, the job, its result, and digests written down earlier."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gongjian.areas.queries import area_by_code
from gongjian.history import trail
from gongjian.history.models import Head, TrailRecord
from gongjian.jobs.actions import retry
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.tests.people import signed_in
from gongjian.web.trail.jobs import settle
from gongjian.web.trail.tests.scene import HERE, TOP, auditor, cells, listed, place, text

pytestmark = pytest.mark.django_db

VERIFY = "/changes/verify/"


def verified(client: Client) -> Job:
    """The button, and the job it hands in, done."""
    answer: Any = client.post(VERIFY)
    assert answer.status_code == 302
    assert run_pending() == 1
    job = Job.objects.latest("pk")
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    return job


def spoil(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE history_trailrecord SET body = REPLACE(body, '会员', '人员') WHERE number = %s",
            [number],
        )


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_a_whole_chain_is_found_whole_and_the_result_kept(client: Client, role: str) -> None:
    place()
    someone = signed_in(client, role, area_id=area_by_code(TOP), name="周远")
    before = Head.objects.get()
    job = verified(client)
    link = TrailRecord.objects.latest("number")

    assert (job.state, job.result) == (
        State.DONE,
        {"link": link.number, "address": f"{VERIFY}{link.number}/"},
    )
    page = text(client, f"{VERIFY}{link.number}/")
    assert "核验通过" in page
    assert f"第 1 至 {before.record} 条首尾相连" in page
    assert before.digest in page
    assert [
        row[1:] for row in cells(client, VERIFY, "section[aria-labelledby=results] tbody tr")
    ] == [
        [
            someone.username,
            str(before.record),
            f"第 1 至 {before.record} 条首尾相连，没有缺号，没有改动。",
        ]
    ]
    assert trail.verify().ok
    assert client.get(f"{VERIFY}1/").status_code == 404
    assert client.get(f"{VERIFY}{10**20}/").status_code == 404


def test_the_first_broken_link_is_named(client: Client) -> None:
    place()
    auditor(client)
    spoil(2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE history_trailrecord SET kind = 'export' WHERE number = 2")
    job = verified(client)
    page = text(client, (job.result or {})["address"])
    assert "核验没有通过" in page
    assert "第 2 条起与原来写的不符" in page
    assert "看第 2 条" in page
    assert listed(client, "?kind=checks") == [4]


def test_a_cut_tail_is_told_as_such(client: Client) -> None:
    place()
    auditor(client)
    TrailRecord.objects.filter(number=3).delete()
    Head.objects.update(record=2)
    job = verified(client)
    page = text(client, (job.result or {})["address"])
    assert "前 2 条首尾相连，但链尾与记下的不符" in page
    assert "可能是最后的几条被删去" in page


def test_a_job_under_way_is_not_handed_in_twice_and_a_lost_one_settled(client: Client) -> None:
    place()
    auditor(client)
    first: Any = client.post(VERIFY)
    again: Any = client.post(VERIFY)
    assert first.headers["Location"] == again.headers["Location"]
    assert "看办到哪里" in text(client, VERIFY)
    run_pending()
    job = Job.objects.get()
    assert settle(job) == job.result
    Job.objects.update(state=State.LOST)
    job.refresh_from_db()
    retry(job)
    run_pending()
    assert TrailRecord.objects.filter(kind="verify").count() == 1


def test_whoever_lost_the_post_meanwhile_verifies_nothing(client: Client) -> None:
    place()
    someone = auditor(client)
    client.post(VERIFY)
    someone.posts.all().delete()
    run_pending()
    job = Job.objects.get()
    assert (job.state, job.sentence) == (
        State.FAILED,
        "您已没有可以核验留痕的岗位，请由有此权限的人办理。",
    )
    assert not TrailRecord.objects.filter(kind="verify").exists()


def test_a_digest_written_down_is_found_or_never_was(client: Client) -> None:
    place()
    auditor(client)
    second, head = TrailRecord.objects.get(pk=2), Head.objects.get()

    def said(typed: str) -> str:
        answer = client.get(VERIFY, {"digest": typed})
        assert answer.status_code == 200
        return answer.content.decode()

    grouped = " ".join(second.digest[i : i + 8] for i in range(0, 64, 8))
    for typed in (second.digest, second.digest.upper(), grouped, second.digest[:16]):
        assert "是第 2 条的校验值" in said(typed)
        assert "以后又写了 1 条" in said(typed)
    assert "就是现在的链尾" in said(head.digest)
    assert "链上从来没有" in said("0" * 64)
    assert "链上从来没有" in said(second.digest[:-1] + ("0" if second.digest[-1] != "0" else "1"))
    for typed in ("abc", "x" * 64, second.digest + "0", "<b>"):
        assert "不是校验值" in said(typed)
    assert "<b>”不是" not in said("<b>")


def test_others_verify_nothing(client: Client) -> None:
    place()
    for role in ("city-organiser", "inspector", "leader", "township-clerk"):
        signed_in(client, role, area_id=area_by_code(HERE))
        assert client.get(VERIFY).status_code == 403
        assert client.post(VERIFY).status_code == 403
    assert not Job.objects.exists()


def test_an_administrator_comes_to_it_from_the_menu(client: Client) -> None:
    place()
    signed_in(client, "administrator", area_id=area_by_code(TOP))
    assert f'href="{VERIFY}"' in client.get("/staff/").content.decode()
    assert client.get("/changes/trail/").status_code == 403
