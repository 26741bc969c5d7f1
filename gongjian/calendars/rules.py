"""When a span of days is over.

The day of the event is not counted (民法典 art. 201). Working days are Monday to Friday but for the
days that a published arrangement moves; of a year without one, Monday to Friday is all that can be
said, and the answer says so. An end on a rest day moves to the next working day where the rule at
hand wants it to (民法典 art. 203).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from gongjian.core.errors import WrongUse

_SPAN: Final = re.compile(r"([0-9]{1,5})(d|wd)", re.ASCII)
_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4


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
        return self.special.get(day, day.weekday() <= _FRIDAY)

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
