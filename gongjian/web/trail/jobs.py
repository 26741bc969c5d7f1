"""Verifying the chain where nobody waits for it."""

from typing import Any

from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.queries import actor_of
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted
from gongjian.core.progress import Progress
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.jobs.running import written
from gongjian.web.trail.queries import body_of
from gongjian.web.trail.verifying import LINK, VERIFY

_NOBODY = "您已没有可以核验留痕的岗位，请由有此权限的人办理。"


def settle(job: Job) -> dict[str, Any] | None:
    """Was the result written down after all? Its link names the job."""
    told = TrailRecord.objects.filter(kind=LINK, at__gte=job.created).order_by("number")
    found = (record for record in told if body_of(record.body).get("job") == job.pk)
    return next((_result(record) for record in found), None)


@handler(VERIFY, settle=settle)
def verify(job: Job) -> dict[str, Any]:
    """Verify as the command line does, and write down on the chain itself what came of it."""
    done = settle(job)
    if done is not None:
        return done
    actor = _actor(job)
    with Progress(None, "逐条核验"):
        verdict = trail.verify()
    last = TrailRecord.objects.filter(pk=verdict.records).values_list("digest", flat=True).first()
    body = {
        "records": verdict.records,
        "ok": verdict.ok,
        "broken": verdict.first_broken,
        "digest": last,
        "job": job.pk,
        "actor": actor.id,
        "name": actor.name,
    }
    link = trail.note(LINK, body)
    written()
    return _result(link)


def _actor(job: Job) -> Actor:
    """Whoever asked, with the posts of today: those of the day it was asked may be over."""
    user = User.objects.filter(pk=job.owner_id or 0, is_active=True).first()
    if user is None:
        raise NotPermitted(_NOBODY)
    actor = actor_of(user, today(), permission=Permission.VERIFY_TRAIL)
    if not actor.may(Permission.VERIFY_TRAIL):
        raise NotPermitted(_NOBODY)
    return actor


def _result(link: TrailRecord) -> dict[str, Any]:
    return {"link": link.number, "address": reverse("trail-verified", args=[link.number])}
