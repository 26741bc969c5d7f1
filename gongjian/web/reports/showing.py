"""The page of a month, as asked for and as shown again when a deed was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from gongjian.accounts.actions.checks import EARLIEST, LATEST
from gongjian.areas.queries import Tree, tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.reporting.flows import EXPLAIN
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.queries import SUBMISSIONS, lock_over
from gongjian.reporting.rules import MONTHLY_REPORT, Period
from gongjian.web.cases.asking import taker
from gongjian.web.people import may, require
from gongjian.web.rendering import page
from gongjian.web.reports import arrival, explained, presenters, queries
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.notices import urged_on

SEE: Final = "查看月报"
LONG_AGO: Final = 24
"""Months back from which on it is said what comes of opening one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was sent and refused: by which ``deed``, why, and what was typed.

    ``blank``: the remark is what is wrong. ``explanations`` None: none could be given.
    """

    deed: str
    sentence: str
    remark: str = ""
    explanations: Mapping[str, str] | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose month whoever looks wants to see, and which of the units below."""

    area: int
    period: Period
    someone: Actor
    shown: str = ""
    said: Said = field(default_factory=lambda: Said(deed="", sentence=""))


def show(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The month of one unit and of those right below it."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.said.sentence else HTTPStatus.OK
    period, area = asked.period, asked.area
    tree = tree_on(period.cut_off)
    code = tree.code(area)
    context = {
        "period": period,
        "title": presenters.title(period),
        "name": tree.name(area),
        "code": code,
        "way_up": _way_up(tree, asked),
        "others": [p and presenters.address("reports", code, p) for p in _beside(period)],
        "here": presenters.address("reports", code, period),
        "said": asked.said,
        "at_remark": asked.said.deed == "take" and EXPLAIN not in asked.said.sentence,
        "over": period.cut_off < today(),
        "may_lock": may(request, Permission.LOCK_MONTH) and tree.parent(area) is None,
        "long_ago": _months_ago(period) >= LONG_AGO and _months_ago(period),
        **_lock(tree, asked, lock_over(period, area)),
        **_unit(request, asked, code),
        **_below(request, asked, code),
    }
    return page(request, "reports/month.html", context, status=status)


def _unit(request: HttpRequest, asked: Asked, code: str) -> dict[str, Any]:
    period, said = asked.period, asked.said
    found = queries.unit(
        period, asked.area, lambda step: taker(request, FLOWS[MONTHLY_REPORT], step)
    )
    deeds = presenters.deeds(found.options)
    writes = any(option.step.code in SUBMISSIONS for option in deeds)
    typed = said.explanations if writes else None
    beside = explained.explained(period, asked.area, found, typed=typed, writes=writes)
    case = found.case
    return {
        "unit": found,
        "state": FLOWS[case.flow].state(case.state) if case else None,
        "style": presenters.STYLES[case.state] if case else "",
        "way": presenters.way(case) if case else [],
        "beside": beside,
        "rows": presenters.rows(found.numbers, beside, period, code),
        "moved": presenters.moved(found.changes, period, code),
        "problems": presenters.problems(found.problems, period, code),
        "passages": presenters.passages(found.passages),
        "filed": presenters.filed(found.passages),
        "deeds": deeds,
        "locked": presenters.locked_steps(case, found.options) if case else [],
        **_urging(request, found),
    }


def _urging(request: HttpRequest, found: queries.Unit) -> dict[str, Any]:
    """May whoever looks urge this unit, which lies below a post of theirs, and was it urged?"""
    case = found.case
    if case is None or case.state not in {"due", "returned"}:
        return {"may_urge": False}
    above = FLOWS[case.flow].line(case.place_id, today())[1:2]
    if not above or not _reviews(request, above[0]):
        return {"may_urge": False}
    return {"may_urge": True, "urged": urged_on([case.pk]).get(case.pk)}


def _reviews(request: HttpRequest, area: int) -> bool:
    if not may(request, Permission.REVIEW_REPORT):
        return False
    reviewer = require(request, Permission.REVIEW_REPORT, "审核月报")
    return reviewer.scope.covers([("areas", area)])


def _below(request: HttpRequest, asked: Asked, code: str) -> dict[str, Any]:
    found = queries.below(asked.period, asked.area)
    out = arrival.waiting(found, asked.period)
    urges = bool(out) and _reviews(request, asked.area)
    urged = urged_on(out) if urges else {}
    listed = arrival.listing(found, asked.period, code, shown=asked.shown, urged=urged)
    day = today()
    return {
        "listed": listed,
        "urges": urges,
        "to_urge": sum(urged.get(case) != day for case in out) if urges else 0,
        "opened": bool(found.reports.keys() & {(asked.period, unit) for unit in found.units}),
    }


def _lock(tree: Tree, asked: Asked, lock: LockedMonth | None) -> dict[str, Any]:
    """The lock over the month; where it is another's, by name, and a link to whoever may look."""
    if lock is None:
        return {"lock": None}
    sees = asked.someone.scope.covers([("areas", lock.area_id)])
    code = tree.code(lock.area_id)
    return {
        "lock": lock,
        "locker": tree.name(lock.area_id),
        "own_lock": lock.area_id == asked.area,
        "difference": presenters.address("report-difference", code, asked.period) if sees else "",
    }


def _way_up(tree: Tree, asked: Asked) -> list[tuple[str, str]]:
    return [
        (tree.name(above), presenters.address("reports", tree.code(above), asked.period))
        for above in reversed(tree.ancestors(asked.area))
        if asked.someone.scope.covers([("areas", above)])
    ]


def _beside(period: Period) -> list[Period | None]:
    """The month before and the month after, as far as the calendar of the product goes."""
    after = Period(period.year + period.month // 12, period.month % 12 + 1)
    beside = (period.previous, after)
    return [p if p.first_day > EARLIEST and p.cut_off < LATEST else None for p in beside]


def _months_ago(period: Period) -> int:
    now = Period.of(today())
    return (now.year - period.year) * 12 + now.month - period.month
