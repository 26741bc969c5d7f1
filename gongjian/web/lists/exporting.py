"""The rows of a list as a workbook that imports read again, written in the background."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.queries import actor_of
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted, Refused
from gongjian.files.actions import keep
from gongjian.history import trail
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.export import write_export
from gongjian.unions.queries import branch_of
from gongjian.web.lists.forms import ledger_of, read
from gongjian.web.lists.reach import fingerprint
from gongjian.web.lists.walk import Walk
from gongjian.web.moment import AsOf

KIND: Final = "ledger-export"
KEPT_DAYS: Final = 7
"""Days for which a written workbook can be fetched."""


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
    actor = _owner(job, asked)
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
        with path.open("rb") as content:
            # Nobody's own: it is given out by the download alone, which looks at the scope anew.
            stored = keep(content, path.name, owner_id=None, days=KEPT_DAYS)
    trail.note("export", _told(asked, actor, rows))
    return {
        "address": reverse("ledger-download", args=[job.pk]),
        "rows": rows,
        "file": stored.pk,
        "reach": fingerprint(actor.scope),
    }


def permission_for(*, unmask: bool) -> Permission:
    """The right an export takes: to write numbers in full is one of its own."""
    return Permission.UNMASK if unmask else Permission.EXPORT_LEDGER


def _owner(job: Job, asked: Order) -> Actor:
    user = None if job.owner_id is None else User.objects.filter(pk=job.owner_id).first()
    if user is None:
        raise Refused("提交这次导出的人已经不在，请重新提交。")
    permission = permission_for(unmask=asked.unmask)
    actor = actor_of(user, today(), permission=permission, expand_unions=branch_of)
    if not actor.may(permission):
        raise NotPermitted("您的岗位已不能导出台账，请由有此权限的人办理。")
    return actor


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
