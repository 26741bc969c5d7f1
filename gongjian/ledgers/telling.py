"""An entry retold in rows of the import format: which rows, and what each of them has to say.

The rows are those that, imported one after the other, make the entry what it was: the first opens
it, later ones say what changed, and an emptied cell is 清空, for a blank one means "as before".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongjian.history.shapes import FRAME
from gongjian.ledgers.declare import Ledger, Ref, Role, Timing
from gongjian.ledgers.rows import CLEAR
from gongjian.ledgers.writing import spreadsheet_day

Cells = dict[str, Any]
"""Field → what is stored; None for nothing known, BLANK for a cell left empty on purpose."""

BLANK = ""


@dataclass(slots=True)
class _Period:
    """One period as far as it has come by the day; ``closed`` None while it goes on."""

    opened: date
    closed: date | None = None
    versions: list[tuple[date, Cells]] = field(default_factory=list)


class Teller:
    """Retells entries of one ledger as of a day, with ``history`` one row per version."""

    def __init__(self, ledger: Ledger, day: date, *, history: bool) -> None:
        self.ledger = ledger
        self.day = day
        self.history = history
        self._fields = ledger.shape.fields
        self._unpack = ledger.shape.unpack
        self._ending = ledger.shape.ending
        self._inclusive = ledger.ends is not None and ledger.ends.inclusive
        self._or_text = tuple(
            (c.field, c.kind.or_text)
            for c in ledger.columns
            if isinstance(c.kind, Ref) and c.kind.or_text
        )
        self._anchors = self._find_anchors()
        self._clearable = tuple(
            c.field
            for c in ledger.columns
            if c.role is Role.VALUE and c.timing is not Timing.ENDING and not c.required
        )
        default = ledger.opens_by
        self._unsaid = default if default and not spreadsheet_day(default) else None

    def rows(self, stored: Sequence[tuple[Any, ...]]) -> list[Cells]:
        """Rows of one entry from its believed versions in the order of days.

        A stored version is (entry, valid_from, valid_to, opened, *database columns).
        """
        periods = list(self._periods(stored))
        told = [row for period in periods for row in self._period(period)]
        if self._unsaid is not None and stored[0][3] == stored[-1][3] == self._unsaid:
            for row in told:
                row["opened"] = None
        if len(told) > 1 or self._anchors:
            self._say_changes(told)
        return told

    def latest(self, stored: Sequence[tuple[Any, ...]]) -> Cells:
        """What holds on the day, or held last before it, or will hold first."""
        begun = [v for v in stored if v[1] <= self.day]
        return self._cells(begun[-1] if begun else stored[0])

    def _cells(self, version: tuple[Any, ...]) -> Cells:
        cells = dict(zip(self._fields, self._unpack(version[len(FRAME) :]), strict=True))
        for name, text in self._or_text:
            if cells[name] is None:
                cells[name] = cells[text]
        return cells

    def _periods(self, stored: Sequence[tuple[Any, ...]]) -> Iterator[_Period]:
        period: _Period | None = None
        for version in stored:
            _, valid_from, valid_to, opened, *_ = version
            if valid_from > self.day:
                break
            if period is None or period.opened != opened:
                if period is not None:
                    yield period
                period = _Period(opened)
            ended = valid_to is not None and valid_to <= self.day
            period.closed = valid_to if ended else None
            period.versions.append((valid_from, self._cells(version)))
        if period is not None:
            yield period

    def _period(self, period: _Period) -> Iterable[Cells]:
        versions = period.versions if self.history else self._as_of_day(period)
        for at, (valid_from, values) in enumerate(versions, 1):
            closed = period.closed if at == len(versions) else None
            days = {"opened": period.opened, "effective": valid_from, "closed": closed}
            cells = values | days
            if closed is None:
                cells.update(dict.fromkeys(self._ending))
            elif self._inclusive:
                cells["closed"] = date.fromordinal(closed.toordinal() - 1)
            yield from self.ledger.told(cells) if self.ledger.told else (cells,)

    # ---------------------------------------------------------------- values with their own day

    def _find_anchors(self) -> dict[str, tuple[str, ...]]:
        """Date fields that say from when others of the row hold → those others."""
        anchors = {c.since for c in self.ledger.columns if c.since}
        return {
            anchor: tuple(
                c.field for c in self.ledger.columns if c.since == anchor and c.field != anchor
            )
            for anchor in anchors
        }

    def _as_of_day(self, period: _Period) -> list[tuple[date, Cells]]:
        """The last version, and before it one more where a day of its own held another value."""
        last = period.versions[-1]
        for anchor, others in self._anchors.items():
            told = last[1][anchor]
            if told is None or not period.opened <= told < last[0]:
                continue
            then = [v for v in period.versions if v[0] <= told][-1]
            if any(then[1][name] != last[1][name] for name in others):
                return [then, last]
        return [last]

    def _say_changes(self, told: list[Cells]) -> None:
        """Blank repeated anchors; 清空 where something was known in the row before."""
        held: Cells = {}
        for row in told:
            now = dict(row)
            for name in self._clearable:
                if row[name] is None and held.get(name) not in (None, BLANK):
                    row[name] = CLEAR
            for anchor in self._anchors:
                day = row[anchor]
                # A day before the opening says nothing that the opening does not.
                if isinstance(day, date) and (day == held.get(anchor) or day < row["opened"]):
                    row[anchor] = BLANK
            held = now
