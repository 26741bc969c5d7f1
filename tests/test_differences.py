"""What a difference names is what the slow counts of then and now differ by, in random cities."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.indicators.differing import Difference, Row, differences
from gongjian.indicators.rows import rows_behind
from tests.cities import ASKED_ON, CHANGES, DAYS, YEAR_STARTS, D, FullCity, cities
from tests.oracle.figures import CODES, RATES, Oracle

pytestmark = pytest.mark.django_db

ASKED = st.fixed_dictionaries(
    {"day": ASKED_ON, "year_start": YEAR_STARTS, "since": st.integers(0, CHANGES - 1)}
)
NODE = st.sampled_from([0, 0, 1, 2, 3, 4])
Key = tuple[str, int]
Told = dict[Key, tuple[int, ...]]


class Slow:
    """The rows of one node at every change, counted slowly."""

    def __init__(self, city: FullCity, node: int, day: date, year_start: str, since: int) -> None:
        self.since, self.now = since, city.newest
        self.node = node
        self._at = {n: Oracle(city.facts, day, n, year_start) for n in range(since, self.now + 1)}

    def rows(self, code: str, known: int) -> Told:
        return {key: row[1:] for key, row in self._at[known].rows(code, self.node).items()}

    def parts(self, code: str, known: int) -> tuple[int, ...]:
        return self._at[known].value(code, self.node)

    def value(self, code: str, known: int) -> float | None:
        parts = self.parts(code, known)
        if code not in RATES:
            return parts[0]
        return parts[0] / parts[1] if parts[1] else None

    def change(self, code: str, key: Key) -> int:
        """The latest change that moved a row."""
        return next(
            n
            for n in range(self.now, self.since, -1)
            if self.rows(code, n).get(key) != self.rows(code, n - 1).get(key)
        )


def held(slow: Slow, code: str, found: Difference, asked: dict[str, Any]) -> None:
    then, now = slow.rows(code, slow.since), slow.rows(code, slow.now)
    assert (found.then, found.now) == (slow.value(code, slow.since), slow.value(code, slow.now))
    for rows, there, elsewhere, known in (
        (found.came, now, then, slow.now),
        (found.went, then, now, slow.since),
    ):
        moved = [key for key in there if there[key] != elsewhere.get(key)]
        wanted = Counter((*there[key], slow.change(code, key)) for key in moved)
        assert Counter((*_numbers(row), row["change"]) for row in rows) == wanted, code
        behind = rows_behind(code, known_at=known, node=slow.node, **asked)["rows"]
        shown = Counter((r["key"], r["name"], *_numbers(r)) for r in behind)
        assert Counter((r["key"], r["name"], *_numbers(r)) for r in rows) <= shown, code
        assert [r["key"] for r in rows] == sorted(r["key"] for r in rows), code


def _numbers(row: Row) -> tuple[int, ...]:
    return (row["value"],) if "value" in row else (row["numerator"], row["denominator"])


def hold(city: FullCity, node: int, asked: dict[str, Any]) -> None:
    with transaction.atomic():
        city.write()
        nodes = sorted({f.entry for f in city.facts if f.ledger == "areas"})
        slow = Slow(city, nodes[node % len(nodes)], **asked)
        then = {code: slow.parts(code, slow.since) for code in CODES}
        told = {d.figure.code: d for d in differences(then, node=slow.node, **asked)}
        moved = [c for c in CODES if slow.value(c, slow.since) != slow.value(c, slow.now)]
        assert sorted(told) == sorted(moved)
        of_rows = {"day": asked["day"], "year_start": asked["year_start"]}
        for code, found in told.items():
            held(slow, code, found, of_rows)
        transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(city=cities(), node=NODE, asked=ASKED)
def test_random_cities(city: FullCity, node: int, asked: dict[str, Any]) -> None:
    hold(city, node, asked)


@pytest.mark.proof
@settings(max_examples=1000, suppress_health_check=list(HealthCheck))
@given(city=cities(), node=NODE, asked=ASKED)
def test_many_random_cities(city: FullCity, node: int, asked: dict[str, Any]) -> None:
    hold(city, node, asked)


def test_an_area_that_hangs_elsewhere_takes_its_rows_along() -> None:
    city = FullCity(newest=3)
    city.area(1, "10")
    city.area(2, "11", 1)
    city.area(3, "12", 1)
    city.area(4, "1101", 2, known=(1, 2))
    city.area(4, "1101", 3, known=(2, None))
    city.firm(1, 4, staff=30)
    city.firm(2, 4, staff=5, known=(3, None))
    hold(city, 1, {"day": D, "year_start": "01-01", "since": 1})
    hold(city, 2, {"day": D, "year_start": "01-01", "since": 1})


def test_a_row_of_a_net_figure_is_called_as_on_the_day_it_counted() -> None:
    city = FullCity(newest=3)
    city.area(1, "10")
    city.area(2, "11", 1)
    city.union(1, 2, code="812", days=(date(2005, 1, 1), date(2011, 3, 1)))
    city.union(1, 2, code=None, kind="总工会", days=(date(2011, 3, 1), None), known=(2, None))
    city.union(2, 2, days=(date(2011, 2, 1), None), known=(3, None))
    hold(city, 1, {"day": D, "year_start": "01-01", "since": 1})


def test_nothing_changed_since() -> None:
    FullCity(newest=2).write()
    assert differences({"employers.total": [0]}, day=DAYS[0], since=2, node=1) == []
