"""Deeds on single entries within a scope, and what they read of the history."""

from datetime import date

import pytest

from gongjian.core.access import OPERATOR, Actor
from gongjian.core.errors import NotPermitted, Refused
from gongjian.history.record import ever_told, newest
from gongjian.history.shapes import SHAPES
from gongjian.history.undo import Blocked, in_the_way, order_of_undoing, undone_by
from gongjian.ledgers import deeds
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import told
from tests.papers import county
from tests.worlds import clerk, covers, entries, entry, firm, good, union

pytestmark = pytest.mark.django_db
EMPLOYERS = LEDGERS["employers"]


def keeper(code: str) -> Actor:
    """Somebody whose scope is one area."""
    return clerk(areas=[entry("areas", code)])


def test_every_version_is_told_with_the_changes_it_came_and_went_with() -> None:
    county()
    good("employers", firm(0), firm(1))
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    first = entry("employers", "第0公司")
    found = ever_told(SHAPES["employers"], [first])
    assert [(t.version[0], t.version[1], t.added_in, t.removed_in) for t in found] == [
        (date(2005, 1, 1), None, 2, 3),
        (date(2005, 1, 1), date(2010, 1, 1), 3, None),
        (date(2010, 1, 1), None, 3, None),
    ]
    assert [[t.known(n) for t in found] for n in (1, 2, 3)] == [
        [False, False, False],
        [True, False, False],
        [False, True, True],
    ]
    assert ever_told(SHAPES["employers"], []) == []


def test_the_order_of_undoing_has_a_bound_and_leaves_out_what_is_undone() -> None:
    county()
    good("employers", firm(0))
    for i in range(3):
        told("employers", firm(0) | {"职工人数": 50 + i, "生效日期": date(2010 + i, 1, 1)})
    assert order_of_undoing(2, 4) == [5, 4, 3, 2]
    with pytest.raises(Refused, match="超过 2 个"):
        order_of_undoing(2, 3)
    deeds.take_back(5, actor=OPERATOR, reason="填错")
    assert in_the_way(2) == [3, 4]
    assert undone_by(range(1, 7)) == {5: 6}


def test_what_refers_to_an_entry_is_named_by_ledger() -> None:
    county()
    good("employers", firm(0))
    good("unions", union())
    good("coverage", covers())
    found = deeds.referring(EMPLOYERS, entry("employers", "第0公司"))
    assert [(ledger.slug, len(ids)) for ledger, ids in found] == [("coverage", 1)]


def test_taking_back_needs_a_reason_the_scope_and_a_free_way() -> None:
    county()
    good("employers", firm(0))
    told("employers", firm(0) | {"职工人数": 50, "生效日期": date(2010, 1, 1)})
    with pytest.raises(Refused, match="原因"):
        deeds.take_back(2, actor=OPERATOR, reason="")
    with pytest.raises(NotPermitted, match="以外"):
        deeds.take_back(2, actor=keeper("510703002"), reason="错")
    with pytest.raises(Blocked):
        deeds.take_back(2, actor=keeper("510703001"), reason="错")
    assert deeds.lies_within(2, keeper("510703001"))
    assert not deeds.lies_within(2, keeper("510703002"))
    assert newest() == 3
    made = deeds.take_back_with_followers(2, actor=keeper("510703001"), reason="错")
    assert [(c.number, c.undoes_id) for c in made] == [(4, 3), (5, 2)]
    assert entries("employers") == 0


def test_an_area_is_annulled_by_who_keeps_it() -> None:
    county()
    told("areas", {"区划代码": "510703009", "名称": "误建镇", "上级代码": "510703", "类型": "镇"})
    wrong = entry("areas", "510703009")
    with pytest.raises(NotPermitted):
        deeds.annul(LEDGERS["areas"], wrong, actor=keeper("510703001"), reason="错")
    deeds.annul(LEDGERS["areas"], wrong, actor=keeper("510703009"), reason="错")
    assert entries("areas") == 4


def test_a_reason_neither_buries_nor_rewrites_the_list_it_stands_in() -> None:
    county()
    good("employers", firm(0))
    hidden = "填\x00错\n2011-12-25　系统操作员\u202e 核验"
    change = deeds.take_back(2, actor=OPERATOR, reason=hidden)
    assert change.reason == "填错 2011-12-25 系统操作员 核验"
    with pytest.raises(Refused, match="原因有 501 个字，请缩到 500 个字以内"):
        deeds.take_back(change.number, actor=OPERATOR, reason="字" * 501)
    with pytest.raises(Refused, match="请写明原因"):
        deeds.take_back(change.number, actor=OPERATOR, reason=" \x00\n")
