from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading import (
    HeaderSpec,
    MissingColumns,
    Unreadable,
    read_sheet_grid,
    read_table,
)
from gongjian.ledgers.tests.files import (
    HEADER_CELLS,
    SPECS,
    by_hand,
    columns,
    inline,
    summary,
    xlsx,
)

HEADER = ["单位名称", "职工人数"]
LINES = "单位名称,职工人数\n甲公司,12\n乙公司,7\n"
EXPECTED = (1, [2, 3], [["甲公司", "乙公司"], ["12", "7"]])
TABLE = (
    "<table><tr><th>单位名称</th><th>职工人数</th></tr>"
    "<tr><td>甲公司<td>12</tr><tr><td>乙公司</td><td>7</td></tr></table>"
)


def write_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    for at, row in enumerate([HEADER, ["甲公司", "12"], ["乙公司", "7"]]):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(str(path))
    return path


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("gb18030"),
        b"\xff\xfe" + LINES.encode("utf-16-le"),
        b"\xfe\xff" + LINES.encode("utf-16-be"),
        LINES.replace(",", ";").encode(),
        LINES.replace(",", "\t").encode("gb18030"),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode(),
        LINES.replace("甲公司", '"甲公司"').encode(),
        LINES.rstrip().encode() + b"\x1a",
        LINES.replace("12", '="12"').replace("7", "'7").encode(),
        TABLE.encode(),
        f"<html><head><meta charset=gb2312></head><body>{TABLE}".encode("gb18030"),
        f"<meta http-equiv=x content='text/html; charset=GBK'>{TABLE}".encode("gb18030"),
        f"<meta charset=utf-16>{TABLE}".encode(),
        TABLE.encode("gb18030"),
        TABLE.encode("utf-8-sig"),
        b"\xff\xfe" + TABLE.encode("utf-16-le"),
        f"<!-- x --><style>td {{}}</style>\n<div>标题</div>{TABLE}".encode(),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx", "无扩展名"])
def test_text_formats_are_told_by_content(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    assert summary(path) == EXPECTED


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx", "无扩展名"])
def test_workbooks_are_told_by_content(tmp_path: Path, name: str) -> None:
    rows = [HEADER, ["甲公司", "12"], ["乙公司", "7"]]

    assert summary(write_xls(tmp_path / name)) == EXPECTED
    assert summary(xlsx(tmp_path / name, {"企业": rows})) == EXPECTED


def test_workbook_of_another_writer_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADER, ["甲公司", "12"], ["乙公司", "7"]]:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    assert summary(tmp_path / "a.xlsx") == EXPECTED


def test_a_quoted_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('单位名称,职工人数\n"甲\n公司",1\n\n乙,2\n')

    assert summary(path) == (1, [2, 4], [["甲\n公司", "乙"], ["1", "2"]])


def test_separator_line_of_a_csv_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n单位名称;职工人数\n甲,乙,丙公司;1\n")

    assert summary(path) == (2, [3], [["甲,乙,丙公司"], ["1"]])


def test_a_stray_control_character_does_not_hide_the_other_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单位名称,职工人数\n甲\x00,1\n乙\x01,2\n丙,3\n" + "丁,4\n" * 5)

    assert summary(path)[2][0][:3] == ["甲\x00", "乙\x01", "丙"]


def test_web_page_spans_breaks_and_nested_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        "<table><tr><td colspan=2>二〇一一年</td></tr></table>"
        "<table><tr><td rowspan=2>单位<br>名称</td><td colspan=2>职工人数</td></tr>"
        "<tr><td>总数</td><td>女</td></tr>"
        "<tr><td rowspan=2>甲 \n公司</td><td>1</td><td>&nbsp;</td></tr><tr><td>2</td><td>0</td></tr>"
        "<tr><td><table><tr><td>乙</td><td>3</td></tr></table></td></tr></table>"
    )

    assert summary(path) == (
        2,
        [4, 5, 7],
        [["甲 公司", "甲 公司", "乙"], ["1", "2", "3"], ["\xa0", "0", ""]],
    )


def test_cells_come_raw(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        {"企业": [HEADER, ["甲", 12], [" 乙\n", 0.5], ["丙", date(2011, 3, 5)], ["丁", True]]},
    )

    assert columns(read_table(path, SPECS)) == (
        [["甲", " 乙\n", "丙", "丁"], [12, 0.5, date(2011, 3, 5), True]]
    )


def test_formula_counts_as_its_stored_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_formula(1, 0, '="甲"&"公司"', None, "甲公司")
        sheet.write_formula(1, 1, "=5+7", None, 12)

    assert summary(tmp_path / "a.xlsx") == (1, [2], [["甲公司"], [12]])


@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "#REF!"])
def test_error_value_is_not_lost(tmp_path: Path, value: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1, 0, "甲")
        sheet.write_formula(1, 1, "=1/0", None, value)
        sheet.write_row(2, 0, ["乙", 2])

    assert summary(tmp_path / "a.xlsx") == (1, [2, 3], [["甲", "乙"], [value, 2]])


def test_error_value_is_not_lost_in_an_unusual_file(tmp_path: Path) -> None:
    rows = f'<row r="1">{HEADER_CELLS}</row><row r="2"><c t="str"><v>甲</v></c><c t=\'e\'><v>#N/A</v></c></row>'

    assert summary(by_hand(tmp_path / "a.xlsx", rows)) == (1, [2], [["甲"], ["#N/A"]])


def test_error_value_of_an_xls_is_not_lost(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    for column, header in enumerate(HEADER):
        sheet.write(0, column, header)
    sheet.write(1, 0, "甲")
    sheet.row(1).set_cell_error(1, "#N/A!")  # as this writer spells #N/A
    book.save(str(tmp_path / "a.xls"))

    assert summary(tmp_path / "a.xls") == (1, [2], [["甲"], ["#N/A"]])


def test_blank_and_total_rows_are_left_out(tmp_path: Path) -> None:
    rows: list[list[Raw]] = [
        ["序号", *HEADER],
        ["示例：", "甲", 1],
        [1, "甲", 1],
        [2, None, None],
        [None, "  ", None],
        ["合　计", None, 1],
        [None, "小计：", 1],
        [None, None, None],
        ["总 计:", "", 1],
        [3, "示例公司", 0],
        [None, "合计划公司", 2],
        [None, "示例", 2],
    ]
    table = read_table(xlsx(tmp_path / "a.xlsx", {"企业": rows}), SPECS)

    assert (table.row_numbers, table.totals_skipped) == ([3, 10, 11], 5)
    assert columns(table) == [["甲", "示例公司", "合计划公司"], [1, 0, 2]]


def test_cells_merged_downwards_stand_for_each_row(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["所属", *HEADER])
        sheet.merge_range(1, 1, 3, 1, "甲")
        sheet.merge_range(1, 0, 5, 0, "涪城区")
        for row, count in enumerate([1, 2, 3, 4, 5, 6], 1):
            sheet.write(row, 2, count)
        sheet.write(5, 1, "小计")
        sheet.merge_range(6, 0, 7, 0, "合计")
        sheet.write(7, 2, 21)

    assert summary(tmp_path / "a.xlsx") == (
        (1, [2, 3, 4, 5], [["甲", "甲", "甲", ""], [1, 2, 3, 4]])
    )


def test_a_row_that_has_nothing_but_a_merged_neighbour_is_blank(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.merge_range(1, 0, 2, 0, "甲")
        sheet.merge_range(1, 1, 2, 1, 5)
        sheet.write_row(3, 0, ["乙", 6])

    assert summary(tmp_path / "a.xlsx") == (1, [2, 4], [["甲", "乙"], [5, 6]])


def test_header_without_rows_is_no_error(tmp_path: Path) -> None:
    table = read_table(xlsx(tmp_path / "a.xlsx", {"企业": [["表"], HEADER]}), SPECS)

    assert (table.sheet, table.header_row, table.row_numbers) == ("企业", 2, [])
    assert (columns(table), table.width) == ([[], []], 2)


def test_first_visible_sheet_with_the_header_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("隐藏").write_row(0, 0, HEADER)
        book.add_worksheet("说明").write(0, 0, "请看")
        book.add_worksheet("企业").write_row(0, 0, HEADER)
        book.add_worksheet("再来").write_row(0, 0, HEADER)
        book.add_worksheet("极隐").very_hidden()
        book.add_chartsheet("图")
        book.worksheets()[1].activate()
        book.worksheets()[0].hide()
    table = read_table(tmp_path / "a.xlsx", SPECS)

    assert (table.sheet, table.other_sheets) == ("企业", ["说明", "再来"])
    assert read_table(tmp_path / "a.xlsx", SPECS, sheet="再来").other_sheets == ["说明", "企业"]
    assert read_table(tmp_path / "a.xlsx", SPECS, sheet="隐藏").sheet == "隐藏"


def test_unknown_sheet_names_those_there_are(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"企业": [HEADER], "说明": [["x"]]})

    with pytest.raises(Unreadable) as caught:
        read_table(path, SPECS, sheet="没有")
    assert caught.value.sentence == "没有名为“没有”的工作表，现有“企业”、“说明”，请从中选择。"


def test_sheet_of_a_format_without_sheets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LINES)

    with pytest.raises(Unreadable, match="不分工作表"):
        read_table(tmp_path / "a.csv", SPECS, sheet="企业")


def test_missing_columns_tell_of_the_nearest_row(tmp_path: Path) -> None:
    specs = [HeaderSpec(header=h, required=True) for h in ("甲", "乙", "丙", "丁")]
    path = xlsx(
        tmp_path / "a.xlsx",
        {"一": [["甲"]], "二": [["题"], ["甲", "丙", "戊"], ["甲"]], "三": [["丁", "乙"]]},
    )

    with pytest.raises(MissingColumns) as caught:
        read_table(path, specs)
    error = caught.value
    assert (error.sheet, error.header_row, error.other_sheets) == ("二", 2, ["一", "三"])
    assert (error.missing, error.ignored_columns) == (["乙", "丁"], ["戊"])


def test_missing_columns_where_nothing_is_known(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"一": [["姓名"]], "空": []})

    with pytest.raises(MissingColumns) as caught:
        read_table(path, SPECS)
    assert (caught.value.sheet, caught.value.header_row) == ("一", None)
    assert caught.value.missing == ["单位名称", "职工人数"]


def test_grid_is_given_back_from_the_first_row_on(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"说明": [], "企业": [[], [None, "单位名称"], [None, 5]]})
    (tmp_path / "a.csv").write_text("a,b\nc\n")

    assert read_sheet_grid(path, "企业") == [["", ""], ["", "单位名称"], ["", 5]]
    assert read_sheet_grid(path, "说明") == []
    assert read_sheet_grid(tmp_path / "a.csv", None) == [["a", "b"], ["c", ""]]


def test_unusual_but_honest_cells_are_read(tmp_path: Path) -> None:
    rows = (
        f"<row>{inline('A1', '单位名称')}<c t='inlineStr'><is><t>职工人数</t></is></c></row>"
        "<row r='3'><c s='1' r='A3' t='str'><v>甲</v></c><c r='B3'><v>5</v></c></row>"
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )

    assert summary(by_hand(tmp_path / "a.xlsx", rows)) == (1, [3], [["甲"], [5]])
