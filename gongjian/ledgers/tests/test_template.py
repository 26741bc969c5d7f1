"""Templates: what they show, and that imports take nothing from them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongjian.core.access import OPERATOR
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Request, run
from gongjian.ledgers.normalise import header_specs, rows_of
from gongjian.ledgers.reading import read_table
from gongjian.ledgers.template import EXAMPLE, HEADER, write_template

SLUGS = ("areas", "employers", "unions", "coverage", "members", "agreements", "agreement-coverage")


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_a_blank_template_is_read_back_as_nothing(tmp_path: Path, slug: str) -> None:
    path = tmp_path / "t.xlsx"
    write_template(LEDGERS[slug], path)

    answer = run(Request(ledger=LEDGERS[slug], actor=OPERATOR, path=path))

    assert (answer.rows, answer.totals_skipped, answer.problems) == (0, 1, [])
    assert (answer.sheet, answer.header_row) == (LEDGERS[slug].title, HEADER + 1)
    assert (answer.ignored_columns, answer.other_sheets) == ([], [])
    assert list(answer.positions) == [c.header for c in LEDGERS[slug].columns]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_the_example_is_right_in_every_cell(tmp_path: Path, slug: str) -> None:
    path, ledger = tmp_path / "t.xlsx", LEDGERS[slug]
    write_template(ledger, path)
    book = load_workbook(path)
    book.worksheets[0].cell(EXAMPLE + 1, 1).value = ledger.columns[0].example
    book.save(path)

    (row,) = rows_of(ledger, read_table(path, header_specs(ledger)))

    assert [p.message for p in row.problems] == []
    assert len(row.cells) + len(row.tokens) == len([c for c in ledger.columns if c.example])


def test_required_columns_notes_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(LEDGERS["employers"], path)

    book = load_workbook(path)
    sheet, lists = book.worksheets
    heads = {c.value: c for c in sheet[HEADER + 1]}
    rules = {str(r.sqref): r for r in sheet.data_validations.dataValidation}
    at = [c.header for c in LEDGERS["employers"].columns].index("单位性质")
    letter = "ABCDEFGHIJ"[at]

    assert "单位名称*" in heads
    assert "统一社会信用代码" in heads
    note = heads["单位性质*"].comment
    assert note is not None
    assert note.text == (
        "必填。\n从列表中选：企业、机关、事业单位、社会团体、民办非企业、个体工商户、其他。"
    )
    assert lists.sheet_state == "veryHidden"
    assert rules[f"{letter}{EXAMPLE + 1}:{letter}1048576"].formula1 == "list_nature"
    place = book.defined_names["list_nature"].attr_text.partition("!")[2]
    assert [c.value for (c,) in lists[place.replace("$", "")]] == [
        "企业", "机关", "事业单位", "社会团体", "民办非企业", "个体工商户", "其他",
    ]  # fmt: skip


def test_formats_and_printing(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(LEDGERS["members"], path)

    sheet = load_workbook(path).worksheets[0]
    formats = {
        str(sheet.cell(HEADER + 1, at).value).rstrip("*"): sheet.column_dimensions[
            letter
        ].number_format
        for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTU", 1)
    }

    assert (formats["证件号码"], formats["手机"], formats["所属工会"]) == ("@", "@", "@")
    assert (formats["出生日期"], formats["入会日期"]) == ("yyyy-mm-dd", "yyyy-mm-dd")
    assert sheet.cell(EXAMPLE + 1, 1).value == "示例：居民身份证"
    assert sheet.freeze_panes == "B4"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$3:$3"
