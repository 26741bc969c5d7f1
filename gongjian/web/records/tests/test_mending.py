"""Annulling, merging and unmasking: what is said beforehand, what comes of it, how it goes back."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.areas.queries import area_by_code
from gongjian.core.builders import make_credit_code
from gongjian.core.errors import NotPermitted, Refused
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.ledgers import deeds
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.records.tests.desk import fields, lines, main
from gongjian.web.records.views import mend
from gongjian.web.records.views.once import once
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import clerk as actor
from tests.worlds import covers, entries, entry, firm, good, story, union

pytestmark = pytest.mark.django_db
EMPLOYERS = LEDGERS["employers"]


def employer(name: str) -> int:
    return entry("employers", name)


def home() -> int:
    found = area_by_code("510703001")
    assert found is not None
    return found


@pytest.fixture
def here(client: Client) -> Client:
    county()
    good("employers", firm(0), firm(1) | {"成立日期": "2000-01-01", "职工人数": 7})
    good("unions", union())
    good("coverage", covers())
    signed_in(client, "township-clerk", area_id=home())
    return client


def undone(client: Client, change: int) -> int:
    """Take a change back through its page; the number of the change that did."""
    page = main(client.get(f"/changes/{change}/"))
    answer: Any = client.post(f"/changes/{change}/undo/", fields(page) | {"why": "办错了"})
    assert answer.status_code == 302, main(answer).get_text(" ", strip=True)
    return newest()


# ------------------------------------------------------------------ annul


def test_an_entry_is_annulled_with_a_reason_and_comes_back(here: Client) -> None:
    address = f"/ledgers/employers/{employer('第1公司')}/"
    form = fields(main(here.get(address + "annul/")))
    nothing: Any = here.post(address + "annul/", form | {"why": "  "})
    assert nothing.status_code == 422
    assert entries("employers") == 2

    here.post(address + "annul/", form | {"why": "录到别县去了"})
    change = Change.objects.get(pk=newest())
    assert (change.kind, change.reason, entries("employers")) == ("annul", "录到别县去了", 1)
    gone = main(here.get(address)).get_text()
    assert f"已由变更 {change.number} 作废" in gone
    assert "天后才知道" not in gone
    here.post(address + "annul/", form | {"why": "又点了一次"})
    assert newest() == change.number
    assert here.get(address + "change/").status_code == 422

    undone(here, change.number)
    assert entries("employers") == 2


def test_what_others_refer_to_is_not_annulled_and_these_are_named(here: Client) -> None:
    address = f"/ledgers/employers/{employer('第0公司')}/annul/"
    page = main(here.get(address))
    assert "工会涵盖单位台账" in page.get_text()
    assert page.find("a", href=f"/ledgers/coverage/{entry('coverage', '甲工会/第0公司')}/")
    before = newest()
    answer = here.post(address, {"why": "试试", "base": "2", "token": "t"})
    assert (answer.status_code, newest()) == (422, before)


def test_before_annulling_the_page_says_what_the_figures_become(here: Client) -> None:
    address = f"/ledgers/employers/{employer('第1公司')}/annul/"
    before = newest()
    answer = here.post(address, {"step": "foretell"}, headers={"HX-Request": "true"})
    rows = [
        row.get_text(" ", strip=True)
        for row in BeautifulSoup(answer.content.decode(), "html.parser").select(".eff div")
    ]
    assert "用人单位 2 1 −1" in rows
    assert "职工人数 107 100 −7" in rows
    assert "只是试算，没有作废" in main(here.post(address, {"step": "foretell"})).get_text()
    assert (newest(), entries("employers")) == (before, 2)


# ------------------------------------------------------------------ merge


def test_looking_at_a_form_takes_no_lock_and_writes_nothing(here: Client) -> None:
    address = f"/ledgers/employers/{employer('第1公司')}/"
    other = employer("第0公司")
    here.get(address)
    for part in ("", "annul/", "change/", "correct/", "merge/", f"merge/?other={other}"):
        with CaptureQueriesContext(connection) as asked:
            assert here.get(address + part).status_code == 200
        first = {query["sql"].split()[0] for query in asked.captured_queries}
        assert first <= {"SELECT", "WITH"}, part


def test_duplicates_are_tried_merged_and_unmerged(here: Client) -> None:
    stays, goes = employer("第1公司"), employer("第0公司")
    address = f"/ledgers/employers/{stays}/merge/"
    assert "合并后" not in main(here.get(f"{address}?other={goes}&stays=this")).get_text()
    answer = here.post(address, {"step": "try", "other": goes, "stays": "this"})
    page = main(answer)
    assert "工会涵盖单位台账 1 条转到它名下" in page.get_text(" ", strip=True)
    assert (newest(), entries("employers")) == (4, 2)

    form = fields(page)
    here.post(address, form | {"why": "一家录了两次"})
    here.post(address, form | {"why": "一家录了两次"})
    assert (newest(), entries("employers")) == (5, 1)
    assert entry("coverage", "甲工会/第1公司") == 1
    assert "并入另一条记录" in main(here.get(f"/ledgers/employers/{goes}/")).get_text()

    undone(here, 5)
    assert entries("employers") == 2
    assert entry("coverage", "甲工会/第0公司") == 1


def test_the_trial_of_a_merger_says_what_the_survivor_will_say(here: Client) -> None:
    stays, goes = employer("第0公司"), employer("第1公司")
    address = f"/ledgers/employers/{goes}/merge/"
    answer = here.post(address, {"step": "try", "other": stays, "stays": "other"})
    assert ("成立日期", "2005-01-01", "2000-01-01", "以后有新的变更为止") in lines(answer)
    here.post(address, fields(main(answer)) | {"why": "一家录了两次"})
    assert story("employers", make_credit_code(0), "staff", "code")[0][:3] == (
        "2000-01-01",
        "2005-01-01",
        7,
    )


def test_nobody_merges_with_himself_with_nobody_or_with_strangers(here: Client) -> None:
    good("employers", firm(2) | {"所属区划": "510703002"})
    own = employer("第1公司")
    for other in (own, 9999, "甲", employer("第2公司")):
        sent = {"step": "try", "other": str(other)}
        answer = here.post(f"/ledgers/employers/{own}/merge/", sent)
        assert answer.status_code == 422


def test_a_stale_merger_or_annulment_writes_nothing(here: Client) -> None:
    own = employer("第1公司")
    form = fields(main(here.get(f"/ledgers/employers/{own}/annul/")))
    good("employers", firm(1) | {"职工人数": 8, "生效日期": "2012-01-01"})
    before = newest()
    answer: Any = here.post(f"/ledgers/employers/{own}/annul/", form | {"why": "办错"})
    assert (answer.status_code, newest()) == (422, before)
    assert "刚由系统操作员改过" in main(answer).get_text()


def test_what_a_merger_would_move_must_lie_within_the_scope(here: Client) -> None:
    good("unions", union("乙工会") | {"所属区划": "510703002"})
    good("coverage", covers("乙工会", "第1公司"))
    before = newest()
    with pytest.raises(NotPermitted, match="以外"):
        deeds.merge(
            EMPLOYERS,
            employer("第1公司"),
            employer("第0公司"),
            actor=actor(areas=[home()]),
            reason="重复",
        )
    assert newest() == before
    sent = {"step": "try", "other": str(employer("第1公司"))}
    address = f"/ledgers/employers/{employer('第0公司')}/merge/"
    assert here.post(address, sent).status_code == 403


def test_deeds_ask_for_a_reason_and_stay_within_the_scope(here: Client) -> None:
    with pytest.raises(Refused, match="原因"):
        deeds.annul(EMPLOYERS, employer("第1公司"), actor=actor(areas=[home()]), reason=" ")
    with pytest.raises(NotPermitted, match="以外"):
        deeds.annul(EMPLOYERS, employer("第1公司"), actor=actor(areas=[99]), reason="错")


def test_both_entries_of_a_merger_must_be_as_they_were_when_it_was_tried(here: Client) -> None:
    own, other = employer("第1公司"), employer("第0公司")
    address = f"/ledgers/employers/{own}/merge/"
    form = fields(main(here.post(address, {"step": "try", "other": other, "stays": "this"})))
    good("employers", firm(0) | {"职工人数": 8, "生效日期": "2012-01-01"})
    before = newest()
    answer: Any = here.post(address, form | {"why": "一家录了两次"})
    assert (answer.status_code, newest()) == (422, before)
    assert f"系统编号 {other} 刚由系统操作员改过（变更 {before}）" in main(answer).get_text()


def between(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """Let somebody else's change come between the look at an entry and the lock."""

    def late(request: HttpRequest, word: str, deed: Callable[[], int | None]) -> int | None:
        meanwhile()
        return once(request, word, deed)

    monkeypatch.setattr(mend, "once", late)


@pytest.mark.parametrize("which", ["第0公司", "第1公司"])
def test_who_comes_between_the_look_and_the_lock_is_noticed(
    here: Client, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    own = employer("第1公司")
    address = f"/ledgers/employers/{own}/merge/"
    sent = {"step": "try", "other": employer("第0公司"), "stays": "this"}
    form = fields(main(here.post(address, sent)))
    row = firm(int(which[1])) | {"职工人数": 8, "生效日期": "2012-01-01"}
    between(monkeypatch, lambda: good("employers", row))
    assert here.post(address, form | {"why": "重复"}).status_code == 422
    assert entries("employers") == 2


def test_nothing_is_annulled_that_somebody_changed_before_the_lock(
    here: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/ledgers/employers/{employer('第1公司')}/annul/"
    form = fields(main(here.get(address)))
    row = firm(1) | {"职工人数": 8, "生效日期": "2012-01-01"}
    between(monkeypatch, lambda: good("employers", row))
    assert here.post(address, form | {"why": "录错了"}).status_code == 422
    assert entries("employers") == 2


def test_who_refers_from_outside_the_scope_is_counted_and_not_named(here: Client) -> None:
    good("unions", union("乙工会") | {"所属区划": "510703002"})
    good("coverage", covers("乙工会", "第0公司"))
    theirs = entry("coverage", "乙工会/第0公司")
    page = main(here.get(f"/ledgers/employers/{employer('第0公司')}/annul/"))
    assert "另有 1 条在范围外" in page.get_text()
    assert page.find("a", href=f"/ledgers/coverage/{theirs}/") is None


def test_a_merger_that_would_move_too_much_is_neither_tried_nor_done(
    here: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "MERGED", 0)
    address = f"/ledgers/employers/{employer('第1公司')}/merge/"
    sent = {"step": "try", "other": employer("第0公司"), "stays": "this"}
    answer = here.post(address, sent)
    assert answer.status_code == 422
    assert "超过 0 段" in main(answer).get_text()
    assert here.post(address, sent | {"stays": "other"}).status_code == 200
