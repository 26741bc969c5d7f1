"""The rows of a list as a workbook that imports read again, written in the background."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.http import QueryDict

from gongjian.accounts.models import User
from gongjian.accounts.queries import posts_of
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.files.actions import tidy
from gongjian.history import trail
from gongjian.history.keys import field_keys
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.export import Extract
from gongjian.web import exporting
from gongjian.web.lists.forms import ledger_of, read
from gongjian.web.lists.walk import Walk
from gongjian.web.moment import AsOf
from gongjian.web.profiles.filling import form_of
from gongjian.web.profiles.keeping import profile_of
from gongjian.web.profiles.models import ExportProfile

KIND: Final = "ledger-export"
_LABEL: Final = "web.export.address"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be exported: a list by its address, or the ``chosen`` rows of it.

    With ``unmask`` identity numbers and telephones are written in full, for a ``reason``. With
    ``profile`` the rows are written into that form of others.
    """

    ledger: str
    address: str
    day: str
    chosen: Sequence[int] = ()
    unmask: bool = False
    reason: str = ""
    profile: int | None = None


def order(asked: Order, actor: Actor) -> Job:
    """Hand the writing in as a job of ``actor``; raises Refused where the list cannot be read.

    Else as ``exporting.hand_in``.
    """
    ledger = ledger_of(asked.ledger)
    _walk(asked, ledger, actor)
    title = f"导出{ledger.title}" + ("（含完整号码）" if asked.unmask else "")
    if asked.profile is not None:
        title += f"（按模板“{_profile(asked, ledger, actor).name}”）"
    # What a list is filtered by may be a name or a number of somebody: the row of a job, kept for
    # months, holds it sealed.
    sealed = field_keys().seal(asked.address, _LABEL).hex()
    payload = asdict(asked) | {"address": sealed}
    return exporting.hand_in(KIND, title, payload, by=actor, meant=_asked)


def _asked(payload: dict[str, Any]) -> Order:
    opened = field_keys().open(bytes.fromhex(payload["address"]), _LABEL)
    return Order(**payload | {"address": opened, "chosen": tuple(payload["chosen"])})


def write(job: Job) -> dict[str, Any]:
    """Write the workbook of an order within what its owner may export now; note it on the trail."""
    asked = _asked(job.payload)
    actor = exporting.writer(job, permission_for(unmask=asked.unmask), "台账")
    ledger = ledger_of(asked.ledger)
    walk = _walk(asked, ledger, actor)
    entries = walk.covers(asked.chosen) if asked.chosen else frozenset(walk.entries())
    profile = None if asked.profile is None else _profile(asked, ledger, actor)
    with tempfile.TemporaryDirectory() as folder:
        name = ledger.title if profile is None else tidy(profile.name)
        path = Path(folder) / f"{name}-{asked.day}.xlsx"
        extract = Extract(
            ledger=ledger,
            day=date.fromisoformat(asked.day),
            within={ledger.slug: entries},
            unmask=asked.unmask,
        )
        rows = extract.write(path, None if profile is None else form_of(profile, ledger))
        kept = exporting.store(path, job, "ledger-download", actor)
    trail.note("export", _told(asked, actor, rows))
    return {**kept, "rows": rows}


def permission_for(*, unmask: bool) -> Permission:
    """The right an export takes: to write numbers in full is one of its own."""
    return Permission.UNMASK if unmask else Permission.EXPORT_LEDGER


def _profile(asked: Order, ledger: Ledger, actor: Actor) -> ExportProfile:
    """The form to be filled in, if its asker may use it today; NotInScope otherwise."""
    user = User.objects.get(pk=actor.id or 0)
    return profile_of(user, posts_of(user, today()), ledger, asked.profile or 0)


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
        "template": asked.profile,
        "actor": actor.id,
        "name": actor.name,
        "reason": asked.reason,
    }
