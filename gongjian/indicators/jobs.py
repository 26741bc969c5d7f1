"""What the figures want done in the background."""

from typing import Any, Final

from gongjian.core.days import parse_day
from gongjian.indicators.store.keeping import ensure, keep_days
from gongjian.indicators.store.layout import with_eves
from gongjian.jobs.models import Job
from gongjian.jobs.registry import errand, handler

KEEP_DAYS: Final = "keep-days"
"""Brings the days of its payload (``days``: ISO) into the store, with those net figures need."""

errand(keep_days)


@handler(KEEP_DAYS)
def _keep(job: Job) -> dict[str, Any]:
    kept = ensure(with_eves(parse_day(text) for text in job.payload["days"]))
    return {"days": [k.year.day.isoformat() for k in kept]}
