"""Agreements and whom they cover: facts with their own dates, corrected as a whole."""

from datetime import date

import pytest

from tests.papers import bring, codes, county
from tests.worlds import entries, firm, good, held, pact, story, tally, under, union, without

pytestmark = pytest.mark.django_db
DAY = date(2011, 6, 1)
KEY = {"协议编号": "一号"}
PAIR = "一号/第0公司"


@pytest.fixture(autouse=True)
def _parties() -> None:
    county()
    good("employers", firm(), firm(1))
    good("unions", union("甲工会"), union("乙工会"))


# ------------------------------------------------------------------ agreements


def test_an_agreement_opens_on_the_day_it_was_signed() -> None:
    good("agreements", pact(), on=DAY)
    assert story("agreements", "一号", "union", "term_from", "term_to", "effective_on") == [
        ("2011-03-20", None, "甲工会", "2011-04-01", "2012-03-31", None)
    ]


def test_a_changed_cell_corrects_the_whole_agreement() -> None:
    good("agreements", pact(), on=DAY)
    row = {
        "协议类型": "区域性",
        "签约工会": "乙工会",
        "生效日期": "2011-04-05",
        "收到日期": "2011-03-25",
    }
    answer = bring("agreements", KEY | row, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    fields = ("kind", "union", "effective_on", "received_on", "term_to")
    assert story("agreements", "一号", *fields) == [
        ("2011-03-20", None, "区域性", "乙工会", "2011-04-05", "2011-03-25", "2012-03-31")
    ]
    assert tally(bring("agreements", pact() | row, on=DAY)) == (0, 0, 1, 0, 0)


def test_a_fact_is_cleared_on_every_day() -> None:
    good("agreements", pact() | {"生效日期": "2011-04-05", "作废日期": "2011-09-01"}, on=DAY)
    good("agreements", KEY | {"生效日期": "清空", "作废日期": "清空"}, on=DAY)
    assert story("agreements", "一号", "effective_on", "voided_on") == [
        ("2011-03-20", None, None, None)
    ]


@pytest.mark.parametrize("signed", ["2011-03-01", "2011-05-01"])
def test_another_day_of_signing_corrects_the_opening(signed: str) -> None:
    good("agreements", pact(), on=DAY)
    answer = bring("agreements", KEY | {"签订日期": signed}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("agreements", "一号", "term_from") == [(signed, None, "2011-04-01")]


def test_a_term_that_ends_before_it_begins_is_out_of_order() -> None:
    assert codes(bring("agreements", pact() | {"期限止": "2011-03-31"})) == [
        (2, "期限止", "date-order")
    ]
    good("agreements", pact() | {"期限止": "2011-04-01"})
    assert codes(bring("agreements", KEY | {"期限止": "2011-03-31"})) == [
        (2, "期限止", "date-order")
    ]
    assert codes(bring("agreements", KEY | {"期限起": "2011-04-02"})) == [
        (2, "期限止", "date-order")
    ]


def test_votes_fit_presence_and_presence_the_delegates() -> None:
    row = {"应到代表": 30, "实到代表": 31, "同意票数": 32}
    assert codes(bring("agreements", pact() | row)) == [
        (2, "实到代表", "range"),
        (2, "同意票数", "range"),
    ]
    good("agreements", pact() | {"应到代表": 30, "实到代表": 28, "同意票数": 28})
    assert codes(bring("agreements", KEY | {"实到代表": 31})) == [(2, "实到代表", "range")]
    assert codes(bring("agreements", KEY | {"实到代表": 27})) == [(2, "同意票数", "range")]


def test_fewer_than_two_thirds_present_deserves_a_look() -> None:
    few = bring("agreements", pact("一号") | {"应到代表": 30, "实到代表": 19})
    assert (tally(few), codes(few)) == ((1, 0, 0, 0, 0), [(2, "实到代表", "rule")])
    assert codes(bring("agreements", pact("二号") | {"应到代表": 30, "实到代表": 20})) == []


def test_what_an_agreement_refers_to_must_be_known() -> None:
    assert codes(bring("agreements", pact() | {"签约工会": "丙工会"})) == [
        (2, "签约工会", "unknown-union")
    ]
    good("agreements", pact())
    rows = (under("二号"), under(employer="第9公司"))
    assert codes(bring("agreement-coverage", *rows)) == [
        (2, "协议编号", "unknown-agreement"),
        (3, "用人单位", "unknown-employer"),
    ]


# ------------------------------------------------------------------ whom they cover


def test_coverage_without_days_of_its_own_holds_as_long_as_the_agreement() -> None:
    good("agreements", pact())
    answer = bring("agreement-coverage", under(), on=DAY)

    assert (tally(answer), codes(answer)) == ((1, 0, 0, 0, 0), [])
    assert held("agreement-coverage", PAIR, "2011-04-01", "staff") == (80,)
    assert held("agreement-coverage", PAIR, "2012-03-31", "staff") == (80,)


def test_the_default_days_written_out_are_unchanged() -> None:
    good("agreements", pact())
    good("agreement-coverage", under())
    row = {"起始日期": "2011-04-01", "终止日期": "2012-03-31"}
    answer = bring("agreement-coverage", under() | row, on=DAY)
    assert (tally(answer), codes(answer)) == ((0, 0, 1, 0, 0), [])


def test_the_last_day_of_coverage_still_counts() -> None:
    good("agreements", pact())
    row = {"起始日期": "2011-05-01", "终止日期": "2011-05-31"}
    good("agreement-coverage", under() | row)
    assert story("agreement-coverage", PAIR, "staff") == [("2011-05-01", "2011-06-01", 80)]
    assert tally(bring("agreement-coverage", under() | row, on=DAY)) == (0, 0, 1, 0, 0)


def test_a_single_day_of_coverage_is_in_order_and_less_is_not() -> None:
    good("agreements", pact())
    row = {"起始日期": "2011-05-01", "终止日期": "2011-04-30"}
    assert codes(bring("agreement-coverage", under() | row)) == [(2, "终止日期", "date-order")]
    good("agreement-coverage", under() | row | {"终止日期": "2011-05-01"})
    assert story("agreement-coverage", PAIR, "staff") == [("2011-05-01", "2011-05-02", 80)]


@pytest.mark.parametrize("row", [{"终止日期": "2011-03-31"}, {"起始日期": "2012-04-01"}])
def test_one_day_of_its_own_is_held_against_the_other_of_the_agreement(
    row: dict[str, str],
) -> None:
    good("agreements", pact())
    answer = bring("agreement-coverage", under() | row)
    assert codes(answer) == [(2, "终止日期", "date-order")]


def test_changed_workers_correct_the_whole_coverage() -> None:
    good("agreements", pact())
    good("agreement-coverage", under() | {"起始日期": "2011-05-01", "终止日期": "2011-05-31"})
    answer = bring("agreement-coverage", under() | {"覆盖职工数": 70}, on=DAY)

    assert (tally(answer), codes(answer)) == ((0, 1, 0, 0, 0), [])
    assert story("agreement-coverage", PAIR, "staff") == [("2011-05-01", "2011-06-01", 70)]


def test_coverage_by_an_agreement_is_resumed_after_its_end() -> None:
    good("agreements", pact())
    good("agreement-coverage", under() | {"终止日期": "2011-05-31"})
    answer = bring("agreement-coverage", under() | {"起始日期": "2011-09-01", "覆盖职工数": 60})

    assert (tally(answer), codes(answer), entries("agreement-coverage")) == (
        (1, 0, 0, 0, 0),
        [],
        1,
    )
    assert [s[1:] for s in story("agreement-coverage", PAIR, "staff")] == [
        ("2011-06-01", 80),
        (None, 60),
    ]
    good("agreement-coverage", under() | {"终止日期": "清空"}, on=date(2011, 12, 1))


def test_coverage_that_ends_on_the_day_before_begins_again_at_once() -> None:
    good("agreements", pact())
    rows = [
        under() | {"起始日期": "2011-04-01", "终止日期": "2011-05-31"},
        under() | {"起始日期": "2011-06-01", "终止日期": "2011-12-31", "覆盖职工数": 60},
    ]
    answer = bring("agreement-coverage", *reversed(rows))
    assert (tally(answer), codes(answer)) == ((2, 0, 0, 0, 0), [])
    assert story("agreement-coverage", PAIR, "staff") == [
        ("2011-04-01", "2011-06-01", 80),
        ("2011-06-01", "2012-01-01", 60),
    ]


def test_a_cleared_start_is_the_agreements_again() -> None:
    good("agreements", pact())
    good("agreement-coverage", under() | {"起始日期": "2011-05-01"})
    assert tally(bring("agreement-coverage", under() | {"起始日期": "清空"})) == (0, 1, 0, 0, 0)
    assert held("agreement-coverage", PAIR, "2011-04-01", "staff") == (80,)


def test_coverage_needs_its_workers_and_its_parties() -> None:
    good("agreements", pact())
    answer = bring("agreement-coverage", without(under(), "覆盖职工数"), {"覆盖职工数": 5})
    assert codes(answer) == [
        (2, "覆盖职工数", "required"),
        (3, "协议编号", "required"),
        (3, "用人单位", "required"),
    ]
