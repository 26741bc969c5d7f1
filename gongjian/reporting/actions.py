"""Opening a month, handing it in, locking it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Min

from gongjian.areas.queries import tree_on
from gongjian.core.access import EVERYTHING, OPERATOR, Actor, Permission
from gongjian.core.days import now, today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.history import trail
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.query import figures
from gongjian.reporting.models import LockedFigure, LockedMonth
from gongjian.reporting.queries import all_units, lock_over, locks_of
from gongjian.reporting.rules import EXPLAINED, MONTHLY_REPORT, Period
from gongjian.unions.models import UnionVersion
from gongjian.workflow.actions import NewCase, open_cases, sweep, take
from gongjian.workflow.models import Case, Passage
from gongjian.workflow.queries import case_for

_NONE: Final[Mapping[str, Any]] = {}


def open_month(period: Period, *, area_id: int, by: Actor) -> list[Case]:
    """Open the report of the month for every unit below an area; those there are left alone.

    By the rules of the month's first day. Raises NotInScope, NotPermitted, NotNow before that
    day, and Refused for an area without units, a month before the first union of the record, or
    one that is locked.
    """
    if period.first_day > today():
        raise NotNow(f"{period} 还没有到，从 {period.first_day} 起才能开始这个月的月报。")
    tree = tree_on(period.cut_off)
    units = all_units(tree, area_id)
    if not by.scope.covers([("areas", area_id)]):
        raise NotInScope("没有这个区划，或者它不在您的管理范围内。")
    if not units:
        raise Refused(f"这个区划在 {period.cut_off} 没有要报月报的下级，请核对区划台账。")
    _require_after_first_union(period)
    if lock_over(period, area_id) is not None:
        raise Refused(f"{period} 已经锁定，不能再开始月报。")
    locks = LockedMonth.objects.filter(period=str(period))
    locked = set(locks.values_list("area_id", flat=True))
    title = f"{period.year} 年 {period.month} 月月报"
    new = [
        NewCase(subject=str(period), title=f"{tree.name(unit)} {title}", place_id=unit)
        for unit in units
        if locked.isdisjoint((unit, *tree.ancestors(unit)))
    ]
    return open_cases(MONTHLY_REPORT, new, by=by, on=period.first_day)


def _require_after_first_union(period: Period) -> None:
    """Before the first union there is nothing to report on; without any, only from this month."""
    first = first_union()
    begins = Period.of(first or today())
    if period < begins:
        said = f"台账里最早一家工会从 {first} 起" if first else "台账里还没有工会"
        raise Refused(f"{period} 太早：{said}，月报从 {begins} 开始，请核对月份。")


def first_union() -> date | None:
    """The earliest day on which any union is believed to have been there."""
    believed = UnionVersion.objects.filter(removed_in=None)
    found: date | None = believed.aggregate(first=Min("valid_from"))["first"]
    return found


def open_this_month() -> int:
    """Open the report of this month in every tree of areas; how many were new. For the worker."""
    period, opened = Period.of(today()), 0
    tree = tree_on(period.cut_off)
    for root in tree.roots():
        if all_units(tree, root) and not locks_of(period, root).exists():
            opened += len(open_month(period, area_id=root, by=OPERATOR))
    return opened


def submit(
    case_id: int,
    *,
    by: Actor,
    remark: str = "",
    explanations: Mapping[str, str] = _NONE,
    stands_in: bool = False,
    seen: int | None = None,
) -> Passage:
    """Hand in the month of a unit; ``stands_in``: as the level above, in its place.

    ``explanations`` says by the code of a figure why it swung. Raises as ``workflow.actions.take``.
    """
    case = case_for(case_id, by.scope)
    step = "submit-for" if stands_in else "submit" if case.state == "due" else "resubmit"
    said = {code: text for code, text in explanations.items() if code in EXPLAINED and text}
    body = {"explanations": said} if said else _NONE
    return take(case_id, step, by=by, remark=remark, body=body, seen=seen)


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
        _close_reports(period, area_id, by)
    return month


def _close_reports(period: Period, area_id: int, by: Actor) -> None:
    """The reports of the units below are over, too: accepted ones locked, all others left out."""
    places = tree_on(period.cut_off).below(area_id)
    # Whoever may lock the area may lock what was below it then, wherever that stands today.
    locker = replace(by, scope=EVERYTHING)
    for step in ("lock", "leave-out"):
        sweep(MONTHLY_REPORT, step, subject=str(period), places=places, by=locker)


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
