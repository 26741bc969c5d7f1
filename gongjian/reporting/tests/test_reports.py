"""A month goes from the unit up: handed in, returned, accepted, locked, and timely or not."""

import json
from datetime import date, timedelta

import pytest

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import seats
from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Permission
from gongjian.core.builders import make_identity
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.history.record import newest
from gongjian.indicators.query import figures
from gongjian.ledgers.tests.city import city, told
from gongjian.reporting.actions import lock, open_month, open_this_month, submit
from gongjian.reporting.changes import month_changes
from gongjian.reporting.queries import (
    all_units,
    quality_gate,
    reports,
    units_below,
)
from gongjian.reporting.rules import CHANGES, Period
from gongjian.reporting.tests.months import (
    CITY,
    COUNTY,
    JUNE,
    OTHER,
    TOWN,
    city_organiser,
    clerk,
    opened,
    organiser,
    report,
    somebody,
    state,
)
from gongjian.workflow.actions import take
from gongjian.workflow.declare import Source
from gongjian.workflow.models import Case, RulePack, Todo
from gongjian.workflow.packs import NewPack, end_pack, write_pack
from gongjian.workflow.queries import notices_for, options, overdue, path, todos_of

pytestmark = pytest.mark.django_db


def test_every_county_and_township_has_its_report_and_nobody_else() -> None:
    opened()
    tree = tree_on(JUNE.cut_off)
    units = all_units(tree, area(CITY))
    assert [tree.code(unit) for unit in units] == [COUNTY, TOWN, OTHER]
    assert sorted(Case.objects.values_list("place_id", flat=True)) == sorted(units)
    assert str(report()) == "城厢街道 2011 年 6 月月报"
    told(
        "areas", {"区划代码": "510703001001", "名称": "东街社区", "上级代码": TOWN, "类型": "社区"}
    )
    assert units_below(tree_on(JUNE.cut_off), area(TOWN)) == []


def test_a_month_is_opened_once_and_only_when_it_has_come() -> None:
    opened()
    links = TrailRecord.objects.count()
    assert open_month(JUNE, area_id=area(CITY), by=OPERATOR) == []
    assert TrailRecord.objects.count() == links
    later = Period(today().year + 1, 1)
    with pytest.raises(NotNow, match="还没有到"):
        open_month(later, area_id=area(CITY), by=OPERATOR)
    with pytest.raises(NotInScope):
        open_month(JUNE, area_id=area(CITY), by=clerk())
    with pytest.raises(NotPermitted, match="不能开始“月报”"):
        open_month(Period(2011, 7), area_id=area(COUNTY), by=organiser())
    with pytest.raises(Refused, match="没有要报月报的下级"):
        open_month(JUNE, area_id=area(TOWN), by=OPERATOR)
    lock(JUNE.previous, area_id=area(CITY), by=OPERATOR)
    with pytest.raises(Refused, match="2011-05 已经锁定"):
        open_month(JUNE.previous, area_id=area(CITY), by=OPERATOR)


def test_the_worker_opens_this_month_by_itself() -> None:
    assert open_this_month() == 0
    city()
    assert open_this_month() == 3
    assert open_this_month() == 0
    assert state(TOWN, Period.of(today())) == "due"


def test_a_month_from_the_unit_to_the_lock() -> None:
    opened()
    case = report()
    passage = submit(case.pk, by=clerk(), remark="核对过")
    assert (passage.step, state()) == ("submit", "submitted")
    assert passage.body["known_at"] == newest()
    with pytest.raises(Refused, match="“退回”要写明理由"):
        take(case.pk, "return", by=organiser())
    take(case.pk, "return", by=organiser(), remark="少报一户")
    assert [n.passage and n.passage.remark for n in notices_for(1)] == ["少报一户"]
    assert submit(case.pk, by=clerk()).step == "resubmit"
    take(case.pk, "accept", by=organiser())
    assert state() == "accepted"
    take(case.pk, "return", by=organiser(), remark="再看一下")
    submit(case.pk, by=clerk())
    take(case.pk, "accept", by=organiser())
    lock(JUNE, area_id=area(CITY), by=city_organiser())
    assert [state(code) for code in (TOWN, OTHER, COUNTY)] == ["locked", "left-out", "left-out"]
    assert Todo.objects.filter(closed_at=None).count() == 0
    with pytest.raises(NotNow, match="已经是“已锁定”；不再办理"):
        submit(case.pk, by=clerk())
    assert [p.step for p in path(report())][-1] == "lock"
    assert [p.step for p in path(report(OTHER))] == ["open", "leave-out"]
    assert trail.verify().ok


def test_locking_again_finds_nothing_more_to_close() -> None:
    opened()
    lock(JUNE, area_id=area(CITY), by=OPERATOR)
    lock(JUNE, area_id=area(CITY), by=OPERATOR, reason="再锁")
    assert report().passed == 2


def test_only_a_lock_of_the_month_locks_a_report() -> None:
    opened()
    for step in ("leave-out", "lock"):
        with pytest.raises(NotNow):
            take(report().pk, step, by=city_organiser())
    assert state() == "due"


def test_a_township_does_not_lock_nor_look_at_itself() -> None:
    opened()
    submit(report().pk, by=clerk())
    itself = somebody(9, TOWN, Permission.REVIEW_REPORT, Permission.SUBMIT_REPORT)
    with pytest.raises(NotPermitted, match="“通过”由上级办理"):
        take(report().pk, "accept", by=itself)
    with pytest.raises(NotPermitted, match="不能办“通过”"):
        take(report().pk, "accept", by=clerk())
    with pytest.raises(NotInScope):
        submit(report().pk, by=clerk(OTHER, 8))
    with pytest.raises(NotPermitted, match="“报送”由本级办理"):
        submit(report(OTHER).pk, by=organiser())


def test_the_level_above_stands_in_until_the_unit_itself_has_reported() -> None:
    opened()
    case = report()
    passage = submit(case.pk, by=organiser(), remark="该乡镇停电", stands_in=True)
    assert (passage.step, passage.due) == ("submit-for", JUNE.cut_off)
    with pytest.raises(NotPermitted, match="“代报”是您自己办的，“通过”要由另一个人办理"):
        take(case.pk, "accept", by=organiser())
    take(case.pk, "return", by=city_organiser(), remark="写错了")
    submit(case.pk, by=organiser(), stands_in=True)
    take(case.pk, "return", by=city_organiser(), remark="还是错")
    submit(case.pk, by=clerk())
    take(case.pk, "return", by=organiser(), remark="改一处")
    with pytest.raises(NotNow, match="请退回，由它自己改好后重报"):
        submit(case.pk, by=organiser(), stands_in=True)
    found = reports([JUNE], [area(TOWN)])[JUNE, area(TOWN)]
    assert (found.returns, found.stood_in) == (3, False)
    assert found.first is not None
    assert found.first.step == "submit-for"


def test_whoever_is_not_in_yet_is_to_be_named_by_the_county() -> None:
    opened()
    county = report(COUNTY)
    assert options(county, by=organiser(), day=today())[0].open
    with pytest.raises(NotNow) as refused:
        submit(county.pk, by=organiser())
    assert refused.value.sentence == (
        "现在不能办“报送”：下级的月报都已通过，没有通过的在说明里写明；"
        "还有 2 个下级没有通过（城厢街道、塘汛镇），请先审核，或在说明里写明"
    )
    for code, number in ((TOWN, 1), (OTHER, 4)):
        submit(report(code).pk, by=clerk(code, number))
        take(report(code).pk, "accept", by=organiser())
    submit(county.pk, by=organiser())
    take(county.pk, "accept", by=city_organiser())
    assert state(COUNTY) == "accepted"


def test_with_a_remark_the_county_goes_ahead() -> None:
    opened()
    submit(report(COUNTY).pk, by=organiser(), remark="城厢街道按上月数计")
    assert state(COUNTY) == "submitted"


def test_a_month_without_changes_is_a_report_all_the_same() -> None:
    opened()
    passage = submit(report().pk, by=clerk())
    assert passage.body["zero"] is True
    assert passage.body["changes"] == dict.fromkeys(CHANGES, 0)


def test_what_came_since_the_last_cut_off_is_told_by_name() -> None:
    opened()
    shop = {"单位名称": "新店", "所属区划": TOWN, "单位性质": "个体工商户", "职工人数": 7,
            "成立日期": date(2011, 1, 1)}  # fmt: skip
    told("employers", shop)
    told("unions", {"工会名称": "新店工会", "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2011, 5, 26)})  # fmt: skip
    told("unions", {"工会名称": "旧店工会", "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2011, 5, 25)})  # fmt: skip
    changes = month_changes(JUNE, area(TOWN))
    assert [(r["name"], r["value"]) for r in changes["unions.base.net"]] == [("新店工会", 1)]
    body = submit(report().pk, by=clerk()).body
    assert (body["zero"], body["changes"]["unions.base.net"]) == (False, 1)


def test_the_year_start_is_the_day_after_the_last_cut_off() -> None:
    assert (JUNE.year_start, Period(2011, 1).year_start) == ("05-26", "12-26")
    assert str(Period(2011, 1).previous) == "2010-12"


def test_timely_is_the_first_submission_alone() -> None:
    city()
    period = Period.of(today())
    open_month(period, area_id=area(CITY), by=OPERATOR)
    case = report(TOWN, period)
    due = period.cut_off
    before, after = due - timedelta(days=1), due + timedelta(days=1)
    key = (period, area(TOWN))
    assert reports([period], [area(TOWN)])[key].timely(before) is None
    assert reports([period], [area(TOWN)])[key].timely(due) is None
    assert reports([period], [area(TOWN)])[key].timely(after) is False
    submit(case.pk, by=clerk())
    take(case.pk, "return", by=organiser(), remark="改")
    submit(case.pk, by=clerk())
    found = reports([period], [area(TOWN)])[key]
    assert found.first is not None
    assert found.timely(after) is (found.first.day <= due)
    assert (found.due, found.returns) == (due, 1)


def test_a_month_long_ago_is_late_and_overdue() -> None:
    opened()
    assert [(b.place_id, b.number, b.oldest) for b in overdue(today(), None)] == [
        (unit, 1, JUNE.cut_off) for unit in sorted([area(COUNTY), area(TOWN), area(OTHER)])
    ]
    assert submit(report().pk, by=clerk()).late
    assert reports([JUNE], [area(TOWN)])[JUNE, area(TOWN)].timely(today()) is False


def test_the_city_moves_the_day_off_a_rest_day_and_months_before_stay() -> None:
    opened()  # 25 June 2011 was a Saturday
    assert Todo.objects.get(case=report(), step="submit").due == date(2011, 6, 25)
    new = NewPack(flow="monthly-report", place_id=area(CITY), valid_from=date(2011, 6, 1),
                  source=Source("绵工发〔2011〕9 号（示例）"), values={"roll": "是"})  # fmt: skip
    kept = write_pack(new, by=OPERATOR)
    assert Todo.objects.get(case=report(), step="submit").due == date(2011, 6, 25)
    end_pack(kept, date(2011, 12, 31), by=OPERATOR)
    september = Period(2011, 9)
    open_month(september, area_id=area(CITY), by=OPERATOR)  # the 25th a Sunday
    found = Todo.objects.get(case=report(TOWN, september), step="submit")
    assert (found.due, found.published) == (date(2011, 9, 26), True)
    assert RulePack.objects.filter(flow="monthly-report").count() == 4


def test_a_clerk_has_the_own_unit_on_the_list_and_the_county_what_was_handed_in() -> None:
    opened()
    user = User.objects.create(username="文员")
    Post.objects.create(user=user, role=Role.TOWNSHIP_CLERK, area_id=area(TOWN),
                        valid_from=date(2000, 1, 1))  # fmt: skip
    boss = User.objects.create(username="县里")
    Post.objects.create(user=boss, role=Role.COUNTY_ORGANISER, area_id=area(COUNTY),
                        valid_from=date(2000, 1, 1))  # fmt: skip
    assert [t.case for t in todos_of(seats(user, today()))] == [report()]
    assert [t.case for t in todos_of(seats(boss, today()))] == [report(COUNTY)]
    submit(report().pk, by=clerk())
    assert list(todos_of(seats(user, today()))) == []
    assert [t.step for t in todos_of(seats(boss, today()))] == ["submit", "accept"]
    assert seats(user, date(1999, 1, 1)) == {}


def test_what_was_handed_in_is_a_link_of_the_trail() -> None:
    opened()
    submit(report().pk, by=clerk(), remark="说明")
    link = TrailRecord.objects.order_by("-number").first()
    assert link is not None
    body = json.loads(link.body)
    assert (body["deed"], body["reason"], body["body"]["zero"]) == ("submit", "说明", True)


def test_the_lock_of_a_county_closes_what_is_below_it() -> None:
    opened()
    lock(JUNE, area_id=area(COUNTY), by=OPERATOR)
    assert [state(code) for code in (TOWN, OTHER, COUNTY)] == ["left-out"] * 3


def test_the_gate_names_each_open_problem_with_its_workers() -> None:
    opened()
    anna = {"证件号码": make_identity("510703", date(1985, 3, 2), 77), "姓名": "安娜",
            "入会日期": date(2011, 2, 1), "所属工会": "老店工会"}  # fmt: skip
    told("unions", {"工会名称": "老店工会", "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2001, 5, 25)}, {"工会名称": "空店工会",
                    "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2011, 5, 25)})  # fmt: skip
    told("members", anna)
    found = {o.figure.code: o for o in quality_gate(JUNE, area(TOWN))}
    assert (found["unions.overdue"].number, found["unions.overdue"].workers) == (1, 1)
    assert (found["unions.hollow"].number, found["unions.hollow"].workers) == (1, 0)
    for open_ in found.values():
        said = figures([open_.figure.code], day=JUNE.cut_off, known_at=None, node=area(TOWN))
        assert said["figures"][0]["value"] == open_.number
    told("employers", {"单位名称": "空缺店", "所属区划": OTHER, "单位性质": "个体工商户",
                       "职工人数": 0, "成立日期": date(2011, 1, 1)})  # fmt: skip
    other = {o.figure.code: o for o in quality_gate(JUNE, area(OTHER))}
    assert (other["employers.unstaffed"].number, other["employers.unstaffed"].workers) == (1, 0)
