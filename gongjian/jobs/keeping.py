"""Order among the jobs: those whose process died, those nobody fetched, those long over."""

from datetime import timedelta
from typing import Any, Final

from django.db import connection
from django_tasks_db.models import DBTaskResult

from gongjian.core.days import now
from gongjian.core.errors import Refused
from gongjian.jobs.living import is_alive
from gongjian.jobs.models import OVER, Job, State, Worker
from gongjian.jobs.registry import kind_of
from gongjian.jobs.running import INTERRUPTED
from gongjian.jobs.tasks import run_job

SILENCE: Final = timedelta(seconds=60)
"""How long a process on another machine may say nothing before it is taken for dead."""

KEEP: Final = timedelta(days=90)
"""How long a job that is over is kept."""


def reap() -> list[Job]:
    """End the jobs whose process died; those that became lost.

    Whether a process of this machine lives is known and not guessed: while an import holds
    SQLite's write lock nobody can report, and silence would mean nothing.
    """
    return [job for job in Job.objects.filter(state=State.RUNNING) if _dead(job) and _end(job)]


def _dead(job: Job) -> bool:
    alive = is_alive(job.worker)
    return alive is False or (alive is None and _silent(job.heartbeat))


def _silent(heartbeat: Any) -> bool:
    return heartbeat is None or heartbeat < now() - SILENCE


def _end(job: Job) -> bool:
    """True where the job became lost: it was still under way, and what it did is not there."""
    result = _settled(job)
    state = State.LOST if result is None else State.DONE
    sentence = INTERRUPTED if result is None else ""
    ended = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING).update(
        state=state, sentence=sentence, result=result, finished=now()
    )
    return bool(ended) and state == State.LOST


def _settled(job: Job) -> dict[str, Any] | None:
    """What the job wrote after all; None also where nobody can say: other jobs must not wait."""
    try:
        settle = kind_of(job.kind).settle
        return None if settle is None else settle(job)
    except Refused:
        return None


def requeue() -> None:
    """Put jobs that wait into the queue once more: a process may have died right after taking one.

    A job that is in it twice is run once.
    """
    for job_id, attempt in Job.objects.filter(state=State.QUEUED).values_list("pk", "attempt"):
        run_job.enqueue(job_id, attempt)


def prune() -> None:
    """Forget what is long over."""
    limit = now() - KEEP
    Job.objects.filter(state__in=OVER, finished__lt=limit).delete()
    DBTaskResult.objects.filter(enqueued_at__lt=limit).delete()
    Worker.objects.filter(heartbeat__lt=now() - timedelta(days=1)).delete()


def under_way(owner_id: int | None) -> int:
    """How many jobs of somebody wait or run."""
    # Every page asks, so it is put without the trouble of composing it.
    query = f"SELECT COUNT(*) FROM {Job._meta.db_table} WHERE owner_id = %s AND state IN (%s, %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [owner_id, State.QUEUED.value, State.RUNNING.value])
        count: int = cursor.fetchone()[0]
    return count


def working() -> bool:
    """Is there a process that runs jobs?"""
    return any(
        is_alive(worker.identity)
        or (is_alive(worker.identity) is None and not _silent(worker.heartbeat))
        for worker in Worker.objects.all()
    )
