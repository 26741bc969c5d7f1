"""Deadlines worked out by hand over the swapped days of the published arrangements."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.queries import calendar
from gongjian.calendars.rules import Calendar, Span
from gongjian.core.errors import WrongUse

WORKING = [
    ("2018-12-28", 1, "2018-12-29"),
    ("2019-02-01", 3, "2019-02-11"),
    ("2019-04-26", 3, "2019-04-30"),
    ("2019-04-30", 1, "2019-05-05"),
    ("2019-09-27", 5, "2019-10-10"),
    ("2019-10-10", 2, "2019-10-12"),
    ("2020-01-17", 5, "2020-01-23"),
    ("2020-01-17", 6, "2020-02-03"),
    ("2020-06-24", 1, "2020-06-28"),
    ("2020-09-25", 6, "2020-10-10"),
    ("2021-02-10", 3, "2021-02-20"),
    ("2021-09-17", 2, "2021-09-22"),
    ("2022-01-28", 3, "2022-02-07"),
    ("2022-04-01", 2, "2022-04-06"),
    ("2022-09-30", 2, "2022-10-09"),
    ("2022-12-30", 1, "2023-01-03"),
    ("2023-01-20", 2, "2023-01-29"),
    ("2023-06-21", 1, "2023-06-25"),
    ("2023-09-28", 1, "2023-10-07"),
    ("2024-02-08", 2, "2024-02-18"),
    ("2024-09-13", 2, "2024-09-18"),
    ("2025-01-24", 3, "2025-02-05"),
    ("2025-09-26", 4, "2025-10-09"),
    ("2026-02-13", 2, "2026-02-24"),
    ("2026-09-28", 10, "2026-10-16"),
    ("2026-12-25", 4, "2026-12-31"),
    ("2019-04-04", 1, "2019-04-08"),
    ("2019-06-06", 1, "2019-06-10"),
    ("2019-09-12", 2, "2019-09-17"),
    ("2019-12-31", 1, "2020-01-02"),
    ("2020-04-03", 1, "2020-04-07"),
    ("2020-04-24", 4, "2020-04-29"),
    ("2020-04-30", 4, "2020-05-09"),
    ("2020-09-30", 2, "2020-10-10"),
    ("2021-02-05", 3, "2021-02-09"),
    ("2021-04-02", 1, "2021-04-06"),
    ("2021-04-23", 2, "2021-04-26"),
    ("2021-04-30", 3, "2021-05-08"),
    ("2021-06-11", 1, "2021-06-15"),
    ("2021-09-24", 1, "2021-09-26"),
    ("2021-09-30", 2, "2021-10-09"),
    ("2022-03-31", 3, "2022-04-06"),
    ("2022-04-22", 1, "2022-04-24"),
    ("2022-04-29", 3, "2022-05-07"),
    ("2022-06-02", 1, "2022-06-06"),
    ("2022-09-09", 1, "2022-09-13"),
    ("2023-04-04", 1, "2023-04-06"),
    ("2023-04-21", 1, "2023-04-23"),
    ("2023-04-28", 3, "2023-05-06"),
    ("2023-06-25", 1, "2023-06-26"),
    ("2023-10-06", 3, "2023-10-09"),
    ("2024-04-03", 2, "2024-04-08"),
    ("2024-04-30", 6, "2024-05-11"),
    ("2024-06-07", 1, "2024-06-11"),
    ("2024-09-27", 2, "2024-09-30"),
    ("2024-10-11", 1, "2024-10-12"),
    ("2024-12-31", 1, "2025-01-02"),
    ("2025-02-07", 1, "2025-02-08"),
    ("2025-04-25", 1, "2025-04-27"),
    ("2025-05-30", 1, "2025-06-03"),
    ("2025-10-10", 1, "2025-10-11"),
    ("2025-12-31", 1, "2026-01-04"),
    ("2026-02-27", 1, "2026-02-28"),
    ("2026-05-08", 1, "2026-05-09"),
    ("2026-09-18", 1, "2026-09-20"),
    ("2026-09-24", 1, "2026-09-28"),
    ("2003-12-31", 1, "2004-01-02"),
]


@pytest.mark.django_db
def test_working_days_by_hand() -> None:
    kept = calendar()
    found = [
        (event, days, str(kept.due(date.fromisoformat(event), Span(days, working=True)).day))
        for event, days, _ in WORKING
    ]
    assert found == WORKING
    assert all(
        kept.due(date.fromisoformat(e), Span(n, working=True)).published for e, n, _ in WORKING
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "span", "roll", "due", "published"),
    [
        ("2026-10-01", "15d", False, "2026-10-16", True),
        ("2026-09-20", "15d", False, "2026-10-05", True),
        ("2026-09-20", "15d", True, "2026-10-08", True),
        ("2026-05-04", "5d", True, "2026-05-09", True),
        ("2026-05-05", "0wd", False, "2026-05-05", True),
        ("2026-12-25", "5wd", False, "2027-01-01", False),
        ("2026-12-25", "20d", False, "2027-01-14", False),
        ("2003-12-29", "2wd", False, "2003-12-31", False),
    ],
)
def test_spans_rest_days_and_what_is_not_published(
    event: str, span: str, roll: bool, due: str, published: bool
) -> None:
    found = calendar().due(date.fromisoformat(event), Span.read(span), roll=roll)
    assert (str(found.day), found.published) == (due, published)


@pytest.mark.django_db
def test_an_arrangement_entered_later_holds_at_once() -> None:
    before = calendar().due(date(2026, 12, 31), Span(1, working=True))
    Arrangement.objects.create(year=2027)
    SpecialDay.objects.create(day=date(2027, 1, 1), works=False, name="元旦", year=2027)
    after = calendar().due(date(2026, 12, 31), Span(1, working=True))
    assert (str(before.day), before.published) == ("2027-01-01", False)
    assert (str(after.day), after.published) == ("2027-01-04", True)


@pytest.mark.parametrize(
    "text", ["", "15", "d", "-1d", "1.5wd", "10 wd", "10WD", "１0d", "999999d"]
)
def test_a_span_that_makes_no_sense_is_named(text: str) -> None:
    with pytest.raises(WrongUse, match=f"期限“{text}”看不懂"):
        Span.read(text)


@pytest.mark.parametrize("span", ["5d", "5wd"])
def test_beyond_the_last_day_there_is(span: str) -> None:
    with pytest.raises(WrongUse, match="超出了能表示的日期"):
        Calendar({}, frozenset()).due(date(9999, 12, 30), Span.read(span))


@given(
    event=st.dates(date(2004, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 60),
    special=st.dictionaries(st.dates(date(2004, 1, 1), date(2031, 1, 1)), st.booleans()),
)
def test_exactly_so_many_working_days_lie_between(
    event: date, days: int, special: dict[date, bool]
) -> None:
    kept = Calendar(special, frozenset())
    due = kept.due(event, Span(days, working=True)).day
    between = [event + timedelta(days=n + 1) for n in range((due - event).days)]
    assert sum(map(kept.works, between)) == days
    assert not between or kept.works(due)
