"""What the frame of every page counts for whoever asks."""

from dataclasses import dataclass

from django.db import connection

from gongjian.history.state import once
from gongjian.jobs.models import Job, State
from gongjian.workflow.models import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the frame of every page shows: jobs that go on, notices not looked at."""

    jobs: int = 0
    notices: int = 0


def marks(person: int | None) -> Marks:
    """Both numbers by one question: every page asks, and asks once."""
    return once(_marks, person)


def _marks(person: int | None) -> Marks:
    query = (
        f"SELECT (SELECT COUNT(*) FROM {Job._meta.db_table} WHERE owner_id = %s"  # noqa: S608
        f" AND state IN (%s, %s)), (SELECT COUNT(*) FROM {Notice._meta.db_table}"
        " WHERE for_id = %s AND seen_at IS NULL)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [person, State.QUEUED.value, State.RUNNING.value, person])
        jobs, notices = cursor.fetchone()
    return Marks(jobs=jobs, notices=notices)
