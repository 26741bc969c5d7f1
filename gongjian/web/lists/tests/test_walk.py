"""The order of a list, its pages, and what of it somebody sees."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.access import EVERYTHING, Scope
from gongjian.core.errors import NotInScope, Refused
from gongjian.history.record import newest
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.questions import Moment
from gongjian.ledgers.tests.city import SLUGS, city
from gongjian.unions.queries import tree_on as unions_on
from gongjian.web.lists.filters import begins
from gongjian.web.lists.ground import AFFILIATION, TERRITORY, ground, sides
from gongjian.web.lists.queries import page_of
from gongjian.web.lists.tests.oracle import in_order, rows_on, seen_by_area, seen_by_union
from gongjian.web.lists.walk import Position, Walk

pytestmark = pytest.mark.django_db

DAYS = tuple(map(date.fromisoformat, ("2008-06-15", "2010-02-15", "2011-06-30", "2012-06-30")))
UNDER = {
    "areas": "areas",
    "employers": "areas",
    "unions": "areas",
    "coverage": "unions",
    "members": "unions",
    "agreements": "unions",
    "agreement-coverage": "agreements",
}


@pytest.fixture
def _city() -> None:
    city()


def walk(slug: str, day: date, change: int | None = None, **more: object) -> Walk:
    scope = more.pop("scope", EVERYTHING)
    return Walk(ground=ground(LEDGERS[slug], Moment.of(day, change), scope, **more))  # type: ignore[arg-type]


def pages(way: Walk, size: int) -> list[int]:
    """Entries of all pages, from the first to the last."""
    found: list[int] = []
    page = page_of(way, size)
    while page.rows:
        found += [row.entry for row in page.rows]
        if page.after is None:
            break
        page = page_of(way, size, after=page.after)
    return found


def pages_back(way: Walk, size: int) -> list[int]:
    """Entries of all pages, from the last one to the first, in the order of the list."""
    keys = way.page(10_000).rows
    if not keys:
        return []
    found = [keys[-1].position.entry]
    before: Position | None = keys[-1].position
    while before is not None:
        page = page_of(way, size, before=before)
        found = [row.entry for row in page.rows] + found
        before = page.before
    return found


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("back", [0, 6])
def test_pages_visit_every_row_once_in_order(slug: str, back: int) -> None:
    change = newest() - back
    for day in DAYS:
        truth = in_order(rows_on(slug, day, change), day, change, UNDER[slug])

        way = walk(slug, day, change)

        assert pages(way, 1) == pages(way, 2) == pages(way, 100) == truth
        assert pages_back(way, 1) == pages_back(way, 2) == truth


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize("slug", SLUGS)
def test_count_and_entries_are_those_of_the_pages(slug: str) -> None:
    way = walk(slug, DAYS[2])
    entries = pages(way, 3)

    assert sorted(way.entries()) == sorted(entries)
    assert way.count(1_000) == (len(entries), True)
    assert way.count(1).rows == min(1, len(entries))
    assert way.covers([*entries[:1], 999_999]) == frozenset(entries[:1])


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize("slug", ["members", "coverage", "unions", "employers", "areas"])
def test_node_lists_what_counts_there_with_and_without_below(slug: str) -> None:
    for day in DAYS:
        tree, rows = areas_on(day), rows_on(slug, day)
        for node in tree.leaves():
            if not tree.exists(node):
                with pytest.raises(NotInScope):
                    walk(slug, day, node=node)
                continue
            below, own = tree.below(node), {x for x in tree.leaves() if tree.place(x) == node}

            assert sorted(walk(slug, day, node=node).entries()) == sorted(
                row.entry for row in rows if row.at("areas") in below
            )
            assert sorted(walk(slug, day, node=node, below=False).entries()) == sorted(
                row.entry for row in rows if row.at("areas") in own
            )


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize("slug", ["unions", "members", "coverage", "agreement-coverage"])
def test_branch_of_a_union_is_listed(slug: str) -> None:
    day = DAYS[1]
    tree, rows = unions_on(day), rows_on(slug, day)
    for union in tree.roots():
        branch = tree.below(union)

        found = sorted(walk(slug, day, side=AFFILIATION, node=union).entries())

        assert found == sorted(row.entry for row in rows if row.at("unions") in branch)


@pytest.mark.usefixtures("_city")
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_nothing_outside_a_scope_is_listed(data: st.DataObject) -> None:
    slug = data.draw(st.sampled_from(SLUGS))
    side = data.draw(st.sampled_from(sides(LEDGERS[slug])))
    day = data.draw(st.sampled_from(DAYS))
    change = data.draw(st.sampled_from([None, newest() - 6]))
    areas = data.draw(st.sets(st.sampled_from(sorted(areas_on(day).leaves()))))
    unions = data.draw(st.sets(st.sampled_from(sorted(unions_on(day).leaves()))))
    scope = Scope(inside={"areas": frozenset(areas), "unions": frozenset(unions)})
    rows = rows_on(slug, day, change)

    way = walk(slug, day, change, scope=scope, side=side)

    seen = seen_by_area(rows, scope) if side == TERRITORY else seen_by_union(rows, scope)
    assert sorted(way.entries()) == sorted(row.entry for row in seen)
    assert sorted(pages(way, 2)) == sorted(row.entry for row in seen)


@pytest.mark.usefixtures("_city")
def test_ledgers_have_the_sides_their_rows_stand_at() -> None:
    both = [slug for slug in SLUGS if AFFILIATION in sides(LEDGERS[slug])]

    assert both == ["unions", "coverage", "members", "agreements", "agreement-coverage"]


@pytest.mark.usefixtures("_city")
def test_a_filter_narrows_pages_counts_and_entries_alike() -> None:
    bare = walk("members", DAYS[3])
    names = {row.values["name"] for row in page_of(bare, 100).rows}

    way = Walk(ground=bare.ground, where=[begins('v."name"', "安")])

    assert [row.values["name"] for row in page_of(way, 100).rows] == ["安"]
    assert (way.count(10).rows, len(list(way.entries()))) == (1, 1)
    assert len(names) > 1


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2", "1.2.3.4", "-1.2.3", "1.2.x", "1.2." + "9" * 16]
)
def test_position_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Position.read(text)


@pytest.mark.usefixtures("_city")
def test_position_at_a_leaf_of_no_list_is_refused() -> None:
    with pytest.raises(Refused):
        page_of(walk("members", DAYS[3]), 5, after=Position(999_999, 1, 1))


@pytest.mark.usefixtures("_city")
def test_position_of_a_row_that_is_gone_goes_on_behind_it() -> None:
    way = walk("members", DAYS[3])
    first, *rest = way.page(100).rows
    gone = first.position._replace(entry=first.position.entry)

    assert way.page(100, after=gone).rows == rest
    assert way.page(100, after=gone._replace(container=0)).rows == [first, *rest]
