"""Rows: totals among them, the example, blank ones, repeats, contradictions, what is known."""

from datetime import date
from typing import Any

from tests.ugly.builders import (
    FIRM,
    TOWN,
    UNION_NAME,
    Case,
    by_openpyxl,
    by_text,
    by_xlsxwriter,
    by_xlwt,
    code,
    firm,
    joined,
    said,
    union_code,
)

_CODE = "统一社会信用代码"
_KNOWN = [code(1), "绵阳涪江机械有限公司", TOWN, "企业", 120]
_COVERAGE = ("工会", "用人单位", "涵盖方式", "起始日期", "涵盖职工数")
_AGREEMENT = ("协议编号", "协议类型", "签约工会", "签订日期", "期限起", "期限止")
_UNION = ("工会代码", "工会名称", "工会类型", "所属区划", "上级工会", "建会日期")
_AREA = ("区划代码", "名称", "上级代码", "类型")
_DATED = (*FIRM, "生效日期")
_SPACES = [" ", "\u3000", "\u00a0", "\n", "\u200b"]


def _total_over_two(book: Any) -> None:
    book.worksheets[0].merge_cells("A3:B3")


CASES = (
    Case(
        name="totals in the middle and at the end",
        paper=by_openpyxl(
            [
                FIRM,
                ["小 计：", None, None, None, 12],
                firm(2),
                ["小计", None, None, None, 12],
                firm(3),
                [None, "合　计", None, None, 24],
                ["总计:", None, None, None, 24],
            ]
        ),
        counts={"new": 2},
        totals=4,
        means=[said(FIRM, firm(2)), said(FIRM, firm(3))],
    ),
    Case(
        name="the total stands in a column nobody knows, merged",
        paper=by_openpyxl(
            [["序号", *FIRM], [1, *firm(2)], ["合计", None, None, None, None, 12]],
            _total_over_two,
        ),
        counts={"new": 1},
        totals=1,
        ignored=["序号"],
    ),
    Case(
        name="the example row of the template",
        paper=by_xlsxwriter([FIRM, ["示例：91510703MA00000009", *firm(9)[1:]], firm(2)]),
        counts={"new": 1},
        totals=1,
    ),
    Case(
        name="a firm whose name begins like a total",
        paper=by_xlsxwriter([FIRM, [code(2), "合计算力公司", TOWN, "企业", 12]]),
        counts={"new": 1},
        means=[said(FIRM, [code(2), "合计算力公司", TOWN, "企业", 12])],
    ),
    Case(
        name="the header again on every page, a signature at the end",
        paper=by_xlwt([FIRM, firm(2), FIRM, firm(3), ["填表人：张示范", None, "城厢街道"]]),
        counts={"new": 2, "bad": 2},
        problems=[
            (3, _CODE, "uscc-checksum"),
            (3, "所属区划", "unknown-area"),
            (3, "单位性质", "choice"),
            (3, "职工人数", "type"),
            (5, _CODE, "uscc-checksum"),
            (5, "单位名称", "required"),
            (5, "单位性质", "required"),
            (5, "职工人数", "required"),
        ],
    ),
    Case(
        name="blank rows and rows of nothing but spaces",
        paper=by_xlsxwriter([FIRM, [], firm(2), _SPACES, [], [None] * 5, firm(3), ["", " "]]),
        counts={"new": 2},
    ),
    Case(
        name="a running number alone makes no row",
        paper=by_xlwt([["序号", *FIRM], [1, *firm(2)], [2], [3], [4, *firm(3)]]),
        counts={"new": 2},
        ignored=["序号"],
    ),
    Case(
        name="an identical second row",
        paper=by_xlwt([FIRM, firm(2), firm(3), firm(2)]),
        counts={"new": 2, "skipped": 1},
        problems=[(4, _CODE, "duplicate")],
    ),
    Case(
        name="a second row that only looks different",
        paper=by_openpyxl(
            [FIRM, firm(2), [f" {code(2)}\u00a0", " 绵阳第２机械厂", 510703001, "企业\n", "12.0"]]
        ),
        counts={"new": 1, "skipped": 1},
        problems=[(3, _CODE, "duplicate")],
    ),
    Case(
        name="two rows of one firm that differ, and a good one",
        paper=by_xlsxwriter([FIRM, firm(2), firm(3), firm(2, 13)]),
        counts={"new": 1, "bad": 2},
        problems=[(2, _CODE, "duplicate"), (4, _CODE, "duplicate")],
    ),
    Case(
        name="two rows of one firm on two days",
        paper=by_xlwt([_DATED, firm(2, 13, "2014-06-01"), firm(2, 12, "2014-01-01")]),
        counts={"new": 1, "changed": 1},
        means=[
            said(_DATED, firm(2, 12, "2014-01-01")),
            said(_DATED, firm(2, 13, "2014-06-01")),
        ],
    ),
    Case(
        name="two rows of one agreement",
        ledger="agreements",
        paper=by_openpyxl(
            [
                _AGREEMENT,
                ["绵〔2014〕1号", "单独", UNION_NAME, "2014-01-01", "2014-01-01", "2014-12-31"],
                ["绵〔2014〕1号", "单独", UNION_NAME, "2014-02-01", "2014-02-01", "2014-12-31"],
            ]
        ),
        counts={"bad": 2},
        problems=[(2, "协议编号", "duplicate"), (3, "协议编号", "duplicate")],
    ),
    Case(
        name="nothing new: the row says what is known",
        paper=by_xlwt([FIRM, _KNOWN]),
        counts={"unchanged": 1},
    ),
    Case(
        name="blank required cells of a known firm mean as before",
        paper=by_xlsxwriter([FIRM, [code(1), None, "", " ", 121]]),
        counts={"changed": 1},
        means=[said(FIRM, [*_KNOWN[:4], 121])],
    ),
    Case(
        name="blank required cells of a new firm",
        paper=by_xlwt([FIRM, [code(2), None, "", " ", None], [None, "无码厂", None, "企业", 3]]),
        counts={"bad": 2},
        problems=[
            (2, "单位名称", "required"),
            (2, "所属区划", "required"),
            (2, "单位性质", "required"),
            (2, "职工人数", "required"),
            (3, "所属区划", "required"),
        ],
    ),
    Case(
        name="the good rows go in, the bad ones are named",
        paper=by_xlsxwriter([FIRM, firm(2, -1), firm(3), firm(4, "许多")]),
        counts={"new": 1, "bad": 2},
        asked={"skip_bad": True},
        problems=[(2, "职工人数", "range"), (4, "职工人数", "type")],
        means=[said(FIRM, firm(3))],
    ),
    Case(
        name="a rehearsal writes nothing",
        paper=by_xlwt([FIRM, firm(2)]),
        counts={"new": 1},
        asked={"dry_run": True},
    ),
    Case(
        name="an older day is filed late",
        paper=by_openpyxl([_DATED, [*_KNOWN[:4], 90, date(2008, 1, 1)]]),
        counts={"changed": 1},
        means=[said(_DATED, [*_KNOWN[:4], 90, "2008-01-01"])],
    ),
    Case(
        name="the word for clearing a cell",
        paper=by_xlsxwriter([("统一社会信用代码", *FIRM[1:], "女职工人数"), [*_KNOWN, " 清空 "]]),
        counts={"changed": 1},
    ),
    Case(
        name="a required cell cannot be cleared",
        paper=by_openpyxl([FIRM, [*_KNOWN[:4], "清空"]]),
        counts={"bad": 1},
        problems=[(2, "职工人数", "required")],
    ),
    Case(
        name="names of areas: one is clear, one means two, one is unknown",
        paper=by_xlsxwriter(
            [
                FIRM,
                [*firm(2)[:2], "城厢街道", "企业", 12],
                [*firm(3)[:2], "塘汛镇", "企业", 12],
                [*firm(4)[:2], "没有的镇", "企业", 12],
            ]
        ),
        counts={"new": 1, "bad": 2},
        problems=[(3, "所属区划", "unknown-area"), (4, "所属区划", "unknown-area")],
    ),
    Case(
        name="a shop without a code, known by its name and area",
        paper=by_xlwt([FIRM[1:], ["东街早餐店 ", "城厢街道", "个体工商户", 4]]),
        counts={"changed": 1},
    ),
    Case(
        name="a child stands above its parent",
        ledger="areas",
        paper=by_xlwt(
            [
                _AREA,
                ["510703003001", "东街社区", "510703003", "社区"],
                [510703003.0, "石塘镇", 510703, "镇"],
                ["510703004", "无主镇", "510799", "镇"],
                ["510703005", "青义镇", "涪城区", "小镇"],
            ]
        ),
        counts={"new": 2, "bad": 2},
        problems=[(4, "上级代码", "unknown-area"), (5, "类型", "choice")],
    ),
    Case(
        name="unions above each other in one file, one above nobody",
        ledger="unions",
        paper=by_openpyxl(
            [
                _UNION,
                [None, "东街商圈联合工会", "联合基层工会", TOWN, "城厢总工会", "2012-01-01"],
                [union_code(3), "城厢总工会", "总工会", "城厢街道", None, "2000年1月1日"],
                [None, "西街联合工会", "联合基层工会", TOWN, "没有的工会", "2012-01-01"],
            ]
        ),
        counts={"new": 2, "bad": 1},
        problems=[(4, "上级工会", "unknown-union")],
    ),
    Case(
        name="coverage by codes and by names, some of them unknown",
        ledger="coverage",
        paper=by_xlsxwriter(
            [
                _COVERAGE,
                [UNION_NAME, "绵阳涪江机械有限公司", "单独", "2008-06-01", 120],
                [union_code(1), "东街早餐店", "联合", "2010-06-01", "3"],
                [union_code(2), code(1), "单独", "2008-06-01", 1],
                [UNION_NAME, "没有的厂", "独自", "2008-06-01", 1],
            ]
        ),
        counts={"new": 2, "bad": 2},
        problems=[
            (4, "工会", "unknown-union"),
            (5, "用人单位", "unknown-employer"),
            (5, "涵盖方式", "choice"),
        ],
    ),
    Case(
        name="covered by an agreement that is not there",
        ledger="agreement-coverage",
        paper=by_text(
            joined(
                ("协议编号", "用人单位", "覆盖职工数"),
                ("绵工协〔2011〕001号", "绵阳涪江机械有限公司", "1200"),
                ("绵工协〔2011〕002号", code(1), "3"),
            )
        ),
        sheet=None,
        counts={"new": 1, "bad": 1},
        problems=[(3, "协议编号", "unknown-agreement")],
    ),
)
