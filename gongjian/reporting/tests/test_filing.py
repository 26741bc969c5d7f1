"""Whatever is filed late, the locked month stays; what differs is named, with a reason for it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.history import repair
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.history.sql import fetch
from gongjian.history.undo import undo
from gongjian.indicators.declare import Ratio
from gongjian.indicators.differing import Difference
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Request, author, take
from gongjian.ledgers.tests.city import ANNA, CLARA, FIRM, SECOND, UNION, city
from gongjian.reporting import late
from gongjian.reporting.actions import lock
from gongjian.reporting.models import LockedFigure, LockedMonth
from gongjian.reporting.queries import difference_sheet
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, OTHER, TOWN
from tests.papers import table

pytestmark = pytest.mark.django_db
TOWNS = (TOWN, OTHER, "510703003")
DAYS = (date(2010, 12, 31), date(2011, 1, 1), date(2011, 3, 1), date(2011, 6, 25),
        date(2011, 6, 26), date(2012, 1, 1))  # fmt: skip
SAID = st.fixed_dictionaries(
    {"day": st.sampled_from(DAYS), "number": st.integers(0, 5), "town": st.sampled_from(TOWNS)}
)
Deed = Callable[..., object]


def file(slug: str, row: dict[str, Any]) -> None:
    asked = Request(ledger=LEDGERS[slug], actor=OPERATOR, reason=f"第 {newest() + 1} 次")
    take(asked, table([row]))


def shop(day: date, number: int, town: str) -> None:
    file("employers", {"单位名称": f"店{number}", "所属区划": town, "单位性质": "个体工商户",
                       "职工人数": number, "成立日期": day})  # fmt: skip


def staff(day: date, number: int, town: str) -> None:
    file("employers", {"统一社会信用代码": FIRM, "职工人数": 100 + number, "所属区划": town,
                       "生效日期": day})  # fmt: skip


def close(day: date, number: int, town: str) -> None:
    file("employers", {"单位名称": f"店{number}", "所属区划": town, "经营状态": "注销",
                       "注销日期": day})  # fmt: skip


def move(day: date, number: int, town: str) -> None:
    file("unions", {"工会代码": (UNION, SECOND)[number % 2], "所属区划": town, "生效日期": day})


def transfer(day: date, number: int, town: str) -> None:
    file("members", {"证件号码": (ANNA, CLARA)[number % 2], "所属工会": UNION, "入会日期": day})


def cover(day: date, number: int, town: str) -> None:
    file("coverage", {"工会": SECOND, "用人单位": FIRM, "涵盖方式": "联合", "起始日期": day,
                      "涵盖职工数": number})  # fmt: skip


def hang(day: date, number: int, town: str) -> None:
    file("areas", {"区划代码": town, "上级代码": (CITY, COUNTY)[number % 2], "生效日期": day})


def annul(day: date, number: int, town: str) -> None:
    repair.annul("employers", _employer(number), by=author(OPERATOR, "录错"))


def merge(day: date, number: int, town: str) -> None:
    by = author(OPERATOR, "一家")
    repair.merge("employers", _employer(number), _employer(number + 1), by=by)


def take_back(day: date, number: int, town: str) -> None:
    undo(newest() - number, by=author(OPERATOR, "传错"), allow=lambda _: None)


def _employer(number: int) -> int:
    found = fetch("SELECT DISTINCT entry_id FROM employers_employerversion"
                  " WHERE removed_in IS NULL ORDER BY entry_id")  # fmt: skip
    return int(found[number % len(found)][0])


DEEDS: tuple[Deed, ...] = (
    shop, staff, close, move, transfer, cover, hang, annul, merge, take_back
)  # fmt: skip


@pytest.fixture
def month() -> LockedMonth:
    city()
    shop(date(2011, 2, 1), 1, TOWN)
    shop(date(2011, 2, 1), 2, OTHER)
    return lock(JUNE, area_id=area(COUNTY), by=OPERATOR)


def hold(month: LockedMonth) -> None:
    """The sheet says in full why the present differs."""
    for one in difference_sheet(month):
        _adds_up(one)
        numbers = {row["change"] for row in (*one.came, *one.went)}
        kinds = late.kinds(Change.objects.filter(pk__in=numbers), month.at)
        for change in Change.objects.filter(pk__in=numbers):
            assert change.reason
            assert kinds[change.number]
            # Whoever made it was asked for that reason.
            reached = late.months_reached(late.reach_of_changes([change.number]))
            assert month in reached, (one.figure.code, change.number, change.kind, change.ledger)


def _adds_up(one: Difference) -> None:
    if isinstance(one.figure, Ratio):
        return
    moved = sum(row["value"] for row in one.came) - sum(row["value"] for row in one.went)
    assert (one.now or 0) - (one.then or 0) == moved


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), SAID), min_size=1, max_size=5))
def test_a_locked_month_stays_and_every_row_of_the_sheet_was_asked_about(
    month: LockedMonth, deeds: list[tuple[Deed, dict[str, Any]]]
) -> None:
    printed = list(LockedFigure.objects.order_by("pk").values())
    with transaction.atomic():
        for deed, said in deeds:
            try:
                deed(**said)
            except Refused:
                continue
        assert list(LockedFigure.objects.order_by("pk").values()) == printed
        hold(month)
        transaction.set_rollback(True)
