"""Which units handed in their month, what was locked, and how the present differs from it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from gongjian.areas.queries import Tree, tree_on
from gongjian.bargaining.models import AgreementCoverageVersion
from gongjian.core.errors import Refused
from gongjian.employers.models import EmployerVersion
from gongjian.indicators.declare import CATALOG, Indicator
from gongjian.indicators.differing import Difference, differences
from gongjian.indicators.rows import rows_behind
from gongjian.members.enums import ACTIVE
from gongjian.members.models import MemberVersion
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.rules import CHANGES, MONTHLY_REPORT, NO_UNITS, Period
from gongjian.workflow.models import Case, Passage, Todo

SUBMISSIONS = ("submit", "resubmit", "submit-for")
"""Steps by which a month is handed in; the last one by the level above."""

_IN = frozenset({"accepted", "locked"})


class Report(NamedTuple):
    """The month of one unit: ``first`` and ``last`` are its submissions, ``due`` its last day.

    Neither is ever edited: what was returned is handed in again beside them.
    """

    case: Case
    due: date | None
    first: Passage | None
    last: Passage | None
    returns: int

    @property
    def stood_in(self) -> bool:
        """Was it handed in by the level above, the last time?"""
        return self.last is not None and self.last.step == "submit-for"

    def timely(self, day: date) -> bool | None:
        """Was it in not later than due; None while on ``day`` there still is time."""
        if self.first is not None:
            return not self.first.late
        return False if self.due is not None and self.due < day else None


def units_below(tree: Tree, area_id: int) -> list[int]:
    """The areas right below that hand in a report of their own, by code."""
    return [area for area in tree.children(area_id) if tree.kind(area) not in NO_UNITS]


def all_units(tree: Tree, area_id: int) -> list[int]:
    """The units below an area on all levels, each after the one it is below."""
    found: list[int] = []
    for unit in units_below(tree, area_id):
        found += [unit, *all_units(tree, unit)]
    return found


def report_of(period: Period, area_id: int) -> Case | None:
    """The report of one unit; None where its month was not opened."""
    found = Case.objects.filter(flow=MONTHLY_REPORT, subject=str(period), place_id=area_id)
    return found.first()


def reports(periods: Iterable[Period], places: Collection[int]) -> dict[tuple[Period, int], Report]:
    """The reports of ``places`` for ``periods``, those that were opened: three queries."""
    subjects = [str(period) for period in periods]
    cases = Case.objects.filter(
        flow=MONTHLY_REPORT, subject__in=subjects, place_id__in=places
    ).in_bulk()
    handed: dict[int, list[Passage]] = {}
    returns: dict[int, int] = {}
    told = Passage.objects.filter(case__in=cases, step__in=[*SUBMISSIONS, "return"])
    for passage in told.order_by("number"):
        if passage.step == "return":
            returns[passage.case_id] = returns.get(passage.case_id, 0) + 1
        else:
            handed.setdefault(passage.case_id, []).append(passage)
    todos = Todo.objects.filter(case__in=cases, step="submit").values_list("case_id", "due")
    dues = dict(todos)
    return {
        (Period.read(case.subject), case.place_id): Report(
            case,
            dues.get(pk),
            next(iter(handed.get(pk, ())), None),
            handed[pk][-1] if pk in handed else None,
            returns.get(pk, 0),
        )
        for pk, case in cases.items()
    }


def waiting_below(case: Case) -> list[str]:
    """The names of the units right below whose month is not accepted yet."""
    tree = tree_on(Period.read(case.subject).cut_off)
    below = units_below(tree, case.place_id)
    found = Case.objects.filter(flow=MONTHLY_REPORT, subject=case.subject, place_id__in=below)
    waiting = set(found.exclude(state__in=_IN).values_list("place_id", flat=True))
    return [tree.name(area) for area in below if area in waiting]


def own_submission(case: Case) -> bool:
    """Has the unit itself handed in this month before?"""
    own = [step for step in SUBMISSIONS if step != "submit-for"]
    return Passage.objects.filter(case=case, step__in=own).exists()


class OpenProblem(NamedTuple):
    """A problem that is still there: how many rows it has, and how many workers they stand for.

    ``workers`` is None where its rows are nothing that workers belong to.
    """

    figure: Indicator
    number: int
    workers: int | None


def quality_gate(period: Period, area_id: int) -> list[OpenProblem]:
    """The problems of a unit on the cut-off day as believed now, the heaviest first."""
    day, found = period.cut_off, []
    for figure in CATALOG.problems():
        answer = rows_behind(figure.code, day=day, known_at=None, node=area_id)
        if answer["value"]:
            ids = [row["id"] for row in answer["rows"]]
            workers = _workers(figure.base.ledger, ids, day)
            found.append(OpenProblem(figure, answer["value"], workers))
    return sorted(found, key=_weight, reverse=True)


def _weight(found: OpenProblem) -> int:
    problem = found.figure.problem
    return found.number * (problem.weight if problem else 0)


def _workers(ledger: str, ids: list[int], day: date) -> int | None:
    if ledger == "members":
        return len(ids)
    if ledger == "unions":
        members = MemberVersion.objects.filter(_held(day), union_id__in=ids, status=ACTIVE)
        return members.count()
    staff: dict[str, QuerySet[Any]] = {
        "employers": EmployerVersion.objects.filter(_held(day), entry_id__in=ids),
        "agreements": AgreementCoverageVersion.objects.filter(_held(day), agreement_id__in=ids),
        "agreement-coverage": AgreementCoverageVersion.objects.filter(_held(day), entry_id__in=ids),
    }
    if ledger not in staff:
        return None
    return staff[ledger].aggregate(workers=Sum("staff"))["workers"] or 0


def _held(day: date) -> Q:
    """Believed now, and in force on ``day``."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return held & Q(removed_in__isnull=True, valid_from__lte=day)


def month_changes(period: Period, area_id: int) -> dict[str, list[dict[str, Any]]]:
    """What came (+) and went (−) in a unit since the last cut-off day, by name, by figure."""
    return {
        code: rows_behind(
            code,
            day=period.cut_off,
            known_at=None,
            node=area_id,
            year_start=period.year_start,
        )["rows"]
        for code in CHANGES
    }


def locks_of(period: Period, area_id: int) -> QuerySet[LockedMonth]:
    """All locks of the month, the latest first."""
    return LockedMonth.objects.filter(period=str(period), area_id=area_id).order_by("-version")


def lock_over(period: Period, area_id: int) -> LockedMonth | None:
    """The latest lock of the month for the area or for one above it; the nearest."""
    line = (area_id, *tree_on(period.cut_off).ancestors(area_id))
    found = LockedMonth.objects.filter(period=str(period), area_id__in=line)
    return min(found, key=lambda lock: (line.index(lock.area_id), -lock.version), default=None)


def locked_month(period: Period, area_id: int) -> LockedMonth:
    """The latest lock of the month; Refused where there is none."""
    found = locks_of(period, area_id).first()
    if found is None:
        raise Refused(f"{period} 还没有锁定，没有可以对照的数，请先锁定。")
    return found


def difference_sheet(month: LockedMonth) -> list[Difference]:
    """Every figure of the month that is now another, with the rows that came and went."""
    printed = month.figures.values_list("code", "numerator", "denominator")
    then = {
        code: [number for number in numbers if number is not None] for code, *numbers in printed
    }
    return differences(then, day=month.at, since=month.known_at, node=month.area_id)
