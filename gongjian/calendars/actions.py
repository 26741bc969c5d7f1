"""Entering, correcting and taking back what the calendar says.

Whether somebody may, the link of the trail and the deadlines that move are for ``workflow``: the
calendars stand below the trail and know neither. Call these inside its transaction only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.rules import FRIDAY, NAME_LENGTH, Special, faults, weekday
from gongjian.core.days import today
from gongjian.core.errors import Refused

FIRST_YEAR = 2000
"""The earliest year that can be entered; the law of today is of 1999."""


class CalendarRefused(Refused):
    """What cannot be kept; ``field`` is what of it is at fault (of a correction the ``kind``)."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArrangement:
    """A year's arrangement as its notice has it; ``source`` is the notice by title and number."""

    year: int
    source: str
    days: Sequence[Special]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a day of a published year really is; ``works`` None: what its day of the week says."""

    day: date
    works: bool | None
    source: str
    name: str = ""


def enter(new: NewArrangement) -> None:
    """Keep the arrangement of a year; Refused with every sentence that stands against it."""
    _require_source(new.source)
    if not FIRST_YEAR <= new.year <= today().year + 1:
        raise CalendarRefused(
            f"{new.year} 年的放假安排还没有公布，或太早，请填 {FIRST_YEAR} 至 {today().year + 1} 年。",
            "year",
        )
    if Arrangement.objects.filter(year=new.year).exists():
        raise CalendarRefused(
            f"{new.year} 年的放假安排已经录入，请逐日更正，或先撤销再重新录入。", "year"
        )
    if not new.days:
        raise CalendarRefused("一个放假或上班的日子也没有，请把通知里的日子逐行填上。", "days")
    found = faults(new.year, new.days) + _taken(new)
    if found:
        raise CalendarRefused(" ".join(found), "days")
    Arrangement.objects.create(year=new.year, source=new.source.strip())
    SpecialDay.objects.bulk_create(
        SpecialDay(day=day, works=works, name=name, year=new.year) for day, works, name in new.days
    )


def correct(fix: Correction) -> None:
    """Set one day of a published year right; Refused where nothing would change."""
    _require_source(fix.source)
    kept = SpecialDay.objects.filter(day=fix.day).first()
    if kept is None and not Arrangement.objects.filter(year=fix.day.year).exists():
        raise CalendarRefused(f"{fix.day.year} 年的放假安排还没有录入，请先录入整年的安排。", "day")
    if fix.works is None:
        if kept is None:
            raise CalendarRefused(f"{fix.day} 本来就照{weekday(fix.day)}算，不用更正。", "kind")
        kept.delete()
        return
    name = fix.name.strip()
    if not name or len(name) > NAME_LENGTH:
        raise CalendarRefused(f"请写明是什么节日或为什么调休，不超过 {NAME_LENGTH} 个字。", "name")
    if fix.works and fix.day.weekday() <= FRIDAY:
        raise CalendarRefused(
            f"{fix.day} 是{weekday(fix.day)}，本来就上班，请选“照星期几算”。", "kind"
        )
    if kept is not None and (kept.works, kept.name) == (fix.works, name):
        said = f"{'上班' if fix.works else '放假'}（{name}）"
        raise CalendarRefused(f"{fix.day} 已经是{said}，不用更正。", "kind")
    year = fix.day.year if kept is None else kept.year
    SpecialDay(day=fix.day, works=fix.works, name=name, year=year, source=fix.source.strip()).save()


def withdraw(year: int) -> Arrangement:
    """Take back the arrangement of a year that has not begun, with all its days; what it was."""
    found = Arrangement.objects.filter(year=year).first()
    if found is None:
        raise Refused(f"{year} 年的放假安排没有录入，不用撤销。")
    days = SpecialDay.objects.filter(year=year)
    first = min([date(year, 1, 1), *days.values_list("day", flat=True)])
    if first <= today():
        raise Refused(f"{year} 年的安排从 {first} 起已经执行，不能整年撤销，请逐日更正。")
    days.delete()
    Arrangement.objects.filter(year=year).delete()
    return found


def _require_source(source: str) -> None:
    if not source.strip():
        raise CalendarRefused("请写明依据：通知的标题和文号。", "source")


def _taken(new: NewArrangement) -> list[str]:
    """Days of the December before that its own arrangement moves already."""
    wanted = {day for day, _, _ in new.days}
    kept = SpecialDay.objects.filter(day__in=wanted).order_by("day")
    return [
        f"{one.day} 在 {one.year} 年的安排里已是{'上班' if one.works else '放假'}（{one.name}），"
        "请去掉这一行，或另作更正。"
        for one in kept
    ]
