"""The process that runs jobs, and the way to run them right here."""

import signal
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as Queue

from gongjian.core.days import now
from gongjian.jobs.keeping import prune, reap, requeue
from gongjian.jobs.living import identity
from gongjian.jobs.models import Job, State, Worker
from gongjian.jobs.registry import chores, errands
from gongjian.jobs.running import be_brief, carry_out

_INTERVAL: Final = 0.5  # seconds between two looks at an empty queue
_DAY: Final = 86_400.0  # seconds between two times that order is kept
_ROUND: Final = 5.0  # seconds between two looks for dead processes


def run_pending() -> int:
    """Run the jobs that wait, one after the other, in this very thread; how many they were.

    For tests and for tools: what a handler did not foresee is raised.
    """
    waiting = list(
        Job.objects.filter(state=State.QUEUED).order_by("pk").values_list("pk", "attempt")
    )
    for job_id, attempt in waiting:
        carry_out(job_id, attempt, beating=False)
    return len(waiting)


def serve() -> None:
    """Run jobs until a signal ends the process; the second one ends the job under way too."""
    queue = Queue(
        queue_names=["default"],
        interval=_INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, queue.shutdown)
    over = Event()
    beside = [Thread(target=rounds, args=(over,), daemon=True) for rounds in (_rounds, _errands)]
    for thread in beside:
        thread.start()
    try:
        _work(queue)
    finally:
        over.set()
        for thread in beside:
            thread.join()
        _sign_off()


def _sign_off() -> None:
    try:
        be_brief()
        Worker.objects.filter(pk=identity()).delete()
    except (OperationalError, InterfaceError):
        connection.close()  # whoever looks finds that the process is gone


def _work(queue: Queue) -> None:
    """Take job after job; a database that does not answer for a while ends nothing."""
    begun = False
    while queue.running:
        try:
            if not begun:
                requeue()
                begun = True
            queue.run()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(_INTERVAL)


def _rounds(over: Event) -> None:
    """Say that this process lives, look for jobs of those that do not, and keep order."""
    kept = float("-inf")

    def look() -> None:
        nonlocal kept
        _round()
        if time.monotonic() - kept > _DAY:
            keep_order()
            kept = time.monotonic()

    _again_and_again(look, over)


def keep_order() -> None:
    """What is to be done once a day: forget old jobs, and the chores of the rooms."""
    prune()
    for chore in chores():
        chore()


def _errands(over: Event) -> None:
    """Run the errands of the rooms; apart from the rounds, for one may take a while."""
    _again_and_again(run_errands, over)


def run_errands() -> None:
    """What the rooms want looked at often."""
    for errand in errands():
        errand()


def _again_and_again(look: Callable[[], None], over: Event) -> None:
    """Do it every few seconds; a database that does not answer for a while ends nothing."""
    try:
        while True:
            try:
                be_brief()
                look()
            except (OperationalError, InterfaceError):
                connection.close()
            if over.wait(_ROUND):
                return
    finally:
        connection.close()


def _round() -> None:
    Worker.objects.update_or_create(identity=identity(), defaults={"heartbeat": now()})
    reap()
