"""Workbooks put together by hand: what programmes other than Excel write and Excel still opens."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from tests.ugly.builders import (
    DOCUMENT,
    FIRM,
    MAIN,
    PACKAGE,
    STYLES,
    Case,
    by_hand,
    cell,
    code,
    firm,
    line,
    lines,
    said,
)

_STRINGS = [f"<t>{text}</t>" for text in (*FIRM, *firm(2)[:4])]
_READ_ALOUD = (
    '<r><t>绵阳</t></r><r><rPr><b/></rPr><t xml:space="preserve">第2</t></r>'
    '<r><t>机械厂</t></r><rPh sb="0" eb="2"><t>ミェンヤン</t></rPh>'
)
_MEANS = [said(FIRM, firm(2))]
_BOTH = [said(FIRM, firm(2)), said(FIRM, firm(3))]
_STAFF = "职工人数"
_SHEET = "xl/worksheets/sheet1.xml"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def _shared(number: int, first: int, count: int, *, refs: bool = True) -> str:
    """A row's cells that point to shared strings."""
    places = [f' r="{chr(65 + i)}{number}"' if refs else "" for i in range(count)]
    return "".join(f'<c{place} t="s"><v>{first + i}</v></c>' for i, place in enumerate(places))


def _bare(*rows: Sequence[Any]) -> str:
    """Rows and cells that do not say where they stand."""
    return "".join(f"<row>{''.join(cell('', raw) for raw in row)}</row>" for row in rows)


def _last(staff: str) -> str:
    """A header and a row whose last cell is given as XML."""
    cells = "".join(cell(f"{chr(65 + i)}2", raw) for i, raw in enumerate(firm(2)[:4]))
    return f'{line(1, FIRM)}<row r="2">{cells}{staff}</row>'


def _prefixed() -> str:
    body = lines(FIRM, firm(2))
    for name in ("row", "c", "is", "t", "v"):
        body = body.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        body = body.replace(f"</{name}>", f"</x:{name}>")
    return f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{body}</x:sheetData></x:worksheet>'


def _sheet(body: str, namespace: str = MAIN) -> str:
    return f'<worksheet xmlns="{namespace}"><sheetData>{body}</sheetData></worksheet>'


def _relations(target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{DOCUMENT}/worksheet" Target="{target}"/><Relationship Id="r2" '
        f'Type="{DOCUMENT}/styles" Target="/xl/styles.xml"/></Relationships>'
    )


def _renamed(rename: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """The same archive with its members under other names."""

    def spoil(data: bytes) -> bytes:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as source,
            zipfile.ZipFile(stream, "w") as archive,
        ):
            for name in source.namelist():
                archive.writestr(rename(name), source.read(name))
        return stream.getvalue()

    return spoil


_RELATIONS = "xl/_rels/workbook.xml.rels"
_NAMED = "".join(reversed([cell(f"{chr(65 + i)}2", raw) for i, raw in enumerate(firm(2))]))
_GOOD = lines(FIRM, firm(2))

CASES = (
    Case(
        name="shared strings",
        paper=by_hand(
            f'<row r="1">{_shared(1, 0, 5)}</row>'
            f'<row r="2">{_shared(2, 5, 4)}<c r="E2"><v>12</v></c></row>',
            shared=_STRINGS,
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="rich text and readings in shared strings",
        paper=by_hand(
            f'<row r="1">{_shared(1, 0, 5)}</row>'
            f'<row r="2">{_shared(2, 5, 4)}<c r="E2" t="s"><v>9</v></c></row>',
            shared=[
                *_STRINGS[:6],
                _READ_ALOUD,
                *_STRINGS[7:],
                "<r><t>1</t></r><r><t>2</t></r>",
            ],
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="shared strings that say not where they stand",
        paper=by_hand(
            f"<row>{_shared(1, 0, 5, refs=False)}</row>"
            f"<row>{_shared(2, 5, 4, refs=False)}<c><v>12</v></c></row>",
            shared=_STRINGS,
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="rows and cells without references",
        paper=by_hand(_bare(FIRM, firm(2), firm(3))),
        counts={"new": 2},
        means=_BOTH,
    ),
    Case(
        name="cells of a row out of order",
        paper=by_hand(f'{line(1, FIRM)}<row r="2">{_NAMED}</row>'),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="rows out of order",
        paper=by_hand(line(4, firm(3)) + line(2, FIRM) + line(3, firm(2, "许多"))),
        counts={"new": 1, "bad": 1},
        header_row=2,
        problems=[(3, _STAFF, "type")],
    ),
    Case(
        name="a row begins far below without saying more",
        paper=by_hand(line(1, FIRM) + line(500, firm(2)) + line(700, firm(3, "许多"))),
        counts={"new": 1, "bad": 1},
        problems=[(700, _STAFF, "type")],
    ),
    Case(
        name="the sheet claims to be one cell large",
        paper=by_hand(lines(FIRM, firm(2), firm(3)), before='<dimension ref="A1"/>'),
        counts={"new": 2},
        means=_BOTH,
    ),
    Case(
        name="the sheet claims to be as large as can be",
        paper=by_hand(lines(FIRM, firm(2)), before='<dimension ref="A1:XFD1048576"/>'),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="the sheet claims nonsense",
        paper=by_hand(lines(FIRM, firm(2)), before='<dimension ref="IV65536:A1"/>'),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="formatted cells without content at the far end",
        paper=by_hand(
            _GOOD + '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="a formula's text, a formula's number",
        paper=by_hand(
            line(1, FIRM)
            + f'<row r="2"><c r="A2" t="str"><f>T("x")</f><v>{code(2)}</v></c>'
            + "".join(cell(f"{chr(66 + i)}2", raw) for i, raw in enumerate(firm(2)[1:4]))
            + '<c r="E2"><f>6*2</f><v>12</v></c></row>'
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="a truth and an error instead of people",
        paper=by_hand(
            _last('<c r="E2" t="b"><v>1</v></c>')
            + line(3, firm(3)[:4]).replace("</row>", '<c r="E3" t="e"><v>#N/A</v></c></row>')
            + line(4, firm(4)[:4]).replace(
                "</row>", '<c t="e" r="E4"><f>1/0</f><v>#DIV/0!</v></c></row>'
            )
        ),
        counts={"bad": 3},
        problems=[(row, _STAFF, "type") for row in (2, 3, 4)],
    ),
    Case(
        name="runs of text inside a cell, a count that is shown with a word",
        paper=by_hand(
            _last('<c r="E2" s="7"><v>12</v></c>').replace(
                '<t xml:space="preserve">绵阳第2机械厂</t>',
                "<r><t>绵阳</t></r><r><rPr><b/></rPr><t>第2机械厂</t></r>",
            )
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="an empty value and no value at all",
        paper=by_hand(
            _last('<c r="E2"><v></v></c>')
            + line(3, firm(3)[:4]).replace("</row>", '<c r="E3"/></row>')
        ),
        counts={"bad": 2},
        problems=[(2, _STAFF, "required"), (3, _STAFF, "required")],
    ),
    Case(
        name="characters written in Excel's own escapes",
        paper=by_hand(
            lines(
                [*FIRM[:4], "职工_x000D_\n人数"],
                [code(2), "绵阳第2机械厂_x000D_\n", *firm(2)[2:]],
                [code(3), "绵阳_x0001_机械厂", *firm(3)[2:]],
            )
        ),
        counts={"new": 1, "bad": 1},
        problems=[(3, "单位名称", "type")],
        asked={"skip_bad": True},
        means=_MEANS,
    ),
    Case(
        name="marked sections and named characters",
        paper=by_hand(
            lines(FIRM, firm(2)).replace("绵阳第2机械厂", "<![CDATA[绵阳第2]]>&#26426;械厂&#160;")
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="elements with a prefix",
        paper=by_hand("", replaced={_SHEET: _prefixed()}),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="the strict form of the standard",
        paper=by_hand("", replaced={_SHEET: _sheet(_GOOD, _STRICT)}),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="a byte-order mark before each part",
        paper=by_hand(
            "", replaced={_SHEET: "\ufeff" + _sheet(_GOOD), "xl/styles.xml": "\ufeff" + STYLES}
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="the sheet under another name and path",
        paper=by_hand(
            "",
            replaced={
                _RELATIONS: _relations("/xl/data/table.xml"),
                "xl/data/table.xml": _sheet(_GOOD),
            },
        ),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="an archive with back slashes in its names",
        paper=by_hand(_GOOD, spoil=_renamed(lambda name: name.replace("/", "\\"))),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="an archive with capital letters in its names",
        paper=by_hand(_GOOD, spoil=_renamed(lambda name: name.replace("workbook", "Workbook"))),
        counts={"new": 1},
        means=_MEANS,
    ),
    Case(
        name="a sheet that the list names and the archive lacks",
        paper=by_hand("", replaced={_RELATIONS: _relations("worksheets/sheet9.xml")}),
        sheet=None,
        header_row=None,
        problems=[(None, None, "unreadable")],
    ),
    Case(
        name="a shared string that is not there",
        paper=by_hand(_last('<c r="E2" t="s"><v>99</v></c>')),
        sheet=None,
        header_row=None,
        problems=[(None, None, "unreadable")],
    ),
)
