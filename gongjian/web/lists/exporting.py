"""The rows of a list as a workbook that imports read again, written in the background."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.http import QueryDict

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import Refused
from gongjian.history import trail
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.export import write_export
from gongjian.web import exporting
from gongjian.web.lists.forms import ledger_of, read
from gongjian.web.lists.walk import Walk
from gongjian.web.moment import AsOf

KIND: Final = "ledger-export"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be exported: a list by its address, or the ``chosen`` rows of it.

    With ``unmask`` identity numbers and telephones are written in full, for a ``reason``.
    """

    ledger: str
    address: str
    day: str
    chosen: Sequence[int] = ()
    unmask: bool = False
    reason: str = ""


def order(asked: Order, actor: Actor) -> Job:
    """Hand the writing in as a job of ``actor``; raises Refused where the list cannot be read."""
    ledger = ledger_of(asked.ledger)
    _walk(asked, ledger, actor)
    title = f"导出{ledger.title}" + ("（含完整号码）" if asked.unmask else "")
    return enqueue(KIND, title=title, owner_id=actor.id, payload=asdict(asked))


def write(job: Job) -> dict[str, Any]:
    """Write the workbook of an order within what its owner may export now; note it on the trail."""
    asked = Order(**job.payload)
    actor = exporting.writer(job, permission_for(unmask=asked.unmask), "台账")
    ledger = ledger_of(asked.ledger)
    walk = _walk(asked, ledger, actor)
    entries = walk.covers(asked.chosen) if asked.chosen else frozenset(walk.entries())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{ledger.title}-{asked.day}.xlsx"
        rows = write_export(
            ledger,
            path,
            day=date.fromisoformat(asked.day),
            within={ledger.slug: entries},
            unmask=asked.unmask,
        )
        kept = exporting.store(path, job, "ledger-download", actor)
    trail.note("export", _told(asked, actor, rows))
    return {**kept, "rows": rows}


def permission_for(*, unmask: bool) -> Permission:
    """The right an export takes: to write numbers in full is one of its own."""
    return Permission.UNMASK if unmask else Permission.EXPORT_LEDGER


def _walk(asked: Order, ledger: Ledger, actor: Actor) -> Walk:
    asof = AsOf(day=date.fromisoformat(asked.day))
    wanted = read(ledger, QueryDict(asked.address), asof, actor.scope)
    if wanted.problems:
        raise Refused(next(iter(wanted.problems.values())))
    return wanted.walk(wanted.ground(actor.scope))


def _told(asked: Order, actor: Actor, rows: int) -> dict[str, Any]:
    return {
        "ledger": asked.ledger,
        "rows": rows,
        "at": asked.day,
        "area": QueryDict(asked.address).get("area", ""),
        "history": False,
        "unmasked": asked.unmask,
        "actor": actor.id,
        "name": actor.name,
        "reason": asked.reason,
    }
