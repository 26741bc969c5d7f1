"""Lines under a table: their errors say what they are, and stay as many as they were."""

from typing import Any

import pytest

from gongjian.core.builders import make_credit_code
from gongjian.ledgers.importing import Answer
from tests.papers import bring, codes, county

pytestmark = pytest.mark.django_db

FIRM = {
    "统一社会信用代码": make_credit_code(1),
    "单位名称": "甲公司",
    "所属区划": "510703001",
    "单位性质": "企业",
    "职工人数": 12,
}


def below(**cells: Any) -> Answer:
    """What comes of a sound row with another one under it."""
    county()
    return bring("employers", FIRM, cells)


def required(answer: Answer) -> list[tuple[str | None, str]]:
    return [(p.column, p.message) for p in answer.problems if p.code == "required"]


@pytest.mark.parametrize(
    "text",
    ["填表人：张示范", "填 表 人：张示范", "审核人：", "制表日期：2011-03-05", "共计 12 家",
     "备注：以上为初步统计", "说明：本表一式两份", "单位负责人（签字）"],
)  # fmt: skip
def test_a_note_under_the_table_is_told_from_a_row(text: str) -> None:
    answer = below(统一社会信用代码=text)

    first, *others = required(answer)
    assert first == (
        "单位名称",
        f"这一行以“{text}”开头，像是表格下方的附注，请删除这一行；如果确实是数据，请补上“单位名称”。",
    )
    assert others == [(h, f"“{h}”必须填写，请补上。") for h in ("所属区划", "单位性质", "职工人数")]
    assert codes(answer) == [
        (3, "统一社会信用代码", "uscc-checksum"),
        (3, "单位名称", "required"),
        (3, "所属区划", "required"),
        (3, "单位性质", "required"),
        (3, "职工人数", "required"),
    ]


def test_the_first_filled_cell_decides_wherever_it_stands() -> None:
    answer = below(所属区划="审核人：李示范", 职工人数="制表：王示范")

    assert required(answer)[0][1].startswith("这一行以“审核人：李示范”开头")


def test_a_long_note_is_cut() -> None:
    answer = below(统一社会信用代码=f"说明：{'略' * 40}")

    assert required(answer)[0][1].startswith(f"这一行以“说明：{'略' * 17}”开头")


def test_another_row_that_lacks_cells_is_told_plainly() -> None:
    answer = below(单位名称="甲厂", 所属区划="510703001", 法定代表人="审核人")

    assert required(answer) == [
        ("单位性质", "“单位性质”必须填写，请补上。"),
        ("职工人数", "“职工人数”必须填写，请补上。"),
    ]


def test_a_firm_whose_name_begins_like_a_note_is_a_firm() -> None:
    name = "说明书印刷厂"

    answer = below(**{**FIRM, "统一社会信用代码": make_credit_code(2), "单位名称": name})

    assert (answer.problems, answer.counts["new"]) == ([], 2)


def test_a_note_in_a_column_of_secrets_is_named_by_its_beginning() -> None:
    county()

    answer = bring("members", {"证件号码": "填表人：张示范"})

    first = required(answer)[0]
    assert first[0] == "姓名"
    assert first[1].startswith("这一行以“填表”开头")
