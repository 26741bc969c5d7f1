"""What a row wants to say, before it meets what is known."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from gongjian.ledgers.declare import LEDGERS, Column, Ledger, Role, Timing
from gongjian.ledgers.rows import CLEAR, Row


class LayError(Exception):
    """The row cannot be laid; (header, code, sentence)."""

    def __init__(self, header: str, code: str, message: str) -> None:
        super().__init__(message)
        self.header = header
        self.code = code
        self.message = message


@dataclass(slots=True)
class Fact:
    """A value told for a day; ``day`` None means the row's own day."""

    name: str
    value: Any
    day: date | None = None
    header: str = ""


@dataclass(slots=True)
class Intent:
    """What one row wants to say.

    ``closed`` is CLEAR to say that the latest period never ended. ``defaults`` are told only
    where the first period opens, ``reset`` where a further one does. ``final`` are endings
    after which nothing begins again. ``begins_anew`` closes an open period to begin another.
    ``everywhere`` are fields that hold on every day when the key they follow from is corrected.
    """

    day: date
    day_given: bool
    opened: date | None = None
    closed: Any = None
    ending: dict[str, Any] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    whole: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    reset: dict[str, Any] = field(default_factory=dict)
    final: frozenset[str] = frozenset()
    begins_anew: bool = False
    everywhere: frozenset[str] = frozenset()


class Paper(NamedTuple):
    """How the columns of a ledger's paper tell: worked out once, for there are many rows.

    ``facts`` are (field, field of the day it holds from, header), ``whole`` and ``ending`` fields;
    ``heirs`` says of a field to which ledger it refers, where entries there have heirs;
    ``plain`` are dated fields that mean on every day what they say.
    """

    facts: tuple[tuple[str, str, str], ...]
    whole: tuple[str, ...]
    ending: tuple[str, ...]
    defaults: dict[str, Any]
    heirs: dict[str, str]
    plain: frozenset[str]


@lru_cache
def paper_of(slug: str) -> Paper:
    """The paper of the ledger ``slug``."""
    ledger = LEDGERS[slug]
    columns = [c for c in ledger.columns if c.role is Role.VALUE]
    named = [(c.timing, name, c) for c in columns for name in _names(c)]
    dated = (Timing.DATED, Timing.PERIOD)
    heirs = {c.field: c.ref.to for c in ledger.ref_columns if LEDGERS[c.ref.to].heir}
    return Paper(
        facts=tuple((name, c.since, c.header) for timing, name, c in named if timing in dated),
        whole=tuple(name for timing, name, _ in named if timing is Timing.WHOLE),
        ending=tuple(name for timing, name, _ in named if timing is Timing.ENDING),
        defaults={c.field: c.default for c in columns if c.default is not None},
        heirs=heirs,
        plain=frozenset(name for timing, name, _ in named if timing is Timing.DATED) - heirs.keys(),
    )


def _names(column: Column) -> tuple[str, ...]:
    beside = getattr(column.kind, "or_text", "")
    return (column.field, beside) if beside else (column.field,)


def intend(ledger: Ledger, row: Row, day: date) -> Intent:
    """The plain reading of a row: every filled cell is told for the row's day or its own."""
    cells, paper = row.cells, paper_of(ledger.slug)
    return Intent(
        day=cells.get("effective") or day,
        day_given="effective" in cells,
        opened=cells.get("opened"),
        closed=_closing(ledger, cells.get("closed")),
        ending={name: _value(cells[name]) for name in paper.ending if name in cells},
        facts=[
            Fact(name, _value(cells[name]), _own_day(cells, since) if since else None, header)
            for name, since, header in paper.facts
            if name in cells
        ],
        whole={name: _value(cells[name]) for name in paper.whole if name in cells},
        defaults=dict(paper.defaults),
    )


def _value(cell: Any) -> Any:
    return None if cell is CLEAR else cell


def _own_day(cells: dict[str, Any], since: str) -> date | None:
    day = cells.get(since)
    return day if isinstance(day, date) else None


def _closing(ledger: Ledger, closed: Any) -> Any:
    """The first day that no longer counts."""
    if isinstance(closed, date) and ledger.ends is not None and ledger.ends.inclusive:
        return date.fromordinal(closed.toordinal() + 1)
    return closed
