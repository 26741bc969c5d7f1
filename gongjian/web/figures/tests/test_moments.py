"""A value and the rows behind it are of one state of the record, and quick to read, come what may."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongjian.areas.tests.builders import area
from gongjian.history.models import Head
from gongjian.history.shapes import SHAPES
from gongjian.history.state import latest, steady
from gongjian.indicators.declare import CATALOG, TERRITORY
from gongjian.indicators.sections import Moment, section
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.ledgers.tests.city import FIRM, HEAD_UNION, city, told
from gongjian.web.figures import queries
from gongjian.web.figures.equations import among
from gongjian.web.figures.forms import Question, Wanted
from gongjian.web.figures.listing import listing
from gongjian.web.figures.moments import rows_as_known, settled
from gongjian.web.figures.overlaps import twice
from gongjian.web.figures.tests.city import ROOT, small_city
from gongjian.web.moment import AsOf
from gongjian.web.tests.people import signed_in
from tests.cities import D

FIRMS = 8
"""Of the small city, before one of them is struck out."""


@pytest.fixture
def leader(db: None, client: Client) -> Client:
    small_city()
    signed_in(client, "leader", area_id=ROOT)
    return client


def strike_out(entry: int) -> None:
    """Change 2: the employer was never there."""
    table: Any = SHAPES["employers"].version_model
    table.objects.filter(entry_id=entry).update(removed_in=2)
    Head.objects.update(change=2, digest="2" * 64)


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> list[Moment]:
    """The states of knowledge that rows are read at, while a change comes after the first value."""
    count, seen, counted = queries._from_rows, list[Moment](), list[queries.Answer]()

    def with_a_change(ask: Any) -> queries.Answer:
        found = count(ask)
        if not counted:
            strike_out(3)
        counted.append(found)
        return found

    def spied(base: Any, kind: str, moment: Moment, narrowed: str = "") -> str:
        seen.append(moment)
        return section(base, kind, moment, narrowed)

    monkeypatch.setattr(queries, "_from_rows", with_a_change)
    monkeypatch.setattr("gongjian.indicators.rows.section", spied)
    return seen


@pytest.mark.parametrize(
    "address",
    [
        "/figures/employers.total/rows/?",
        "/figures/employers.total/rows/?q=企业&",
        "/figures/employers.total/rows/?own=1&",
        "/figures/agreements.employers/overlap/?",
        "/doubts/new/employers.total/?ledger=employers&entry=5&",
        "/api/figures/employers.total/rows?",
    ],
)
def test_where_the_record_moves_on_both_are_read_again(
    leader: Client, moments: list[Moment], address: str
) -> None:
    answer = leader.get(f"{address}at={D}&area=10")
    assert answer.status_code == 200
    assert set(moments) == {Moment(2, believed=True)}


def test_the_rows_are_those_of_the_value(leader: Client, moments: list[Moment]) -> None:
    said = leader.get(f"/api/figures/employers.total/rows?at={D}&area=10").json()
    assert (said["value"], len(said["rows"]), said["known_at"]) == (FIRMS - 1, FIRMS - 1, 2)
    assert moments


def test_what_was_known_before_stays_what_it_was(leader: Client, moments: list[Moment]) -> None:
    said = leader.get(f"/api/figures/employers.total/rows?at={D}&area=10&known=1").json()
    assert (said["value"], len(said["rows"]), said["known_at"]) == (FIRMS, FIRMS, 1)


@pytest.mark.django_db
def test_what_reads_is_asked_again_once() -> None:
    small_city()
    asked = []

    def read() -> int:
        asked.append(1)
        if len(asked) == 1:
            strike_out(3)
            Head.objects.update(change=3)
        with rows_as_known(2 if len(asked) == 1 else 3):
            return len(asked)

    with steady():
        assert latest().change == 1
        assert settled(read) == 2
        with rows_as_known(0):  # what was known before does not move
            pass


@pytest.mark.django_db
def test_parts_are_of_the_state_of_the_rows_where_the_store_moved_on() -> None:
    city()
    day, (whole,) = date(2012, 6, 25), CATALOG.asked(["coverage.units"])
    ensure(with_eves([day]))
    found = among(whole)
    assert found is not None
    question = Question(asof=AsOf(day=day), tree=TERRITORY, node=area("5107"), code="5107")

    def read() -> tuple[int, list[tuple[tuple[str, ...], int]], list[dict[str, int]]]:
        known = queries.answer([whole.code, found.twice], question).known
        kinds = [(kind.kinds, kind.over(found)) for kind in twice(found, question, known)]
        listed = listing(whole, question, known, Wanted())
        return known, kinds, [dict(parts) for parts in listed.parts.values()]

    with steady():
        before = latest().change
        told("coverage", {"工会": HEAD_UNION, "用人单位": FIRM, "涵盖方式": "联合会",
                          "起始日期": date(2010, 3, 1), "涵盖职工数": 12})  # fmt: skip
        between = settled(read)
    with steady():
        assert between == settled(read)
    known, kinds, parts = between
    both = "coverage.units.joint", "coverage.units.federation"
    assert (known, kinds) == (before + 1, [(both, 1)])
    assert dict.fromkeys(both, 1) in parts
