"""Which units handed in their month, what was locked, and how the present differs from it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from gongjian.areas.queries import Tree, tree_on
from gongjian.bargaining.models import AgreementCoverageVersion
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.employers.models import EmployerVersion
from gongjian.history.questions import Worded
from gongjian.history.state import keep_answers, latest, once, one_moment
from gongjian.indicators.declare import CATALOG, Indicator
from gongjian.indicators.differing import Difference, differences
from gongjian.indicators.sections import Year
from gongjian.indicators.several import ids_together
from gongjian.indicators.store.felt import KeptByPlace
from gongjian.indicators.store.matrix import Matrix, kept_matrix, read_for
from gongjian.members.enums import ACTIVE
from gongjian.members.models import MemberVersion
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.rules import MONTHLY_REPORT, NO_UNITS, REPORTED, Period
from gongjian.workflow.models import Case, Passage, Todo
from gongjian.workflow.told import case_with_passages, passages_of

UNITS = 2_000
"""Units of which what follows from the record is kept at hand."""

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
    return case_with_passages(MONTHLY_REPORT, str(period), area_id)


def report(case: Case) -> Report:
    """The month of one unit, of what was told of its case."""
    ((due,),) = _last_day(case.pk, "submit")[:1] or [(None,)]
    return _report(case, due, passages_of(case))


@Worded
def _last_day(case_id: int, step: str) -> QuerySet[Todo, tuple[date | None]]:
    return Todo.objects.filter(case=case_id, step=step).values_list("due")


def reports(periods: Iterable[Period], places: Collection[int]) -> dict[tuple[Period, int], Report]:
    """The reports of ``places`` for ``periods``, those that were opened: three queries."""
    subjects = [str(period) for period in periods]
    cases = Case.objects.filter(
        flow=MONTHLY_REPORT, subject__in=subjects, place_id__in=places
    ).in_bulk()
    told: dict[int, list[Passage]] = {}
    wanted = Passage.objects.filter(case__in=cases, step__in=[*SUBMISSIONS, "return"])
    for passage in wanted.order_by("number"):
        told.setdefault(passage.case_id, []).append(passage)
    dues = dict(Todo.objects.filter(case__in=cases, step="submit").values_list("case_id", "due"))
    return {
        (Period.read(case.subject), case.place_id): _report(case, dues.get(pk), told.get(pk, ()))
        for pk, case in cases.items()
    }


def _report(case: Case, due: date | None, told: Iterable[Passage]) -> Report:
    handed, returns = list[Passage](), 0
    for passage in told:
        returns += passage.step == "return"
        if passage.step in SUBMISSIONS:
            handed.append(passage)
    first, last = (handed[0], handed[-1]) if handed else (None, None)
    return Report(case, due, first, last, returns)


def waiting_below(case: Case) -> list[str]:
    """The names of the units right below whose month is not accepted yet."""
    return once(_waiting_below, case.subject, case.place_id)


def _waiting_below(subject: str, place: int) -> list[str]:
    tree = tree_on(Period.read(subject).cut_off)
    below = units_below(tree, place)
    if not below:
        return []
    found = Case.objects.filter(flow=MONTHLY_REPORT, subject=subject, place_id__in=below)
    waiting = set(found.exclude(state__in=_IN).values_list("place_id", flat=True))
    return [tree.name(area) for area in below if area in waiting]


def own_submission(case: Case) -> bool:
    """Has the unit itself handed in this month before?"""
    own = [step for step in SUBMISSIONS if step != "submit-for"]
    return any(passage.step in own for passage in passages_of(case))


class OpenProblem(NamedTuple):
    """A problem that is still there: how many rows it has, and how many workers they stand for.

    ``workers`` is None where its rows are nothing that workers belong to.
    """

    figure: Indicator
    number: int
    workers: int | None


def quality_gate(period: Period, area_id: int) -> list[OpenProblem]:
    """The problems of a unit on the cut-off day as believed now, the heaviest first.

    Kept until a change is felt in the unit.
    """
    return list(_kept_gate(period, area_id))


@one_moment()
def _gate(period: Period, area_id: int) -> tuple[OpenProblem, ...]:
    there = ids_together(_not_nought(period, area_id), day=period.cut_off, node=area_id)
    workers = _Workers(there, period.cut_off)
    found = [
        OpenProblem(figure, sum(ids.values()), workers.of(figure))
        for figure in CATALOG.problems()
        if any((ids := there.get(figure.code, {})).values())
    ]
    return tuple(sorted(found, key=_weight, reverse=True))


def _not_nought(period: Period, area_id: int) -> list[str]:
    """Codes of the problems that may have rows: what the store knows to be none is not looked for."""
    problems = [figure.code for figure in CATALOG.problems()]
    found = stored(period, area_id)
    values = found.values.get(period.cut_off, {}).get(area_id)
    if values is None or found.known != latest().change:
        return problems
    told = zip(found.figures, values, strict=True)
    there = {figure.code for figure, value in told if value["value"]}
    return [code for code in problems if code in there]


def _weight(found: OpenProblem) -> int:
    problem = found.figure.problem
    return found.number * (problem.weight if problem else 0)


class _Workers:
    """The workers whom rows stand for: one question for each ledger, whatever the problems."""

    def __init__(self, there: Mapping[str, Mapping[int, int]], day: date) -> None:
        self._there = there
        self._day = day
        self._counted: dict[str, Mapping[int, int] | None] = {}

    def of(self, figure: Indicator) -> int | None:
        """Of one problem; None where its rows are nothing that workers belong to."""
        ids, ledger = self._there[figure.code], figure.base.ledger
        if ledger == "members":
            return len(ids)
        if ledger not in self._counted:
            self._counted[ledger] = self._count(ledger)
        counted = self._counted[ledger]
        return None if counted is None else sum(counted.get(each, 0) for each in ids)

    def _count(self, ledger: str) -> Mapping[int, int] | None:
        ids: set[int] = set()
        for code, found in self._there.items():
            if CATALOG.indicator(code).base.ledger == ledger:
                ids.update(found)
        held = _held(self._day)
        if ledger == "unions":
            members = MemberVersion.objects.filter(held, union_id__in=ids, status=ACTIVE)
            return dict(members.values_list("union_id").annotate(Count("pk")))
        staff: dict[str, tuple[QuerySet[Any], str]] = {
            "employers": (EmployerVersion.objects.all(), "entry_id"),
            "agreements": (AgreementCoverageVersion.objects.all(), "agreement_id"),
            "agreement-coverage": (AgreementCoverageVersion.objects.all(), "entry_id"),
        }
        if ledger not in staff:
            return None
        rows, by = staff[ledger]
        sums = rows.filter(held, **{f"{by}__in": ids}).values_list(by).annotate(Sum("staff"))
        return {entry: workers or 0 for entry, workers in sums}


def _held(day: date) -> Q:
    """Believed now, and in force on ``day``."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return held & Q(removed_in__isnull=True, valid_from__lte=day)


def day_of(period: Period) -> date:
    """The cut-off day, or today while that is still ahead."""
    return min(period.cut_off, today())


def stored(period: Period, area_id: int) -> Matrix:
    """The figures of a report, and the problems, of an area as far as the store has them.

    Of the day of the month and of the last cut-off day.
    """
    codes = tuple(dict.fromkeys([*REPORTED, *(figure.code for figure in CATALOG.problems())]))
    days = day_of(period), period.previous.cut_off
    return _stored((read_for(codes, days), latest()), codes, area_id, days)


@keep_answers(UNITS)
def _stored(codes: tuple[str, ...], area_id: int, days: tuple[date, ...]) -> Matrix:
    return kept_matrix(codes, days=days, nodes=[area_id])


def years_asked(period: Period, _: int) -> tuple[Year, ...]:
    """The days that the changes and the problems of a month are looked for on."""
    month = Year.of(period.cut_off, period.year_start)
    return month, month.eve(period.year_start), Year.of(period.cut_off, "01-01")


def leaves_asked(period: Period, area_id: int) -> frozenset[int]:
    """What counted in an area on the last cut-off day, or counts there on this one."""
    days = period.cut_off, period.previous.cut_off
    return frozenset().union(*(tree_on(day).below(area_id) for day in days))


_kept_gate = KeptByPlace(_gate, years=years_asked, leaves=leaves_asked, most=UNITS)


def locks_of(period: Period, area_id: int) -> QuerySet[LockedMonth]:
    """All locks of the month, the latest first."""
    return LockedMonth.objects.filter(period=str(period), area_id=area_id).order_by("-version")


def lock_over(period: Period, area_id: int) -> LockedMonth | None:
    """The latest lock of the month for the area or for one above it; the nearest."""
    return once(_lock_over, period, area_id)


def _lock_over(period: Period, area_id: int) -> LockedMonth | None:
    line = (area_id, *tree_on(period.cut_off).ancestors(area_id))
    locks = _locks_on(str(period), line)
    if not locks:  # mostly
        return None
    pk, *_ = min(locks, key=lambda lock: (line.index(lock[1]), -lock[2]))
    return LockedMonth.objects.get(pk=pk)


@Worded
def _locks_on(period: str, areas: tuple[int, ...]) -> QuerySet[LockedMonth, tuple[int, int, int]]:
    locks = LockedMonth.objects.filter(period=period, area_id__in=areas)
    return locks.values_list("pk", "area_id", "version")


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
