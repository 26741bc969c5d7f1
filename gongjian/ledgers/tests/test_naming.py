"""What entries are called, on which day and as known when."""

from datetime import date

import pytest

from gongjian.history.record import newest
from gongjian.ledgers.naming import names_of
from tests.papers import county
from tests.worlds import covers, entry, firm, good, union

pytestmark = pytest.mark.django_db


def test_a_name_is_that_of_the_day_and_of_the_knowledge() -> None:
    county()
    good("employers", firm())
    known = newest()
    good("employers", firm() | {"单位名称": "新名公司", "生效日期": "2010-01-01"})
    one = entry("employers", "新名公司")
    assert names_of("employers", [one, one, -1, 999]) == {one: "新名公司"}
    assert names_of("employers", [one], date(2009, 12, 31)) == {one: "第0公司"}
    assert names_of("employers", [one], date(2010, 1, 1)) == {one: "新名公司"}
    assert names_of("employers", [one], date(1990, 1, 1)) == {one: "第0公司"}
    assert names_of("employers", [one], date(2010, 1, 1), known) == {one: "第0公司"}
    assert names_of("employers", [one], known_at=0) == {}


def test_what_bears_no_name_is_left_out() -> None:
    county()
    good("employers", firm())
    good("unions", union())
    good("coverage", covers())
    assert names_of("coverage", [entry("coverage", "甲工会/第0公司")]) == {}
