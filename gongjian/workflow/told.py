"""What was told of a case."""

from typing import Any

from django.db.models import QuerySet

from gongjian.history.questions import Worded, columns_of, made
from gongjian.history.state import at_hand, once
from gongjian.workflow.models import Case, Passage

_Rows = QuerySet[Any, tuple[Any, ...]]
_OF_CASE = len(columns_of(Case))


def passages_of(case: Case) -> list[Passage]:
    """What happened so far, from the beginning; within a steady moment it is asked for once."""
    told = list(once(_passages, case.pk))
    for passage in told:
        passage.case = case
    return told


def case_with_passages(flow: str, subject: str, place: int) -> Case | None:
    """The first case of its kind with what happened so far, by one question; None for none."""
    rows = _first_of_kind(flow, subject, place)
    if not rows:
        return None
    case = made(Case, rows[0][:_OF_CASE])
    told = [made(Passage, row[_OF_CASE:]) for row in rows if row[0] == case.pk]
    at_hand(told, _passages, case.pk)
    return case


@Worded
def _first_of_kind(flow: str, subject: str, place: int) -> _Rows:
    """The cases of a kind, each beside each of its passages."""
    of = {"case__flow": flow, "case__subject": subject, "case__place_id": place}
    told = Passage.objects.filter(**of).order_by("case_id", "number")
    return told.values_list(*columns_of(Case, "case__"), *columns_of(Passage))


def _passages(case_id: int) -> list[Passage]:
    return [made(Passage, row) for row in _of_case(case_id)]


@Worded
def _of_case(case_id: int) -> _Rows:
    told = Passage.objects.filter(case=case_id).order_by("number")
    return told.values_list(*columns_of(Passage))
