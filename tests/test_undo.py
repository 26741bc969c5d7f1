"""Taking changes back: what is restored, what stands in the way, who may."""

from datetime import date
from functools import partial

import pytest

from gongjian.core.access import Actor, Scope
from gongjian.core.errors import NotInScope, Refused
from gongjian.history.record import newest
from gongjian.history.repair import annul
from gongjian.history.undo import Blocked, undo
from gongjian.ledgers.scoping import require_touched_within
from tests.papers import bring, county
from tests.worlds import (
    BY,
    Cells,
    bare,
    clerk,
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
    without,
)

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
KEY = {"统一社会信用代码": firm()["统一社会信用代码"]}


def take(change: int) -> int:
    return undo(change, by=BY).number


def blocking(change: int) -> list[int]:
    before = newest()
    with pytest.raises(Blocked) as refused:
        take(change)
    assert newest() == before
    return refused.value.blocking


def brought(slug: str, *rows: Cells) -> int:
    number = good(slug, *rows, on=DAY).change
    assert number is not None
    return number


# ------------------------------------------------------------------ what is restored


def test_an_import_taken_back_leaves_nothing_believed() -> None:
    county()
    change = brought("employers", firm(0), firm(1))
    assert take(change) == 3
    assert entries("employers") == 0


def test_a_change_taken_back_restores_what_was_believed() -> None:
    county()
    brought("employers", firm(0), firm(1))
    change = brought("employers", KEY | {"职工人数": 7, "注销日期": "2011-12-01"})
    take(change)
    assert story("employers", "第0公司", "staff") == [("2005-01-01", None, 100)]
    assert story("employers", "第1公司", "staff") == [("2005-01-01", None, 100)]


def test_the_same_file_may_come_again_after_it_was_taken_back() -> None:
    county()
    take(brought("employers", firm()))
    assert tally(bring("employers", firm(), on=DAY)) == (1, 0, 0, 0, 0)
    assert entries("employers") == 1


def test_undo_of_the_undo_restores_the_change() -> None:
    county()
    brought("employers", firm())
    change = brought("employers", KEY | {"职工人数": 7})
    again = take(take(change))
    assert again == 5
    assert story("employers", "第0公司", "staff")[-1] == ("2011-06-01", None, 7)

    take(again)
    assert story("employers", "第0公司", "staff") == [("2005-01-01", None, 100)]


# ------------------------------------------------------------------ what stands in the way


def test_later_changes_of_the_same_entries_block() -> None:
    county()
    first = brought("employers", firm(0), firm(1))
    second = brought("employers", KEY | {"职工人数": 7})
    brought("employers", firm(2))
    third = brought("employers", KEY | {"职工人数": 8})

    assert blocking(first) == [second, third]
    assert blocking(second) == [third]
    take(third)
    take(second)
    take(first)
    assert entries("employers") == 1


def test_later_changes_that_refer_to_what_would_vanish_block() -> None:
    county()
    employers = brought("employers", firm())
    unions = brought("unions", union())
    coverage = brought("coverage", covers())
    members = brought("members", member() | {"工作单位": "第0公司"})
    pacts = brought("agreements", pact())
    below = brought("agreement-coverage", under())

    assert blocking(1) == [employers, unions]
    assert blocking(employers) == [coverage, members, below]
    assert blocking(unions) == [coverage, members, pacts]
    assert blocking(pacts) == [below]
    take(below)
    assert blocking(employers) == [coverage, members]


def test_areas_below_and_heirs_block() -> None:
    county()
    town = {"区划代码": "510703003", "名称": "吴家镇", "上级代码": "510703", "类型": "镇"}
    change = brought("areas", town)
    below = brought("areas", town | {"区划代码": "510703003001", "上级代码": "510703003"})
    heir = brought(
        "areas", {"区划代码": "510703001", "停用日期": "2010-01-01", "并入区划代码": "510703003"}
    )
    assert blocking(change) == [below, heir]


def test_a_pair_that_cancels_does_not_block() -> None:
    county()
    first = brought("employers", firm())
    second = brought("employers", KEY | {"职工人数": 7})
    take(second)
    take(first)
    assert entries("employers") == 0


def test_a_change_taken_back_already_is_blocked_by_its_undo() -> None:
    county()
    change = brought("employers", firm())
    back = take(change)
    assert blocking(change) == [back]


def test_an_undo_is_blocked_by_what_came_on_its_ground() -> None:
    county()
    brought("employers", firm())
    change = brought("employers", KEY | {"职工人数": 7})
    back = take(change)
    later = brought("employers", KEY | {"职工人数": 9})
    assert blocking(back) == [later]


def test_an_undo_is_blocked_where_its_key_belongs_to_another_by_now() -> None:
    county()
    back = take(brought("employers", firm()))
    again = brought("employers", firm())
    assert blocking(back) == [again]


def test_an_undo_is_blocked_where_what_it_refers_to_is_gone() -> None:
    county()
    brought("employers", firm())
    unions = brought("unions", union())
    back = take(brought("coverage", covers()))
    gone = take(unions)
    assert blocking(back) == [gone]
    take(gone)
    take(back)
    assert entries("coverage") == 1


def test_an_annulled_entry_stands_in_the_way_too() -> None:
    county()
    change = brought("employers", firm(0), firm(1))
    away = annul("employers", entry("employers", "第0公司"), by=BY).number
    assert blocking(change) == [away]
    take(away)
    take(change)
    assert entries("employers") == 0


def test_a_code_given_to_a_bare_employer_is_taken_back() -> None:
    county()
    brought("employers", bare())
    take(brought("employers", bare() | KEY))
    assert story("employers", "无码公司", "code") == [("2005-01-01", None, None)]


def test_a_transfer_taken_back_leaves_the_member_handed_out() -> None:
    county()
    good("unions", union("甲工会"), union("乙工会"))
    brought("members", member() | {"会籍状态": "转出待接收", "会籍变化日期": "2011-05-01"})
    take(brought("members", without(member(), "入会日期") | {"所属工会": "乙工会"}))
    assert story("members", number(), "union", "status")[-1] == (
        "2011-05-01",
        None,
        "甲工会",
        "转出待接收",
    )


def test_there_is_nothing_to_take_back_under_an_unknown_number() -> None:
    county()
    with pytest.raises(Refused, match="99"):
        take(99)


# ------------------------------------------------------------------ within the scope


def within(change: int, actor: Actor) -> int:
    allow = partial(_require, change=change, scope=actor.scope)
    return undo(change, by=BY, allow=allow).number


def _require(touched: dict[str, list[int]], change: int, scope: Scope) -> None:
    require_touched_within(touched, change, scope)


def test_the_whole_change_must_lie_within_the_scope() -> None:
    county()
    change = brought("employers", firm(0), firm(1) | {"所属区划": "510703002"})
    here, there = entry("areas", "510703001"), entry("areas", "510703002")
    with pytest.raises(NotInScope):
        within(change, clerk(areas=[here]))
    assert newest() == change
    assert within(change, clerk(areas=[here, there])) == change + 1


def test_a_move_touches_both_areas() -> None:
    county()
    brought("employers", firm())
    change = brought("employers", firm() | {"所属区划": "510703002"})
    here, there = entry("areas", "510703001"), entry("areas", "510703002")
    for own in (here, there):
        with pytest.raises(NotInScope):
            within(change, clerk(areas=[own]))
    assert within(change, clerk(areas=[here, there])) == change + 1


def test_of_coverage_and_agreement_coverage_the_unions_side_decides() -> None:
    county()
    good("employers", firm() | {"所属区划": "510703002"})
    good("unions", union())
    good("agreements", pact())
    here, there = entry("areas", "510703001"), entry("areas", "510703002")
    for slug, row in (("coverage", covers()), ("agreement-coverage", under())):
        change = brought(slug, row)
        with pytest.raises(NotInScope):
            within(change, clerk(areas=[there]))
        assert within(change, clerk(areas=[here])) == change + 1


def test_a_union_officer_takes_back_what_was_done_to_the_own_union() -> None:
    county()
    good("unions", union("甲工会"), union("乙工会"))
    mine, other = entry("unions", "甲工会"), entry("unions", "乙工会")
    change = brought("unions", union("甲工会") | {"主席姓名": "甲"})
    with pytest.raises(NotInScope):
        within(change, clerk(unions=[other]))
    assert within(change, clerk(unions=[mine])) == change + 1


def test_areas_taken_back_lie_within_the_scope_themselves() -> None:
    county()
    town = {"区划代码": "510703003", "名称": "吴家镇", "上级代码": "510703", "类型": "镇"}
    change = brought("areas", town)
    with pytest.raises(NotInScope):
        within(change, clerk(areas=[entry("areas", "510703")]))
    assert within(change, clerk(areas=[entry("areas", "510703003")])) == change + 1


def test_a_later_change_that_refers_to_a_merely_changed_entry_is_in_the_way_too() -> None:
    county()
    brought("employers", firm())
    brought("unions", union())
    changed = brought("employers", KEY | {"职工人数": 120})
    covered = brought("coverage", covers())

    assert blocking(changed) == [covered]
    take(covered)
    take(changed)
    assert blocking(covered) == [covered + 1]
