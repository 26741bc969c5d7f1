from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading import HeaderSpec, MissingColumns, Table, pointed, read_table
from gongjian.ledgers.tests.files import SPECS, columns, summary, xlsx


@pytest.mark.parametrize(
    "header",
    [
        "单位名称",
        " 单 位\n名\u3000称 ",
        "*单位名称",
        "单位名称＊",
        "单位名称（必填）",
        "单位名称(全称)(必填)",
        "【基本】单位名称（如“甲（乙）公司”）",
        "\ufeff单位名称",
        "企业名称",
        "企 业名称 *（必填）",
    ],
)
def test_headers_are_compared_by_their_words(tmp_path: Path, header: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"企业": [[header, "职工人数"], ["甲", 1]]})

    assert summary(path) == (1, [2], [["甲"], [1]])


def test_full_width_header_is_half_width(tmp_path: Path) -> None:
    specs = [HeaderSpec(header="世界500强", required=True)]
    path = xlsx(tmp_path / "a.xlsx", {"企业": [["世界５００强"], ["是"]]})

    assert read_table(path, specs).cells == {"世界500强": ["是"]}


@pytest.mark.parametrize(("above", "found"), [(0, True), (3, True), (19, True), (20, False)])
def test_header_is_sought_in_the_first_twenty_rows(tmp_path: Path, above: int, found: bool) -> None:
    rows: list[list[Raw]] = [["填报单位：涪城区"]] * above
    path = xlsx(tmp_path / "a.xlsx", {"企业": [*rows, ["单位名称", "职工人数"], ["甲", 1]]})

    if found:
        assert summary(path) == (above + 1, [above + 2], [["甲"], [1]])
    else:
        with pytest.raises(MissingColumns):
            read_table(path, SPECS)


def test_unknown_columns_are_named_and_the_first_of_two_wins(tmp_path: Path) -> None:
    rows: list[list[Raw]] = [
        ["序号", " 备\n注 ", "单位名称", None, "职工人数", "企业名称", "（元）"],
        [1, "x", "甲", None, 5, "乙", 7],
    ]
    table = read_table(xlsx(tmp_path / "a.xlsx", {"企业": rows}), SPECS)

    assert table.ignored_columns == ["序号", "备 注", "企业名称", "（元）"]
    assert (table.positions, table.width) == ({"单位名称": 2, "职工人数": 4}, 7)
    assert columns(table) == [["甲"], [5]]


def two_levels(path: Path, title: str | None = None, *, merge: bool = True) -> Table:
    """A header of two rows, as merged cells or with the cells left blank."""
    first = 1 if title else 0
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("企业")
        if title:
            sheet.merge_range(0, 0, 0, 5, title)
        upper = ["单位名称", "职工人数", "", "", "联系电话", "备注"]
        lower = ["", "总数", "女", "残疾人", "", ""]
        sheet.write_row(first, 0, upper)
        sheet.write_row(first + 1, 0, lower)
        if merge:
            for column in (0, 4, 5):
                sheet.merge_range(first, column, first + 1, column, upper[column])
            sheet.merge_range(first, 1, first, 3, "职工人数")
        sheet.write_row(first + 2, 0, ["甲", 9, 4, 1, "138", "无"])
    return read_table(path, SPECS)


@pytest.mark.parametrize("merge", [True, False])
@pytest.mark.parametrize("title", [None, "企业情况表"])
def test_header_of_two_rows(tmp_path: Path, title: str | None, merge: bool) -> None:
    table = two_levels(tmp_path / "a.xlsx", title, merge=merge)
    first = 2 if title else 1

    assert (table.header_row, table.row_numbers) == (first, [first + 2])
    assert columns(table) == [["甲"], [9], [4], ["138"]]
    assert table.ignored_columns == ["残疾人", "备注"]


def test_header_of_two_rows_in_an_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    sheet.write_merge(0, 1, 0, 0, "单位名称")
    sheet.write_merge(0, 0, 1, 2, "职工人数")
    rows: list[list[Raw]] = [["", "总数", "女"], ["甲", 9, 4]]
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value:
                sheet.write(at, column, value)
    book.save(str(tmp_path / "a.xls"))

    assert summary(tmp_path / "a.xls") == (1, [3], [["甲"], [9], [4]])


def test_header_of_two_rows_in_a_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("单位名称,职工人数,,备注\n,总数,女,\n甲,9,4,\n")

    assert summary(tmp_path / "a.csv") == (1, [3], [["甲"], ["9"], ["4"]])


def test_group_title_over_full_names(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("企业")
        sheet.merge_range(0, 0, 0, 3, "企业情况表")
        sheet.merge_range(1, 0, 1, 1, "基本情况")
        sheet.merge_range(1, 2, 1, 3, "职工人数")
        sheet.write_row(2, 0, ["单位名称", "联系电话", "总数", "女"])
        sheet.write_row(3, 0, ["甲", "138", 9, 4])

    assert summary(tmp_path / "a.xlsx") == (2, [4], [["甲"], [9], [4], ["138"]])


def test_title_merged_over_the_whole_table_is_no_header(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("企业")
        sheet.merge_range(0, 0, 0, 1, "企业情况表")
        sheet.write_row(1, 0, ["单位名称", "职工人数"])
        sheet.write_row(2, 0, ["甲", 1])

    assert summary(tmp_path / "a.xlsx") == (2, [3], [["甲"], [1]])


def test_header_merged_downwards_only(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("企业")
        sheet.merge_range(0, 0, 1, 0, "单位名称")
        sheet.merge_range(0, 1, 1, 1, "职工人数")
        sheet.write_row(2, 0, ["甲", 1])

    assert summary(tmp_path / "a.xlsx") == (1, [3], [["甲"], [1]])


def test_one_header_merged_across_columns(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("企业")
        sheet.merge_range(0, 0, 0, 1, "单位名称")
        sheet.write(0, 2, "职工人数")
        sheet.merge_range(1, 0, 1, 1, "甲")
        sheet.write(1, 2, 1)

    assert summary(tmp_path / "a.xlsx") == (1, [2], [["甲"], [1]])


def test_a_header_pointed_by_hand_is_one_more_alias(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"企业": [["厂名", "人 头（个）", "备注"], ["甲", 1, "x"]]})
    specs = pointed(SPECS, {"厂名": "单位名称", "人头": "职工人数", "旧": "没有这列"})

    table = read_table(path, specs)

    assert (table.cells, table.ignored_columns) == ({"单位名称": ["甲"], "职工人数": [1]}, ["备注"])


def test_what_is_recognised_goes_before_what_was_pointed(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"企业": [["单位名称", "职工人数", "厂名"], ["甲", 1, "乙"]]})

    assert read_table(path, pointed(SPECS, {"厂名": "单位名称"})).cells["单位名称"] == ["甲"]
