"""A paper by the api goes the way of the pages: checked, tried, agreed, committed, undone."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.api.tests.desk import ask, bearer, clerk, pages, said, token
from gongjian.areas.queries import area_by_code
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Permission
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.jobs.models import Job
from gongjian.jobs.worker import run_pending
from gongjian.reporting.actions import lock
from gongjian.reporting.rules import Period
from gongjian.web.imports import checking, sheets
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import firm, workbook
from gongjian.web.tests.people import make_person
from tests.papers import county

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client: Client) -> Client:
    county()
    clerk(client)
    return client


def bring(
    client: Client, *rows: Any, status: int = 201, slug: str = "employers", **more: Any
) -> Any:
    file = SimpleUploadedFile("名册.xlsx", workbook(*rows))
    return said(client.post(f"/api/imports/{slug}", {"file": file, **more}), status)


def send(client: Client, path: str, status: int = 200, **body: Any) -> Any:
    answer = client.post(f"/api/imports/{path}", json.dumps(body), "application/json")
    return said(answer, status)


def test_a_paper_is_checked_tried_and_committed(here: Client) -> None:
    paper = bring(here, firm(1), firm(2))
    assert (paper["state"], paper["rows"], paper["problems"]) == ("tried", 2, [])
    assert paper["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "skipped": 0, "bad": 0}
    before = newest()

    handed = send(here, f"{paper['id']}/commit", revision=paper["revision"], reason="年报")
    assert (handed["state"], handed["job"]["state"]) == ("working", "queued")
    assert newest() == before
    run_pending()

    done = ask(here, f"imports/{paper['id']}")
    assert (done["state"], done["change"]) == ("committed", before + 1)
    made = Change.objects.get(pk=done["change"])
    assert (made.reason, made.source_name) == ("年报", "名册.xlsx")
    assert len(ask(here, "ledgers/employers/rows")["rows"]) == 2


def test_committing_twice_writes_once(here: Client) -> None:
    paper = bring(here, firm(1))
    send(here, f"{paper['id']}/commit", revision=paper["revision"])
    send(here, f"{paper['id']}/commit", revision=paper["revision"])
    run_pending()
    before = newest()
    send(here, f"{paper['id']}/commit", revision=paper["revision"])
    run_pending()

    assert newest() == before


def test_bad_rows_are_named_in_pages_and_refuse_the_whole(here: Client) -> None:
    paper = bring(here, firm(1), *(firm(n, staff="很多") for n in range(2, 7)))
    assert paper["counts"]["bad"] == 5

    found = pages(here, f"imports/{paper['id']}", "problems", limit=2)

    assert [p["row"] for p in found] == [4, 5, 6, 7, 8]
    assert {(p["column"], p["value"], p["code"]) for p in found} == {("职工人数", "很多", "type")}
    send(here, f"{paper['id']}/commit", revision=paper["revision"])
    run_pending()
    assert ask(here, f"imports/{paper['id']}")["state"] == "refused"
    assert ask(here, "ledgers/employers/rows")["rows"] == []


def test_bad_rows_are_left_out_where_that_is_said(here: Client) -> None:
    paper = bring(here, firm(1), firm(2, staff="很多"))
    send(here, f"{paper['id']}/commit", revision=paper["revision"], bad_rows="skip")
    run_pending()

    done = ask(here, f"imports/{paper['id']}")
    assert (done["state"], done["counts"]["new"], done["counts"]["bad"]) == ("committed", 1, 1)


def test_a_large_paper_is_worked_out_by_jobs(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "FEW_ROWS", 2)
    paper = bring(here, *(firm(n) for n in range(4)))
    assert paper["state"] == "working"
    run_pending()
    assert ask(here, f"imports/{paper['id']}")["state"] == "checked"
    assert send(here, f"{paper['id']}/trial")["state"] == "working"
    run_pending()

    tried = ask(here, f"imports/{paper['id']}")
    assert (tried["state"], tried["counts"]["new"]) == ("tried", 4)
    send(here, f"{paper['id']}/commit", revision=tried["revision"])
    run_pending()
    assert ask(here, f"imports/{paper['id']}")["state"] == "committed"


def test_rows_without_a_day_hold_from_the_day_that_is_said(here: Client) -> None:
    paper = bring(here, firm(1), on="2011-06-01")
    again = send(here, f"{paper['id']}/trial", on="2011-07-01")
    send(here, f"{paper['id']}/commit", revision=again["revision"])
    run_pending()

    assert again["revision"] > paper["revision"]
    assert ask(here, "ledgers/employers/rows")["rows"][0]["opened"] == "2011-07-01"


def test_another_revision_than_was_looked_at_is_refused(here: Client) -> None:
    paper = bring(here, firm(1))
    send(here, f"{paper['id']}/trial", on="2011-07-01")

    refused = send(here, f"{paper['id']}/commit", 422, revision=paper["revision"])

    assert "请重新试算" in refused["sentence"]


def test_what_cannot_be_read_says_why(here: Client) -> None:
    file = SimpleUploadedFile("名册.xlsx", b"PK\x03\x04 broken")
    paper = said(here.post("/api/imports/employers", {"file": file}), 201)
    assert (paper["state"], paper["rows"]) == ("unreadable", 0)
    assert paper["sentence"].endswith("。")
    assert send(here, f"{paper['id']}/trial", 422)["sentence"].startswith("“名册.xlsx”读不出来")

    headless = SimpleUploadedFile("名册.xlsx", workbook(["甲"], head=["单位名称"]))
    paper = said(here.post("/api/imports/employers", {"file": headless}), 201)
    assert paper["state"] == "incomplete"
    assert "所属区划" in paper["missing_columns"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"revision": 0}, 422),
        ({"revision": 10**30}, 422),
        ({"revision": "一"}, 422),
        ({"revision": 1, "reason": "长" * 501}, 422),
        ({"revision": 1, "reason": "\x00"}, 422),
        ({"revision": 1, "reason": "\ud800"}, 422),
        ({"revision": 1, "bad_rows": "burn"}, 422),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(
    here: Client, body: dict[str, Any], status: int
) -> None:
    paper = bring(here, firm(1))

    assert send(here, f"{paper['id']}/commit", status, **body)["sentence"].endswith("。")


def test_a_request_that_is_no_json_is_refused(here: Client) -> None:
    paper = bring(here, firm(1))
    answer = here.post(f"/api/imports/{paper['id']}/commit", "{", "application/json")

    assert said(answer, 400)["sentence"].startswith("请求的内容读不懂")


def test_files_that_are_none_too_large_or_misnamed(here: Client) -> None:
    assert said(here.post("/api/imports/employers", {}), 422)
    empty = SimpleUploadedFile("空.xlsx", b"")
    assert said(here.post("/api/imports/employers", {"file": empty}), 422)
    assert bring(here, firm(1), status=422, on="明天")
    huge = here.post(
        "/api/imports/employers", b"", "text/csv", headers={"Content-Length": str(22 << 20)}
    )
    assert said(huge, 413)["sentence"].startswith("文件超过 20 MB")
    assert sheets.MOST_BYTES == 20 << 20


def test_nothing_is_brought_into_the_past(here: Client) -> None:
    file = SimpleUploadedFile("名册.xlsx", workbook(firm(1)))

    answer = here.post("/api/imports/employers?at=2011-12-25", {"file": file})

    assert "请回到今天再导入" in said(answer, 422)["sentence"]
    assert Paper.objects.count() == 0


def test_rows_outside_the_scope_are_bad(client: Client) -> None:
    county()
    clerk(client, "510703002", Role.TOWNSHIP_CLERK)

    paper = bring(client, firm(1))

    assert [p["code"] for p in paper["problems"]] == ["out-of-scope"]


def test_a_grid_worker_brings_employers_alone(client: Client) -> None:
    county()
    clerk(client, "510703001", Role.GRID_WORKER)

    assert bring(client, firm(1))["state"] == "tried"
    bring(client, firm(1), slug="members", status=403)


def test_a_paper_of_somebody_else_is_not_there(here: Client) -> None:
    paper = bring(here, firm(1))
    other = Client()
    clerk(other)

    for method, path in (("get", ""), ("post", "/commit"), ("post", "/trial")):
        body = {"data": "{}", "content_type": "application/json"} if method == "post" else {}
        if path == "/commit":
            body["data"] = json.dumps({"revision": 1})
        answer = getattr(other, method)(f"/api/imports/{paper['id']}{path}", **body)
        assert answer.status_code == 404


def test_a_program_brings_a_paper_by_its_token() -> None:
    county()
    owner: User = make_person(Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    token(owner, Permission.IMPORT_LEDGER)

    paper = bring(bearer(), firm(1))
    send(bearer(), f"{paper['id']}/commit", revision=paper["revision"])
    run_pending()

    assert ask(bearer(), f"imports/{paper['id']}")["state"] == "committed"
    assert Change.objects.latest("number").actor_id == owner.pk
    assert Paper.objects.get().owner == owner
    ask(bearer(), "ledgers/employers/rows", 403)


def test_what_is_refused_was_not_done(here: Client) -> None:
    paper = bring(here, firm(1))
    jobs, papers = Job.objects.count(), Paper.objects.count()

    body = json.dumps({"revision": paper["revision"]})
    address = f"/api/imports/{paper['id']}/commit?limit=0"
    assert said(here.post(address, body, "application/json"), 422)
    file = SimpleUploadedFile("名册.xlsx", workbook(firm(2)))
    assert said(here.post("/api/imports/employers?limit=0", {"file": file}), 422)

    assert (Job.objects.count(), Paper.objects.count()) == (jobs, papers)


def test_what_reaches_a_locked_month_is_committed_with_a_reason_only(here: Client) -> None:
    lock(Period(2011, 6), area_id=area("510703"), by=OPERATOR)
    paper = bring(here, firm(1), on="2011-06-01")
    before = newest()
    refused = send(here, f"{paper['id']}/commit", 422, revision=paper["revision"])
    assert refused["sentence"] == (
        "涪城区 2011 年 6 月已由系统操作员锁定，这次改动不动锁定的数，改到的数会列在差异表，"
        "请在 reason 里写明理由。"
    )
    assert ask(here, f"imports/{paper['id']}")["state"] == "tried"
    send(here, f"{paper['id']}/commit", revision=paper["revision"], reason="补报")
    run_pending()
    assert Change.objects.get(pk=before + 1).reason == "补报"
