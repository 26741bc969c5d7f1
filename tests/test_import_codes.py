"""Every problem code once, as it comes out of a whole import, and the shape of the answer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongjian.core.access import OPERATOR
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Answer, Request, run
from tests.papers import bring, codes, county
from tests.worlds import Cells, covers, entries, firm, good, held, member, number, tally, union

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
CODE = "统一社会信用代码"


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"职工人数": None}, [("职工人数", "required")]),
        ({"职工人数": "二十"}, [("职工人数", "type")]),
        ({"职工人数": 12.5}, [("职工人数", "type")]),
        ({"职工人数": "#N/A"}, [("职工人数", "type")]),
        ({"职工人数": -1}, [("职工人数", "range")]),
        ({"单位名称": "长" * 201}, [("单位名称", "range")]),
        ({"女职工人数": 101}, [("女职工人数", "range")]),
        (
            {"农民工人数": 101, "劳务派遣人数": 102},
            [("农民工人数", "range"), ("劳务派遣人数", "range")],
        ),
        ({"单位性质": "公司"}, [("单位性质", "choice")]),
        ({"世界500强": "也许"}, [("世界500强", "choice")]),
        ({"成立日期": "2011-02-30"}, [("成立日期", "date")]),
        ({"成立日期": 2011.1}, [("成立日期", "date-ambiguous")]),
        ({"注销日期": "2004-12-31"}, [("注销日期", "date-order")]),
        ({CODE: 9.1510703e17}, [(CODE, "digits-lost")]),
        ({CODE: "9.15E+17"}, [(CODE, "digits-lost")]),
        ({CODE: "915107030000000001"}, [(CODE, "uscc-checksum")]),
        ({"所属区划": "510799"}, [("所属区划", "unknown-area")]),
    ],
)
def test_a_wrong_cell_is_an_error_of_its_code(cells: Cells, found: list[tuple[str, str]]) -> None:
    county()
    answer = bring("employers", firm() | cells, on=DAY)

    assert codes(answer) == [(2, column, code) for column, code in found]
    assert {p.level for p in answer.problems} == {"error"}
    assert (tally(answer), answer.change, answer.refused) == ((0, 0, 0, 1, 0), None, True)


@pytest.mark.parametrize("month", ["2011年3月", "2011.3", "201103"])
def test_a_month_is_its_first_day_with_a_warning(month: str) -> None:
    county()
    answer = bring("employers", firm() | {"成立日期": month}, on=DAY)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [(2, "成立日期", "date-month-only")])
    assert answer.problems[0].level == "warning"
    assert held("employers", "第0公司", "2011-03-01", "staff") == (100,)


def test_what_rows_refer_to_must_be_known() -> None:
    county()
    good("unions", union())
    answer = bring("coverage", covers("甲工会", "无"), covers("无", "第0公司"))
    assert codes(answer) == [
        (2, "用人单位", "unknown-employer"),
        (3, "工会", "unknown-union"),
        (3, "用人单位", "unknown-employer"),
    ]


def test_an_answer_masks_every_identity_number_and_telephone() -> None:
    county()
    good("unions", union())
    rows = (
        member(1) | {"性别": "女", "手机": "13812345678转"},
        member(3) | {"手机": "没有13812345678"},
        member(1) | {"证件号码": number(1)[:17] + "A"},
    )
    said = str(bring("members", *rows).as_json())
    for secret in (number(1), number(1)[:17], number(3), "13812345678"):
        assert secret not in said


def test_the_answer_says_in_numbers_what_became_of_every_row() -> None:
    county()
    good("employers", firm(0), firm(1), on=DAY)
    rows = (firm(0), firm(1) | {"职工人数": 7}, firm(2), firm(2), firm(3) | {"职工人数": "x"})
    said: dict[str, Any] = bring("employers", *rows, on=DAY, skip_bad=True).as_json()
    problems = said.pop("problems")

    assert said == {
        "ledger": "employers",
        "sheet": "Sheet1",
        "header_row": 1,
        "rows": 5,
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "bad": 1,
        "skipped": 1,
        "totals_skipped": 0,
        "ignored_columns": [],
        "other_sheets": [],
        "committed": True,
        "change": 3,
    }
    assert [(p["row"], p["level"], p["code"], p["value"]) for p in problems] == [
        (5, "warning", "duplicate", firm(2)[CODE]),
        (6, "error", "type", "x"),
    ]


# ------------------------------------------------------------------ whole files


def read(path: Path, slug: str = "employers") -> Answer:
    return run(Request(ledger=LEDGERS[slug], actor=OPERATOR, path=path, on=DAY))


def test_an_unreadable_file_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(40))
    answer = read(path)
    assert codes(answer) == [(None, None, "unreadable")]
    assert (answer.sheet, answer.header_row, answer.rows, tally(answer)) == (
        None,
        None,
        0,
        (0,) * 5,
    )


def test_every_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "缺.csv"
    path.write_text("单位名称,所属区划\n甲,510703001\n", encoding="utf-8")
    assert codes(read(path)) == [
        (None, "单位性质", "missing-column"),
        (None, "职工人数", "missing-column"),
    ]


def test_a_header_without_rows_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("单位名称,所属区划,单位性质,职工人数\n", encoding="utf-8")
    answer = read(path)
    assert (codes(answer), answer.refused, answer.change, tally(answer)) == (
        [],
        False,
        None,
        (0,) * 5,
    )


def test_a_file_goes_in_like_any_other_table(tmp_path: Path) -> None:
    county()
    path = tmp_path / "单位.csv"
    path.write_text(
        "单位名称,所属区划,单位性质,职工人数,备注\n甲,510703001,企业,10,x\n\n合计,,,10,\n",
        encoding="gb18030",
    )
    answer = read(path)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [])
    assert (answer.rows, answer.totals_skipped, answer.ignored_columns) == (1, 1, ["备注"])
    assert entries("employers") == 1
