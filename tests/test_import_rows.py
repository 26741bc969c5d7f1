"""Rows: which entry a row speaks of, what a cell may leave out, and rows that repeat each other."""

from datetime import date

import pytest

from gongjian.core.builders import make_credit_code
from gongjian.ledgers.matching import stamp
from tests.papers import bring, codes, county
from tests.worlds import (
    covers,
    entries,
    entry,
    firm,
    good,
    held,
    member,
    number,
    pact,
    story,
    tally,
    under,
    union,
    without,
)

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
CODE = "统一社会信用代码"


# ------------------------------------------------------------------ matching by key


def test_an_unknown_key_is_new_an_equal_row_unchanged_a_differing_one_changed() -> None:
    county()
    assert tally(bring("employers", firm(), on=DAY)) == (1, 0, 0, 0, 0)

    again = bring("employers", firm(), firm(1), on=DAY)
    assert (tally(again), again.change) == ((1, 0, 1, 0, 0), 3)

    answer = bring("employers", firm() | {"职工人数": 120}, firm(1), on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 1, 1, 0, 0), [])


def test_nothing_new_or_changed_makes_no_change() -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", firm(), on=DAY)

    assert (tally(answer), answer.change, answer.refused) == ((0, 0, 1, 0, 0), None, False)


def test_in_an_existing_entry_only_filled_cells_count() -> None:
    county()
    good("employers", firm() | {"法定代表人": "张三", "行业": "C"}, on=DAY)
    answer = bring("employers", {CODE: make_credit_code(0), "职工人数": 90}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    fields = ("name", "area", "staff", "legal_person", "industry", "status")
    assert held("employers", "第0公司", "2011-06-01", *fields) == (
        "第0公司", "510703001", 90, "张三", "C", "在业",
    )  # fmt: skip


def test_a_new_entry_needs_every_required_cell_and_each_is_named() -> None:
    county()
    answer = bring("employers", {CODE: make_credit_code(0), "法定代表人": "张三"}, on=DAY)

    assert codes(answer) == [
        (2, "单位名称", "required"),
        (2, "所属区划", "required"),
        (2, "单位性质", "required"),
        (2, "职工人数", "required"),
    ]
    assert (tally(answer), answer.change) == ((0, 0, 0, 1, 0), None)


def test_a_row_without_any_key_lacks_its_key_cells() -> None:
    county()
    answer = bring("employers", {"单位性质": "企业", "职工人数": 5}, firm(), on=DAY)

    assert codes(answer) == [(2, "单位名称", "required"), (2, "所属区划", "required")]
    assert tally(answer) == (1, 0, 0, 1, 0)


def test_a_wrong_key_cell_is_the_only_thing_said_of_the_key() -> None:
    county()
    answer = bring("employers", firm() | {CODE: "91510703MA00000000"}, on=DAY)

    assert codes(answer) == [(2, CODE, "uscc-checksum")]


def test_one_bad_row_never_hides_the_next() -> None:
    county()
    answer = bring(
        "employers",
        firm(0) | {"职工人数": "很多", "单位性质": "公司"},
        firm(1) | {"女职工人数": 101, "成立日期": "2011-13-01"},
        firm(2) | {"所属区划": "999999", "职工人数": -1},
        firm(3),
        on=DAY,
    )

    assert codes(answer) == [
        (2, "单位性质", "choice"),
        (2, "职工人数", "type"),
        (3, "女职工人数", "range"),
        (3, "成立日期", "date"),
        (4, "所属区划", "unknown-area"),
        (4, "职工人数", "range"),
    ]
    assert (tally(answer), answer.change) == ((1, 0, 0, 3, 0), None)


def test_with_bad_rows_skipped_the_good_ones_go_in_as_one_change() -> None:
    county()
    rows = (firm(0) | {"职工人数": -1}, firm(1), firm(2))
    dry = bring("employers", *rows, on=DAY, skip_bad=True, dry_run=True)
    assert (tally(dry), dry.change, entries("employers")) == ((2, 0, 0, 1, 0), None, 0)

    answer = bring("employers", *rows, on=DAY, skip_bad=True)
    assert (tally(answer), answer.change, entries("employers")) == ((2, 0, 0, 1, 0), 2, 2)


# ------------------------------------------------------------------ clearing and masking


def test_the_word_clears_an_optional_cell_from_the_rows_day() -> None:
    county()
    good("employers", firm() | {"法定代表人": "张三", "女职工人数": 40}, on=DAY)
    answer = bring(
        "employers",
        {CODE: make_credit_code(0), "法定代表人": "清空", "女职工人数": " 清空 "},
        on=DAY,
    )

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "legal_person", "staff_female") == [
        ("2005-01-01", "2011-06-01", "张三", 40),
        ("2011-06-01", None, None, None),
    ]


def test_a_required_cell_cannot_be_cleared() -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", firm() | {"单位名称": "清空", "职工人数": "清空"}, on=DAY)

    assert codes(answer) == [(2, "单位名称", "required"), (2, "职工人数", "required")]
    assert tally(answer) == (0, 0, 0, 1, 0)


def test_a_cleared_status_is_the_default_and_a_cleared_effective_day_is_none() -> None:
    county()
    good("employers", firm() | {"经营状态": "停业"}, on=DAY)
    answer = bring("employers", firm() | {"经营状态": "清空", "生效日期": "清空"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "status") == [
        ("2005-01-01", "2011-06-01", "停业"),
        ("2011-06-01", None, "在业"),
    ]
    assert tally(bring("employers", firm(1) | {"经营状态": "清空"}, on=DAY)) == (1, 0, 0, 0, 0)
    assert story("employers", "第1公司", "status") == [("2005-01-01", None, "在业")]


def test_a_masked_cell_means_as_before() -> None:
    county()
    good("unions", union())
    good("members", member() | {"手机": "13800001234"}, on=DAY)
    mine = f"{entry('members', number())}-{stamp()}"
    answer = bring(
        "members",
        {"系统编号": mine, "证件号码": "510703********001X", "手机": "138****1234", "学历": "本科"},
        on=DAY,
    )

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert held("members", number(), "2011-06-01", "phone", "education") == ("13800001234", "本科")


def test_a_masked_number_of_a_new_entry_is_no_number() -> None:
    county()
    good("unions", union())
    answer = bring("members", member() | {"证件号码": "510703********0011"}, on=DAY)

    assert codes(answer) == [(2, "证件号码", "required")]


# ------------------------------------------------------------------ a key twice in one file


def test_an_identical_second_row_is_skipped_with_a_warning() -> None:
    county()
    answer = bring("employers", firm(), firm(1), firm() | {"职工人数": "100"}, on=DAY)

    assert codes(answer) == [(4, CODE, "duplicate")]
    assert answer.problems[0].level == "warning"
    assert (tally(answer), answer.rows) == ((2, 0, 0, 0, 1), 3)


@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_one_entry_that_differ_in_effective_day_apply_in_order(turned: bool) -> None:
    county()
    rows = [
        firm() | {"生效日期": "2005-01-01", "职工人数": 10},
        firm() | {"生效日期": "2009-01-01", "职工人数": 30},
        firm() | {"生效日期": "2007-01-01", "职工人数": 20},
    ]
    answer = bring("employers", *(reversed(rows) if turned else rows), on=DAY)

    assert (tally(answer), codes(answer)) == ((1, 2, 0, 0, 0), [])
    assert story("employers", "第0公司", "staff") == [
        ("2005-01-01", "2007-01-01", 10),
        ("2007-01-01", "2009-01-01", 20),
        ("2009-01-01", None, 30),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_the_row_that_opens_comes_before_the_row_that_changes(turned: bool) -> None:
    county()
    later = without(firm(), "成立日期") | {"生效日期": "2009-01-01", "职工人数": 30}
    rows = [firm() | {"职工人数": 10}, later]
    answer = bring("employers", *(reversed(rows) if turned else rows), on=DAY)

    assert (tally(answer), codes(answer)) == ((1, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "staff") == [
        ("2005-01-01", "2009-01-01", 10),
        ("2009-01-01", None, 30),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_rows_that_differ_in_starts_day_are_separate_periods(turned: bool) -> None:
    county()
    good("employers", firm())
    good("unions", union())
    rows = [
        covers() | {"终止日期": "2008-01-01"},
        covers() | {"起始日期": "2009-01-01", "涵盖方式": "联合"},
    ]
    answer = bring("coverage", *(reversed(rows) if turned else rows), on=DAY)

    assert (tally(answer), codes(answer), entries("coverage")) == ((2, 0, 0, 0, 0), [], 1)
    assert story("coverage", "甲工会/第0公司", "mode") == [
        ("2006-01-01", "2008-01-01", "单独"),
        ("2009-01-01", None, "联合"),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_an_end_and_a_new_beginning_may_stand_in_one_file(turned: bool) -> None:
    county()
    good("employers", firm(), on=DAY)
    rows = [
        {CODE: make_credit_code(0), "注销日期": "2008-01-01"},
        {CODE: make_credit_code(0), "成立日期": "2010-01-01", "职工人数": 8},
    ]
    answer = bring("employers", *(reversed(rows) if turned else rows), on=DAY)

    assert (tally(answer), codes(answer)) == ((1, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "staff") == [
        ("2005-01-01", "2008-01-01", 100),
        ("2010-01-01", None, 8),
    ]


def test_any_other_differing_rows_are_all_errors() -> None:
    county()
    rows = (firm(), firm(1), firm() | {"职工人数": 99}, firm() | {"职工人数": 98})
    answer = bring("employers", *rows, on=DAY)

    assert codes(answer) == [(2, CODE, "duplicate"), (4, CODE, "duplicate"), (5, CODE, "duplicate")]
    assert tally(answer) == (1, 0, 0, 3, 0)


def test_two_differing_rows_of_one_agreement_are_errors_whatever_their_days() -> None:
    county()
    good("unions", union())
    answer = bring("agreements", pact(), pact() | {"签订日期": "2011-03-25"})
    assert codes(answer) == [(2, "协议编号", "duplicate"), (3, "协议编号", "duplicate")]

    answer = bring("agreements", pact(), pact() | {"生效日期": "2011-04-10"})
    assert codes(answer) == [(2, "协议编号", "duplicate"), (3, "协议编号", "duplicate")]


def test_two_rows_of_one_coverage_by_an_agreement_are_errors_without_other_days() -> None:
    county()
    good("employers", firm())
    good("unions", union())
    good("agreements", pact())
    answer = bring("agreement-coverage", under(), under() | {"覆盖职工数": 81})
    assert codes(answer) == [(2, "协议编号", "duplicate"), (3, "协议编号", "duplicate")]


def test_a_later_row_of_a_refused_opening_cannot_open_with_holes() -> None:
    county()
    later = {CODE: make_credit_code(0), "生效日期": "2009-01-01", "职工人数": 30}
    answer = bring("employers", firm() | {"单位性质": "公司"}, later, on=DAY, skip_bad=True)

    assert codes(answer) == [
        (2, "单位性质", "choice"),
        (3, "单位名称", "required"),
        (3, "所属区划", "required"),
        (3, "单位性质", "required"),
    ]
    assert (tally(answer), answer.change) == ((0, 0, 0, 2, 0), None)
