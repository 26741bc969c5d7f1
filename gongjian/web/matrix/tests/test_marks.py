"""Ranks, changes and order, worked out by hand."""

from datetime import date

import pytest

from gongjian.indicators.declare import CATALOG, Figure, Net, Ratio
from gongjian.web.matrix.presenters.marks import (
    Before,
    Rank,
    moved,
    ordered,
    ranks,
    said,
)
from gongjian.web.matrix.queries import Chart, Kind, Line, Sums

COUNT = next(f for f in CATALOG if not isinstance(f, Net | Ratio))
NET = next(f for f in CATALOG if isinstance(f, Net))
RATE = next(f for f in CATALOG if isinstance(f, Ratio))


@pytest.mark.parametrize(
    ("figure", "sums", "text"),
    [
        (COUNT, (12345,), "12,345"),
        (COUNT, (-3,), "−3"),
        (NET, (1200,), "+1,200"),
        (NET, (-1200,), "−1,200"),
        (NET, (0,), "0"),
        (RATE, (1999, 2000), "99%"),
        (RATE, (0, 7), "0%"),
        (RATE, (0, 0), "—"),
        (RATE, (-1, 5), "—"),
    ],
)
def test_what_a_number_is_said_as(figure: Figure, sums: Sums, text: str) -> None:
    assert said(figure, sums) == text


def test_equal_values_share_a_rank_and_fifths_a_shade() -> None:
    column: list[Sums] = [(9,), (7,), (7,), (5,), (4,), (3,), (2,), (1,), (0,), (0,)]

    assert ranks(column) == [
        Rank(1, 1), Rank(2, 1), Rank(2, 1), Rank(4, 2), Rank(5, 3),
        Rank(6, 3), Rank(7, 4), Rank(8, 4), Rank(9, 5), Rank(9, 5),
    ]  # fmt: skip


def test_many_that_are_alike_are_not_shaded_as_if_they_were_first() -> None:
    assert ranks([(3,), *[(2,)] * 9]) == [Rank(1, 1), *[Rank(2, 3)] * 9]


def test_a_rate_of_nothing_has_no_rank() -> None:
    assert ranks([(1, 2), (0, 0), (3, 4)]) == [Rank(2, 3), None, Rank(1, 1)]


@pytest.mark.parametrize("column", [[], [(0, 0)], [(5,), (5,), (5,)], [(1, 2), (2, 4)]])
def test_where_all_are_the_same_none_is_first(column: list[Sums]) -> None:
    assert ranks(column) == [None] * len(column)


def line(kind: Kind, node: int, *cells: Sums) -> Line:
    return Line(kind, node, str(node), str(node), cells)


def chart(day: date, *lines: Line) -> Chart:
    return Chart(day=day, known=1, there=True, lines=lines)


NOVEMBER, DECEMBER, JANUARY = date(2011, 11, 25), date(2011, 12, 25), date(2012, 1, 25)


def test_a_change_is_that_of_the_same_place() -> None:
    now = chart(DECEMBER, line(Kind.PLACE, 2, (12,)), line(Kind.PLACE, 3, (5,)))
    before = Before(now, chart(NOVEMBER, line(Kind.PLACE, 2, (15,))), NOVEMBER)

    assert [before.change(COUNT, one, 0) for one in now.lines] == [-3, None]
    assert [moved(COUNT, x) for x in (-3, None, 0, 1234)] == ["▼3", "—", "0", "▲1,234"]


def test_a_place_that_had_nothing_of_its_own_has_more_by_all_of_it() -> None:
    now = chart(DECEMBER, line(Kind.WHOLE, 1, (9,)), line(Kind.OWN, 1, (4,)))
    before = Before(now, chart(NOVEMBER, line(Kind.WHOLE, 1, (9,))), NOVEMBER)

    assert [before.change(COUNT, one, 0) for one in now.lines] == [0, 4]


def test_a_rate_moves_by_tenths_of_a_point() -> None:
    now = chart(DECEMBER, line(Kind.PLACE, 2, (2, 3)), line(Kind.PLACE, 3, (1, 2)))
    then = chart(NOVEMBER, line(Kind.PLACE, 2, (1, 2)), line(Kind.PLACE, 3, (0, 0)))
    before = Before(now, then, NOVEMBER)

    assert [before.change(RATE, one, 0) for one in now.lines] == [166, None]
    assert moved(RATE, 166) == "▲16.6"


def test_a_net_figure_begins_anew_with_the_year() -> None:
    now = chart(JANUARY, line(Kind.PLACE, 2, (3,)))
    then = chart(DECEMBER, line(Kind.PLACE, 2, (40,)))

    assert Before(now, then, DECEMBER).change(NET, now.lines[0], 0) is None
    assert Before(now, then, DECEMBER).change(COUNT, now.lines[0], 0) == -37


def test_without_the_month_before_nothing_compares() -> None:
    now = chart(DECEMBER, line(Kind.WHOLE, 1, (3,)))

    assert Before(now, None, NOVEMBER).change(COUNT, now.lines[0], 0) is None


TREE = [
    line(Kind.WHOLE, 1, (10,)),
    line(Kind.OWN, 1, (1,)),
    line(Kind.PLACE, 2, (3,)),
    line(Kind.PLACE_OWN, 2, (1,)),
    line(Kind.INNER, 21, (0,)),
    line(Kind.INNER, 22, (2,)),
    line(Kind.PLACE, 3, (6,)),
    line(Kind.INNER, 31, (6,)),
]


@pytest.mark.parametrize(
    ("column", "falling", "nodes"),
    [
        (None, False, [1, 1, 2, 2, 21, 22, 3, 31]),
        (0, False, [1, 1, 2, 2, 21, 22, 3, 31]),
        (0, True, [1, 1, 3, 31, 2, 2, 22, 21]),
    ],
)
def test_places_are_put_in_order_and_places_within_them(
    column: int | None, falling: bool, nodes: list[int]
) -> None:
    assert [one.node for one in ordered(TREE, column, falling=falling)] == nodes


def test_rates_of_nothing_come_last_and_equals_stay_as_in_the_tree() -> None:
    rates = [(0, 0), (1, 2), (2, 4), (9, 10)]
    places = [line(Kind.PLACE, at, sums) for at, sums in enumerate(rates)]

    assert [one.node for one in ordered(places, 0, falling=False)] == [1, 2, 3, 0]
    assert [one.node for one in ordered(places, 0, falling=True)] == [3, 1, 2, 0]
