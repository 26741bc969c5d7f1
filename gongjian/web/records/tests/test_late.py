"""A form dated into a locked month asks for a reason; what is told of later days does not."""

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
from gongjian.web.records.tests.desk import errors, fields, main, tried
from gongjian.web.records.tests.test_forms import CELLS, NEW
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import covers, entries, entry, firm, good, member, number, union

pytestmark = pytest.mark.django_db
ASKED = "涪城区 2011 年 6 月已由系统操作员锁定，这次改动不动锁定的数，改到的数会列在差异表，请写明理由。"


def locked() -> None:
    lock(Period(2011, 6), area_id=area("510703"), by=OPERATOR)


@pytest.fixture
def clerk(client: Client) -> Client:
    county()
    good("employers", firm(0), firm(1))
    locked()
    signed_in(client, "township-clerk", area_id=area_by_code("510703001"))
    return client


def place(part: str, name: str = "第0公司") -> str:
    return f"/ledgers/employers/{entry('employers', name)}/{part}/"


def notes(answer: Any) -> list[str]:
    return [note.get_text(" ", strip=True) for note in main(answer).select(".note.warn")]


def test_a_new_entry_of_a_locked_month_is_taken_with_a_reason_only(clerk: Client) -> None:
    answer = tried(clerk, NEW, **CELLS)
    assert (answer.status_code, notes(answer)) == (200, [ASKED])
    assert errors(answer) == {}
    before = newest()

    refused: Any = clerk.post(NEW, fields(main(answer)) | {"step": "commit"})
    assert refused.status_code == 422
    assert errors(refused) == {"理由": "请写明理由：它改到已经锁定的月份，理由会列在差异表上。"}
    assert (newest(), notes(refused)) == (before, [ASKED])

    kept = fields(main(refused)) | {"step": "commit", "why": "镇里补报"}
    assert clerk.post(NEW, kept).status_code == 302
    made = Change.objects.get(pk=before + 1)
    assert (made.reason, entries("employers")) == ("镇里补报", 3)


def test_what_was_typed_as_reason_before_the_trial_is_not_asked_for_again(clerk: Client) -> None:
    answer = tried(clerk, NEW, **CELLS, why="镇里补报")
    assert notes(answer) == [ASKED]
    assert fields(main(answer))["why"] == "镇里补报"
    assert clerk.post(NEW, fields(main(answer)) | {"step": "commit"}).status_code == 302
    assert Change.objects.get(pk=newest()).reason == "镇里补报"


def test_a_change_is_asked_by_its_day(clerk: Client) -> None:
    later = tried(clerk, place("change", "第1公司"), staff="99", effective="2011-06-26")
    assert notes(later) == []
    taken = clerk.post(place("change", "第1公司"), fields(main(later)) | {"step": "commit"})
    assert taken.status_code == 302

    into = tried(clerk, place("change"), staff="98", effective="2011-06-25")
    assert notes(into) == [ASKED]
    sent = fields(main(into)) | {"step": "commit"}
    assert clerk.post(place("change"), sent | {"why": "  "}).status_code == 422
    assert clerk.post(place("change"), sent | {"why": "漏报"}).status_code == 302


def test_a_correction_has_its_reason_already_and_names_the_month(clerk: Client) -> None:
    answer = tried(clerk, place("correct"), staff="55", why="抄错")
    assert notes(answer) == [ASKED]
    assert (
        clerk.post(place("correct"), fields(main(answer)) | {"step": "commit"}).status_code == 302
    )
    assert Change.objects.get(pk=newest()).reason == "抄错"


def test_a_month_that_is_locked_while_one_reads_is_asked_about_as_well(client: Client) -> None:
    county()
    signed_in(client, "township-clerk", area_id=area_by_code("510703001"))
    answer = tried(client, NEW, **CELLS)
    assert notes(answer) == []
    locked()
    refused: Any = client.post(NEW, fields(main(answer)) | {"step": "commit"})
    assert (refused.status_code, notes(refused)) == (422, [ASKED])


def test_annulling_names_the_month_and_refuses_at_the_field(clerk: Client) -> None:
    page = clerk.get(place("annul"))
    assert notes(page) == [ASKED]
    sent = fields(main(page))
    before = newest()
    refused: Any = clerk.post(place("annul"), sent | {"why": " "})
    assert (refused.status_code, newest()) == (422, before)
    assert errors(refused) == {"为什么作废": "请写明原因；原因会记入变更，供以后核对。"}
    assert clerk.post(place("annul"), fields(main(refused)) | {"why": "录错"}).status_code == 302
    assert Change.objects.get(pk=newest()).reason == "录错"


def test_merging_names_the_month_and_refuses_at_the_field(clerk: Client) -> None:
    address = place("merge")
    other = str(entry("employers", "第1公司"))
    answer = clerk.post(address, {"step": "try", "other": other})
    assert notes(answer) == [ASKED]
    sent = fields(main(answer))
    refused: Any = clerk.post(address, sent | {"why": ""})
    assert refused.status_code == 422
    assert errors(refused) == {"为什么合并": "请写明原因；原因会记入变更，供以后核对。"}
    assert notes(refused) == [ASKED]
    assert clerk.post(address, fields(main(refused)) | {"why": "一家"}).status_code == 302
    assert Change.objects.get(pk=newest()).reason == "一家"


def test_whoever_sees_no_figures_is_told_of_the_month_before_merging_too(client: Client) -> None:
    county()
    good("employers", firm(0))
    good("unions", union())
    good("coverage", covers())
    good("members", member(1), member(2) | {"姓名": "重复"})
    locked()
    signed_in(client, "union-officer", union_id=entry("unions", "甲工会"))
    one, other = (entry("members", number(seq)) for seq in (1, 2))
    answer = client.post(f"/ledgers/members/{one}/merge/", {"step": "try", "other": str(other)})
    assert notes(answer)[-1:] == [ASKED]
