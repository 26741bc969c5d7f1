"""What may be entered, corrected and taken back, and the sentences that say why not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.calendars.actions import Correction, NewArrangement, correct, enter, withdraw
from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.queries import calendar, year_kept
from gongjian.calendars.rules import (
    Calendar,
    Span,
    Special,
    faults,
    holidays_by_law,
    read_days,
    remark,
)
from gongjian.core.days import today
from gongjian.core.errors import Refused

NEXT = today().year + 1
SOURCE = "放假安排的通知"
OFF, ON = False, True
NEW_YEAR = Special(date(NEXT, 1, 1), OFF, "元旦")


def weekday_in(month: int, number: int, year: int = NEXT) -> date:
    """The first day of a month that is so many days after Monday."""
    first = date(year, month, 1)
    return first + timedelta(days=(number - first.weekday()) % 7)


def new(*days: Special, year: int = NEXT, source: str = SOURCE) -> NewArrangement:
    return NewArrangement(year=year, source=source, days=days)


def test_lines_are_read() -> None:
    days, problems = read_days(
        "2027-02-05 放假 春节\n\n  2027-02-20　上班　春节调休 \n2027-10-01至2027-10-03, 放假, 国庆节\n"
    )
    assert problems == []
    assert days == [
        Special(date(2027, 2, 5), OFF, "春节"),
        Special(date(2027, 2, 20), ON, "春节调休"),
        *(Special(date(2027, 10, n), OFF, "国庆节") for n in (1, 2, 3)),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2月5日放假", "第 1 行：“2月5日放假”看不懂"),
        ("2027-02-05 休息 春节", "看不懂，请写成“2027-02-05 放假 春节”"),
        ("2027-02-05 放假", "看不懂"),
        ("2027-02-30 放假 春节", "第 1 行：“2027-02-30”不是有效日期"),
        ("2027-02-05 至 2027-02-01 放假 春节", "先后颠倒"),
        ("2027-02-05 至 2027-08-01 放假 春节", "超过 31 天"),
        ("2027-02-05 放假 " + "春" * 41, "不超过 40 个字"),
        ("2027-02-05 放假 春\u202e节", "“2027-02-05”这一行的缘由里有看不见的字符"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, said: str) -> None:
    days, problems = read_days(line)
    assert days == []
    assert len(problems) == 1
    assert said in problems[0]


@given(st.lists(st.tuples(st.dates(date(2005, 1, 1), date(2030, 1, 1)), st.booleans()), max_size=9))
def test_what_is_written_out_is_read_back(days: list[tuple[date, bool]]) -> None:
    text = "\n".join(f"{day} {'上班' if works else '放假'} 节日" for day, works in days)
    assert read_days(text) == ([Special(day, works, "节日") for day, works in days], [])


def test_what_cannot_be_so() -> None:
    friday, saturday = weekday_in(3, 4), weekday_in(3, 5)
    assert faults(NEXT, [Special(saturday, OFF, "节"), Special(friday, OFF, "节")]) == []
    assert faults(NEXT, [Special(date(NEXT - 1, 12, 30), OFF, "元旦")]) == []
    outside = faults(NEXT, [Special(date(NEXT + 1, 1, 1), OFF, "元旦")])
    assert outside[0].startswith(f"{NEXT + 1}-01-01 不属于 {NEXT} 年的安排")
    before = faults(NEXT, [Special(date(NEXT - 1, 11, 30), OFF, "元旦")])
    assert len(before) == 1
    assert faults(NEXT, [NEW_YEAR, NEW_YEAR]) == [f"{NEXT}-01-01 写了两次，请留一行。"]
    worked = faults(NEXT, [Special(friday, ON, "调休")])
    assert worked == [f"{friday} 是星期五，本来就上班，请核对日期，或去掉这一行。"]


@pytest.mark.django_db
def test_every_published_year_gives_the_holidays_of_the_law() -> None:
    extra = {2006: 11, 2015: 12, 2020: 13}
    for year in range(2004, 2027):
        said = remark(year, year_kept(year).own)
        if year in extra:
            assert f"相当于放假 {extra[year]} 天，多于" in said
        else:
            assert said == ""
    assert [holidays_by_law(y) for y in (2007, 2008, 2024, 2025)] == [10, 11, 11, 13]


@pytest.mark.django_db
def test_a_day_too_few_or_too_many_is_remarked() -> None:
    days = year_kept(2026).own
    holiday = next(d for d in days if not d.works and d.day.weekday() < 5)
    worked = next(d for d in days if d.works)
    fewer = remark(2026, [d for d in days if d != holiday])
    assert "相当于放假 12 天，少于《全国年节及纪念日放假办法》规定的 13 天" in fewer
    more = remark(2026, [d for d in days if d != worked])
    assert "相当于放假 14 天，多于" in more
    weekends = [d for d in days if not d.works and d.day.weekday() >= 5]
    assert weekends
    assert remark(2026, [d for d in days if d not in weekends]) == ""


@pytest.mark.django_db
def test_days_of_december_are_of_the_arrangement_that_moved_them() -> None:
    years = dict(SpecialDay.objects.filter(day__month=12).values_list("day", "year"))
    assert years[date(2018, 12, 31)] == 2019
    assert years[date(2011, 12, 31)] == 2012
    assert {day.year + 1 for day in years} == set(years.values())
    assert Arrangement.objects.exclude(source__contains="chinesecalendar").count() == 0


@pytest.mark.django_db
def test_entering_withdrawing_and_entering_again() -> None:
    kept = calendar()
    days = [NEW_YEAR, Special(weekday_in(5, 6), ON, "劳动节调休")]
    enter(new(*days))
    found = year_kept(NEXT)
    assert (found.own, found.arrangement and found.arrangement.source) == (days, SOURCE)
    with pytest.raises(Refused, match=f"{NEXT} 年的放假安排已经录入"):
        enter(new(*days))
    withdraw(NEXT)
    assert calendar() == kept
    with pytest.raises(Refused, match="没有录入，不用撤销"):
        withdraw(NEXT)
    enter(new(*days))
    assert calendar().works(days[1].day)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (new(NEW_YEAR, source=" "), "请写明依据"),
        (new(), "一个放假或上班的日子也没有"),
        (new(NEW_YEAR, NEW_YEAR), "写了两次"),
        (new(Special(date(NEXT + 1, 1, 1), OFF, "元旦"), year=NEXT + 1), "还没有公布"),
        (new(Special(date(1999, 1, 1), OFF, "元旦"), year=1999), "太早"),
    ],
)
def test_an_arrangement_that_cannot_be(made: NewArrangement, said: str) -> None:
    with pytest.raises(Refused, match=said):
        enter(made)
    assert not Arrangement.objects.filter(year__in=(NEXT, NEXT + 1, 1999)).exists()


@pytest.mark.django_db
def test_a_december_day_that_is_moved_already_is_named() -> None:
    day = date(NEXT - 1, 12, 31)
    SpecialDay.objects.create(day=day, works=False, name="纪念日", year=NEXT - 1)
    with pytest.raises(Refused, match=f"{day} 在 {NEXT - 1} 年的安排里已是放假（纪念日）"):
        enter(new(NEW_YEAR, Special(day, OFF, "元旦")))


@pytest.mark.django_db
def test_what_has_begun_is_not_taken_back() -> None:
    with pytest.raises(Refused, match="2026-01-01 起已经执行"):
        withdraw(2026)
    enter(new(NEW_YEAR))
    SpecialDay.objects.filter(year=NEXT).update(day=today())
    with pytest.raises(Refused, match=f"{today()} 起已经执行"):
        withdraw(NEXT)


@pytest.mark.django_db
def test_a_day_is_corrected() -> None:
    day = date(2026, 10, 1)
    correct(Correction(day=day, works=None, source=SOURCE))
    assert calendar().works(day)
    correct(Correction(day=day, works=False, name="国庆节", source=SOURCE))
    kept = SpecialDay.objects.get(day=day)
    assert (kept.works, kept.name, kept.year, kept.source) == (False, "国庆节", 2026, SOURCE)
    december = date(2018, 12, 31)
    correct(Correction(day=december, works=False, name="元旦假", source=SOURCE))
    assert SpecialDay.objects.get(day=december).year == 2019


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fix", "said"),
    [
        (Correction(day=date(2026, 10, 1), works=None, source=""), "请写明依据"),
        (Correction(day=date(2026, 10, 1), works=False, source=SOURCE), "请写明是什么节日"),
        (Correction(day=date(2026, 10, 1), works=False, name="国庆节", source=SOURCE), "不用更正"),
        (Correction(day=date(2026, 10, 1), works=True, name="调休", source=SOURCE), "照星期几算"),
        (Correction(day=date(2026, 11, 3), works=None, source=SOURCE), "本来就照星期二算"),
        (Correction(day=date(NEXT, 3, 1), works=False, name="节", source=SOURCE), "请先录入整年"),
    ],
)
def test_a_correction_that_cannot_be(fix: Correction, said: str) -> None:
    before = calendar()
    with pytest.raises(Refused, match=said):
        correct(fix)
    assert calendar() == before


@given(
    event=st.dates(date(2024, 1, 1), date(2026, 12, 1)),
    span=st.builds(Span, st.integers(0, 25), st.booleans()),
    roll=st.booleans(),
    special=st.dictionaries(st.dates(date(2024, 1, 1), date(2027, 3, 1)), st.booleans()),
)
def test_what_is_passed_over_is_all_that_was_not_counted(
    event: date, span: Span, roll: bool, special: dict[date, bool]
) -> None:
    kept = Calendar(special, frozenset())
    due, plain = kept.due(event, span, roll=roll).day, kept.due(event, span).day
    rested = kept.rested(event, span, roll=roll)
    begins = event + timedelta(days=1) if span.working and span.days else plain
    between = [begins + timedelta(days=n) for n in range((due - begins).days)]
    assert rested == [day for day in between if not kept.works(day)]
    if not span.working or not span.days:
        assert rested == between
    else:
        assert len(between) - len(rested) == span.days - 1
