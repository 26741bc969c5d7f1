"""Months and their cut-off days."""

import re
from datetime import date
from typing import Final, NamedTuple

from gongjian.core.days import CUT_OFF
from gongjian.core.errors import WrongUse

_PERIOD: Final = re.compile(r"(19[5-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


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

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"
