"""Files for the tests of reading: workbooks put together by hand, part by part."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import xlsxwriter

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading import HeaderSpec, Table, read_table

SPECS = (
    HeaderSpec(header="单位名称", required=True, aliases=("企业名称",)),
    HeaderSpec(
        header="职工人数",
        required=True,
        under=(("职工人数", "总数"), ("职工人数", "合计")),
    ),
    HeaderSpec(header="女职工人数", required=False, under=(("职工人数", "女"),)),
    HeaderSpec(header="联系电话", required=False),
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def by_hand(path: Path, rows: str, *, name: str = "Sheet1", extra: Mapping[str, str] = {}) -> Path:
    """An .xlsx with one sheet whose `<sheetData>` holds `rows` as written."""
    sheet = (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
        **extra,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def inline(reference: str, text: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER_CELLS = inline("A1", "单位名称") + inline("B1", "职工人数")


def xlsx(path: Path, sheets: Mapping[str, Iterable[Iterable[Raw]]]) -> Path:
    """An .xlsx with these rows; texts stay texts."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, raw in enumerate(row):
                    if raw is not None:
                        sheet.write(at, column, raw)
    return path


def summary(path: Path, sheet: str | None = None) -> tuple[int | None, list[int], list[list[Raw]]]:
    """Header row, row numbers, and the cells column by column in the order of the specs."""
    table = read_table(path, SPECS, sheet=sheet)
    return table.header_row, table.row_numbers, columns(table)


def columns(table: Table) -> list[list[Raw]]:
    """The cells column by column, in the order of the specs."""
    return [table.cells[spec.header] for spec in SPECS if spec.header in table.cells]
