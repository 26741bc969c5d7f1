"""Random histories on two times against an oracle that keeps every statement in a list."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.core.builders import make_credit_code
from gongjian.history import trail
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.history.record import Author
from gongjian.history.repair import annul
from gongjian.history.shapes import SHAPES
from gongjian.history.undo import Blocked, undo
from tests.papers import bring, county

FIRST = date(2011, 1, 1)
DAYS = [FIRST + timedelta(days=i) for i in range(12)]
BY = Author(actor_id=None, name="测试")
CODES = [make_credit_code(i) for i in range(2)]
COLUMNS = {"staff": "职工人数", "legal_person": "法定代表人"}
SILENT = object()

days = st.sampled_from(DAYS)
maybe_day = st.none() | days
rows = st.fixed_dictionaries(
    {
        "key": st.sampled_from(CODES),
        "starts": maybe_day,
        "effective": maybe_day,
        "ends": st.none() | days | st.just("清空"),
        "staff": st.none() | st.integers(1, 3),
        "legal_person": st.none() | st.sampled_from(["甲", "乙"]),
    }
)
deeds = st.one_of(
    st.tuples(st.just("row"), rows, days),
    st.tuples(st.just("row"), rows, days),
    st.tuples(st.just("row"), rows, days),
    st.tuples(st.just("undo"), st.integers(2, 12), st.none()),
    st.tuples(st.just("annul"), st.sampled_from(CODES), st.none()),
)


class Firm:
    """What was stated of one firm: its periods, and per column the statements by day."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.periods: list[list[Any]] = []
        self.stated: dict[str, list[tuple[date, Any]]] = {c: [] for c in COLUMNS}

    def value(self, column: str, day: date) -> Any:
        """The statement of the latest day not after ``day``; of one day, the last made."""
        before = [s for s in self.stated[column] if s[0] <= day]
        return max(enumerate(before), key=lambda e: (e[1][0], e[0]))[1][1] if before else None

    def on(self, day: date) -> tuple[Any, ...] | None:
        """What holds on a day: None outside every period."""
        if not any(o <= day and (c is None or day < c) for o, c in self.periods):
            return None
        return tuple(self.value(column, day) for column in COLUMNS)


class Refusal(Exception):
    pass


def state(firm: Firm, row: dict[str, Any], default: date) -> str:
    """Make one statement about a firm; 'new', 'changed' or 'unchanged', or a refusal's code."""
    day = row["effective"] or default
    ends = row["ends"] if isinstance(row["ends"], date) else None
    given = {c: row[c] for c in COLUMNS if row[c] is not None}
    if not firm.periods:
        if row["staff"] is None:
            raise Refusal("required")
        return _open(firm, row["starts"] or day, ends, {**dict.fromkeys(COLUMNS), **given})
    last = firm.periods[-1]
    starts = row["starts"]
    own = [p for p in firm.periods if p[0] == starts]
    if starts and not own and last[1] and starts >= last[1]:
        return _open(firm, starts, ends, given)
    changed = bool(starts and not own)
    if own:
        period = own[0]
    elif starts:
        period = _restart(firm, last, starts)
    else:
        period = ([p for p in firm.periods if p[0] <= day] or firm.periods[:1])[-1]
    was = period[1]
    if row["ends"] == "清空" and period is last and last[1]:
        last[1], changed = None, True
    elif ends and ends != period[1]:
        changed = _end(firm, period, ends)
    return _values(firm, period, was, row, given, day, changed)


def _restart(firm: Firm, last: list[Any], starts: date) -> list[Any]:
    """The latest period began on another day than was thought."""
    if any(starts < p[1] for p in firm.periods[:-1]) or (last[1] and last[1] <= starts):
        raise Refusal("date-order")
    old, last[0] = last[0], starts
    for column, told in firm.stated.items():
        held = [s for s in told if old <= s[0] <= max(old, starts)]
        latest = max(enumerate(held), key=lambda e: (e[1][0], e[0]))[1] if held else None
        rest = [s for s in told if s not in held]
        firm.stated[column] = rest + ([(starts, latest[1])] if latest else [])
    return last


def _end(firm: Firm, period: list[Any], ends: date) -> bool:
    """The period ends on another day than was thought, or ends at all."""
    later = [p for p in firm.periods if p[0] > period[0]]
    if ends <= period[0] or (later and ends > later[0][0]):
        raise Refusal("date-order")
    was = period[1] or date.max
    for column, told in firm.stated.items():
        cut = [s for s in told if s[0] >= ends and period[0] <= s[0] < was]
        firm.stated[column] = [s for s in told if s not in cut]
    period[1] = ends
    return True


def _values(
    firm: Firm,
    period: list[Any],
    was: Any,
    row: dict[str, Any],
    given: Any,
    day: date,
    changed: bool,
) -> str:
    at = max(day, period[0])
    closed = period[1] is not None and at >= period[1]
    seen = period[1] - timedelta(days=1) if closed else at
    for column, value in given.items():
        if firm.value(column, seen) == value:
            continue
        if closed:
            if was is not None:
                raise Refusal("ended")
            continue
        if row["effective"] and row["effective"] < period[0]:
            raise Refusal("date-order")
        firm.stated[column] = [s for s in firm.stated[column] if s[0] != at] + [(at, value)]
        changed = True
    return "changed" if changed else "unchanged"


def _open(firm: Firm, starts: date, ends: Any, given: dict[str, Any]) -> str:
    if ends and ends <= starts:
        raise Refusal("date-order")
    firm.periods.append([starts, ends])
    for column, value in given.items():
        firm.stated[column].append((starts, value))
    return "new"


Firms = dict[int, Firm]
"""Firms by a number of the oracle's own: one code may belong to two, one after the other."""


def find(firms: Firms, code: str) -> int | None:
    return next((n for n, firm in firms.items() if firm.code == code), None)


class World:
    """The firms as known after every change, and which change touched which firm."""

    def __init__(self) -> None:
        self.known: dict[int, Firms] = {1: {}}
        self.touched: dict[int, set[int]] = {1: set()}
        self.undoes: dict[int, int] = {}

    @property
    def newest(self) -> int:
        return max(self.known)

    def add(self, number: int, firms: Firms, touched: set[int]) -> None:
        self.known[number], self.touched[number] = firms, touched

    def in_force(self, number: int) -> bool:
        return not any(self.in_force(u) for u, t in self.undoes.items() if t == number)

    def blocking(self, number: int) -> list[int]:
        if not self.in_force(number):
            return [u for u, t in self.undoes.items() if t == number and self.in_force(u)]
        return [
            n
            for n in self.known
            if n > number
            and self.in_force(n)
            and self.undoes.get(n, 0) <= number
            and self.touched[n] & self.touched[number]
        ]


def wipe() -> None:
    """Empty the record, so that the next example starts from nothing."""
    with connection.cursor() as cursor:
        for shape in reversed(list(SHAPES)):
            cursor.execute(f"DELETE FROM {shape.table}")
        for shape in reversed(list(SHAPES)):
            cursor.execute(f"DELETE FROM {shape.entry_table}")
    TrailRecord.objects.all().delete()
    Change.objects.update(undoes=None)
    Change.objects.all().delete()
    Head.objects.update(change=0, record=0, digest=trail.GENESIS)


def recorded(code: str, day: date, known: int) -> tuple[Any, ...] | None:
    """What the tables say of a firm on ``day`` as known at ``known``; never two rows at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT staff, legal_person FROM employers_employerversion WHERE code = %s"
            " AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)"
            " AND added_in <= %s AND (removed_in IS NULL OR removed_in > %s)",
            [code, day, day, known, known],
        )
        found = cursor.fetchall()
    assert len(found) <= 1
    return tuple(found[0]) if found else None


def perform(world: World, deed: tuple[Any, ...]) -> None:
    """Do one deed in the product and in the oracle, and hold the answers together."""
    kind, what, day = deed
    firms = deepcopy(world.known[world.newest])
    if kind == "row":
        _row(world, firms, what, day)
    elif kind == "annul":
        _annul(world, firms, what)
    elif what in world.known and what != 1:
        _undo(world, what)


def _row(world: World, firms: Firms, what: dict[str, Any], day: date) -> None:
    number = find(firms, what["key"])
    if number is None:
        number = 1 + max((n for known in world.known.values() for n in known), default=0)
        firms[number] = Firm(what["key"])
    try:
        expected = state(firms[number], what, day)
    except Refusal as refusal:
        expected = str(refusal)
    cells = {
        "统一社会信用代码": what["key"],
        "单位名称": "甲公司",
        "所属区划": "510703001",
        "单位性质": "企业",
        "成立日期": what["starts"],
        "生效日期": what["effective"],
        "注销日期": what["ends"],
    }
    cells |= {header: what[name] for name, header in COLUMNS.items()}
    answer = bring("employers", cells, on=day)
    errors = [p.code for p in answer.problems if p.level == "error"]
    got = errors[0] if errors else answer.outcomes[2].value
    assert got == expected
    if answer.change is not None:
        world.add(answer.change, firms, {number})


def _annul(world: World, firms: Firms, code: str) -> None:
    number = find(firms, code)
    if number is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id FROM employers_employerversion WHERE code = %s AND removed_in IS NULL",
            [code],
        )
        entry = cursor.fetchall()[0][0]
    del firms[number]
    world.add(annul("employers", entry, by=BY).number, firms, {number})


def _undo(world: World, number: int) -> None:
    before, firms = world.known[number - 1], deepcopy(world.known[world.newest])
    blocking = world.blocking(number)
    for firm in world.touched[number]:
        firms.pop(firm, None)
        if firm in before:
            firms[firm] = deepcopy(before[firm])
    held = [firm.code for firm in firms.values()]
    if blocking or len(held) != len(set(held)):
        with pytest.raises(Blocked) as refused:
            undo(number, by=BY)
        if blocking:
            assert refused.value.blocking == blocking
        return
    made = undo(number, by=BY).number
    world.undoes[made] = number
    world.add(made, firms, set(world.touched[number]))


def play(history: list[tuple[Any, ...]]) -> None:
    """Perform a history and compare every day as known after every change."""
    wipe()
    county()
    world = World()
    for deed in history:
        perform(world, deed)
    for known, firms in world.known.items():
        for code in CODES:
            for day in DAYS:
                number = find(firms, code)
                expected = firms[number].on(day) if number is not None else None
                assert recorded(code, day, known) == expected
    assert trail.verify().ok


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, min_size=2, max_size=9))
def test_random_histories_agree_with_a_list_of_statements(history: list[Any]) -> None:
    play(history)


@pytest.mark.proof
@pytest.mark.django_db
@settings(max_examples=1500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, min_size=4, max_size=14))
def test_many_random_histories_agree_with_a_list_of_statements(history: list[Any]) -> None:
    play(history)
