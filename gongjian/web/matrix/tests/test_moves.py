"""What is told of the tree within the months."""

from datetime import date

import pytest

from gongjian.areas.queries import area_by_code
from gongjian.areas.tests.builders import Said, write_areas
from gongjian.web.matrix.months import Months
from gongjian.web.matrix.moves import moves
from gongjian.web.matrix.queries import Asked

pytestmark = pytest.mark.django_db
MONTHS = Months.of(date(2011, 12, 25), None)
MAY = date(2011, 5, 18)


def told(code: str = "10", depth: int = 1) -> list[tuple[str, str, str]]:
    node = area_by_code(code)
    assert node is not None
    found = moves(Asked(node, (), depth), MONTHS.all_days)
    return [(str(move.day), str(move.seen), move.said) for move in found]


def tree(*more: Said) -> None:
    given = {said.code for said in more}
    usual = [
        Said(code="10"),
        Said(code="11", parent="10"),
        Said(code="12", parent="10"),
        Said(code="1101", parent="11"),
        Said(code="1102", parent="11"),
    ]
    write_areas(*(said for said in usual if said.code not in given), *more)


def test_nothing_is_told_of_a_tree_that_stayed() -> None:
    tree()

    assert told() == []


def test_an_area_that_began() -> None:
    tree(Said(code="13", parent="10", begins=MAY))

    assert told() == [("2011-05-18", "2011-05-25", "新设区划13")]


@pytest.mark.parametrize("day", [date(2010, 12, 20), date(2011, 12, 26)])
def test_what_happened_before_or_after_the_months_is_not_told(day: date) -> None:
    tree(Said(code="13", parent="10", begins=day))

    assert told() == []


def test_an_area_that_was_merged() -> None:
    tree(Said(code="12", parent="10", ends=MAY, heir="11"))

    assert told() == [("2011-05-18", "2011-05-25", "区划12停用，并入区划11")]


def test_what_hung_below_a_merged_area_went_along() -> None:
    tree(
        Said(code="12", parent="10", ends=MAY, heir="11"),
        Said(code="1201", parent="12"),
    )

    assert told() == [("2011-05-18", "2011-05-25", "区划12停用，并入区划11")]


def test_an_area_that_moved() -> None:
    tree(
        Said(code="1102", parent="11", ends=MAY),
        Said(code="1102", parent="12", begins=MAY),
    )
    expected = ("2011-05-18", "2011-05-25", "区划1102由区划11划到区划12")

    assert told() == [expected]
    assert told(depth=2) == [expected]
    assert told("11") == [("2011-05-18", "2011-05-25", "区划1102划出，到区划12")]
    assert told("12") == [("2011-05-18", "2011-05-25", "区划1102划入，原属区划11")]


def test_what_began_or_moved_within_a_line_is_told_where_lines_are_finer() -> None:
    tree(
        Said(code="1102", parent="11", ends=MAY, heir="1101"),
        Said(code="1103", parent="11", begins=MAY),
    )

    assert told() == []
    assert told(depth=2) == told("11") == [
        ("2011-05-18", "2011-05-25", "区划1102停用，并入区划1101"),
        ("2011-05-18", "2011-05-25", "新设区划1103"),
    ]  # fmt: skip


def test_a_new_name() -> None:
    tree(
        Said(code="12", parent="10", ends=MAY, name="安县"),
        Said(code="12", parent="10", begins=MAY, name="安州区"),
    )

    assert told() == [("2011-05-18", "2011-05-25", "安县更名为安州区")]


def test_an_area_that_left_to_nowhere_else() -> None:
    tree(Said(code="12", parent="10", ends=MAY))

    assert told() == [("2011-05-18", "2011-05-25", "区划12停用，并入区划10")]
