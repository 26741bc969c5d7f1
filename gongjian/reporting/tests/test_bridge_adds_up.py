"""Whatever is done in whatever order: paper, what is explained and what is not make the figure."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.history.record import Author, newest
from gongjian.history.undo import undo
from gongjian.ledgers.tests.city import city
from gongjian.reporting.actions import lock
from gongjian.reporting.bridge import bridge
from gongjian.reporting.bridging import Named, carry, explain, explain_in_words, retract, withdraw
from gongjian.reporting.models import Cause, Explanation, PaperTotal
from gongjian.reporting.tests.months import COUNTY, JUNE
from gongjian.reporting.tests.totals import counted, put, rows, shop
from tests.papers import bring

pytestmark = pytest.mark.django_db

Deed = tuple[str, int]
_DEEDS = ("enter", "withdraw", "name", "say", "retract", "carry", "change", "undo", "lock")
DEEDS = st.lists(
    st.tuples(st.sampled_from(_DEEDS), st.integers(-6, 6).filter(bool)), min_size=4, max_size=10
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_paper_and_what_is_explained_and_what_is_not_make_the_figure(
    deeds: list[Deed], small_city: None
) -> None:
    with transaction.atomic():
        put(7)
        for deed, number in deeds:
            with suppress(Refused), transaction.atomic():
                DO[deed](number)
            _adds_up()
        transaction.set_rollback(True)


@pytest.fixture
def small_city(db: None) -> None:
    city()


def _adds_up() -> None:
    found = bridge(JUNE, area(COUNTY))
    standing = PaperTotal.objects.filter(withdrawn_at=None)
    assert [one.total for one in found] == list(standing)
    for one in found:
        parts = [e.amount for e in one.total.explanations.filter(withdrawn_at=None)]
        assert one.computed == counted() == one.total.value + sum(parts) + one.unknown
        assert one.explained == sum(parts)


def _total() -> PaperTotal:
    return PaperTotal.objects.latest("pk")


def _named(number: int) -> None:
    found = rows()
    row = found[number % len(found)]
    explain(_total(), Cause.DAY, [Named(row["id"], row["name"], number)], by=OPERATOR)


def _retract(number: int) -> None:
    parts = Explanation.objects.filter(total=_total(), withdrawn_at=None)
    retract(_total(), [one.pk for one in parts[: abs(number)]], by=OPERATOR, reason="不对")


def _undo() -> None:
    undo(newest(), by=Author(actor_id=None, name="测试"), allow=lambda _: None)


DO: Final[dict[str, Callable[[int], object]]] = {
    "enter": lambda number: put(abs(number)),
    "withdraw": lambda _: withdraw(_total(), by=OPERATOR, reason="抄错"),
    "name": _named,
    "say": lambda number: explain_in_words(
        _total(), Cause.MEANING, number, by=OPERATOR, words="分会也算在内"
    ),
    "retract": _retract,
    "carry": lambda _: carry(_total(), by=OPERATOR),
    "change": lambda number: bring("unions", shop(abs(number))),
    "undo": lambda _: _undo(),
    "lock": lambda number: lock(JUNE, area_id=area(COUNTY), by=OPERATOR, reason=f"第{number}回"),
}
