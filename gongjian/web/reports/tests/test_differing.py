"""The difference sheet: each row with its kind, reason, person and change; and all of it as a book."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_credit_code
from gongjian.files.actions import open_file
from gongjian.history.models import Change, TrailRecord
from gongjian.history.repair import annul, merge
from gongjian.history.undo import undo
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Request, author, take
from gongjian.ledgers.tests.city import FIRM, city, told
from gongjian.reporting.actions import lock
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.queries import difference_sheet
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, OTHER, TOWN
from gongjian.web.reports import queries
from gongjian.web.reports.sheet import sheet_of
from gongjian.web.reports.tests.test_pages import got, person, text
from gongjian.web.tests.people import make_person, sign_in
from gongjian.web.text import moment
from tests.papers import bring, table
from tests.worlds import entry

pytestmark = pytest.mark.django_db
SHOP = {"单位名称": "新店", "所属区划": TOWN, "单位性质": "个体工商户", "职工人数": 7,
        "成立日期": date(2011, 6, 1)}  # fmt: skip
SHEET = f"/reports/difference/?area={CITY}&month=2011-06"
ORDER = {"area": CITY, "month": "2011-06"}


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_FOLDER = tmp_path


@pytest.fixture
def month() -> LockedMonth:
    city()
    told("employers", {**SHOP, "单位名称": "双店甲"},
         {**SHOP, "单位名称": "双店乙", "所属区划": OTHER})  # fmt: skip
    told("employers", {**SHOP, "单位名称": "旧店"})
    return lock(JUNE, area_id=area(CITY), by=OPERATOR)


def because(reason: str) -> Any:
    return author(OPERATOR, reason)


def rows(client: Client, heading: str) -> list[list[str]]:
    """The rows of one figure of the sheet."""
    page = got(client, SHEET)
    (panel,) = [p for p in page.select("section.panel") if heading in p.find_all("h2")[0].text]
    return [
        [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.find_all(["td", "th"])]
        for row in panel.select("tbody tr")
    ]


def filed(row: dict[str, Any], reason: str) -> None:
    asked = Request(ledger=LEDGERS["employers"], actor=OPERATOR, reason=reason)
    assert take(asked, table([row])).change


def hand_in(client: Client) -> Job:
    answer = client.post("/reports/difference/export/", ORDER)
    assert answer.status_code == 302, answer.content.decode()[:500]
    return Job.objects.latest("pk")


def test_every_row_has_its_kind_its_reason_and_who_did_it_when(month: LockedMonth) -> None:
    filed(SHOP, "镇里补报")
    filed({"统一社会信用代码": FIRM, "职工人数": 149, "生效日期": date(2010, 1, 1)}, "抄错")
    annul("employers", entry("employers", "旧店"), by=because("录错了县"))
    bring("employers", {**SHOP, "单位名称": "无名店"})
    client = person(Role.CITY_ORGANISER, CITY)
    found = {row[1].split()[0]: row for row in rows(client, "职工人数")}
    changes = {c.number: c for c in Change.objects.filter(pk__gt=month.known_at)}
    first = month.known_at + 1
    who = "系统操作员"

    def said(number: int) -> str:
        return f"变更 {number} {who} {moment(changes[number].at)}"

    assert found["新店"][3:] == ["迟报", "镇里补报", said(first)]
    assert found["旧店"][3:] == ["作废", "录错了县", said(first + 2)]
    assert found["无名店"][3:] == ["迟报", "未写理由", said(first + 3)]
    (went, came) = [row for row in rows(client, "职工人数") if row[1].startswith("甲集团")][::-1]
    assert (went[0], came[0]) == ("移出", "计入")
    assert went[3:] == came[3:] == ["更正", "抄错", said(first + 1)]


def test_mergers_and_what_was_taken_back_say_so(month: LockedMonth) -> None:
    first, second = entry("employers", "双店甲"), entry("employers", "双店乙")
    merge("employers", second, first, by=because("一家"))
    undo(month.known_at, by=because("不是本市的"), allow=lambda _: None)
    found = {row[1].split()[0]: row for row in rows(person(Role.LEADER, CITY), "职工人数")}
    assert {name: row[3:5] for name, row in found.items()} == {
        "双店乙": ["合并", "一家"],
        "旧店": ["撤销", "不是本市的"],
    }


def test_a_paper_that_does_both_says_both(month: LockedMonth) -> None:
    told("employers", SHOP, {"统一社会信用代码": FIRM, "职工人数": 149,
                             "生效日期": date(2010, 1, 1)})  # fmt: skip
    found = rows(person(Role.CITY_ORGANISER, CITY), "职工人数")
    assert {row[3] for row in found} == {"更正 迟报"}


@pytest.mark.parametrize("count", [2, 30])
def test_the_page_asks_a_handful_of_questions_of_its_changes(
    month: LockedMonth, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        told("employers", *({**SHOP, "统一社会信用代码": make_credit_code(100 * n + i + 500),
                             "单位名称": f"店{n}-{i}"} for i in range(count)))  # fmt: skip
    found = difference_sheet(month)
    with django_assert_max_num_queries(4):
        assert sheet_of(found, month.at) != []


# ---------------------------------------------------------------------- the whole sheet


def test_the_whole_sheet_is_written_in_the_background(month: LockedMonth) -> None:
    filed(SHOP, "镇里补报")
    filed({"统一社会信用代码": FIRM, "职工人数": 149, "生效日期": date(2010, 1, 1)}, "抄错")
    client = person(Role.CITY_ORGANISER, CITY)
    page = got(client, SHEET)
    (form,) = page.select("form[action='/reports/difference/export/']")
    assert "取走整张表" in form.get_text()
    job = hand_in(client)
    assert hand_in(client) == job  # what waits is not written twice
    run_pending()
    job.refresh_from_db()
    assert (job.state, job.sentence) == (State.DONE, "")
    result = job.result or {}
    with open_file(result["file"]) as file:
        book = load_workbook(file)
    figures, *lines = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    (listed,) = lines
    sheet = difference_sheet(month)
    named = [(one.figure.name, one.then, one.now, len(one.came), len(one.went)) for one in sheet]
    assert [(r[0], r[5], r[6]) for r in figures[1:]] == [(n[0], n[3], n[4]) for n in named]
    for at in (1, 2):
        assert [r[at + 1] for r in figures[1:]] == pytest.approx([n[at] for n in named])
    assert len(listed) - 1 == sum(len(one.came) + len(one.went) for one in sheet)
    assert (result["figures"], result["rows"]) == (len(sheet), len(listed) - 1)
    head, *body = listed
    staff: list[dict[Any, Any]] = [
        dict(zip(head, row, strict=True)) for row in body if row[0] == "职工人数"
    ]
    told_ = {(r["增减"], r["名称"], r["数"], r["类别"], r["变更"], r["理由"]) for r in staff}
    first = month.known_at + 1
    assert told_ == {
        ("计入", "新店", 7, "迟报", first, "镇里补报"),
        ("计入", "甲集团", 149, "更正", first + 1, "抄错"),
        ("移出", "甲集团", 150, "更正", first + 1, "抄错"),
    }
    moved = sum(r["数"] * (1 if r["增减"] == "计入" else -1) for r in staff)
    assert moved == next(r[4] for r in figures if r[0] == "职工人数")
    assert {r["经办人"] for r in staff} == {"系统操作员"}


def test_it_is_given_out_to_its_owner_and_noted(month: LockedMonth) -> None:
    told("employers", SHOP)
    client = Client()
    owner = sign_in(client, make_person(Role.CITY_ORGANISER, area_id=area(CITY)))
    job = hand_in(client)
    link = TrailRecord.objects.filter(kind="export").latest("number")
    said = json.loads(link.body)
    assert (said["difference"], said["place"], said["actor"]) == ("2011-06", CITY, owner.pk)
    assert "导出差异表：2011-06" in got(client, "/changes/trail/").get_text()
    address = f"/reports/difference/downloads/{job.pk}/"
    assert client.get(address).status_code == 404
    run_pending()
    job.refresh_from_db()
    assert (job.result or {})["address"] == address
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer.getvalue()[:2] == b"PK"
    assert person(Role.CITY_ORGANISER, CITY).get(address).status_code == 404
    Post.objects.filter(user=owner).update(area_id=area(COUNTY))
    assert client.get(address).status_code == 404


def test_who_may_take_it_and_where(month: LockedMonth) -> None:
    told("employers", SHOP)
    leader = person(Role.LEADER, CITY)
    assert got(leader, SHEET).select("form[action$='export/']") == []
    assert leader.post("/reports/difference/export/", ORDER).status_code == 403
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    assert county.post("/reports/difference/export/", ORDER).status_code == 404
    not_locked = county.post("/reports/difference/export/", {**ORDER, "area": COUNTY})
    assert not_locked.status_code == 422
    assert Job.objects.count() == 0


def test_whoever_lost_the_city_meanwhile_gets_nothing(month: LockedMonth) -> None:
    told("employers", SHOP)
    client = Client()
    owner = sign_in(client, make_person(Role.CITY_ORGANISER, area_id=area(CITY)))
    job = hand_in(client)
    Post.objects.filter(user=owner).update(area_id=area(COUNTY))
    run_pending()
    job.refresh_from_db()
    assert (job.state, job.sentence) == (
        State.FAILED, "“绵阳市”已不在您可以导出的范围内，请换一个地方。"
    )  # fmt: skip


def test_what_is_large_is_offered_as_a_book(
    month: LockedMonth, monkeypatch: pytest.MonkeyPatch
) -> None:
    told("employers", SHOP)
    monkeypatch.setattr(queries, "LARGE", 0)
    page = got(person(Role.CITY_ORGANISER, CITY), SHEET)
    said = text(page, "main")
    assert ("新店" in said, "又写了 1 段" in said, "命令" in said) == (False, True, False)
    assert len(page.select("form[action='/reports/difference/export/']")) == 1
    leader = text(got(person(Role.LEADER, CITY), SHEET), "main")
    assert "请由可以导出台账的人" in leader


def test_the_links_are_read_no_further_than_what_is_large(
    month: LockedMonth, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲店", "乙店", "丙店"):
        told("employers", {**SHOP, "单位名称": name})
    assert queries.written_since(month.known_at) == 3
    monkeypatch.setattr(queries, "LARGE", 1)
    assert queries.written_since(month.known_at) == 2
    said = text(got(person(Role.CITY_ORGANISER, CITY), SHEET), "main")
    assert "又写了 2 段以上" in said
