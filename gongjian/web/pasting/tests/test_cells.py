"""What a spreadsheet puts on the clipboard, read as cells."""

import pytest

from gongjian.core.errors import Refused
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.pasting.cells import MOST_ROWS, lines_of, read

EMPLOYERS = LEDGERS["employers"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ('甲\t"两\n行"\t丙\n', [["甲", "两\n行", "丙"]]),
        ('"说""好""了\t"\t乙', [['说"好"了\t', "乙"]]),
        ('"甲"公司\t"乙', [['"甲"公司', '"乙']]),
        ('""\t"', [["", '"']]),
        ("\t甲\n\n\t\n乙\n\n", [["", "甲"], [""], ["", ""], ["乙"]]),
        ("甲\r乙", [["甲"], ["乙"]]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_the_clipboard_is_read_as_cells(text: str, cells: list[list[str]]) -> None:
    assert lines_of(text) == cells


def test_headers_choose_the_columns_and_missing_required_ones_are_added() -> None:
    found = read(EMPLOYERS, "职工总数 *\t企业名称（全称）\n20\t甲公司", {})

    assert found.heads == ("职工总数 *", "企业名称（全称）", "所属区划", "单位性质")
    assert found.rows == [["20", "甲公司"]]
    assert found.unknown == ()


def test_an_unknown_header_may_be_a_required_column_so_none_is_added() -> None:
    found = read(EMPLOYERS, "单位名称\t街镇\t职工人数\n甲公司\t城厢街道\t20", {})

    assert (found.heads, found.unknown) == (("单位名称", "街镇", "职工人数"), ("街镇",))


def test_a_header_pointed_before_is_known() -> None:
    found = read(EMPLOYERS, "单位名称\t街镇\n甲公司\t城厢街道", {"街镇": "所属区划"})

    assert found.unknown == ()
    assert found.heads == ("单位名称", "街镇", "单位性质", "职工人数")


def test_without_headers_the_columns_stand_as_on_paper() -> None:
    found = read(EMPLOYERS, "\t甲公司\t510703001", {})

    assert found.heads == tuple(c.header for c in EMPLOYERS.columns)
    assert found.rows == [["", "甲公司", "510703001"]]


def test_a_nameless_column_that_says_something_is_called_by_its_place() -> None:
    found = read(EMPLOYERS, "单位名称\t\t职工人数\n甲公司\t要紧的话\t20", {})

    assert found.heads == ("单位名称", "第 2 列", "职工人数")
    assert found.unknown == ("第 2 列",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n \n", "还没有填任何一行"),
        ("单位名称\t职工人数\n", "只有表头"),
        ("单位名称\n" + "甲\n" * (MOST_ROWS + 1), "一共 2,001 行"),
        ("\t".join("甲" * 30), "粘贴的内容有 30 列"),
        ("单位名称\t职工人数\n甲\t20\t多出来的", "粘贴的内容有 3 列"),
    ],
)
def test_nothing_and_too_much_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(EMPLOYERS, text, {})
