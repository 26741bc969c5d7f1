"""A row and what is wrong with it; which header a key is named by."""

import pytest

from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.rows import Row


def test_a_cell_is_faulty_once_an_error_of_it_was_named() -> None:
    row = Row(2)
    row.warn("注销日期", "date-month-only", "只写了月份。")
    before = row.faulty("注销日期"), row.bad
    row.error("注销日期", "date", "不是日期。")

    assert before == (False, False)
    assert (row.faulty("注销日期"), row.faulty("成立日期"), row.bad) == (True, False, True)


@pytest.mark.parametrize(
    ("slug", "header"),
    [("areas", "区划代码"), ("employers", "统一社会信用代码"), ("coverage", "工会"),
     ("members", "证件号码"), ("agreement-coverage", "协议编号")],
)  # fmt: skip
def test_problems_of_a_key_name_its_first_column(slug: str, header: str) -> None:
    assert LEDGERS[slug].key_header == header
