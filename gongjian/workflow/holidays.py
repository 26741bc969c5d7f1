"""The working-day calendar as it is kept: who may, the link of the trail, deadlines that move.

It stands here and not with the calendars, for those lie below the trail and know of no to-do.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from gongjian.calendars import actions
from gongjian.calendars.actions import Correction, NewArrangement
from gongjian.calendars.queries import calendar
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotPermitted
from gongjian.history import trail
from gongjian.workflow.recounting import Recount, recount

Tops = Collection[tuple[str, int]]
"""Where all places begin, as (ledger, entry): the calendar is one for all that lies below."""


def may_keep_calendar(by: Actor, tops: Tops) -> bool:
    """May ``by``, who keeps rules, do so for everybody there is?

    Working days are the same everywhere, so whoever changes one moves deadlines of all: a scope of
    everything, or one that covers each place that nothing lies above.
    """
    whole = by.scope.everything or (bool(tops) and all(by.scope.covers([top]) for top in tops))
    return whole and by.may(Permission.KEEP_RULES)


def enter_arrangement(new: NewArrangement, *, tops: Tops, by: Actor) -> Recount:
    """Enter the arrangement of a year and count the open deadlines anew.

    Raises NotPermitted, and Refused with a sentence for each day that cannot be so.
    """
    body = {
        "deed": "enter",
        "year": new.year,
        "source": new.source,
        "days": [[day.isoformat(), works, name] for day, works, name in new.days],
    }
    return _deed(body, lambda: actions.enter(new), tops, by)


def correct_day(fix: Correction, *, tops: Tops, by: Actor) -> Recount:
    """Set a day of a published year right and count the open deadlines anew; raises as above."""
    body = {
        "deed": "correct",
        "day": fix.day.isoformat(),
        "works": fix.works,
        "day_name": fix.name,
        "source": fix.source,
    }
    return _deed(body, lambda: actions.correct(fix), tops, by)


def withdraw_arrangement(year: int, *, tops: Tops, by: Actor) -> Recount:
    """Take back the arrangement of a year that has not begun; its deadlines are provisional again.

    Raises as above.
    """
    return _deed({"deed": "withdraw", "year": year}, lambda: actions.withdraw(year), tops, by)


def _deed(body: dict[str, Any], act: Callable[[], object], tops: Tops, by: Actor) -> Recount:
    if not by.may(Permission.KEEP_RULES):
        raise NotPermitted(f"“{by.name}”的岗位不能维护工作日历，请由有此权限的人办理。")
    if not may_keep_calendar(by, tops):
        raise NotPermitted("工作日历各处通用，只有管到最上一级的人能改，请由上级办理。")
    with transaction.atomic():
        head = trail.lock_head()
        before = calendar()
        act()
        found = recount(before, calendar())
        moved = [[m.case, m.step, m.before.isoformat(), m.after.isoformat()] for m in found.moved]
        who = {"actor": by.id, "name": by.name}
        trail.append(head, "calendar", body | {"moved": moved} | who)
    return found
