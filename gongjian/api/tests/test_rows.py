"""Rows by the api are the rows of the pages and of the record, of any ledger, on any day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.api.tests.desk import ask, clerk, pages, said
from gongjian.api.values import columns_of
from gongjian.core.builders import make_credit_code
from gongjian.history.record import newest
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import ANNA, BORIS, SLUGS, city, told
from gongjian.web.records.models import Opening
from tests.worlds import entry

pytestmark = pytest.mark.django_db
DAYS = ("2008-12-31", "2011-04-15", "2012-06-30")


@pytest.fixture
def here(client: Client) -> Client:
    city()
    clerk(client)
    return client


def ids(client: Client, slug: str, **query: Any) -> list[int]:
    return [row["id"] for row in ask(client, f"ledgers/{slug}/rows", **query)["rows"]]


def listed(client: Client, slug: str, query: dict[str, Any]) -> list[int]:
    """The entries of the page of the list at the same address."""
    answer = client.get(f"/ledgers/{slug}/?{urlencode(query, doseq=True)}")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    links = [str(a["href"]) for a in page.select("#rows tbody td a[href]")]
    own = [x.split("?")[0] for x in links if x.startswith(f"/ledgers/{slug}/")]
    return list(dict.fromkeys(int(x.strip("/").split("/")[-1]) for x in own))


@pytest.mark.parametrize("slug", SLUGS)
def test_rows_are_those_of_the_list(here: Client, slug: str) -> None:
    for day in DAYS:
        for known in (None, 12, newest()):
            query = {"at": day} | ({} if known is None else {"known": known})
            assert ids(here, slug, **query) == listed(here, slug, query)


def test_filters_are_those_of_the_list(here: Client) -> None:
    for query in (
        {"f_name": "甲"},
        {"f_nature": ["企业", "个体工商户"], "f_staff_from": "100"},
        {"blank": ["phone"]},
        {"area": "510703001"},
        {"tab": LEDGERS.questions("employers")[0].code},
    ):
        asked = {"at": "2011-12-25", **query}
        assert ids(here, "employers", **asked) == listed(here, "employers", asked)


def test_a_list_along_affiliation_is_that_of_the_page(here: Client) -> None:
    head = entry("unions", "涪城区总工会")
    asked = {"at": "2011-12-25", "tree": "affiliation", "union": head}

    found = ids(here, "members", **asked)

    assert found == listed(here, "members", asked)
    assert len(found) == 4


@pytest.mark.parametrize("slug", SLUGS)
def test_the_declaration_says_what_a_row_holds(here: Client, slug: str) -> None:
    (declared,) = (x for x in ask(here, "ledgers")["ledgers"] if x["slug"] == slug)
    row = ask(here, f"ledgers/{slug}/rows", at="2011-12-25")["rows"][0]

    fields = [column["field"] for column in declared["columns"]]
    assert fields == [c.field for c in columns_of(LEDGERS[slug])] == list(row["values"])
    for column in declared["columns"]:
        for name in column["filters"]:
            given = column["choices"][:1] or ["2011-01-01" if column["kind"] == "day" else "1"]
            ask(here, f"ledgers/{slug}/rows", **{name: given})
    for tab in declared["tabs"]:
        ask(here, f"ledgers/{slug}/rows", tab=tab["code"])


def test_values_have_types(here: Client) -> None:
    (row,) = ask(here, "ledgers/employers/rows", at="2010-06-01", f_name="甲")["rows"]
    (agreement,) = ask(here, "ledgers/agreements/rows", at="2011-12-25", f_number="绵〔2011〕1")[
        "rows"
    ]

    values = row["values"]
    assert row["opened"] == "2006-05-18"
    assert (values["name"], values["staff"], values["top500"]) == ("甲公司", 150, False)
    assert values["area"]["name"] == "城厢街道"
    assert values["phone"] == "138****1234"
    assert agreement["values"]["wage_min"] == "1200.50"
    assert agreement["values"]["wage_rise"] == "8.5%"
    assert agreement["values"]["term_to"] == "2013-03-31"
    assert agreement["values"]["union"] == {
        "id": entry("unions", "甲公司工会"),
        "name": "甲公司工会",
    }


def test_sensitive_numbers_are_masked_everywhere(here: Client) -> None:
    number = next(r["id"] for r in ask(here, "ledgers/members/rows", at="2011-12-25")["rows"])
    for path in (
        "ledgers/members/rows",
        f"ledgers/members/rows/{number}",
        f"ledgers/members/rows/{number}/history",
        "figures/members.total/rows",
        "changes/14",
    ):
        text = here.get(f"/api/{path}", {"at": "2011-12-25"}).content.decode()
        assert "********" in text
        assert ANNA not in text
        assert BORIS not in text
        assert "13900005678" not in text


def test_a_row_is_as_it_was_on_the_day_as_known(here: Client) -> None:
    firm = entry("employers", "甲集团")
    path = f"ledgers/employers/rows/{firm}"

    now = ask(here, path)
    then = ask(here, path, at="2009-01-01")
    known = ask(here, path, at="2011-12-25", known=3)

    assert (now["values"]["staff"], now["holds"]) == (999, True)
    assert (then["values"]["name"], then["values"]["staff"]) == ("甲公司", 120)
    assert (then["valid_from"], then["valid_to"]) == ("2006-05-18", "2010-01-01")
    assert (known["values"]["name"], known["values"]["staff"]) == ("甲公司", 120)
    assert ask(here, path, at="1999-01-01")["holds"] is False
    ask(here, path, 404, known=1)


def test_the_history_has_every_version_and_who_told_it(here: Client) -> None:
    firm = entry("employers", "甲集团")

    whole = ask(here, f"ledgers/employers/rows/{firm}/history")
    early = ask(here, f"ledgers/employers/rows/{firm}/history", known=3)

    believed = [v for v in whole["versions"] if v["removed_in"] is None]
    assert [(v["valid_from"], v["values"]["staff"]) for v in believed] == [
        ("2006-05-18", 120),
        ("2010-01-01", 150),
        ("2011-01-01", 150),
        ("2013-01-01", 999),
    ]
    assert {c["number"] for c in whole["changes"]} == {
        n for v in whole["versions"] for n in (v["added_in"], v["removed_in"]) if n
    }
    assert [(v["valid_to"], v["removed_in"]) for v in early["versions"]] == [(None, None)]
    assert [c["number"] for c in early["changes"]] == [3]


def test_opening_a_person_is_kept(here: Client) -> None:
    number = ids(here, "members", at="2011-12-25")[0]
    ask(here, f"ledgers/members/rows/{number}")
    ask(here, f"ledgers/members/rows/{number}/history")
    ask(here, f"ledgers/employers/rows/{entry('employers', '甲集团')}")

    assert list(Opening.objects.values_list("ledger", "entry")) == [("members", number)] * 2


def test_a_number_leads_only_where_the_reader_may_go(client: Client) -> None:
    city()
    clerk(client, "510703001", Role.GRID_WORKER)

    (row, *_) = ask(client, "ledgers/employers/rows", at="2011-12-25")["rows"]

    assert row["values"]["area"] == {"id": None, "name": "城厢街道"}
    assert [x["slug"] for x in ask(client, "ledgers")["ledgers"]] == ["employers"]
    ask(client, "ledgers/members/rows", 403)


# ------------------------------------------------------------------ pages


def test_pages_are_the_whole_list_in_its_order(here: Client) -> None:
    whole = ids(here, "members", at="2011-12-25")
    found = [r["id"] for r in pages(here, "ledgers/members/rows", "rows", at="2011-12-25", limit=1)]

    assert found == whole
    assert len(found) == 4


def test_a_cursor_goes_on_in_the_same_moment(here: Client) -> None:
    """What is changed between two pages neither doubles nor hides a row."""
    first = ask(here, "ledgers/employers/rows", limit=1)
    told("employers", {"统一社会信用代码": make_credit_code(77), "单位名称": "新公司",
                       "所属区划": "510703002", "单位性质": "企业", "职工人数": 9,
                       "成立日期": date(2012, 1, 1)})  # fmt: skip
    second = ask(here, "ledgers/employers/rows", limit=500, cursor=first["next"])

    assert second["known_at"] == first["known_at"] == newest() - 1
    assert "新公司" not in [r["values"]["name"] for r in second["rows"]]
    assert "新公司" in [r["values"]["name"] for r in ask(here, "ledgers/employers/rows")["rows"]]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "501"},
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "9" * 400},
        {"limit": "一"},
        {"limit": "1e3"},
        {"cursor": "x"},
        {"cursor": "5.2.1"},
        {"cursor": "WyJhIl0:1xUtBV:" + "A" * 43},
        {"cursor": "=" * 5_000},
        {"size": "50"},
        {"after": "1.1.1"},
        {"f_staff_from": "很多"},
        {"f_color": "红"},
        {"tree": "alphabet"},
        {"tab": "nothing"},
        {"union": "1"},
        {"blank": "color"},
        {"at": "1200-01-01"},
        {"known": "-1"},
        {"known": "9" * 40},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(here: Client, query: dict[str, str]) -> None:
    sentence = ask(here, "ledgers/employers/rows", 422, **query)["sentence"]

    assert sentence.endswith("。")


def test_a_cursor_of_another_question_is_refused(here: Client) -> None:
    cursor = ask(here, "ledgers/members/rows", at="2011-12-25", limit=1)["next"]

    for path, query in (
        ("ledgers/members/rows", {"at": "2011-12-26"}),
        ("ledgers/members/rows", {"at": "2011-12-25", "f_name": "安"}),
        ("ledgers/employers/rows", {"at": "2011-12-25"}),
        ("figures/members.total/rows", {"at": "2011-12-25"}),
        ("changes", {"at": "2011-12-25"}),
    ):
        ask(here, path, 422, cursor=cursor, **query)
    forged = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    ask(here, "ledgers/members/rows", 422, at="2011-12-25", cursor=forged)
    again = ask(here, "ledgers/members/rows", at="2011-12-25", cursor=cursor, limit=7)
    assert len(again["rows"]) == 3


# ------------------------------------------------------------------ effort


def test_a_page_is_a_handful_of_queries(
    here: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ids(here, "members", at="2011-12-25")
    with django_assert_max_num_queries(12):
        ids(here, "members", at="2011-12-25")
    number = ids(here, "unions", at="2011-12-25")[0]
    with django_assert_max_num_queries(16):
        ask(here, f"ledgers/unions/rows/{number}/history")


def test_a_stranger_costs_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert said(client.get("/api/ledgers"), 401)
