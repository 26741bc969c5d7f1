from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.core.days import cut_offs, now, parse_day, today, year_before, year_start
from gongjian.core.errors import WrongUse


def test_now_is_in_china_time() -> None:
    assert now().utcoffset() == timedelta(hours=8)


def test_today_is_the_day_of_now() -> None:
    assert now().date() - today() in {timedelta(0), timedelta(days=1)}  # midnight between the two


def test_parse_day_reads_iso() -> None:
    assert parse_day("2011-12-28") == date(2011, 12, 28)


@pytest.mark.parametrize(
    "text",
    ["", "2011-2-30", "2011-02-30", "2011/12/28", "20111228", "2011-W01-1", "0011-12-28", "昨天"],
)
def test_parse_day_names_what_it_refuses(text: str) -> None:
    with pytest.raises(WrongUse) as refused:
        parse_day(text)

    assert refused.value.sentence == (f"“{text}”不是有效日期，请写成 2011-12-28 这样的年-月-日。")


@pytest.mark.parametrize(
    ("day", "start", "expected"),
    [
        (date(2011, 12, 28), "01-01", date(2011, 1, 1)),
        (date(2011, 12, 28), "12-28", date(2011, 12, 28)),
        (date(2011, 12, 28), "12-29", date(2010, 12, 29)),
        (date(2012, 2, 29), "02-29", date(2012, 2, 29)),
        (date(2012, 2, 28), "02-29", date(2011, 2, 28)),
        (date(2013, 2, 28), "02-29", date(2013, 2, 28)),
        (date(2013, 2, 27), "02-29", date(2012, 2, 29)),
    ],
)
def test_year_start(day: date, start: str, expected: date) -> None:
    assert year_start(day, start) == expected


@pytest.mark.parametrize("start", ["", "1-1", "13-01", "02-30", "00-10", "2011-01-01"])
def test_year_start_names_what_it_refuses(start: str) -> None:
    with pytest.raises(WrongUse) as refused:
        year_start(date(2011, 12, 28), start)

    assert refused.value.sentence == f"年度起始日“{start}”无效，请写成 01-01 这样的月-日。"


@given(
    day=st.dates(min_value=date(1001, 1, 1)),
    start=st.dates(min_value=date(2000, 1, 1), max_value=date(2000, 12, 31)),
)
def test_year_start_lies_at_most_a_year_back(day: date, start: date) -> None:
    begun = year_start(day, f"{start:%m-%d}")

    assert timedelta(0) <= day - begun <= timedelta(days=366)


def test_cut_offs_end_with_the_last_one_that_has_come() -> None:
    assert cut_offs(date(2012, 1, 24), 3) == [
        date(2011, 10, 25), date(2011, 11, 25), date(2011, 12, 25),
    ]  # fmt: skip
    assert cut_offs(date(2012, 1, 25), 1) == [date(2012, 1, 25)]
    assert cut_offs(date(2011, 12, 31), 12)[0] == date(2011, 1, 25)


@given(day=st.dates(min_value=date(1001, 3, 1), max_value=date(9000, 1, 1)))
def test_a_year_before_is_the_same_day(day: date) -> None:
    assert day - year_before(day) in (timedelta(days=365), timedelta(days=366))
    assert year_before(day).month == day.month
