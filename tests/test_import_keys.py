"""Keys: by code, by name and area, by 系统编号; keys given late and keys corrected."""

from datetime import date

import pytest

from gongjian.core.builders import make_credit_code
from gongjian.ledgers.matching import stamp
from tests.papers import bring, codes, county
from tests.worlds import (
    bare,
    covers,
    entries,
    entry,
    firm,
    good,
    held,
    member,
    number,
    story,
    tally,
    union,
)

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
CODE = "统一社会信用代码"


# ------------------------------------------------------------------ 系统编号


def test_a_number_of_this_system_names_the_entry_and_corrects_its_key() -> None:
    county()
    good("employers", firm(), on=DAY)
    mine = f"{entry('employers', '第0公司')}-{stamp()}"
    answer = bring("employers", {"系统编号": mine, CODE: make_credit_code(9)}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "code") == [("2005-01-01", None, make_credit_code(9))]
    assert entries("employers") == 1


def test_a_plain_number_is_a_number_of_this_system() -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", {"系统编号": entry("employers", "第0公司"), "职工人数": 50}, on=DAY)

    assert tally(answer) == (0, 1, 0, 0, 0)
    assert held("employers", "第0公司", "2011-06-01", "staff") == (50,)


def test_a_number_of_another_system_is_no_number_here() -> None:
    county()
    good("employers", firm(), on=DAY)
    other = "ffff" if stamp() != "ffff" else "eeee"
    known = entry("employers", "第0公司")
    answer = bring(
        "employers",
        firm() | {"系统编号": f"812-{other}"},
        firm(1) | {"系统编号": f"{known}-{other}"},
        on=DAY,
    )

    assert (tally(answer), codes(answer)) == ((1, 0, 1, 0, 0), [])
    assert entries("employers") == 2


def test_a_number_never_given_out_leaves_the_key_to_decide() -> None:
    county()
    answer = bring("employers", firm() | {"系统编号": f"4711-{stamp()}"}, on=DAY)
    assert tally(answer) == (1, 0, 0, 0, 0)
    assert tally(bring("employers", firm() | {"系统编号": "4711"}, on=DAY)) == (0, 0, 1, 0, 0)


def test_a_key_cannot_be_corrected_into_the_key_of_another_entry() -> None:
    county()
    good("employers", firm(), firm(1), on=DAY)
    mine = entry("employers", "第1公司")
    answer = bring("employers", {"系统编号": mine, CODE: make_credit_code(0)}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 0, 0, 1, 0), [(2, CODE, "duplicate")])


def test_a_name_and_area_cannot_be_corrected_into_those_of_another_entry_without_code() -> None:
    county()
    good("employers", bare("东"), bare("西"), on=DAY)
    answer = bring("employers", bare("东") | {"系统编号": entry("employers", "西")}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 0, 0, 1, 0), [(2, "单位名称", "duplicate")])


def test_a_key_of_name_and_area_is_corrected_on_every_day() -> None:
    county()
    good("employers", bare(), on=DAY)
    mine = entry("employers", "无码公司")
    answer = bring(
        "employers", {"系统编号": mine, "单位名称": "有名公司", "所属区划": "510703002"}, on=DAY
    )

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("employers", "有名公司", "name", "area") == [
        ("2005-01-01", None, "有名公司", "510703002")
    ]


def test_foreign_numbers_do_not_make_two_entries_of_one_key() -> None:
    county()
    other = "ffff" if stamp() != "ffff" else "eeee"
    answer = bring(
        "employers",
        firm() | {"系统编号": f"5-{other}"},
        firm() | {"职工人数": 50, "生效日期": "2011-02-01"},
        on=DAY,
    )

    assert (tally(answer), codes(answer)) == ((1, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "staff") == [
        ("2005-01-01", "2011-02-01", 100),
        ("2011-02-01", None, 50),
    ]


def test_a_mistyped_member_number_is_corrected_through_the_system_number() -> None:
    county()
    good("unions", union())
    good("members", member(1), on=DAY)
    answer = bring(
        "members", {"系统编号": entry("members", number(1)), "证件号码": number(3)}, on=DAY
    )

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("members", number(3), "name") == [("2010-01-01", None, "会员1")]
    assert entries("members") == 1


# ------------------------------------------------------------------ names and areas as keys


def test_an_employer_without_code_is_known_by_name_and_area() -> None:
    county()
    good("employers", bare(), on=DAY)
    answer = bring("employers", bare() | {"职工人数": 7}, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])

    there = bring("employers", bare() | {"所属区划": "510703002"}, on=DAY)
    assert (tally(there), codes(there)) == ((1, 0, 0, 0, 0), [(2, "单位名称", "rule")])
    assert entries("employers") == 2


@pytest.mark.parametrize(
    ("slug", "row", "header", "code"),
    [
        ("employers", bare(), CODE, make_credit_code(4)),
        ("unions", union(), "工会代码", make_credit_code(4, kind="81")),
    ],
)
def test_a_later_row_with_code_name_and_area_gives_the_code(
    slug: str, row: dict[str, object], header: str, code: str
) -> None:
    county()
    good(slug, row, on=DAY)
    answer = bring(slug, row | {header: code}, on=DAY)

    assert (tally(answer), codes(answer), entries(slug)) == ((0, 1, 0, 0, 0), [], 1)
    assert [s[2] for s in story(slug, code, "code")] == [code]

    second = bring(slug, row | {header: make_credit_code(5, kind=code[:2])}, on=DAY)
    assert (tally(second), entries(slug)) == ((1, 0, 0, 0, 0), 2)


def test_a_code_in_another_area_does_not_go_to_the_employer_here() -> None:
    county()
    good("employers", bare(), on=DAY)
    answer = bring(
        "employers", bare() | {CODE: make_credit_code(4), "所属区划": "510703002"}, on=DAY
    )

    assert (tally(answer), entries("employers")) == ((1, 0, 0, 0, 0), 2)


def test_two_employers_of_one_name_and_area_need_a_code_to_be_told_apart() -> None:
    county()
    twin = {"单位名称": "同名公司"}
    good("employers", firm(0) | twin, firm(1) | twin, on=DAY)
    answer = bring("employers", bare("同名公司") | {"职工人数": 7}, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 0, 0, 1, 0), [(2, "单位名称", "duplicate")])


def test_coverage_named_by_its_number_may_be_given_to_another_employer() -> None:
    county()
    good("employers", firm(0), firm(1))
    good("unions", union())
    good("coverage", covers())
    mine = entry("coverage", "甲工会/第0公司")
    row = covers("甲工会", "第1公司") | {"系统编号": mine}
    assert tally(bring("coverage", row, on=DAY)) == (0, 1, 0, 0, 0)
    assert story("coverage", "甲工会/第1公司", "mode") == [("2006-01-01", None, "单独")]

    good("coverage", covers())
    answer = bring("coverage", covers() | {"系统编号": mine}, on=DAY)
    assert codes(answer) == [(2, "工会", "duplicate")]


def test_a_union_is_named_by_code_or_name_by_those_below_it() -> None:
    county()
    code = make_credit_code(1, kind="81")
    rows = (
        union("丙工会") | {"上级工会": code},
        union("乙工会") | {"上级工会": "甲工会"},
        union("甲工会") | {"工会代码": code},
    )
    answer = bring("unions", *rows, on=DAY)
    assert (tally(answer), codes(answer)) == ((3, 0, 0, 0, 0), [])
    assert held("unions", "乙工会", "2011-01-01", "superior") == ("甲工会",)
    assert held("unions", "丙工会", "2011-01-01", "superior") == ("甲工会",)


def test_a_name_that_two_unions_bear_names_neither() -> None:
    county()
    good("unions", union(), union() | {"所属区划": "510703002"})
    answer = bring("members", member(), on=DAY)
    assert codes(answer) == [(2, "所属工会", "unknown-union")]
