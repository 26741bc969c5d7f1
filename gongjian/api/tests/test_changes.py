"""Changes by the api are those of the pages: who changed what, within the scope."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.api.tests.desk import ask, clerk, pages
from gongjian.history.record import newest
from gongjian.ledgers.tests.city import city
from gongjian.web.changes import queries
from tests.worlds import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client: Client) -> Client:
    city()
    clerk(client)
    return client


def numbers(client: Client, **query: Any) -> list[int]:
    return [change["number"] for change in ask(client, "changes", **query)["changes"]]


def listed(client: Client, query: str = "") -> list[int]:
    page = BeautifulSoup(client.get(f"/changes/{query}").content, "html.parser")
    return [int(a.get_text()) for a in page.select("#rows tbody td:first-child a")]


def test_changes_are_those_of_the_page(client: Client) -> None:
    city()
    for code in ("5107", "510703001", "510703002"):
        clerk(client, code)
        assert numbers(client) == listed(client)
        assert numbers(client, known=9) == listed(client, "?known=9")
        assert numbers(client, ledger="members") == listed(client, "?ledger=members")
        found = [n for n in range(1, newest() + 2) if n in set(numbers(client))]
        there = [
            n for n in range(1, newest() + 2) if client.get(f"/api/changes/{n}").status_code == 200
        ]
        assert there == found


def test_changes_come_in_pages(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = numbers(here)
    monkeypatch.setattr(queries, "PAGE", 7)

    assert [change["number"] for change in pages(here, "changes", "changes")] == whole


def test_a_change_says_what_it_did(here: Client) -> None:
    number = numbers(here, ledger="employers")[-2]

    one = ask(here, f"changes/{number}")

    (touched,) = one["entries"]
    assert (one["ledger"], one["kind"], one["who"]) == ("employers", "import", "系统操作员")
    assert (touched["id"], touched["fresh"]) == (entry("employers", "甲集团"), False)
    assert touched["differences"] == [
        {
            "field": "staff",
            "header": "职工人数",
            "since": "2010-01-01",
            "until": None,
            "before": 120,
            "after": 150,
        }
    ]


def test_entries_of_a_change_come_in_pages(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    number = numbers(here, ledger="members")[-1]
    whole = ask(here, f"changes/{number}")["entries"]
    original = queries.touches
    monkeypatch.setattr(
        queries, "touches", lambda number, scope, start: original(number, scope, start, 2)
    )

    found = pages(here, f"changes/{number}", "entries")
    assert found == whole
    assert len(found) == 4


def test_of_a_change_only_what_lies_within_is_told(client: Client) -> None:
    city()
    clerk(client, "510703001")
    number = numbers(client, ledger="employers")[-1]

    one = ask(client, f"changes/{number}")

    assert [touched["title"] for touched in one["entries"]] == ["甲公司"]


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "magic"},
        {"ledger": "horses"},
        {"first": "yesterday"},
        {"first": "1200-01-01"},
        {"cursor": "x"},
        {"who": "长" * 201},
    ],
)
def test_what_is_asked_wrongly(here: Client, query: dict[str, str]) -> None:
    assert ask(here, "changes", 422, **query)["sentence"].endswith("。")


def test_an_auditor_sees_changes_and_no_numbers_that_open(client: Client) -> None:
    city()
    clerk(client, "5107", Role.AUDITOR)

    (change, *_) = ask(client, "changes", ledger="unions")["changes"]
    (touched, *_) = ask(client, f"changes/{change['number']}")["entries"]

    references = [d["after"] for d in touched["differences"] if isinstance(d["after"], dict)]
    assert all(reference["id"] is None for reference in references)


def test_a_change_is_a_handful_of_queries(
    here: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    number = numbers(here, ledger="members")[-1]
    with django_assert_max_num_queries(34):  # each ledger is asked what of it was touched
        ask(here, f"changes/{number}")
