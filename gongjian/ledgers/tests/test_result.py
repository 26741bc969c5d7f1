"""Results: the clerk's own sheet, what came of each row, and that it can be imported again."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_credit_code
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Answer, Request, run
from gongjian.ledgers.reading import Limits
from gongjian.ledgers.result import write_result
from tests.papers import county

EMPLOYERS = LEDGERS["employers"]
HEAD = ["统一社会信用代码", "单位名称", "所属区划", "单位性质", "职工人数", "成立日期", "备注"]
GOOD = [make_credit_code(1), "甲公司", "510703001", "企业", 12, date(2001, 2, 3), "=1+1"]
BAD = ["91510703MA00000000", "乙公司", "510703001", None, "x", date(2001, 2, 3), 51070319850302]
RED, AMBER = "FFFFC7CE", "FFFFEB9C"

pytestmark = pytest.mark.django_db


def book(path: Path, *rows: list[Any]) -> Path:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "单位"
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at, value)
            if isinstance(value, str):
                cell.data_type = "s"
    made.save(path)
    return path


def take(path: Path, **options: Any) -> Answer:
    return run(Request(ledger=EMPLOYERS, actor=OPERATOR, path=path, **options))


def result(source: Path, answer: Answer) -> Worksheet:
    path = source.with_name("result.xlsx")
    write_result(source, answer, EMPLOYERS, path)
    sheet = load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def added(sheet: Worksheet, width: int) -> list[tuple[Any, ...]]:
    rows = sheet.iter_rows(min_col=width + 1, max_col=width + 2, values_only=True)
    return list(rows)


def test_good_rows_of_a_refused_file_say_they_were_not_imported(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", ["填报单位：某镇"], HEAD, GOOD, BAD)

    sheet = result(source, take(source))

    assert sheet.title == "单位"
    assert added(sheet, len(HEAD))[:3] == [(None, None), ("导入结果", "问题"), ("未导入", None)]
    outcome, problems = added(sheet, len(HEAD))[3]
    assert outcome == "有错"
    assert [p.partition("：")[0] for p in problems.rstrip("。").split("；")] == [
        "统一社会信用代码", "单位性质", "职工人数",
    ]  # fmt: skip
    coloured = {c.column: c.fill.fgColor.rgb for c in sheet[4] if c.fill.patternType}
    assert coloured == {1: RED, 4: RED, 5: RED, 8: RED}


def test_cells_are_as_they_were(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", ["填报单位：某镇"], HEAD, GOOD, BAD)

    sheet = result(source, take(source))

    shown = [c.value for c in sheet[3]][:7]
    assert shown == [*GOOD[:5], datetime(2001, 2, 3), "=1+1"]  # noqa: DTZ001
    assert [c.data_type for c in sheet[3]][:7] == ["s", "s", "s", "s", "n", "d", "s"]
    assert (sheet["F3"].number_format, sheet["G4"].number_format) == ("yyyy-mm-dd", "0")
    assert (sheet["A1"].value, sheet["G4"].value) == ("填报单位：某镇", 51070319850302)


def test_outcomes_of_an_import(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", HEAD, GOOD)
    tried = added(result(source, take(source, dry_run=True)), len(HEAD))
    first = added(result(source, take(source)), len(HEAD))
    second = added(result(source, take(source)), len(HEAD))
    mixed = book(tmp_path / "m.xlsx", HEAD, [*GOOD[:4], 13, *GOOD[5:]], BAD, BAD)
    third = added(result(mixed, take(mixed, skip_bad=True)), len(HEAD))

    assert [rows[1][0] for rows in (tried, first, second)] == [
        "新增（试导入，未写入）", "新增", "无变化",
    ]  # fmt: skip
    assert [row[0] for row in third] == ["导入结果", "变更", "有错", "有错"]


def test_a_result_can_be_corrected_and_imported_again(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", ["填报单位：某镇"], HEAD, GOOD, BAD)
    result(source, take(source))
    path = tmp_path / "result.xlsx"
    made = load_workbook(path)
    corrected: list[Any] = [make_credit_code(2), "乙公司", "510703001", "企业", 3]
    for at, value in enumerate(corrected, 1):
        made.worksheets[0].cell(4, at).value = value
    made.save(path)

    answer = take(path)
    write_result(path, answer, EMPLOYERS, tmp_path / "second.xlsx")

    assert (answer.problems, answer.counts["new"]) == ([], 2)
    assert answer.ignored_columns == ["备注", "导入结果", "问题"]
    again = load_workbook(tmp_path / "second.xlsx").worksheets[0]
    assert isinstance(again, Worksheet)
    assert again.max_column == len(HEAD) + 2
    assert added(again, len(HEAD))[1:] == [("导入结果", "问题"), ("新增", None), ("新增", None)]


def test_headers_of_two_rows_stay_merged(tmp_path: Path) -> None:
    county()
    upper = ["统一社会信用代码", "单位名称", "所属区划", "单位性质", "职工人数", None, "成立日期"]
    lower = [None, None, None, None, "总数", "女", None]
    source = book(tmp_path / "s.xlsx", upper, lower, [*GOOD[:5], 20, GOOD[5]])
    made = load_workbook(source)
    for span in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2"):
        made.worksheets[0].merge_cells(span)
    made.save(source)

    refused = take(source)
    result(source, refused)
    again = take(tmp_path / "result.xlsx")

    assert [(p.column, p.code) for p in refused.problems] == [("女职工人数", "range")]
    assert [(p.row, p.column, p.code) for p in again.problems] == [(3, "女职工人数", "range")]
    assert again.ignored_columns == ["导入结果", "问题"]


def test_warnings_are_amber(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", HEAD, [*GOOD[:5], "2001年2月", None])

    sheet = result(source, take(source))

    coloured = {c.column: c.fill.fgColor.rgb for c in sheet[2] if c.fill.patternType}
    assert coloured == {6: AMBER, 8: AMBER}
    assert sheet["H2"].value == "新增"


def test_a_missing_column_is_named_beside_the_first_row(tmp_path: Path) -> None:
    source = book(tmp_path / "s.xlsx", HEAD[:4], GOOD[:4])

    sheet = result(source, take(source))

    assert added(sheet, 4) == [
        ("导入结果", "问题"),
        ("未导入", "没有找到必填列“职工人数”，请在表头补上这一列，或下载模板对照。"),
    ]


def test_an_unreadable_file_gives_the_reason(tmp_path: Path) -> None:
    source = tmp_path / "s.xlsx"
    source.write_bytes(b"%PDF-1.7")

    sheet = result(source, take(source))

    assert list(sheet.iter_rows(values_only=True)) == [
        ("导入结果", "问题"),
        ("未导入", "文件是PDF 文档，不是表格，请选择 xlsx、xls 或 csv 文件。"),
    ]


def test_a_table_of_text_is_given_back_as_a_workbook(tmp_path: Path) -> None:
    county()
    source = tmp_path / "s.csv"
    row = [str(value) for value in GOOD]
    source.write_text("\n".join(",".join(r) for r in (HEAD, row)), encoding="gb18030")

    sheet = result(source, take(source))

    assert [c.value for c in sheet[2]][:9] == [*row, "新增", None][:9]
    assert sheet.title == "用人单位台账"


def test_edited_cells_stand_in_the_sheet(tmp_path: Path) -> None:
    county()
    source = tmp_path / "s.xlsx"
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(HEAD)
    page.append(GOOD)
    page.append([None, "乙", *GOOD[2:]])
    page.merge_cells("C2:C3")
    made.save(source)
    answer = take(source, dry_run=True)
    path = tmp_path / "edited.xlsx"
    edits = {
        (3, "所属区划"): "510703002",
        (2, "单位名称"): "丙",
        (2, "没有"): "x",
        (99, "行业"): "x",
    }

    write_result(source, answer, LEDGERS["employers"], path, edits=edits)

    sheet = load_workbook(path)["Sheet"]
    assert [sheet[at].value for at in ("B2", "C2", "C3")] == ["丙", "510703001", "510703002"]


def test_bad_cells_bear_what_is_wrong_with_them(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", HEAD, GOOD, BAD)
    answer = take(source, dry_run=True)

    sheet = result(source, answer)

    told = {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}
    assert sorted(told) == ["A3", "D3", "E3"]
    assert told["E3"] == "“x”不是数，请填阿拉伯数字。"
    again = take(source.with_name("result.xlsx"), dry_run=True)
    assert [p.message for p in again.problems] == [p.message for p in answer.problems]


def test_a_book_that_is_too_much_is_not_laid_out(tmp_path: Path) -> None:
    county()
    source = book(tmp_path / "s.xlsx", HEAD, GOOD, BAD)
    path = tmp_path / "result.xlsx"

    write_result(source, take(source, dry_run=True), EMPLOYERS, path, limits=Limits(max_rows=2))

    assert load_workbook(path).worksheets[0].max_column == 2
