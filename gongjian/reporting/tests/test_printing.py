"""What a month prints depends on what was known then alone."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import tree_on
from gongjian.areas.tests.builders import area
from gongjian.indicators.query import figures
from gongjian.ledgers.tests.city import told
from gongjian.reporting.actions import submit
from gongjian.reporting.flows import REPORT
from gongjian.reporting.tests.months import JUNE, TOWN, clerk, opened, organiser, report
from gongjian.workflow.actions import take
from gongjian.workflow.declare import PaperContent
from gongjian.workflow.models import Passage
from gongjian.workflow.queries import known_then

pytestmark = pytest.mark.django_db


def printed(code: str, number: int) -> PaperContent:
    passage = Passage.objects.select_related("case").get(case=report(), number=number)
    return REPORT.prints[code].content(passage)


def union(name: str) -> None:
    told("unions", {"工会名称": name, "工会类型": "单独基层工会", "所属区划": TOWN,
                    "建会日期": date(2011, 6, 1)})  # fmt: skip


def later() -> None:
    """The unit is called otherwise as from June, and two unions more are found."""
    new = {"区划代码": TOWN, "名称": "改正的名", "上级代码": "510703", "类型": "街道"}
    told("areas", new, on=date(2011, 6, 1))
    union("补录甲工会")
    union("补录乙工会")


def returned_and_accepted() -> None:
    opened()
    case: Any = report().pk
    submit(case, by=clerk(), remark="核对过")
    take(case, "return", by=organiser(), remark="漏了一家")
    union("新店工会")
    submit(case, by=clerk(), remark="补了")
    take(case, "accept", by=organiser(), remark="齐了")


def test_a_return_notice_says_why_and_how_long() -> None:
    returned_and_accepted()
    paper = printed("return-notice", 3)
    assert (paper.title, paper.to) == ("月报退回通知书", "城厢街道")
    assert "2011 年 6 月月报，经审核，予以退回。" in paper.lines[0]
    assert paper.lines[1] == "退回理由：漏了一家"
    assert "自退回之日起 2 个工作日内重报" in paper.lines[2]
    assert paper.signatures[0] == "审核单位：涪城区"


def test_a_review_sheet_has_the_figures_as_they_were_known() -> None:
    returned_and_accepted()
    paper = printed("review-sheet", 5)
    accepted = Passage.objects.get(case=report(), number=5)
    assert "退回：1 次" in paper.lines
    assert "审核意见：通过。齐了" in paper.lines
    assert f"下表由台账算出，所知截至变更 {known_then(accepted)}。" in paper.lines
    assert paper.table is not None
    assert ("基层工会", "2", "个") in paper.table.rows


def test_what_was_printed_once_is_printed_so_for_ever() -> None:
    returned_and_accepted()
    papers = [printed("return-notice", 3), printed("review-sheet", 5)]
    later()
    assert [printed("return-notice", 3), printed("review-sheet", 5)] == papers
    assert (papers[0].to, papers[1].lines[0]) == ("城厢街道", "报送单位：城厢街道")
    assert tree_on(JUNE.cut_off).name(area(TOWN)) == "改正的名"
    said = figures(["unions.base"], day=JUNE.cut_off, known_at=None, node=area(TOWN))
    assert said["figures"][0]["value"] == 4


def test_a_sheet_counts_its_figures_once_whatever_comes_later(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    returned_and_accepted()
    with CaptureQueriesContext(connection) as first:
        paper = printed("review-sheet", 5)
    with django_assert_max_num_queries(len(first) // 2):
        assert printed("review-sheet", 5) == paper
    later()
    with CaptureQueriesContext(connection) as again:
        assert printed("review-sheet", 5) == paper
    assert not [q for q in again if "unions_" in q["sql"] and "MAX(" not in q["sql"]]
