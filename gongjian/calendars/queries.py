"""The calendar as it is kept."""

from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.rules import Calendar


def calendar() -> Calendar:
    """Every published arrangement: two short queries."""
    special = dict(SpecialDay.objects.values_list("day", "works"))
    return Calendar(special, frozenset(Arrangement.objects.values_list("year", flat=True)))
