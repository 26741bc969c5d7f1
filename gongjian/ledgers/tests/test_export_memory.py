"""An export of any length keeps no more than a set number of words and pages at hand."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from gongjian.history import sql
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import _Words
from gongjian.ledgers.tests.city import told
from tests.papers import county

pytestmark = pytest.mark.django_db

KEPT = 5
FIRMS = 40


class Counted(_Words):
    """Words that tell how many of them were ever known at once."""

    most = 0

    def load(self, ledger: Any, rows: Any) -> None:
        super().load(ledger, rows)
        self.most = max(self.most, *map(len, self._known.values()))


def member(employer: int) -> dict[str, Any]:
    return {"union": None, "employer": employer}


def firms() -> None:
    county()
    told(
        "employers",
        *({"单位名称": f"{i}号厂", "所属区划": "510703001", "单位性质": "企业", "职工人数": 1,
           "成立日期": date(2001, 1, 1)} for i in range(1, FIRMS + 1)),
    )  # fmt: skip


def test_words_known_stay_few_however_many_rows_pass() -> None:
    firms()
    words, members = Counted(KEPT), LEDGERS["members"]
    said = []

    for first in range(1, FIRMS, 2):
        words.load(members, [member(first), member(first + 1)])
        said += [words.of("employers", first), words.of("employers", first + 1)]

    assert said == [f"{i}号厂" for i in range(1, FIRMS + 1)]
    assert words.most <= KEPT


def test_all_words_of_one_batch_are_known_even_where_they_are_more() -> None:
    firms()
    words, members = Counted(KEPT), LEDGERS["members"]
    words.load(members, [member(1)])

    words.load(members, [member(i) for i in range(1, FIRMS + 1)])

    assert [words.of("employers", i) for i in (1, 2, FIRMS)] == ["1号厂", "2号厂", f"{FIRMS}号厂"]
    assert words.most == FIRMS


def test_words_known_are_asked_for_once(django_assert_num_queries: Any) -> None:
    firms()
    words, members = _Words(KEPT), LEDGERS["members"]

    with django_assert_num_queries(1):
        for _ in range(3):
            words.load(members, [member(1), member(2)])


def pages() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        return cursor.fetchone()[0]


def test_a_long_read_keeps_few_pages_and_leaves_the_rest_as_it_was(vendor: str) -> None:
    if vendor == "postgresql":
        with sql.frugal():
            assert sql.fetch("SELECT 1") == [(1,)]
        return
    usual = pages()
    with sql.frugal():
        inside = pages()

    assert (inside, pages()) == (-2_000, usual)
