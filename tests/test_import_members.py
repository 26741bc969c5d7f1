"""Members: what a number tells, standing on its own days, one membership at a time."""

from datetime import date

import pytest

from tests.papers import bring, codes, county
from tests.worlds import entries, entry, good, held, member, number, story, tally, union, without

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
OLD = number()[:6] + number()[8:17]
OUT = {"会籍状态": "转出待接收", "会籍变化日期": "2011-05-01"}
LEFT = {"会籍状态": "退会", "会籍变化日期": "2011-05-01"}


@pytest.fixture(autouse=True)
def _unions() -> None:
    county()
    good("unions", union("甲工会"), union("乙工会"), union("丙工会"))


def unions_of(seq: int = 1) -> list[tuple[object, ...]]:
    return story("members", number(seq), "union", "status")


# ------------------------------------------------------------------ the number


def test_sex_and_birth_are_filled_from_the_number() -> None:
    good("members", member(1), member(2))
    assert held("members", number(1), "2010-01-01", "sex", "birth") == ("男", "1980-01-01")
    assert held("members", number(2), "2010-01-01", "sex", "birth") == ("女", "1980-01-01")


def test_sex_or_birth_that_disagree_with_the_number_are_named() -> None:
    answer = bring("members", member() | {"性别": "女", "出生日期": "1980-01-02"})
    assert codes(answer) == [(2, "性别", "id-mismatch"), (2, "出生日期", "id-mismatch")]
    assert number() not in str(answer.as_json())


def test_a_cleared_sex_is_filled_again() -> None:
    good("members", member())
    answer = bring("members", member() | {"性别": "清空"}, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 0, 1, 0, 0), [])


def test_a_passport_tells_neither() -> None:
    row = member() | {"证件类别": "护照", "证件号码": "E12345678", "性别": "女"}
    good("members", row)
    assert held("members", "E12345678", "2010-01-01", "sex", "birth") == ("女", None)


def test_fifteen_digits_are_the_same_person_as_eighteen() -> None:
    good("members", member())
    answer = bring("members", member() | {"证件号码": OLD, "学历": "本科"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [(2, "证件号码", "id-15")])
    assert answer.problems[0].level == "warning"
    assert entries("members") == 1
    twice = bring("members", member(), member() | {"证件号码": OLD}, on=DAY)
    assert tally(twice) == (0, 0, 1, 0, 1)
    assert codes(twice) == [(3, "证件号码", "duplicate"), (3, "证件号码", "id-15")] or codes(
        twice
    ) == [(3, "证件号码", "id-15"), (3, "证件号码", "duplicate")]


def test_the_kind_of_document_belongs_to_the_key() -> None:
    good("members", member() | {"证件类别": "其他"})
    assert tally(bring("members", member(), on=DAY)) == (1, 0, 0, 0, 0)
    assert tally(bring("members", member() | {"证件类别": "身份证"}, on=DAY)) == (0, 0, 1, 0, 0)
    assert tally(bring("members", member() | {"证件类别": "清空"}, on=DAY)) == (0, 0, 1, 0, 0)
    assert entries("members") == 2


def test_a_bad_number_is_named_and_masked() -> None:
    wrong = number()[:17] + ("0" if number()[17] != "0" else "1")
    answer = bring("members", member() | {"证件号码": wrong})
    assert codes(answer) == [(2, "证件号码", "id-checksum")]
    assert wrong not in str(answer.as_json())

    lost = bring("members", member() | {"证件号码": 510703198001010011.0})
    assert codes(lost) == [(2, "证件号码", "digits-lost")]


def test_a_corrected_number_corrects_sex_and_birth_on_every_day() -> None:
    good("members", member(1))
    bring("members", {"系统编号": entry("members", number(1)), "证件号码": number(2)}, on=DAY)
    assert story("members", number(2), "sex") == [("2010-01-01", None, "女")]


def test_joining_before_sixteen_deserves_a_look() -> None:
    young = bring("members", member() | {"入会日期": "1995-12-31"})
    assert (tally(young), codes(young)) == ((1, 0, 0, 0, 0), [(2, "入会日期", "rule")])
    assert codes(bring("members", member(3) | {"入会日期": "1996-01-01"})) == []


def test_an_unknown_workplace_is_kept_as_text_with_a_warning_and_cleared_as_one() -> None:
    answer = bring("members", member() | {"工作单位": "别处公司"}, on=DAY)
    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [(2, "工作单位", "rule")])
    assert held("members", number(), "2011-06-01", "employer", "workplace") == (None, "别处公司")

    good("members", member() | {"工作单位": "清空"}, on=DAY)
    assert held("members", number(), "2011-06-01", "employer", "workplace") == (None, None)


def test_an_unknown_union_is_an_error() -> None:
    assert codes(bring("members", member() | {"所属工会": "丁工会"})) == [
        (2, "所属工会", "unknown-union")
    ]


# ------------------------------------------------------------------ standing


@pytest.mark.parametrize("status", ["保留", "转出待接收", "退会", "除名", "去世"])
def test_a_standing_other_than_active_needs_its_day(status: str) -> None:
    answer = bring("members", member() | {"会籍状态": status})
    assert codes(answer) == [(2, "会籍变化日期", "required")]


def test_before_the_day_of_its_standing_the_member_was_active() -> None:
    good("members", member() | {"会籍状态": "保留", "会籍变化日期": "2011-02-01"})
    assert unions_of() == [
        ("2010-01-01", "2011-02-01", "甲工会", "正常"),
        ("2011-02-01", None, "甲工会", "保留"),
    ]


def test_a_standing_holds_from_its_own_day_and_active_from_the_rows() -> None:
    good("members", member())
    row = member() | {"会籍状态": "保留", "会籍变化日期": "2011-02-01", "会籍变化原因": "借调"}
    assert tally(bring("members", row, on=DAY)) == (0, 1, 0, 0, 0)
    bare = without(row, "会籍变化原因")
    assert tally(bring("members", bare, on=DAY)) == (0, 0, 1, 0, 0)

    answer = bring("members", member() | {"会籍状态": "正常"}, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("members", number(), "status", "status_reason") == [
        ("2010-01-01", "2011-02-01", "正常", None),
        ("2011-02-01", "2011-06-01", "保留", "借调"),
        ("2011-06-01", None, "正常", None),
    ]


@pytest.mark.parametrize("status", ["退会", "除名", "去世"])
def test_the_last_three_end_the_membership(status: str) -> None:
    good("members", member())
    row = member() | LEFT | {"会籍状态": status, "会籍变化原因": "本人"}
    answer = bring("members", row, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("members", number(), "status", "end_status", "end_reason") == [
        ("2010-01-01", "2011-05-01", "正常", status, "本人")
    ]
    again = bring("members", without(row, "会籍变化原因"), on=DAY)
    assert (tally(again), codes(again)) == ((0, 0, 1, 0, 0), [])


def test_an_end_not_after_joining_is_out_of_order() -> None:
    answer = bring("members", member() | LEFT | {"会籍变化日期": "2010-01-01"})
    assert codes(answer) == [(2, "会籍变化日期", "date-order")]

    row = member() | {"会籍状态": "保留", "会籍变化日期": "2009-12-31"}
    assert codes(bring("members", row)) == [(2, "会籍变化日期", "date-order")]


def test_a_day_of_its_own_moves_the_end_and_clearing_it_takes_the_end_back() -> None:
    good("members", member() | LEFT)
    assert tally(bring("members", member() | {"会籍变化日期": "2011-04-01"})) == (0, 1, 0, 0, 0)
    assert story("members", number(), "end_status") == [("2010-01-01", "2011-04-01", "退会")]

    cleared = bring("members", member() | {"会籍状态": "正常", "会籍变化日期": "清空"}, on=DAY)
    assert (tally(cleared), codes(cleared)) == ((0, 1, 0, 0, 0), [])
    assert story("members", number(), "status", "end_status") == [
        ("2010-01-01", None, "正常", None)
    ]


def test_a_member_who_comes_back_begins_a_new_period_as_active() -> None:
    good("members", member() | {"学历": "本科"} | LEFT)
    answer = bring("members", member() | {"入会日期": "2011-05-01"}, on=DAY)

    assert (tally(answer), codes(answer), entries("members")) == ((1, 0, 0, 0, 0), [], 1)
    assert story("members", number(), "union", "status", "education", "end_status") == [
        ("2010-01-01", "2011-05-01", "甲工会", "正常", "本科", "退会"),
        ("2011-05-01", None, "甲工会", "正常", "本科", None),
    ]


def test_one_who_was_retained_comes_back_active() -> None:
    good("members", member() | {"会籍状态": "保留", "会籍变化日期": "2011-01-01"})
    good("members", member() | LEFT)
    good("members", member() | {"入会日期": "2011-05-15"}, on=DAY)
    assert held("members", number(), "2011-05-15", "status", "status_since") == ("正常", None)


def test_the_dead_do_not_come_back() -> None:
    good("members", member() | LEFT | {"会籍状态": "去世"})
    for name in ("甲工会", "乙工会"):
        row = member() | {"入会日期": "2011-05-15", "所属工会": name}
        assert codes(bring("members", row, on=DAY)) == [(2, "证件号码", "ended")]


def test_a_stale_list_of_members_is_unchanged_or_refused() -> None:
    good("members", member() | LEFT)
    assert tally(bring("members", member(), on=DAY)) == (0, 0, 1, 0, 0)
    answer = bring("members", member() | {"学历": "本科"}, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 0, 0, 1, 0), [(2, "证件号码", "ended")])
