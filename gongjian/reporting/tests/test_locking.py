"""A month is locked once, or again with a reason; what comes after is named row by row."""

from datetime import date

import pytest

from gongjian.areas.queries import area_by_code
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused, WrongUse
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.history.record import Author, newest
from gongjian.history.undo import undo
from gongjian.indicators.query import figures
from gongjian.ledgers.tests.city import city, told
from gongjian.reporting.actions import lock, open_month, submit
from gongjian.reporting.models import LockedFigure, LockedMonth
from gongjian.reporting.queries import difference_sheet, locked_month
from gongjian.reporting.rules import Period
from gongjian.reporting.tests.months import clerk, report, state

pytestmark = pytest.mark.django_db
JUNE = Period(2011, 6)
SHOP = {"单位名称": "新店", "所属区划": "510703002", "单位性质": "个体工商户", "职工人数": 7,
        "成立日期": date(2011, 6, 1)}  # fmt: skip


def county() -> int:
    city()
    found = area_by_code("510703")
    assert found is not None
    return found


def county_town() -> int:
    city()
    return area("510703001")


@pytest.mark.parametrize("text", ["2011-13", "2011-6", "201106", "1949-12", "２011-06", ""])
def test_a_month_that_makes_no_sense_is_named(text: str) -> None:
    with pytest.raises(WrongUse, match=f"月份“{text}”看不懂"):
        Period.read(text)


def test_what_is_printed_stays_whatever_comes_later() -> None:
    area = county()
    printed = figures([], day=date(2011, 6, 25), known_at=None, node=area)["figures"]
    month = lock(JUNE, area_id=area, by=OPERATOR)
    assert (month.version, month.known_at, str(month.at)) == (1, newest(), "2011-06-25")
    told("employers", SHOP)
    kept = {f.code: f for f in LockedFigure.objects.filter(month=month)}
    assert {c: f.value for c, f in kept.items()} == {f["code"]: f["value"] for f in printed}
    assert difference_sheet(month)[0].figure.code == "employers.total"


def test_the_sheet_names_what_came_with_its_change_and_is_empty_after_the_undo() -> None:
    area = county()
    month = lock(JUNE, area_id=area, by=OPERATOR)
    assert difference_sheet(month) == []
    told("employers", SHOP)
    brought = newest()
    found = {d.figure.code: d for d in difference_sheet(month)}
    total = found["employers.total"]
    assert (total.now or 0) - (total.then or 0) == 1
    (row,) = total.came
    assert (row["name"], row["value"], row["change"], total.went) == ("新店", 1, brought, [])
    workers = found["employers.staff"]
    assert [(r["name"], r["value"]) for r in workers.came] == [("新店", 7)]
    undo(brought, by=Author(actor_id=None, name="测试"), allow=lambda _: None)
    assert difference_sheet(month) == []


def test_again_only_with_a_reason_and_the_first_stays() -> None:
    area = county()
    first = lock(JUNE, area_id=area, by=OPERATOR)
    told("employers", SHOP)
    with pytest.raises(Refused, match="2011-06 已经锁定过 1 次，再次锁定请写明理由"):
        lock(JUNE, area_id=area, by=OPERATOR, reason="  ")
    second = lock(JUNE, area_id=area, by=OPERATOR, reason="漏报一户")
    assert locked_month(JUNE, area) == second
    assert second.version == 2
    assert [d.figure.code for d in difference_sheet(second)] == []
    first.refresh_from_db()
    assert {d.figure.code for d in difference_sheet(first)} >= {"employers.total"}


def test_the_lock_is_a_link_of_the_trail() -> None:
    area = county()
    before = TrailRecord.objects.count()
    lock(JUNE, area_id=area, by=OPERATOR)
    link = TrailRecord.objects.get(kind="lock-month")
    assert TrailRecord.objects.count() == before + 1
    assert '"period":"2011-06"' in link.body
    assert trail.verify().ok


def test_who_may_not_and_when_not() -> None:
    area = county()
    may = frozenset({Permission.LOCK_MONTH})
    inside = Scope(inside={"areas": frozenset({area})})
    stranger = Actor(id=1, name="外人", scope=Scope(), permissions=may)
    clerk = Actor(id=2, name="文员", scope=inside, permissions=frozenset())
    with pytest.raises(NotInScope):
        lock(JUNE, area_id=area, by=stranger)
    with pytest.raises(NotPermitted, match="“文员”的岗位不能锁定月报"):
        lock(JUNE, area_id=area, by=clerk)
    with pytest.raises(NotNow, match="还没有过完"):
        lock(Period(today().year + 1, 1), area_id=area, by=OPERATOR)
    stopped = area_by_code("510703003")
    assert stopped is not None
    with pytest.raises(Refused, match="在截止日 2011-06-25 不存在"):
        lock(JUNE, area_id=stopped, by=OPERATOR)
    with pytest.raises(Refused, match="2011-06 还没有锁定"):
        locked_month(JUNE, area)
    assert LockedMonth.objects.count() == 0


def test_below_a_lock_no_month_is_opened_and_nothing_is_handed_in() -> None:
    town = county_town()
    lock(JUNE, area_id=area("5107"), by=OPERATOR)
    with pytest.raises(Refused, match="2011-06 已经锁定，不能再开始月报"):
        open_month(JUNE, area_id=area("510703"), by=OPERATOR)
    may = Period(2011, 5)
    open_month(may, area_id=area("5107"), by=OPERATOR)
    # As where the ledger of areas was corrected meanwhile: a lock that did not close the report.
    LockedMonth.objects.update(period="2011-05")
    case = report(period=may)
    with pytest.raises(NotNow, match="这个月还没有锁定；已由 系统操作员 锁定"):
        submit(case.pk, by=clerk())
    assert state(period=may) == "due"
    assert town == case.place_id


def test_what_a_lock_below_closed_is_not_opened_again() -> None:
    county_town()
    lock(JUNE, area_id=area("510703"), by=OPERATOR)
    assert open_month(JUNE, area_id=area("5107"), by=OPERATOR) == []
