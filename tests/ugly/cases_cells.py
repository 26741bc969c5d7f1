"""Cells: numbers as texts, texts as numbers, signs for yes and no, and what no cell may hold."""

from datetime import date, datetime, time
from typing import Any

import xlwt

from tests.ugly.builders import (
    FIRM,
    UNION_NAME,
    Case,
    Formula,
    by_hand,
    by_openpyxl,
    by_text,
    by_xlsxwriter,
    by_xlwt,
    cell,
    code,
    firm,
    joined,
    line,
    said,
)

_STAFF = "职工人数"
_TOP = (*FIRM, "世界500强")
_PHONE = (*FIRM, "联系电话")
_INDUSTRY = (*FIRM, "行业", "经营状态")
_TALKS = (
    "协议编号", "协议类型", "签约工会", "签订日期", "期限起", "期限止",
    "应到代表", "实到代表", "同意票数", "平均月工资", "增长率",
)  # fmt: skip
_TERM = ("单独", UNION_NAME, "2014-01-01", "2014-01-01", "2014-12-31")
_TRUTH = True
_COMMAND = "=cmd|' /C calc'!A0"


def _named(seed: int, name: Any) -> list[Any]:
    return [code(seed), name, *firm(seed)[2:]]


def _staffed(*values: Any) -> list[Any]:
    return [FIRM, *(firm(seed, value) for seed, value in enumerate(values, 2))]


def _bad(count: int, kind: str, column: str = _STAFF) -> list[tuple[int, str, str]]:
    return [(row, column, kind) for row in range(2, 2 + count)]


def _means(head: tuple[str, ...], value: Any, count: int) -> list[dict[str, Any]]:
    return [said(head, [*firm(seed, 12), value][-len(head) :]) for seed in range(2, 2 + count)]


def _talk(seed: int, *values: Any) -> list[Any]:
    return [f"绵〔2014〕{seed}号", *_TERM, *values]


def _error_xls(book: Any) -> None:
    sheet = book.get_sheet(0)
    sheet.row(1).set_cell_error(4, "#N/A!")
    sheet.row(2).set_cell_error(4, "#DIV/0!")
    sheet.row(3).set_cell_boolean(4, _TRUTH)


_NAME = Formula('="绵阳第2"&"机械厂"', "绵阳第2机械厂")
_TWELVES = ("12", " 12 ", "12.0", "12.00", "１２", "\u00a012\u3000", "0012", "+12", "12\n")

CASES = (
    Case(
        name="twelve written in nine ways",
        paper=by_openpyxl(_staffed(*_TWELVES)),
        counts={"new": 9},
        means=[said(FIRM, firm(seed)) for seed in range(2, 11)],
    ),
    Case(
        name="thousands with commas",
        paper=by_xlsxwriter(_staffed("1,200", "１，２００", "1,200.00", 1200.0, "1，200", 1.2e3)),
        counts={"new": 6},
        means=[said(FIRM, firm(seed, 1200)) for seed in range(2, 8)],
    ),
    Case(
        name="thousands in an xls, as text and as number",
        paper=by_xlwt(_staffed("1,200", 1200.0, 1200)),
        counts={"new": 3},
        means=[said(FIRM, firm(seed, 1200)) for seed in range(2, 5)],
    ),
    Case(
        name="what is no number of people",
        paper=by_openpyxl(
            _staffed("二十", "20人", "约20", "/", "—", "1,2", "12 3", "1.2E1", _TRUTH, 12.5, "12.5")
        ),
        counts={"bad": 11},
        problems=_bad(11, "type"),
    ),
    Case(
        name="days and times where people are counted",
        paper=by_xlsxwriter(_staffed(date(2011, 3, 5), datetime(2011, 3, 5, 8, 30), time(8, 30))),  # noqa: DTZ001
        counts={"bad": 3},
        problems=_bad(3, "type"),
    ),
    Case(
        name="fewer than nobody, and more than anybody",
        paper=by_xlwt(_staffed(-3, "-3", "－3", 3e9, "99999999999")),
        counts={"bad": 5},
        problems=_bad(5, "range"),
    ),
    Case(
        name="a part above its whole",
        paper=by_openpyxl(
            [
                (*FIRM, "女职工人数", "农民工人数", "劳务派遣人数"),
                firm(2, 12, 13, "１４", 15.0),
                firm(3, 12, 12, 12, 12),
                firm(4, "许多", 13, 0, 0),
            ]
        ),
        counts={"bad": 2, "new": 1},
        problems=[
            (2, "女职工人数", "range"),
            (2, "农民工人数", "range"),
            (2, "劳务派遣人数", "range"),
            (4, _STAFF, "type"),
        ],
    ),
    Case(
        name="error values as texts",
        paper=by_xlsxwriter(_staffed("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "＃N/A", "#NAME?")),
        counts={"bad": 6},
        problems=_bad(6, "type"),
    ),
    Case(
        name="error values that formulas left",
        paper=by_xlsxwriter(
            _staffed(*(Formula("=1/0", error) for error in ("#N/A", "#DIV/0!", "#REF!")))
        ),
        counts={"bad": 3},
        problems=_bad(3, "type"),
    ),
    Case(
        name="error values by openpyxl, in a name too",
        paper=by_openpyxl([FIRM, firm(2, "#N/A"), _named(3, "#REF!"), firm(4, "#NUM!")]),
        counts={"bad": 3},
        problems=[(2, _STAFF, "type"), (3, "单位名称", "type"), (4, _STAFF, "type")],
    ),
    Case(
        name="error values and a truth in an xls",
        paper=by_xlwt(_staffed(None, None, None), _error_xls),
        counts={"bad": 3},
        problems=_bad(3, "type"),
    ),
    Case(
        name="formulas count as the value beside them",
        paper=by_xlsxwriter(
            [
                FIRM,
                [code(2), _NAME, *firm(2)[2:4], Formula("=10+2", 12)],
                [*firm(3)[:4], Formula('=TEXT(12,"0")', "12")],
                [*firm(4)[:4], Formula('=IF(1,"","")', "")],
            ]
        ),
        counts={"new": 2, "bad": 1},
        problems=[(4, _STAFF, "required")],
    ),
    Case(
        name="formulas without a value beside them",
        paper=by_openpyxl([FIRM, firm(2, "=10+2")]),
        counts={"bad": 1},
        problems=[(2, _STAFF, "required")],
    ),
    Case(
        name="formulas in an xls, never calculated",
        paper=by_xlwt([FIRM, firm(2, xlwt.Formula("10+2"))]),
        counts={"bad": 1},
        problems=[(2, _STAFF, "required")],
    ),
    Case(
        name="yes in all its spellings",
        paper=by_openpyxl(
            [
                _TOP,
                *(
                    firm(seed, 12, sign)
                    for seed, sign in enumerate(("√", "有", "Y", "ｙ", 1, "1", True, " 是 "), 2)
                ),
            ]
        ),
        counts={"new": 8},
        means=_means(_TOP, "是", 8),
    ),
    Case(
        name="no in all its spellings",
        paper=by_xlwt(
            [
                _TOP,
                *(
                    firm(seed, 12, sign)
                    for seed, sign in enumerate(("×", "无", "N", "n", 0, "0", False, "否"), 2)
                ),
            ]
        ),
        counts={"new": 8},
        means=_means(_TOP, "否", 8),
    ),
    Case(
        name="neither yes nor no",
        paper=by_xlsxwriter([_TOP, firm(2, 12, "不详"), firm(3, 12, 2), firm(4, 12, "是否")]),
        counts={"bad": 3},
        problems=_bad(3, "choice", "世界500强"),
    ),
    Case(
        name="words of a list, the letter or the name of a trade",
        paper=by_xlwt(
            [
                _INDUSTRY,
                firm(2, 12, "c", "在业"),
                firm(3, 12, "制造业 ", " 停业"),
                firm(4, 12, "Ｃ", None),
                firm(5, 12, "机械制造", "营业"),
            ]
        ),
        counts={"new": 3, "bad": 1},
        problems=[(5, "行业", "choice"), (5, "经营状态", "choice")],
    ),
    Case(
        name="a nature outside its list",
        paper=by_openpyxl([FIRM, [*firm(2)[:3], "国有企业", 12], [*firm(3)[:3], 1, 12]]),
        counts={"bad": 2},
        problems=_bad(2, "choice", "单位性质"),
    ),
    Case(
        name="struck off, with and without its day",
        paper=by_xlsxwriter(
            [
                (*FIRM, "经营状态", "成立日期", "注销日期"),
                firm(2, 12, "注销", "2010-01-01", "2012-01-01"),
                firm(3, 12, "注销", "2010-01-01", None),
            ]
        ),
        counts={"new": 1, "bad": 1},
        problems=[(3, "注销日期", "required")],
    ),
    Case(
        name="a name of 300 characters, and one of 200",
        paper=by_openpyxl([FIRM, _named(2, "长" * 300), _named(3, "长" * 200)]),
        counts={"bad": 1, "new": 1},
        problems=[(2, "单位名称", "range")],
    ),
    Case(
        name="a name with a line break, and numbers for names",
        paper=by_xlsxwriter(
            [FIRM, _named(2, " 绵阳\r\n第2 \t机械厂 "), _named(3, 360), _named(4, 360.0)]
        ),
        counts={"new": 3},
        means=[
            said(FIRM, _named(2, "绵阳 第2 机械厂")),
            said(FIRM, _named(3, "360")),
            said(FIRM, _named(4, "360")),
        ],
    ),
    Case(
        name="control characters in a name of an xls",
        paper=by_xlwt([FIRM, _named(2, "绵阳\x01机械厂"), _named(3, "绵阳\u200b第3机械厂\ufeff")]),
        counts={"bad": 1, "new": 1},
        problems=[(2, "单位名称", "type")],
        asked={"skip_bad": True},
        means=[said(FIRM, firm(3))],
    ),
    Case(
        name="control characters in a name of a text file",
        paper=by_text(joined(FIRM, _named(2, "绵阳\x07机械厂"))),
        sheet=None,
        counts={"bad": 1},
        problems=[(2, "单位名称", "type")],
    ),
    Case(
        name="texts that look like formulas stay texts",
        paper=by_xlsxwriter(
            [FIRM, _named(2, _COMMAND), _named(3, "@SUM(1)"), _named(4, "+1"), _named(5, "-甲")]
        ),
        counts={"new": 4},
        means=[said(FIRM, _named(2, _COMMAND)), said(FIRM, _named(5, "-甲"))],
    ),
    Case(
        name="texts that look like formulas in an xls",
        paper=by_xlwt([FIRM, _named(2, _COMMAND), firm(3, "=1+1")]),
        counts={"new": 1, "bad": 1},
        problems=[(3, _STAFF, "type")],
        asked={"skip_bad": True},
        means=[said(FIRM, _named(2, _COMMAND))],
    ),
    Case(
        name="telephones as numbers, with dashes, and what is none",
        paper=by_openpyxl(
            [
                _PHONE,
                firm(2, 12, 13800000000),
                firm(3, 12, "０８１６－２３３８８８８"),
                firm(4, 12, "1.38E+10"),
                firm(5, 12, "问门卫"),
                firm(6, 12, 1.38e20),
            ]
        ),
        counts={"new": 2, "bad": 3},
        problems=[
            (4, "联系电话", "digits-lost"),
            (5, "联系电话", "type"),
            (6, "联系电话", "digits-lost"),
        ],
        asked={"skip_bad": True},
        means=[said(_PHONE, firm(2, 12, "13800000000")), said(_PHONE, firm(3, 12, "0816-2338888"))],
    ),
    Case(
        name="votes, wages and percentages of an agreement",
        ledger="agreements",
        paper=by_xlsxwriter(
            [
                _TALKS,
                _talk(1, 30, 28, 27, "2,100.50", 0.085),
                _talk(2, 30.0, "28", "27.0", 2100.5, "8.5%"),
                _talk(3, 30, 31, 32, 2100, 8.5),
                _talk(4, 30, 19, 19, "两千", "百分之八"),
            ]
        ),
        counts={"new": 2, "bad": 2},
        problems=[
            (4, "实到代表", "range"),
            (4, "同意票数", "range"),
            (5, "实到代表", "rule"),
            (5, "平均月工资", "type"),
            (5, "增长率", "type"),
        ],
        asked={"skip_bad": True},
        means=[said(_TALKS, _talk(seed, 30, 28, 27, "2100.5", "8.5%")) for seed in (1, 2)],
    ),
    Case(
        name="numbers as Excel keeps them",
        paper=by_hand(
            line(1, FIRM)
            + "".join(
                f'<row r="{row}">'
                + "".join(cell(f"{chr(65 + i)}{row}", raw) for i, raw in enumerate(firm(row)[:4]))
                + f'<c r="E{row}"><v>{number}</v></c></row>'
                for row, number in enumerate(("12", "12.0", "1.2E1", "1.2e+01", "12.5"), 2)
            )
        ),
        counts={"new": 4, "bad": 1},
        problems=[(6, _STAFF, "type")],
        asked={"skip_bad": True},
        means=[said(FIRM, firm(seed)) for seed in range(2, 6)],
    ),
)
