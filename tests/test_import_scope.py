"""Rows outside the scope of whoever brings them."""

from datetime import date

import pytest

from gongjian.core.access import Actor
from tests.papers import bring, codes, county
from tests.worlds import (
    Cells,
    bare,
    clerk,
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
)

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
THERE = {"所属区划": "510703002"}


@pytest.fixture(autouse=True)
def _parties() -> None:
    """One firm and one union on each side of the border between the two townships."""
    county()
    good("employers", firm(0), firm(1) | THERE, on=DAY)
    good("unions", union("甲工会"), union("乙工会") | THERE, on=DAY)


def areas(*codes_: str) -> Actor:
    return clerk(areas=[entry("areas", code) for code in codes_])


def here() -> Actor:
    return areas("510703001")


def both() -> Actor:
    return areas("510703001", "510703002")


# ------------------------------------------------------------------ employers and unions


@pytest.mark.parametrize(("slug", "row"), [("employers", firm(5)), ("unions", union("丁工会"))])
def test_a_new_entry_stands_where_it_says(slug: str, row: Cells) -> None:
    answer = bring(slug, row | THERE, on=DAY, actor=here())
    assert codes(answer) == [(2, "所属区划", "out-of-scope")]
    answer = bring(slug, row, on=DAY, actor=here())
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [])


def test_an_entry_elsewhere_cannot_be_changed_whether_or_not_the_row_says_where() -> None:
    row = firm(1)
    named = {"统一社会信用代码": row["统一社会信用代码"], "职工人数": 5}
    answer = bring("employers", named, named | THERE | {"生效日期": "2011-01-01"}, actor=here())
    assert codes(answer) == [(2, "所属区划", "out-of-scope"), (3, "所属区划", "out-of-scope")]
    assert tally(bring("employers", named, actor=both(), on=DAY)) == (0, 1, 0, 0, 0)


def test_an_employer_moves_only_where_both_areas_are_within() -> None:
    for actor in (here(), areas("510703002")):
        answer = bring("employers", firm(0) | THERE, on=DAY, actor=actor)
        assert (tally(answer), codes(answer)) == (
            (0, 0, 0, 1, 0),
            [(2, "所属区划", "out-of-scope")],
        )
    answer = bring("employers", firm(0) | THERE, on=DAY, actor=both())
    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("employers", "第0公司", "area") == [
        ("2005-01-01", "2011-06-01", "510703001"),
        ("2011-06-01", None, "510703002"),
    ]


def test_a_bare_employer_of_the_same_name_there_is_another_one() -> None:
    good("employers", bare(), on=DAY)
    answer = bring("employers", bare() | THERE, on=DAY, actor=areas("510703002"))
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [(2, "单位名称", "rule")])


def test_rows_within_go_in_beside_rows_without() -> None:
    answer = bring("employers", firm(5), firm(6) | THERE, actor=here(), skip_bad=True)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 1, 0), [(3, "所属区划", "out-of-scope")])
    assert entries("employers") == 3


def test_a_name_is_understood_below_ones_own_area() -> None:
    good(
        "areas",
        {"区划代码": "510704", "名称": "游仙区", "上级代码": "5107", "类型": "区"},
        {"区划代码": "510704001", "名称": "塘汛镇", "上级代码": "510704", "类型": "镇"},
    )
    row = firm(5) | {"所属区划": "塘汛镇"}
    assert codes(bring("employers", row, on=DAY)) == [(2, "所属区划", "unknown-area")]
    answer = bring("employers", row, on=DAY, actor=areas("510704", "510704001"))
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [])
    assert held("employers", "第5公司", "2011-06-01", "area") == ("510704001",)


def test_a_union_officer_changes_the_own_union_and_no_other() -> None:
    officer = clerk(unions=[entry("unions", "甲工会")])
    answer = bring("unions", union("甲工会") | {"主席姓名": "甲"}, on=DAY, actor=officer)
    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    other = bring("unions", union("乙工会") | THERE | {"主席姓名": "甲"}, on=DAY, actor=officer)
    assert codes(other) == [(2, "所属区划", "out-of-scope")]


# ------------------------------------------------------------------ the union's side decides


def test_of_coverage_the_unions_side_decides() -> None:
    rows = (covers("甲工会", "第1公司"), covers("乙工会", "第0公司"))
    answer = bring("coverage", *rows, on=DAY, actor=here(), skip_bad=True)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 1, 0), [(3, "工会", "out-of-scope")])
    assert story("coverage", "甲工会/第1公司", "mode") == [("2006-01-01", None, "单独")]


def test_of_members_the_unions_side_decides() -> None:
    rows = (member(1) | {"工作单位": "第1公司"}, member(3) | {"所属工会": "乙工会"})
    answer = bring("members", *rows, on=DAY, actor=here(), skip_bad=True)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 1, 0), [(3, "所属工会", "out-of-scope")])


def test_of_agreements_and_their_coverage_the_unions_side_decides() -> None:
    rows = (pact("一号"), pact("二号") | {"签约工会": "乙工会"})
    answer = bring("agreements", *rows, actor=here(), skip_bad=True)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 1, 0), [(3, "签约工会", "out-of-scope")])

    good("agreements", rows[1])
    covered = (under("一号", "第1公司"), under("二号", "第0公司"))
    answer = bring("agreement-coverage", *covered, actor=here(), skip_bad=True)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 1, 0), [(3, "协议编号", "out-of-scope")])


def test_a_member_without_a_union_in_the_row_stands_where_recorded() -> None:
    good("members", member(3) | {"所属工会": "乙工会"})
    answer = bring("members", {"证件号码": number(3), "学历": "本科"}, on=DAY, actor=here())
    assert codes(answer) == [(2, "所属工会", "out-of-scope")]


def test_the_receiving_union_alone_completes_a_transfer() -> None:
    good(
        "members",
        member(3)
        | {"所属工会": "乙工会"}
        | {"会籍状态": "转出待接收", "会籍变化日期": "2011-05-01"},
    )
    answer = bring("members", member(3), on=DAY, actor=here())
    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])


def test_an_agreement_is_not_taken_from_another_union() -> None:
    good("agreements", pact("二号") | {"签约工会": "乙工会"})
    answer = bring("agreements", pact("二号"), actor=here())
    assert codes(answer) == [(2, "签约工会", "out-of-scope")]
    assert tally(bring("agreements", pact("二号"), actor=both())) == (0, 1, 0, 0, 0)


# ------------------------------------------------------------------ areas


def town(code: str, above: str | None) -> Cells:
    return {"区划代码": code, "名称": "镇", "上级代码": above, "类型": "镇"}


def test_an_area_is_put_only_below_ones_own() -> None:
    mine = areas("510703", "510703001", "510703002")
    answer = bring(
        "areas",
        town("510703003", "510703"),
        town("510704", "5107"),
        town("5108", None),
        town("510703003001", "510703003"),
        actor=mine,
        skip_bad=True,
    )
    assert codes(answer) == [(3, "区划代码", "out-of-scope"), (4, "区划代码", "out-of-scope")]
    assert tally(answer) == (2, 0, 0, 2, 0)


def test_ones_own_topmost_area_may_be_told_with_its_parent() -> None:
    mine = areas("510703", "510703001", "510703002")
    row = {"区划代码": "510703", "名称": "涪城新区", "上级代码": "5107", "类型": "区"}
    assert tally(bring("areas", row, on=DAY, actor=mine)) == (0, 1, 0, 0, 0)
    assert codes(bring("areas", {"区划代码": "5107", "名称": "市"}, actor=mine)) == [
        (2, "区划代码", "out-of-scope")
    ]


def test_an_area_does_not_move_out_of_the_scope() -> None:
    good("areas", town("510704", "5107"))
    mine = areas("510703", "510703001", "510703002")
    row = {"区划代码": "510703001", "上级代码": "510704"}
    assert codes(bring("areas", row, on=DAY, actor=mine)) == [(2, "区划代码", "out-of-scope")]


# ------------------------------------------------------------------ members named by a number


def elsewhere() -> str:
    """A member of the union on the other side of the border; the system number."""
    good("members", member(1) | {"所属工会": "乙工会"}, on=DAY)
    return str(entry("members", number(1)))


OURS = {"所属工会": "甲工会", "入会日期": "2011-05-01"}


def test_a_guessed_number_takes_nobody_over_who_left_elsewhere() -> None:
    theirs = elsewhere()
    left = {"会籍状态": "退会", "会籍变化日期": "2011-01-01"}
    good("members", {"证件号码": number(1)} | left, on=DAY)
    answer = bring("members", {"系统编号": theirs} | OURS, on=DAY, actor=here())
    assert codes(answer) == [(2, "所属工会", "out-of-scope")]
    by_key = {"系统编号": theirs, "证件号码": number(1)} | OURS
    assert tally(bring("members", by_key, on=DAY, actor=here())) == (1, 0, 0, 0, 0)


def test_a_guessed_number_does_not_tell_where_somebody_is_a_member() -> None:
    answer = bring("members", {"系统编号": elsewhere()} | OURS, on=DAY, actor=here())
    assert codes(answer) == [(2, "所属工会", "out-of-scope")]
    assert "乙工会" not in answer.problems[0].message


@pytest.mark.parametrize(
    "other", [{"证件号码": number(2)}, {"证件类别": "护照", "证件号码": "AB123"}]
)
def test_a_guessed_number_rewrites_nobodys_identity(other: dict[str, str]) -> None:
    theirs = elsewhere()
    row = {"系统编号": theirs, "生效日期": "2007-01-01"} | other | OURS
    answer = bring("members", row, on=DAY, actor=here())
    assert codes(answer) == [(2, "所属工会", "out-of-scope")]
    assert entry("members", number(1)) == int(theirs)


def test_by_the_number_alone_ones_own_members_are_told_and_moved_within() -> None:
    mine = elsewhere()
    handed = {"系统编号": mine, "会籍状态": "转出待接收", "会籍变化日期": "2011-02-01"}
    assert tally(bring("members", handed, on=DAY, actor=both())) == (0, 1, 0, 0, 0)
    taken = {"系统编号": mine, "所属工会": "甲工会", "入会日期": "2011-03-01"}
    assert tally(bring("members", taken, on=DAY, actor=both())) == (0, 1, 0, 0, 0)
