"""What was told of a case."""

from gongjian.history.state import at_hand, once
from gongjian.workflow.models import Case, Passage


def passages_of(case: Case) -> list[Passage]:
    """What happened so far, from the beginning; within a steady moment it is asked for once."""
    told = list(once(_passages, case.pk))
    for passage in told:
        passage.case = case
    return told


def case_with_passages(flow: str, subject: str, place: int) -> Case | None:
    """The first case of its kind with what happened so far, by one question; None for none."""
    of = {"case__flow": flow, "case__subject": subject, "case__place_id": place}
    told = list(Passage.objects.filter(**of).select_related("case").order_by("case_id", "number"))
    if not told:
        return None
    case = told[0].case
    at_hand([passage for passage in told if passage.case_id == case.pk], _passages, case.pk)
    return case


def _passages(case_id: int) -> list[Passage]:
    return list(Passage.objects.filter(case=case_id).order_by("number"))
