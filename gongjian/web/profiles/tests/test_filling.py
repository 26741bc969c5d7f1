"""Cells that are awkward to copy stand in the form as the export wrote them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.writing import SHEET_ROWS, Styles, put_day, put_text, workbook
from gongjian.web.profiles.filling import fill
from gongjian.web.profiles.models import ExportProfile

EMPLOYERS = LEDGERS["employers"]
FOUNDED, OLD = date(2006, 5, 18), date(1898, 1, 2)
TEXTS = [
    "=1+1",
    "<r>甲</r>",
    "_x0041_",
    "  两头空  ",
    "上\n下",
    "&<>\"'",
    "@甲",
    "0012",
]


def exported(path: Path) -> Path:
    """A workbook as the export writes it: a name, a number of staff and a day in each row."""
    with workbook(path, streaming=True) as book:
        styles, sheet = Styles(book), book.add_worksheet("用人单位台账")
        text = styles.of("@")
        for at, head in enumerate(("单位名称", "职工人数", "成立日期")):
            put_text(sheet, 0, at, head, styles.header)
        for row, name in enumerate(TEXTS, 1):
            put_text(sheet, row, 0, name, text)
            sheet.write_number(row, 1, row)
            put_day(sheet, row, 2, OLD if row == 1 else FOUNDED, styles)
    return path


def profile(**more: Any) -> ExportProfile:
    made = {"sheet": "表", "head": [["甲乙表"], ["建立", "多余", "名"]], "spans": [[0, 0, 0, 2]]}
    columns = [["建立", "opened"], ["多余", ""], ["名", "name"]]
    return ExportProfile(**{"name": "表", **made, "columns": columns, **more})


def test_awkward_cells_are_copied_as_they_are(tmp_path: Path) -> None:
    source = exported(tmp_path / "source.xlsx")

    fill(profile(), EMPLOYERS, source, tmp_path / "filled.xlsx", len(TEXTS))

    sheet = load_workbook(tmp_path / "filled.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=3))
    # openpyxl leaves escapes in such texts as they are.
    shown = [str(row[2].value).replace("_x005F_", "_") for row in rows]
    assert shown == TEXTS
    assert {row[2].data_type for row in rows} == {"s"}
    assert [row[1].value for row in rows] == [None] * len(TEXTS)
    assert rows[0][0].value == OLD.isoformat()
    assert {str(row[0].value)[:10] for row in rows[1:]} == {FOUNDED.isoformat()}
    assert [str(span) for span in sheet.merged_cells.ranges] == ["A1:C1"]


def test_more_rows_than_a_sheet_takes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="一张工作表放不下"):
        fill(profile(), EMPLOYERS, tmp_path / "x", tmp_path / "y", SHEET_ROWS - 1)
