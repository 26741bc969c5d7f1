"""Areas: the tree, its stops and heirs, and cells that name an area which has stopped."""

from datetime import date

import pytest

from gongjian.core.builders import make_credit_code
from tests.papers import bring, codes, county
from tests.worlds import bare, entries, entry, firm, good, held, story, tally, union

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
CODE = "统一社会信用代码"
STOP = {"停用日期": "2010-01-01"}


def area(code: str, name: str, above: str | None = "510703") -> dict[str, object]:
    return {"区划代码": code, "名称": name, "上级代码": above, "类型": "镇"}


def stopped(heir: str | None) -> None:
    """510703001 stops on the first day of 2010."""
    good("areas", {"区划代码": "510703001", "并入区划代码": heir} | STOP)


# ------------------------------------------------------------------ the tree


def test_an_area_begins_with_the_republic_unless_told() -> None:
    county()
    good("areas", area("510703003", "吴家镇") | {"启用日期": "2005-01-01"})
    assert story("areas", "510703", "name") == [("1949-10-01", None, "涪城区")]
    assert story("areas", "510703003", "name") == [("2005-01-01", None, "吴家镇")]


def test_a_child_may_stand_above_its_parent() -> None:
    answer = bring(
        "areas",
        area("510704001", "镇", "510704"),
        area("510704", "区", "5107") | {"类型": "区"},
        area("5107", "市", None) | {"类型": "市"},
    )
    assert (tally(answer), codes(answer)) == ((3, 0, 0, 0, 0), [])
    assert story("areas", "510704001", "parent") == [("1949-10-01", None, "510704")]


def test_an_unknown_parent_or_kind_is_named() -> None:
    county()
    answer = bring("areas", area("510703003", "镇", "5199") | {"类型": "星球"})
    assert codes(answer) == [(2, "上级代码", "unknown-area"), (2, "类型", "choice")]


def test_what_stands_below_a_refused_area_is_refused_with_it() -> None:
    county()
    rows = (
        area("510704", "区", "5107") | {"类型": "区域"},
        area("510704001", "镇", "510704"),
        area("510704001001", "村", "510704001"),
        area("510703003", "吴家镇"),
    )
    answer = bring("areas", *rows, skip_bad=True)
    assert codes(answer) == [
        (2, "类型", "choice"),
        (3, "上级代码", "unknown-area"),
        (4, "上级代码", "unknown-area"),
    ]
    assert (tally(answer), entries("areas")) == ((1, 0, 0, 3, 0), 5)


def test_a_ring_of_areas_is_refused_with_what_hangs_on_it() -> None:
    county()
    rows = (
        area("510704", "甲", "510705"),
        area("510705", "乙", "510704"),
        area("510706", "丙", "510704"),
        area("510707", "丁", "510707"),
        area("510703003", "吴家镇"),
    )
    answer = bring("areas", *rows, skip_bad=True)
    assert codes(answer) == [(n, "上级代码", "unknown-area") for n in (2, 3, 4, 5)]
    assert (tally(answer), entries("areas")) == ((1, 0, 0, 4, 0), 5)


def test_a_recorded_area_cannot_be_put_below_itself() -> None:
    county()
    answer = bring("areas", {"区划代码": "5107", "上级代码": "510703001"}, on=DAY)
    assert codes(answer) == [(2, "上级代码", "unknown-area")]


def test_an_area_moves_and_is_renamed_from_a_day() -> None:
    county()
    row = {
        "区划代码": "510703001",
        "名称": "城南街道",
        "上级代码": "5107",
        "生效日期": "2009-01-01",
    }
    assert tally(bring("areas", row)) == (0, 1, 0, 0, 0)
    assert story("areas", "510703001", "name", "parent") == [
        ("1949-10-01", "2009-01-01", "城厢街道", "510703"),
        ("2009-01-01", None, "城南街道", "5107"),
    ]


def test_a_stop_keeps_its_heir_and_an_heir_needs_a_stop() -> None:
    county()
    answer = bring("areas", {"区划代码": "510703001", "并入区划代码": "510703002"})
    assert codes(answer) == [(2, "停用日期", "required")]
    answer = bring("areas", {"区划代码": "510703001", "并入区划代码": "5199"} | STOP)
    assert codes(answer) == [(2, "并入区划代码", "unknown-area")]

    stopped("510703002")
    assert story("areas", "510703001", "heir") == [("1949-10-01", "2010-01-01", "510703002")]


# ------------------------------------------------------------------ cells that name a stopped area


def test_from_the_stop_on_a_stopped_area_means_its_heir() -> None:
    county()
    stopped("510703002")
    answer = bring("employers", firm() | {"成立日期": "2010-01-01"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [(2, "所属区划", "rule")])
    assert story("employers", "第0公司", "area") == [("2010-01-01", None, "510703002")]


def test_before_the_stop_it_may_be_named() -> None:
    county()
    stopped("510703002")
    answer = bring("employers", firm() | {"成立日期": "2009-12-31"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [])
    assert story("employers", "第0公司", "area") == [("2009-12-31", None, "510703001")]


def test_without_an_heir_a_stopped_area_is_unknown() -> None:
    county()
    stopped(None)
    answer = bring("employers", firm() | {"成立日期": "2010-01-01"}, on=DAY)
    assert codes(answer) == [(2, "所属区划", "unknown-area")]

    before = bring("employers", firm(1) | {"成立日期": "2009-01-01"}, on=DAY)
    assert (tally(before), codes(before)) == ((1, 0, 0, 0, 0), [])


def test_the_heir_of_an_heir_is_meant_once_that_has_stopped_too() -> None:
    county()
    good("areas", area("510703003", "吴家镇"))
    stopped("510703002")
    last = {"停用日期": "2011-01-01", "并入区划代码": "510703003"}
    good("areas", {"区划代码": "510703002"} | last)
    good("employers", firm(0) | {"成立日期": "2010-06-01"}, firm(1) | {"成立日期": "2011-01-01"})

    assert held("employers", "第0公司", "2010-06-01", "area") == ("510703002",)
    assert held("employers", "第1公司", "2011-01-01", "area") == ("510703003",)


@pytest.mark.parametrize("named", ["510703001", "510703002"])
def test_an_employer_of_a_merged_area_is_unchanged_under_either_name(named: str) -> None:
    county()
    good("employers", firm(), on=DAY)
    stopped("510703002")
    answer = bring("employers", firm() | {"所属区划": named}, on=DAY)

    assert (tally(answer), len(answer.problems)) == ((0, 0, 1, 0, 0), int(named == "510703001"))
    assert story("employers", "第0公司", "area") == [("2005-01-01", None, "510703001")]


@pytest.mark.parametrize("named", ["510703001", "510703002"])
def test_a_bare_employer_of_a_merged_area_is_found_under_either_name(named: str) -> None:
    county()
    good("employers", bare(), on=DAY)
    stopped("510703002")
    row = bare() | {"所属区划": named, "职工人数": 7}
    answer = bring("employers", row, on=DAY)

    assert (tally(answer), entries("employers")) == ((0, 1, 0, 0, 0), 1)
    assert codes(answer) == [(2, "所属区划", "rule")] * (named == "510703001")


def test_a_system_number_leaves_a_bare_employer_in_its_merged_area() -> None:
    county()
    good("employers", bare(), on=DAY)
    stopped("510703002")
    mine = entry("employers", "无码公司")
    answer = bring("employers", bare() | {"系统编号": mine, "所属区划": "510703002"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 0, 1, 0, 0), [])
    assert story("employers", "无码公司", "area") == [("2005-01-01", None, "510703001")]


def test_a_child_put_below_a_stopped_area_goes_below_its_heir() -> None:
    county()
    stopped("510703002")
    child = area("510703001001", "社区", "510703001") | {"启用日期": "2010-05-01"}
    answer = bring("areas", child)

    assert codes(answer) == [(2, "上级代码", "rule")]
    assert story("areas", "510703001001", "parent") == [("2010-05-01", None, "510703002")]


# ------------------------------------------------------------------ names


def test_an_area_is_named_by_code_or_unique_name() -> None:
    county()
    answer = bring("employers", firm() | {"所属区划": "塘汛镇"}, on=DAY)
    assert codes(answer) == []
    assert held("employers", "第0公司", "2011-06-01", "area") == ("510703002",)

    good("areas", area("510704", "游仙区", "5107"), area("510704001", "塘汛镇", "510704"))
    again = bring("employers", firm(1) | {"所属区划": "塘汛镇"}, on=DAY)
    assert codes(again) == [(2, "所属区划", "unknown-area")]


def test_like_named_employers_without_code_in_one_county_deserve_a_look() -> None:
    county()
    good(
        "areas",
        area("510704", "游仙区", "5107") | {"类型": "区"},
        area("510704001", "镇", "510704"),
    )
    good("employers", bare(), on=DAY)
    far = bring("employers", bare() | {"所属区划": "510704001"}, on=DAY)
    assert (tally(far), codes(far)) == ((1, 0, 0, 0, 0), [])
    near = bring("employers", bare() | {"所属区划": "510703002"}, on=DAY)
    assert (tally(near), codes(near)) == ((1, 0, 0, 0, 0), [(2, "单位名称", "rule")])
    coded = bare() | {"所属区划": "510703", CODE: make_credit_code(8)}
    assert codes(bring("employers", coded, on=DAY)) == []


# ------------------------------------------------------------------ soft rules of unions


def test_a_joint_union_covering_twenty_five_or_more_deserves_a_look() -> None:
    county()
    good("employers", firm(0) | {"职工人数": 24}, firm(1) | {"职工人数": 25})
    good("unions", union() | {"工会类型": "联合基层工会"})
    rows = [
        {"工会": "甲工会", "用人单位": f"第{n}公司", "涵盖方式": "联合", "起始日期": "2006-01-01"}
        for n in (0, 1)
    ]
    answer = bring("coverage", *rows)
    assert (tally(answer), codes(answer)) == ((2, 0, 0, 0, 0), [(3, "用人单位", "rule")])


@pytest.mark.parametrize(
    ("employer", "founded"), [("2007-01-01", "2005-01-01"), ("2005-01-01", "2007-01-01")]
)
def test_coverage_before_its_union_or_employer_deserves_a_look(employer: str, founded: str) -> None:
    county()
    good("employers", firm() | {"成立日期": employer})
    good("unions", union() | {"建会日期": founded})
    row = {"工会": "甲工会", "用人单位": "第0公司", "涵盖方式": "单独", "起始日期": "2006-12-31"}
    answer = bring("coverage", row)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [(2, "起始日期", "rule")])
    assert codes(bring("coverage", row | {"起始日期": "2007-01-01"})) == []
