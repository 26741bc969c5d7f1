"""Asking for the cut-off days of a trend that the store does not have yet."""

from collections.abc import Collection
from datetime import date
from typing import Final

from gongjian.accounts.actions.checks import EARLIEST
from gongjian.core.access import Actor
from gongjian.core.days import today
from gongjian.core.errors import NotNow, Refused
from gongjian.indicators.jobs import KEEP_DAYS
from gongjian.indicators.store.layout import eve_of, kept_days
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import Job, State
from gongjian.web.figures.trends import days_beside, days_of

_OPEN: Final = (State.QUEUED, State.RUNNING)


def under_way(days: Collection[date]) -> Job | None:
    """A job, anybody's, that is to bring some of these days or already does."""
    wanted = {day.isoformat() for day in days}
    open_ = Job.objects.filter(kind=KEEP_DAYS, state__in=_OPEN)
    return next((job for job in open_ if wanted & set(job.payload["days"])), None)


def hand_in(day: date, *, by: Actor) -> Job | None:
    """Have the days of the trend up to ``day`` brought into the store; None where all are there.

    They are at most thirteen, and the job brings what net figures take off with them.
    Refused for a day that has no trend; NotNow while somebody's earlier wish is under way.
    """
    if not EARLIEST <= day <= today():
        raise Refused(f"“{day}”没有走势可算，请填 {EARLIEST} 至今天的日期。")
    held = {kept.year.day for kept in kept_days()}
    wanted = [*days_beside(day), *days_of(day)]
    missing = [one for one in wanted if not {one, eve_of(one)} <= held]
    if not missing:
        return None
    if Job.objects.filter(kind=KEEP_DAYS, owner_id=by.id, state__in=_OPEN).exists():
        raise NotNow("您先前交办的截止日数还在算，请等它算完再交办下一批。")
    payload = {"days": [one.isoformat() for one in missing]}
    title = f"算出 {day} 以前各截止日的数"
    return enqueue(KEEP_DAYS, title=title, owner_id=by.id, payload=payload)
