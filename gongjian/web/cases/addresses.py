"""Where cases are opened: on the page of their flow if it has one, else on the page of any case."""

from collections.abc import Callable, Mapping
from typing import Final

from django.urls import reverse

from gongjian.areas.queries import tree_on
from gongjian.reporting.rules import MONTHLY_REPORT, Period
from gongjian.workflow.models import Case


def _report(case: Case) -> str:
    period = Period.read(case.subject)
    code = tree_on(period.cut_off).code(case.place_id)
    return f"{reverse('reports')}?area={code}&month={period}"


OWN: Final[Mapping[str, Callable[[Case], str]]] = {MONTHLY_REPORT: _report}
"""Flow → the page that is made for its cases. The page of any case works for them, too."""


def address_of(case: Case) -> str:
    """Where to-dos, notices and the trail lead to."""
    own = OWN.get(case.flow)
    return own(case) if own else reverse("case", args=[case.pk])
