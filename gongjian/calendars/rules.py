"""When a span of days is over.

The day of the event is not counted (民法典 art. 201). Working days are Monday to Friday but for the
days that a published arrangement moves; of a year without one, Monday to Friday is all that can be
said, and the answer says so. An end on a rest day moves to the next working day where the rule at
hand wants it to (民法典 art. 203).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from gongjian.core.days import parse_day
from gongjian.core.errors import WrongUse

_SPAN: Final = re.compile(r"([0-9]{1,5})(d|wd)", re.ASCII)
_DAY: Final = timedelta(days=1)
FRIDAY: Final = 4
_DECEMBER: Final = 12
_LINE: Final = re.compile(
    r"([0-9-]+)(?:\s*(?:至|到|~|～|—)\s*([0-9-]+))?[\s,，、]+(放假|上班)[\s,，、]+(\S.*)"
)
_LONGEST: Final = 31
"""Days of one line; no holiday is longer, so a longer one is a slip of the pen."""

NAME_LENGTH: Final = 40


class Span(NamedTuple):
    """So many days; ``working`` counts working days only."""

    days: int
    working: bool

    @classmethod
    def read(cls, text: str) -> "Span":
        """``15d`` or ``10wd``; WrongUse for anything else."""
        found = _SPAN.fullmatch(text)
        if found is None:
            raise WrongUse(f"期限“{text}”看不懂，请写成 15d（自然日）或 10wd（工作日）。")
        return cls(int(found[1]), found[2] == "wd")


class Due(NamedTuple):
    """The last day of a span; ``published`` where every day that matters is of a published year."""

    day: date
    published: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """``special`` says of each day that departs from its day of the week whether it is worked."""

    special: Mapping[date, bool]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Is it a working day?"""
        return self.special.get(day, day.weekday() <= FRIDAY)

    def due(self, event: date, span: Span, *, roll: bool = False) -> Due:
        """The last day of ``span`` after ``event``; WrongUse beyond the end of the calendar."""
        try:
            day = self._after(event, span)
            while roll and not self.works(day):
                day += _DAY
            # Of calendar days only the last is asked about.
            first = (event + _DAY).year if span.working else day.year
        except OverflowError:
            raise WrongUse(f"从 {event} 起算的期限超出了能表示的日期，请核对。") from None
        return Due(day, all(year in self.years for year in range(first, day.year + 1)))

    def _after(self, event: date, span: Span) -> date:
        if not span.working:
            return event + timedelta(days=span.days)
        day, left = event, span.days
        while left:
            day += _DAY
            left -= self.works(day)
        return day

    def rested(self, event: date, span: Span, *, roll: bool = False) -> list[date]:
        """The rest days that ``due`` passes over and does not count, the earliest first.

        Of calendar days all are counted; only those after the last one are passed over.
        """
        last = self.due(event, span, roll=roll).day
        first = event + (_DAY if span.working and span.days else timedelta(days=span.days))
        days = (first + timedelta(days=n) for n in range((last - first).days))
        return [day for day in days if not self.works(day)]


class Special(NamedTuple):
    """A day of an arrangement: a holiday, or a day of the weekend that is worked."""

    day: date
    works: bool
    name: str


def read_days(text: str) -> tuple[list[Special], list[str]]:
    """The days of a list, one line each, and a sentence for each line that cannot be read.

    ``2027-02-05 放假 春节``; ``2027-02-05 至 2027-02-11 放假 春节`` for several in a row.
    """
    days, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                days += _read_line(line.strip())
            except WrongUse as wrong:
                problems.append(f"第 {number} 行：{wrong.sentence}")
    return days, problems


def _read_line(line: str) -> list[Special]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise WrongUse(f"“{line}”看不懂，请写成“2027-02-05 放假 春节”这样的一行。")
    first, last = parse_day(found[1]), parse_day(found[2] or found[1])
    name = found[4].strip()
    if last < first or (last - first).days >= _LONGEST:
        raise WrongUse(f"“{first} 至 {last}”先后颠倒或超过 {_LONGEST} 天，请核对日期。")
    if not name.isprintable():
        raise WrongUse(f"“{found[1]}”这一行的缘由里有看不见的字符，请删去重写。")
    if len(name) > NAME_LENGTH:
        raise WrongUse(f"“{name}”太长，请写成不超过 {NAME_LENGTH} 个字。")
    length = (last - first).days + 1
    return [Special(first + n * _DAY, found[3] == "上班", name) for n in range(length)]


def faults(year: int, days: Iterable[Special]) -> list[str]:
    """What cannot be so in the arrangement of a year, a sentence each.

    A holiday on a Saturday or Sunday is welcome: the notices name them, too.
    """
    found, seen = [], set[date]()
    for day, works, _ in days:
        if not belongs(day, year):
            found.append(
                f"{day} 不属于 {year} 年的安排，只能填 {year} 年的日子，或上一年 12 月为元旦调休的日子。"
            )
        if day in seen:
            found.append(f"{day} 写了两次，请留一行。")
        seen.add(day)
        if works and day.weekday() <= FRIDAY:
            found.append(f"{day} 是{weekday(day)}，本来就上班，请核对日期，或去掉这一行。")
    return found


def belongs(day: date, year: int) -> bool:
    """Can the arrangement of ``year`` move this day? Those of the December before, for 元旦."""
    return day.year == year or (day.year == year - 1 and day.month == _DECEMBER)


def holidays_by_law(year: int) -> int:
    """The holidays of all citizens in a year (全国年节及纪念日放假办法, revised 2007 and 2024)."""
    return next(days for since, days in ((2025, 13), (2008, 11), (0, 10)) if year >= since)


def remark(year: int, days: Iterable[Special]) -> str:
    """A sentence where the arrangement frees more or fewer days than the law; else empty.

    What is swapped comes out even, and a holiday on a weekend gives a day of the week off: so
    days of the week that are free less weekend days that are worked are the holidays of the law.
    """
    weekdays, weekends = set[date](), set[date]()
    for day, works, _ in days:
        if day.weekday() <= FRIDAY and not works:
            weekdays.add(day)
        elif day.weekday() > FRIDAY and works:
            weekends.add(day)
    given, due = len(weekdays) - len(weekends), holidays_by_law(year)
    told = (
        f"按这些日子，{year} 年工作日少 {len(weekdays)} 天、调休多上班 {len(weekends)} 天，"
        f"相当于放假 {given} 天，"
    )
    law = f"《全国年节及纪念日放假办法》规定的 {due} 天"
    if given < due:
        return f"{told}少于{law}，请核对是否漏了放假的日子。"
    if given > due:
        return f"{told}多于{law}，请核对是否漏了调休上班的日子；通知另有规定的不用改。"
    return ""


def weekday(day: date) -> str:
    """星期一 to 星期日."""
    return "星期" + "一二三四五六日"[day.weekday()]
