"""Exports: what is written, and what is left out."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import Putters, _Sheets, _Words, write_export
from gongjian.ledgers.tests.city import (
    ANNA,
    DAY,
    FIRM,
    OTHER,
    SLUGS,
    UNION,
    city,
    errors,
    export,
    sheet,
    take,
    told,
)
from gongjian.ledgers.writing import workbook
from tests.papers import county

pytestmark = pytest.mark.django_db


def test_rows_of_a_day(tmp_path: Path) -> None:
    city()

    rows = sheet(export("employers", tmp_path, day=date(2011, 12, 31)))

    assert [r.pop("系统编号").partition("-")[0] for r in rows] == ["1", "2", "3"]
    midnight = {k: v for row in rows for k, v in row.items() if k.endswith("日期")}
    assert {v.time().isoformat() for v in midnight.values()} == {"00:00:00"}
    assert [{k: v for k, v in row.items() if not k.endswith("日期")} for row in rows] == [
        {"统一社会信用代码": FIRM, "单位名称": "甲集团", "所属区划": "510703001", "单位性质": "企业",
         "行业": "C", "经营状态": "在业", "职工人数": 150, "世界500强": "否"},
        {"统一社会信用代码": OTHER, "单位名称": "=乙公司", "所属区划": "510703003",
         "单位性质": "企业", "经营状态": "在业", "职工人数": 30},
        {"单位名称": "丙店", "所属区划": "510703002", "单位性质": "个体工商户", "经营状态": "在业",
         "职工人数": 3},
    ]  # fmt: skip
    days = [(r["成立日期"].date(), r["生效日期"].date(), r.get("注销日期")) for r in rows]
    assert days[0] == (date(2006, 5, 18), date(2011, 1, 1), None)
    assert (days[1][0], rows[1]["注销日期"].date()) == (date(2003, 1, 1), date(2011, 9, 9))


def test_history_says_what_was_emptied(tmp_path: Path) -> None:
    city()

    rows = sheet(export("employers", tmp_path, history=True))

    firm = [r for r in rows if r.get("统一社会信用代码") == FIRM]
    assert [r["生效日期"].year for r in firm] == [2006, 2010, 2011]
    assert [r.get("女职工人数") for r in firm] == [40, 40, "清空"]
    assert [r.get("联系电话") for r in firm] == ["13800001234", "13800001234", "清空"]


def test_identity_numbers_and_telephones_are_masked(tmp_path: Path) -> None:
    city()

    masked = sheet(export("members", tmp_path, unmask=False))[0]
    plain = sheet(export("members", tmp_path))[0]

    assert (masked["证件号码"], masked["手机"]) == (f"510703********{ANNA[-4:]}", "139****5678")
    assert (plain["证件号码"], plain["手机"]) == (ANNA, "13900005678")


def test_the_end_of_a_membership_is_a_standing(tmp_path: Path) -> None:
    city()

    rows = sheet(export("members", tmp_path))

    said = [
        (r["姓名"], r["入会日期"].year, r["会籍状态"], r.get("会籍变化原因"))
        for r in rows
        if r["姓名"] in "白程"
    ]
    assert said == [
        ("白", 2008, "保留", "待岗"),
        ("白", 2008, "退会", "本人申请"),
        ("白", 2011, "正常", None),
        ("程", 2008, "去世", None),
    ]


def test_a_term_told_after_its_election_takes_a_row_before(tmp_path: Path) -> None:
    city()

    rows = [r for r in sheet(export("unions", tmp_path)) if r.get("工会代码") == UNION]

    said = [(r["生效日期"].date(), r["届期"], "换届日期" in r) for r in rows]
    assert said == [(date(2011, 6, 1), "3", True), (date(2012, 1, 1), "5", False)]
    assert rows[0]["换届日期"].date() == date(2011, 6, 1)


def test_only_what_stands_within_is_written(tmp_path: Path) -> None:
    city()
    street = frozenset({3})

    written = {
        slug: write_export(LEDGERS[slug], tmp_path / "w.xlsx", day=DAY, within={"areas": street})
        for slug in SLUGS
    }
    of_union = {
        slug: write_export(
            LEDGERS[slug], tmp_path / "w.xlsx", day=DAY, within={"unions": frozenset({2})}
        )
        for slug in SLUGS
    }

    assert list(written.values()) == [1, 1, 2, 2, 6, 1, 1]
    assert list(of_union.values()) == [0, 0, 2, 2, 6, 1, 1]
    assert write_export(LEDGERS["members"], tmp_path / "w.xlsx", day=DAY, within={}) == 0


def test_text_stays_text(tmp_path: Path) -> None:
    county()
    names = [
        '=HYPERLINK("http://a.cn","甲")',
        "+1",
        "-1",
        "@SUM(A1)",
        "<r><t>甲</t></r>",
        "_x0041_",
    ]
    told(
        "employers",
        *({"单位名称": name, "所属区划": "510703001", "单位性质": "企业", "职工人数": 1,
           "成立日期": date(2001, 1, 1)} for name in names),
    )  # fmt: skip

    path = export("employers", tmp_path)
    answer = take("employers", path)

    cells = [row[2] for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] != ["f"] * len(names)
    assert "f" not in {cell.data_type for cell in cells}
    assert (errors(answer), answer.counts["unchanged"]) == ([], len(names))


def test_a_full_sheet_is_followed_by_another(tmp_path: Path) -> None:
    path, ledger = tmp_path / "a.xlsx", LEDGERS["areas"]
    with workbook(path, streaming=True) as book:
        words = _Words()
        paper = _Sheets(book, ledger, Putters(book, ledger, words, unmask=False), sheet_rows=3)
        for entry in range(1, 6):
            paper.add({"name": f"第{entry}"})

    sheets = load_workbook(path).worksheets
    assert [s.title for s in sheets] == ["区划台账", "区划台账（2）", "区划台账（3）"]
    named = [[row[2] for row in s.iter_rows(values_only=True)] for s in sheets]
    assert named == [["名称", "第1", "第2"], ["名称", "第3", "第4"], ["名称", "第5"]]


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    (tmp_path / "taken.xlsx" / "draft.xlsx").mkdir()

    with pytest.raises(Refused) as nowhere:
        write_export(LEDGERS["areas"], tmp_path / "none" / "a.xlsx", day=DAY)
    with pytest.raises(Refused) as taken:
        write_export(LEDGERS["areas"], tmp_path / "taken.xlsx", day=DAY)

    assert nowhere.value.sentence == f"文件夹“{tmp_path / 'none'}”不存在，请先建好或换一个位置。"
    assert taken.value.sentence == (
        f"文件“{tmp_path / 'taken.xlsx'}”写不进去，请检查是否有权写入、是否正被别的程序打开。"
    )
