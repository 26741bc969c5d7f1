"""An answer kept under a state stays right, and is not thrown away for what it does not read."""

from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import Said, write_areas
from gongjian.history import record, state, trail
from gongjian.history.shapes import SHAPES
from gongjian.unions.queries import tree_on as unions_on

pytestmark = pytest.mark.django_db
DAY = date(2011, 12, 31)


def test_nothing_touched_yet() -> None:
    assert state.touching("areas") == (0, "")
    assert state.latest().change == 0


def test_the_newest_change_that_touched_a_ledger_at_a_time() -> None:
    first = write_areas(Said(code="51"))
    second = write_areas(Said(code="51", name="四川"))
    assert state.touching("areas").change == second
    assert state.touching("areas", known_at=first).change == first
    assert state.touching("areas", known_at=second + 7) == state.touching("areas")
    assert state.touching("areas", "unions") == state.touching("areas") == state.latest()
    assert state.touching("unions").change == 0


def test_a_mere_withdrawal_touches_too() -> None:
    write_areas(Said(code="51"))
    vid = [told.vid for told in record.ever_told(SHAPES["areas"], tree_on(DAY).leaves())]
    edit = record.Edit(shape=SHAPES["areas"], closes=vid)
    by = record.Author(actor_id=None, name="测试")
    receipt = record.commit(edit, kind="annul", by=by, base=record.newest())
    assert state.touching("areas").change == receipt.change
    assert tree_on(DAY).leaves() == frozenset()


def test_what_happens_elsewhere_leaves_the_tree_at_hand(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    write_areas(Said(code="51"))
    kept = tree_on(DAY)
    trail.note("sign-in", {"who": "测试"})
    with django_assert_num_queries(1):
        assert tree_on(DAY) is kept


def test_the_same_number_in_another_history_is_another_state() -> None:
    with transaction.atomic():
        number = write_areas(Said(code="51", name="甲"))
        (root,) = tree_on(DAY).roots()
        assert tree_on(DAY).name(root) == "甲"
        transaction.set_rollback(True)
    assert write_areas(Said(code="51", name="乙")) == number
    (root,) = tree_on(DAY).roots()
    assert tree_on(DAY).name(root) == "乙"


def test_unions_are_called_by_areas_and_so_stand_on_both() -> None:
    write_areas(Said(code="51"))
    before = unions_on(DAY)
    assert unions_on(DAY) is before
    write_areas(Said(code="51", name="四川"))
    assert unions_on(DAY) is not before


def test_within_a_steady_moment_the_state_is_asked_for_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = write_areas(Said(code="51"))
    with state.steady():
        assert record.newest() == first
        write_areas(Said(code="52"))
        with django_assert_num_queries(0):
            assert record.newest() == first
    assert record.newest() == first + 1
