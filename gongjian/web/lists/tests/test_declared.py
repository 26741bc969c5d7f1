"""What ledgers declare for lists and search: all of it can be shown, asked and answered."""

from dataclasses import replace
from typing import Final

import pytest

from gongjian.history import sql
from gongjian.history.record import newest
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.questions import Moment
from gongjian.ledgers.tests.city import SLUGS, city
from gongjian.web.lists.columns import choosable, usual
from gongjian.web.lists.tests.pages import DAY

SMALL: Final = frozenset({"areas"})
"""Ledgers small enough to be looked through for a word."""


def bare(slug: str) -> Ledger:
    """A ledger that declares nothing for lists and search."""
    return replace(LEDGERS[slug], shown=(), found_by=None, told_by=None, questions=())


@pytest.mark.parametrize("slug", SLUGS)
def test_columns_shown_can_be_chosen(slug: str) -> None:
    for ledger in (LEDGERS[slug], bare(slug)):
        fields = [column.field for column in choosable(ledger)]

        assert set(usual(ledger)) <= set(fields)
        assert usual(ledger) != ()


@pytest.mark.parametrize("slug", SLUGS)
def test_whatever_is_found_by_is_a_column_with_an_index(slug: str) -> None:
    ledger = LEDGERS[slug]
    columns = [ledger.by_field[found_by.field] for found_by in ledger.searched]

    stored = {ledger.shape.columns_of(column.field)[0] for column in columns}
    assert slug in SMALL or stored <= ledger.indexed
    assert set(ledger.telling) <= ledger.by_field.keys()


def test_no_two_groups_are_headed_alike() -> None:
    titles = [f.title or ledger.noun for ledger in LEDGERS for f in ledger.searched]

    assert len(titles) == len(set(titles))


def test_a_ledger_that_declares_nothing_is_found_by_its_name_else_its_code() -> None:
    def found(slug: str) -> tuple[list[str], tuple[str, ...]]:
        ledger = bare(slug)
        return [one.field for one in ledger.searched], ledger.telling

    assert found("employers") == (["name"], ("code",))
    assert found("members") == (["name"], ())
    assert found("agreements") == (["number"], ())
    assert found("coverage") == ([], ())


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_is_answered_at_every_moment(slug: str) -> None:
    city()
    codes = [question.code for question in LEDGERS.questions(slug)]
    assert len(codes) == len(set(codes))
    for question in LEDGERS.questions(slug):
        for moment in (Moment(DAY), Moment(DAY, newest() - 3)):
            held, params = moment.held()
            where, more = question.where(moment)
            table = LEDGERS[slug].shape.table
            query = f'SELECT COUNT(*) FROM "{table}" v WHERE {held} AND ({where})'
            ((count,),) = sql.fetch(query, [*params, *more])

            assert count >= 0
            assert question.title != ""
            assert question.help != ""


def test_rooms_above_ask_of_ledgers_below() -> None:
    own = ["unstaffed", "namesakes"]
    assert [q.code for q in LEDGERS.questions("employers")] == [*own, "covered", "uncovered"]
    assert [q.code for q in LEDGERS["employers"].questions] == own
