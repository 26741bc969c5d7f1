"""The calendar as it is kept."""

from dataclasses import dataclass
from datetime import date

from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.rules import Calendar, Special


@dataclass(frozen=True, slots=True)
class Year:
    """One year: its arrangement (None: not entered) and every special day of it.

    ``days`` lie in the year, whichever arrangement moved them; ``own`` are those its own moved.
    """

    year: int
    arrangement: Arrangement | None
    days: dict[date, SpecialDay]
    own: list[Special]


def calendar() -> Calendar:
    """Every published arrangement: two short queries."""
    special = dict(SpecialDay.objects.values_list("day", "works"))
    return Calendar(special, frozenset(Arrangement.objects.values_list("year", flat=True)))


def year_kept(year: int) -> Year:
    """A year as it is kept: two queries."""
    near = SpecialDay.objects.filter(day__gte=date(year - 1, 12, 1), day__lte=date(year, 12, 31))
    found = list(near.order_by("day"))
    return Year(
        year=year,
        arrangement=Arrangement.objects.filter(year=year).first(),
        days={one.day: one for one in found if one.day.year == year},
        own=[Special(one.day, one.works, one.name) for one in found if one.year == year],
    )


def names_of_days(first: date, last: date) -> dict[date, str]:
    """What the special days of a stretch are called."""
    found = SpecialDay.objects.filter(day__gte=first, day__lte=last)
    return dict(found.values_list("day", "name"))
