"""Locking a month."""

from typing import Any

from django.db import transaction

from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.days import now, today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.history import trail
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.query import figures
from gongjian.reporting.models import LockedFigure, LockedMonth
from gongjian.reporting.queries import locks_of
from gongjian.reporting.rules import Period


def lock(period: Period, *, area_id: int, by: Actor, reason: str = "") -> LockedMonth:
    """Keep the figures of an area at the month's cut-off day as they are known now.

    A month locked before gets a further version, for which a ``reason`` is asked; the versions
    before it stay as they were. Raises NotInScope, NotPermitted, NotNow before the cut-off day is
    over, and Refused for an area that did not exist on it or a missing reason.
    """
    if not by.scope.covers([("areas", area_id)]):
        raise NotInScope("没有这个区划，或者它不在您的管理范围内。")
    if not by.may(Permission.LOCK_MONTH):
        raise NotPermitted(f"“{by.name}”的岗位不能锁定月报，请由有此权限的人办理。")
    day = period.cut_off
    if day >= today():
        raise NotNow(f"{period} 的截止日 {day} 还没有过完，过后才能锁定。")
    said = figures([], day=day, known_at=None, node=area_id)
    known: int = said["known_at"]
    if not tree_on(day, known).exists(area_id):
        raise Refused(f"这个区划在截止日 {day} 不存在，没有数可以锁定，请核对区划和月份。")
    with transaction.atomic():
        head = trail.lock_head()
        version = _next_version(period, area_id, reason)
        month = LockedMonth.objects.create(
            area_id=area_id,
            period=str(period),
            version=version,
            at=day,
            known_at=known,
            head=head.digest,
            locked_at=now(),
            actor_id=by.id,
            actor_name=by.name,
            reason=reason,
        )
        LockedFigure.objects.bulk_create([_printed(month, f) for f in said["figures"]])
        trail.append(head, "lock-month", _sealed(month, said["figures"]))
    return month


def _next_version(period: Period, area_id: int, reason: str) -> int:
    latest = locks_of(period, area_id).first()
    last = 0 if latest is None else latest.version
    if last and not reason.strip():
        raise Refused(f"{period} 已经锁定过 {last} 次，再次锁定请写明理由。")
    return last + 1


def _printed(month: LockedMonth, said: dict[str, Any]) -> LockedFigure:
    (figure,) = CATALOG.asked([said["code"]])
    return LockedFigure(
        month=month,
        code=figure.code,
        definition=figure.version,
        numerator=said.get("numerator", said["value"]),
        denominator=said.get("denominator"),
    )


def _sealed(month: LockedMonth, said: list[dict[str, Any]]) -> dict[str, Any]:
    """What the trail keeps of it: whoever alters a printed figure contradicts the chain."""
    return {
        "period": month.period,
        "area": month.area_id,
        "version": month.version,
        "at": month.at.isoformat(),
        "known_at": month.known_at,
        "actor_id": month.actor_id,
        "actor": month.actor_name,
        "reason": month.reason,
        "figures": {
            figure["code"]: [figure["numerator"], figure["denominator"]]
            if "numerator" in figure
            else figure["value"]
            for figure in said
        },
    }
