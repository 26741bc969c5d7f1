"""By how much what is new in a month differs from what was new in the month before.

What is new in a month is a figure on its cut-off day less the same on the last one; of a figure of
the year, that of December and of January are added up over the end of the year. Both are read from
the store, never counted from rows.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from gongjian.core.days import today, year_before
from gongjian.history.state import keep_answers, latest, once
from gongjian.indicators.declare import CATALOG, Figure
from gongjian.indicators.store.keeping import shown
from gongjian.indicators.store.layout import kept_days
from gongjian.indicators.store.matrix import kept_matrix, read_for
from gongjian.reporting.queries import UNITS, day_of
from gongjian.reporting.rules import EXPLAINED, OF_THE_YEAR, REPORTED, Period

Kept = Mapping[date, Mapping[str, int]]
"""Day → code → value, of the days that the store has."""


class New(NamedTuple):
    """What is new of one figure in a month, and in the month before; None: not kept."""

    figure: Figure
    now: int | None
    before: int | None

    @property
    def percent(self) -> int | None:
        """Per cent more (+) or less (−) than the month before, cut off; None: not to be said."""
        if self.now is None or not self.before:
            return None
        moved = (self.now - self.before) * 100
        return (1 if moved > 0 else -1) * (abs(moved) // abs(self.before))

    def swings(self, limits: "Limits") -> bool:
        """Is it more than the limits allow, so that it has to be explained?

        Where nothing was new the month before, whatever is new now is more than any share of it.
        """
        if self.now is None or self.before is None:
            return False
        moved = abs(self.now - self.before)
        return moved >= limits.least and moved * 100 > limits.share * abs(self.before)


class Limits(NamedTuple):
    """From which swing on something has to be said: more than ``share`` per cent, from ``least``."""

    share: int
    least: int

    @classmethod
    def of(cls, rules: Mapping[str, Mapping[str, Any]]) -> "Limits | None":
        """As a report's own rules say; None for a report opened before there were any."""
        if "swing" not in rules or "swing-least" not in rules:
            return None
        return cls(int(rules["swing"]["value"]), int(rules["swing-least"]["value"]))

    def __str__(self) -> str:
        return f"本月新增比上月新增多或少超过 {self.share}%，而且相差 {max(self.least, 1)} 以上"


def kept(period: Period, area_id: int) -> Kept:
    """The figures of a report as kept: on its day, two cut-off days before it, and a year ago."""
    last, before = period.previous.cut_off, period.previous.previous.cut_off
    day = day_of(period)
    ends = {date(a.year, 12, 31) for a, b in ((before, last), (last, day)) if a.year < b.year}
    days = {before, last, day, *ends, year_before(period.cut_off)}
    return _kept((read_for(REPORTED, days), latest()), area_id, tuple(sorted(days)))


def news(period: Period, found: Kept) -> dict[str, New]:
    """What is new in the month, by the code of the figure."""
    day, last = day_of(period), period.previous.cut_off
    before = period.previous.previous.cut_off
    return {
        figure.code: New(
            figure,
            _between(found, figure.code, last, day),
            _between(found, figure.code, before, last),
        )
        for figure in CATALOG.asked(REPORTED)
    }


def on_the_way(period: Period, area_id: int) -> bool:
    """Does the store lack a day of the comparison that the worker is about to bring?

    A change of many rows makes them go for a while.
    """
    before = period.previous.previous.cut_off
    wanted = {before, period.previous.cut_off, day_of(period)} & set(shown(today()))
    return bool(once(kept_days)) and not wanted <= kept(period, area_id).keys()


def swinging(period: Period, area_id: int, limits: Limits) -> list[New]:
    """The figures of a unit that have to be explained, in the order of the report."""
    found = news(period, kept(period, area_id))
    return [found[code] for code in EXPLAINED if found[code].swings(limits)]


def _between(found: Kept, code: str, last: date, day: date) -> int | None:
    then, now = found.get(last), found.get(day)
    if then is None or now is None:
        return None
    if code not in OF_THE_YEAR or last.year == day.year:
        return now[code] - then[code]
    year = found.get(date(last.year, 12, 31))
    return None if year is None else now[code] + year[code] - then[code]


@keep_answers(UNITS)
def _kept(area_id: int, days: tuple[date, ...]) -> Kept:
    said = kept_matrix(REPORTED, days=days, nodes=[area_id])
    codes = [figure.code for figure in said.figures]
    return {
        day: dict(zip(codes, (one["value"] for one in at[area_id]), strict=True))
        for day, at in said.values.items()
    }
