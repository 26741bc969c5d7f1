"""A year of working days as the page shows it: twelve months, the special days, one deadline."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from gongjian.calendars.queries import Year, names_of_days
from gongjian.calendars.rules import FRIDAY, Calendar, Due, Span, remark, weekday
from gongjian.core.days import today
from gongjian.web.rules.wording import WEEKEND, Stretch, stretches

STRIP: Final = 31
"""Days up to which a deadline is shown day by day."""
SKIPPED: Final = 60
"""Stretches of rest days that are named."""
_DAY: Final = timedelta(days=1)
_PUBLISHED: Final = 11
"""The month in which the State Council has published the arrangement of the next year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month. kind: hol 放假, swap 调休上班, off 周末, empty for any other."""

    day: date
    kind: str
    mark: str
    name: str
    now: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday; None is a day of another month."""

    number: int
    weeks: list[list[Cell | None]]
    worked: int


def months(year: Year, calendar: Calendar) -> list[Month]:
    """The twelve months of a year."""
    found = []
    for number in range(1, 13):
        weeks = [
            [_cell(day, year) if day.month == number else None for day in week]
            for week in Weeks().monthdatescalendar(year.year, number)
        ]
        days = [cell.day for week in weeks for cell in week if cell]
        found.append(Month(number, weeks, sum(map(calendar.works, days))))
    return found


def _cell(day: date, year: Year) -> Cell:
    special, now = year.days.get(day), day == today()
    if special is None:
        return Cell(day, "off" if day.weekday() > FRIDAY else "", "", "", now)
    if special.works:
        return Cell(day, "swap", "班", special.name, now)
    return Cell(day, "hol", "休", special.name, now)


@dataclass(frozen=True, slots=True)
class Special:
    """Special days one after the other, with where that is written."""

    days: Stretch
    kind: str
    word: str
    name: str
    source: str


def special_days(year: Year) -> list[Special]:
    """The special days of a year, put together where they follow."""
    own = year.arrangement.source if year.arrangement else ""
    said = {}
    for day, one in year.days.items():
        if one.source:
            source = f"更正：{one.source}"
        elif one.year == year.year:
            source = own
        else:
            source = f"{one.year} 年的安排"
        said[day] = (one.works, one.name, source)
    keys = {repr(value): value for value in said.values()}
    found = []
    for stretch in stretches((day, repr(value)) for day, value in said.items()):
        works, name, source = keys[stretch.what]
        kind, word = ("swap", "上班") if works else ("hol", "放假")
        found.append(Special(stretch, kind, word, name, source))
    return found


def warning(year: Year) -> str:
    """Where the arrangement of this year or a later one does not fit the law: a sentence."""
    if year.arrangement is None or year.year < today().year:
        return ""
    return remark(year.year, year.own)


def wanted(calendar: Calendar) -> int | None:
    """The year whose arrangement should be there by now: from November on that of the next."""
    day = today()
    year = day.year + (day.month >= _PUBLISHED)
    return None if year in calendar.years else year


# ------------------------------------------------------------------ one deadline


def deadline(calendar: Calendar, event: date, span: Span, *, roll: bool) -> dict[str, Any]:
    """How the last day of a span is found, as the page tells it; WrongUse beyond the calendar."""
    due = calendar.due(event, span, roll=roll)
    names = names_of_days(event, due.day)
    skipped = [(day, names.get(day, WEEKEND)) for day in calendar.rested(event, span, roll=roll)]
    groups = stretches(skipped)
    return {
        "due": due.day,
        "weekday": weekday(due.day),
        "published": due.published,
        "ways": _ways(event, span, due, roll=roll),
        "skipped": groups[:SKIPPED],
        "skipped_days": len(skipped),
        "more": max(0, len(groups) - SKIPPED),
        "strip": _strip(calendar, event, span, due, names),
    }


def _ways(event: date, span: Span, due: Due, *, roll: bool) -> list[str]:
    if not span.days:
        first = f"期限是当天：{event}（{weekday(event)}）。"
    else:
        begin = event + _DAY
        unit = "个工作日" if span.working else "天"
        first = f"事情发生的那天不计，从 {begin}（{weekday(begin)}）起数 {span.days} {unit}。"
    counted = (
        "工作日跳过周末和放假，算上调休上班的日子。"
        if span.working
        else "自然日逐日计算，中间的休息日也算。"
    )
    found = [first, counted]
    plain = event + timedelta(days=span.days)
    if not span.working and roll and due.day != plain:
        found.append(f"数到 {plain} 是休息日，顺延到它以后的第一个工作日。")
    elif not span.working and not roll:
        found.append("没有选“遇休息日顺延”，末日是休息日的不顺延。")
    return found


def _strip(
    calendar: Calendar, event: date, span: Span, due: Due, names: dict[date, str]
) -> list[dict[str, Any]]:
    if (due.day - event).days > STRIP:
        return []
    found, number = [], 0
    for at in range((due.day - event).days + 1):
        day = event + timedelta(days=at)
        counts = at > 0 and number < span.days and (calendar.works(day) or not span.working)
        number += counts
        said = f"第 {number} 天" if counts else names.get(day, "") or _rest(calendar, day)
        kind = "due" if day == due.day else _kind(calendar, day, names)
        found.append({"day": day, "kind": kind, "said": "事情发生" if at == 0 else said})
    return found


def _rest(calendar: Calendar, day: date) -> str:
    return "上班" if calendar.works(day) else WEEKEND


def _kind(calendar: Calendar, day: date, names: dict[date, str]) -> str:
    if day not in names:
        return "off" if day.weekday() > FRIDAY else ""
    return "swap" if calendar.works(day) else "hol"
