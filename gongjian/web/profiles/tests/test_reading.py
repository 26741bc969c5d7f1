"""Forms of others, read: titles, headers of one row and of two, what is kept of them."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.profiles.reading import read_form

EMPLOYERS = LEDGERS["employers"]


def saved(
    folder: Path, *rows: list[Any], merged: tuple[str, ...] = (), sheet: str = "上报表"
) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(row)
    for span in merged:
        first.merge_cells(span)
    book.save(folder / "template.xlsx")
    return folder / "template.xlsx"


def test_titles_headers_and_no_rows_are_kept(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        ["四川省基层组织建设情况表", None, None, None],
        ["填报单位：", None, None, "2011 年"],
        ["序号", "企业名称", "职工数", "备注"],
        [1, "旧数据公司", 20, "不该留下"],
        merged=("A1:D1",),
    )

    form = read_form(path, EMPLOYERS, {})

    assert form.sheet == "上报表"
    assert form.head == [
        ["四川省基层组织建设情况表", "", "", ""],
        ["填报单位：", "", "", "2011 年"],
        ["序号", "企业名称", "职工数", "备注"],
    ]
    assert form.spans == [[0, 0, 0, 3]]
    assert form.columns == [
        ("序号", ""),
        ("企业名称", "单位名称"),
        ("职工数", "职工人数"),
        ("备注", ""),
    ]


def test_headers_of_two_rows(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        ["单位名称", "职工人数", None, "备注"],
        [None, "总数", "女", None],
        merged=("A1:A2", "B1:C1", "D1:D2"),
    )

    form = read_form(path, EMPLOYERS, {})

    assert len(form.head) == 2
    assert form.columns == [
        ("单位名称", "单位名称"),
        ("总数", "职工人数"),
        ("女", "女职工人数"),
        ("备注", ""),
    ]


def test_headers_pointed_before_are_known(tmp_path: Path) -> None:
    path = saved(tmp_path, ["企业全称", "街镇"])

    with pytest.raises(Refused, match="没有认出表头"):
        read_form(path, EMPLOYERS, {})
    form = read_form(path, EMPLOYERS, {"企业全称": "单位名称"})
    assert form.columns == [("企业全称", "单位名称"), ("街镇", "")]


def test_a_header_row_said_by_hand(tmp_path: Path) -> None:
    path = saved(tmp_path, ["单位名称"], ["甲", "乙"], [None, None])

    assert read_form(path, EMPLOYERS, {}, header_row=2).columns == [("甲", ""), ("乙", "")]
    for row in (3, 9, 200):
        with pytest.raises(Refused, match=r"第 .+ 行"):
            read_form(path, EMPLOYERS, {}, header_row=row)


def test_a_file_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"%PDF-1.4")

    with pytest.raises(Refused, match="PDF"):
        read_form(path, EMPLOYERS, {})


def test_a_csv_has_a_sheet_named_as_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("单位名称,职工人数\n甲,2\n", encoding="utf-8")

    assert read_form(path, EMPLOYERS, {}).sheet == "用人单位台账"
