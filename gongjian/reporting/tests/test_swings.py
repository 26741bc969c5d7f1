"""A figure that swung is explained before its month is handed in."""

from datetime import date

import pytest

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.days import today, year_before
from gongjian.core.errors import NotNow, Refused
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.reporting import swings
from gongjian.reporting.actions import open_month, submit
from gongjian.reporting.rules import REPORTED, Period
from gongjian.reporting.swings import Limits, New, kept, news, swinging
from gongjian.reporting.tests.months import (
    CITY,
    JOINED,
    JUNE,
    TOWN,
    WHY,
    city_organiser,
    clerk,
    opened,
    organiser,
    report,
    state,
    swung,
)
from gongjian.unions.models import UnionVersion
from gongjian.workflow.actions import take
from gongjian.workflow.declare import Source
from gongjian.workflow.models import Case
from gongjian.workflow.packs import NewPack, write_pack
from tests.papers import county

(MEMBERS,) = CATALOG.asked(["members.total"])
HALF = Limits(50, 5)


@pytest.mark.parametrize(
    ("now", "before", "percent", "swings"),
    [
        (15, 10, 50, False),  # half as much again is not more than half
        (16, 10, 60, True),
        (5, 10, -50, False),
        (4, 10, -60, True),
        (-10, 10, -200, True),
        (10, -10, 200, True),
        (8, 4, 100, False),  # four more are too few to speak of
        (9, 4, 125, True),
        (5, 0, None, True),
        (4, 0, None, False),
        (0, 0, None, False),
        (1001, 1000, 0, False),
        (None, 10, None, False),
        (10, None, None, False),
    ],
)
def test_more_than_the_share_and_from_the_least_on(
    now: int | None, before: int | None, percent: int | None, *, swings: bool
) -> None:
    new = New(MEMBERS, now, before)
    assert (new.percent, new.swings(HALF)) == (percent, swings)


def test_what_is_new_in_january_is_added_up_over_the_end_of_the_year() -> None:
    told = {
        date(2011, 11, 25): 100,
        date(2011, 12, 25): 110,
        date(2011, 12, 31): 113,
        date(2012, 1, 25): 20,
        date(2012, 2, 25): 26,
    }
    found = {day: dict.fromkeys(REPORTED, value) for day, value in told.items()}
    january, february = news(Period(2012, 1), found), news(Period(2012, 2), found)
    assert january["agreements.signed"][1:] == (20 + 113 - 110, 10)
    assert january["members.total"][1:] == (20 - 110, 10)
    assert february["agreements.signed"][1:] == (6, 23)
    del found[date(2011, 12, 31)]
    assert news(Period(2012, 1), found)["agreements.signed"][1:] == (None, 10)


def test_limits_say_themselves_in_words() -> None:
    rules = {"swing": {"value": "30"}, "swing-least": {"value": "0"}}
    assert str(Limits.of(rules)) == "本月新增比上月新增多或少超过 30%，而且相差 1 以上"
    assert Limits.of({"submit": {"value": "0d"}}) is None


@pytest.mark.django_db
def test_the_store_tells_what_swung() -> None:
    swung()
    found = kept(JUNE, area(TOWN))
    assert sorted(found) == [date(2011, 4, 25), date(2011, 5, 25), date(2011, 6, 25)]
    assert news(JUNE, found)["members.total"] == (MEMBERS, JOINED, 0)
    assert [n.figure.code for n in swinging(JUNE, area(TOWN), HALF)] == ["members.total"]
    ensure(with_eves([date(2010, 6, 25)]))
    assert kept(JUNE, area(TOWN))[date(2010, 6, 25)]["members.total"] >= 0
    assert swinging(JUNE, area(TOWN), Limits(50, JOINED + 1)) == []
    assert swinging(Period(2011, 9), area(TOWN), HALF) == []  # nothing is kept of it


@pytest.mark.django_db
def test_without_its_explanation_a_month_is_not_handed_in() -> None:
    swung()
    case = report()
    with pytest.raises(NotNow) as refused:
        submit(case.pk, by=clerk(), remark="核对过")
    assert refused.value.sentence == (
        "现在不能办“报送”：新增比上月波动大的指标都写了异常说明；"
        "请在月报页面的“异常说明”一栏写明“会员”波动的原因，每项至少 10 个字"
    )
    with pytest.raises(NotNow):
        submit(case.pk, by=clerk(), explanations={"members.total": "太短"})
    with pytest.raises(NotNow):
        submit(case.pk, by=organiser(), stands_in=True)
    assert state() == "due"
    given = {"members.total": WHY, "unions.base": "", "employers.staff": WHY}
    body = submit(case.pk, by=clerk(), explanations=given).body
    assert body["explanations"] == {"members.total": WHY}
    assert body["swings"] == {"members.total": [JOINED, 0]}
    take(case.pk, "return", by=organiser(), remark="再写清楚")
    with pytest.raises(NotNow, match="现在不能办“重报”"):
        submit(case.pk, by=clerk())
    submit(case.pk, by=clerk(), explanations={"members.total": WHY})
    take(case.pk, "accept", by=organiser())
    assert state() == "accepted"


@pytest.mark.django_db
def test_the_level_above_explains_what_it_hands_in() -> None:
    swung()
    passage = submit(
        report().pk, by=organiser(), explanations={"members.total": WHY}, stands_in=True
    )
    assert passage.body["explanations"] == {"members.total": WHY}


@pytest.mark.django_db
def test_a_report_goes_by_the_limits_it_was_opened_with() -> None:
    swung()
    case = report()
    rules = {name: rule for name, rule in case.rules.items() if not name.startswith("swing")}
    Case.objects.filter(pk=case.pk).update(rules=rules)
    assert submit(case.pk, by=clerk()).body["swings"] == {}
    pack = NewPack(flow="monthly-report", place_id=area(CITY), valid_from=date(2011, 7, 1),
                   source=Source("示例"), values={"swing-least": "100"})  # fmt: skip
    write_pack(pack, by=OPERATOR)
    july = Period(2011, 7)
    open_month(july, area_id=area(CITY), by=OPERATOR)
    assert Limits.of(report(period=july).rules) == (50, 100)


@pytest.mark.django_db
def test_no_month_begins_before_the_first_union() -> None:
    opened()
    with pytest.raises(Refused) as refused:
        open_month(Period(1989, 12), area_id=area(CITY), by=city_organiser())
    assert refused.value.sentence == (
        "1989-12 太早：台账里最早一家工会从 1990-01-01 起，月报从 1990-01 开始，请核对月份。"
    )
    assert len(open_month(Period(1990, 1), area_id=area(CITY), by=city_organiser())) == 3


@pytest.mark.django_db
def test_without_unions_only_the_present_month_begins() -> None:
    county()
    assert not UnionVersion.objects.exists()
    this = Period.of(today())
    with pytest.raises(Refused, match=f"台账里还没有工会，月报从 {this} 开始"):
        open_month(this.previous, area_id=area(CITY), by=OPERATOR)
    assert len(open_month(this, area_id=area(CITY), by=OPERATOR)) == 3


@pytest.mark.django_db
def test_a_day_that_comes_into_the_store_later_is_seen_at_once() -> None:
    opened()
    unit, ago = area(TOWN), year_before(JUNE.cut_off)
    before = kept(JUNE, unit).keys()

    ensure(with_eves({ago}))

    assert (ago in before, ago in kept(JUNE, unit)) == (False, True)


@pytest.mark.django_db
def test_while_its_days_are_worked_out_anew_a_month_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    swung()
    monkeypatch.setattr(swings, "today", lambda: JUNE.cut_off)
    KeptDay.objects.filter(day=JUNE.previous.cut_off).delete()

    with pytest.raises(NotNow, match="请过几分钟再报"):
        submit(report().pk, by=clerk())
    ensure(with_eves([JUNE.previous.cut_off]))
    with pytest.raises(NotNow, match="异常说明"):
        submit(report().pk, by=clerk())
