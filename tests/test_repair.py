"""Mending single entries: annul, merge, correct; each one change that can be taken back."""

from datetime import date

import pytest

from gongjian.core.builders import make_credit_code
from gongjian.core.errors import Refused
from gongjian.history.record import newest
from gongjian.history.repair import annul, correct, merge
from gongjian.history.undo import undo
from tests.papers import bring, county
from tests.worlds import (
    BY,
    bare,
    covers,
    entries,
    entry,
    firm,
    good,
    member,
    number,
    pact,
    story,
    tally,
    under,
    union,
)

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)


def employer(name: str) -> int:
    return entry("employers", name)


# ------------------------------------------------------------------ annul


def test_an_annulled_entry_is_believed_no_more_and_its_key_is_free() -> None:
    county()
    good("employers", firm(0), firm(1), on=DAY)
    assert annul("employers", employer("第0公司"), by=BY).number == 3
    assert entries("employers") == 1
    assert tally(bring("employers", firm(0), on=DAY)) == (1, 0, 0, 0, 0)


def test_what_others_refer_to_cannot_be_annulled() -> None:
    county()
    good("employers", firm())
    good("unions", union())
    good("coverage", covers())
    before = newest()
    with pytest.raises(Refused, match="涵盖关系"):
        annul("employers", employer("第0公司"), by=BY)
    with pytest.raises(Refused, match="99"):
        annul("employers", 99, by=BY)
    assert (newest(), entries("employers")) == (before, 1)

    annul("coverage", entry("coverage", "甲工会/第0公司"), by=BY)
    annul("employers", employer("第0公司"), by=BY)
    assert entries("employers") == 0


# ------------------------------------------------------------------ merge


def test_the_survivors_knowledge_holds_and_the_duplicates_fills_the_days_before() -> None:
    county()
    good("employers", firm(0) | {"成立日期": "2005-01-01", "职工人数": 10})
    good("employers", firm(0) | {"职工人数": 20, "生效日期": "2008-01-01"})
    good("employers", firm(1) | {"成立日期": "2010-01-01", "职工人数": 30})
    merge("employers", employer("第0公司"), employer("第1公司"), by=BY)

    code = make_credit_code(1)
    assert entries("employers") == 1
    assert story("employers", code, "name", "staff", "code") == [
        ("2005-01-01", "2008-01-01", "第0公司", 10, code),
        ("2008-01-01", "2010-01-01", "第0公司", 20, code),
        ("2010-01-01", None, "第1公司", 30, code),
    ]
    again = bring("employers", firm(1) | {"成立日期": "2005-01-01", "职工人数": 30}, on=DAY)
    assert tally(again) == (0, 0, 1, 0, 0)


def test_the_duplicate_fills_a_gap_and_the_days_after() -> None:
    county()
    ended = {"注销日期": "2007-01-01"}
    good("employers", firm(0) | {"职工人数": 10}, firm(1) | {"职工人数": 30} | ended)
    again = {"成立日期": "2009-01-01", "注销日期": "2010-01-01", "职工人数": 30}
    good("employers", firm(1) | again)
    merge("employers", employer("第0公司"), employer("第1公司"), by=BY)

    assert story("employers", make_credit_code(1), "staff") == [
        ("2005-01-01", "2007-01-01", 30),
        ("2007-01-01", "2009-01-01", 10),
        ("2009-01-01", "2010-01-01", 30),
        ("2010-01-01", None, 10),
    ]


def test_days_that_neither_knew_stay_out() -> None:
    county()
    good("employers", firm(0) | {"成立日期": "2001-01-01", "注销日期": "2003-01-01"}, firm(1))
    merge("employers", employer("第0公司"), employer("第1公司"), by=BY)
    assert story("employers", make_credit_code(1), "name") == [
        ("2001-01-01", "2003-01-01", "第0公司"),
        ("2005-01-01", None, "第1公司"),
    ]


def test_a_code_that_only_the_duplicate_had_is_kept() -> None:
    county()
    good("employers", firm(0), bare(), on=DAY)
    merge("employers", employer("第0公司"), employer("无码公司"), by=BY)
    assert story("employers", "无码公司", "code") == [("2005-01-01", None, make_credit_code(0))]


def test_whatever_referred_to_the_duplicate_refers_to_the_survivor() -> None:
    county()
    good("employers", firm(0), firm(1))
    good("unions", union())
    good("coverage", covers())
    good("members", member() | {"工作单位": "第0公司"})
    good("agreements", pact())
    good("agreement-coverage", under())
    merge("employers", employer("第0公司"), employer("第1公司"), by=BY)

    assert story("coverage", "甲工会/第1公司", "mode") == [("2006-01-01", None, "单独")]
    assert story("members", number(), "employer") == [("2010-01-01", None, "第1公司")]
    assert [s[2:] for s in story("agreement-coverage", "一号/第1公司", "staff")] == [(80,)]


def test_coverage_of_both_becomes_one() -> None:
    county()
    good("employers", firm(0), firm(1))
    good("unions", union())
    good(
        "coverage",
        covers("甲工会", "第0公司") | {"涵盖方式": "联合"},
        covers("甲工会", "第1公司") | {"起始日期": "2008-01-01"},
    )
    good("agreements", pact())
    good(
        "agreement-coverage", under("一号", "第0公司"), under("一号", "第1公司") | {"覆盖职工数": 9}
    )
    change = merge("employers", employer("第0公司"), employer("第1公司"), by=BY).number

    assert (entries("coverage"), entries("agreement-coverage")) == (1, 1)
    assert story("coverage", "甲工会/第1公司", "mode") == [
        ("2006-01-01", "2008-01-01", "联合"),
        ("2008-01-01", None, "单独"),
    ]
    assert [s[2:] for s in story("agreement-coverage", "一号/第1公司", "staff")] == [(9,)]

    undo(change, by=BY)
    assert (entries("employers"), entries("coverage"), entries("agreement-coverage")) == (2, 2, 2)
    assert story("coverage", "甲工会/第0公司", "mode") == [("2006-01-01", None, "联合")]
    assert story("coverage", "甲工会/第1公司", "mode") == [("2008-01-01", None, "单独")]


def test_unions_merge_with_what_stands_below_them() -> None:
    county()
    good("employers", firm())
    good("unions", union("甲工会"), union("乙工会") | {"上级工会": "甲工会"})
    good("unions", union("丙工会") | {"上级工会": "甲工会"})
    good("coverage", covers("甲工会"), covers("乙工会"))
    good("members", member())
    good("agreements", pact())
    merge("unions", entry("unions", "甲工会"), entry("unions", "乙工会"), by=BY)

    assert story("unions", "乙工会", "superior") == [("2005-01-01", None, None)]
    assert story("unions", "丙工会", "superior") == [("2005-01-01", None, "乙工会")]
    assert (entries("unions"), entries("coverage")) == (2, 1)
    assert story("members", number(), "union") == [("2010-01-01", None, "乙工会")]
    assert story("agreements", "一号", "union") == [("2011-03-20", None, "乙工会")]


def test_areas_merge_with_children_and_heirs() -> None:
    county()
    stop = {"停用日期": "2010-01-01", "并入区划代码": "510703002"}
    good("areas", {"区划代码": "510703001"} | stop)
    town = {"区划代码": "510703003", "名称": "塘汛", "上级代码": "510703", "类型": "镇"}
    good("areas", town)
    merge("areas", entry("areas", "510703002"), entry("areas", "510703003"), by=BY)
    assert story("areas", "510703001", "heir") == [("1949-10-01", "2010-01-01", "510703003")]
    assert entries("areas") == 4


def test_members_merge_into_one_person() -> None:
    county()
    good("unions", union())
    left = {"会籍状态": "退会", "会籍变化日期": "2010-06-01"}
    good("members", member(1) | left, member(3) | {"入会日期": "2011-01-01"})
    merge("members", entry("members", number(1)), entry("members", number(3)), by=BY)
    assert story("members", number(3), "name", "end_status") == [
        ("2010-01-01", "2010-06-01", "会员1", "退会"),
        ("2011-01-01", None, "会员3", None),
    ]


def test_nothing_merges_with_itself_or_with_nothing() -> None:
    county()
    good("employers", firm())
    mine, before = employer("第0公司"), newest()
    for other in (mine, 99):
        with pytest.raises(Refused):
            merge("employers", mine, other, by=BY)
    assert newest() == before


# ------------------------------------------------------------------ correct


def test_a_key_is_corrected_on_every_day_and_taken_back() -> None:
    county()
    good("employers", firm())
    good("employers", firm() | {"职工人数": 7}, on=DAY)
    code = make_credit_code(9)
    change = correct("employers", employer("第0公司"), {"code": code}, by=BY)
    assert story("employers", "第0公司", "code") == [("2005-01-01", None, code)]

    undo(change.number, by=BY)
    assert story("employers", "第0公司", "code") == [("2005-01-01", None, make_credit_code(0))]


def test_a_key_is_not_corrected_into_that_of_another() -> None:
    county()
    good("employers", firm(0), firm(1))
    before = newest()
    with pytest.raises(Refused):
        correct("employers", employer("第0公司"), {"code": make_credit_code(1)}, by=BY)
    assert newest() == before


def test_only_facts_of_the_whole_entry_are_corrected_so() -> None:
    county()
    good("employers", firm())
    with pytest.raises(ValueError, match="staff"):
        correct("employers", employer("第0公司"), {"staff": 5}, by=BY)
