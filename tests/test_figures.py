"""Every figure of the catalogue: rolled up, opened to its rows, held against a slow count."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.history.models import Head
from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from tests.cities import ASKED_ON, COUNTED_MEMBER, DAYS, KNOWN_AT, YEAR_STARTS, D, FullCity, cities
from tests.oracle import CODES
from tests.oracle.holding import hold, sum_of, value_of


def test_catalogue_has_every_figure_of_the_contract_and_no_other() -> None:
    assert sorted(figure.code for figure in CATALOG) == sorted(CODES)


ASKED = st.fixed_dictionaries({"day": ASKED_ON, "known": KNOWN_AT, "year_start": YEAR_STARTS})
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


# ------------------------------------------------------------------ one city, the whole catalogue


@pytest.fixture
def city(db: None) -> FullCity:
    """Three counties, entries standing at each level, all figures other than nought."""
    made = FullCity()
    for entry, code, parent in ((1, "10", None), (2, "11", 1), (3, "12", 1), (4, "1101", 2)):
        made.area(entry, code, parent)
    kinds = ("单独基层工会", "联合基层工会", "区域性工会联合会")
    modes = ("单独", "联合", "联合会", "分会")
    for i in range(1, 9):
        area, late = 1 + i % 4, (date(2011, 2, i), None)
        made.firm(i, area, staff=60 * i, days=late if i % 3 == 0 else (DAYS[0], None))
        made.union(i, area, days=late if i % 2 else (DAYS[0], None), kind=kinds[i % 3])
        made.cover(i, i, 1 + i % 7, mode=modes[i % 4])
        made.agree(i, i, days=late, kind=("单独", "区域性", "行业性")[i % 3])
        made.under(i, i, 1 + i % 5, staff=i)
    for i in range(1, 7):
        made.member(i, i, days=(DAYS[0], None), **COUNTED_MEMBER)
    made.union(9, 1, days=(date(2005, 1, 1), None))
    made.member(7, 9, days=(date(2011, 3, 1), None))
    made.write()
    return made


@pytest.mark.parametrize("code", CODES)
def test_every_figure_is_the_sum_of_its_rows(city: FullCity, code: str) -> None:
    (figure,) = figures([code], day=D, known_at=None, node=1)["figures"]
    found = rows_behind(code, day=D, known_at=None, node=1)

    assert value_of(figure) == sum_of(found)
    assert found["value"] == figure["value"] not in (0, None)
    assert len(found["rows"]) == len({(row["id"], row["name"]) for row in found["rows"]})


@pytest.mark.parametrize("code", CODES)
def test_every_figure_is_that_of_the_children_and_of_what_stands_at_the_node(
    city: FullCity, code: str
) -> None:
    for node, own in ((1, "10"), (2, "11"), (3, "12")):
        answer = figures([code], day=D, known_at=None, node=node, children=True)
        found = rows_behind(code, day=D, known_at=None, node=node)
        here = sum_of(found | {"rows": [row for row in found["rows"] if row["area"] == own]})
        parts = [here, *(value_of(child["figures"][0]) for child in answer["children"])]

        assert value_of(answer["figures"][0]) == tuple(map(sum, zip(*parts, strict=True)))


@pytest.mark.parametrize("code", CODES)
def test_what_was_known_stays_known(city: FullCity, code: str) -> None:
    def told(known_at: int | None) -> tuple[Any, ...]:
        asked: dict[str, Any] = {"day": D, "known_at": known_at, "node": 1}
        return figures([code], **asked, children=True), rows_behind(code, **asked)

    before = told(None)
    for shape in SHAPES:
        if shape.slug != "areas":
            shape.version_model._default_manager.update(removed_in=2)
    Head.objects.update(change=2, digest="2" * 64)
    after, rows_after = told(None)

    assert told(1) == before
    assert (told(2), told(99)) == (told(None), told(None))
    assert set(value_of(after["figures"][0])) == {0}
    assert rows_after["rows"] == []
