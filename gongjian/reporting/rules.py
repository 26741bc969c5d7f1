"""Months and their cut-off days."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from gongjian.core.days import CUT_OFF
from gongjian.core.errors import WrongUse

_PERIOD: Final = re.compile(r"(19[5-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


MONTHLY_REPORT: Final = "monthly-report"
"""The flow of a unit's month."""

CHANGES: Final = (
    "unions.base.net",
    "coverage.units.net",
    "members.total.net",
    "agreements.signed",
)
"""Figures whose rows are what changed in a month; without any of them its report is a 零报告."""

REPORTED: Final = (
    "unions.base",
    "unions.base.net",
    "coverage.units",
    "coverage.units.net",
    "members.total",
    "members.total.net",
    "agreements.signed",
    "agreements.employers",
    "agreements.workers",
)
"""Figures of a month, in the order of the bulletin."""

OF_THE_YEAR: Final = frozenset(CHANGES)
"""Figures that begin anew with the year: those of December and of January do not compare."""

EXPLAINED: Final = (
    "unions.base",
    "coverage.units",
    "members.total",
    "agreements.signed",
    "agreements.employers",
    "agreements.workers",
)
"""Figures whose swing has to be explained: those of a year tell the same as what they are net of."""

LEAST_WORDS: Final = 10
"""Letters that an explanation has at least; fewer say nothing that one could check."""

NO_UNITS: Final = frozenset({"村", "社区", "楼宇", "其他"})
"""Kinds of area that hand in no report of their own."""


class Period(NamedTuple):
    """A month that is reported on."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> "Period":
        """``2011-06``; WrongUse for anything else."""
        found = _PERIOD.fullmatch(text)
        if found is None:
            raise WrongUse(f"月份“{text}”看不懂，请写成 2011-06 这样的年-月。")
        return cls(int(found[1]), int(found[2]))

    @property
    def cut_off(self) -> date:
        """The day its figures are of."""
        return date(self.year, self.month, CUT_OFF)

    @property
    def first_day(self) -> date:
        """The day on which its report is opened."""
        return date(self.year, self.month, 1)

    @property
    def previous(self) -> "Period":
        """The month before."""
        last = self.first_day - timedelta(days=1)
        return Period(last.year, last.month)

    @property
    def year_start(self) -> str:
        """The day after the last cut-off as the start of a year: MM-DD.

        With it, figures of a year are those of this month alone.
        """
        return f"{self.previous.cut_off + timedelta(days=1):%m-%d}"

    @classmethod
    def of(cls, day: date) -> "Period":
        """The month that a day is in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"
