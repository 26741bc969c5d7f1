"""Taking back what is too much to be waited for."""

from typing import Any

from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.queries import actor_of
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted
from gongjian.history.models import Change
from gongjian.history.undo import undone_by
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.jobs.running import written
from gongjian.unions.queries import branch_of
from gongjian.web.changes.undoing import UNDO, take_back

_NOBODY = "您已没有可以撤销变更的岗位，请由有此权限的人办理。"


def settle(job: Job) -> dict[str, Any] | None:
    """Was it taken back after all, by whoever asked and since then? A change says what it undoes."""
    number = job.payload["number"]
    made = undone_by([number]).get(number, 0)
    mine = Change.objects.filter(pk=made, actor_id=job.owner_id, at__gte=job.created)
    return _result(made) if mine.exists() else None


@handler(UNDO, settle=settle)
def undo(job: Job) -> dict[str, Any]:
    """Take one change back, or with it all that stood in its way when it was asked for."""
    done = settle(job)
    if done is not None:
        return done
    payload = job.payload
    made = take_back(
        payload["number"],
        actor=_actor(job),
        reason=payload["reason"],
        agreed=payload["order"] or None,
    )
    written()
    return _result(made)


def _actor(job: Job) -> Actor:
    """Whoever asked, with the posts of today: those of the day it was asked may be over."""
    user = User.objects.filter(pk=job.owner_id or 0, is_active=True).first()
    if user is None:
        raise NotPermitted(_NOBODY)
    permission = Permission.UNDO_CHANGE
    actor = actor_of(user, today(), permission=permission, expand_unions=branch_of)
    if not actor.may(permission):
        raise NotPermitted(_NOBODY)
    return actor


def _result(made: int) -> dict[str, Any]:
    return {"change": made, "address": reverse("change", args=[made])}
