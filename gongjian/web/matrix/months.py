"""The months that one can move through, and which of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjian.core.days import CUT_OFF, cut_offs

MONTHS: Final = 12
"""Cut-off days that one moves through; the one before them is only what the first is held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """``days`` are those one moves through, ``at`` is shown; ``before`` stands before the first."""

    before: date
    days: tuple[date, ...]
    at: date

    @classmethod
    def of(cls, at: date, until: date | None) -> "Months":
        """The months that end at ``until``; at ``at`` where this is none of these days."""
        found = cls._ending(at, until or at)
        return found if at in found.days else cls._ending(at, at)

    @classmethod
    def _ending(cls, at: date, until: date) -> "Months":
        before, *days = cut_offs(until, MONTHS + 1)
        if days[-1] != until:
            days.append(until)  # a day between two cut-offs, such as today
        return cls(before=before, days=tuple(days), at=at)

    @property
    def until(self) -> date:
        """The last of the days."""
        return self.days[-1]

    @property
    def all_days(self) -> tuple[date, ...]:
        """With the one before them."""
        return self.before, *self.days

    @property
    def place(self) -> int:
        """Which of the days is shown, from 0."""
        return self.days.index(self.at)

    def day_before(self, day: date) -> date:
        """The day that what is told of ``day`` is held against."""
        return self.all_days[self.days.index(day)]

    @property
    def earlier(self) -> date:
        """One step back, also out of the twelve."""
        return self.day_before(self.at)

    @property
    def later(self) -> date | None:
        """One step on; None at the end."""
        return self.days[self.place + 1] if self.at != self.until else None


def titles(days: Sequence[date]) -> list[str]:
    """What each day is called: a cut-off by its month."""
    return [title(day) for day in days]


def title(day: date) -> str:
    """2011 年 3 月; a day that is no cut-off by its date."""
    return f"{day.year} 年 {day.month} 月" if day.day == CUT_OFF else day.isoformat()


def mark(day: date) -> str:
    """The same below the slider: 3月, or 11-21."""
    return f"{day.month}月" if day.day == CUT_OFF else f"{day:%m-%d}"
