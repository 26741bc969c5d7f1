"""Carrying one job out: progress and heartbeat while it runs, the way it ended afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection

from gongjian.core.days import now
from gongjian.core.errors import Refused
from gongjian.core.progress import listening
from gongjian.jobs.living import identity
from gongjian.jobs.models import Job, State
from gongjian.jobs.registry import kind_of

CANCELLED: Final = "已按要求取消，没有写入任何内容。"
INTERRUPTED: Final = "办理中途后台进程停了，没有写入任何内容，请点“再办一次”。"
UNFORESEEN: Final = (
    "系统遇到没有料到的错误，没有写入任何内容；请再办一次，仍不成功请把作业号告诉管理员。"
)
LEFT_OPEN: Final = "内容已经写入，但后面的步骤没有做完；请不要重复办理，请把作业号告诉管理员。"

_TICK: Final = 0.5  # seconds between two reports to the job row
_SHORT: Final = 200  # milliseconds a report waits for SQLite's one write lock before it is left out
_TRIES: Final = 10  # how often the end of a job is written down where the database does not answer


class Cancelled(Refused):
    """The owner wanted the job to stop, and it had written nothing yet."""


@dataclass(slots=True)
class _Part:
    label: str
    total: int | None
    done: int = 0


class Reporter:
    """Hears how far a job is, and ends it where its owner wants so."""

    def __init__(self) -> None:
        self.cancel = Event()
        self.written = False
        self.told = _Part("", None)
        self._parts: list[_Part] = []

    def begin(self, label: str, total: int | None) -> None:
        """A part begins: a good moment to stop."""
        self._stop_if_wanted()
        self.told = _Part(label, total)
        self._parts.append(self.told)

    def advance(self, n: int) -> None:
        """A part moves."""
        self._stop_if_wanted()
        self.told.done += n

    def end(self) -> None:
        """A part is over: the one around it goes on."""
        self._parts.pop()
        if self._parts:
            self.told = self._parts[-1]

    def _stop_if_wanted(self) -> None:
        if self.cancel.is_set() and not self.written:
            raise Cancelled(CANCELLED)


_REPORTER: Final[ContextVar[Reporter | None]] = ContextVar("reporter", default=None)


def written() -> None:
    """A handler says: what the job writes is written; from here on it cannot be cancelled.

    To be called right after the change was committed, before anything further (a result
    workbook, say) reports progress. Does nothing outside a job.
    """
    reporter = _REPORTER.get()
    if reporter is not None:
        reporter.written = True


@dataclass(frozen=True, slots=True)
class _End:
    state: State
    sentence: str = ""
    result: dict[str, Any] | None = None


def carry_out(job_id: int, attempt: int, *, beating: bool = True) -> None:
    """Run the handler of a queued job and write down how it ended.

    Does nothing where the job was cancelled, or another run has it. ``beating`` reports from a
    thread with a connection of its own while the handler runs: inside the handler's transaction
    nobody would see it. An error that is no Refused ends the job as failed and is raised again.
    """
    job = _claim(job_id, attempt)
    if job is None:
        return
    reporter = Reporter()
    end = _End(State.LOST, INTERRUPTED)
    try:
        with _listened_to(job, reporter, beating=beating):
            result = kind_of(job.kind).handle(job)
        end = _End(State.DONE, result=result)
    except Cancelled as error:
        end = _End(State.CANCELLED, error.sentence)
    except Refused as error:
        end = _End(State.FAILED, error.sentence)
    except Exception:
        end = _End(State.FAILED, LEFT_OPEN if reporter.written else UNFORESEEN)
        raise
    finally:
        _finish(job, end, reporter)


def _claim(job_id: int, attempt: int) -> Job | None:
    moment = now()
    mine = Job.objects.filter(pk=job_id, attempt=attempt, state=State.QUEUED).update(
        state=State.RUNNING, started=moment, heartbeat=moment, worker=identity()
    )
    return Job.objects.get(pk=job_id) if mine else None


def _finish(job: Job, end: _End, reporter: Reporter) -> None:
    """The end counts even where the job was taken for lost meanwhile, unless it was tried again."""
    moment, told = now(), reporter.told
    for _ in range(_TRIES):
        try:
            Job.objects.filter(
                pk=job.pk, attempt=job.attempt, state__in=[State.RUNNING, State.LOST]
            ).update(
                state=end.state,
                sentence=end.sentence,
                result=end.result,
                done=told.done,
                total=told.total,
                label=told.label,
                heartbeat=moment,
                finished=moment,
            )
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
        else:
            return


# ------------------------------------------------------------------ while it runs


@contextmanager
def _listened_to(job: Job, reporter: Reporter, *, beating: bool) -> Iterator[None]:
    over = Event()
    pulse = Thread(target=_beat, args=(job, reporter, over), daemon=True)
    token = _REPORTER.set(reporter)
    if beating:
        pulse.start()
    try:
        with listening(reporter):
            yield
    finally:
        _REPORTER.reset(token)
        over.set()
        if beating:
            pulse.join()


def _beat(job: Job, reporter: Reporter, over: Event) -> None:
    """Report until the job is over; a report that finds the database busy is left out."""
    try:
        while not over.wait(_TICK):
            try:
                _report(job, reporter)
            except (OperationalError, InterfaceError):
                connection.close()
    finally:
        connection.close()


def _report(job: Job, reporter: Reporter) -> None:
    be_brief()
    told, mine = reporter.told, Job.objects.filter(pk=job.pk, attempt=job.attempt)
    # Read first: it waits for no lock, and a wish to stop must be heard also while others write.
    if not mine.filter(state=State.RUNNING, cancel_wanted=False).exists():
        reporter.cancel.set()
    mine.filter(state=State.RUNNING).update(
        heartbeat=now(), done=told.done, total=told.total, label=told.label[:100]
    )


def be_brief() -> None:
    """This thread's connection does not wait for SQLite's one write lock."""
    if connection.connection is None and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_SHORT}")
