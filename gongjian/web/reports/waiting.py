"""What somebody is to do, was told, and has to see to below, in words."""

from datetime import date
from typing import Any, Final

from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.reporting.rules import Period
from gongjian.web.reports.presenters import address
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Case
from gongjian.workflow.queries import Seats, notices_for, overdue, todos_of

MOST: Final = 200
"""Lines of one list."""


def todos(seats: Seats) -> list[dict[str, Any]]:
    """The to-dos, the earliest last day first; what went up from below says so."""
    day, said = today(), []
    for todo in todos_of(seats)[:MOST]:
        step = FLOWS[todo.case.flow].step(todo.step)
        mine = todo.place_id in seats.get(step.permission, ())
        kind, left = _left(todo.due, day)
        said.append(
            {
                "case": todo.case.title,
                "step": step.title,
                "due": todo.due,
                "published": todo.published,
                "kind": kind,
                "left": left,
                "raised": not mine,
                "address": _address(todo.case),
            }
        )
    return said


def notices(person: int) -> list[dict[str, Any]]:
    """What somebody was told and has not looked at."""
    return [
        {
            "case": told.passage.case.title,
            "step": FLOWS[told.passage.case.flow].title_of(told.passage.step),
            "who": told.passage.actor_name,
            "at": told.passage.at,
            "remark": told.passage.remark,
            "address": _address(told.passage.case),
        }
        for told in notices_for(person)[:MOST]
    ]


def overdue_below(seats: Seats) -> list[dict[str, Any]]:
    """The units below the posts that look at reports, with what is overdue there."""
    day = today()
    tree = tree_on(day)
    tops = seats.get(Permission.REVIEW_REPORT, ())
    places = frozenset().union(*(tree.below(top) for top in tops))
    if not places:
        return []
    return [
        {
            "name": tree.name(late.place_id),
            "number": late.number,
            "oldest": late.oldest,
            "days": (day - late.oldest).days,
            "address": address("reports", tree.code(late.place_id), Period.of(late.oldest)),
        }
        for late in overdue(day, places)[:MOST]
    ]


def _left(due: date | None, day: date) -> tuple[str, str]:
    """(style of a tag, how much time is left), in days."""
    if due is None:
        return "", "没有期限"
    days = (due - day).days
    if days < 0:
        return "bad", f"已过 {-days} 天"
    if days == 0:
        return "bad", "今天"
    return ("warn" if days <= 3 else "act"), f"剩 {days} 天"


def _address(case: Case) -> str:
    period = Period.read(case.subject)
    return address("reports", tree_on(period.cut_off).code(case.place_id), period)
