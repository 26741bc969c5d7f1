"""The dated tree: moves, merges, splits, stops without an heir, and what was known when."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import Spell, Tree, area_by_code, root_area, tree_on
from gongjian.areas.tests.builders import Said, area, write_areas
from gongjian.core.errors import WrongUse

pytestmark = pytest.mark.django_db

Y2005, Y2010, Y2011, Y2012 = (date(y, 1, 1) for y in (2005, 2010, 2011, 2012))
BEFORE, AFTER = date(2010, 12, 31), Y2011


def named(tree: Tree, ids: Iterable[int]) -> list[str]:
    return [tree.code(i) for i in ids]


def sorted_codes(tree: Tree, ids: Iterable[int]) -> list[str]:
    return sorted(named(tree, ids))


def test_tree_is_read_from_the_top_down_in_the_order_of_codes() -> None:
    write_areas(
        Said(code="513", parent="51"),
        Said(code="51", name="示范市", kind="市"),
        Said(code="512", parent="51"),
        Said(code="5121", parent="512"),
    )

    tree = tree_on(Y2011)

    assert named(tree, tree.roots()) == ["51"]
    assert named(tree, tree.children(area("51"))) == ["512", "513"]
    assert named(tree, tree.ancestors(area("5121"))) == ["512", "51"]
    assert tree.parent(area("5121")) == area("512")
    assert tree.parent(area("51")) is None
    assert sorted_codes(tree, tree.below(area("512"))) == ["512", "5121"]
    assert (tree.name(area("51")), tree.kind(area("51"))) == ("示范市", "市")


def test_move_holds_from_its_day() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51"),
        Said(code="512", parent="51"),
        Said(code="51x", parent="511", ends=Y2011),
        Said(code="51x", parent="512", begins=Y2011, name="新名镇"),
    )

    assert tree_on(BEFORE).parent(area("51x")) == area("511")
    assert tree_on(AFTER).parent(area("51x")) == area("512")
    assert tree_on(BEFORE).name(area("51x")) == "区划51x"
    assert tree_on(AFTER).name(area("51x")) == "新名镇"


def test_merge_counts_in_the_heir_from_the_day_of_the_stop() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51", ends=Y2011, heir="512"),
        Said(code="5111", parent="511"),
        Said(code="512", parent="51"),
    )
    gone, village, heir = area("511"), area("5111"), area("512")

    before, after = tree_on(BEFORE), tree_on(AFTER)

    assert (before.place(gone), before.exists(gone)) == (gone, True)
    assert (after.place(gone), after.exists(gone)) == (heir, False)
    assert after.parent(village) == heir
    assert after.below(heir) == {heir, gone, village}
    assert after.below(gone) == frozenset()
    assert after.children(gone) == ()
    assert (after.parent(gone), after.ancestors(gone)) == (None, (heir, area("51")))
    assert after.name(gone) == "区划511"


def test_chain_of_heirs_is_followed_to_the_one_that_exists() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51", ends=Y2010, heir="512"),
        Said(code="512", parent="51", ends=Y2011, heir="513"),
        Said(code="513", parent="51"),
    )

    assert tree_on(BEFORE).place(area("511")) == area("512")
    assert tree_on(AFTER).place(area("511")) == area("513")


def test_stop_without_heir_counts_in_the_former_parent_with_the_areas_below() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51", ends=Y2011),
        Said(code="5111", parent="511"),
        Said(code="5112", parent="511", ends=Y2010),
    )
    top = area("51")

    tree = tree_on(AFTER)

    assert tree.place(area("511")) == top
    assert tree.place(area("5112")) == top
    assert named(tree, tree.children(top)) == ["5111"]
    assert sorted_codes(tree, tree.below(top)) == ["51", "511", "5111", "5112"]


def test_root_that_stopped_without_heir_counts_nowhere_and_frees_the_areas_below() -> None:
    write_areas(Said(code="51", ends=Y2011), Said(code="511", parent="51"))

    tree = tree_on(AFTER)

    assert tree.place(area("51")) is None
    assert named(tree, tree.roots()) == ["511"]


def test_split_leaves_the_old_area_to_the_heir_and_opens_the_new_ones() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51", ends=Y2011, heir="512"),
        Said(code="512", parent="51", begins=Y2011),
        Said(code="513", parent="51", begins=Y2011),
    )
    before, after = tree_on(BEFORE), tree_on(AFTER)

    assert named(before, before.children(area("51"))) == ["511"]
    assert named(after, after.children(area("51"))) == ["512", "513"]
    assert before.place(area("513")) == area("51")
    assert after.place(area("511")) == area("512")


def test_reopened_area_counts_elsewhere_only_between_its_periods() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51", ends=Y2010, heir="512"),
        Said(code="511", parent="512", begins=Y2011, ends=Y2012),
        Said(code="512", parent="51"),
    )
    back = area("511")

    assert tree_on(Y2005).parent(back) == area("51")
    assert tree_on(Y2010).place(back) == area("512")
    assert (tree_on(Y2011).place(back), tree_on(Y2011).parent(back)) == (back, area("512"))
    assert tree_on(Y2012).place(back) == area("512")


def test_area_counts_in_its_first_parent_before_it_begins() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51"),
        Said(code="51p", parent="511", begins=Y2010, ends=Y2011),
        Said(code="51p", parent="51", begins=Y2011),
        Said(code="51q", parent="51p", begins=Y2012, ends=date(2013, 1, 1), heir="51"),
    )
    tree = tree_on(Y2005)

    assert tree.place(area("51p")) == area("511")
    assert tree.place(area("51q")) == area("511")
    assert tree.exists(area("51p")) is False
    assert tree.below(area("51p")) == frozenset()


def test_park_stands_beside_townships_and_may_hold_some() -> None:
    write_areas(
        Said(code="51"),
        Said(code="5101", parent="51", kind="镇"),
        Said(code="5102", parent="YQ1", kind="镇"),
        Said(code="YQ1", parent="51", kind="园区"),
    )
    tree = tree_on(Y2011)

    assert named(tree, tree.children(area("51"))) == ["5101", "YQ1"]
    assert sorted_codes(tree, tree.below(area("YQ1"))) == ["5102", "YQ1"]


def test_child_that_inherits_its_parent_takes_its_place() -> None:
    write_areas(
        Said(code="51"),
        Said(code="511", parent="51", ends=Y2011, heir="51112"),
        Said(code="5111", parent="511"),
        Said(code="51112", parent="5111"),
    )
    tree = tree_on(AFTER)

    assert tree.place(area("511")) == area("51112")
    assert named(tree, tree.ancestors(area("51112"))) == ["5111", "51"]
    assert sorted_codes(tree, tree.below(area("51"))) == ["51", "511", "5111", "51112"]


def test_circles_in_the_record_neither_hang_nor_lose_an_area() -> None:
    write_areas(
        Said(code="51"),
        Said(code="61", parent="62"),
        Said(code="62", parent="61"),
        Said(code="71", parent="51", ends=Y2010, heir="72"),
        Said(code="72", parent="51", ends=Y2010, heir="71"),
        Said(code="81", ends=Y2010, heir="81"),
    )
    tree = tree_on(Y2011)

    assert named(tree, tree.roots()) == ["51", "61"]
    assert named(tree, tree.children(area("61"))) == ["62"]
    assert tree.place(area("71")) == tree.place(area("72")) == area("51")
    assert tree.place(area("81")) is None


def test_each_change_leaves_the_tree_known_before_it() -> None:
    first = write_areas(Said(code="51"), Said(code="511", parent="51"))
    second = write_areas(Said(code="511", parent="51", ends=Y2010, heir="51", name="改名镇"))
    town = area("511")

    assert tree_on(Y2011, first).exists(town) is True
    assert tree_on(Y2011, first).name(town) == "区划511"
    assert tree_on(Y2011, second).exists(town) is False
    assert tree_on(Y2011).place(town) == area("51")
    assert tree_on(Y2011, second + 100).place(town) == area("51")
    assert (tree_on(Y2011, 0).roots(), tree_on(Y2011, 0).place(town)) == ((), None)


def test_tree_takes_three_queries_and_then_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    write_areas(Said(code="51"), Said(code="511", parent="51"))

    with django_assert_num_queries(3):
        first = tree_on(Y2011)
    with django_assert_num_queries(1):
        assert tree_on(Y2011) is first


def test_area_is_found_by_any_code_it_ever_bore() -> None:
    write_areas(Said(code="51", ends=Y2010))
    once = area("51")
    write_areas(Said(code="59"), corrected={"59": once})

    assert (area_by_code("51"), area_by_code("59")) == (once, once)
    assert area_by_code("58") is None
    assert (area_by_code("5\x009"), area_by_code("5" * 21)) == (None, None)


def test_code_belongs_to_the_area_that_bears_it_now() -> None:
    write_areas(Said(code="51"))
    once = area("51")
    write_areas(Said(code="59"), corrected={"59": once})
    write_areas(Said(code="51"), corrected={"51": -1})

    assert area("51") != once
    assert area("59") == once


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ([], "2011-01-01 没有任何区划，请先导入区划台账，或用 --area 指定区划代码。"),
        (
            ["51", "52"],
            (
                "2011-01-01 有 2 个最上一级区划：区划51（51）、区划52（52），"
                "请用 --area 指定其中一个的代码。"
            ),
        ),
    ],
)
def test_root_area_must_be_the_only_one(codes: list[str], sentence: str) -> None:
    if codes:
        write_areas(*(Said(code=code) for code in codes))

    with pytest.raises(WrongUse) as refusal:
        root_area(Y2011)

    assert refusal.value.sentence == sentence


def test_root_area_is_that_of_the_day() -> None:
    write_areas(Said(code="51", ends=Y2011, heir="52"), Said(code="52", parent="51"))

    assert root_area(BEFORE) == area("51")
    assert root_area(AFTER) == area("52")


def test_root_area_of_a_time_that_had_none_is_that_of_today() -> None:
    write_areas(Said(code="51", begins=Y2011))

    assert root_area(BEFORE) == area("51")
    assert root_area(AFTER, 0) == area("51")


# ------------------------------------------------------------------ any record at all

DAYS = [date(2000 + y, 1, 1) for y in range(6)]


@st.composite
def spells(draw: st.DrawFn) -> list[Spell]:
    """Up to ten areas with up to two periods each, whatever parents and heirs they name."""
    ids = list(range(1, draw(st.integers(1, 10)) + 1))
    some = st.none() | st.sampled_from([*ids, 99])
    found: list[Spell] = []
    for id_ in ids:
        days = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=4)))
        for begins, ends in zip(days[::2], [*days[1::2], None], strict=False):
            heir = draw(some) if ends else None
            found.append(Spell(id_, begins, ends, f"{id_:02}", "名", "镇", draw(some), heir))
    return found


def leads_somewhere(tree: Tree, recorded: list[Spell], area: int) -> bool:
    """Whether any way over recorded heirs and parents ends at an existing area."""
    reached, waiting = set(), [area]
    while waiting:
        at = waiting.pop()
        own = [s for s in recorded if s.area == at]
        if at in reached or not own:
            continue
        reached.add(at)
        said = max((s for s in own if s.begins <= tree.day), default=own[0])
        heir = said.heir if said.begins <= tree.day else None
        waiting += [x for x in (heir, said.parent) if x is not None and not tree.exists(at)]
    return any(map(tree.exists, reached))


@given(recorded=spells(), day=st.sampled_from(DAYS))
def test_any_record_makes_a_tree_in_which_every_area_counts_once(
    recorded: list[Spell], day: date
) -> None:
    tree = Tree(day, recorded)
    ids = {spell.area for spell in recorded}
    places = {id_: tree.place(id_) for id_ in ids}
    existing = {id_ for id_ in ids if tree.exists(id_)}
    roots = tree.roots()

    assert {p for p in places.values() if p is not None} == existing
    assert all(places[id_] == id_ for id_ in existing)
    assert {id_ for id_, p in places.items() if p is None} == {
        id_ for id_ in ids if not leads_somewhere(tree, recorded, id_)
    }
    assert all([id_, *tree.ancestors(id_)][-1] in roots for id_ in existing)
    counted = [id_ for root in roots for id_ in tree.below(root)]
    assert sorted(counted) == sorted(id_ for id_, p in places.items() if p is not None)
    for id_ in ids:
        inside = {x for x in ids if id_ in (x, *tree.ancestors(x))} if id_ in existing else set()
        assert tree.below(id_) == inside
        assert {c for c in ids if tree.parent(c) == id_} == set(tree.children(id_))
