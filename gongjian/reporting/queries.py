"""What was locked, and how the present differs from it."""

from django.db.models import QuerySet

from gongjian.core.errors import Refused
from gongjian.indicators.differing import Difference, differences
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.rules import Period


def locks_of(period: Period, area_id: int) -> QuerySet[LockedMonth]:
    """All locks of the month, the latest first."""
    return LockedMonth.objects.filter(period=str(period), area_id=area_id).order_by("-version")


def locked_month(period: Period, area_id: int) -> LockedMonth:
    """The latest lock of the month; Refused where there is none."""
    found = locks_of(period, area_id).first()
    if found is None:
        raise Refused(f"{period} 还没有锁定，没有可以对照的数，请先锁定。")
    return found


def difference_sheet(month: LockedMonth) -> list[Difference]:
    """Every figure of the month that is now another, with the rows that came and went."""
    printed = month.figures.values_list("code", "numerator", "denominator")
    then = {
        code: [number for number in numbers if number is not None] for code, *numbers in printed
    }
    return differences(then, day=month.at, since=month.known_at, node=month.area_id)
