"""Headers: titles above them, two rows of them, notes inside them, strangers among them."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.ugly.builders import (
    FIRM,
    TOWN,
    Case,
    Row,
    by_hand,
    by_openpyxl,
    by_xlsxwriter,
    by_xlwt,
    code,
    firm,
    lines,
    said,
)

_HEADS = FIRM[:4]
_PARTS = ("女职工人数", "农民工人数", "劳务派遣人数")
_FULL = (*FIRM, *_PARTS)
_UPPER = (*FIRM, None, None, None)
_LOWER = (None, None, None, None, "总数", "女", "农民工", "劳务派遣")
_REQUIRED = ("单位名称", "所属区划", "单位性质", "职工人数")


def _merged(*places: str) -> Callable[[Any], None]:
    """Merge these cells of the only sheet."""

    def finish(book: Any) -> None:
        for place in places:
            book.worksheets[0].merge_cells(place)

    return finish


def _xlsxwriter_two_rows(book: Any) -> None:
    sheet = book.worksheets()[0]
    for column, head in enumerate(_HEADS):
        sheet.merge_range(2, column, 3, column, head)
    sheet.merge_range(2, 4, 2, 7, "职工人数（人）")


def _xlwt_two_rows(book: Any) -> None:
    sheet = book.get_sheet(0)
    for column, head in enumerate(_HEADS):
        sheet.write_merge(0, 1, column, column, head)
    sheet.write_merge(0, 0, 4, 7, "职工人数")


def _xlwt_title(book: Any) -> None:
    book.get_sheet(0).write_merge(0, 1, 0, 4, "用人单位台账（职工人数单位：人）")


def _merge_parts(*places: str) -> str:
    cells = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    return f'<mergeCells count="{len(places)}">{cells}</mergeCells>'


def _parts(seed: int) -> Row:
    return firm(seed, 30, 10, 6, 0)


_NOTED = (
    "*统一社会\n信用代码（18位）", " 单位 名称 *", "所属区划【代码或名称】",
    "单位性质(必填)", "职工人数\r\n（人）（必填）", "世界500强（是/否）",
)  # fmt: skip
_WIDE = (
    "统一社会信用代码＊", "\u3000单位名称", "所属区划\u00a0", "单位性质\u200b",
    "职\u3000工\u3000人\u3000数", "世界５００强",
)  # fmt: skip
_TITLES: Sequence[Row] = (
    ["2014年度涪城区用人单位台账"],
    ["填报单位：涪城区总工会", None, None, "填报日期：", "2014-12-31"],
    [],
)
_STATISTICAL = ("甲", "乙", "丙", "丁", 1)

CASES = (
    Case(
        name="title, filing unit and date above the header",
        paper=by_openpyxl([*_TITLES, FIRM, firm(2), firm(3)]),
        counts={"new": 2},
        header_row=4,
        means=[said(FIRM, firm(2)), said(FIRM, firm(3))],
    ),
    Case(
        name="title merged over the width of the table",
        paper=by_openpyxl([["用人单位台账"], FIRM, firm(2)], _merged("A1:E1")),
        counts={"new": 1},
        header_row=2,
    ),
    Case(
        name="title merged over two rows that speaks of a header",
        paper=by_xlwt([[], [], FIRM, firm(2)], _xlwt_title),
        counts={"new": 1},
        header_row=3,
    ),
    Case(
        name="two rows of header, merged, by openpyxl",
        paper=by_openpyxl(
            [_UPPER, _LOWER, _parts(2)], _merged("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1")
        ),
        counts={"new": 1},
        means=[said(_FULL, _parts(2))],
    ),
    Case(
        name="two rows of header below two titles",
        paper=by_xlsxwriter(
            [["台账"], ["单位：人"], [], _LOWER, _parts(2), _parts(3)], _xlsxwriter_two_rows
        ),
        counts={"new": 2},
        header_row=3,
        means=[said(_FULL, _parts(2)), said(_FULL, _parts(3))],
    ),
    Case(
        name="two rows of header in an xls",
        paper=by_xlwt([[], _LOWER, _parts(2)], _xlwt_two_rows),
        counts={"new": 1},
        means=[said(_FULL, _parts(2))],
    ),
    Case(
        name="two rows of header by hand, a part above the whole",
        paper=by_hand(
            lines(_UPPER, _LOWER, firm(2, 30, 31, 6, 0)),
            after=_merge_parts("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1"),
        ),
        counts={"bad": 1},
        problems=[(3, "女职工人数", "range")],
    ),
    Case(
        name="the lower header names a group nobody knows",
        paper=by_openpyxl(
            [(*_UPPER[:6], "党员", None), (*_LOWER[:6], "总数", "女"), _parts(2)],
            _merged("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1"),
        ),
        counts={"new": 1},
        ignored=["总数", "女"],
        means=[said(_FULL[:6], _parts(2)[:6])],
    ),
    Case(
        name="every header merged downwards over two rows",
        paper=by_openpyxl(
            [FIRM, [], firm(2)], _merged("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2")
        ),
        counts={"new": 1},
        means=[said(FIRM, firm(2))],
    ),
    Case(
        name="stars, notes in brackets and line breaks in the header",
        paper=by_openpyxl(
            [
                _NOTED,
                firm(2, 12, "是"),
            ]
        ),
        counts={"new": 1},
        means=[said((*FIRM, "世界500强"), firm(2, 12, "是"))],
    ),
    Case(
        name="full-width letters, figures and spaces in the header",
        paper=by_xlsxwriter(
            [
                _WIDE,
                firm(2, 12, "否"),
            ]
        ),
        counts={"new": 1},
        means=[said((*FIRM, "世界500强"), firm(2, 12, "否"))],
    ),
    Case(
        name="other words for the same columns",
        paper=by_xlwt([["信用代码", "企业名称", "所在区划", "单位类型", "职工总数"], firm(2)]),
        counts={"new": 1},
        means=[said(FIRM, firm(2))],
    ),
    Case(
        name="columns nobody asked for, among them the answers of an earlier import",
        paper=by_xlsxwriter(
            [
                ["序号", *FIRM, "备 注", None, "导入结果", "问题"],
                [1, *firm(2), "已走访", "无题", "新增", "没有"],
            ]
        ),
        counts={"new": 1},
        ignored=["序号", "备 注", "导入结果", "问题"],
    ),
    Case(
        name="columns in another order",
        paper=by_xlwt([FIRM[::-1], firm(2)[::-1]]),
        counts={"new": 1},
        means=[said(FIRM, firm(2))],
    ),
    Case(
        name="a header that comes twice: the first column counts",
        paper=by_openpyxl([(*FIRM, "职工人数"), firm(2, 12, 99)]),
        counts={"new": 1},
        ignored=["职工人数"],
        means=[said(FIRM, firm(2))],
    ),
    Case(
        name="the header in row 20",
        paper=by_openpyxl([*([f"说明第{i}条"] for i in range(1, 20)), FIRM, firm(2)]),
        counts={"new": 1},
        header_row=20,
    ),
    Case(
        name="the header in row 21 is not searched for",
        paper=by_xlwt([*([f"说明第{i}条"] for i in range(1, 21)), FIRM, firm(2)]),
        header_row=None,
        problems=[(None, head, "missing-column") for head in _REQUIRED],
    ),
    Case(
        name="two required columns are missing",
        paper=by_xlsxwriter([["台账"], [*FIRM[:3], "备注"], firm(2)[:3]]),
        header_row=2,
        ignored=["备注"],
        problems=[(None, head, "missing-column") for head in ("单位性质", "职工人数")],
    ),
    Case(
        name="a header with nothing below",
        paper=by_xlwt([["台账"], FIRM]),
        header_row=2,
    ),
    Case(
        name="no header at all",
        paper=by_openpyxl([firm(2), firm(3)]),
        header_row=None,
        problems=[(None, head, "missing-column") for head in _REQUIRED],
    ),
    Case(
        name="the numbers of the columns below the header",
        paper=by_xlsxwriter([FIRM, _STATISTICAL, firm(2)]),
        counts={"bad": 1, "new": 1},
        problems=[
            (2, "统一社会信用代码", "uscc-checksum"),
            (2, "所属区划", "unknown-area"),
            (2, "单位性质", "choice"),
        ],
    ),
    Case(
        name="the table begins in the middle of the sheet",
        paper=by_hand(
            "".join(
                f'<row r="{number}">'
                + "".join(
                    f'<c r="{chr(72 + i)}{number}" t="inlineStr"><is><t>{raw}</t></is></c>'
                    for i, raw in enumerate(row)
                )
                + "</row>"
                for number, row in ((9, FIRM), (10, firm(2)))
            )
        ),
        counts={"new": 1},
        header_row=9,
        means=[{"统一社会信用代码": code(2), "所属区划": TOWN, "职工人数": 12}],
    ),
)
