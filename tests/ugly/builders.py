"""Papers for the ugly cases: workbooks by four writers, text files, and bytes as they come."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
import xlwt

from gongjian.core.builders import make_credit_code, make_identity

OPENPYXL, XLSXWRITER, XLWT, ZIP = "openpyxl", "xlsxwriter", "xlwt", "zip"
WRITERS = (OPENPYXL, XLSXWRITER, XLWT, ZIP)
TEXT, RAW = "text", "raw"

Row = Sequence[Any]
Sheets = Mapping[str, Sequence[Row]]
Place = tuple[int | None, str | None, str]

TOWN = "510703001"
FIRM = ("统一社会信用代码", "单位名称", "所属区划", "单位性质", "职工人数")
MEMBER = ("证件号码", "姓名", "所属工会", "入会日期")
UNION_NAME = "绵阳涪江机械有限公司工会委员会"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be written: by whom, with which ending, and how."""

    writer: str
    suffix: str
    write: Callable[[Path], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A paper and the answer to it.

    counts     what the answer counts, without the zeros
    problems   (row, column, code) of each problem
    means      plain rows that say the same: imported afterwards, each must be unchanged
    asked      further arguments of the request
    """

    name: str
    paper: Paper
    ledger: str = "employers"
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[Place] = ()
    sheet: str | None = "Sheet1"
    header_row: int | None = 1
    totals: int = 0
    ignored: Sequence[str] = ()
    others: Sequence[str] = ()
    means: Sequence[Mapping[str, Any]] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)


def code(seed: int) -> str:
    """A valid credit code of a firm."""
    return make_credit_code(seed)


def union_code(seed: int) -> str:
    """A valid credit code of a union."""
    return make_credit_code(seed, kind="81")


def person(seed: int) -> str:
    """A valid identity number of someone born in the nineteen-eighties."""
    return make_identity("510703", date(1980, 1, 1) + timedelta(days=37 * seed), seed)


def old_number(seed: int) -> str:
    """The same person's number as it was before 1999: 15 digits."""
    number = person(seed)
    return number[:6] + number[8:17]


def firm(seed: int, staff: Any = 12, *more: Any) -> list[Any]:
    """A good row under FIRM."""
    return [code(seed), f"绵阳第{seed}机械厂", TOWN, "企业", staff, *more]


def member(seed: int, *more: Any, joined: Any = "2010-03-01") -> list[Any]:
    """A good row under MEMBER."""
    return [person(seed), f"张示{seed}", UNION_NAME, joined, *more]


def said(head: Row, row: Row) -> dict[str, Any]:
    """A plain row as a dictionary by header."""
    return dict(zip(head, row, strict=True))


# ------------------------------------------------------------------ the four writers


def by_openpyxl(
    rows: Sequence[Row] | Sheets, finish: Callable[[openpyxl.Workbook], object] | None = None
) -> Paper:
    """A workbook by openpyxl; `finish` spoils it before it is saved."""

    def write(path: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, lines in _sheets(rows).items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(list(line))
        if finish is not None:
            finish(book)
        book.save(path)

    return Paper(OPENPYXL, ".xlsx", write)


def by_xlsxwriter(
    rows: Sequence[Row] | Sheets,
    finish: Callable[[xlsxwriter.Workbook], object] | None = None,
    **options: Any,
) -> Paper:
    """A workbook by XlsxWriter; texts stay texts, a Formula becomes one."""

    def write(path: Path) -> None:
        settings = {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd", **options}
        with xlsxwriter.Workbook(path, settings) as book:
            for name, lines in _sheets(rows).items():
                sheet = book.add_worksheet(name)
                for at, line in enumerate(lines):
                    for column, raw in enumerate(line):
                        _put(sheet, at, column, raw)
            if finish is not None:
                finish(book)

    return Paper(XLSXWRITER, ".xlsx", write)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value the writer's programme left beside it."""

    text: str
    value: Any


def _put(sheet: Any, at: int, column: int, raw: Any) -> None:
    if isinstance(raw, Formula):
        sheet.write_formula(at, column, raw.text, None, raw.value)
    elif raw is not None:
        sheet.write(at, column, raw)


def by_xlwt(
    rows: Sequence[Row] | Sheets,
    finish: Callable[[Any], object] | None = None,
    spoil: Callable[[bytes], bytes] | None = None,
) -> Paper:
    """An .xls by xlwt; days are written as Excel days, `spoil` acts on the finished bytes."""
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")

    def write(path: Path) -> None:
        book = xlwt.Workbook()
        for name, lines in _sheets(rows).items():
            sheet = book.add_sheet(name, cell_overwrite_ok=True)
            for at, line in enumerate(lines):
                for column, raw in enumerate(line):
                    style = day if isinstance(raw, date) else xlwt.Style.default_style
                    sheet.write(at, column, raw, style)
        if finish is not None:
            finish(book)
        stream = io.BytesIO()
        book.save(stream)
        path.write_bytes(spoil(stream.getvalue()) if spoil else stream.getvalue())

    return Paper(XLWT, ".xls", write)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OWN_FORMATS = (
    "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
    "[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
    "&quot;共&quot;0&quot;人&quot;",
)
NUMBER_FORMATS = (0, 14, 31, 57, 10, *range(176, 176 + len(_OWN_FORMATS)))
"""What style 0, 1, 2 … of STYLES shows a number as: plain, three days, a percentage, our own."""
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(_OWN_FORMATS)}">'
    + "".join(
        f'<numFmt numFmtId="{number}" formatCode="{text}"/>'
        for number, text in enumerate(_OWN_FORMATS, 176)
    )
    + '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    f'<cellXfs count="{len(NUMBER_FORMATS)}">'
    + "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in NUMBER_FORMATS)
    + "</cellXfs></styleSheet>"
)


def by_hand(
    rows: str,
    *,
    shared: Iterable[str] = (),
    before: str = "",
    after: str = "",
    replaced: Mapping[str, str] | None = None,
    spoil: Callable[[bytes], bytes] | None = None,
) -> Paper:
    """A zip of XML put together by hand: `rows` is what stands in `<sheetData>`.

    shared    inner XML of each shared string
    before    what stands before `<sheetData>`, `after` behind it
    replaced  parts of the archive written instead of, or beside, the usual ones
    """
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    parts = {**_parts(list(shared)), "xl/worksheets/sheet1.xml": sheet, **(replaced or {})}

    def write(path: Path) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        path.write_bytes(spoil(stream.getvalue()) if spoil else stream.getvalue())

    return Paper(ZIP, ".xlsx", write)


def _parts(strings: Sequence[str]) -> dict[str, str]:
    """The usual parts of a workbook beside its only sheet."""
    kept = f'<sst xmlns="{MAIN}" count="{len(strings)}" uniqueCount="{len(strings)}">'
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": kept + "".join(f"<si>{s}</si>" for s in strings) + "</sst>",
    }


def _relations(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{i}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def _content_types() -> str:
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    items = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{spreadsheet}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def cell(ref: str, raw: Any, more: str = "") -> str:
    """A cell in XML: numbers as they are, texts inside; `ref` may be blank."""
    at = f' r="{ref}"' if ref else ""
    if isinstance(raw, str):
        text = f'<is><t xml:space="preserve">{escape(raw)}</t></is>'
        return f'<c{at} t="inlineStr"{more}>{text}</c>'
    return f"<c{at}{more}><v>{raw}</v></c>"


def line(number: int, values: Row) -> str:
    """A row in XML with references in all places; None leaves a cell out."""
    cells = (cell(f"{chr(65 + i)}{number}", raw) for i, raw in enumerate(values) if raw is not None)
    return f'<row r="{number}">{"".join(cells)}</row>'


def lines(*rows: Row) -> str:
    """Rows in XML from row 1 on."""
    return "".join(line(number, row) for number, row in enumerate(rows, 1))


# ------------------------------------------------------------------ texts and bytes


def by_text(text: str, encoding: str = "utf-8", suffix: str = ".csv") -> Paper:
    """A text file in some encoding."""
    return Paper(TEXT, suffix, lambda path: path.write_bytes(text.encode(encoding)))


def joined(*rows: Row, mark: str = ",", end: str = "\r\n") -> str:
    """Rows as delimited text, unquoted."""
    return end.join(mark.join(map(str, row)) for row in rows) + end


def html_rows(*rows: Row) -> str:
    """Rows as the inside of an HTML table."""
    return "".join("<tr>" + "".join(f"<td>{raw}</td>" for raw in row) + "</tr>" for row in rows)


def by_bytes(data: bytes, suffix: str = ".xlsx") -> Paper:
    """A file of these bytes."""
    return Paper(RAW, suffix, lambda path: path.write_bytes(data))


def _sheets(rows: Sequence[Row] | Sheets) -> Sheets:
    return rows if isinstance(rows, Mapping) else {"Sheet1": rows}
