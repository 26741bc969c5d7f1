"""Importing one file into one ledger: plan outside the lock, commit under it, answer in full."""

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from gongjian.core.access import Actor
from gongjian.core.days import today
from gongjian.core.progress import Progress
from gongjian.core.stopwatch import step
from gongjian.history.keys import field_keys
from gongjian.history.record import Author, Edit, Receipt, Stale, commit, newest, recording, write
from gongjian.history.shapes import FRAME, Secret
from gongjian.ledgers import reading
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.footnotes import explain_footnotes
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.normalise import fill_values, header_specs, rows_of
from gongjian.ledgers.planning import Plan, plan
from gongjian.ledgers.rows import Problem

TRIES = 3
"""How often a plan is worked out again outside the lock when others change the same ledgers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for. ``on`` is the day of rows that name none; None means today.

    ``source_name`` and ``source_sha256`` name the paper of a table that was read before; without
    them it is the file at ``path``. ``agree`` sees each plan that is about to be written, and
    raises where it is not what somebody agreed to: then nothing is written.
    """

    ledger: Ledger
    actor: Actor
    path: Path = Path()
    sheet: str | None = None
    on: date | None = None
    dry_run: bool = False
    skip_bad: bool = False
    reason: str = ""
    source_name: str = ""
    source_sha256: str = ""
    agree: Callable[[Plan], None] | None = None


@dataclass(slots=True)
class Answer:
    """What came of it, row by row and in numbers.

    ``undated`` rows say something without a day of its own: that holds from ``day``.
    """

    ledger: str
    sheet: str | None = None
    header_row: int | None = None
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    totals_skipped: int = 0
    ignored_columns: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    change: int | None = None
    locked: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    day: date = date.min
    undated: int = 0
    positions: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Nothing could be taken from this file as it is."""
        return any(p.level == "error" for p in self.problems)

    def as_json(self) -> dict[str, Any]:
        counts = {o.value: self.counts[o.value] for o in Outcome}
        return {
            "ledger": self.ledger,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "rows": self.rows,
            "new": counts["new"],
            "changed": counts["changed"],
            "unchanged": counts["unchanged"],
            "bad": counts["bad"],
            "skipped": counts["skipped"],
            "totals_skipped": self.totals_skipped,
            "ignored_columns": self.ignored_columns,
            "other_sheets": self.other_sheets,
            "committed": self.change is not None,
            "change": self.change,
            "problems": [p.as_json() for p in self.problems],
        }


def run(request: Request) -> Answer:
    """Import a file. Everything that is wrong with it is in the answer, never an exception."""
    answer = Answer(request.ledger.slug)
    try:
        with Progress(None, "读取文件"), step("read"):
            table = reading.read_table(
                request.path, header_specs(request.ledger), sheet=request.sheet
            )
    except reading.Unreadable as error:
        answer.problems = [Problem(None, None, None, "error", "unreadable", error.sentence)]
        return answer
    except reading.MissingColumns as error:
        _missing(answer, error)
        return answer
    return take(request, table)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: a file makes millions of objects and none, an eighth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def take(request: Request, table: reading.Table) -> Answer:
    """Import a table that was read already, or that a program made."""
    answer, made = preview(request, table)
    if request.dry_run:
        return answer
    receipt = _write(request, table, answer, made)
    if receipt is not None:
        answer.change, answer.locked = receipt.change, receipt.locked
    return answer


def preview(request: Request, table: reading.Table) -> tuple[Answer, Plan]:
    """What a table would come to, and the plan of it; nothing is written."""
    answer = Answer(request.ledger.slug)
    _describe(answer, table)
    made = _planned(request, table)
    _report(answer, request, table, made)
    return answer, made


def _missing(answer: Answer, error: reading.MissingColumns) -> None:
    answer.sheet, answer.header_row = error.sheet, error.header_row
    answer.other_sheets, answer.ignored_columns = error.other_sheets, error.ignored_columns
    for header in error.missing:
        message = f"没有找到必填列“{header}”，请在表头补上这一列，或下载模板对照。"
        answer.problems.append(Problem(None, header, None, "error", "missing-column", message))


def _describe(answer: Answer, table: reading.Table) -> None:
    answer.sheet, answer.header_row = table.sheet, table.header_row
    answer.rows = len(table.row_numbers)
    answer.totals_skipped = table.totals_skipped
    answer.ignored_columns, answer.other_sheets = table.ignored_columns, table.other_sheets
    answer.positions = table.positions


def _planned(request: Request, table: reading.Table) -> Plan:
    base = newest()
    with step("normalise"):
        rows = rows_of(request.ledger, table)
    day = request.on or today()
    with step("plan"):
        return plan(request.ledger, rows, day=day, scope=request.actor.scope, base=base)


@step("report")
def _report(answer: Answer, request: Request, table: reading.Table, made: Plan) -> None:
    fill_values(request.ledger, table, made.rows)
    explain_footnotes(request.ledger, table, made.rows)
    order = {c.header: i for i, c in enumerate(request.ledger.all_columns)}
    answer.problems = [
        p
        for row in made.rows
        for p in sorted(dict.fromkeys(row.problems), key=lambda p: order.get(p.column or "", -1))
    ]
    answer.outcomes = made.outcomes
    answer.day = request.on or today()
    answer.undated = sum(row.undated and not row.bad for row in made.rows)
    answer.counts = Counter(o.value for o in made.outcomes.values())


def author(actor: Actor, reason: str) -> Author:
    """The actor as history knows one: an opaque number and a name."""
    return Author(actor_id=actor.id, name=actor.name, reason=reason)


def _wanted(request: Request, answer: Answer, made: Plan) -> bool:
    """Is there something to write, agreed to, and nothing in the way?"""
    wanted = bool(made.edit) and (request.skip_bad or not answer.refused)
    if wanted and request.agree is not None:
        request.agree(made)
    return wanted


def _write(request: Request, table: reading.Table, answer: Answer, made: Plan) -> Receipt | None:
    by = author(request.actor, request.reason)
    if request.source_name:
        by.source_name, by.source_sha256 = request.source_name, request.source_sha256
    elif request.path.name:
        by.source_name, by.source_sha256 = request.path.name, _digest(request.path)
    for _ in range(TRIES):
        if not _wanted(request, answer, made):
            return None
        try:
            with Progress(None, "写入台账"):
                seal(made.edit)
                return commit(made.edit, kind="import", by=by, base=made.base)
        except Stale:
            made = _planned(request, table)
            _report(answer, request, table, made)
    return _write_locked(request, table, answer, by)


class _Unwanted(Exception):
    """Under the lock it turned out that there is nothing to write after all."""


def _insist(request: Request, answer: Answer, made: Plan) -> None:
    if not _wanted(request, answer, made):
        raise _Unwanted


def _write_locked(
    request: Request, table: reading.Table, answer: Answer, by: Author
) -> Receipt | None:
    """Others keep changing the same ledgers: plan once more, this time under the lock."""
    begun = perf_counter()
    try:
        with recording(kind="import", ledger=request.ledger.slug, by=by) as (change, _):
            made = _planned(request, table)
            _report(answer, request, table, made)
            _insist(request, answer, made)
            seal(made.edit)
            write(made.edit, change.number)
    except _Unwanted:
        return None
    return Receipt(change.number, perf_counter() - begun)


@step("encrypt")
def seal(edit: Edit) -> None:
    """Encrypt the secrets that are about to be written, and only those."""
    secret = edit.shape.secret
    if not secret:
        return
    keys = field_keys()
    places = [
        (len(FRAME) + i, f"{edit.shape.slug}.{name}")
        for i, name in enumerate(edit.shape.fields)
        if name in secret
    ]
    for _, version in edit.adds:
        for at, label in places:
            value = version[at]
            if isinstance(value, Secret) and value.sealed is None and value.plain is not None:
                value.sealed = keys.seal(value.plain, label)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
