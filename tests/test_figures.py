"""Every figure of the catalogue: rolled up, opened to its rows, held against a slow count."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.history.models import Head
from gongjian.history.shapes import SHAPES
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.members.tests.cities import PeopledCity
from tests.oracle import RATES, Oracle, rows_of

CODES = [figure.code for figure in CATALOG]
D = date(2011, 12, 28)
DAYS = [date(2010, 1, 1), date(2010, 7, 1), date(2011, 1, 1), date(2011, 7, 1), date(2012, 1, 1)]
CHANGES = 4

days_ = st.sampled_from(DAYS)
periods = st.tuples(days_, st.none() | days_).filter(lambda p: p[1] is None or p[0] < p[1])


def value_of(figure: dict[str, Any]) -> tuple[int, ...]:
    if "numerator" in figure:
        return figure["numerator"], figure["denominator"]
    return (figure["value"],)


def sum_of(found: dict[str, Any]) -> tuple[int, ...]:
    names = ("numerator", "denominator") if found["code"] in RATES else ("value",)
    return tuple(sum(row[name] for row in found["rows"]) for name in names)


@st.composite
def cities(draw: st.DrawFn) -> PeopledCity:
    """A few areas of two levels, some stopped or not begun, and what stands in them."""
    city = PeopledCity(newest=CHANGES)
    city.area(1, "10")
    areas = draw(st.integers(2, 6))
    for entry in range(2, areas + 1):
        heirs = st.none() | st.integers(2, entry - 1) if entry > 2 else st.none()
        days = (
            draw(st.sampled_from([date(1949, 10, 1), DAYS[2]])),
            draw(st.none() | st.just(DAYS[3])),
        )
        heir = draw(heirs) if days[1] else None
        city.area(entry, f"1{entry}", draw(st.integers(1, entry - 1)), days=days, heir_id=heir)
    firms, unions = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    area = st.integers(1, areas)
    for entry in range(1, firms + 1):
        _told(
            draw,
            city.firm,
            entry,
            area=area,
            staff=st.sampled_from([0, 99, 100]),
            nature=st.sampled_from(["企业", "机关"]),
            status=st.sampled_from(["在业", "在业", "停业"]),
            code=st.sampled_from([f"91{entry}", None]),
        )
    kinds = st.sampled_from(["单独基层工会", "联合基层工会", "总工会"])
    for entry in range(1, unions + 1):
        _told(draw, city.union, entry, area=area, kind=kinds)
    union, firm = st.integers(1, unions), st.integers(1, firms)
    for entry in range(1, draw(st.integers(0, 6)) + 1):
        _told(draw, city.cover, entry, union=union, firm=firm)
    standing = st.sampled_from(["正常", "正常", "保留"])
    for entry in range(1, draw(st.integers(0, 6)) + 1):
        _told(draw, city.member, entry, union=union, status=standing)
    return city


def _told(draw: st.DrawFn, say: Any, entry: int, **values: st.SearchStrategy[Any]) -> None:
    """One entry: believed from a change on, perhaps told otherwise by a later one."""
    added = draw(st.integers(1, CHANGES))
    again = draw(st.none() | st.integers(added + 1, CHANGES)) if added < CHANGES else None
    for known in [(added, again)] if again is None else [(added, again), (again, None)]:
        begins, ends = draw(periods)
        between = [day for day in DAYS if begins < day and (ends is None or day < ends)]
        middle = draw(st.sampled_from([None, *between]))
        for days in [(begins, ends)] if middle is None else [(begins, middle), (middle, ends)]:
            said = {name: draw(strategy) for name, strategy in values.items()}
            say(entry=entry, days=days, known=known, **said)


def hold_against_the_oracle(city: PeopledCity, day: date, known: int) -> None:
    at = Oracle(city.facts, day, known)
    before = Oracle(city.facts, date(day.year, 1, 1) - timedelta(days=1), known)
    codes = {entry: fact.values["code"] for entry, fact in at.areas.items()}
    for node in {f.entry for f in city.facts if f.ledger == "areas"}:
        answer = figures([], day=day, known_at=known, node=node)
        for figure in answer["figures"]:
            code = figure["code"]
            wanted = rows_of(code, node, at, before)
            sums = [sum(column) for column in zip(*wanted.values(), strict=True)][1:]
            width = 2 if code in RATES else 1
            assert value_of(figure) == tuple(sums or [0] * width), (code, node)
            found = rows_behind(code, day=day, known_at=known, node=node)
            names = ("numerator", "denominator") if code in RATES else ("value",)
            told = Counter((r["id"], r["area"], *(r[n] for n in names)) for r in found["rows"])
            expected = Counter((k[1], codes[v[0]], *v[1:]) for k, v in wanted.items())
            assert told == expected, (code, node)
            order = [(row["area"], row["key"]) for row in found["rows"]]
            assert order == sorted(order)


def hold(city: PeopledCity, day: date, known: int) -> None:
    with transaction.atomic():
        city.write()
        hold_against_the_oracle(city, day, known)
        transaction.set_rollback(True)


ASKED_ON = st.sampled_from([*DAYS, D, date(2009, 1, 1)])


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(city=cities(), day=ASKED_ON, known=st.integers(0, CHANGES))
def test_random_cities_against_a_slow_count(city: PeopledCity, day: date, known: int) -> None:
    hold(city, day, known)


@pytest.mark.proof
@pytest.mark.django_db
@settings(max_examples=1500, suppress_health_check=list(HealthCheck))
@given(city=cities(), day=ASKED_ON, known=st.integers(0, CHANGES))
def test_many_random_cities_against_a_slow_count(city: PeopledCity, day: date, known: int) -> None:
    hold(city, day, known)


# ------------------------------------------------------------------ one city, the whole catalogue


@pytest.fixture
def city(db: None) -> PeopledCity:
    """Three counties, entries standing at each level, all figures other than nought."""
    made = PeopledCity()
    for entry, code, parent in ((1, "10", None), (2, "11", 1), (3, "12", 1), (4, "1101", 2)):
        made.area(entry, code, parent)
    for i in range(1, 9):
        area, late = 1 + i % 4, (date(2011, 2, i), None)
        made.firm(i, area, staff=60 * i, days=late if i % 3 == 0 else (DAYS[0], None))
        made.union(i, area, days=late if i % 2 else (DAYS[0], None))
        made.cover(i, i, 1 + i % 7)
        made.member(i, i, days=late if i % 2 else (DAYS[0], None))
    made.write()
    return made


@pytest.mark.parametrize("code", CODES)
def test_every_figure_is_the_sum_of_its_rows(city: PeopledCity, code: str) -> None:
    (figure,) = figures([code], day=D, known_at=None, node=1)["figures"]
    found = rows_behind(code, day=D, known_at=None, node=1)

    assert value_of(figure) == sum_of(found)
    assert found["value"] == figure["value"] not in (0, None)
    assert len(found["rows"]) == len({(row["id"], row["name"]) for row in found["rows"]})


@pytest.mark.parametrize("code", CODES)
def test_every_figure_is_that_of_the_children_and_of_what_stands_at_the_node(
    city: PeopledCity, code: str
) -> None:
    for node, own in ((1, "10"), (2, "11"), (3, "12")):
        answer = figures([code], day=D, known_at=None, node=node, children=True)
        found = rows_behind(code, day=D, known_at=None, node=node)
        here = sum_of(found | {"rows": [row for row in found["rows"] if row["area"] == own]})
        parts = [here, *(value_of(child["figures"][0]) for child in answer["children"])]

        assert value_of(answer["figures"][0]) == tuple(map(sum, zip(*parts, strict=True)))


@pytest.mark.parametrize("code", CODES)
def test_what_was_known_stays_known(city: PeopledCity, code: str) -> None:
    def told(known_at: int | None) -> tuple[Any, ...]:
        asked: dict[str, Any] = {"day": D, "known_at": known_at, "node": 1}
        return figures([code], **asked, children=True), rows_behind(code, **asked)

    before = told(None)
    for ledger in ("employers", "unions", "coverage", "members"):
        SHAPES[ledger].version_model._default_manager.update(removed_in=2)
    Head.objects.update(change=2, digest="2" * 64)
    after, rows_after = told(None)

    assert told(1) == before
    assert (told(2), told(99)) == (told(None), told(None))
    assert set(value_of(after["figures"][0])) == {0}
    assert rows_after["rows"] == []
