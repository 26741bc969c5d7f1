"""The demo city counted once more, by hand: straight from its rows, without database or figures."""

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from gongjian.core.codes import credit_code_ok, identity_ok, sex_of
from gongjian.demo.city import story
from gongjian.demo.city.book import Book
from gongjian.demo.city.plan import DAY, KINDS, MONTHS, OPENING, PUBLISHED

Row = dict[str, Any]
BASE_KINDS = ("单独基层工会", "联合基层工会")
KINDS_OF_AGREEMENT = {"single": "单独", "regional": "区域性", "industry": "行业性"}


@cache
def made() -> list[Book]:
    """The city, made once for all tests that only look at it."""
    return story.make()


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    return {book.slug: book for book in made()}


class Recount:
    """The ledgers as value periods, and what of them holds on a day (FORMATS 4)."""

    def __init__(self, books: dict[str, Book]) -> None:
        self.rows: dict[str, list[Row]] = {
            slug: [dict(zip(book.heads, cells, strict=True)) for cells in book.periods()]
            for slug, book in books.items()
        }

    def on(self, slug: str, day: date, key: str, starts: str, ends: str) -> dict[str, Row]:
        """Key → the values that hold on ``day``, of entries whose period runs on it."""
        held: dict[str, Row] = {}
        for row in self.rows[slug]:
            begins = row[starts]
            if (row.get("生效日期") or begins) <= day:
                held[row[key]] = row
        return {
            k: row
            for k, row in held.items()
            if row[starts] <= day and (row[ends] is None or day < row[ends])
        }

    def employers(self, day: date) -> dict[str, Row]:
        found = self.on("employers", day, "统一社会信用代码", "成立日期", "注销日期")
        return {code: row for code, row in found.items() if row["经营状态"] == "在业"}

    def unions(self, day: date) -> dict[str, Row]:
        return self.on("unions", day, "工会代码", "建会日期", "撤销日期")

    def covered(self, day: date) -> dict[str, set[str]]:
        """Employer → modes."""
        unions, employers = self.unions(day), self.employers(day)
        found = defaultdict(set)
        for row in self.rows["coverage"]:
            runs = row["起始日期"] <= day and (row["终止日期"] is None or day < row["终止日期"])
            if runs and row["工会"] in unions and row["用人单位"] in employers:
                found[row["用人单位"]].add(row["涵盖方式"])
        return found

    def members(self, day: date) -> list[Row]:
        held: dict[str, Row] = {}
        for row in self.rows["members"]:
            if (row["生效日期"] or row["入会日期"]) <= day:
                held[row["证件号码"]] = row
        unions = self.unions(day)
        return [
            row
            for row in held.values()
            if row["所属工会"] in unions
            and (row["会籍状态"] == "正常" or day < row["会籍变化日期"])
            and row["入会日期"] <= day
        ]

    def in_force(self, day: date) -> dict[str, Row]:
        return {r["协议编号"]: r for r in self.rows["agreements"] if _in_force(r, day)}

    def signed(self, day: date) -> list[Row]:
        year = date(day.year, 1, 1)
        return [
            row
            for row in self.rows["agreements"]
            if year <= row["签订日期"] <= day and not (row["作废日期"] and row["作废日期"] <= day)
        ]

    def workers(self, day: date) -> dict[str, dict[str, int]]:
        """Employer → kind → workers."""
        agreements, employers = self.in_force(day), self.employers(day)
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self.rows["agreement-coverage"]:
            agreement, employer = agreements.get(row["协议编号"]), row["用人单位"]
            if agreement is None or employer not in employers:
                continue
            begins = row["起始日期"] or agreement["期限起"]
            if begins <= day <= (row["终止日期"] or agreement["期限止"]):
                kind = agreement["协议类型"]
                found[employer][kind] = max(found[employer].get(kind, 0), row["覆盖职工数"])
        return found

    def base(self, day: date) -> dict[str, Row]:
        return {c: row for c, row in self.unions(day).items() if row["工会类型"] in BASE_KINDS}

    def figures(self, day: date) -> dict[str, Any]:
        eve = date(day.year, 1, 1) - timedelta(days=1)
        employers, covered, members = self.employers(day), self.covered(day), self.members(day)
        enterprises: set[str] = {c for c, row in employers.items() if row["单位性质"] == "企业"}
        unionised = enterprises & set(covered)
        found: dict[str, Any] = {
            "unions.base.net": len(self.base(day)) - len(self.base(eve)),
            "coverage.units": len(covered),
            "coverage.units.net": len(covered) - len(self.covered(eve)),
            "coverage.enterprises": len(unionised),
            "members.total": len(members),
            "members.total.net": len(members) - len(self.members(eve)),
            "rate.union": (len(unionised), len(enterprises)),
        }
        workers = self.workers(day)
        found["rate.signing"] = (len(unionised & set(workers)), len(unionised))
        return found | _agreements(self.signed(day), workers)


def _in_force(row: Row, day: date) -> bool:
    if row["作废日期"] and row["作废日期"] <= day:
        return False
    if not (row["签订日期"] <= day and row["期限起"] <= day <= row["期限止"]):
        return False
    if row["生效日期"]:
        return bool(row["生效日期"] <= day)
    heard = row["审查意见"] != "有异议" and row["收到日期"]
    return bool(heard) and row["收到日期"] + timedelta(days=15) <= day


def _agreements(signed: list[Row], workers: dict[str, dict[str, int]]) -> dict[str, int]:
    kinds = Counter(row["协议类型"] for row in signed)
    found = {"agreements.signed": len(signed), "agreements.employers": len(workers)}
    found["agreements.employers.overlap"] = sum(len(told) > 1 for told in workers.values())
    found["agreements.workers"] = sum(max(told.values()) for told in workers.values())
    everything = sum(sum(told.values()) for told in workers.values())
    found["agreements.workers.overlap"] = everything - found["agreements.workers"]
    for code, kind in KINDS_OF_AGREEMENT.items():
        under = [told[kind] for told in workers.values() if kind in told]
        found[f"agreements.signed.{code}"] = kinds[kind]
        found[f"agreements.employers.{code}"] = len(under)
        found[f"agreements.workers.{code}"] = sum(under)
    return found


@pytest.fixture(scope="module")
def city(books: dict[str, Book]) -> Recount:
    return Recount(books)


def test_published_figures_come_out_to_the_unit(city: Recount) -> None:
    assert city.figures(DAY) == PUBLISHED


def test_opening_is_what_the_bulletin_started_from(city: Recount) -> None:
    covered = city.covered(OPENING)

    assert len(covered) == 3_804
    assert len(city.members(OPENING)) == 65_068


def test_all_agreements_of_the_year_are_in_force_and_no_other(city: Recount) -> None:
    signed = {row["协议编号"] for row in city.signed(DAY)}

    assert set(city.in_force(DAY)) == signed


def test_every_unit_under_an_agreement_is_a_unionised_enterprise(city: Recount) -> None:
    employers, covered = city.employers(DAY), city.covered(DAY)

    assert {employers[code]["单位性质"] for code in city.workers(DAY)} == {"企业"}
    assert set(city.workers(DAY)) <= set(covered)


def test_coverage_has_all_modes_and_some_units_two(city: Recount) -> None:
    modes = Counter(mode for told in city.covered(DAY).values() for mode in told)

    assert dict(sorted(modes.items())) == {
        "分会": 44,
        "单独": 4_682,
        "联合": 2_107,
        "联合会": 1_516,
    }
    assert sum(len(told) > 1 for told in city.covered(DAY).values()) == 171


def test_fucheng_has_a_third_of_all_members(city: Recount) -> None:
    unions = city.unions(DAY)
    here = sum(
        unions[row["所属工会"]]["所属区划"].startswith("510703") for row in city.members(DAY)
    )

    assert round(here / len(city.members(DAY)), 2) == 0.33


def test_hollow_and_overdue_unions_are_there(city: Recount) -> None:
    filled = {row["所属工会"] for row in city.members(DAY)}
    elected: dict[str, Row] = {}
    for row in city.rows["unions"]:
        if (row["换届日期"] or row["建会日期"]) <= DAY:
            elected[row["工会代码"]] = row
    due = {
        code: (elected[code]["换届日期"] or row["建会日期"], int(row["届期"]))
        for code, row in city.base(DAY).items()
    }
    overdue = [c for c, (last, term) in due.items() if last.replace(year=last.year + term) <= DAY]

    assert (len(set(city.base(DAY)) - filled), len(overdue)) == (73, 283)


def test_numbers_are_valid_and_unlike(city: Recount) -> None:
    employers = {row["统一社会信用代码"] for row in city.rows["employers"]}
    unions = {row["工会代码"] for row in city.rows["unions"]}
    people = {row["证件号码"]: row["性别"] for row in city.rows["members"]}

    assert all(credit_code_ok(code) for code in employers | unions)
    assert all(code.startswith("81") for code in unions)
    assert len(employers | unions) == len(employers) + len(unions)
    assert all(identity_ok(number) for number in people)
    assert all(sex_of(number) == sex for number, sex in people.items())


def test_entries_have_one_key_each(books: dict[str, Book]) -> None:
    for slug, column in (
        ("employers", "单位名称"),
        ("unions", "工会名称"),
        ("members", "证件号码"),
    ):
        book = books[slug]
        at = book.heads.index(column)
        told = Counter(entry.first[at] for entry in book.entries)
        assert [name for name, count in told.items() if count > 1] == []


def test_every_row_lies_within_its_report(books: dict[str, Book]) -> None:
    """Nothing is told before it happened, but for ends of terms that were agreed on."""
    ahead = ("期限止", "期限起", "生效日期", "收到日期", "报送日期")
    late = []
    for batch in story.batches(list(books.values())):
        limit = date(2011, batch.report, 25) if batch.report else OPENING
        for cells in batch.rows:
            for head, cell in zip(batch.heads, cells, strict=True):
                agreed = batch.ledger == "agreements" and head in ahead
                if isinstance(cell, date) and cell > limit and not agreed:
                    late.append((batch.name, head, cell))
    assert late == []


def test_plan_adds_up() -> None:
    assert sum(kind.units for kind in KINDS) == PUBLISHED["coverage.units"]
    assert sum(month.signed for month in MONTHS) == PUBLISHED["agreements.signed"]
    new = sum(kind.units - kind.old for kind in KINDS)
    assert sum(month.covered for month in MONTHS) == new
    net = PUBLISHED["coverage.units.net"]
    assert new - sum(month.lost for month in MONTHS) == net


def test_every_run_makes_the_same_city(books: dict[str, Book]) -> None:
    """Another process, with other hashes of strings."""
    program = (
        "import django; django.setup();"
        "from gongjian.demo.city import story;"
        "print(*[b.digest for b in story.batches(story.make())])"
    )
    environment = {"PYTHONHASHSEED": "20111228", "DJANGO_SETTINGS_MODULE": "gongjian.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )

    assert ran.stdout.split() == [b.digest for b in story.batches(list(books.values()))]
