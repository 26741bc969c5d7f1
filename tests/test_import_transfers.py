"""Members between unions: handed out and received, left, dissolved, or members elsewhere still."""

from datetime import date

import pytest

from tests.papers import bring, codes, county
from tests.worlds import entries, good, member, number, story, tally, union, without

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
OUT = {"会籍状态": "转出待接收", "会籍变化日期": "2011-05-01"}
LEFT = {"会籍状态": "退会", "会籍变化日期": "2011-05-01"}
THERE = {"所属工会": "乙工会"}


@pytest.fixture(autouse=True)
def _unions() -> None:
    county()
    good("unions", union("甲工会"), union("乙工会"), union("丙工会"))


def told() -> list[tuple[object, ...]]:
    return story("members", number(), "union", "status", "status_since")


FIRST = [
    ("2010-01-01", "2011-05-01", "甲工会", "正常", None),
    ("2011-05-01", "2011-05-20", "甲工会", "转出待接收", "2011-05-01"),
]


def test_a_later_joining_day_completes_the_transfer_from_that_day() -> None:
    good("members", member() | OUT)
    answer = bring("members", member() | THERE | {"入会日期": "2011-05-20"}, on=DAY)

    assert (tally(answer), codes(answer), entries("members")) == ((0, 1, 0, 0, 0), [], 1)
    assert told() == [*FIRST, ("2011-05-20", None, "乙工会", "正常", None)]


@pytest.mark.parametrize("joined", ["2010-01-01", "2010-07-01", "2011-05-01", "2009-01-01", None])
def test_the_first_joining_day_leaves_the_transfer_to_the_rows_day(joined: str | None) -> None:
    good("members", member() | OUT)
    row = member() | THERE | {"入会日期": joined}
    answer = bring("members", row | {"生效日期": "2011-05-20"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert told() == [*FIRST, ("2011-05-20", None, "乙工会", "正常", None)]
    again = bring("members", row | {"生效日期": "2011-05-20"}, on=DAY)
    assert (tally(again), codes(again)) == ((0, 0, 1, 0, 0), [])


def test_without_an_effective_day_it_is_the_day_asked() -> None:
    good("members", member() | OUT)
    bring("members", member() | THERE | {"会籍状态": "正常"}, on=DAY)
    assert told()[-1] == ("2011-06-01", None, "乙工会", "正常", None)


@pytest.mark.parametrize("on", [DAY, date(2011, 5, 10), date(2012, 1, 1)])
def test_the_receiving_unions_row_brought_again_is_unchanged(on: date) -> None:
    good("members", member() | OUT)
    row = member() | THERE | {"入会日期": "2011-05-20"}
    good("members", row, on=DAY)
    answer = bring("members", row, on=on)

    assert (tally(answer), codes(answer)) == ((0, 0, 1, 0, 0), [])
    assert told() == [*FIRST, ("2011-05-20", None, "乙工会", "正常", None)]


def test_the_receiving_unions_row_may_change_what_it_fills() -> None:
    good("members", member() | OUT)
    row = member() | THERE | {"入会日期": "2011-05-20"}
    good("members", row, on=DAY)
    answer = bring("members", row | {"学历": "本科"}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("members", number(), "union", "education") == [
        ("2010-01-01", "2011-05-20", "甲工会", None),
        ("2011-05-20", "2011-06-01", "乙工会", None),
        ("2011-06-01", None, "乙工会", "本科"),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_handing_out_and_receiving_may_stand_in_one_file(turned: bool) -> None:
    good("members", member())
    rows = [
        without(member(), "入会日期") | OUT,
        member() | THERE | {"入会日期": "2011-05-20"},
    ]
    answer = bring("members", *(reversed(rows) if turned else rows), on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 2, 0, 0, 0), [])
    assert told() == [*FIRST, ("2011-05-20", None, "乙工会", "正常", None)]


def test_before_the_handing_out_the_member_is_still_theirs() -> None:
    good("members", member() | OUT)
    answer = bring("members", member() | THERE, on=date(2011, 4, 1))
    assert codes(answer) == [(2, "所属工会", "already-member")]


@pytest.mark.parametrize("standing", [{}, {"会籍状态": "保留", "会籍变化日期": "2011-05-01"}])
@pytest.mark.parametrize("joined", ["2010-01-01", "2010-07-01", "2011-05-20", "2009-01-01", None])
def test_a_member_elsewhere_stays_there(standing: dict[str, str], joined: str | None) -> None:
    good("members", member() | standing)
    answer = bring("members", member() | THERE | {"入会日期": joined}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 0, 0, 1, 0), [(2, "所属工会", "already-member")])
    assert "甲工会" in answer.problems[0].message


def test_a_stale_list_of_the_former_union_takes_nobody_back() -> None:
    good("members", member() | OUT)
    good("members", member() | THERE | {"入会日期": "2011-05-20"}, on=DAY)
    assert codes(bring("members", member(), on=DAY)) == [(2, "所属工会", "already-member")]


def test_a_stale_list_of_a_union_passed_through_takes_nobody_back() -> None:
    good("members", member() | OUT)
    stale = member() | THERE | {"入会日期": "2011-05-20"}
    good("members", stale, on=DAY)
    good("members", stale | OUT | {"会籍变化日期": "2011-07-01"})
    good("members", member() | {"所属工会": "丙工会", "入会日期": "2011-08-01"})

    assert codes(bring("members", stale, on=date(2012, 1, 1))) == [
        (2, "所属工会", "already-member")
    ]


@pytest.mark.parametrize("status", ["退会", "除名"])
@pytest.mark.parametrize("joined", ["2011-05-01", "2011-05-20"])
def test_who_left_or_was_expelled_may_join_another(status: str, joined: str) -> None:
    good("members", member() | LEFT | {"会籍状态": status})
    answer = bring("members", member() | THERE | {"入会日期": joined}, on=DAY)

    assert (tally(answer), codes(answer), entries("members")) == ((1, 0, 0, 0, 0), [], 1)
    assert told() == [
        ("2010-01-01", "2011-05-01", "甲工会", "正常", None),
        (joined, None, "乙工会", "正常", None),
    ]


def test_who_left_joins_another_only_with_a_day() -> None:
    good("members", member() | LEFT)
    for joined in (None, "2010-01-01"):
        answer = bring("members", member() | THERE | {"入会日期": joined}, on=DAY)
        assert codes(answer) == [(2, "证件号码", "ended")]


def test_who_had_not_left_yet_was_a_member_there() -> None:
    good("members", member() | LEFT)
    answer = bring("members", member() | THERE | {"入会日期": "2011-03-01"}, on=DAY)
    assert codes(answer) == [(2, "所属工会", "already-member")]


@pytest.mark.parametrize(
    ("joined", "on", "begins"),
    [
        ("2011-05-20", DAY, "2011-05-20"),
        ("2010-01-01", DAY, "2011-06-01"),
        (None, DAY, "2011-06-01"),
        ("2011-04-01", DAY, "2011-04-01"),
    ],
)
def test_when_the_union_there_is_no_more_a_new_membership_begins(
    joined: str | None, on: date, begins: str
) -> None:
    good("members", member())
    good("unions", union() | {"撤销日期": "2011-04-01"}, on=DAY)
    answer = bring("members", member() | THERE | {"入会日期": joined}, on=on)

    assert (tally(answer), codes(answer), entries("members")) == ((1, 0, 0, 0, 0), [], 1)
    assert told() == [
        ("2010-01-01", begins, "甲工会", "正常", None),
        (begins, None, "乙工会", "正常", None),
    ]


def test_while_the_union_there_existed_the_member_was_its_own() -> None:
    good("members", member())
    good("unions", union() | {"撤销日期": "2011-04-01"}, on=DAY)
    answer = bring("members", member() | THERE | {"入会日期": "2011-03-31"}, on=DAY)
    assert codes(answer) == [(2, "所属工会", "already-member")]


def test_a_union_that_does_not_exist_yet_keeps_its_members() -> None:
    good("unions", union("丁工会") | {"建会日期": "2011-05-20"})
    good("members", member() | {"所属工会": "丁工会", "入会日期": "2011-02-01"})
    answer = bring("members", member() | THERE, on=date(2011, 3, 1))
    assert codes(answer) == [(2, "所属工会", "already-member")]
