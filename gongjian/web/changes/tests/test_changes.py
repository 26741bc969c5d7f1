"""Changes: who sees which, what they did, and taking them back."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian import web
from gongjian.areas.queries import area_by_code
from gongjian.core.builders import make_credit_code
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.history.undo import in_the_way, order_of_undoing, undone_by
from gongjian.ledgers.tests.city import ANNA, city, told
from gongjian.web.changes import queries
from gongjian.web.records.tests.desk import fields, main
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import clerk, covers, entries, entry, firm, good, story, union

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200, main(answer).get_text(" ", strip=True)
    return main(answer).get_text(" ", strip=True)


def listed(client: Client, query: str = "") -> list[int]:
    page = main(client.get(f"/changes/{query}"))
    return [int(link.get_text()) for link in page.select("#rows tbody td:first-child a")]


def here(client: Client, code: str = "5107", role: str = "city-organiser") -> None:
    signed_in(client, role, area_id=area_by_code(code))


@pytest.fixture
def two(client: Client) -> Client:
    """Change 2 brings a firm of 城厢, change 3 one of 塘汛, change 4 one of each."""
    county()
    good("employers", firm(0))
    good("employers", firm(1) | {"所属区划": "510703002"})
    good("employers", firm(2), firm(3) | {"所属区划": "510703002"})
    return client


# ------------------------------------------------------------------ who sees which


def test_everyone_sees_the_changes_that_touch_the_scope(two: Client) -> None:
    for code, wanted in (
        ("5107", [4, 3, 2, 1]),
        ("510703001", [4, 2, 1]),
        ("510703002", [4, 3, 1]),
    ):
        here(two, code, "township-clerk")
        assert listed(two) == wanted
        seen = [n for n in range(1, 6) if two.get(f"/changes/{n}/").status_code == 200]
        assert seen == wanted[::-1]


def test_of_a_change_only_what_lies_within_the_scope_is_shown(two: Client) -> None:
    here(two, "510703001", "township-clerk")
    page = text(two, "/changes/4/")
    assert "第2公司" in page
    assert "第3公司" not in page


def test_an_administrator_sees_no_changes(two: Client) -> None:
    here(two, "5107", "administrator")
    assert two.get("/changes/").status_code == 403
    assert two.get("/changes/2/").status_code == 403


def test_changes_of_every_ledger_lie_where_their_rows_do() -> None:
    city()
    numbers = list(Change.objects.values_list("pk", flat=True))
    everywhere = clerk(areas=list(range(1, 10))).scope
    assert queries.visible(numbers, everywhere) == set(numbers)
    old = area_by_code("510703003")
    assert old is not None
    inside = queries.visible(numbers, clerk(areas=[old]).scope)
    slugs = set(Change.objects.filter(pk__in=inside).values_list("ledger", flat=True))
    assert slugs == {"areas", "employers", "unions", "coverage", "members"}
    assert queries.visible(numbers, clerk(unions=[999]).scope) == set()


# ------------------------------------------------------------------ list


def test_changes_are_filtered_and_paged(two: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    here(two)
    assert listed(two, "?ledger=areas") == [1]
    assert listed(two, "?who=谁也不是") == []
    assert listed(two, "?kind=batch") == []
    assert listed(two, "?kind=single") == [4, 3, 2, 1]
    assert listed(two, "?first=2099-01-01") == []
    assert listed(two, "?last=2000-01-01") == []
    assert listed(two, "?first=garbage") == [4, 3, 2, 1]
    monkeypatch.setattr(queries, "PAGE", 2)
    assert listed(two) == [4, 3]
    assert listed(two, "?below=3") == [2, 1]
    assert "below=3" in main(two.get("/changes/")).find("a", rel="next")["href"]  # type: ignore[index]


@pytest.mark.parametrize("query", ["first=0001-01-01", "last=9999-12-31", "last=2100-01-01"])
def test_a_day_out_of_reach_is_named_and_left_out(two: Client, query: str) -> None:
    here(two)
    page = main(two.get(f"/changes/?{query}"))
    assert [link.get_text() for link in page.select("#rows tbody td:first-child a")] == list("4321")
    sentence = f"{query.split('=')[1]} 不在 1949-10-01 到 2099-12-31 之间"
    assert sentence in page.get_text()
    part = two.get(f"/changes/?{query}", headers={"HX-Request": "true"})
    assert sentence in part.content.decode()


def test_what_was_not_known_yet_is_not_there(two: Client) -> None:
    here(two)
    two.post("/changes/2/undo/", fields(main(two.get("/changes/2/"))) | {"why": "传错了"})
    assert listed(two) == [5, 4, 3, 2, 1]
    assert listed(two, "?known=3") == [3, 2, 1]
    assert two.get("/changes/4/?known=3").status_code == 404
    assert two.get("/changes/4/?known=4").status_code == 200
    assert "已撤销" in text(two, "/changes/")
    assert "已撤销" not in text(two, "/changes/?known=4")
    assert "已撤销" not in text(two, "/changes/2/?known=4")


def test_links_keep_the_knowledge_of_the_page(two: Client) -> None:
    here(two)
    for address in ("/changes/?known=3", "/changes/3/?known=3"):
        page = main(two.get(address))
        found = [str(link["href"]) for link in page.select("a[href^='/']")]
        assert found
        assert [link for link in found if not link.endswith("?known=3")] == []
    kept = main(two.get("/changes/?known=3")).select_one("form input[name=known]")
    assert kept is not None
    assert kept["value"] == "3"


BARE = re.compile(r"""url\(["'](?:record[a-z-]*|changes?|ledger)["'][^}]*}}(?!{{ asof)""")
SENT = re.compile(r'(?:action|hx-get|hx-post)="[^"]*"')
"""Addresses of forms: these send the moment themselves."""


@pytest.mark.parametrize("folder", ["records", "changes"])
def test_no_template_links_without_the_moment(folder: str) -> None:
    for path in (Path(web.__file__).parent / "jinja2" / folder).glob("*.html"):
        text = SENT.sub("", path.read_text()).replace(" ~ asof", " }}{{ asof")
        assert BARE.findall(text) == [], path.name


def test_a_change_seen_in_part_counts_what_is_seen(two: Client) -> None:
    def counts(code: str) -> list[str]:
        here(two, code, "township-clerk")
        row = main(two.get("/changes/")).select("#rows tbody tr")[0]
        return [cell.get_text() for cell in row.select("td.r")]

    assert counts("5107") == ["2", "0"]
    assert counts("510703001") == ["1", "0"]
    page = text(two, "/changes/4/")
    assert "新写入 1 段" in page
    assert "另有 1 段在范围外" in page
    here(two)
    assert "在范围外" not in text(two, "/changes/4/")


def test_a_large_change_is_counted_on_its_own_page_alone(
    two: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNTED", 1)
    here(two, "510703001", "township-clerk")
    assert "数量大，点开看" in text(two, "/changes/")
    assert "新写入 1 段" in text(two, "/changes/4/")


def test_a_list_of_changes_takes_a_handful_of_queries(
    two: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here(two)
    for i in range(4, 40):
        good("employers", firm(i))
    two.get("/changes/")
    with django_assert_max_num_queries(18):
        two.get("/changes/")


def test_a_change_is_shown_column_by_column_and_masked(client: Client) -> None:
    city()
    here(client)
    for number in range(1, newest() + 1):
        assert ANNA not in text(client, f"/changes/{number}/")
    employers = Change.objects.filter(ledger="employers").order_by("pk")[1].pk
    page = text(client, f"/changes/{employers}/")
    assert "职工人数 120 → 150" in page


def test_the_entries_of_a_change_are_paged_each_once(client: Client) -> None:
    county()
    good("employers", *(firm(i) for i in range(7)))
    for i in range(3):
        told("employers", firm(i) | {"职工人数": 5, "生效日期": date(2010, 1, 1)})
    scope = clerk(areas=[1, 2, 3, 4]).scope
    place, seen = queries.Place(), []
    while True:
        found = queries.touches(2, scope, place, 3)
        seen += [entry for _, entry, _ in found.entries]
        if found.next is None:
            break
        place = queries.place(str(found.next))
    assert seen == list(range(1, 8))


# ------------------------------------------------------------------ undo


def test_a_change_is_undone_and_the_undoing_undone(two: Client) -> None:
    here(two, "510703001", "township-clerk")
    page = main(two.get("/changes/2/"))
    assert "收回 1 条" in page.get_text(" ", strip=True)
    form = fields(page)
    assert two.post("/changes/2/undo/", form | {"why": ""}).status_code == 422
    first: Any = two.post("/changes/2/undo/", form | {"why": "传错了"})
    second: Any = two.post("/changes/2/undo/", form | {"why": "传错了"})
    assert first.headers["Location"] == second.headers["Location"] == "/changes/5/"
    assert (newest(), entries("employers")) == (5, 3)
    assert "已由 变更 5 撤销" in text(two, "/changes/2/")
    assert undone_by([2, 5]) == {2: 5}

    back = fields(main(two.get("/changes/5/")))
    two.post("/changes/5/undo/", back | {"why": "没传错"})
    assert entries("employers") == 4
    assert undone_by([2, 5]) == {5: 6}


def test_what_reaches_beyond_the_scope_is_not_undone(two: Client) -> None:
    here(two, "510703001", "township-clerk")
    page = main(two.get("/changes/4/"))
    assert "交由上级工会撤销" in page.get_text()
    assert page.find("form", method="post") is None
    assert two.post("/changes/4/undo/", {"why": "错"}).status_code == 403
    assert two.post("/changes/3/undo/", {"why": "错"}).status_code == 404
    assert two.post("/changes/2/undo/?at=2010-01-01", {"why": "错"}).status_code == 422
    here(two, "510703001", "leader")
    assert two.post("/changes/2/undo/?at=2010-01-01", {"why": "错"}).status_code == 403
    assert newest() == 4


def test_blockers_are_named_and_undone_together_newest_first(client: Client) -> None:
    county()
    good("employers", firm(0))
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    good("unions", union())
    good("coverage", covers())
    told("unions", union() | {"主席姓名": "王", "生效日期": date(2012, 1, 1)})
    assert in_the_way(2) == [3, 5]
    assert in_the_way(4) == [5, 6]
    assert order_of_undoing(2, 20) == [5, 3, 2]
    here(client)
    page = main(client.get("/changes/2/"))
    assert [b.get_text() for b in page.select(".gate b")] == ["变更 5", "变更 3"]
    assert [b.get_text() for b in page.select("#undo-order li")] == ["变更 5", "变更 3", "变更 2"]
    assert [b.get_text() for b in page.select(".gate a:not(.gb)")] == [
        "第0公司",
        "甲工会 · 第0公司",
    ][::-1]
    alone: Any = client.post("/changes/2/undo/", {"why": "错"})
    assert (alone.status_code, newest()) == (422, 6)

    client.post("/changes/2/undo/", fields(page) | {"why": "传错了"})
    assert newest() == 9
    assert list(Change.objects.filter(pk__gt=6).values_list("undoes", flat=True)) == [5, 3, 2]
    assert (entries("employers"), entries("coverage"), entries("unions")) == (0, 0, 1)


def test_no_more_is_taken_back_together_than_was_shown(client: Client) -> None:
    county()
    good("employers", firm(0))
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    here(client)
    sent = fields(main(client.get("/changes/2/"))) | {"why": "传错了"}
    told("employers", firm(0) | {"职工人数": 60, "生效日期": date(2012, 1, 1)})
    answer: Any = client.post("/changes/2/undo/", sent)
    assert (answer.status_code, newest()) == (409, 4)
    page = main(answer)
    assert "没有撤销；现在要依次撤销变更 4、3、2" in page.get_text()
    for other in ({}, {"order": "4,3"}, {"order": "4,3,二"}):
        assert client.post("/changes/2/undo/", sent | {"order": ""} | other).status_code == 409
    client.post("/changes/2/undo/", fields(page) | {"why": "传错了"})
    assert (newest(), entries("employers")) == (7, 0)


def test_undone_together_means_all_or_none(client: Client) -> None:
    county()
    good("employers", firm(0))
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    good("employers", firm(5) | {"所属区划": "510703002"}, firm(0) | {"职工人数": 60})
    here(client, "510703001", "township-clerk")
    before = newest()
    answer: Any = client.post(
        "/changes/2/undo/", {"why": "错", "together": "yes", "order": "4,3,2"}
    )
    assert (answer.status_code, newest()) == (403, before)
    assert story("employers", make_credit_code(0), "staff")[0][2] == 100


def test_the_page_of_an_entry_leads_to_its_changes(two: Client) -> None:
    here(two)
    page = main(two.get(f"/ledgers/employers/{entry('employers', '第0公司')}/"))
    assert page.find("a", href="/changes/2/")
