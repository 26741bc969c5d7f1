"""The last paper totals stand beside the figures, and all of the difference has a name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.history.record import newest
from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.ledgers.tests.city import city, told
from gongjian.reporting.actions import lock
from gongjian.reporting.bridge import bridge, bridged, explained_by, ledger_of, totals_of
from gongjian.reporting.bridging import (
    Named,
    carry,
    enter,
    explain,
    explain_in_words,
    retract,
    withdraw,
)
from gongjian.reporting.models import Cause, Explanation, PaperTotal
from gongjian.reporting.rules import REPORTED, Period
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, TOWN, clerk, organiser
from gongjian.reporting.tests.totals import PAPER, counted, line, put, rows, shop

pytestmark = pytest.mark.django_db
R, E, M = Cause.REPEATED, Cause.ENDED, Cause.MISSED


# ------------------------------------------------------------------ entering


def test_every_figure_of_the_month_can_be_entered_with_its_parts() -> None:
    codes = [figure.code for figure in bridged()]
    assert set(REPORTED) < set(codes)
    assert "agreements.employers.regional" in codes
    assert "agreements.employers.overlap" not in codes
    assert len(set(codes)) == len(codes)


def test_a_total_stands_beside_the_figure_with_all_of_the_difference_unknown() -> None:
    city()
    total = put(9)
    found = line()
    assert (found.total, found.computed, found.known) == (total, counted(), newest())
    assert (found.difference, found.explained, found.unknown) == (
        counted() - 9,
        0,
        counted() - 9,
    )
    assert found.locked is None
    assert (total.period, total.at, total.source) == ("2011-06", JUNE.cut_off, PAPER)


def test_it_is_entered_once_and_taken_back_before_another_is() -> None:
    city()
    first = put(9)
    with pytest.raises(NotNow, match="“基层工会”已由 系统操作员 填过 9，只填一次"):
        put(8)
    with pytest.raises(Refused, match="撤销请写明理由"):
        withdraw(first, by=OPERATOR, reason=" ")
    withdraw(first, by=OPERATOR, reason="抄错了行")
    assert bridge(JUNE, area(COUNTY)) == []
    with pytest.raises(NotNow, match="已经撤销"):
        withdraw(first, by=OPERATOR, reason="再撤")
    with pytest.raises(NotNow, match="已经撤销"):
        explain_in_words(first, R, -1, by=OPERATOR, words="不行")
    second = put(8)
    assert [(one.pk, one.value, one.withdrawn_reason) for one in totals_of(JUNE, area(COUNTY))] == [
        (second.pk, 8, ""),
        (first.pk, 9, "抄错了行"),
    ]
    assert line().total == second


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"unions.base": -1}, "“基层工会”填了 -1，它不会小于 0"),
        ({"unions.base": 10**13}, "太大了"),
        ({}, "没有填一个数"),
        ({"rate.union": 1}, "“rate.union”不在期初衔接的指标里"),
    ],
)
def test_a_value_that_cannot_be(values: dict[str, int], said: str) -> None:
    city()
    with pytest.raises(Refused, match=said):
        enter(JUNE, area_id=area(COUNTY), by=OPERATOR, source=PAPER, values=values)
    assert PaperTotal.objects.count() == 0


def test_what_grew_may_have_shrunk() -> None:
    city()
    assert put(-3, "members.total.net").value == -3


def test_who_may_not_and_when_not() -> None:
    city()
    stranger = Actor(
        id=1, name="外人", scope=Scope(), permissions=frozenset({Permission.REVIEW_REPORT})
    )
    with pytest.raises(NotInScope):
        put(by=stranger)
    with pytest.raises(NotPermitted, match="不能填报期初衔接"):
        enter(JUNE, area_id=area(TOWN), by=clerk(), source=PAPER, values={"unions.base": 1})
    with pytest.raises(NotInScope):
        enter(JUNE, area_id=area(CITY), by=organiser(), source=PAPER, values={"unions.base": 1})
    with pytest.raises(Refused, match="请写明纸面数出自哪份材料"):
        enter(JUNE, area_id=area(COUNTY), by=organiser(), source=" ", values={"unions.base": 1})
    ahead = Period(today().year + 1, 1)
    with pytest.raises(NotNow, match="还没有到"):
        enter(ahead, area_id=area(COUNTY), by=OPERATOR, source=PAPER, values={"unions.base": 1})
    with pytest.raises(NotNow, match="在截止日 2011-06-25 不存在"):
        enter(JUNE, area_id=area("510703003"), by=OPERATOR, source=PAPER, values={"unions.base": 1})
    assert put(by=organiser()).actor_name == organiser().name


def test_paper_ends_where_the_first_month_was_locked_here_or_above() -> None:
    city()
    lock(Period(2011, 5), area_id=area(CITY), by=OPERATOR)
    with pytest.raises(NotNow, match="2011-05 起月报已由台账算出并锁定，纸面合计只能填到 2011-05"):
        put()
    values = {"unions.base": 4}
    for month in (4, 5):
        period = Period(2011, month)
        assert enter(period, area_id=area(COUNTY), by=OPERATOR, source=PAPER, values=values)


def test_the_locked_number_stands_beside_the_one_of_today() -> None:
    city()
    put(9)
    lock(JUNE, area_id=area(COUNTY), by=OPERATOR)
    printed = counted()
    told("unions", shop(1))
    found = line()
    assert (found.locked, found.computed) == (printed, printed + 1)
    assert found.unknown == printed + 1 - 9


# ------------------------------------------------------------------ explaining


def test_an_entry_explains_its_part_by_name_and_words_another() -> None:
    city()
    total = put(9)
    row = rows()[0]
    (one,) = explain(total, M, [Named(row["id"], row["name"], 1)], by=OPERATOR)
    explain_in_words(total, R, -2, by=OPERATOR, words="两张表都报了")
    found = line()
    assert (found.named, found.worded, found.explained) == (1, -2, -1)
    assert found.unknown == counted() - 9 + 1
    assert (one.ledger, one.entry, one.row) == ("unions", row["id"], row["name"])
    assert explained_by(total) == {row["id"]: {M}}


def test_the_same_entry_by_the_same_cause_is_refused() -> None:
    city()
    total, row = put(9), rows()[0]
    named = [Named(row["id"], row["name"], 1)]
    explain(total, M, named, by=OPERATOR)
    with pytest.raises(Refused, match=f"“{row['name']}”已按“漏报未计”说明过，不能再算一次"):
        explain(total, M, named, by=OPERATOR)
    with pytest.raises(Refused, match="不能再算一次"):
        explain(total, Cause.DAY, [*named, *named], by=OPERATOR)
    explain(total, Cause.DAY, named, by=OPERATOR)
    assert explained_by(total, Cause.DAY) == {row["id"]: {Cause.DAY}}
    mine = Explanation.objects.get(cause=M)
    assert retract(total, [mine.pk], by=OPERATOR, reason="认错了人") == 1
    explain(total, M, named, by=OPERATOR)
    assert Explanation.objects.filter(cause=M).count() == 2


def test_an_entry_of_elsewhere_or_of_another_ledger_is_not_there() -> None:
    city()
    told("areas", {"区划代码": "510704", "名称": "游仙区", "上级代码": "5107", "类型": "区"})
    told("unions", {**shop(1), "所属区划": "510704"})
    total = put(9)
    here = {row["id"] for row in rows()}
    everywhere = rows_behind("unions.base", day=JUNE.cut_off, known_at=None, node=area(CITY))
    (other,) = [row for row in everywhere["rows"] if row["id"] not in here]
    for entry in (other["id"], 99_999):
        with pytest.raises(NotInScope, match=f"工会台账里没有系统编号 {entry}"):
            explain(total, M, [Named(entry, "", 1)], by=OPERATOR)
    with pytest.raises(NotInScope):
        explain(total, M, [Named(rows()[0]["id"], "", 1)], by=organiser_of_nothing())
    assert Explanation.objects.count() == 0
    assert ledger_of(line().figure) == "unions"


def organiser_of_nothing() -> Actor:
    may = frozenset({Permission.REVIEW_REPORT})
    return Actor(id=5, name="外人", scope=Scope(), permissions=may)


def test_an_entry_that_has_ended_can_be_named() -> None:
    city()
    total = put(9, "agreements.employers")
    gone = rows_behind("employers.total", day=date(2005, 1, 1), known_at=None, node=area(COUNTY))
    entry = next(row["id"] for row in gone["rows"] if row["name"] == "=乙公司")
    told("employers", {"单位名称": "丙店", "所属区划": "510703002", "经营状态": "注销",
                       "注销日期": date(2011, 6, 1)})  # fmt: skip
    explain(total, E, [Named(entry, "乙公司", -1)], by=OPERATOR)
    assert line("agreements.employers").explained == -1


@pytest.mark.parametrize(
    ("cause", "amount", "words", "said"),
    [
        (R, 0, "说", "请填一个不是 0 的整数"),
        (R, 10**13, "说", "请填一个不是 0 的整数"),
        (R, 2, "说", "“重复计数”是纸面多计了，差额应填负数，不是 2"),
        (E, 2, "说", "“撤并未减”是纸面多计了，差额应填负数"),
        (M, -2, "说", "“漏报未计”是纸面少计了，差额应填正数，不是 -2"),
        (Cause.OTHER, 1, " ", "请写明是怎么回事"),
    ],
)
def test_an_explanation_that_makes_no_sense(
    cause: Cause, amount: int, words: str, said: str
) -> None:
    city()
    total = put(9)
    with pytest.raises(Refused, match=said):
        explain_in_words(total, cause, amount, by=OPERATOR, words=words)
    assert Explanation.objects.count() == 0


def test_another_cause_is_told_and_nothing_ticked_is_nothing() -> None:
    city()
    total, row = put(9), rows()[0]
    with pytest.raises(Refused, match="原因选了“其他”"):
        explain(total, Cause.OTHER, [Named(row["id"], row["name"], 1)], by=OPERATOR)
    with pytest.raises(Refused, match="没有勾选一行"):
        explain(total, M, [], by=OPERATOR)


def test_what_grew_takes_any_sign() -> None:
    city()
    total = put(-3, "members.total.net")
    explain_in_words(total, R, 2, by=OPERATOR, words="去年底多计")
    assert line("members.total.net").explained == 2


def test_an_explanation_is_taken_back_once_with_a_reason_and_stays_readable() -> None:
    city()
    total = put(9)
    one = explain_in_words(total, R, -2, by=OPERATOR, words="两张表都报了")
    with pytest.raises(Refused, match="撤销请写明理由"):
        retract(total, [one.pk], by=OPERATOR, reason="")
    assert retract(total, [one.pk], by=OPERATOR, reason="查无此事") == 1
    with pytest.raises(NotNow, match="已经撤销"):
        retract(total, [one.pk], by=OPERATOR, reason="再撤")
    for ids in ([], [9_999]):
        with pytest.raises(NotInScope):
            retract(total, ids, by=OPERATOR, reason="没有")
    kept = Explanation.objects.get()
    assert (kept.words, kept.withdrawn_reason, kept.stands) == ("两张表都报了", "查无此事", False)
    assert line().explained == 0


def test_what_was_explained_is_taken_over_when_a_wrong_total_is_entered_anew() -> None:
    city()
    first = put(90)
    named = [Named(row["id"], row["name"], 1) for row in rows()]
    explain(first, M, named, by=OPERATOR)
    gone = explain_in_words(first, R, -2, by=OPERATOR, words="不算")
    explain_in_words(first, R, -3, by=OPERATOR, words="两张表都报了")
    retract(first, [gone.pk], by=OPERATOR, reason="查无此事")
    with pytest.raises(NotNow, match="没有可以带过来的说明"):
        carry(first, by=OPERATOR)
    withdraw(first, by=OPERATOR, reason="多写一个零")
    second = put(9)
    with pytest.raises(NotPermitted):
        carry(second, by=clerk(COUNTY))
    assert carry(second, by=OPERATOR) == len(named) + 1
    assert (line().named, line().worded) == (len(named), -3)
    assert explained_by(second) == {one.entry: {M} for one in named}
    with pytest.raises(NotNow, match="没有可以带过来的说明"):
        carry(second, by=OPERATOR)
    assert first.explanations.filter(withdrawn_at=None).count() == len(named) + 1
    assert trail.verify().ok


def test_each_deed_is_a_link_of_the_trail_that_holds() -> None:
    city()
    before = TrailRecord.objects.count()
    total, row = put(9), rows()[0]
    (one,) = explain(total, M, [Named(row["id"], row["name"], 1)], by=OPERATOR)
    retract(total, [one.pk], by=OPERATOR, reason="认错")
    withdraw(total, by=OPERATOR, reason="抄错")
    links = TrailRecord.objects.filter(kind="bridge").order_by("number")
    assert TrailRecord.objects.count() == before + 4
    assert links[0].body.count('"totals":{"unions.base":9}') == 1
    assert links[1].number == one.link
    assert f'"entry":{row["id"]}' in links[1].body
    assert trail.verify().ok


def test_nothing_typed_becomes_a_figure_or_is_printed() -> None:
    city()
    before = all_counted()
    total = put(9)
    explain_in_words(total, R, -2, by=OPERATOR, words="两张表都报了")
    assert all_counted() == before
    month = lock(JUNE, area_id=area(COUNTY), by=OPERATOR)
    assert {one.code: one.value for one in month.figures.all()} == before


def all_counted() -> dict[str, float | None]:
    said = figures([], day=JUNE.cut_off, known_at=None, node=area(COUNTY))
    return {figure["code"]: figure["value"] for figure in said["figures"]}


# ------------------------------------------------------------------ counting


def test_the_figures_are_counted_from_rows_once_until_a_change() -> None:
    city()
    put(9)
    first = line()
    with CaptureQueriesContext(connection) as again:
        assert line() == first
    assert not [query for query in again if "unions_" in query["sql"]]
    told("unions", shop(1))
    assert (line().computed, line().known) == (first.computed + 1, newest())
    ensure(with_eves([JUNE.cut_off]))
    assert (line().computed, line().known) == (first.computed + 1, newest())
