"""An edit dated into a locked month is a late filing: which months, and of what kind."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_credit_code
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.history.repair import annul, merge
from gongjian.history.sql import fetch
from gongjian.history.undo import undo
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Request, author, preview
from gongjian.ledgers.tests.city import ANNA, FIRM, SECOND, SIGNED, UNION, city, told
from gongjian.reporting import late
from gongjian.reporting.actions import lock
from gongjian.reporting.late import Kind
from gongjian.reporting.rules import Period
from gongjian.reporting.tests.months import CITY, COUNTY, OTHER, TOWN
from tests.papers import table

pytestmark = pytest.mark.django_db
JUNE, MAY, JULY = Period(2011, 6), Period(2011, 5), Period(2011, 7)
SHOP = {"单位名称": "新店", "所属区划": TOWN, "单位性质": "个体工商户", "职工人数": 7,
        "成立日期": date(2011, 6, 1)}  # fmt: skip
BY = author(OPERATOR, "测试")


def locked(period: Period = JUNE, code: str = CITY) -> None:
    lock(period, area_id=area(code), by=OPERATOR)


def reach(slug: str, *rows: dict[str, Any], on: date | None = None) -> late.Reach:
    """Where an import of these rows would reach."""
    asked = Request(ledger=LEDGERS[slug], actor=OPERATOR, on=on)
    answer, made = preview(asked, table(rows))
    assert [p.message for p in answer.problems if p.level == "error"] == []
    return late.reach_of(made.edit)


def where(found: late.Reach) -> dict[str, date]:
    """The same by the codes of areas."""
    tree = tree_on(date(2012, 1, 1))
    return {tree.code(place): day for place, day in found.items()}


def months(found: late.Reach) -> list[str]:
    return [month.period for month in late.months_reached(found)]


def entry(slug: str, name: str) -> int:
    found = fetch(
        f'SELECT entry_id FROM "{LEDGERS[slug].shape.table}"'
        " WHERE removed_in IS NULL AND name = %s",
        [name],
    )
    return int(found[0][0])


def change_of(*rows: dict[str, Any], slug: str = "employers", on: date | None = None) -> list[str]:
    """What kinds of filing these rows are, beside the locked June."""
    told(slug, *rows, on=on)
    (kinds,) = late.kinds(Change.objects.filter(pk=newest()), JUNE.cut_off).values()
    return [kind.value for kind in kinds]


# ---------------------------------------------------------------------- where and from when


def test_a_new_entry_reaches_from_its_first_day_where_it_stands() -> None:
    city()
    assert where(reach("employers", SHOP)) == {TOWN: date(2011, 6, 1)}


def test_a_change_reaches_from_its_own_day_not_from_the_first_day_of_the_entry() -> None:
    city()
    firm = {"统一社会信用代码": FIRM, "职工人数": 151, "生效日期": date(2011, 6, 26)}
    assert where(reach("employers", firm)) == {TOWN: date(2011, 6, 26)}
    ends = {"统一社会信用代码": FIRM, "经营状态": "注销", "注销日期": date(2014, 7, 1)}
    assert where(reach("employers", ends)) == {TOWN: date(2014, 7, 1)}


def test_what_tells_nothing_new_reaches_nowhere() -> None:
    city()
    same = {"统一社会信用代码": FIRM, "单位名称": "甲集团", "生效日期": date(2011, 2, 1)}
    assert reach("employers", same) == {}
    assert late.months_reached({}) == []


def test_every_ledger_stands_in_the_area_of_its_place() -> None:
    city()
    assert where(reach("members", {"证件号码": ANNA, "学历": "本科", "生效日期": SIGNED})) == {
        "510703003": SIGNED
    }
    moved = {"工会代码": UNION, "所属区划": OTHER, "生效日期": SIGNED}
    assert where(reach("unions", moved)) == {TOWN: SIGNED, OTHER: SIGNED}
    covers = {"工会": UNION, "用人单位": "丙店", "涵盖方式": "联合", "起始日期": SIGNED}
    assert where(reach("coverage", covers)) == {TOWN: SIGNED}
    agreed = {"协议编号": "绵〔2011〕1号", "协议类型": "单独", "签约工会": UNION,
              "签订日期": SIGNED, "期限起": date(2011, 4, 1),
              "期限止": date(2013, 3, 30)}  # fmt: skip
    assert set(where(reach("agreements", agreed))) == {TOWN}
    one = {"协议编号": "绵〔2011〕1号", "用人单位": FIRM, "覆盖职工数": 119}
    assert where(reach("agreement-coverage", one)) == {TOWN: SIGNED}


def test_an_area_stands_at_itself_and_below_what_it_hangs_below() -> None:
    city()
    new = {"区划代码": "510703004", "名称": "新区", "上级代码": COUNTY, "类型": "园区",
           "启用日期": SIGNED}  # fmt: skip
    inner = {"区划代码": "510703004001", "名称": "里巷", "上级代码": "510703004", "类型": "社区",
             "启用日期": date(2011, 3, 1)}  # fmt: skip
    assert where(reach("areas", new, inner)) == {COUNTY: date(2011, 3, 1)}
    moved = {"区划代码": TOWN, "上级代码": CITY, "生效日期": SIGNED}
    assert where(reach("areas", moved)) == dict.fromkeys((TOWN, COUNTY, CITY), SIGNED)


# ---------------------------------------------------------------------- which months


def test_the_lock_of_the_area_and_of_every_area_above_counts() -> None:
    city()
    found = reach("employers", SHOP)
    assert months(found) == []
    locked(JUNE, OTHER)
    assert months(found) == []
    locked(MAY, CITY)
    locked(JULY, TOWN)
    locked(JUNE, COUNTY)
    assert months(found) == ["2011-06", "2011-07"]  # May ended before the day


def test_the_cut_off_day_itself_is_in_the_month_and_the_day_after_is_not() -> None:
    city()
    locked()
    assert months(reach("employers", {**SHOP, "成立日期": JUNE.cut_off})) == ["2011-06"]
    assert months(reach("employers", {**SHOP, "成立日期": date(2011, 6, 26)})) == []


def test_an_area_counts_where_it_hung_on_the_cut_off_day() -> None:
    city()
    told("areas", {"区划代码": "510704", "名称": "游仙区", "上级代码": CITY, "类型": "区"})
    told("areas", {"区划代码": OTHER, "上级代码": "510704", "生效日期": date(2011, 7, 1)})
    locked(JUNE, "510704")
    locked(JULY, "510704")
    found = reach("employers", {**SHOP, "所属区划": OTHER})
    assert months(found) == ["2011-07"]


def test_a_month_locked_again_is_named_once_and_what_its_lock_knew_can_be_asked() -> None:
    city()
    locked()
    told("employers", SHOP)
    lock(JUNE, area_id=area(CITY), by=OPERATOR, reason="补")
    told("employers", {**SHOP, "单位名称": "再店"})
    found = late.reach_of_changes([newest()])
    assert months(found) == ["2011-06"]
    assert late.months_reached(found, knowing=newest()) == []
    assert [m.version for m in late.months_reached(found, knowing=newest() - 1)] == [2]


def test_the_months_are_said_in_one_sentence() -> None:
    city()
    assert late.sentence([]) == ""
    for period in (Period(2010, 11), Period(2010, 12), Period(2011, 1), MAY, JULY):
        locked(period)
    locked(JUNE, COUNTY)
    found = late.months_reached({area(TOWN): date(2010, 1, 1)})
    assert late.sentence(found) == (
        "绵阳市 2010 年 11 月至 2011 年 1 月、2011 年 5 月、2011 年 7 月已由系统操作员锁定，"
        "涪城区 2011 年 6 月已由系统操作员锁定，"
        "这次改动不动锁定的数，改到的数会列在差异表，请写明理由。"
    )
    for code in (TOWN, OTHER):
        locked(JUNE, code)
    everywhere = {area(TOWN): date(2010, 1, 1), area(OTHER): date(2010, 1, 1)}
    assert "等 4 个区划的月份，" in late.sentence(late.months_reached(everywhere))
    locked(Period(2010, 1))
    locked(Period(2010, 3))
    assert "等 7 个月已由" in late.sentence(late.months_reached(everywhere))


# ---------------------------------------------------------------------- deeds


def test_annulling_merging_and_taking_back_reach_as_far_as_what_they_touch() -> None:
    city()
    locked()
    told("employers", SHOP, {**SHOP, "单位名称": "旧店", "成立日期": date(2011, 5, 1)})
    brought = newest()
    assert where(late.reach_of_changes([brought])) == {TOWN: date(2011, 5, 1)}
    shop, old = entry("employers", "新店"), entry("employers", "旧店")
    assert where(late.reach_of_annulling("employers", shop)) == {TOWN: date(2011, 6, 1)}
    with transaction.atomic():
        merged = merge("employers", shop, old, by=BY).number
        assert where(late.reach_of_changes([merged])) == {TOWN: date(2011, 6, 1)}
        kinds = late.kinds(Change.objects.filter(pk=merged), JUNE.cut_off)
        assert kinds == {merged: [Kind.MERGED]}
        transaction.set_rollback(True)
    gone = annul("employers", shop, by=BY).number
    back = undo(gone, by=BY, allow=lambda _: None).number
    found = late.kinds(Change.objects.filter(pk__in=[gone, back]), JUNE.cut_off)
    assert found == {gone: [Kind.ANNULLED], back: [Kind.UNDONE]}


def test_a_member_moves_along_with_a_merged_union_where_it_stood() -> None:
    city()
    with transaction.atomic():
        merged = merge("unions", entry("unions", "乙公司工会"),
                       entry("unions", "甲公司工会"), by=BY).number  # fmt: skip
        assert set(where(late.reach_of_changes([merged]))) == {TOWN, "510703003"}
        transaction.set_rollback(True)


# ---------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"职工人数": 160, "生效日期": date(2011, 3, 1)}, "迟报"),
        ({"职工人数": 149, "生效日期": date(2010, 1, 1)}, "更正"),
        ({"单位性质": "事业单位", "生效日期": date(2010, 1, 1)}, "迟报"),
        ({"成立日期": date(2006, 5, 1)}, "更正"),
        ({"成立日期": date(2006, 6, 1)}, "更正"),
        ({"经营状态": "注销", "注销日期": date(2011, 6, 2)}, "迟报"),
    ],
    ids=["a later value", "that day's value", "another column of that day", "opened earlier",
         "opened later", "ended"],
)  # fmt: skip
def test_what_was_told_of_the_very_day_is_corrected_and_the_rest_is_late(
    row: dict[str, Any], kind: str
) -> None:
    city()
    locked()
    assert change_of({"统一社会信用代码": FIRM, **row}) == [kind]


def test_an_end_that_was_told_is_corrected() -> None:
    city()
    told("employers", {**SHOP, "成立日期": date(2011, 1, 1)})
    told("employers", {"单位名称": "新店", "所属区划": TOWN, "经营状态": "注销",
                       "注销日期": date(2011, 4, 1)})  # fmt: skip
    locked()
    again = {"单位名称": "新店", "所属区划": TOWN}
    assert change_of({**again, "经营状态": "注销", "注销日期": date(2011, 5, 1)}) == ["更正"]
    assert change_of({**again, "经营状态": "注销", "注销日期": date(2011, 3, 1)}) == ["更正"]
    assert change_of({**again, "成立日期": date(2011, 6, 1), "职工人数": 3,
                      "单位性质": "个体工商户"}) == ["迟报"]  # fmt: skip
    told("unions", {"工会代码": SECOND, "撤销日期": date(2012, 3, 1), "撤销原因": "破产"})
    (kinds,) = late.kinds(Change.objects.filter(pk=newest()), date(2012, 3, 25)).values()
    assert kinds == [Kind.CORRECTED]


def test_one_paper_may_do_both() -> None:
    city()
    locked()
    firm = {"统一社会信用代码": FIRM, "职工人数": 149, "生效日期": date(2010, 1, 1)}
    assert change_of(firm, SHOP) == ["更正", "迟报"]


# ---------------------------------------------------------------------- speed


def shops(count: int) -> list[dict[str, Any]]:
    return [{**SHOP, "统一社会信用代码": make_credit_code(100 + i), "单位名称": f"店{i}"}
            for i in range(count)]  # fmt: skip


@pytest.mark.parametrize("count", [1, 60])
def test_it_takes_as_many_questions_for_many_rows_as_for_one(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    city()
    for month in range(1, 8):
        locked(Period(2011, month))
    told("employers", *shops(count), on=date(2011, 1, 1))
    again = [{**row, "职工人数": 8, "生效日期": date(2011, 6, 2)} for row in shops(count)]
    asked = Request(ledger=LEDGERS["employers"], actor=OPERATOR)
    _, made = preview(asked, table(again))
    with django_assert_max_num_queries(6):
        found = late.months_reached(late.reach_of(made.edit))
    assert [month.period for month in found] == ["2011-06", "2011-07"]
    change = newest()
    with django_assert_max_num_queries(7):
        assert late.months_reached(late.reach_of_changes([change])) != []
    with django_assert_max_num_queries(4):
        late.kinds(Change.objects.filter(pk=change), JUNE.cut_off)
