"""The equations hold by definition: in random cities, on any day, at every node of both trees."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.tests.builders import taken_back
from gongjian.indicators.declare import AFFILIATION, CATALOG, TERRITORY, Net, Ratio
from gongjian.indicators.query import figures
from gongjian.indicators.sections import Year
from gongjian.web.figures.equations import EQUATIONS, GROUPS, codes_with, grouped, wholes_of
from gongjian.web.figures.tests.city import HEAD, ROOT, count, get, small_city, text, texts
from gongjian.web.tests.people import signed_in
from tests.cities import ASKED_ON, KNOWN_AT, YEAR_STARTS, FullCity, cities

ASKED = st.fixed_dictionaries({"day": ASKED_ON, "known_at": KNOWN_AT, "year_start": YEAR_STARTS})
LEDGER = {TERRITORY: "areas", AFFILIATION: "unions"}


def told(tree: str, node: int, asked: dict[str, Any]) -> dict[str, Any]:
    answer = figures([], tree=tree, node=node, **asked)["figures"]
    return {figure["code"]: figure["value"] for figure in answer}


def hold(values: dict[str, Any]) -> None:
    """Every equation, and how often an entry can be counted too often."""
    for equation in EQUATIONS:
        beyond = sum(values[code] for code in equation.parts) - values[equation.of]
        twice = values[equation.repeated] if equation.repeated else 0
        exact = values[equation.less] if equation.less else 0
        if equation.repeated:
            assert twice <= beyond <= (len(equation.parts) - 1) * twice, equation.of
        else:
            assert beyond == exact, equation.of


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


def test_every_figure_stands_in_one_group() -> None:
    found = [figure.code for _, figures_ in grouped() for figure in figures_]

    assert sorted(found) == sorted(figure.code for figure in CATALOG)
    assert len(GROUPS) == len({group.title for group in GROUPS})


def test_equations_name_listed_figures_that_count_along_both_trees() -> None:
    listed = {figure.code for figure in CATALOG}

    for equation in EQUATIONS:
        figure = CATALOG.indicator(equation.of)
        assert codes_with(figure) == [equation.of, *equation.codes]
        assert set(equation.codes) <= listed
        bases = {CATALOG.indicator(code).base for code in codes_with(figure)}
        assert len(bases) == 1


def test_a_part_leads_to_what_it_is_part_of() -> None:
    assert wholes_of("agreements.employers.single") == ["agreements.employers"]
    assert wholes_of("coverage.units") == ["coverage.units.net"]
    assert wholes_of("members.female") == []


@pytest.mark.parametrize("asked", [{"area": "10"}, {"tree": AFFILIATION, "union": HEAD}])
def test_an_equation_on_its_page_comes_out(db: None, client: Client, asked: dict[str, Any]) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    for code in [equation.of for equation in EQUATIONS] + ["members.total.net"]:
        page = get(client, f"/figures/{code}/", **asked)
        signs = texts(page, ".eq .o")
        *parts, result = [count(said) or 0 for said in texts(page, ".eq .t b")]
        total = parts[0] + sum(
            part if sign == "＋" else -part for sign, part in zip(signs, parts[1:], strict=False)
        )

        assert (total, signs[-1]) == (result, "＝"), code
        assert count(text(page.select_one(".hero .v"))) == result


def test_every_number_of_an_equation_opens_to_that_number(db: None, client: Client) -> None:
    small_city()
    signed_in(client, "city-organiser", area_id=ROOT)
    codes = [equation.of for equation in EQUATIONS]
    codes += [figure.code for figure in CATALOG if isinstance(figure, Net | Ratio)]
    for code in codes:
        page = get(client, f"/figures/{code}/", area="10")
        for term in page.select(".eq .t"):
            name, said, link = text(term.small), text(term.b), term.a
            assert link is not None
            opened = client.get(str(link["href"])).content.decode()
            if name == "多计的次数":
                assert "同时" in opened
            else:
                assert f">{said}<" in opened, (code, name)
