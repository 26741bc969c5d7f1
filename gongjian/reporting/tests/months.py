"""A city whose units hand in their months, and the people who do."""

from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.ledgers.tests.city import city
from gongjian.reporting.actions import open_month
from gongjian.reporting.queries import report_of
from gongjian.reporting.rules import Period
from gongjian.workflow.models import Case

JUNE = Period(2011, 6)
CITY, COUNTY, TOWN, OTHER = "5107", "510703", "510703001", "510703002"
P = Permission


def somebody(number: int, code: str, *may: Permission) -> Actor:
    """A person with a post at an area."""
    inside = {"areas": tree_on(today()).below(area(code))}
    return Actor(id=number, name=f"{code}的人{number}", scope=Scope(inside=inside),
                 permissions=frozenset(may))  # fmt: skip


def clerk(code: str = TOWN, number: int = 1) -> Actor:
    return somebody(number, code, P.SUBMIT_REPORT)


def organiser() -> Actor:
    """Of the county: looks at the townships, hands in the county's month."""
    return somebody(2, COUNTY, P.SUBMIT_REPORT, P.REVIEW_REPORT)


def city_organiser() -> Actor:
    return somebody(3, CITY, P.REVIEW_REPORT, P.LOCK_MONTH)


def opened(period: Period = JUNE) -> None:
    """The small city with a month opened."""
    city()
    open_month(period, area_id=area(CITY), by=OPERATOR)


def report(code: str = TOWN, period: Period = JUNE) -> Case:
    """The report of a unit, as it stands now."""
    found = report_of(period, area(code))
    assert found is not None
    return found


def state(code: str = TOWN, period: Period = JUNE) -> str:
    return report(code, period).state
