"""What figures declare of each other holds: in random cities, on any day, at every node."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.tests.builders import taken_back
from gongjian.indicators.declare import (
    AFFILIATION,
    CATALOG,
    TERRITORY,
    Indicator,
    MadeOf,
    Net,
    Ratio,
    shown_with,
)
from gongjian.indicators.query import figures
from gongjian.indicators.sections import Year
from gongjian.web.figures.tests.city import HEAD, ROOT, count, get, small_city, text, texts
from gongjian.web.tests.people import signed_in
from tests.cities import ASKED_ON, KNOWN_AT, YEAR_STARTS, D, FullCity, cities

ASKED = st.fixed_dictionaries({"day": ASKED_ON, "known_at": KNOWN_AT, "year_start": YEAR_STARTS})
LEDGER = {TERRITORY: "areas", AFFILIATION: "unions"}
SUMS: dict[str, MadeOf] = {
    f.code: f.made_of for f in CATALOG if isinstance(f, Indicator) and f.made_of is not None
}


def told(tree: str, node: int, asked: dict[str, Any]) -> dict[str, Any]:
    answer = figures([], tree=tree, node=node, **asked)["figures"]
    return {figure["code"]: figure["value"] for figure in answer}


def hold(values: dict[str, Any]) -> None:
    """Every equation, and how often an entry can be counted too often."""
    for code, made_of in SUMS.items():
        beyond = sum(values[part] for part in made_of.parts) - values[code]
        twice = values[made_of.repeated] if made_of.repeated else 0
        exact = values[made_of.less] if made_of.less else 0
        if made_of.repeated:
            assert twice <= beyond <= (len(made_of.parts) - 1) * twice, code
        else:
            assert beyond == exact, code


def hold_nets(tree: str, node: int, values: dict[str, Any], asked: dict[str, Any]) -> None:
    """A net figure is the difference of two figures, each of its own day."""
    eve = Year.of(asked["day"], asked["year_start"]).eve(asked["year_start"]).day
    before = told(tree, node, asked | {"day": eve})
    for net in (figure for figure in CATALOG if isinstance(figure, Net)):
        assert values[net.code] == values[net.of] - before[net.of], net.code


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(city=cities(), asked=ASKED)
def test_equations_hold_in_random_cities(city: FullCity, asked: dict[str, Any]) -> None:
    with taken_back():
        city.write()
        for tree, ledger in LEDGER.items():
            for node in sorted({fact.entry for fact in city.facts if fact.ledger == ledger}):
                values = told(tree, node, asked)
                hold(values)
                if values["unions.base"] or values["members.total"] or values["coverage.units"]:
                    # A place that is not there on the day has no figure of any day.
                    hold_nets(tree, node, values, asked)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2010, 12, 31), date(2011, 2, 5), D])
@pytest.mark.parametrize("tree", LEDGER)
def test_equations_hold_in_the_whole_city(tree: str, day: date) -> None:
    city = small_city()
    nodes = {fact.entry for fact in city.facts if fact.ledger == LEDGER[tree]}
    asked = {"day": day, "known_at": None, "year_start": "01-01"}
    for node in sorted(nodes):
        values = told(tree, node, asked)
        hold(values)
        hold_nets(tree, node, values, asked)
    assert SUMS


def test_a_part_leads_to_what_it_is_part_of(db: None, client: Client) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    for figure in CATALOG:
        page = get(client, f"/figures/{figure.code}/", area="10")
        said = [
            text(a) for p in page.select(".hero .hint") if "它也算在" in text(p) for a in p("a")
        ]

        assert said == [f.name for f in CATALOG if figure.code in shown_with(f)[1:]]


@pytest.mark.parametrize("asked", [{"area": "10"}, {"tree": AFFILIATION, "union": HEAD}])
def test_an_equation_on_its_page_comes_out(db: None, client: Client, asked: dict[str, Any]) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    for code in [*SUMS, "members.total.net"]:
        page = get(client, f"/figures/{code}/", **asked)
        signs = texts(page, ".eq .o")
        *parts, result = [count(said) or 0 for said in texts(page, ".eq .t b")]
        total = parts[0] + sum(
            part if sign == "＋" else -part for sign, part in zip(signs, parts[1:], strict=False)
        )

        assert (total, signs[-1]) == (result, "＝"), code
        twice = page.select_one(".hero .hint > a[data-figure]")
        assert (twice["data-figure"] if twice else "") == (
            SUMS[code].repeated if code in SUMS else ""
        )
        assert count(text(page.select_one(".hero .v"))) == result


def test_every_number_of_an_equation_opens_to_that_number(db: None, client: Client) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    others = [figure.code for figure in CATALOG if isinstance(figure, Net | Ratio)]
    for code in [*SUMS, *others]:
        page = get(client, f"/figures/{code}/", area="10")
        for term in page.select(".eq .t"):
            name, said, link = text(term.small), text(term.b), term.a
            assert link is not None
            opened = client.get(str(link["href"])).content.decode()
            if name == "多计的次数":
                assert "同时" in opened
            else:
                assert f">{said}<" in opened, (code, name)
