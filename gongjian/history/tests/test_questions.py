"""Questions put into words once give what Django gives each time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongjian.calendars.models import SpecialDay
from gongjian.history import sql
from gongjian.history.models import Change
from gongjian.history.questions import Worded, columns_of, made

Rows = QuerySet[Any, tuple[Any, ...]]
_BEGIN = datetime(2011, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """What the changes here are."""

    IMPORT = "import"
    EDIT = "edit"


def changes(kind: str, ledgers: Sequence[str], least: int) -> Rows:
    found = Change.objects.filter(kind=kind, ledger__in=ledgers, number__gte=least, undoes=None)
    return found.exclude(actor_name="nobody").order_by("number").values_list(*columns_of(Change))


worded = Worded(changes)


def make(number: int, kind: str, ledger: str) -> Change:
    at = _BEGIN + timedelta(days=number)
    return Change.objects.create(number=number, kind=kind, ledger=ledger, at=at, actor_name="甲")


class SameRows(TestCase):
    """Any values, lists of any length, in any order of asking."""

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(Kind),
                st.lists(st.sampled_from(["1", "import", "members", ""]), min_size=1, max_size=4),
                st.integers(0, 9),
            ),
            max_size=5,
        )
    )
    def test_as_django_gives_them(self, asked: list[tuple[Kind, list[str], int]]) -> None:
        for number in range(1, 9):
            make(number, ("import", "edit")[number % 2], ("members", "1", "import", "")[number % 4])
        for kind, ledgers, least in asked:
            found = worded(kind, ledgers, least)
            same = Change.objects.filter(kind=kind, ledger__in=ledgers, number__gte=least)
            assert found == list(changes(kind, ledgers, least))
            assert [made(Change, row) for row in found] == list(same.order_by("number"))


@pytest.mark.django_db
def test_days_and_kept_texts_come_as_python_has_them() -> None:
    day = date(2026, 10, 10)
    SpecialDay.objects.all().delete()
    SpecialDay.objects.create(day=day, works=True, name="国庆节", year=2026)

    @Worded
    def on(wanted: date) -> Rows:
        return SpecialDay.objects.filter(day=wanted).values_list("day", "works", "name")

    assert on(day) == [(day, True, "国庆节")]
    assert on(day + timedelta(days=1)) == []


@pytest.mark.django_db
def test_is_put_into_words_once_for_each_length_of_its_lists() -> None:
    built = []

    @Worded
    def often(ledgers: Sequence[str]) -> Rows:
        built.append(len(ledgers))
        return Change.objects.filter(ledger__in=ledgers).values_list("number")

    make(1, "edit", "members")
    for ledgers in (["members"], ["unions"], ["members", "unions"], ["unions", "areas"]):
        assert often(ledgers) == ([(1,)] if "members" in ledgers else [])
    assert built == [1, 2]


@pytest.mark.django_db
def test_what_is_not_compared_with_a_column_is_no_value() -> None:
    @Worded
    def beginning(word: str) -> Rows:
        return Change.objects.filter(ledger__startswith=word).values_list("number")

    @Worded
    def like(word: str) -> Rows:
        return Change.objects.filter(ledger__iexact=word).values_list("number")

    for question in (beginning, like) if connection.vendor == "sqlite" else (beginning,):
        with pytest.raises(TypeError, match="not every value is compared"):
            question("mem")  # PostgreSQL compares in capitals and looks for no pattern


@pytest.mark.django_db
def test_what_no_question_is_for() -> None:
    for value in (None, True, 1.5, datetime(2011, 1, 1, tzinfo=UTC)):
        with pytest.raises(TypeError, match="is no text, whole number or day"):
            worded("edit", ["members"], value)
    assert worded("edit", [], 1) == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans within microseconds")
def test_postgresql_plans_once() -> None:
    question = "SELECT number FROM history_change WHERE number = %s"
    for number in (1, 2, 3):
        assert sql.fetch_often(question, [number]) == []

    query = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement = %s"
    assert sql.fetch(query, [question.replace("%s", "$1")]) == [(3,)]
