"""What was filled in about one entry, as rows of the import: which rows, for which days.

The other way round of ``telling``: a change is a row that holds from its day, a correction one row
for each day for which something wrong had been told.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjian.history.timeline import Timeline
from gongjian.ledgers.cells import Count, Day
from gongjian.ledgers.declare import NUMBER, Identity, Ledger, Role, Timing

EFFECTIVE: Final = "effective"
_WITH_THEIR_DAY: Final = ("status", "status_since", "status_reason")
"""A standing is told with its own day; alone neither of them says anything."""

Texts = dict[str, str]
"""Field, or header, → what its cell says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the form stands on: the entry, its timeline as believed, the day that was looked at."""

    number: str
    line: Timeline
    day: date


def rows_of_new(ledger: Ledger, sent: Texts) -> list[Texts]:
    """The one row of a new entry, by header."""
    return [{ledger.by_field[n].header: t.strip() for n, t in sent.items() if t.strip()}]


def rows_of_change(ledger: Ledger, held: Held, sent: Texts, changed: Texts) -> list[Texts]:
    """The one row of a change: what changed, from its day."""
    cells = _completed(ledger, changed, sent)
    column, day = ledger.column_of(Role.EFFECTIVE), sent.get(EFFECTIVE, "").strip()
    if column is None or not day:
        return [_headed(ledger, held, cells)]
    on, _ = Day().read(day)
    counted = _counted(ledger, held, on if isinstance(on, date) else None, cells)
    return [_headed(ledger, held, cells | counted) | {column.header: day}]


def rows_of_correction(ledger: Ledger, held: Held, sent: Texts, changed: Texts) -> list[Texts]:
    """One row for each day for which something wrong had been told, by those days."""
    cells = _completed(ledger, changed, sent)
    days: dict[date | None, Texts] = {}
    for name, text in cells.items():
        days.setdefault(_told_for(ledger, held, name), {})[name] = text
    effective = ledger.column_of(Role.EFFECTIVE)
    if effective is None:
        return [_headed(ledger, held, cells)]
    opening = _period_opened(held)
    if "opened" in cells and opening in days:
        # Told for the day on which the period opens, wherever that day is moved.
        days[None] = days.pop(None, {}) | days.pop(opening)
    rows = []
    for day, group in days.items():
        row = _headed(ledger, held, group | _counted(ledger, held, day or opening, cells))
        if day is not None:
            row[effective.header] = day.isoformat()
        elif "opened" in group:
            row[effective.header] = group["opened"]
        rows.append(row)
    return rows


def _completed(ledger: Ledger, changed: Texts, sent: Texts) -> Texts:
    """With what a changed cell cannot do without: a number's document, a standing's day."""
    wanted = set(changed)
    if wanted & set(_WITH_THEIR_DAY):
        wanted |= set(_WITH_THEIR_DAY)
    for name in changed:
        kind = ledger.by_field[name].kind
        if isinstance(kind, Identity):
            wanted.add(kind.kind_field)
    told = {n: changed.get(n) or sent.get(n, "").strip() for n in wanted if n in ledger.by_field}
    return {n: text for n, text in told.items() if text}


def _headed(ledger: Ledger, held: Held, cells: Texts) -> Texts:
    return {
        NUMBER.header: held.number,
        **{ledger.by_field[name].header: text for name, text in cells.items()},
    }


def _period_opened(held: Held) -> date | None:
    begun = [p.opened for p in held.line.periods if p.opened <= held.day]
    return begun[-1] if begun else next((p.opened for p in held.line.periods), None)


def _told_for(ledger: Ledger, held: Held, name: str) -> date | None:
    """The day for which the value that held on the day was told; None: the row needs none."""
    if ledger.by_field[name].timing is not Timing.DATED or name not in held.line.points:
        return None
    told = held.line.points[name]
    before = [d for d in told if d <= held.day]
    return max(before) if before else min(told, default=None)


def _counted(ledger: Ledger, held: Held, day: date | None, cells: Texts) -> Texts:
    """The other counts of that day, so that parts are held against their whole."""
    counts = [c.field for c in ledger.columns if isinstance(c.kind, Count) and c.field in cells]
    if day is None or not counts:
        return {}
    held_then = {
        c.field: held.line.at(c.field, day)
        for c in ledger.columns
        if isinstance(c.kind, Count) and c.timing is Timing.DATED and c.field not in cells
    }
    return {name: str(value) for name, value in held_then.items() if value is not None}
