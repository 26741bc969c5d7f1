"""To take back what a locked month knew of asks for a reason, and names the month."""

from typing import Any

import pytest
from django.test import Client

from gongjian.areas.queries import area_by_code
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.reporting.actions import lock
from gongjian.reporting.rules import Period
from gongjian.web.changes import queries
from gongjian.web.records.tests.desk import errors, fields, main
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import firm, good

pytestmark = pytest.mark.django_db
ASKED = "涪城区 2011 年 6 月已由系统操作员锁定，这次改动不动锁定的数，改到的数会列在差异表，请写明理由。"


@pytest.fixture
def batch(client: Client) -> Client:
    """Change 2 brings an employer before the lock, change 3 another one after it."""
    county()
    good("employers", firm(0))
    lock(Period(2011, 6), area_id=area("510703"), by=OPERATOR)
    good("employers", firm(1))
    signed_in(client, "county-organiser", area_id=area_by_code("510703"))
    return client


def notes(answer: Any) -> list[str]:
    return [
        note.get_text(" ", strip=True)
        for note in main(answer).select("section[aria-labelledby=undo] .note.warn")
    ]


def test_taking_back_names_the_month_and_refuses_at_the_field(batch: Client) -> None:
    page = batch.get("/changes/2/")
    assert notes(page) == [ASKED]
    sent, before = fields(main(page)), newest()
    refused: Any = batch.post("/changes/2/undo/", sent | {"why": "\u3000"})
    assert (refused.status_code, newest()) == (422, before)
    assert errors(refused) == {"为什么撤": "请写明原因；原因会记入变更，供以后核对。"}
    assert notes(refused) == [ASKED]
    sent = fields(main(refused)) | {"why": "不是本县的"}
    assert batch.post("/changes/2/undo/", sent).status_code == 302
    assert Change.objects.get(pk=before + 1).reason == "不是本县的"


def test_to_take_back_what_came_after_the_lock_brings_the_month_back(batch: Client) -> None:
    assert notes(batch.get("/changes/3/")) == []


def test_the_whole_panel_is_there_after_a_refusal(
    batch: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNTED", 0)
    assert main(batch.get("/changes/2/")).select("input[name=why]") == []
    refused: Any = batch.post("/changes/2/undo/", {"why": ""})
    assert errors(refused) == {"为什么撤": "请写明原因；原因会记入变更，供以后核对。"}
