"""A link that tells of more than a scope reaches says what was done and by whom, no more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Actor, Scope
from gongjian.core.days import now
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.reporting.actions import submit
from gongjian.reporting.bridging import Named, explain, retract, withdraw
from gongjian.reporting.flows import REPORT
from gongjian.reporting.models import Cause
from gongjian.reporting.tests.months import COUNTY, OTHER, TOWN, clerk, opened, report
from gongjian.reporting.tests.totals import PAPER, put, rows
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import signed_in
from gongjian.web.trail import presenters, queries
from gongjian.web.trail.flows import MOST
from gongjian.web.trail.tests.scene import auditor
from gongjian.web.trail.tests.test_trail import SPOILT
from gongjian.workflow.models import Case

pytestmark = pytest.mark.django_db
WHY = "六月集中办理入会"


@pytest.fixture
def reader(client: Client) -> User:
    """Of 塘汛; what they did elsewhere lies within their sight, where it was done does not."""
    opened()
    return signed_in(client, Role.TOWNSHIP_CLERK, area_id=area(OTHER), name="吴明")


def county() -> Client:
    """Somebody whose scope covers both townships."""
    client = Client()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area(COUNTY))
    return client


def row(client: Client, number: int) -> list[str]:
    """What was done, to whom or where, and why, as the list has it."""
    found = main(client.get("/changes/trail/")).select("#rows tbody tr")
    (one,) = (r for r in found if r.select("td")[0].get_text().replace(",", "") == str(number))
    return [" ".join(cell.get_text(" ").split()) for cell in one.select("td")[3:]]


def page(client: Client, number: int) -> Tag:
    return main(client.get(f"/changes/trail/{number}/"))


def said(client: Client, number: int) -> dict[str, str]:
    """The page of a link: its labels and what stands beside them, who and when left out."""
    terms = page(client, number).select("[aria-labelledby=said] dt")[2:]
    return {term.get_text(): str(term.find_next("dd").get_text()) for term in terms}  # type: ignore[union-attr]


def raw(client: Client, number: int) -> list[str]:
    return [one.get_text() for one in page(client, number).select("pre.raw")]


def by(user: User) -> dict[str, Any]:
    return {"actor": user.pk, "name": user.username}


def body(number: int) -> str:
    return TrailRecord.objects.get(pk=number).body


def newest() -> int:
    return TrailRecord.objects.latest("number").number


# ------------------------------------------------------------------ flows


def test_a_step_of_a_case_outside_says_neither_why_nor_which(client: Client, reader: User) -> None:
    actor = replace(clerk(number=reader.pk), name=reader.username)
    submit(report().pk, by=actor, remark="核对过", explanations={"members.total": WHY})
    number = newest()

    assert row(client, number) == ["流程 月报：报送", "", ""]
    assert said(client, number) == {
        "做了什么": "submit",
        "流程": "月报",
        "办理人编号": str(reader.pk),
        "办理人": "吴明",
        "管理范围以外": "1 件",
    }
    assert raw(client, number) == []

    whole = county()
    assert row(whole, number)[2] == "核对过"
    assert said(whole, number)["原因"] == "核对过"
    assert raw(whole, number) == [body(number)]
    assert "管理范围以外" not in said(whole, number)


def test_a_paper_of_a_case_outside_keeps_its_number_and_digest(
    client: Client, reader: User
) -> None:
    digest = "ab" * 32
    told = {"deed": "paper", "flow": REPORT.slug, "case": report().pk, "paper": "form"}
    number = trail.note("flow", told | {"sha256": digest} | by(reader)).number
    assert digest not in page(client, number).get_text()
    assert "事项编号" not in said(client, number)
    assert said(client, number)["管理范围以外"] == "1 件"
    assert said(county(), number)["文件指纹"] == digest


def test_of_many_cases_all_must_lie_within(client: Client, reader: User) -> None:
    """Also of more than a line of the list would name."""
    cases = Case.objects.bulk_create(
        Case(flow=REPORT.slug, subject=f"{1950 + n}-01", title=f"第 {n} 份",
             place_id=area(place), state="due", opened=now().date(), opened_at=now(), rules={}, passed=0)
        for n, place in enumerate([OTHER] * MOST + [TOWN])
    )  # fmt: skip
    told = {"deed": "urge", "flow": REPORT.slug, "reason": "请尽快", "change": None} | by(reader)

    def urged(numbers: list[int]) -> int:
        return trail.note("flow", told | {"cases": numbers}).number

    every = [case.pk for case in cases]
    some, own = urged(every), urged(every[:-1])

    assert row(client, some) == ["流程 月报：催办", f"第 0 份（塘汛镇）等 {MOST + 1} 件", ""]
    assert said(client, some)["管理范围以外"] == "1 件"
    assert "原因" not in said(client, some)
    assert row(client, own)[2] == "请尽快"
    assert raw(client, own) == [body(own)]
    whole = county()
    assert row(whole, some)[2] == "请尽快"
    assert raw(whole, some) == [body(some)]


# ------------------------------------------------------------------ paper totals


def test_paper_totals_of_an_area_outside_say_only_what_was_done(
    client: Client, reader: User
) -> None:
    actor = Actor(id=reader.pk, name=reader.username, scope=OPERATOR.scope,
                  permissions=OPERATOR.permissions)  # fmt: skip
    before, entry = newest(), rows()[0]["id"]
    total = put(90_009, by=actor)
    (one,) = explain(total, Cause.MISSED, [Named(entry, "", 70_007)], by=actor, words="册上漏了")
    retract(total, [one.pk], by=actor, reason="认错了")
    withdraw(total, by=actor, reason="抄错了")
    whole, numbers = county(), range(before + 1, before + 5)

    assert [row(client, number) for number in numbers] == [
        ["期初衔接 填报纸面合计", "管理范围以外", ""],
        ["期初衔接 说明差额", "管理范围以外", ""],
        ["期初衔接 撤销差额说明", "管理范围以外", ""],
        ["期初衔接 撤销纸面数", "管理范围以外", ""],
    ]
    for number, deed in zip(numbers, ("enter", "explain", "retract", "withdraw"), strict=True):
        assert said(client, number) == {
            "做了什么": deed, "办理人编号": str(reader.pk), "办理人": "吴明",
        }  # fmt: skip
        assert raw(client, number) == []
        assert raw(whole, number) == [body(number)]
    assert said(whole, before + 1)["来源文件"] == PAPER
    assert "70,007" in row(whole, before + 2)[0]
    assert [row(whole, number)[2] for number in numbers] == ["", "", "认错了", "抄错了"]


# ------------------------------------------------------------------ the calendar


def test_which_deadlines_a_calendar_moved_is_for_those_who_see_everything(
    client: Client, reader: User
) -> None:
    moved = [[report(code).pk, "submit", "2011-07-05", "2011-07-06"] for code in (TOWN, OTHER)]
    told = {"deed": "correct", "day": "2011-07-04", "works": False, "source": "通知"}
    number = trail.note("calendar", told | {"moved": moved} | by(reader)).number

    for narrow in (client, county()):
        assert said(narrow, number)["改动的期限"] == "2 件"
        assert said(narrow, number)["来源文件"] == "通知"
        assert raw(narrow, number) == []
        assert "2011-07-06" not in page(narrow, number).get_text()
        assert row(narrow, number)[1] == "2 件待办的期限改动"
    top = Client()
    auditor(top)
    assert raw(top, number) == [body(number)]
    assert "2011-07-06" in said(top, number)["改动的期限"]


# ------------------------------------------------------------------ spoilt links


def test_a_spoilt_link_is_narrowed_without_a_fault(reader: User) -> None:
    bodies: Mapping[str, dict[str, Any]] = {
        "flow": {"deed": "urge", "flow": REPORT.slug, "cases": [report().pk], "reason": "请尽快"},
        "bridge": {"deed": "enter", "area": area(TOWN), "totals": {"unions.base": 9}},
        "calendar": {"deed": "enter", "year": 2012, "moved": [[1, "submit"]]},
    }
    scope = Scope(inside={"areas": frozenset({area(OTHER)})})
    for kind, told in bodies.items():
        record = trail.note(kind, told | by(reader))
        for name in told:
            for value in SPOILT:
                spoilt = queries.Link(record=record, said=told | {name: value})
                assert len(presenters.rows([spoilt], scope)) == 1
                presenters.one(spoilt, scope, audits=True)
