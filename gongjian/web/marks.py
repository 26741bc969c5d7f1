"""What the frame of every page counts for whoever asks."""

from dataclasses import dataclass

from gongjian.history.sql import fetch_often
from gongjian.history.state import at_hand, once
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


def counting(person: str) -> str:
    """Two columns, jobs and notices, of the person that the SQL ``person`` stands for."""
    return (
        f"(SELECT COUNT(*) FROM {Job._meta.db_table} WHERE owner_id = {person}"  # noqa: S608
        f" AND state IN ('{State.QUEUED.value}', '{State.RUNNING.value}')),"
        f" (SELECT COUNT(*) FROM {Notice._meta.db_table}"
        f" WHERE for_id = {person} AND seen_at IS NULL)"
    )


def keep(found: Marks, person: int) -> None:
    """Both numbers were just read with something else: within this moment nobody asks again."""
    at_hand(found, _marks, person)


def _marks(person: int | None) -> Marks:
    ((jobs, notices),) = fetch_often(f"SELECT {counting('%s')}", [person, person])
    return Marks(jobs=jobs, notices=notices)
