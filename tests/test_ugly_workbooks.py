"""Ugly workbooks through the whole import: what a clerk's file looks like and what comes of it."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongjian.core.access import OPERATOR
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Answer, Request, run
from tests.papers import bring, codes, county
from tests.ugly.builders import (
    TOWN,
    UNION_NAME,
    WRITERS,
    Case,
    code,
    old_number,
    person,
    union_code,
)
from tests.ugly.cases_cells import CASES as CELLS
from tests.ugly.cases_codes import CASES as CODES
from tests.ugly.cases_dates import CASES as DATES
from tests.ugly.cases_headers import CASES as HEADERS
from tests.ugly.cases_hostile import CASES as HOSTILE
from tests.ugly.cases_people import CASES as PEOPLE
from tests.ugly.cases_rows import CASES as ROWS
from tests.ugly.cases_sheets import CASES as SHEETS
from tests.ugly.cases_text import CASES as TEXTS
from tests.ugly.cases_xml import CASES as XML

CASES = (
    *HEADERS, *SHEETS, *ROWS, *CELLS, *DATES, *CODES, *PEOPLE, *XML, *TEXTS, *HOSTILE,
)  # fmt: skip
ON = date(2015, 1, 1)
NUMBERS = [make(seed) for seed in range(100) for make in (person, old_number)]
OUTCOMES = ("new", "changed", "unchanged", "bad", "skipped")


@pytest.fixture
def ledgers(db: None) -> None:
    """A county with a firm, its union, a member and an agreement; and two towns of one name."""
    county()
    bring(
        "areas",
        {"区划代码": "510704", "名称": "游仙区", "上级代码": "5107", "类型": "区"},
        {"区划代码": "510704001", "名称": "塘汛镇", "上级代码": "510704", "类型": "镇"},
    )
    firm = {"单位名称": "绵阳涪江机械有限公司", "所属区划": TOWN, "单位性质": "企业"}
    numbers = {"职工人数": 120, "女职工人数": 40, "成立日期": "2006-05-18"}
    shop = {"单位名称": "东街早餐店", "所属区划": TOWN, "单位性质": "个体工商户", "职工人数": 3}
    bring("employers", {"统一社会信用代码": code(1), **firm, **numbers}, shop, on=date(2010, 1, 1))
    union = {"工会代码": union_code(1), "工会名称": UNION_NAME, "工会类型": "单独基层工会"}
    bring("unions", {**union, "所属区划": TOWN, "建会日期": "2008-06-01"})
    joined = {"姓名": "张示1", "所属工会": UNION_NAME, "入会日期": "2010-03-01"}
    bring("members", {"证件号码": person(1), **joined})
    term = {"签订日期": "2011-03-20", "期限起": "2011-04-01", "期限止": "2012-03-31"}
    kind = {"协议编号": "绵工协〔2011〕001号", "协议类型": "单独", "签约工会": union_code(1)}
    bring("agreements", {**kind, **term})


def imported(case: Case, folder: Path) -> Answer:
    """The answer to the case's paper."""
    path = folder / f"台账{case.paper.suffix}"
    case.paper.write(path)
    asked: dict[str, Any] = {"on": ON, **case.asked}
    return run(Request(ledger=LEDGERS[case.ledger], actor=OPERATOR, path=path, **asked))


def expected(case: Case) -> dict[str, Any]:
    """The answer without the problems and the number of the change."""
    errors = case.counts.get("bad", 0) or any(row is None for row, _, _ in case.problems)
    told = case.counts.get("new", 0) + case.counts.get("changed", 0)
    refused = errors and not case.asked.get("skip_bad")
    return {
        "ledger": case.ledger,
        "sheet": case.sheet,
        "header_row": case.header_row,
        "rows": sum(case.counts.values()),
        **{outcome: case.counts.get(outcome, 0) for outcome in OUTCOMES},
        "totals_skipped": case.totals,
        "ignored_columns": list(case.ignored),
        "other_sheets": list(case.others),
        "committed": bool(told and not refused and not case.asked.get("dry_run")),
    }


@pytest.mark.usefixtures("ledgers")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.paper.writer}-{case.name}")
def test_ugly_workbook(case: Case, tmp_path: Path) -> None:
    answer = imported(case, tmp_path)

    told = answer.as_json()
    assert sorted(codes(answer), key=str) == sorted(case.problems, key=str)
    assert {key: told[key] for key in told.keys() - {"change", "problems"}} == expected(case)
    assert shown_numbers(answer) == []
    assert all(p["message"].endswith("。") for p in told["problems"])
    if case.means:
        again = bring(case.ledger, *map(dict, case.means), on=ON)
        assert (codes(again), again.counts) == ([], {"unchanged": len(case.means)})


def shown_numbers(answer: Answer) -> list[str]:
    """Identity numbers that stand unmasked in an answer."""
    text = json.dumps(answer.as_json(), ensure_ascii=False)
    known = [number for number in NUMBERS if number in text.upper()]
    return known + (re.findall(r"\d{14,}[\dXx]?", text) if answer.ledger == "members" else [])


def test_there_are_cases_of_every_kind() -> None:
    by_writer = Counter(case.paper.writer for case in CASES)

    assert len(CASES) >= 80
    assert [writer for writer in WRITERS if by_writer[writer] < 12] == []
    assert len({case.name for case in CASES}) == len(CASES)
