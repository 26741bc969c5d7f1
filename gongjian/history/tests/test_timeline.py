"""A timeline: told days per column, and the versions they stand for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongjian.history.shapes import SHAPES
from gongjian.history.timeline import Timeline

SHAPE = SHAPES["employers"]
A, B, C, D = (date(2010, month, 1) for month in (1, 4, 7, 10))


def line() -> Timeline:
    """甲厂 from A on, of 10 people; 20 from B on, called 乙厂 from C on."""
    made = Timeline(SHAPE, whole={"code": "9"})
    made.open(A, None, {**dict.fromkeys(SHAPE.dated), "name": "甲厂", "staff": 10})
    made.tell("staff", B, 20)
    made.tell("name", C, "乙厂")
    return made


def said(made: Timeline) -> list[tuple[Any, ...]]:
    """(from, to, opened, name, staff, what was told for that very day where not all was)."""
    at = {name: 4 + i for i, name in enumerate(SHAPE.fields)}
    everything = sum(SHAPE.bits.values())
    return [
        (*v[:3], v[at["name"]], v[at["staff"]],
         [n for n, bit in SHAPE.bits.items() if v[3] & bit and v[3] != everything])
        for v in made.versions()
    ]  # fmt: skip


def test_each_version_repeats_what_goes_on_and_marks_what_was_told() -> None:
    assert said(line()) == [
        (A, B, A, "甲厂", 10, []),
        (B, C, A, "甲厂", 20, ["staff"]),
        (C, None, A, "乙厂", 20, ["name"]),
    ]


def test_versions_give_the_timeline_back() -> None:
    assert Timeline.of(SHAPE, line().versions()) == Timeline(
        SHAPE,
        line().periods,
        line().points,
        {name: "9" if name == "code" else None for name in SHAPE.whole},
    )


CHANGES: list[Callable[[Timeline], Any]] = [
    lambda copy: copy.tell("staff", D, 30),
    lambda copy: copy.tell("staff", B, 30),
    lambda copy: copy.reopen_at(copy.periods[0], C),
    lambda copy: copy.close_at(copy.periods[0], B),
    lambda copy: copy.open(D, None, {"staff": 1}),
    lambda copy: copy.whole.update(code="8"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_may_be_changed_and_thrown_away(change: Callable[[Timeline], Any]) -> None:
    made = line()
    copy = made.copy()

    change(copy)

    assert copy != made
    assert said(made) == said(line())
    assert made.whole == line().whole


def test_a_later_start_keeps_the_last_value_told_by_then() -> None:
    made = line()
    made.reopen_at(made.periods[0], C)

    assert said(made) == [(C, None, C, "乙厂", 20, [])]


def test_an_earlier_start_takes_the_first_values_along() -> None:
    made = line()
    made.reopen_at(made.periods[0], date(2009, 1, 1))

    assert said(made)[0] == (date(2009, 1, 1), B, date(2009, 1, 1), "甲厂", 10, [])


def test_an_end_cuts_off_what_was_told_after_it() -> None:
    made = line()
    made.close_at(made.periods[0], C)

    assert said(made) == [(A, B, A, "甲厂", 10, []), (B, C, A, "甲厂", 20, ["staff"])]
    made.close_at(made.periods[0], None)
    assert said(made)[-1] == (B, None, A, "甲厂", 20, ["staff"])


def test_a_further_period_knows_what_was_told_in_the_last() -> None:
    made = line()
    made.close_at(made.periods[0], D)
    made.open(date(2011, 1, 1), None, {"staff": 5})

    opened = date(2011, 1, 1)
    assert said(made)[-1] == (opened, None, opened, "乙厂", 5, ["staff"])
