"""Sheets: several of them, hidden ones, merged data, and what else Excel keeps in a file."""

from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.datavalidation import DataValidation

from tests.ugly.builders import (
    FIRM,
    TOWN,
    Case,
    by_openpyxl,
    by_xlsxwriter,
    by_xlwt,
    firm,
    said,
)

_GOOD = [FIRM, firm(2)]
_MEANS = [said(FIRM, firm(2))]
_NOTE = [["填表说明"], ["请先看说明。"]]
_UNNAMED = [*firm(3)[:2], None, *firm(3)[3:]]


def _hide_first(book: Any) -> None:
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1


def _very_hide_first(book: Any) -> None:
    first, second = book.worksheets()[:2]
    second.activate()
    first.very_hidden()


def _hide_first_xls(book: Any) -> None:
    book.get_sheet(0).visibility = 1
    book.active_sheet = 1


def _decorated(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = "A1:E3"
    sheet.auto_filter.add_filter_column(4, ["12"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B2"].comment = Comment("已电话核对", "张示")
    sheet["E2"].fill = PatternFill("solid", fgColor="FFFF0000")
    rule = DataValidation(type="list", formula1='"企业,机关"')
    rule.add("D2:D99")
    sheet.add_data_validation(rule)
    sheet.protection.enable()
    sheet.print_title_rows = "1:1"


def _decorated_too(book: Any) -> None:
    sheet = book.worksheets()[0]
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, 2, 4)
    sheet.write_comment(1, 1, "已电话核对")
    sheet.conditional_format(1, 4, 9, 4, {"type": "3_color_scale"})
    sheet.write_url(3, 7, "https://example.org/", string="附件")
    sheet.insert_textbox(5, 5, "合计 99 人")
    sheet.protect("口令")
    book.define_name("台账", "=Sheet1!$A$1:$E$3")


def _protected_xls(book: Any) -> None:
    sheet = book.get_sheet(0)
    sheet.set_panes_frozen(True)
    sheet.set_horz_split_pos(1)
    sheet.protect = True
    sheet.password = "1234"
    sheet.row(2).hidden = True


def _styled_far_away(book: Any) -> None:
    fill = PatternFill("solid", fgColor="FFFFFF00")
    for place in ("XFD1", "AZ3", "A90000", "XFD90000"):
        book.worksheets[0][place].fill = fill


def _styled_below(book: Any) -> None:
    yellow = book.add_format({"bg_color": "yellow"})
    for at in range(2, 500):
        for column in range(30):
            book.worksheets()[0].write_blank(at, column, None, yellow)


def _rich_text(book: Any) -> None:
    red = InlineFont(color=Color("FFFF0000"))
    parts = ("绵阳", TextBlock(red, "第2"), "机械厂")
    book.worksheets[0]["B2"] = CellRichText(*parts)


def _rich_text_too(book: Any) -> None:
    bold = book.add_format({"bold": True})
    book.worksheets()[0].write_rich_string(1, 1, "绵阳", bold, "第2", "机械厂")


def _area_over_three(book: Any) -> None:
    book.worksheets[0].merge_cells("C2:C4")


def _area_over_three_too(book: Any) -> None:
    book.worksheets()[0].merge_range(1, 2, 3, 2, TOWN)


def _area_over_three_xls(book: Any) -> None:
    book.get_sheet(0).write_merge(1, 3, 2, 2, TOWN)


def _name_across(book: Any) -> None:
    book.worksheets[0].merge_cells("B3:C3")


def _without_area(seed: int) -> list[Any]:
    return [*firm(seed)[:2], None, *firm(seed)[3:]]


_SPANNED = [FIRM, firm(2), _without_area(3), _without_area(4)]
_SPANNED_MEANS = [said(FIRM, firm(seed)) for seed in (2, 3, 4)]

CASES = (
    Case(
        name="the first sheet is hidden",
        paper=by_openpyxl({"旧表": [FIRM, firm(9)], "台账": _GOOD}, _hide_first),
        counts={"new": 1},
        sheet="台账",
        means=_MEANS,
    ),
    Case(
        name="the first sheet is hidden from the menus too",
        paper=by_xlsxwriter({"选项": [FIRM, firm(9)], "台账": _GOOD}, _very_hide_first),
        counts={"new": 1},
        sheet="台账",
        means=_MEANS,
    ),
    Case(
        name="the first sheet of an xls is hidden",
        paper=by_xlwt({"旧表": [FIRM, firm(9)], "台账": _GOOD, "附": _NOTE}, _hide_first_xls),
        counts={"new": 1},
        sheet="台账",
        others=["附"],
        means=_MEANS,
    ),
    Case(
        name="a hidden sheet may be asked for",
        paper=by_openpyxl({"旧表": [FIRM, firm(9)], "台账": _GOOD}, _hide_first),
        counts={"new": 1},
        sheet="旧表",
        others=["台账"],
        asked={"sheet": "旧表"},
        means=[said(FIRM, firm(9))],
    ),
    Case(
        name="notes first, the table second, another table third",
        paper=by_xlsxwriter({"说明": _NOTE, "台账": _GOOD, "附表": [FIRM, firm(9)]}),
        counts={"new": 1},
        sheet="台账",
        others=["说明", "附表"],
        means=_MEANS,
    ),
    Case(
        name="the third sheet is asked for",
        paper=by_xlwt({"说明": _NOTE, "台账": _GOOD, "附表": [FIRM, firm(9)]}),
        counts={"new": 1},
        sheet="附表",
        others=["说明", "台账"],
        asked={"sheet": "附表"},
        means=[said(FIRM, firm(9))],
    ),
    Case(
        name="a sheet is asked for that is not there",
        paper=by_xlwt({"台账": _GOOD}),
        sheet=None,
        header_row=None,
        asked={"sheet": "明细"},
        problems=[(None, None, "unreadable")],
    ),
    Case(
        name="a chart, an empty sheet, then the table",
        paper=by_openpyxl(
            {"空": [], " 台 账（2014）": _GOOD}, lambda book: book.create_chartsheet("图", 0)
        ),
        counts={"new": 1},
        sheet=" 台 账（2014）",
        others=["空"],
        means=_MEANS,
    ),
    Case(
        name="the half of a header on the first sheet, the whole on the second",
        paper=by_xlwt({"简表": [FIRM[:3], firm(9)[:3]], "全表": _GOOD}),
        counts={"new": 1},
        sheet="全表",
        others=["简表"],
        means=_MEANS,
    ),
    Case(
        name="no sheet has all headers: the nearest one is told",
        paper=by_openpyxl({"说明": _NOTE, "甲": [FIRM[:2]], "乙": [["表"], FIRM[:4]]}),
        sheet="乙",
        header_row=2,
        others=["说明", "甲"],
        problems=[(None, "职工人数", "missing-column")],
    ),
    Case(
        name="comments, filter, frozen panes, hidden rows and protection",
        paper=by_openpyxl([*_GOOD, firm(3)], _decorated),
        counts={"new": 2},
        means=[*_MEANS, said(FIRM, firm(3))],
    ),
    Case(
        name="comments, links, text boxes and names",
        paper=by_xlsxwriter([*_GOOD, firm(3)], _decorated_too),
        counts={"new": 2},
        means=[*_MEANS, said(FIRM, firm(3))],
    ),
    Case(
        name="frozen panes, hidden rows and protection in an xls",
        paper=by_xlwt([*_GOOD, firm(3)], _protected_xls),
        counts={"new": 2},
        means=[*_MEANS, said(FIRM, firm(3))],
    ),
    Case(
        name="coloured empty cells far to the right and far below",
        paper=by_openpyxl(_GOOD, _styled_far_away),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="coloured empty rows below the table",
        paper=by_xlsxwriter(_GOOD, _styled_below),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="rich text by openpyxl",
        paper=by_openpyxl(_GOOD, _rich_text),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="rich text by xlsxwriter",
        paper=by_xlsxwriter(_GOOD, _rich_text_too),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="texts inside the cells instead of shared ones",
        paper=by_xlsxwriter(_GOOD, constant_memory=True),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="one area over three rows, merged, by openpyxl",
        paper=by_openpyxl(_SPANNED, _area_over_three),
        counts={"new": 3},
        means=_SPANNED_MEANS,
    ),
    Case(
        name="one area over three rows, merged, by xlsxwriter",
        paper=by_xlsxwriter(_SPANNED, _area_over_three_too),
        counts={"new": 3},
        means=_SPANNED_MEANS,
    ),
    Case(
        name="one area over three rows, merged, in an xls",
        paper=by_xlwt([FIRM, *map(_without_area, (2, 3, 4))], _area_over_three_xls),
        counts={"new": 3},
        means=_SPANNED_MEANS,
    ),
    Case(
        name="a cell merged across stands for one column only",
        paper=by_openpyxl([*_GOOD, _UNNAMED], _name_across),
        counts={"new": 1, "bad": 1},
        problems=[(3, "所属区划", "required")],
    ),
    Case(
        name="forty thousand blank rows in the middle",
        paper=by_xlsxwriter(
            _GOOD, lambda book: book.worksheets()[0].write_row(39_999, 0, [*firm(3)[:4], "十"])
        ),
        counts={"new": 1, "bad": 1},
        problems=[(40_000, "职工人数", "type")],
    ),
)
