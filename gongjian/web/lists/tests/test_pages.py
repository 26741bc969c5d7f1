"""The pages of lists: every ledger from its declaration, filters, rights, bad addresses."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.indicators.rows import rows_behind
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import ANNA, BORIS, SLUGS, UNION, city, told
from gongjian.unions.models import UnionVersion
from gongjian.web.lists.columns import choosable, usual
from gongjian.web.lists.filters import blanks_of, filters_of
from gongjian.web.lists.queries import MOST_COUNTED
from gongjian.web.lists.tests.oracle import rows_on
from gongjian.web.lists.tests.pages import DAY, cells, entries, get, problems
from gongjian.web.lists.views import counted
from gongjian.web.lists.walk import Count
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city() -> None:
    city()


@pytest.fixture
def clerk(client: Client) -> Client:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    return client


# ---------------------------------------------------------------- from the declaration


@pytest.mark.parametrize("slug", SLUGS)
def test_every_ledger_lists_its_rows_with_all_its_columns(clerk: Client, slug: str) -> None:
    fields = [c.field for c in choosable(LEDGERS[slug])]

    answer = get(clerk, slug, cols=fields)

    assert answer.status_code == 200
    assert sorted(entries(answer)) == sorted(row.entry for row in rows_on(slug, DAY))
    assert {len(row) for row in cells(answer)} == {len(fields) + 1}
    assert set(usual(LEDGERS[slug])) <= set(fields)


def asked_of(slug: str) -> list[tuple[dict[str, str], str, Any]]:
    """For each filter an address made from a value that some row has, its column and the value."""
    found = []
    for one in filters_of(LEDGERS[slug]):
        column = one.column
        values = [row.values.get(column.field) for row in rows_on(slug, DAY)]
        value = next((v for v in values if v is not None), None)
        if one.kind in ("fill", "text") or value is None:
            continue
        if one.kind == "choice":
            word = {0: "否", 1: "是"}.get(value, value) if len(one.choices) == 2 else value
            word = word if str(word) in one.choices else value
            found.append(({one.names[0]: str(word)}, column.field, value))
            continue
        shown = value if isinstance(value, date) or column.field[:4] != "wage" else value / 100
        found.append(({one.names[0]: str(shown), one.names[1]: str(shown)}, column.field, value))
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_every_choice_and_span_finds_just_the_rows_that_have_the_value(
    clerk: Client, slug: str
) -> None:
    for address, field, value in asked_of(slug):
        answer = get(clerk, slug, **address)

        assert answer.status_code == 200, problems(answer)
        rows = rows_on(slug, DAY)
        assert sorted(entries(answer)) == sorted(r.entry for r in rows if r.values[field] == value)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_text_finds_by_the_beginning_only(clerk: Client, slug: str) -> None:
    for one in filters_of(LEDGERS[slug]):
        field = one.column.field
        texts = [row.values.get(field) for row in rows_on(slug, DAY)]
        text = next((t for t in texts if isinstance(t, str) and len(t) > 2), None)
        if one.kind != "text" or text is None:
            continue

        begun = entries(get(clerk, slug, **{one.names[0]: text[:2]}))

        rows = [row for row in rows_on(slug, DAY) if row.values[field] is not None]
        assert sorted(begun) == sorted(
            r.entry for r in rows if r.values[field].startswith(text[:2])
        )


@pytest.mark.parametrize("slug", SLUGS)
def test_every_blank_finds_the_rows_without_a_value(clerk: Client, slug: str) -> None:
    for column in blanks_of(LEDGERS[slug]):
        name = LEDGERS[slug].shape.columns_of(column.field)[0]
        also = "workplace" if column.field == "employer" and slug == "members" else name

        found = entries(get(clerk, slug, blank=column.field))

        rows = rows_on(slug, DAY)
        without = [r.entry for r in rows if r.values[name] is None and r.values[also] is None]
        assert sorted(found) == sorted(without)


def test_what_a_row_refers_to_is_found_by_name_and_by_code(clerk: Client) -> None:
    by_name = entries(get(clerk, "members", f_union="甲公司"))
    by_code = entries(get(clerk, "members", f_union=UNION))
    by_text = entries(get(clerk, "members", f_employer="外地"))

    held = UnionVersion.objects.filter(code=UNION).values_list("entry_id", flat=True)[0]
    rows = rows_on("members", DAY)
    assert (
        sorted(by_name)
        == sorted(by_code)
        == sorted(r.entry for r in rows if r.at("unions") == held)
    )
    assert by_text == [r.entry for r in rows if r.values["workplace"] == "外地某厂"]


# ---------------------------------------------------------------- quick tabs


@pytest.mark.parametrize(
    "day", ["2009-01-01", "2011-06-30", "2013-07-01", "2016-02-29", "2026-02-28"]
)
def test_tabs_are_the_figures_of_that_name(clerk: Client, day: str) -> None:
    told(
        "unions",
        {"工会名称": "闰日工会", "工会类型": "单独基层工会", "所属区划": "510703002",
         "建会日期": date(2008, 2, 29), "届期": "3", "换届日期": date(2008, 2, 29)},
    )  # fmt: skip

    def figure(code: str) -> list[int]:
        node = area("5107")
        answer = rows_behind(code, day=date.fromisoformat(day), known_at=None, node=node)
        return sorted(row["id"] for row in answer["rows"])

    overdue = entries(get(clerk, "unions", at=day, tab="overdue"))
    covered = entries(get(clerk, "employers", at=day, tab="covered", f_nature="企业"))
    uncovered = entries(get(clerk, "employers", at=day, tab="uncovered", f_nature="企业"))

    assert sorted(overdue) == figure("unions.overdue")
    assert sorted(covered) == figure("coverage.enterprises")
    assert sorted(covered + uncovered) == figure("employers.enterprises")


def test_tabs_of_members_and_agreements(clerk: Client) -> None:
    no_phone = entries(get(clerk, "members", tab="no-phone"))
    soon = entries(get(clerk, "agreements", tab="soon", at="2013-03-01"))
    over = entries(get(clerk, "agreements", tab="over", at="2013-04-01"))

    rows = rows_on("members", DAY)
    assert sorted(no_phone) == sorted(r.entry for r in rows if r.values["phone_blind"] is None)
    assert (len(soon), len(over)) == (2, 2)
    assert entries(get(clerk, "agreements", tab="soon", at="2013-02-28")) == []


# ---------------------------------------------------------------- what is shown


def test_numbers_of_people_are_masked_and_names_lead_on(clerk: Client) -> None:
    answer = get(clerk, "members", at="2010-01-31", cols=["phone", "union", "employer"])
    text = answer.content.decode()

    assert ANNA not in text
    assert BORIS not in text
    assert "13900005678" not in text
    anna = next(row for row in cells(answer) if row[0].startswith("安"))
    assert anna == [
        "安 " + ANNA[:6] + "********" + ANNA[-4:],
        "139****5678",
        "甲公司工会",
        "甲公司",
    ]
    page = BeautifulSoup(answer.content, "html.parser")
    leads = {str(a["href"]).split("?")[0] for a in page.select("tbody td a:not(.nmn)")}
    union = UnionVersion.objects.filter(code=UNION).values_list("entry_id", flat=True)[0]
    assert reverse("record", args=["unions", union]) in leads


def test_a_past_day_shows_its_own_names_and_no_deed(clerk: Client) -> None:
    before = get(clerk, "employers", at="2010-06-30")
    after = get(clerk, "employers", at="2011-06-30")

    assert "甲公司" in before.content.decode()
    assert "甲集团" in after.content.decode()
    for answer in (before, after):
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.select("input[name=ids], .ph a.gb, .ph form, .bulk") == []
        (why,) = page.select("#rows .note.past")
        assert "只能看" in why.text
        assert [a["href"] for a in why.select("a")] == ["/ledgers/employers/"]


def test_today_offers_what_one_may_do(client: Client) -> None:
    signed_in(client, Role.LEADER, area_id=area("5107"))
    leader = BeautifulSoup(get(client, "employers", at="").content, "html.parser")
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    clerk = BeautifulSoup(get(client, "employers", at="").content, "html.parser")

    assert leader.select(".ph a.gb, .ph form") == []
    assert [a.get_text(strip=True) for a in clerk.select(".ph a.gb")] == ["导入", "粘贴", "新增"]
    deeds = [b.get_text(strip=True) for b in clerk.select(".bulk button")]
    assert deeds == ["导出（遮挡号码）", "按模板导出…", "变更一列…", "取消"]
    assert clerk.select("button[name=unmask]") == []


def test_a_clerk_sees_the_own_township_only(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))

    answer = get(client, "employers")

    inside = [r.entry for r in rows_on("employers", DAY) if r.at("areas") == area("510703001")]
    assert entries(answer) == inside
    assert "乙公司" not in answer.content.decode()
    assert get(client, "employers", area="510703002").status_code == 404
    assert get(client, "employers", area="5107").status_code == 404
    assert get(client, "employers", area="510703001").status_code == 200


def test_a_union_officer_sees_the_own_branch(client: Client) -> None:
    own = UnionVersion.objects.filter(code=UNION).values_list("entry_id", flat=True)[0]
    signed_in(client, Role.UNION_OFFICER, union_id=own)

    members, employers = get(client, "members"), get(client, "employers")

    rows = rows_on("members", DAY)
    assert sorted(entries(members)) == sorted(r.entry for r in rows if r.at("unions") == own)
    assert employers.status_code == 200
    assert entries(employers) == []
    assert "您的管理范围内没有可列的区划或工会" in employers.content.decode()
    assert get(client, "members", tree="affiliation", union="999999").status_code == 404
    assert get(client, "members", tree="affiliation", union="x").status_code == 404


def test_paging_by_links_visits_every_row(clerk: Client) -> None:
    told("members", *(
        {"证件类别": "护照", "证件号码": f"P{i:05}", "姓名": f"会员{i:03}", "所属工会": UNION,
         "入会日期": date(2009, 1, 1)} for i in range(120)
    ))  # fmt: skip
    truth = sorted(r.entry for r in rows_on("members", DAY))
    answer = get(clerk, "members")
    seen = entries(answer)
    assert len(seen) == 50

    def link(rel: str) -> str | None:
        found = BeautifulSoup(answer.content, "html.parser").select_one(f"a[rel={rel}]")
        return None if found is None else str(found["href"])

    assert link("prev") is None
    pages = [seen]
    while there := link("next"):
        answer = clerk.get(there)
        pages.append(entries(answer))
    back: list[list[int]] = []
    while there := link("prev"):
        answer = clerk.get(there)
        back.insert(0, entries(answer))

    assert sorted(e for page in pages for e in page) == truth
    assert [len(page) for page in pages] == [50, 50, len(truth) - 100]
    assert back == pages[:-1]


def test_a_page_takes_as_many_queries_whatever_its_length(clerk: Client) -> None:
    get(clerk, "members")
    with CaptureQueriesContext(connection) as few:
        get(clerk, "members")
    told("members", *(
        {"证件类别": "护照", "证件号码": f"P{i:05}", "姓名": f"会员{i:03}", "所属工会": UNION,
         "入会日期": date(2009, 1, 1)} for i in range(120)
    ))  # fmt: skip
    get(clerk, "members")
    with CaptureQueriesContext(connection) as many:
        answer = get(clerk, "members", size=100)

    assert len(entries(answer)) == 100
    assert len(many) <= len(few) <= 22


def test_count_comes_after_the_page(clerk: Client) -> None:
    address = reverse("ledger-count", args=["members"])
    query = {"at": DAY.isoformat(), "tab": "no-phone"}

    whole = clerk.get(address, query)
    part = clerk.get(address, query, headers={"HX-Request": "true"})

    expected = sum(r.values["phone_blind"] is None for r in rows_on("members", DAY))
    assert part.content.decode() == str(expected)
    assert f"<b>{expected}</b>" in whole.content.decode()
    assert clerk.get(address, {"f_x": "1"}).status_code == 422


def test_counts_end_where_they_would_read_everything() -> None:
    assert counted(Count(MOST_COUNTED, whole=True)) == "10,000"
    assert counted(Count(MOST_COUNTED + 1, whole=True)) == "10,000 以上"
    assert counted(Count(12, whole=False)) == "至少 12"


def test_fragment_is_a_part_of_the_page(clerk: Client) -> None:
    address = reverse("ledger", args=["employers"])

    part = clerk.get(address, {"at": DAY.isoformat()}, headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<div id="rows"')
    assert entries(part) == entries(get(clerk, "employers"))
