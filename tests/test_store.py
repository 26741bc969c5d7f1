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
from gongjian.history.record import newest
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay, KeptSums
from gongjian.indicators.query import figures
from gongjian.indicators.sections import LeafSums, Year
from gongjian.indicators.store import keeping, layout, upkeep
from gongjian.indicators.store.keeping import Difference, ensure, prove
from gongjian.indicators.store.matrix import kept_matrix, matrix
from gongjian.indicators.store.moved import Movements
from gongjian.jobs.worker import run_errands
from tests.deeds import CUTOFFS, believed_entries, deeds, opened_city, perform
from tests.test_histories import wipe
from tests.worlds import (
    entry,
    firm,
    good,
    number,
    pact,
    union,
    without,
)

pytestmark = pytest.mark.django_db


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
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
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
        "orphaned": {entry("areas", "510703001"): 0b1100},
        "covered": {firms_: 0b1100},
        "unions": {entry("unions", "甲工会"): 0b1100},
        "hollow": {entry("unions", "甲工会"): 0b1100},
        "members": {members_: 0b1100},
        "agreements": dict.fromkeys([entry("agreements", "一号"), entry("agreements", "二号")], 15),
        "agreed": {},
        "signing": {firms_: 0b1100},
        "renewing": {entry("unions", "甲工会"): 0b1100},
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


def brought(*, most: int = 40) -> list[date]:
    """The days that are kept when the worker has nothing more to bring."""
    kept = [k.year.day for k in layout.kept_days()]
    for _ in range(most):
        run_errands()
        before, kept = kept, [k.year.day for k in layout.kept_days()]
        if kept == before:
            return kept
    raise AssertionError("the worker brings and brings")


def test_today_is_kept_first_with_the_day_its_year_begins_after(city: None) -> None:
    run_errands()

    assert [k.year.day for k in layout.kept_days()] == sorted(
        {*CUTOFFS, date(today().year - 1, 12, 31), today()}
    )


def test_the_worker_keeps_what_pages_show(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "today", lambda: date(2013, 3, 4))

    months = [(2012, month) for month in range(2, 13)] + [(2013, 1), (2013, 2)]
    days = [date(*month, 25) for month in months]
    eves = [date(year, 12, 31) for year in (2011, 2012)]
    wanted = [*eves, *days, date(2012, 3, 4), date(2013, 3, 4)]
    assert brought() == sorted({*CUTOFFS, *wanted})
    good("unions", union("甲工会") | {"撤销日期": "2011-05-01"})
    assert prove().differences == []


def test_days_that_are_kept_are_not_counted_again(
    city: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    brought()

    with django_assert_num_queries(1):
        keeping.keep_days()


def test_yesterday_goes_and_makes_no_cut_off_go(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "MOST_DAYS", 5)
    kept = set[date]()
    for day in (date(2013, 3, 4), date(2013, 3, 5)):
        monkeypatch.setattr(keeping, "today", lambda day=day: day)
        kept = {*brought()}

    assert {*CUTOFFS, date(2012, 12, 31), date(2013, 3, 5)} <= kept
    assert not {date(2013, 3, 4), date(2012, 3, 4)} & kept


def test_the_last_day_of_a_year_stays_for_the_net_figures_of_the_next(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (date(2012, 12, 31), date(2013, 1, 1)):
        monkeypatch.setattr(keeping, "today", lambda day=day: day)
        run_errands()

    kept = {k.year.day for k in layout.kept_days()}
    assert {date(2012, 12, 31), date(2013, 1, 1)} <= kept


def test_many_moved_leave_only_today_of_what_the_worker_brings_again(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = brought()
    monkeypatch.setattr(upkeep, "MANY", 1)
    good("employers", firm(0) | {"所属区划": "510703002", "生效日期": "2011-05-01"})

    eve = date(today().year - 1, 12, 31)
    assert [k.year.day for k in layout.kept_days()] == sorted({*CUTOFFS, eve, today()})
    assert prove().differences == []
    assert brought() == whole
    assert prove().differences == []


def test_what_is_not_kept_is_not_counted_for_a_page(
    city: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    (root,) = tree_on(CUTOFFS[0]).roots()
    days = [CUTOFFS[1], date(2013, 1, 25)]
    with django_assert_max_num_queries(6):
        found = kept_matrix(["employers.total"], days=days, nodes=[root])

    assert list(found.values) == days[:1]
    assert found.values[days[0]][root] == [{"value": 2}]
    net = kept_matrix(["members.total.net"], days=CUTOFFS[1:], nodes=[root])
    assert list(net.values) == CUTOFFS[1:3], "of the last no eve is kept"


def test_years_compare_along_the_tree_of_one_day(city: None) -> None:
    """A township that went to another counts there in both years."""
    left, heir = (entry("areas", code) for code in ("510703001", "510703002"))
    ended = {"区划代码": "510703001", "停用日期": "2011-06-01", "并入区划代码": "510703002"}
    good("areas", ended)

    own = matrix(["employers.staff"], days=CUTOFFS, nodes=[left, heir]).values
    same = matrix(["employers.staff"], days=CUTOFFS, nodes=[heir], tree_of=CUTOFFS[3]).values

    assert [[own[day][node][0]["value"] for node in (left, heir)] for day in CUTOFFS] == [
        [200, 0], [200, 0], [0, 200], [0, 200],
    ]  # fmt: skip
    assert [same[day][heir][0]["value"] for day in CUTOFFS] == [200, 200, 200, 200]


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
