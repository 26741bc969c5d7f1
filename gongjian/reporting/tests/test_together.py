"""What is asked for together is what is asked for one by one, and follows every change."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.history.sql import stream
from gongjian.history.state import steady
from gongjian.indicators import rows
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.rows import rows_behind, stream_rows
from gongjian.indicators.several import ids_together, rows_together
from gongjian.indicators.store.matrix import kept_matrix, matrix
from gongjian.ledgers.tests.city import city, told
from gongjian.reporting.changes import month_changes
from gongjian.reporting.queries import lock_over, quality_gate, report_of, stored
from gongjian.reporting.rules import CHANGES, REPORTED
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, OTHER, TOWN, opened
from gongjian.workflow.told import passages_of

pytestmark = pytest.mark.django_db
BETWEEN = (
    "import django; django.setup();"
    "from gongjian.reporting.tests import between; between.main()"
)  # fmt: skip
CODE = "81510703MC0000004D"
PROBLEMS = [figure.code for figure in CATALOG.problems()]


def moving() -> None:
    """A city in which, between two cut-off days, unions came, went and moved."""
    city()
    union = {"工会类型": "单独基层工会", "建会日期": date(2001, 5, 25)}
    told("unions", {**union, "工会名称": "去的工会", "所属区划": TOWN},
         {**union, "工会名称": "搬的工会", "工会代码": CODE, "所属区划": TOWN},
         {**union, "工会名称": "来的工会", "所属区划": OTHER, "建会日期": date(2011, 6, 2)})  # fmt: skip
    told("unions", {**union, "工会名称": "搬的工会", "工会代码": CODE, "所属区划": OTHER,
                    "生效日期": date(2011, 6, 3)})  # fmt: skip
    told("unions", {**union, "工会名称": "去的工会", "所属区划": TOWN,
                    "撤销日期": date(2011, 6, 4)})  # fmt: skip


def nodes() -> list[int]:
    return [area(code) for code in (CITY, COUNTY, TOWN, OTHER)]


def one_by_one(code: str, node: int, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows_behind(
        code, day=JUNE.cut_off, known_at=None, node=node, **more
    )["rows"]
    return found


def test_rows_of_several_figures_are_those_of_each() -> None:
    moving()
    seen = 0
    for node in nodes():
        start = JUNE.year_start
        found = rows_together(CHANGES, day=JUNE.cut_off, node=node, year_start=start)
        assert found == {code: one_by_one(code, node, year_start=start) for code in CHANGES}
        seen += sum(len(rows) for rows in found.values())
    assert seen > 4
    moved = rows_together(["unions.base.net"], day=JUNE.cut_off, node=area(OTHER),
                          year_start=JUNE.year_start)["unions.base.net"]  # fmt: skip
    assert {(row["name"], row["value"]) for row in moved} >= {("来的工会", 1), ("搬的工会", 1)}


def test_rows_are_those_of_one_moment_whatever_is_changed_meanwhile(
    migrated_database_url: str,
) -> None:
    told_by = subprocess.run(
        [sys.executable, "-c", BETWEEN],
        env={
            **os.environ,
            "GONGJIAN_DATABASE_URL": migrated_database_url,
            "DJANGO_SETTINGS_MODULE": "gongjian.settings",
        },
        check=True,
        capture_output=True,
    )
    for way, seen in json.loads(told_by.stdout).items():
        before, after = seen["before"], seen["after"]
        assert seen["between"] == before != after, way
        usual, disturbed = seen["questions"]
        assert usual == disturbed > 0, way  # nothing is asked a second time


def test_a_stream_of_rows_goes_on_as_it_was_where_a_change_comes_before_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moving()
    asked: dict[str, Any] = {"day": JUNE.cut_off, "known_at": None, "node": area(COUNTY)}
    before = list(stream_rows("unions.base", **asked))

    def disturbed(*query: Any) -> Generator[tuple[Any, ...]]:
        if not questions:
            told("unions", {"工会名称": "中途工会", "工会类型": "单独基层工会", "所属区划": TOWN,
                            "建会日期": date(2011, 6, 5)})  # fmt: skip
        questions.append(query)
        yield from stream(*query)

    questions: list[Any] = []
    monkeypatch.setattr(rows, "stream", disturbed)
    assert list(stream_rows("unions.base", **asked)) == before
    assert len(questions) == 4  # of two batches, once as believed, once as known before
    assert len(list(stream_rows("unions.base", **asked))) == len(before) + 1


def test_one_stream_is_read_while_another_one_is() -> None:
    moving()
    asked: dict[str, Any] = {"day": JUNE.cut_off, "known_at": None, "node": area(COUNTY)}
    whole = list(stream_rows("unions.base", **asked))
    with closing(stream_rows("unions.base", **asked)) as first:
        seen = [next(first)]
        assert list(stream_rows("unions.base", **asked)) == whole
        assert [*seen, *first] == whole


def test_entries_behind_problems_are_those_of_their_rows() -> None:
    moving()
    found: dict[str, dict[int, int]] = {}
    for node in nodes():
        found = ids_together(PROBLEMS, day=JUNE.cut_off, node=node)
        rows = {code: one_by_one(code, node) for code in PROBLEMS}
        assert found == {code: {row["id"]: row["value"] for row in rows[code]} for code in PROBLEMS}
    assert any(found.values())
    before = ids_together(PROBLEMS, day=date(1949, 1, 1), node=area(TOWN))
    assert before == {code: {} for code in PROBLEMS}


def test_the_gate_is_the_same_with_and_without_the_store() -> None:
    moving()
    counted = [quality_gate(JUNE, node) for node in nodes()]
    assert any(counted)
    matrix([*REPORTED, *PROBLEMS], days=[JUNE.cut_off, JUNE.previous.cut_off], nodes=nodes())
    told("areas", {"区划代码": "5199", "名称": "别处", "类型": "市"})  # the record moves on
    assert [quality_gate(JUNE, node) for node in nodes()] == counted
    assert stored(JUNE, area(TOWN)).values.keys() == {JUNE.cut_off, JUNE.previous.cut_off}


def test_a_few_leaves_of_the_store_add_up_as_all_do() -> None:
    moving()
    days = [JUNE.cut_off, JUNE.previous.cut_off]
    matrix(REPORTED, days=days, nodes=nodes())
    everywhere = sorted(tree_on(JUNE.cut_off).leaves()) * 30  # more than are looked up one by one
    whole = kept_matrix(REPORTED, days=days, nodes=everywhere)
    for node in nodes():
        some = kept_matrix(REPORTED, days=days, nodes=[node])
        assert {day: at[node] for day, at in some.values.items()} == {
            day: at[node] for day, at in whole.values.items()
        }


def test_what_is_kept_follows_the_record() -> None:
    moving()
    before = month_changes(JUNE, area(TOWN))
    assert month_changes(JUNE, area(TOWN)) is before
    told("unions", {"工会名称": "后补工会", "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2011, 6, 5)})  # fmt: skip
    after = month_changes(JUNE, area(TOWN))["unions.base.net"]
    came = {row["name"] for row in after} - {row["name"] for row in before["unions.base.net"]}
    assert came == {"后补工会"}


def test_within_one_page_a_case_and_a_lock_are_asked_for_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    town = area(TOWN)
    with steady():
        tree_on(JUNE.cut_off)
        with django_assert_num_queries(2):
            case = report_of(JUNE, town)
            assert case is not None
            assert [passage.case for passage in passages_of(case)] == [case]
            for _ in range(3):
                assert lock_over(JUNE, case.place_id) is None
    with django_assert_num_queries(1):  # whoever writes sees what is there now
        assert len(passages_of(case)) == 1
