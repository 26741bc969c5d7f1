"""Days and moments: every day in the product is a day in Asia/Shanghai."""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from gongjian.core.errors import WrongUse

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
CUT_OFF: Final = 25
"""Day of the month as of which a city adds up (绵阳市总工会 2011 年实名制月报: the 25th)."""

_DAY: Final = re.compile(r"[1-9]\d{3}-\d{2}-\d{2}", re.ASCII)
_MONTH_DAY: Final = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_A_LEAP_YEAR: Final = 2000


def now() -> datetime:
    """The present moment, aware, in Asia/Shanghai."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """The present day in Asia/Shanghai, whatever the machine's zone."""
    return now().date()


def midnight(day: date) -> datetime:
    """The beginning of the day, aware, in Asia/Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def cut_offs(until: date, number: int) -> list[date]:
    """The last ``number`` cut-off days not later than ``until``, oldest first."""
    month = until.year * 12 + until.month - (1 if until.day >= CUT_OFF else 2)
    months = range(month - number + 1, month + 1)
    return [date(at // 12, at % 12 + 1, CUT_OFF) for at in months]


def year_before(day: date) -> date:
    """The same day one year ago; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def parse_day(text: str) -> date:
    """Read a day given on the command line, `YYYY-MM-DD`; raise WrongUse otherwise."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise WrongUse(f"“{text}”不是有效日期，请写成 2011-12-28 这样的年-月-日。")


def year_start(day: date, start: str) -> date:
    """The latest `start` ("MM-DD") on or before `day`.

    02-29 falls to 02-28 in a year without one. Raise WrongUse where `start` is
    not a day of the year.
    """
    month, number = _month_and_day(start)
    this_year = _in_year(day.year, month, number)
    return this_year if this_year <= day else _in_year(day.year - 1, month, number)


def _month_and_day(start: str) -> tuple[int, int]:
    found = _MONTH_DAY.fullmatch(start)
    if found:
        month, number = int(found[1]), int(found[2])
        try:
            date(_A_LEAP_YEAR, month, number)
        except ValueError:
            pass
        else:
            return month, number
    raise WrongUse(f"年度起始日“{start}”无效，请写成 01-01 这样的月-日。")


def _in_year(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, number - 1)
