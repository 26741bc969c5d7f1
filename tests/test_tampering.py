"""One flipped byte anywhere in the record is found."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from gongjian.core.builders import make_credit_code, make_identity
from gongjian.core.progress import listening
from gongjian.history import trail
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.history.record import Author
from gongjian.history.shapes import FRAME, SHAPES
from gongjian.history.undo import undo
from tests.papers import bring, county


@pytest.fixture
def record(db: None) -> None:
    """A little of everything: six changes, one of them an undo."""
    county()
    code = make_credit_code(1)
    bring(
        "employers",
        {
            "统一社会信用代码": code,
            "单位名称": "甲公司",
            "所属区划": "城厢街道",
            "单位性质": "企业",
            "职工人数": 120,
            "联系电话": "13800001111",
            "成立日期": date(2005, 1, 1),
        },
    )
    bring(
        "unions",
        {
            "工会名称": "甲公司工会",
            "工会类型": "单独基层工会",
            "所属区划": "城厢街道",
            "建会日期": date(2006, 1, 1),
        },
    )
    bring(
        "members",
        {
            "证件号码": make_identity("510703", date(1980, 1, 1), 1),
            "姓名": "王甲",
            "所属工会": "甲公司工会",
            "入会日期": date(2007, 1, 1),
        },
    )
    answer = bring("employers", {"统一社会信用代码": code, "职工人数": 130}, on=date(2011, 1, 1))
    assert answer.change is not None
    undo(answer.change, by=Author(actor_id=None, name="测试"))
    assert trail.verify() == (6, True, None)


def flipped(value: Any) -> Any:
    """The same value with one bit or byte other."""
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
    if isinstance(value, bytes | memoryview):
        whole = bytes(value)
        return whole[:-1] + bytes([whole[-1] ^ 1])
    if isinstance(value, date):
        return value.replace(year=value.year - 1)
    if value is None:
        return None
    return value ^ 1


def tamper(table: str, key: str, column: str) -> int:
    """Flip one value of every row of a table, one row at a time; how many were found out."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {key}, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
        rows = cursor.fetchall()
        for number, value in rows:
            change = f'UPDATE "{table}" SET "{column}" = %s WHERE {key} = %s'
            cursor.execute(change, [flipped(value), number])
            assert not trail.verify().ok, (table, column, number)
            cursor.execute(change, [value, number])
    assert trail.verify().ok
    return len(rows)


@pytest.mark.usefixtures("record")
def test_every_column_of_every_ledger_row_is_sealed() -> None:
    found = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
    for shape in SHAPES:
        references = set(shape.refs)
        for column in (*FRAME[2:], *shape.columns, "added_in"):
            if column not in references:
                found += tamper(shape.table, "vid", column)
    assert found > 60


@pytest.mark.usefixtures("record")
def test_every_column_of_a_change_and_of_a_link_is_sealed() -> None:
    assert tamper("history_change", "number", "actor_name") == 6
    assert tamper("history_change", "number", "kind") == 6
    assert tamper("history_trailrecord", "number", "body") == 6
    assert tamper("history_trailrecord", "number", "digest") == 6
    assert tamper("history_trailrecord", "number", "previous") == 6
    assert tamper("history_head", "id", "digest") == 1


@pytest.mark.usefixtures("record")
def test_the_first_broken_link_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE employers_employerversion SET staff = 999 WHERE added_in = 5")
    assert trail.verify() == (6, False, 5)


@pytest.mark.usefixtures("record")
def test_a_cut_off_tail_is_found() -> None:
    TrailRecord.objects.filter(number=6).delete()
    Change.objects.filter(number=6).delete()
    assert not trail.verify().ok


@pytest.mark.usefixtures("record")
def test_a_row_smuggled_in_is_found() -> None:
    shape = SHAPES["unions"]
    names = ", ".join(f'"{c}"' for c in ("entry_id", *FRAME, *shape.columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{shape.table}" (vid, added_in, {names})'
            f' SELECT vid + 100, added_in, {names} FROM "{shape.table}"'
        )
    assert not trail.verify().ok


@pytest.mark.usefixtures("record")
def test_a_head_set_back_is_found() -> None:
    Head.objects.update(change=5)
    assert not trail.verify().ok


class Counted:
    """Adds up what a listener is told."""

    def __init__(self) -> None:
        self.total: int | None = None
        self.heard = 0

    def begin(self, label: str, total: int | None) -> None:
        self.total = total

    def advance(self, n: int) -> None:
        self.heard += n

    def end(self) -> None:
        """Nothing more to hear."""


@pytest.mark.usefixtures("record")
def test_whoever_waits_hears_of_every_row_that_was_read() -> None:
    counted = Counted()

    with listening(counted):
        trail.verify()

    assert counted.total is not None
    assert (counted.heard, counted.total > 6) == (counted.total, True)
