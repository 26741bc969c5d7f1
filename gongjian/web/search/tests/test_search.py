"""The search box: what a word finds, for whom, and what it must never tell."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.accounts.enums import Role
from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.core.access import EVERYTHING, Scope
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.core.days import today
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import ANNA, BORIS, CLARA, FIRM, UNION, city, told
from gongjian.unions.models import UnionVersion
from gongjian.web.lists.tests.oracle import rows_on
from gongjian.web.search.queries import _STEPS, MOST, Found, search
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db

BUDGET = 16
"""Queries of a search by somebody who sees all: one for all groups, one for each ledger with hits,
one for each ledger they stand in, and those of the frame."""

BUDGET_WITHIN = 20
"""Of somebody who sees a part: also where whatever was found stands."""

NOBODY = make_identity("510703", date(1971, 5, 5), 21)


@pytest.fixture(autouse=True)
def _city() -> None:
    city()
    told("unions", {"工会代码": UNION, "批准文号": "涪工发〔2008〕12号"})


@pytest.fixture
def clerk(client: Client) -> Client:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    return client


def ask(client: Client, text: str) -> Any:
    return client.post(reverse("search"), {"q": text})


def found(client: Client, text: str) -> dict[str, list[str]]:
    """Titles of the hits by group."""
    answer = ask(client, text)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return {
        str(s["aria-label"]): [a.get_text() for a in s.select("a")] for s in page.select(".hits")
    }


def test_each_group_is_found_by_how_it_begins(clerk: Client) -> None:
    assert found(clerk, "丙") == {"用人单位": ["丙店"]}
    assert found(clerk, FIRM[:12]) == {"用人单位（信用代码）": ["甲公司", "=乙公司"]}
    assert found(clerk, FIRM.lower()) == {"用人单位（信用代码）": ["甲公司"]}
    assert found(clerk, "涪城区总") == {"工会": ["涪城区总工会"]}
    assert found(clerk, UNION) == {"工会（代码）": ["甲公司工会"]}
    assert found(clerk, "安") == {"会员（姓名）": ["安"]}
    assert found(clerk, "绵〔2011〕1") == {"工资集体协议（编号）": ["绵〔2011〕1号"]}
    assert found(clerk, "涪工发〔2008〕") == {"批准文号": ["甲公司工会"]}
    assert found(clerk, "甲公司") == {"用人单位": ["甲公司"], "工会": ["甲公司工会"]}


def test_a_former_name_finds_the_entry_under_its_present_one(clerk: Client) -> None:
    assert found(clerk, "甲集团") == {"用人单位": ["甲公司"]}


def test_what_has_ended_is_found_and_says_so(clerk: Client) -> None:
    page = BeautifulSoup(ask(clerk, "乙公司工会").content, "html.parser")

    assert page.select_one(".hits li").get_text(" ", strip=True).endswith("已结束")  # type: ignore[union-attr]


def test_a_person_is_found_by_the_whole_number_only(clerk: Client) -> None:
    fifteen = ANNA[:6] + ANNA[8:17]

    for text in (ANNA, ANNA.lower(), fifteen):
        assert found(clerk, text) == {"会员（证件号码）": ["安"]}
    for text in (ANNA[:17], ANNA[:14], ANNA[-8:], ANNA[:6] + "********" + ANNA[-4:], ANNA + "1"):
        assert "会员（证件号码）" not in found(clerk, text)
    assert ANNA not in BeautifulSoup(ask(clerk, "安").content, "html.parser").get_text()


def test_whoever_has_a_telephone_is_found_by_the_whole_of_it(clerk: Client) -> None:
    told("employers", {"统一社会信用代码": FIRM, "联系电话": "0816-2345678"})

    for text in ("0816-2345678", " 0816-2345678 "):
        assert found(clerk, text) == {"用人单位（联系电话）": ["甲公司"]}
    # Of members only where an index leads to the number.
    indexed = "phone_blind" in LEDGERS["members"].indexed
    assert found(clerk, "13900005678") == ({"会员（手机）": ["安"]} if indexed else {})
    for text in ("1390000567", "0816-234567", "139****5678"):
        assert found(clerk, text) == {}


def test_a_passport_is_found_by_its_whole_number(clerk: Client) -> None:
    said = {"证件类别": "护照", "证件号码": "P7654321", "姓名": "远客", "所属工会": UNION}
    told("members", {**said, "入会日期": date(2009, 1, 1)})

    assert found(clerk, "p7654321") == {"会员（证件号码）": ["远客"]}
    assert found(clerk, "P765432") == {}


@pytest.mark.parametrize("text", [ANNA, ANNA[:14], "13900005678", "139 0000 5678", "0816-2345678"])
def test_numbers_of_people_stay_in_no_address(clerk: Client, text: str) -> None:
    by_form, by_address = ask(clerk, text), clerk.get(reverse("search"), {"q": text})

    assert by_form.status_code == 200
    assert by_address.status_code == 422
    assert text not in by_address.content.decode()
    assert BeautifulSoup(by_address.content, "html.parser").select(".hits") == []
    forms = BeautifulSoup(by_form.content, "html.parser").select("form[role=search]")
    assert [form["method"] for form in forms] == ["post", "post"]


def test_a_name_may_come_by_a_link(clerk: Client) -> None:
    page = BeautifulSoup(clerk.get(reverse("search"), {"q": "丙"}).content, "html.parser")

    assert [a.get_text() for a in page.select(".hits a")] == ["丙店"]


@pytest.mark.parametrize("text", ["%", "_", "'", "甲%", "\\", "' OR ''='", "<b>", "司", "{{ 7 }}"])
def test_a_word_is_only_ever_text(clerk: Client, text: str) -> None:
    assert found(clerk, text) == {}


def test_nothing_asked_finds_nothing(clerk: Client) -> None:
    assert found(clerk, "  ") == {}
    assert clerk.get(reverse("search")).status_code == 200


def test_what_cannot_be_looked_for_is_said(clerk: Client) -> None:
    assert ask(clerk, "长" * 61).status_code == 422
    assert ask(clerk, "a\x00").status_code == 422
    past = clerk.get(reverse("search"), {"q": "甲", "at": "2011-01-01"})
    assert past.status_code == 422
    assert "回到今天" in past.content.decode()


def test_few_of_many_are_shown(clerk: Client) -> None:
    told("members", *(
        {"证件类别": "护照", "证件号码": f"P{i:05}", "姓名": f"同名{i:02}", "所属工会": UNION,
         "入会日期": date(2009, 1, 1)} for i in range(MOST + 1)
    ))  # fmt: skip

    assert len(found(clerk, "同名")["会员（姓名）"]) == MOST
    assert "请多写几个字" in ask(clerk, "同名").content.decode()
    assert len(found(clerk, "同名1")["会员（姓名）"]) == 10


def test_hits_within_are_not_lost_behind_those_outside(client: Client) -> None:
    said = {"单位性质": "企业", "职工人数": 9, "成立日期": date(2009, 1, 1)}
    names = [f"同名{i:03}厂" for i in range(_STEPS[0] + 20)]
    told("employers", *(
        {"统一社会信用代码": make_credit_code(900 + i), "单位名称": name, **said,
         "所属区划": "510703002" if name == names[-1] else "510703001"}
        for i, name in enumerate(names)
    ))  # fmt: skip
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703002"))

    assert found(client, "同名") == {"用人单位": names[-1:]}


def test_what_is_the_beginning_of_too_many_says_so(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(clerk, Role.TOWNSHIP_CLERK, area_id=area("510703002"))
    monkeypatch.setattr("gongjian.web.search.queries._STEPS", (1,))

    assert found(clerk, "甲公司")["用人单位"] == []
    assert "没有找完，请多写几个字" in ask(clerk, "甲公司").content.decode()


@pytest.mark.parametrize("text", ["甲公司", "没有这家", ANNA, UNION])
def test_a_search_within_a_scope_keeps_its_budget(
    client: Client, django_assert_max_num_queries: Any, text: str
) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    ask(client, "x")

    with django_assert_max_num_queries(BUDGET_WITHIN):
        ask(client, text)


def test_many_hits_take_no_more_queries_than_one(
    clerk: Client, django_assert_max_num_queries: Any
) -> None:
    said = {
        "所属区划": "510703001",
        "单位性质": "企业",
        "职工人数": 9,
        "成立日期": date(2009, 1, 1),
    }
    told("employers", *(
        {"统一社会信用代码": make_credit_code(900 + i), "单位名称": f"同名{i:02}厂", **said}
        for i in range(MOST)
    ))  # fmt: skip
    ask(clerk, "同名")
    with CaptureQueriesContext(connection) as one:
        assert len(found(clerk, "同名00")["用人单位"]) == 1

    with django_assert_max_num_queries(len(one)):
        assert len(found(clerk, "同名")["用人单位"]) == MOST
    assert len(one) <= BUDGET


def stripped(answer: Any) -> Iterator[str]:
    """What a page says of what was found."""
    page = BeautifulSoup(answer.content, "html.parser").select_one("#results")
    assert page is not None
    return page.stripped_strings


def test_what_lies_outside_cannot_be_told_from_what_is_not(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703002"))
    ask(client, "x")
    said, asked = [], []
    for text in (CLARA, BORIS, NOBODY, "甲公司", "没有这家", UNION, UNION[:-1] + "Z"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, text)
        said.append((answer.status_code, len(answer.content), *stripped(answer)))
        asked.append(len(queries))

    assert {(code, *text) for code, _, *text in said} == {said[0][:1] + said[0][2:]}
    assert len(set(asked[:3])) == 1
    assert len(set(asked[3:])) == 1


def test_scope_of_a_township(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))

    assert found(client, "甲公司") == {"用人单位": ["甲公司"], "工会": ["甲公司工会"]}
    assert found(client, "丙") == {}
    # Her union, dissolved, stood in another township; 兰 is in one of this.
    assert found(client, ANNA) == {}
    assert found(client, CLARA) == {"会员（证件号码）": ["兰"]}
    assert found(client, "兰") == {"会员（姓名）": ["兰"]}


def test_rights(client: Client) -> None:
    assert ask(client, "甲").status_code == 302
    for role in (Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR):
        signed_in(client, role, area_id=area("5107"))
        assert ask(client, "甲").status_code == 403


def test_a_grid_worker_finds_employers_alone(client: Client) -> None:
    signed_in(client, Role.GRID_WORKER, area_id=area("510703001"))

    assert found(client, "甲公司") == {"用人单位": ["甲公司"]}
    assert found(client, "兰") == {}
    assert found(client, CLARA) == {}


def anywhere(text: str, scope: Scope) -> list[Found]:
    return search(text, {ledger.slug: scope for ledger in LEDGERS}, today())


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_nothing_outside_a_scope_is_found(data: st.DataObject) -> None:
    areas = data.draw(st.sets(st.sampled_from(sorted(tree_on(today()).leaves()))))
    every = sorted(set(UnionVersion.objects.values_list("entry_id", flat=True)))
    unions = data.draw(st.sets(st.sampled_from(every)))
    scope = Scope(inside={"areas": frozenset(areas), "unions": frozenset(unions)})
    text = data.draw(
        st.sampled_from(["甲", "乙", "丙", "=", "涪", "安", "兰", "绵", "9", "8", ANNA])
    )

    for group in anywhere(text, scope):
        chains = {row.entry: row.chain for row in rows_on(group.group.ledger, today())}
        for hit in group.hits:
            assert hit.entry not in chains or scope.covers(chains[hit.entry])
    whole = {(g.group.title, h.entry) for g in anywhere(text, EVERYTHING) for h in g.hits}
    part = {(g.group.title, h.entry) for g in anywhere(text, scope) for h in g.hits}
    ledgers = {g.group.title: g.group.ledger for g in anywhere(text, EVERYTHING)}
    for title, entry in whole - part:
        chains = {row.entry: row.chain for row in rows_on(ledgers[title], today())}
        assert entry not in chains or not scope.covers(chains[entry])
