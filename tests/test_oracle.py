"""The slow count itself, on cities small enough to be counted on the fingers."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cities import D, FullCity
from tests.oracle import CODES, RATES, TERRITORY_ONLY, Oracle

EARLY = date(2009, 6, 1)
TREES = ("territory", "affiliation")
OVERLAPS = ("agreements.employers.overlap", "agreements.workers.overlap")


@pytest.fixture
def city() -> FullCity:
    """Two counties; the city's union 1, and below it 2 in county 2 and 3 in county 3."""
    made = FullCity()
    made.area(1, "10")
    made.area(2, "11", 1)
    made.area(3, "12", 1)
    made.union(1, 1, kind="总工会")
    made.union(2, 2, superior_id=1, days=(EARLY, None))
    made.union(3, 3, superior_id=1, kind="联合基层工会", days=(EARLY, None))
    return made


def told(
    city: FullCity, *codes: str, node: int = 1, tree: str = "territory", day: date = D
) -> list[Any]:
    oracle = Oracle(city.facts, day, city.newest)
    values = (oracle.value(code, node, tree) for code in codes)
    return [value[0] if len(value) == 1 else value for value in values]


def whose(city: FullCity, code: str, node: int = 1, tree: str = "territory") -> list[int]:
    return sorted(entry for _, entry in Oracle(city.facts, D, city.newest).rows(code, node, tree))


def test_every_figure_of_the_contract_has_its_code() -> None:
    assert len(CODES) == len(set(CODES)) == 47
    assert {code.partition(".")[0] for code in CODES} == {
        *("employers", "coverage", "unions", "members", "agreements", "rate")
    }
    assert set(CODES) >= TERRITORY_ONLY
    assert set(CODES) >= set(RATES)


def test_firm_under_two_kinds_is_counted_once_and_told_as_overlap(city: FullCity) -> None:
    city.firm(1, 2)
    city.firm(2, 3)
    city.agree(1, 2)
    city.agree(2, 3, kind="区域性")
    city.agree(3, 3, kind="区域性")
    city.under(1, 1, 1, staff=10)
    city.under(2, 2, 1, staff=7)
    city.under(3, 3, 1, staff=4)
    city.under(4, 3, 2, staff=5)

    singles = [f"agreements.{what}.single" for what in ("in_force", "employers", "workers")]
    regionals = [f"agreements.{what}.regional" for what in ("in_force", "employers", "workers")]
    assert told(city, *singles) == [1, 1, 10]
    assert told(city, *regionals) == [2, 2, 12]
    assert told(city, "agreements.employers", "agreements.workers", *OVERLAPS) == [2, 15, 1, 7]
    assert told(city, "agreements.in_force", "agreements.employers", node=2) == [1, 1]
    assert told(city, "agreements.in_force", "agreements.workers.regional", node=3) == [2, 5]


def test_branch_counts_by_its_own_agreements_alone(city: FullCity) -> None:
    test_firm_under_two_kinds_is_counted_once_and_told_as_overlap(city)

    both = ("agreements.employers", "agreements.workers", *OVERLAPS)
    assert told(city, *both, node=1, tree="affiliation") == [2, 15, 1, 7]
    assert told(city, *both, node=2, tree="affiliation") == [1, 10, 0, 0]
    assert told(city, *both, node=3, tree="affiliation") == [2, 12, 0, 0]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({"effective_on": D}, True),
        ({"effective_on": D + timedelta(1)}, False),
        ({"effective_on": D + timedelta(1), "received_on": EARLY}, False),
        ({"effective_on": D, "review": "有异议"}, True),
        ({"effective_on": None, "received_on": D - timedelta(15)}, True),
        ({"effective_on": None, "received_on": D - timedelta(15), "review": None}, True),
        ({"effective_on": None, "received_on": D - timedelta(14)}, False),
        ({"effective_on": None, "received_on": EARLY, "review": "有异议"}, False),
        ({"effective_on": None, "received_on": EARLY, "review": "待审"}, True),
        ({"effective_on": None, "received_on": None}, False),
        ({"term_from": D}, True),
        ({"term_from": D + timedelta(1)}, False),
        ({"term_to": D}, True),
        ({"term_to": D - timedelta(1)}, False),
        ({"voided_on": D}, False),
        ({"voided_on": D + timedelta(1)}, True),
        ({"days": (D, None)}, True),
        ({"days": (D + timedelta(1), None)}, False),
    ],
)
def test_agreement_is_in_force(city: FullCity, said: dict[str, Any], counts: bool) -> None:
    city.agree(1, 2, **said)

    assert told(city, "agreements.in_force", "agreements.in_force.industry") == [int(counts), 0]


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        ((D, None), True),
        ((D + timedelta(1), None), False),
        ((EARLY, D + timedelta(1)), True),
        ((EARLY, D), False),
    ],
)
def test_coverage_under_an_agreement_has_days_of_its_own(
    city: FullCity, days: Any, counts: bool
) -> None:
    city.firm(1, 2)
    city.agree(1, 2)
    city.under(1, 1, 1, days=days)

    assert told(city, "agreements.employers", "agreements.in_force") == [int(counts), 1]


def test_signed_in_the_year_and_not_voided(city: FullCity) -> None:
    days = [date(2010, 12, 31), date(2011, 1, 1), D, D + timedelta(1), date(2011, 5, 1)]
    for entry, day in enumerate(days, 1):
        city.agree(entry, 3, days=(day, None), voided_on=D if entry == 5 else None)

    assert whose(city, "agreements.signed") == [2, 3]
    assert told(city, "agreements.signed", "agreements.signed.regional", node=3) == [2, 0]
    later = Oracle(city.facts, D, 1, "07-01")
    assert later.rows("agreements.signed", 1) == {("agreements", 3): (3, 1)}
    before = Oracle(city.facts, date(2011, 6, 30), 1, "07-01")
    assert before.value("agreements.signed", 1) == (3,)


def test_agreement_of_a_dissolved_union_counts_in_its_last_area_and_under_its_superior(
    city: FullCity,
) -> None:
    moved = date(2011, 6, 1)
    city.union(4, 2, superior_id=2, days=(EARLY, moved))
    city.union(4, 3, superior_id=3, days=(moved, D), opened=EARLY)
    city.union(5, 2, superior_id=4, days=(EARLY, None))
    city.agree(1, 4)

    assert [told(city, "agreements.in_force", node=area) for area in (2, 3)] == [[0], [1]]
    unions = ("agreements.in_force", "unions.base")
    assert [told(city, *unions, node=u, tree="affiliation") for u in (1, 2, 3, 4)] == [
        *([1, 3], [0, 1], [1, 2], [0, 0])
    ]
    assert Oracle(city.facts, D, 1).children(3, "affiliation") == {5}


def test_agreement_of_a_union_not_begun_counts_where_it_will_begin(city: FullCity) -> None:
    city.union(4, 3, superior_id=2, days=(D + timedelta(1), None))
    city.agree(1, 4)

    assert [told(city, "agreements.in_force", node=area) for area in (2, 3)] == [[0], [1]]
    assert told(city, "agreements.in_force", "unions.base", node=2, tree="affiliation") == [1, 1]


def test_covered_by_several_modes(city: FullCity) -> None:
    for firm in (1, 2, 3):
        city.firm(firm, firm)
    city.firm(4, 1, status="停业")
    words = ("单独", "联合", "联合会", "分会")
    for entry, (union, firm, mode) in enumerate(
        [(2, 1, 0), (3, 1, 1), (3, 2, 1), (2, 2, 1), (3, 3, 2), (2, 4, 3)], 1
    ):
        city.cover(entry, union, firm, mode=words[mode])

    modes = [f"coverage.units.{mode}" for mode in ("own", "joint", "federation", "branch")]
    assert told(city, *modes, "coverage.units", "coverage.units.overlap") == [1, 2, 1, 0, 3, 1]
    below = told(city, *modes, "coverage.units", "coverage.units.overlap", node=2)
    assert below == [0, 1, 0, 0, 1, 0]
    own = told(city, "coverage.units", "coverage.units.overlap", node=2, tree="affiliation")
    assert own == [2, 0]


@pytest.mark.parametrize(
    ("said", "day", "overdue"),
    [
        ({}, date(2014, 5, 31), False),
        ({}, date(2014, 6, 1), True),
        ({"term_years": 3}, date(2012, 6, 1), True),
        ({"elected_on": date(2008, 2, 29), "term_years": 3}, date(2011, 2, 27), False),
        ({"elected_on": date(2008, 2, 29), "term_years": 3}, date(2011, 2, 28), True),
        ({"elected_on": date(2008, 2, 29)}, date(2013, 2, 28), True),
        ({"elected_on": date(2010, 3, 1)}, date(2015, 2, 28), False),
        ({"elected_on": date(2008, 2, 29), "kind": "总工会"}, date(2013, 2, 28), False),
    ],
)
def test_overdue(city: FullCity, said: dict[str, Any], day: date, overdue: bool) -> None:
    city.facts = city.facts[:3]
    city.union(9, 2, days=(EARLY, date(2010, 1, 1)), **said)
    city.union(9, 2, days=(date(2010, 1, 1), None), opened=EARLY, **said)

    assert told(city, "unions.overdue", day=day) == [int(overdue)]


def test_members_and_empty_unions(city: FullCity, db: None) -> None:
    city.member(1, 2, sex="女", migrant=1)
    city.member(2, 2, sex="男", dispatched=1, newform="其他")
    city.member(3, 3, status="保留", sex="女")
    city.member(4, 1, migrant=0)

    codes = [f"members.{w}" for w in ("total", "female", "migrant", "dispatched", "newform")]
    assert told(city, *codes) == [3, 1, 1, 1, 1]
    assert whose(city, "unions.hollow") == [3]
    assert told(city, "unions.base", "unions.joint", "unions.federations") == [2, 1, 0]


def test_rates_divide_the_sums_of_the_node(city: FullCity, db: None) -> None:
    city.firm(1, 2, staff=100)
    city.firm(2, 3, staff=50)
    city.firm(3, 3, staff=25, nature="机关")
    city.cover(1, 2, 1)
    city.cover(2, 2, 3)
    city.member(1, 3)
    city.agree(1, 3)
    city.under(1, 1, 1)

    assert told(city, *RATES) == [(1, 2), (1, 1), (1, 125), (1, 175), (1, 1)]
    assert told(city, "rate.members.unit", node=3) == [(1, 25)]
    own = Oracle(city.facts, D, 1)
    assert own.value("rate.signing", 1, "affiliation") == (1, 1)
    assert own.value("rate.signing", 2, "affiliation") == (0, 1)
    assert own.rows("rate.members.all", 1, "affiliation") == {}


def test_net_takes_each_day_in_its_own_branch(city: FullCity) -> None:
    moved = date(2011, 6, 1)
    city.union(4, 2, superior_id=2, days=(EARLY, moved))
    city.union(4, 2, superior_id=3, days=(moved, None), opened=EARLY)
    city.union(5, 3, superior_id=3, days=(moved, None))

    nets = [told(city, "unions.base.net", node=u, tree="affiliation") for u in (1, 2, 3, 5)]
    assert nets == [[1], [-1], [2], [1]]
    assert told(city, "unions.base.net", node=2) == [0]
    lost = Oracle(city.facts, D, 1).rows("unions.base.net", 2, "affiliation")
    assert lost == {("unions", 4): (2, -1)}


@pytest.mark.parametrize("tree", TREES)
def test_node_that_does_not_exist_answers_nothing(city: FullCity, tree: str) -> None:
    city.area(9, "19", 1, days=(EARLY, D))
    city.union(9, 9, superior_id=1, days=(EARLY, D))
    city.agree(1, 9)
    oracle = Oracle(city.facts, D, 1)

    assert {oracle.value(code, 9, tree) for code in CODES} == {(0,), (0, 0)}
    assert oracle.children(9, tree) == set()
    assert oracle.value("agreements.in_force", 1, tree) == (1,)
