"""Awkward cells stand in the form as any export writes them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import Putters, _Words
from gongjian.ledgers.writing import workbook
from gongjian.web.profiles.filling import Filled
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


def profile(**more: Any) -> ExportProfile:
    made = {"sheet": "表", "head": [["甲乙表"], ["建立", "多余", "名"]], "spans": [[0, 0, 0, 2]]}
    columns = [["建立", "opened"], ["多余", ""], ["名", "name"]]
    return ExportProfile(**{"name": "表", **made, "columns": columns, **more})


def fill(path: Path, **more: Any) -> None:
    """Write a name, a number of staff and a day in each row."""
    with workbook(path, streaming=True) as book:
        putters = Putters(book, EMPLOYERS, _Words(), unmask=False)
        paper = Filled(book, putters, profile(), EMPLOYERS, **more)
        for at, name in enumerate(TEXTS):
            paper.add({"name": name, "staff": at, "opened": FOUNDED if at else OLD})


def test_awkward_cells_stand_as_they_are(tmp_path: Path) -> None:
    fill(tmp_path / "filled.xlsx")

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
    path = tmp_path / "filled.xlsx"
    fill(path, sheet_rows=2 + len(TEXTS))
    path.unlink()

    with pytest.raises(Refused, match="超过 7 行，一张工作表放不下"):
        fill(path, sheet_rows=1 + len(TEXTS))

    assert not path.exists()
