"""A worker with one slow kind of job, and what is done to its jobs, each as a process of its own.

Call ``main(VERB, …)`` once Django is set up on the database that is meant.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.db import transaction

from gongjian.core.progress import Progress
from gongjian.jobs import actions, worker
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler


@handler("slow")
def slow(job: Job) -> dict[str, Any]:
    """Checks 40 of 100, writes a row, and waits before or after the write until a file is there."""
    with Progress(100, "核对") as progress:
        progress.advance(40)
        if job.payload["waits"] == "before":
            _wait(job, progress)
    with transaction.atomic():
        Job.objects.create(kind="evidence", title="写下的内容", state="done")
        if job.payload["waits"] == "inside":
            with Progress(None, "写入") as progress:
                _wait(job, progress)
    return {"address": "/changes/"}


def _wait(job: Job, progress: Progress) -> None:
    folder = Path(job.payload["folder"])
    (folder / f"reached-{job.attempt}").touch()
    while not (folder / "go").exists():
        time.sleep(0.05)
        progress.advance(0)


def main(verb: str, *words: str) -> None:
    """Do one thing and print what there is of the job afterwards."""
    if verb == "serve":
        worker.serve()
        return
    if verb == "enqueue":
        payload = {"waits": words[0], "folder": words[1]}
        job = actions.enqueue("slow", title="慢慢办", owner_id=None, payload=payload)
    else:
        job = Job.objects.get(pk=words[0])
        {"show": lambda _: None, "cancel": actions.cancel, "retry": actions.retry}[verb](job)
    told = {name: getattr(job, name) for name in ("pk", "state", "label", "done", "total")}
    told |= {"sentence": job.sentence, "attempt": job.attempt}
    told["evidence"] = Job.objects.filter(kind="evidence").count()
    sys.stdout.write(json.dumps(told) + "\n")
