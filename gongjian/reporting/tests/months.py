"""A city whose units hand in their months, and the people who do."""

from datetime import date

from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Actor, Permission, Scope
from gongjian.core.builders import make_identity
from gongjian.core.days import today
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.ledgers.tests.city import city, told
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


JOINED = 6
"""Workers who join in June in ``swung``; nobody did in May."""
WHY = "六月集中办理劳务派遣工入会，名册已附"


def swung() -> None:
    """The small city with a month opened in which many join a union, and its figures kept."""
    opened()
    told("unions", {"工会名称": "老店工会", "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2001, 5, 25)})  # fmt: skip
    told("members", *(
        {"证件号码": make_identity("510703", date(1985, 3, 2), 300 + n), "姓名": f"职工{n}",
         "入会日期": date(2011, 6, 1), "所属工会": "老店工会"}
        for n in range(JOINED)
    ))  # fmt: skip
    ensure(with_eves([JUNE.cut_off, JUNE.previous.cut_off, JUNE.previous.previous.cut_off]))


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
