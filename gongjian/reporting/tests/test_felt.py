"""What is kept of a unit is what would be worked out anew, whatever was changed since, and where."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.history.shapes import SHAPES
from gongjian.history.state import latest
from gongjian.history.undo import undo
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.sections import Year
from gongjian.indicators.several import rows_together
from gongjian.indicators.store import felt
from gongjian.indicators.store.matrix import matrix
from gongjian.ledgers.importing import author
from gongjian.ledgers.tests.city import ANNA, BORIS, CLARA, FIRM, HEAD_UNION, SECOND, UNION, city
from gongjian.reporting import changes, queries
from gongjian.reporting.changes import month_changes
from gongjian.reporting.queries import quality_gate, years_asked
from gongjian.reporting.rules import CHANGES, REPORTED
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, OTHER, TOWN
from gongjian.reporting.tests.test_filing import DEEDS, SAID, Deed, file, shop
from tests.worlds import entry

pytestmark = pytest.mark.django_db
UNIONS, FIRMS = (UNION, SECOND, HEAD_UNION), (FIRM, "丙店", "店1", "店2")
PEOPLE = (ANNA, BORIS, CLARA)


def _one(of: tuple[str, ...], number: int) -> str:
    return of[number % len(of)]


def rename(day: date, number: int, town: str) -> None:
    file("unions", {"工会代码": _one(UNIONS, number), "工会名称": f"改名{number}", "生效日期": day})


def rename_person(day: date, number: int, town: str) -> None:
    file("members", {"证件号码": _one(PEOPLE, number), "姓名": f"改{number}"})


def rename_firm(day: date, number: int, town: str) -> None:
    file("employers", {"统一社会信用代码": FIRM, "单位名称": f"改名{number}", "生效日期": day})


def leave(day: date, number: int, town: str) -> None:
    file("members", {"证件号码": _one(PEOPLE, number), "会籍状态": "退会", "会籍变化日期": day,
                     "会籍变化原因": "本人申请"})  # fmt: skip


def join(day: date, number: int, town: str) -> None:
    file("members", {"证件类别": "护照", "证件号码": f"AB1234{number}", "姓名": "来", "入会日期": day,
                     "所属工会": _one(UNIONS, number)})  # fmt: skip


def telephone(day: date, number: int, town: str) -> None:
    file("members", {"证件号码": _one(PEOPLE, number), "手机": f"1390000567{number}"})


def found(day: date, number: int, town: str) -> None:
    file("unions", {"工会名称": f"工会{number}", "工会类型": "单独基层工会", "所属区划": town,
                    "建会日期": day})  # fmt: skip


def dissolve(day: date, number: int, town: str) -> None:
    file("unions", {"工会代码": _one(UNIONS, number), "撤销日期": day, "撤销原因": "合并"})


def join_in(day: date, number: int, town: str) -> None:
    file("coverage", {"工会": _one(UNIONS, number), "用人单位": _one(FIRMS, number + 1),
                      "涵盖方式": "联合", "起始日期": day, "涵盖职工数": number})  # fmt: skip


def agree(day: date, number: int, town: str) -> None:
    file("agreements", {"协议编号": f"绵〔2011〕{number % 3 + 1}号", "协议类型": "区域性",
                        "签约工会": _one(UNIONS, number), "签订日期": day, "期限起": day,
                        "期限止": date(2011, 6, 30)})  # fmt: skip


def agree_for(day: date, number: int, town: str) -> None:
    file("agreement-coverage", {"协议编号": f"绵〔2011〕{number % 2 + 1}号",
                                "用人单位": _one(FIRMS, number), "覆盖职工数": number})  # fmt: skip


def term(day: date, number: int, town: str) -> None:
    file("unions", {"工会代码": _one(UNIONS, number), "届期": str(number % 3 + 1), "生效日期": day})


def unstaffed(day: date, number: int, town: str) -> None:
    file("employers", {"单位名称": f"空{number}", "所属区划": town, "单位性质": "企业",
                       "成立日期": day})  # fmt: skip


def found_above(day: date, number: int, town: str) -> None:
    found(day, number, COUNTY)


def move_up(day: date, number: int, town: str) -> None:
    file("unions", {"工会代码": _one(UNIONS, number), "所属区划": COUNTY, "生效日期": day})


def merge_town(day: date, number: int, town: str) -> None:
    file("areas", {"区划代码": town, "停用日期": day, "并入区划代码": (OTHER, COUNTY)[number % 2]})


ALL: tuple[Deed, ...] = (
    *DEEDS, rename, rename_person, rename_firm, leave, join, telephone, found, dissolve, join_in,
    agree, agree_for, term, unstaffed, found_above, move_up, merge_town,
)  # fmt: skip


def nodes() -> list[int]:
    return [area(code) for code in (CITY, COUNTY, TOWN, OTHER)]


@pytest.fixture
def units() -> list[int]:
    city()
    shop(date(2011, 2, 1), 1, TOWN)
    shop(date(2011, 2, 1), 2, OTHER)
    for number, town in enumerate((TOWN, OTHER)):
        unstaffed(date(2011, 2, 1), number, town)
        found(date(2011, 2, 1), number, town)
        term(date(2010, 12, 31), number, town)
    assert all(quality_gate(JUNE, unit) for unit in nodes())
    return nodes()


def told(unit: int) -> tuple[Any, Any]:
    return quality_gate(JUNE, unit), month_changes(JUNE, unit)


def anew(unit: int) -> tuple[Any, Any]:
    """Both as nobody keeps them."""
    start = JUNE.year_start
    rows = rows_together(CHANGES, day=JUNE.cut_off, node=unit, year_start=start)
    return list(queries._gate(JUNE, unit)), rows


def hold(deeds: list[tuple[Callable[..., object], dict[str, Any]]], units: list[int]) -> None:
    """After each of some deeds, and after two of them at once, what is kept is right."""
    with transaction.atomic():
        for at, (deed, said) in enumerate(deeds):
            try:
                with transaction.atomic():
                    deed(**said)
            except Refused:
                continue
            looked = units if at % 3 else units[1:]  # the city is looked at less often
            assert [told(unit) for unit in looked] == [anew(unit) for unit in looked], deed
        transaction.set_rollback(True)


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.tuples(st.sampled_from(ALL), SAID), min_size=1, max_size=6))
def test_what_is_put_together_is_what_would_be_found_in_the_whole(
    units: list[int], deeds: list[tuple[Deed, dict[str, Any]]]
) -> None:
    with transaction.atomic():
        for deed, said in deeds:
            with suppress(Refused), transaction.atomic():
                deed(**said)
        for unit in units[:2]:
            assert month_changes(JUNE, unit) == anew(unit)[1]
        transaction.set_rollback(True)


def test_whoever_moves_within_a_county_is_no_change_of_the_county(units: list[int]) -> None:
    _, county, town, other = units
    file("unions", {"工会代码": UNION, "所属区划": OTHER, "生效日期": date(2011, 6, 3)})
    found(date(2011, 6, 3), 1, TOWN)
    found(date(2011, 6, 3), 2, COUNTY)
    moved, net = entry("unions", UNION), "unions.base.net"
    assert [row["value"] for row in month_changes(JUNE, town)[net] if row["id"] == moved] == [-1]
    assert [row["value"] for row in month_changes(JUNE, other)[net] if row["id"] == moved] == [1]
    rows = month_changes(JUNE, county)[net]
    assert [(row["name"], row["area"]) for row in rows] == [("工会2", COUNTY), ("工会1", TOWN)]
    assert month_changes(JUNE, county) == anew(county)[1]


def test_a_county_of_which_one_township_changed_reads_that_one(units: list[int]) -> None:
    _, county, _, other = units
    month_changes(JUNE, county)
    with mock.patch.object(changes, "rows_together", wraps=rows_together) as read:
        found(date(2011, 6, 3), 1, OTHER)
        month_changes(JUNE, county)
        assert [call.kwargs["node"] for call in read.call_args_list] == [other]
        file("areas", {"区划代码": TOWN, "停用日期": date(2011, 6, 3), "并入区划代码": OTHER})
        month_changes(JUNE, county)
        assert [call.kwargs["node"] for call in read.call_args_list] == [other, county]


def test_a_county_is_worth_looking_through_more_changes(
    units: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, county, town, _ = units
    monkeypatch.setattr(felt, "AT_ONCE", 1)
    month_changes(JUNE, county)
    for number in range(2):
        found(date(2011, 6, 3), number, CITY)
    with mock.patch.object(changes, "rows_together", wraps=rows_together) as read:
        month_changes(JUNE, county)
        assert read.call_count == 0
        for number in range(2, 4):
            found(date(2011, 6, 3), number, CITY)
        month_changes(JUNE, town)
        assert read.call_count == 1


def test_rows_stand_in_the_order_of_codes_wherever_their_places_lie(units: list[int]) -> None:
    whole, *_ = units
    file("areas", {"区划代码": TOWN, "上级代码": CITY, "生效日期": date(2011, 1, 1)})
    for number, code in enumerate((TOWN, OTHER, CITY)):
        found(date(2011, 6, 3), number, code)
    rows = month_changes(JUNE, whole)["unions.base.net"]
    assert [row["area"] for row in rows] == [CITY, TOWN, OTHER]
    assert month_changes(JUNE, whole) == anew(whole)[1]


def test_a_place_that_got_another_code_is_still_the_same(units: list[int]) -> None:
    whole, county, *_ = units
    found(date(2011, 2, 1), 3, COUNTY)
    table: Any = SHAPES["areas"].version_model
    for code in (TOWN, COUNTY):
        row = table.objects.get(code=code, removed_in=None)
        row.valid_to = date(2011, 6, 3)
        row.save()
        row.vid, row.code, row.valid_from, row.valid_to = (
            10**9 + row.vid,
            f"{code}9",
            row.valid_to,
            None,
        )
        row.save(force_insert=True)
    file("areas", {"区划代码": "510704", "名称": "别县", "类型": "县", "上级代码": CITY})
    found(date(2011, 6, 3), 1, f"{TOWN}9")
    found(date(2011, 6, 3), 2, f"{COUNTY}9")
    assert "工会1" in str(month_changes(JUNE, county))
    for unit in (whole, county):
        assert month_changes(JUNE, unit) == anew(unit)[1]


DONE = st.lists(st.tuples(st.sampled_from(ALL), SAID), min_size=1, max_size=6)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(deeds=DONE)
def test_what_is_kept_is_what_would_be_found_anew(
    units: list[int], deeds: list[tuple[Deed, dict[str, Any]]]
) -> None:
    hold(deeds, units)


@pytest.mark.proof
@settings(max_examples=1_000, suppress_health_check=list(HealthCheck))
@given(deeds=DONE)
def test_a_thousand_times_what_is_kept_is_what_would_be_found_anew(
    units: list[int], deeds: list[tuple[Deed, dict[str, Any]]]
) -> None:
    hold(deeds, units)


def test_whoever_moves_is_felt_where_they_were_and_where_they_are(units: list[int]) -> None:
    *_, town, other = units
    before = told(town), told(other)
    file("unions", {"工会代码": UNION, "所属区划": OTHER, "生效日期": date(2011, 6, 3)})
    after = told(town), told(other)
    assert after == (anew(town), anew(other))
    assert after[0] != before[0]
    assert after[1] != before[1]


def test_an_agreement_is_felt_where_it_was_signed_and_where_it_covers(units: list[int]) -> None:
    file("agreement-coverage", {"协议编号": "绵〔2011〕1号", "用人单位": "丙店", "覆盖职工数": 9})
    now = latest()
    there = felt.leaves_of(now.change, years_asked(JUNE, units[2]))
    assert there is not None
    assert there == {area(TOWN), area(OTHER)}


def test_changes_elsewhere_leave_what_is_kept(units: list[int]) -> None:
    *_, town, other = units
    matrix([*REPORTED, *(p.code for p in CATALOG.problems())], days=[JUNE.cut_off], nodes=[town])
    before, beside = month_changes(JUNE, town), month_changes(JUNE, other)
    for number in range(3):
        found(date(2011, 6, 3), number, OTHER)
    assert month_changes(JUNE, town) is before
    assert month_changes(JUNE, other) is not beside
    assert month_changes(JUNE, town) is before


def test_a_change_is_looked_through_once(units: list[int]) -> None:
    told(units[2])
    found(date(2011, 6, 3), 1, OTHER)
    with CaptureQueriesContext(connection) as first:
        told(units[2])
    with CaptureQueriesContext(connection) as second:
        told(units[2])
    assert len(second) < len(first)
    assert len(second) <= 6


def test_of_many_changes_at_once_none_is_looked_through(
    units: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = month_changes(JUNE, units[2])
    for number in range(felt.AT_ONCE + 1):
        found(date(2011, 6, 3), number, OTHER)
    looked: list[int] = []
    leaves_of = felt.leaves_of

    def look(number: int, years: tuple[Year, ...]) -> frozenset[int] | None:
        looked.append(number)
        return leaves_of(number, years)

    monkeypatch.setattr(felt, "leaves_of", look)
    after = month_changes(JUNE, units[2])
    assert (looked, after == before, after is before) == ([], True, False)
    found(date(2011, 6, 3), 9, OTHER)
    assert month_changes(JUNE, units[2]) is after
    assert len(looked) == 1


def test_a_large_change_and_one_of_areas_are_felt_everywhere(
    units: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = month_changes(JUNE, units[2])
    file("areas", {"区划代码": "5199", "名称": "别处", "类型": "市"})
    after = month_changes(JUNE, units[2])
    assert (after == before, after is before) == (True, False)
    monkeypatch.setattr(felt, "LARGE", 0)
    found(date(2011, 6, 3), 1, OTHER)
    assert month_changes(JUNE, units[2]) is not after


def test_another_history_with_the_same_numbers_is_another(units: list[int]) -> None:
    unit = units[2]
    with transaction.atomic():
        found(date(2011, 6, 3), 1, TOWN)
        assert "工会1" in str(month_changes(JUNE, unit))
        transaction.set_rollback(True)
    found(date(2011, 6, 3), 2, OTHER)
    found(date(2011, 6, 3), 3, OTHER)
    assert "工会1" not in str(month_changes(JUNE, unit))
    undo(latest().change, by=author(OPERATOR, "传错"), allow=lambda _: None)
    assert told(unit) == anew(unit)
