"""The export of a list as a job, and who may fetch what it wrote."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.history.models import TrailRecord
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Request, run
from gongjian.ledgers.tests.city import ANNA
from gongjian.web.lists.chosen import MOST_TICKED
from gongjian.web.lists.tests.oracle import rows_on
from gongjian.web.tests.desk import clerk, paper_folder, town
from gongjian.web.tests.people import make_person, sign_in, signed_in

__all__ = ["clerk", "paper_folder", "town"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def order(client: Client, slug: str, query: str = "", **form: Any) -> Any:
    address = reverse("ledger-export", args=[slug]) + query
    return client.post(address, {"address": "", "all": "1", **form})


def result(job: Job) -> dict[str, Any]:
    assert job.result is not None
    return dict(job.result)


def fetched(client: Client, job: Job) -> bytes:
    """The workbook that a job wrote."""
    answer: Any = client.get(result(job)["address"])
    return b"".join(answer.streaming_content)


def exported(client: Client, slug: str, **form: Any) -> list[dict[str, Any]]:
    """Order, let the job run, fetch; the rows by header."""
    answer = order(client, slug, **form)
    job = Job.objects.latest("pk")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("job", args=[job.pk])
    run_pending()
    job.refresh_from_db()
    assert (job.state, job.sentence) == (State.DONE, "")
    content = fetched(client, job)
    head, *rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    found = [{str(h): v for h, v in zip(head, row, strict=True) if v is not None} for row in rows]
    assert result(job)["rows"] == len(found)
    return found


def notes(kind: str) -> list[dict[str, Any]]:
    return [json.loads(r.body) for r in TrailRecord.objects.filter(kind=kind).order_by("number")]


def names(rows: list[dict[str, Any]]) -> list[str]:
    return sorted({row["单位名称"] for row in rows})


def test_all_rows_of_a_list_are_exported_masked_and_noted(clerk: Client) -> None:
    rows = exported(clerk, "members")

    entries = {int(row["系统编号"].split("-")[0]) for row in rows}
    assert entries == {row.entry for row in rows_on("members", today())}
    assert ANNA not in str(rows)
    (note,) = notes("export")
    user = Post.objects.get().user
    assert note | {"name": "", "actor": user.pk} == {
        "ledger": "members", "rows": len(rows), "at": today().isoformat(), "area": "",
        "history": False, "unmasked": False, "template": None, "actor": user.pk, "name": "", "reason": "",
    }  # fmt: skip
    assert [n["actor"] for n in notes("download")] == [user.pk]


def test_filters_tabs_and_ticks_narrow_the_export(clerk: Client) -> None:
    first = rows_on("employers", today())[0]

    by_place = exported(clerk, "employers", address="area=510703002&below=0")
    by_name = exported(clerk, "employers", address="f_name=甲公&cols=staff&size=100")
    ticked = exported(clerk, "employers", all=[], ids=[str(first.entry)])

    # 乙公司 stood in 旧园, which was merged into this township.
    assert names(by_place) == ["=乙公司", "丙店"]
    assert names(by_name) == ["甲公司"]
    assert {int(row["系统编号"].split("-")[0]) for row in ticked} == {first.entry}


def test_ticks_outside_the_scope_make_it_404_as_a_whole(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703002"))
    rows = rows_on("employers", today())
    outside = [str(r.entry) for r in rows if r.at("areas") == area("510703001")]
    inside = [str(r.entry) for r in rows if r.at("areas") == area("510703002")]
    assert outside != []

    assert order(client, "employers", all=[], ids=[*inside, *outside]).status_code == 404
    assert order(client, "employers", all=[], ids=["999999"]).status_code == 404
    assert order(client, "employers", all=[], ids=["1x"]).status_code == 404
    assert Job.objects.count() == 0
    assert order(client, "employers", all=[], ids=inside).status_code == 302


def test_ticks_that_left_the_list_are_said(clerk: Client) -> None:
    first = rows_on("employers", today())[0]

    answer = order(clerk, "employers", all=[], ids=[str(first.entry)], address="f_name=没有的")

    assert answer.status_code == 422
    assert "已不在这个列表里" in answer.content.decode()
    many = [str(n) for n in range(1, MOST_TICKED + 2)]
    assert order(clerk, "employers", all=[], ids=many).status_code == 404


def test_full_numbers_take_a_right_and_a_reason(clerk: Client) -> None:
    assert order(clerk, "members", unmask="1", reason=" ").status_code == 422
    assert Job.objects.count() == 0

    rows = exported(clerk, "members", unmask="1", reason="上报")

    assert ANNA in {row["证件号码"] for row in rows}
    (note,) = notes("export")
    assert (note["unmasked"], note["reason"]) == (True, "上报")


def test_who_may_not_export_is_refused(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    assert order(client, "members", unmask="1", reason="看看").status_code == 403
    assert order(client, "members", address="area=510703002").status_code == 404
    assert order(client, "nothing").status_code == 404
    assert order(client, "members", address="f_x=1").status_code == 422
    assert order(client, "members", all=[]).status_code == 422
    assert order(client, "members", query="?at=2011-01-01").status_code == 422
    signed_in(client, Role.LEADER, area_id=area("5107"))
    assert order(client, "members").status_code == 403
    assert client.get(reverse("ledger-export", args=["members"])).status_code == 405
    assert Job.objects.count() == 0


def test_only_the_owner_fetches_and_only_as_far_as_they_still_see(client: Client) -> None:
    owner = make_person(Role.COUNTY_ORGANISER, area_id=area("510703"))
    sign_in(client, owner)
    order(client, "employers")
    job = Job.objects.get()
    address = reverse("ledger-download", args=[job.pk])
    assert client.get(address).status_code == 404  # not yet written
    run_pending()
    job.refresh_from_db()
    assert fetched(client, job)[:2] == b"PK"

    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    assert client.get(address).status_code == 404

    sign_in(client, owner)
    Post.objects.filter(user=owner).update(area_id=area("510703001"))
    assert client.get(address).status_code == 404
    Post.objects.filter(user=owner).update(valid_to=today())
    assert client.get(address).status_code == 403
    job.refresh_from_db()
    assert client.get(reverse("file", args=[result(job)["file"]])).status_code == 404
    # It was given out once, and that is noted.
    assert len(notes("download")) == 1


def test_a_right_lost_before_the_job_runs_ends_it(client: Client) -> None:
    owner = signed_in(client, Role.COUNTY_ORGANISER, area_id=area("510703"))
    order(client, "employers")
    Post.objects.filter(user=owner).update(valid_to=today())

    run_pending()

    job = Job.objects.get()
    assert (job.state, job.result) == (State.FAILED, None)
    assert "不能导出" in job.sentence


def test_what_is_exported_is_imported_again_unchanged(clerk: Client, tmp_path: Path) -> None:
    order(clerk, "employers")
    run_pending()
    path = tmp_path / "台账.xlsx"
    path.write_bytes(fetched(clerk, Job.objects.get()))

    answer = run(
        Request(ledger=LEDGERS["employers"], actor=OPERATOR, path=path, on=date(2030, 1, 1))
    )

    assert [p.message for p in answer.problems if p.level == "error"] == []
    assert answer.change is None


def test_the_row_of_a_job_tells_nobodys_name(clerk: Client) -> None:
    rows = exported(clerk, "members", address="f_name=兰")

    assert {row["姓名"] for row in rows} == {"兰"}
    assert "兰" not in json.dumps(Job.objects.get().payload, ensure_ascii=False)


def test_the_same_list_sent_twice_is_written_once(clerk: Client) -> None:
    first = order(clerk, "members")
    again = order(clerk, "members")
    other = order(clerk, "employers")

    assert (again["Location"] == first["Location"], Job.objects.count()) == (True, 2)
    assert other["Location"] != first["Location"]


def test_a_sixth_list_waits_until_others_are_written(clerk: Client) -> None:
    tried = [
        order(clerk, "employers", address=f"f_name={name}").status_code for name in "甲乙丙丁戊己"
    ]

    assert tried == [302] * 5 + [422]
    assert Job.objects.count() == 5
