"""The figure store: kept sums are what the rows give, whatever happened since they were kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import tree_on
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.history.record import newest
from gongjian.history.repair import annul, merge
from gongjian.history.shapes import SHAPES
from gongjian.history.undo import Blocked, undo
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay, KeptSums
from gongjian.indicators.query import figures
from gongjian.indicators.sections import LeafSums, Year
from gongjian.indicators.store import keeping, layout, upkeep
from gongjian.indicators.store.keeping import Difference, ensure, prove
from gongjian.indicators.store.matrix import matrix
from gongjian.indicators.store.moved import Movements
from gongjian.jobs.worker import run_errands
from tests.papers import bring, county
from tests.test_histories import wipe
from tests.worlds import (
    BY,
    covers,
    entry,
    firm,
    good,
    member,
    number,
    pact,
    under,
    union,
    without,
)

pytestmark = pytest.mark.django_db

CUTOFFS = [date(2010, 12, 31), date(2011, 1, 25), date(2011, 6, 25), date(2012, 6, 25)]
DAY = date(2011, 3, 1)

days_ = st.sampled_from(["2009-01-01", "2010-12-31", "2011-01-25", "2011-06-01", "2012-01-01"])
areas = st.sampled_from(["5107", "510703", "510703001", "510703002"])
firms = st.sampled_from([0, 1])
unions = st.sampled_from(["甲工会", "乙工会"])
pacts = st.sampled_from(["一号", "二号"])


def some(**cells: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the cells, each with some value."""
    return st.fixed_dictionaries({}, optional=cells)


rows = st.one_of(
    st.tuples(
        st.just("employers"),
        st.builds(
            lambda i, more: firm(i) | more,
            firms,
            some(
                所属区划=areas,
                单位性质=st.sampled_from(["企业", "机关"]),
                经营状态=st.sampled_from(["在业", "停业"]),
                职工人数=st.sampled_from([90, 100, 110]),
                成立日期=days_,
                注销日期=days_,
                生效日期=days_,
            ),
        ),
    ),
    st.tuples(
        st.just("unions"),
        st.builds(
            lambda name, more: union(name) | more,
            unions,
            some(
                工会类型=st.sampled_from(["联合基层工会", "区域性工会联合会"]),
                上级工会=unions,
                建会日期=days_,
                换届日期=days_,
                届期=st.sampled_from(["3", "5"]),
                撤销日期=days_,
                生效日期=days_,
                主席姓名=st.sampled_from(["王一", "王二"]),
            ),
        ),
    ),
    st.tuples(
        st.just("coverage"),
        st.builds(
            lambda name, i, more: covers(name, f"第{i}公司") | more,
            unions,
            firms,
            some(
                涵盖方式=st.sampled_from(["联合", "联合会", "分会"]),
                起始日期=days_,
                终止日期=days_,
                生效日期=days_,
            ),
        ),
    ),
    st.tuples(
        st.just("members"),
        st.builds(
            lambda i, more: member(i) | more,
            st.sampled_from([1, 2]),
            some(
                所属工会=unions,
                是否农民工=st.sampled_from(["是", "否"]),
                新就业形态=st.sampled_from(["快递员", "清空"]),
                入会日期=days_,
                会籍状态=st.sampled_from(["保留", "转出待接收", "退会"]),
                会籍变化日期=days_,
                生效日期=days_,
                手机=st.just("13900000000"),
            ),
        ),
    ),
    st.tuples(
        st.just("agreements"),
        st.builds(
            lambda name, more: pact(name) | more,
            pacts,
            some(
                协议类型=st.sampled_from(["区域性", "行业性"]),
                签约工会=unions,
                期限止=st.just("2012-12-31"),
                生效日期=days_,
                收到日期=days_,
                审查意见=st.sampled_from(["有异议", "无异议"]),
                作废日期=days_,
            ),
        ),
    ),
    st.tuples(
        st.just("agreement-coverage"),
        st.builds(
            lambda name, i, more: under(name, f"第{i}公司") | more,
            pacts,
            firms,
            some(覆盖职工数=st.sampled_from([10, 20]), 终止日期=st.just("2011-12-31")),
        ),
    ),
    st.tuples(
        st.just("areas"),
        st.builds(
            lambda more: {"区划代码": "510703002", "名称": "塘汛镇", "类型": "镇"} | more,
            some(
                上级代码=st.sampled_from(["5107", "510703"]),
                停用日期=days_,
                并入区划代码=st.just("510703001"),
                生效日期=days_,
            ),
        ),
    ),
)
deeds = st.one_of(
    st.tuples(st.just("row"), rows),
    st.tuples(st.just("row"), rows),
    st.tuples(st.just("row"), rows),
    st.tuples(st.just("undo"), st.integers(0, 6)),
    st.tuples(st.just("annul"), st.sampled_from(["coverage", "members", "agreement-coverage"])),
    st.tuples(st.just("merge"), st.sampled_from(["employers", "unions"])),
)


def opened_city() -> None:
    """Two firms, two unions, and everything that ties them."""
    county()
    good("employers", firm(0), firm(1), on=DAY)
    good("unions", union("甲工会"), union("乙工会") | {"上级工会": "甲工会"})
    good("coverage", covers("甲工会", "第0公司"), covers("乙工会", "第1公司"))
    good("members", member(1), member(2) | {"所属工会": "乙工会"})
    effective = {"生效日期": "2011-04-01"}
    good("agreements", pact("一号") | effective, pact("二号") | effective | {"协议类型": "区域性"})
    good(
        "agreement-coverage", under("一号", "第0公司"), under("二号", "第0公司") | {"覆盖职工数": 9}
    )


def believed_entries(slug: str) -> list[int]:
    query = f'SELECT DISTINCT entry_id FROM "{SHAPES[slug].table}" WHERE removed_in IS NULL'
    return sorted(e for (e,) in sql.fetch(query))


def perform(kind: str, what: Any) -> None:
    """Do one deed; what the product refuses is nobody's business here."""
    if kind == "row":
        bring(what[0], what[1], on=DAY, skip_bad=True)
        return
    held = [] if kind == "undo" else believed_entries(what)
    try:
        if kind == "undo":
            undo(newest() - what, by=BY)
        elif kind == "annul" and held:
            annul(what, held[0], by=BY)
        elif kind == "merge" and len(held) > 1:
            merge(what, held[0], held[1], by=BY)
    except (Refused, Blocked):
        return


def matrix_is_what_figures_are() -> None:
    nodes = believed_entries("areas")
    found = matrix([], days=CUTOFFS, nodes=nodes)
    for day in CUTOFFS:
        for node in nodes:
            answer = figures([], day=day, known_at=None, node=node)["figures"]
            wanted = [
                {k: v for k, v in figure.items() if k in ("value", "numerator", "denominator")}
                for figure in answer
            ]
            assert found.values[day][node] == wanted


def play(history: list[tuple[str, Any]]) -> None:
    wipe()
    KeptDay.objects.all().delete()
    opened_city()
    ensure(CUTOFFS)
    for kind, what in history:
        perform(kind, what)
        assert prove().differences == []
    assert len(layout.kept_days()) == len(CUTOFFS)
    matrix_is_what_figures_are()


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(history=st.lists(deeds, min_size=2, max_size=6))
def test_store_is_what_the_rows_give_after_every_change(history: list[Any]) -> None:
    play(history)


@pytest.mark.proof
@settings(max_examples=1000, suppress_health_check=list(HealthCheck))
@given(history=st.lists(deeds, min_size=4, max_size=12))
def test_store_is_what_the_rows_give_after_many_changes(history: list[Any]) -> None:
    play(history)


# ------------------------------------------------------------------ one by one


@pytest.fixture
def city(db: None) -> None:
    opened_city()
    ensure(CUTOFFS)


def end_of_union() -> None:
    good("unions", union("甲工会") | {"撤销日期": "2011-05-01"})


def move_of_firm() -> None:
    good("employers", firm(0) | {"所属区划": "510703002", "生效日期": "2011-05-01"})


def end_of_agreement() -> None:
    good("agreements", without(pact("一号"), "期限止") | {"作废日期": "2011-05-01"})


@pytest.mark.parametrize(
    ("deed", "code", "before", "after"),
    [
        (end_of_union, "coverage.units", 2, 1),
        (end_of_union, "members.total", 2, 1),
        (end_of_union, "agreements.employers", 1, 1),
        (end_of_agreement, "agreements.workers", 80, 9),
    ],
)
def test_end_reaches_what_hangs_on_it(
    city: None, deed: Callable[[], None], code: str, before: int, after: int
) -> None:
    def value() -> Any:
        day = CUTOFFS[2]
        (root,) = tree_on(day).roots()
        ((found,),) = matrix([code], days=[day], nodes=[root]).values[day].values()
        return found["value"]

    assert value() == before
    deed()
    assert value() == after
    assert prove().differences == []


def test_move_leaves_earlier_days_alone(city: None) -> None:
    left, reached = (entry("areas", code) for code in ("510703001", "510703002"))
    move_of_firm()

    found = matrix(["employers.staff"], days=CUTOFFS, nodes=[left, reached]).values

    told = [[found[day][node][0]["value"] for node in (left, reached)] for day in CUTOFFS]
    assert told == [[200, 0], [200, 0], [100, 100], [100, 100]]


def test_edit_of_what_no_figure_reads_moves_nobody(city: None) -> None:
    good("unions", union("甲工会") | {"主席姓名": "王三", "生效日期": "2011-02-01"})

    movements = Movements(newest(), CUTOFFS)

    assert [base.code for base in CATALOG.bases if movements.of(base)] == []


def test_edit_moves_whom_it_concerns_on_the_days_it_does(city: None) -> None:
    end_of_union()

    movements = Movements(newest(), CUTOFFS)

    moved = {base.code: movements.of(base) for base in CATALOG.bases}
    firms_, members_ = entry("employers", "第0公司"), entry("members", number(1))
    assert moved == {
        "employers": {},
        "covered": {firms_: 0b1100},
        "unions": {entry("unions", "甲工会"): 0b1100},
        "hollow": {entry("unions", "甲工会"): 0b1100},
        "members": {members_: 0b1100},
        "agreements": dict.fromkeys([entry("agreements", "一号"), entry("agreements", "二号")], 15),
        "agreed": {},
        "signing": {firms_: 0b1100},
    }


def test_too_many_moved_entities_drop_the_days_they_were_moved_on(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "TOO_MANY", 1)
    move_of_firm()

    assert [kept.year.day for kept in layout.kept_days()] == CUTOFFS[:2]
    assert prove().differences == []


def test_changed_kept_sum_is_found_and_told(city: None, caplog: pytest.LogCaptureFixture) -> None:
    assert prove().differences == []
    assert {day.proven_in for day in KeptDay.objects.all()} == {newest()}
    at = layout.places()["employers.total"]
    row = KeptSums.objects.order_by("pk").last()
    assert row is not None
    numbers = row.sums.split()
    numbers[at] = str(int(numbers[at]) + 3)
    row.sums = " ".join(numbers)
    row.save()

    found = prove().differences

    day = KeptDay.objects.get(pk=row.kept_id)
    right = int(numbers[at]) - 3
    assert found == [Difference(day.day, "employers.total", row.leaf, right + 3, right)]
    assert (day.proven_in, day.proven_at) == (None, None)
    assert "employers.total" in caplog.text


def test_sums_of_other_definitions_are_not_read(city: None) -> None:
    KeptDay.objects.update(signature="0" * 64)

    assert layout.kept_days() == []
    assert [kept.year.day for kept in ensure(CUTOFFS)] == CUTOFFS
    assert KeptDay.objects.count() == len(CUTOFFS)


def test_day_kept_longest_makes_room(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_DAYS", 4)
    ensure([date(2013, 1, 25)])

    assert [k.year.day for k in layout.kept_days()] == [*CUTOFFS[1:], date(2013, 1, 25)]


def test_today_is_kept_with_the_day_its_year_begins_after(city: None) -> None:
    run_errands()

    eve = date(today().year - 1, 12, 31)
    assert [k.year.day for k in layout.kept_days()] == sorted({*CUTOFFS, eve, today()})
    good("unions", union("甲工会") | {"撤销日期": "2011-05-01"})
    assert prove().differences == []


def test_today_that_is_kept_is_not_counted_again(
    city: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run_errands()

    with django_assert_num_queries(1):
        run_errands()


def test_yesterday_goes_and_makes_no_cut_off_go(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "MOST_DAYS", 5)
    for day in (date(2013, 3, 4), date(2013, 3, 5)):
        monkeypatch.setattr(keeping, "today", lambda day=day: day)
        run_errands()

    kept = [k.year.day for k in layout.kept_days()]
    assert kept == [*CUTOFFS, date(2012, 12, 31), date(2013, 3, 5)]


def test_the_last_day_of_a_year_stays_for_the_net_figures_of_the_next(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (date(2012, 12, 31), date(2013, 1, 1)):
        monkeypatch.setattr(keeping, "today", lambda day=day: day)
        run_errands()

    kept = [k.year.day for k in layout.kept_days()]
    assert kept == sorted([*CUTOFFS, *(date(y, 12, 31) for y in (2011, 2012)), date(2013, 1, 1)])


def test_a_day_that_two_bring_at_once_is_kept_once(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, work_out = date(2013, 1, 25), keeping.counted

    def slowly(year: Year, known: int) -> LeafSums:
        monkeypatch.setattr(keeping, "counted", work_out)
        ensure([day])
        return work_out(year, known)

    monkeypatch.setattr(keeping, "counted", slowly)
    ensure([day])

    assert KeptDay.objects.filter(day=day).count() == 1
    assert prove().differences == []


def test_every_indicator_has_its_place() -> None:
    assert sorted(layout.codes()) == sorted(
        i.code for base in CATALOG.bases for i in CATALOG.indicators_on(base)
    )
