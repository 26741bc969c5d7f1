"""A preview tells what an import would do, and writes nothing."""

import pytest

from gongjian.core.access import OPERATOR
from gongjian.history.models import Change
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Request, preview, take
from tests.papers import bring, county, table

pytestmark = pytest.mark.django_db

ROWS = [
    {"区划代码": "510703002", "名称": "塘汛新镇", "上级代码": "510703", "类型": "镇"},
    {"区划代码": "510703009", "名称": "新村", "上级代码": "510703", "类型": "镇"},
]


def test_preview_names_the_recorded_entries_and_writes_nothing() -> None:
    county()
    request = Request(ledger=LEDGERS["areas"], actor=OPERATOR)

    answer, made = preview(request, table(ROWS))

    assert dict(answer.counts) == {"changed": 1, "new": 1}
    assert made.entries == {2: 4}
    assert Change.objects.count() == 1


def test_the_source_of_a_table_read_before_is_named() -> None:
    county()
    request = Request(
        ledger=LEDGERS["areas"], actor=OPERATOR, source_name="表.xlsx", source_sha256="ab" * 32
    )

    take(request, table(ROWS))
    bring("areas", {**ROWS[1], "名称": "更新的村"})

    named = Change.objects.order_by("number").values_list("source_name", "source_sha256")
    assert list(named) == [("", ""), ("表.xlsx", "ab" * 32), ("", "")]
