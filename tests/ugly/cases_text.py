"""Text files in several encodings, and the web pages that older systems save as .xls."""

from typing import Any

from tests.ugly.builders import (
    FIRM,
    MEMBER,
    TOWN,
    Case,
    by_text,
    code,
    firm,
    html_rows,
    joined,
    member,
    said,
)

_MEANS = [said(FIRM, firm(2))]
_BOTH = [said(FIRM, firm(2)), said(FIRM, firm(3))]
_GOOD = joined(FIRM, firm(2), firm(3))
_PAGE = "<html><head><meta http-equiv='Content-Type' content='text/html; charset={}'>{}</head>{}"


def _page(body: str, charset: str = "gb2312", head: str = "") -> str:
    return _PAGE.format(charset, head, f"<body>{body}</body></html>")


def _case(name: str, text: str, encoding: str = "utf-8", **more: Any) -> Case:
    """A text file read as two good firms, where nothing else is said."""
    suffix = ".xls" if "<" in text[:20] else ".csv"
    usual = {"counts": {"new": 2}, "means": _BOTH, "sheet": None}
    return Case(name=name, paper=by_text(text, encoding, suffix), **{**usual, **more})


_TWO_ROWS = (
    "<table border=1><tr><td colspan=8>用人单位台账</td></tr>"
    "<tr>"
    + "".join(f"<th rowspan=2>{head}</th>" for head in FIRM[:4])
    + "<th colspan=4>职工<br>人数</th></tr>"
    "<tr><th>总数</th><th>女</th><th>农民工</th><th>劳务派遣</th></tr>"
)
_PARTS = (*FIRM, "女职工人数", "农民工人数", "劳务派遣人数")

CASES = (
    _case("UTF-8", _GOOD),
    _case("UTF-8 with a mark", _GOOD, "utf-8-sig"),
    _case("GB18030", _GOOD, "gb18030"),
    _case(
        "GB18030 with a rare character",
        joined(FIRM, [code(2), "绵阳㐂𠮷食品厂", *firm(2)[2:]]),
        "gb18030",
        counts={"new": 1},
        means=[said(FIRM, [code(2), "绵阳㐂𠮷食品厂", *firm(2)[2:]])],
    ),
    _case(
        "UTF-16 with tabs, Excel's Unicode text",
        joined(FIRM, firm(2), firm(3), mark="\t"),
        "utf-16",
    ),
    _case("UTF-16, the other order", "\ufeff" + _GOOD, "utf-16-be"),
    _case(
        "semicolons",
        joined(FIRM, firm(2, "1,200"), firm(3), mark=";"),
        means=[said(FIRM, firm(2, 1200)), _BOTH[1]],
    ),
    _case("tabs, ends of lines as on a Mac", joined(FIRM, firm(2), firm(3), mark="\t", end="\r")),
    _case(
        "the separator is named in the first line",
        "sep=;\r\n" + joined(FIRM, firm(2), firm(3), mark=";"),
        header_row=2,
    ),
    _case(
        "quotes with line breaks and commas within",
        '"统一社会\n信用代码","单位名称\n（必填）",所属区划,单位性质,职工人数\r\n'
        f'{code(2)},"绵阳第2\r\n机械厂",{TOWN},企业,"1,200"\r\n'
        f'{code(3)},"绵阳""第3""机械厂",{TOWN},企业,许多\r\n',
        counts={"new": 1, "bad": 1},
        problems=[(3, "职工人数", "type")],
        asked={"skip_bad": True},
        means=[said(FIRM, [code(2), "绵阳第2 机械厂", TOWN, "企业", 1200])],
    ),
    _case(
        "digits kept from harm by = and by an apostrophe",
        joined(FIRM, [f'="{code(2)}"', *firm(2)[1:]], [f"'{code(3)}", *firm(3)[1:]]),
    ),
    _case(
        "blank lines, lines too short and too long",
        joined(
            ["用人单位台账"], [], FIRM, firm(2), [], firm(3)[:4], [*firm(4), "", "多余"], [","] * 3
        ),
        counts={"new": 2, "bad": 1},
        header_row=3,
        problems=[(6, "职工人数", "required")],
        means=[],
    ),
    _case(
        "titles above, totals below",
        joined(["用人单位台账", "", "", "", ""], FIRM, firm(2), firm(3), ["合计", "", "", "", 24]),
        header_row=2,
        totals=1,
    ),
    _case(
        "two rows of header, where nothing can be merged",
        joined(
            [*FIRM, "", "", ""],
            ["", "", "", "", "总数", "女", "农民工", "劳务派遣"],
            firm(2, 30, 10, 6, 0),
        ),
        counts={"new": 1},
        means=[said(_PARTS, firm(2, 30, 10, 6, 0))],
    ),
    _case(
        "a text that looks like a formula",
        joined(FIRM, [code(2), "=cmd|' /C calc'!A0", *firm(2)[2:]]),
        counts={"new": 1},
        means=[said(FIRM, [code(2), "=cmd|' /C calc'!A0", *firm(2)[2:]])],
    ),
    _case(
        "a quote that nobody closes",
        joined(FIRM, [code(2), '"绵阳第2机械厂', *firm(2)[2:]], firm(3)),
        counts={},
        header_row=None,
        means=[],
        problems=[(None, None, "unreadable")],
    ),
    _case(
        "members with the digits kept by an apostrophe",
        joined(MEMBER, ["'" + member(2)[0], *member(2)[1:]]),
        "gb18030",
        ledger="members",
        counts={"new": 1},
        means=[said(MEMBER, member(2))],
    ),
    _case(
        "a page in GB2312",
        _page(f"<table>{html_rows(FIRM, firm(2), firm(3))}</table>"),
        "gb18030",
    ),
    _case(
        "a page in UTF-8 with Excel's own styles",
        _page(
            f"<table border=0>{html_rows(FIRM, firm(2), firm(3))}</table>".replace(
                "<td>9", "<td class=xl24 style='mso-number-format:\"\\@\"' x:str>9"
            ),
            "utf-8",
            "<style><!-- .xl24 {mso-number-format:'\\@';} --></style><!--[if gte mso 9]><xml>"
            "<x:ExcelWorkbook><x:Name>台账</x:Name></x:ExcelWorkbook></xml><![endif]-->",
        ),
    ),
    _case(
        "a page that says UTF-8 and is not",
        _page(f"<table>{html_rows(FIRM, firm(2), firm(3))}</table>", "utf-8"),
        "gb18030",
    ),
    _case(
        "a page with cells over rows and columns",
        _page(_TWO_ROWS + html_rows(firm(2, 30, 10, 6, 0)) + "</table>"),
        "gb18030",
        counts={"new": 1},
        header_row=2,
        means=[said(_PARTS, firm(2, 30, 10, 6, 0))],
    ),
    _case(
        "a page whose area stands for two rows",
        "<table><thead>"
        + html_rows(FIRM)
        + "</thead><tbody>"
        + html_rows(firm(2)).replace(f"<td>{TOWN}", f"<td rowspan='2'>{TOWN}")
        + html_rows([*firm(3)[:2], *firm(3)[3:]])
        + "</tbody></table>",
    ),
    _case(
        "a page with named characters, breaks and end tags left out",
        "<table><tr><td>统一社会信用代码<td>单位&nbsp;名称<td>所属区划<td>单位性质<td>职工人数"
        f"<tr><td>&nbsp;{code(2)}&nbsp;<td><b>绵阳第2</b><font>机械厂</font>"
        f"<td>{TOWN}<td>企业<td>&#49;2",
        counts={"new": 1},
        means=_MEANS,
    ),
    _case(
        "a page with a table inside a table of the layout",
        _page(
            f"<table><tr><td><table>{html_rows(FIRM, firm(2), firm(3))}</table></td></tr></table>"
        ),
        "gb18030",
        header_row=2,
    ),
)
