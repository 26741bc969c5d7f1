"""What all exports of rows have in common: who may have one written, who may fetch it, how long."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.queries import actor_of
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.files.actions import file_of, keep, open_file
from gongjian.history import trail
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import Job, State
from gongjian.unions.queries import branch_of
from gongjian.web.people import person, require

KEPT_DAYS: Final = 7
"""Days for which a written workbook can be fetched."""

MOST_OPEN: Final = 5
"""Exports of one person and kind under way at once."""


Asked = dict[str, Any]
"""What an export is to hold, as the payload of its job."""


def hand_in(
    kind: str,
    title: str,
    asked: Asked,
    *,
    by: Actor,
    noted: Asked | None = None,
    meant: Callable[[Asked], object] = dict,
) -> Job:
    """Hand an export in as a job; what waits to be written already is not written twice.

    ``noted`` goes on the trail with it. ``meant`` tells what a payload asks for, where two that
    differ may ask for the same. Raises NotNow where ``MOST_OPEN`` of the kind are under way:
    each goes through the rows from end to end.
    """
    with transaction.atomic():
        trail.lock_head()  # the second of two sends waits for the first
        same = _under_way(kind, meant(asked), by, meant)
        if same is not None:
            return same
        if noted is not None:
            trail.note("export", noted)
        return enqueue(kind, title=title, owner_id=by.id, payload=asked)


def _under_way(
    kind: str, wanted: object, by: Actor, meant: Callable[[Asked], object]
) -> Job | None:
    mine = Job.objects.filter(kind=kind, owner_id=by.id, state__in=(State.QUEUED, State.RUNNING))
    found = list(mine)
    same = next((x for x in found if meant(x.payload) == wanted and not x.cancel_wanted), None)
    if same is None and len(found) >= MOST_OPEN:
        raise NotNow(f"您已有 {len(found)} 份这样的文件在写，请等写好一些再取。")
    return same


def writer(job: Job, permission: Permission, what: str) -> Actor:
    """Whoever asked for an export, with the posts of today: those of the day it was asked are over.

    ``what`` is what is exported. Raises Refused where the person is no longer known, and
    NotPermitted where no post allows it any more.
    """
    user = None if job.owner_id is None else User.objects.filter(pk=job.owner_id).first()
    if user is None:
        raise Refused("提交这次导出的人已经不在，请重新提交。")
    actor = actor_of(user, today(), permission=permission, expand_unions=branch_of)
    if not actor.may(permission):
        raise NotPermitted(f"您的岗位已不能导出{what}，请由有此权限的人办理。")
    return actor


def store(path: Path, job: Job, address: str, actor: Actor) -> dict[str, Any]:
    """Keep what was written for ``actor``; where it can be fetched, as far as they saw.

    ``address`` names the page that gives it out, by ``give_out``.
    """
    with path.open("rb") as content:
        # Nobody's own: it is given out by the download alone, which looks at the scope anew.
        stored = keep(content, path.name, owner_id=None, days=KEPT_DAYS)
    return {
        "address": reverse(address, args=[job.pk]),
        "file": stored.pk,
        "reach": fingerprint(actor.scope),
    }


def written(request: HttpRequest, kind: str, number: int) -> Job:
    """An export of whoever asks that was written; NotInScope for any other."""
    mine = Job.objects.filter(pk=number, kind=kind, owner_id=person(request).id)
    done = mine.filter(state=State.DONE).first()
    if done is None or not done.result or "reach" not in done.result:
        raise NotInScope("没有这份导出。")
    return done


def give_out(request: HttpRequest, done: Job, permission: Permission, what: str) -> FileResponse:
    """The workbook, as long as its owner still may export and sees as far; noted on the trail."""
    actor = require(request, permission, f"下载导出的{what}")
    result: dict[str, Any] = done.result or {}
    if result["reach"] != fingerprint(actor.scope):
        raise NotInScope("管理范围已变，请重新导出。")
    stored = file_of(result["file"])
    content = open_file(stored.pk)
    told = {"job": done.pk, "sha256": stored.sha256, "actor": actor.id, "name": actor.name}
    trail.note("download", told)
    return FileResponse(content, as_attachment=True, filename=stored.name)


def fingerprint(scope: Scope) -> str:
    """A digest that is the same as long as a scope covers the same entries."""
    if scope.everything:
        return "everything"
    told = sorted((slug, sorted(entries)) for slug, entries in scope.inside.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()
