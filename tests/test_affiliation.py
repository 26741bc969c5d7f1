"""Figures along the tree of superiors, held against a slow count; and what that tree means."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from tests.cities import ASKED_ON, COUNTED_MEMBER, DAYS, KNOWN_AT, YEAR_STARTS, D, FullCity, cities
from tests.oracle import CODES, TERRITORY_ONLY
from tests.oracle.holding import Holding, hold, sum_of, value_of

ALONG: dict[str, Any] = {"day": D, "known_at": None, "tree": "affiliation"}
COUNTED = [code for code in CODES if code not in TERRITORY_ONLY]
MOVED = date(2011, 6, 1)

ASKED = st.fixed_dictionaries(
    {
        "day": ASKED_ON,
        "known": KNOWN_AT,
        "year_start": YEAR_STARTS,
        "tree": st.just("affiliation"),
    }
)
NODE = st.sampled_from([0, 0, 1, 2, 3, 4])


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(city=cities(), node=NODE, asked=ASKED)
def test_random_cities_against_a_slow_count(
    city: FullCity, node: int, asked: dict[str, Any]
) -> None:
    hold(city, node, asked)


@pytest.mark.proof
@pytest.mark.django_db
@settings(max_examples=1500, suppress_health_check=list(HealthCheck))
@given(city=cities(), node=NODE, asked=ASKED)
def test_many_random_cities_against_a_slow_count(
    city: FullCity, node: int, asked: dict[str, Any]
) -> None:
    hold(city, node, asked)


# ------------------------------------------------------------------ one branch, looked at closely


@pytest.fixture
def city(db: None) -> FullCity:
    """The city's union 1; under it 2 and 3; under 2 the base union 4, dissolved in 2011.

    Under that one stood 5, which stays; 6 went over from 2 to 3; 7 begins after the day asked about.
    """
    made = FullCity()
    made.area(1, "10")
    made.area(2, "11", 1)
    made.area(3, "12", 1)
    made.union(1, 1, kind="总工会")
    made.union(2, 2, superior_id=1, kind="区域性工会联合会")
    made.union(3, 3, superior_id=1, kind="联合基层工会")
    made.union(4, 2, superior_id=2, days=(DAYS[0], MOVED))
    made.union(5, 3, superior_id=4)
    made.union(6, 2, superior_id=2, days=(DAYS[0], MOVED))
    made.union(6, 2, superior_id=3, days=(MOVED, None), opened=DAYS[0])
    made.union(7, 3, superior_id=5, days=(date(2012, 6, 1), None))
    for union in range(1, 8):
        made.firm(union, 1 + union % 3, staff=100)
        made.cover(union, union, union, days=(DAYS[0] if union < 4 else MOVED, None))
        days = (MOVED if union == 7 else DAYS[0], None)
        mode = ("联合", "联合会", "分会")[union % 3]
        made.cover(union + 10, 1 + union % 6, union, mode=mode, days=days)
        made.agree(union, union, kind=("单独", "区域性", "行业性")[union % 3], days=(MOVED, None))
        made.under(union, union, union, staff=10 * union)
        made.under(union + 10, union, 1, staff=5)
        if union != 3:
            made.member(union, union, days=(MOVED, None), **COUNTED_MEMBER)
    made.write()
    return made


def told(code: str, node: int, **more: Any) -> list[int]:
    return [row["id"] for row in rows_behind(code, node=node, **(ALONG | more))["rows"]]


def test_whole_city_against_the_slow_count(city: FullCity) -> None:
    for day in (D, date(2011, 5, 31), date(2012, 7, 1)):
        held = Holding(city, day, tree="affiliation")
        held.whole()
        for node in (1, 2, 7):
            held.rows(node)


@pytest.mark.parametrize("code", COUNTED)
def test_every_figure_is_the_sum_of_its_rows(city: FullCity, code: str) -> None:
    (figure,) = figures([code], node=1, **ALONG)["figures"]
    found = rows_behind(code, node=1, **ALONG)

    assert value_of(figure) == sum_of(found)
    assert found["value"] == figure["value"]
    assert found["rows"] != []


@pytest.mark.parametrize("code", sorted(TERRITORY_ONLY))
def test_figure_without_affiliation_has_no_value_and_no_rows(city: FullCity, code: str) -> None:
    answer = figures([code], node=1, children=True, **ALONG)
    found = rows_behind(code, node=1, **ALONG)

    assert [figure["value"] for figure in answer["figures"]] == [None]
    assert {child["figures"][0]["value"] for child in answer["children"]} == {None}
    assert found["value"] is None
    assert found["rows"] == []


def test_answer_names_the_union_and_its_children(city: FullCity) -> None:
    answer = figures(["unions.base"], node=1, children=True, **ALONG)

    assert (answer["tree"], answer["union"]) == ("affiliation", "811")
    assert "area" not in answer
    assert [(child["union"], child["name"]) for child in answer["children"]] == [
        ("812", "会2"),
        ("813", "会3"),
    ]


def test_what_a_dissolved_union_left_counts_under_its_last_superior(city: FullCity) -> None:
    answer = figures(["unions.base"], node=2, children=True, **ALONG)

    assert [child["union"] for child in answer["children"]] == ["815"]
    assert told("unions.base", 2) == [5]
    assert sorted(told("agreements.in_force", 2)) == [2, 4, 5, 7]
    assert told("agreements.in_force", 4) == []
    assert sorted(told("agreements.in_force", 3)) == [3, 6]


def test_net_takes_each_of_its_days_in_its_own_branch(city: FullCity) -> None:
    def net(node: int) -> dict[int, int]:
        found = rows_behind("unions.base.net", node=node, **ALONG)
        return {row["id"]: row["value"] for row in found["rows"]}

    assert net(1) == {4: -1}
    assert net(2) == {4: -1, 6: -1}
    assert net(3) == {6: 1}


def test_employer_of_two_branches_counts_once_above_them(city: FullCity) -> None:
    answer = figures(["coverage.units"], node=1, children=True, **ALONG)
    below = [child["figures"][0]["value"] for child in answer["children"]]

    assert (answer["figures"][0]["value"], below) == (7, [5, 4])


def test_union_that_does_not_exist_answers_zeros(city: FullCity) -> None:
    for node in (4, 7):
        answer = figures(COUNTED, node=node, children=True, **ALONG)

        assert {value_of(figure) for figure in answer["figures"]} == {(0,), (0, 0)}
        assert answer["children"] == []
        assert [rows_behind(code, node=node, **ALONG)["rows"] for code in COUNTED] == [
            [] for _ in COUNTED
        ]
