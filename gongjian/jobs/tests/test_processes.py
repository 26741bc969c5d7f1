"""Jobs in a process of their own: seen from elsewhere, stopped, killed, tried again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gongjian.jobs.running import CANCELLED, INTERRUPTED

Told = dict[str, Any]
SLOW = (
    "import sys, django; django.setup();"
    "from gongjian.jobs.tests.slow import main; main(*sys.argv[1:])"
)
PATIENCE = 60.0  # seconds after which something that should happen counts as missing


class Desk:
    """Hands jobs in and looks after them, on a database of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        self.environment = {
            **os.environ,
            "GONGJIAN_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "gongjian.settings",
        }
        self.folder = folder

    def _run(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def tell(self, verb: str, *words: object) -> Told:
        said = self._run("-c", SLOW, verb, *map(str, words))
        told: Told = json.loads(said)
        return told

    def enqueue(self, waits: str) -> int:
        number: int = self.tell("enqueue", waits, self.folder)["pk"]
        return number

    def wait(self, job: int, wanted: Callable[[Told], bool]) -> Told:
        until = time.monotonic() + PATIENCE
        while not wanted(told := self.tell("show", job)):
            assert time.monotonic() < until, told
        return told

    def wait_inside(self, attempt: int) -> None:
        until = time.monotonic() + PATIENCE
        while not (self.folder / f"reached-{attempt}").exists():
            assert time.monotonic() < until
            time.sleep(0.05)

    def go(self) -> None:
        (self.folder / "go").touch()

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        process = subprocess.Popen([sys.executable, "-c", SLOW, "serve"], env=self.environment)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def desk(migrated_database_url: str, tmp_path: Path) -> Desk:
    return Desk(migrated_database_url, tmp_path)


def over(told: Told) -> bool:
    return told["state"] not in ("queued", "running")


def test_progress_is_seen_from_elsewhere_and_the_job_can_be_stopped(desk: Desk) -> None:
    job = desk.enqueue("before")
    with desk.worker():
        told = desk.wait(job, lambda told: bool(told["done"]))
        assert (told["state"], told["label"], told["done"], told["total"]) == (
            "running",
            "核对",
            40,
            100,
        )

        desk.tell("cancel", job)

        told = desk.wait(job, over)
        assert (told["state"], told["sentence"], told["evidence"]) == ("cancelled", CANCELLED, 0)


def test_killed_worker_leaves_nothing_and_the_job_is_tried_again(desk: Desk) -> None:
    job = desk.enqueue("inside")
    with desk.worker() as worker:
        desk.wait_inside(1)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert desk.tell("show", job)["state"] == "running"

    with desk.worker():
        told = desk.wait(job, over)
        assert (told["state"], told["sentence"], told["evidence"]) == ("lost", INTERRUPTED, 0)

        desk.go()
        desk.tell("retry", job)

        told = desk.wait(job, over)
        assert (told["state"], told["attempt"], told["evidence"]) == ("done", 2, 1)


def test_worker_that_is_told_to_end_finishes_its_job(desk: Desk) -> None:
    job = desk.enqueue("inside")
    with desk.worker() as worker:
        desk.wait_inside(1)
        worker.send_signal(signal.SIGTERM)
        desk.go()
        assert worker.wait(timeout=PATIENCE) == 0

    assert desk.tell("show", job)["state"] == "done"


def test_second_signal_gives_the_job_up_at_once(desk: Desk) -> None:
    job = desk.enqueue("inside")
    with desk.worker() as worker:
        desk.wait_inside(1)
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=PATIENCE)

    told = desk.tell("show", job)
    assert (told["state"], told["sentence"], told["evidence"]) == ("lost", INTERRUPTED, 0)


def test_job_under_way_is_not_taken_for_lost_while_it_cannot_report(desk: Desk) -> None:
    """Inside the write nobody else may write to SQLite, so no heartbeat gets through."""
    job = desk.enqueue("inside")
    with desk.worker():
        desk.wait_inside(1)
        with desk.worker():
            time.sleep(3)
            assert desk.tell("show", job)["state"] == "running"
            desk.go()
            assert desk.wait(job, over)["state"] == "done"
