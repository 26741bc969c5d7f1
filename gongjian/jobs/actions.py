"""What can be done to a job: hand it in, stop it, try it again."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from gongjian.core.days import now
from gongjian.core.errors import NotNow
from gongjian.jobs.models import AGAIN, OVER, Job, State
from gongjian.jobs.registry import kind_of
from gongjian.jobs.running import CANCELLED
from gongjian.jobs.tasks import run_job

Deed = Callable[[Job], None]
"""Something done to a job that changes its row."""


def enqueue(kind: str, *, title: str, owner_id: int | None, payload: dict[str, Any]) -> Job:
    """Hand a job in; it is done once the transaction around this is committed.

    ``payload`` is kept as JSON as long as the job is: numbers and choices, nobody's data.
    Raises WrongUse where no handler does this kind.
    """
    kind_of(kind)
    with transaction.atomic():
        job = Job.objects.create(kind=kind, title=title[:200], owner_id=owner_id, payload=payload)
        run_job.enqueue(job.pk, job.attempt)
    return job


def cancel(job: Job) -> None:
    """Stop a job: at once while it waits, before it writes while it runs.

    Raises NotNow where it is over.
    """
    mine = Job.objects.filter(pk=job.pk)
    waiting = mine.filter(state=State.QUEUED)
    if not waiting.update(state=State.CANCELLED, sentence=CANCELLED, finished=now()):
        mine.filter(state=State.RUNNING).update(cancel_wanted=True)
    job.refresh_from_db()
    if job.state in OVER and job.state != State.CANCELLED:
        raise NotNow(f"“{job.title}”已经结束（{State(job.state).label}），不能再取消。")


def retry(job: Job) -> None:
    """Try a job again that failed, was cancelled or lost its process; its number stays.

    Raises NotNow where it is under way or done.
    """
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, attempt=job.attempt, state__in=AGAIN).update(
            state=State.QUEUED,
            attempt=job.attempt + 1,
            done=0,
            total=None,
            label="",
            sentence="",
            result=None,
            cancel_wanted=False,
            heartbeat=None,
            started=None,
            finished=None,
            worker="",
        )
        if again:
            run_job.enqueue(job.pk, job.attempt + 1)
    job.refresh_from_db()
    if not again:
        raise NotNow(f"“{job.title}”{State(job.state).label}，不能再办一次。")
