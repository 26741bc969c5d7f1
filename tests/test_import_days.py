"""Days: opening, changing column by column, ending, correcting a start, beginning again."""

from datetime import date

import pytest

from gongjian.core.builders import make_credit_code
from gongjian.core.days import today
from tests.papers import bring, codes, county
from tests.worlds import bare, covers, entries, firm, good, held, story, tally, union, without

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
CODE = "统一社会信用代码"
KEY = {CODE: make_credit_code(0)}


def staff() -> list[tuple[object, ...]]:
    return story("employers", "第0公司", "staff")


# ------------------------------------------------------------------ opening


def test_a_new_entry_opens_on_its_starts_column_and_all_values_hold_from_it() -> None:
    county()
    bring("employers", firm() | {"生效日期": "2011-05-01"}, on=DAY)
    assert story("employers", "第0公司", "staff", "status") == [("2005-01-01", None, 100, "在业")]


def test_an_employer_without_a_starts_day_opens_on_the_effective_day_or_the_day_asked() -> None:
    county()
    row, other = without(firm(), "成立日期"), without(firm(1), "成立日期")
    bring("employers", row | {"生效日期": "2011-05-01"}, other, on=DAY)

    assert staff() == [("2011-05-01", None, 100)]
    assert story("employers", "第1公司", "staff") == [("2011-06-01", None, 100)]


def test_without_any_day_it_is_today() -> None:
    county()
    bring("employers", without(firm(), "成立日期"))
    assert staff() == [(str(today()), None, 100)]


def test_a_new_entry_may_come_with_its_end() -> None:
    county()
    bring("employers", firm() | {"注销日期": "2009-01-01"}, on=DAY)
    assert staff() == [("2005-01-01", "2009-01-01", 100)]


# ------------------------------------------------------------------ changing


@pytest.mark.parametrize(
    ("row", "on", "day"),
    [
        ({"生效日期": "2011-05-01"}, DAY, "2011-05-01"),
        ({}, DAY, "2011-06-01"),
        ({}, None, str(today())),
    ],
)
def test_a_change_holds_from_the_effective_day_the_day_asked_or_today(
    row: dict[str, str], on: date | None, day: str
) -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", KEY | {"职工人数": 120} | row, on=on)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert staff() == [("2005-01-01", day, 100), (day, None, 120)]


def test_an_older_day_filed_late_fills_its_gap_column_by_column() -> None:
    county()
    good("employers", firm() | {"法定代表人": "甲"}, on=DAY)
    good("employers", KEY | {"职工人数": 130, "生效日期": "2010-01-01"})
    good("employers", KEY | {"法定代表人": "乙", "生效日期": "2011-01-01"})
    answer = bring(
        "employers", KEY | {"职工人数": 90, "法定代表人": "丙", "生效日期": "2008-01-01"}
    )

    assert (tally(answer), codes(answer)) == (
        (0, 1, 0, 0, 0),
        [(2, "职工人数", "back-dated"), (2, "法定代表人", "back-dated")],
    )
    assert [p.level for p in answer.problems] == ["warning", "warning"]
    told = [p.message for p in answer.problems]
    assert [("2010-01-01" in m, "2009-12-31" in m, "2011-01-01" in m) for m in told] == [
        (True, True, False),
        (False, False, True),
    ]
    assert story("employers", "第0公司", "staff", "legal_person") == [
        ("2005-01-01", "2008-01-01", 100, "甲"),
        ("2008-01-01", "2010-01-01", 90, "丙"),
        ("2010-01-01", "2011-01-01", 130, "丙"),
        ("2011-01-01", None, 130, "乙"),
    ]


def test_a_late_value_equal_to_what_held_then_is_unchanged_and_no_back_dating() -> None:
    county()
    good("employers", firm(), on=DAY)
    good("employers", KEY | {"职工人数": 130, "生效日期": "2010-01-01"})
    answer = bring("employers", KEY | {"职工人数": 100, "生效日期": "2008-01-01"})

    assert (tally(answer), codes(answer)) == ((0, 0, 1, 0, 0), [])


def test_a_blank_cell_fills_no_gap() -> None:
    county()
    good("employers", firm() | {"法定代表人": "甲"}, on=DAY)
    good("employers", KEY | {"法定代表人": "乙", "生效日期": "2010-01-01"})
    answer = bring("employers", KEY | {"职工人数": 90, "生效日期": "2008-01-01"})

    assert codes(answer) == []
    assert held("employers", "第0公司", "2011-01-01", "staff", "legal_person") == (90, "乙")


def test_the_same_day_told_again_is_corrected() -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", KEY | {"职工人数": 7, "生效日期": "2005-01-01"})

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert staff() == [("2005-01-01", None, 7)]


def test_an_effective_day_before_the_start_is_out_of_order() -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", KEY | {"职工人数": 7, "生效日期": "2004-12-31"})

    assert codes(answer) == [(2, "生效日期", "date-order")]


# ------------------------------------------------------------------ ending


def test_the_day_of_the_end_is_the_first_that_no_longer_counts() -> None:
    county()
    good("employers", firm(), on=DAY)
    answer = bring("employers", KEY | {"注销日期": "2011-03-01"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert held("employers", "第0公司", "2011-02-28", "staff") == (100,)
    assert held("employers", "第0公司", "2011-03-01", "staff") is None


def test_an_end_not_after_the_start_is_out_of_order() -> None:
    county()
    answer = bring("employers", firm() | {"注销日期": "2005-01-01"}, on=DAY)
    assert codes(answer) == [(2, "注销日期", "date-order")]

    good("employers", firm(), on=DAY)
    answer = bring("employers", KEY | {"注销日期": "2004-06-01"}, on=DAY)
    assert codes(answer) == [(2, "注销日期", "date-order")]


def test_an_end_can_be_moved_and_cleared() -> None:
    county()
    good("employers", firm() | {"注销日期": "2011-03-01"}, on=DAY)
    assert tally(bring("employers", KEY | {"注销日期": "2011-03-01"}, on=DAY)) == (0, 0, 1, 0, 0)
    assert tally(bring("employers", KEY | {"注销日期": "2011-04-01"}, on=DAY)) == (0, 1, 0, 0, 0)
    assert staff() == [("2005-01-01", "2011-04-01", 100)]

    answer = bring("employers", KEY | {"注销日期": "清空"}, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert staff() == [("2005-01-01", None, 100)]


def test_a_cleared_end_means_the_latest_period_never_ended() -> None:
    county()
    good("employers", firm() | {"注销日期": "2008-01-01"}, on=DAY)
    good("employers", KEY | {"成立日期": "2009-01-01", "注销日期": "2010-01-01"}, on=DAY)
    assert tally(bring("employers", KEY | {"注销日期": "清空"}, on=DAY)) == (0, 1, 0, 0, 0)
    assert staff() == [("2005-01-01", "2008-01-01", 100), ("2009-01-01", None, 100)]


def test_deregistered_needs_its_day_and_until_then_it_was_what_it_was() -> None:
    county()
    answer = bring("employers", firm() | {"经营状态": "注销"}, on=DAY)
    assert codes(answer) == [(2, "注销日期", "required")]

    ended = {"经营状态": "注销", "注销日期": "2010-01-01"}
    good("employers", firm() | ended, firm(1) | {"经营状态": "停业"}, on=DAY)
    good("employers", firm(1) | ended, on=DAY)
    assert story("employers", "第0公司", "status") == [("2005-01-01", "2010-01-01", "在业")]
    assert story("employers", "第1公司", "status") == [("2005-01-01", "2010-01-01", "停业")]


def test_a_dissolved_union_keeps_its_reason_which_needs_its_day() -> None:
    county()
    good("unions", union())
    answer = bring("unions", union() | {"撤销原因": "企业注销"}, on=DAY)
    assert codes(answer) == [(2, "撤销日期", "required")]

    good("unions", union() | {"撤销原因": "企业注销", "撤销日期": "2010-01-01"}, on=DAY)
    assert story("unions", "甲工会", "end_reason") == [("2005-01-01", "2010-01-01", "企业注销")]
    assert tally(bring("unions", union() | {"撤销日期": "2010-01-01"}, on=DAY)) == (0, 0, 1, 0, 0)


# ------------------------------------------------------------------ starts corrected


@pytest.mark.parametrize("start", ["2003-01-01", "2009-01-01"])
def test_a_start_before_or_inside_the_period_corrects_the_opening(start: str) -> None:
    county()
    good("employers", firm(), on=DAY)
    good("employers", KEY | {"职工人数": 130, "生效日期": "2010-01-01"})
    answer = bring("employers", KEY | {"成立日期": start}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert staff() == [(start, "2010-01-01", 100), ("2010-01-01", None, 130)]


def test_a_start_moved_past_a_change_keeps_the_latest_value_told() -> None:
    county()
    good("employers", firm(), on=DAY)
    good("employers", KEY | {"职工人数": 130, "生效日期": "2008-01-01"})
    bring("employers", KEY | {"成立日期": "2009-01-01"}, on=DAY)
    assert staff() == [("2009-01-01", None, 130)]


def test_a_start_inside_an_ended_period_corrects_it_without_reviving_it() -> None:
    county()
    good("employers", firm() | {"注销日期": "2010-01-01"}, on=DAY)
    answer = bring("employers", KEY | {"成立日期": "2006-01-01"}, on=DAY)

    assert (tally(answer), staff()) == ((0, 1, 0, 0, 0), [("2006-01-01", "2010-01-01", 100)])


@pytest.mark.parametrize("start", ["2004-01-01", "2006-01-01", "2007-12-31"])
def test_a_start_into_an_earlier_period_is_out_of_order(start: str) -> None:
    county()
    good("employers", firm() | {"注销日期": "2008-01-01"}, on=DAY)
    good("employers", KEY | {"成立日期": "2009-01-01"}, on=DAY)
    assert codes(bring("employers", KEY | {"成立日期": start}, on=DAY)) == [
        (2, "成立日期", "date-order")
    ]


def test_a_start_between_two_periods_corrects_the_second() -> None:
    county()
    good("employers", firm() | {"注销日期": "2008-01-01"}, on=DAY)
    good("employers", KEY | {"成立日期": "2009-01-01"}, on=DAY)
    assert tally(bring("employers", KEY | {"成立日期": "2008-01-01"}, on=DAY)) == (0, 1, 0, 0, 0)
    assert staff() == [("2005-01-01", "2008-01-01", 100), ("2008-01-01", None, 100)]


# ------------------------------------------------------------------ again, and stale lists


@pytest.mark.parametrize("start", ["2010-01-01", "2011-01-01"])
def test_a_start_on_or_after_the_end_opens_a_new_period_with_blanks_as_before(start: str) -> None:
    county()
    good("employers", firm() | {"注销日期": "2010-01-01", "法定代表人": "甲"}, on=DAY)
    answer = bring("employers", KEY | {"成立日期": start, "职工人数": 8}, on=DAY)

    assert (tally(answer), codes(answer), entries("employers")) == ((1, 0, 0, 0, 0), [], 1)
    assert story("employers", "第0公司", "name", "staff", "legal_person") == [
        ("2005-01-01", "2010-01-01", "第0公司", 100, "甲"),
        (start, None, "第0公司", 8, "甲"),
    ]


def test_coverage_is_resumed_in_a_new_period() -> None:
    county()
    good("employers", firm())
    good("unions", union())
    good("coverage", covers() | {"终止日期": "2009-01-01", "涵盖职工数": 60})
    answer = bring("coverage", covers() | {"起始日期": "2010-01-01"}, on=DAY)

    assert (tally(answer), codes(answer), entries("coverage")) == ((1, 0, 0, 0, 0), [], 1)
    assert story("coverage", "甲工会/第0公司", "mode", "staff") == [
        ("2006-01-01", "2009-01-01", "单独", 60),
        ("2010-01-01", None, "单独", 60),
    ]


@pytest.mark.parametrize(
    "row",
    [
        KEY | {"职工人数": 120},
        KEY | {"职工人数": 120, "生效日期": "2010-01-01"},
        KEY | {"职工人数": 120, "生效日期": "2011-05-01"},
        firm() | {"职工人数": 120},
    ],
)
def test_a_stale_list_revives_nobody(row: dict[str, object]) -> None:
    county()
    good("employers", firm() | {"注销日期": "2010-01-01"}, on=DAY)
    answer = bring("employers", row, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 0, 0, 1, 0), [(2, CODE, "ended")])
    assert staff() == [("2005-01-01", "2010-01-01", 100)]


@pytest.mark.parametrize("row", [KEY, firm(), firm() | {"生效日期": "2011-05-01"}])
def test_a_stale_list_equal_to_what_is_recorded_is_unchanged(row: dict[str, object]) -> None:
    county()
    good("employers", firm() | {"注销日期": "2010-01-01"}, on=DAY)
    answer = bring("employers", row, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 0, 1, 0, 0), [])


def test_an_ended_entry_may_still_be_told_of_the_days_before_its_end() -> None:
    county()
    good("employers", firm() | {"注销日期": "2010-01-01"}, on=DAY)
    answer = bring("employers", KEY | {"职工人数": 120, "生效日期": "2009-01-01"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert staff() == [("2005-01-01", "2009-01-01", 100), ("2009-01-01", "2010-01-01", 120)]


def test_the_first_of_two_periods_is_addressed_by_its_own_start() -> None:
    county()
    good("employers", firm() | {"注销日期": "2008-01-01"}, on=DAY)
    good("employers", KEY | {"成立日期": "2009-01-01"}, on=DAY)
    answer = bring("employers", firm() | {"职工人数": 3, "生效日期": "2006-01-01"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert staff() == [
        ("2005-01-01", "2006-01-01", 100),
        ("2006-01-01", "2008-01-01", 3),
        ("2009-01-01", None, 3),
    ]


def test_an_end_moved_beyond_the_next_period_is_out_of_order() -> None:
    county()
    good("employers", firm() | {"注销日期": "2008-01-01"}, on=DAY)
    good("employers", KEY | {"成立日期": "2009-01-01"}, on=DAY)
    answer = bring("employers", firm() | {"注销日期": "2009-06-01"}, on=DAY)
    assert codes(answer) == [(2, "注销日期", "date-order")]


# ------------------------------------------------------------------ 换届


def test_an_election_holds_from_its_own_day_and_takes_its_term_along() -> None:
    county()
    good("unions", union() | {"届期": "5"})
    answer = bring("unions", union() | {"换届日期": "2010-03-01", "届期": "3"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("unions", "甲工会", "elected_on", "term_years") == [
        ("2005-01-01", "2010-03-01", None, 5),
        ("2010-03-01", None, "2010-03-01", 3),
    ]
    again = bring("unions", union() | {"换届日期": "2010-03-01", "届期": "3"}, on=DAY)
    assert (tally(again), codes(again)) == ((0, 0, 1, 0, 0), [])


def test_a_term_alone_holds_from_the_rows_day() -> None:
    county()
    good("unions", union() | {"届期": "5"})
    bring("unions", union() | {"届期": "3"}, on=DAY)
    assert story("unions", "甲工会", "term_years") == [
        ("2005-01-01", "2011-06-01", 5),
        ("2011-06-01", None, 3),
    ]


def test_an_election_before_the_founding_is_out_of_order() -> None:
    county()
    assert codes(bring("unions", union() | {"换届日期": "2004-03-01"})) == [
        (2, "换届日期", "date-order")
    ]


def test_an_earlier_election_filed_late_leaves_the_newer_one_alone() -> None:
    county()
    good("unions", union() | {"换届日期": "2010-03-01"}, on=DAY)
    answer = bring("unions", union() | {"换届日期": "2007-03-01"}, on=DAY)

    assert codes(answer) == [(2, "换届日期", "back-dated")]
    assert story("unions", "甲工会", "elected_on") == [
        ("2005-01-01", "2007-03-01", None),
        ("2007-03-01", "2010-03-01", "2007-03-01"),
        ("2010-03-01", None, "2010-03-01"),
    ]


def test_a_bare_firm_moves_nowhere_by_its_own_row() -> None:
    county()
    good("employers", bare(), on=DAY)
    bring("employers", bare() | {"所属区划": "510703002"}, on=DAY)
    assert story("employers", "无码公司", "area")[0] == ("2005-01-01", None, "510703001")
