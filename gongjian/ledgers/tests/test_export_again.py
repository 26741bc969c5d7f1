"""Exports: importing them again gives the same ledger, here and in an empty database."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.ledgers.tests.city import (
    DAY,
    FIRM,
    OTHER,
    SLUGS,
    city,
    empty,
    errors,
    export,
    known,
    take,
)
from tests.papers import bring, county

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("history", [False, True])
@pytest.mark.parametrize("unmask", [False, True])
@pytest.mark.parametrize("day", [date(2010, 2, 15), date(2011, 3, 1), DAY, date(2014, 1, 1)])
def test_import_where_it_came_from_changes_nothing(
    tmp_path: Path, history: bool, unmask: bool, day: date
) -> None:
    city()

    answers = {
        s: take(s, export(s, tmp_path, day=day, history=history, unmask=unmask)) for s in SLUGS
    }

    assert {slug: errors(answer) for slug, answer in answers.items()} == {
        slug: [] for slug in SLUGS
    }
    assert {slug: answer.change for slug, answer in answers.items()} == dict.fromkeys(SLUGS)
    counts = [(a.counts["new"], a.counts["changed"], a.counts["bad"]) for a in answers.values()]
    assert counts == [(0, 0, 0)] * len(SLUGS)


@pytest.mark.parametrize("day", [date(2010, 2, 15), date(2011, 3, 1), DAY, date(2014, 1, 1)])
def test_history_rebuilds_every_day_in_an_empty_database(tmp_path: Path, day: date) -> None:
    city()
    before = {slug: known(slug, until=day) for slug in SLUGS}
    paths = {slug: export(slug, tmp_path, day=day, history=True) for slug in SLUGS}
    empty("0f0f")

    failed = {slug: errors(take(slug, path)) for slug, path in paths.items()}

    assert failed == {slug: [] for slug in SLUGS}
    assert {slug: known(slug, until=day) for slug in SLUGS} == before


def standing(slug: str, day: date) -> list[Any]:
    """What holds on the day itself, whenever it began."""
    return sorted((says for begins, ends, says in known(slug, until=day) if ends is None), key=repr)


@pytest.mark.parametrize("day", [date(2010, 2, 15), date(2011, 3, 1), DAY, date(2014, 1, 1)])
def test_plain_export_gives_the_day_in_an_empty_database(tmp_path: Path, day: date) -> None:
    city()
    before = {slug: standing(slug, day) for slug in SLUGS}
    paths = {slug: export(slug, tmp_path, day=day) for slug in SLUGS}
    empty("0f0f")

    failed = {slug: errors(take(slug, path)) for slug, path in paths.items()}

    assert failed == {slug: [] for slug in SLUGS}
    assert {slug: standing(slug, day) for slug in SLUGS} == before


# ------------------------------------------------------------------ any history

FIRST = date(2011, 1, 1)
DAYS = [FIRST + timedelta(days=i) for i in range(10)]
maybe_day = st.none() | st.sampled_from(DAYS)
firm_rows = st.fixed_dictionaries(
    {
        "统一社会信用代码": st.sampled_from([FIRM, OTHER]),
        "所属区划": st.sampled_from(["510703001", "510703002"]),
        "职工人数": st.integers(5, 7),
        "女职工人数": st.sampled_from([None, 1, 2, "清空"]),
        "法定代表人": st.sampled_from([None, "甲", "乙", "清空"]),
        "成立日期": maybe_day,
        "生效日期": maybe_day,
        "注销日期": maybe_day | st.just("清空"),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(firm_rows, min_size=1, max_size=8), st.sampled_from(DAYS))
def test_any_history_comes_back(db: None, rows: list[dict[str, Any]], day: date) -> None:
    empty("0f0f")
    county()
    for row in rows:
        bring("employers", {**row, "单位名称": "某公司", "单位性质": "企业"}, on=FIRST)
    before = known("employers", until=day)
    with TemporaryDirectory() as folder:
        path = export("employers", Path(folder), day=day, history=True)
        again = take("employers", path)
        empty("f0f0")
        county()
        fresh = take("employers", path)

    assert (errors(again), again.change, errors(fresh)) == ([], None, [])
    assert known("employers", until=day) == before
