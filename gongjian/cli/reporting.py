"""Locked months on the command line."""

import sys
from typing import Any

from gongjian.cli import say
from gongjian.cli.people import actor, area_named
from gongjian.core.access import Permission
from gongjian.core.progress import Progress
from gongjian.indicators.declare import Figure, Ratio
from gongjian.indicators.differing import Difference, Row
from gongjian.reporting import late
from gongjian.reporting.actions import lock
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.queries import difference_sheet, locked_month
from gongjian.reporting.rules import Period

Answer = tuple[int, Any, str]


def lock_(options: Any) -> Answer:
    """Lock a month."""
    period = Period.read(options.period)
    by = actor(options.by, Permission.LOCK_MONTH, "锁定月报")
    with Progress(None, "计算数字"):
        month = lock(period, area_id=area_named(options.area), by=by, reason=options.reason)
    document = {**_named(month), "version": month.version}
    said = f"已锁定 {period}（截止 {month.at}，第 {month.version} 次），所知截至变更 {month.known_at}。\n"
    return 0, document, said


def warn_unsaid(change: int) -> None:
    """Say on stderr that a change without a reason reaches locked months; it is made all the same."""
    if not LockedMonth.objects.exists():
        return
    locked = late.which(late.months_reached(late.reach_of_changes([change])))
    if locked:
        said = "这次没有写理由，差异表会写“未写理由”；下次请用 --reason 写明。"
        sys.stderr.write(f"{locked}，{said}\n")


def difference(options: Any) -> Answer:
    """How the present differs from the locked month."""
    month = locked_month(Period.read(options.period), area_named(options.area))
    with Progress(None, "对照名单"):
        sheet = difference_sheet(month)
    document = {**_named(month), "figures": [_as_json(found) for found in sheet]}
    return 0, document, _said(month, sheet)


def _named(month: LockedMonth) -> dict[str, Any]:
    return {
        "period": month.period,
        "at": month.at.isoformat(),
        "locked_at_change": month.known_at,
    }


def _as_json(found: Difference) -> dict[str, Any]:
    return {
        "code": found.figure.code,
        "locked": found.then,
        "now": found.now,
        "in": found.came,
        "out": found.went,
    }


def _said(month: LockedMonth, sheet: list[Difference]) -> str:
    title = f"{month.period}（截止 {month.at}，锁定时所知截至变更 {month.known_at}）"
    if not sheet:
        return f"{title}：现在与锁定时一个不差。\n"
    return f"{title}：\n" + "".join(map(_figure_said, sheet))


def _figure_said(found: Difference) -> str:
    was, became = (_value_said(found.figure, number) for number in (found.then, found.now))
    lines = [f"{found.figure.name}：锁定时 {was}，现在 {became}\n"]
    for sign, rows in (("＋", found.came), ("－", found.went)):
        lines += [f"  {sign} {_row_said(row)}\n" for row in rows]
    return "".join(lines)


def _value_said(figure: Figure, number: float | None) -> str:
    if number is not None and isinstance(figure, Ratio):
        return f"{number:.2%}"
    return say.value({"unit": figure.unit, "value": number})


def _row_said(row: Row) -> str:
    counted = row["value"] if "value" in row else f"{row['numerator']} ÷ {row['denominator']}"
    return f"{row['key']} {row['name']}：{counted}（变更 {row['change']}）"
