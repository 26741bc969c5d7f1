"""One entry on its days: periods, and for every dated column the days on which it was told.

A timeline is what the believed versions of one entry say, in a form that facts can be laid
into one column at a time. A fact told for a day holds until the next day for which the same
column was told; so an older day filed late fills its gap and leaves newer knowledge alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongjian.history.shapes import FRAME, Shape

VersionTuple = tuple[Any, ...]
"""(valid_from, valid_to, opened, stated, *values in the order of ``Shape.fields``)."""


@dataclass(slots=True)
class Period:
    """``[opened, closed)``; ``ending`` holds the fields that tell of the end."""

    opened: date
    closed: date | None = None
    ending: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Timeline:
    """All that is believed of one entry. Periods are in order and do not overlap.

    ``points`` holds, for each dated column, what it was told by day. What one column was told is
    never altered but replaced: copies share it.
    """

    shape: Shape
    periods: list[Period] = field(default_factory=list)
    points: dict[str, dict[date, Any]] = field(default_factory=dict)
    whole: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, shape: Shape, versions: Iterable[VersionTuple]) -> "Timeline":
        """The timeline that these believed versions of one entry materialise."""
        line, frame = cls(shape), len(FRAME)
        whole = frame + len(shape.dated)
        ending = whole + len(shape.whole)
        in_order = sorted(versions, key=_begin)
        for version in in_order:
            _, valid_to, opened, _ = version[:frame]
            if not line.periods or line.periods[-1].opened != opened:
                line.periods.append(Period(opened))
            period = line.periods[-1]
            period.closed = valid_to
            period.ending = {
                name: value
                for name, value in zip(shape.ending, version[ending:], strict=True)
                if value is not None
            }
        line.points = _points(shape, in_order)
        if in_order:
            line.whole = dict(zip(shape.whole, in_order[-1][whole:ending], strict=True))
        return line

    def copy(self) -> "Timeline":
        """A copy that can be changed and thrown away."""
        return Timeline(
            self.shape,
            [Period(p.opened, p.closed, dict(p.ending)) for p in self.periods],
            dict(self.points),
            dict(self.whole),
        )

    def tell(self, name: str, day: date, value: Any) -> None:
        """From ``day`` on ``name`` is ``value``, until the next day for which it was told."""
        self.points[name] = {**self.points[name], day: value}

    def at(self, name: str, day: date) -> Any:
        """What the dated column ``name`` is known to be on ``day`` (periods left aside)."""
        told = self.points[name]
        return told[day] if day in told else _known(told, day)

    def next_told(self, name: str, day: date) -> date | None:
        """The next day after ``day`` for which ``name`` was told."""
        after = [d for d in self.points[name] if d > day]
        return min(after) if after else None

    def open(self, opened: date, closed: date | None, values: dict[str, Any]) -> Period:
        """Begin a period (the first, or a further one): every given value is told for its day."""
        period = Period(opened, closed)
        self.periods.append(period)
        if len(self.periods) == 1:
            self.points = {
                name: {opened: values[name]} if name in values else {} for name in self.shape.dated
            }
            return period
        for name, value in values.items():
            self.tell(name, opened, value)
        return period

    def reopen_at(self, period: Period, opened: date) -> None:
        """Correct the first day of ``period``: what was told for the old one is told for the new.

        Moved later, the last value told by the new day is told for it and older ones fall away.
        """
        old, period.opened = period.opened, opened
        for name, told in self.points.items():
            inside = [d for d in told if old <= d <= max(old, opened)]
            if inside:
                kept = {day: value for day, value in told.items() if day not in inside}
                self.points[name] = {**kept, opened: told[max(inside)]}

    def close_at(self, period: Period, closed: date | None) -> None:
        """Set, move or clear the end of ``period``; what was told for its cut-off days goes."""
        old, period.closed = period.closed, closed
        if closed is None:
            return
        for name, told in self.points.items():
            gone = [d for d in told if d >= closed and _within(d, period.opened, old)]
            if gone:
                self.points[name] = {d: value for d, value in told.items() if d not in gone}

    def versions(self) -> list[VersionTuple]:
        """The versions this timeline stands for, in order of days."""
        return [v for period in self.periods for v in self._versions_of(period)]

    def _versions_of(self, period: Period) -> Iterable[VersionTuple]:
        shape, opened, closed = self.shape, period.opened, period.closed
        values, later = self._values_at(opened), self._told_within(period)
        stated = sum([bit for name, bit in shape.bits.items() if opened in self.points[name]])
        whole = [self.whole.get(name) for name in shape.whole]
        nothing = (None,) * len(shape.ending)
        order = [opened, *sorted(later)]
        for day, until in zip(order, [*order[1:], None], strict=True):
            if day is not opened:
                stated = 0
                for at, value in later[day]:
                    values[at] = value
                    stated |= 1 << at
            ending = nothing if until else [period.ending.get(name) for name in shape.ending]
            yield (day, until or closed, opened, stated, *values, *whole, *ending)

    def _values_at(self, day: date) -> list[Any]:
        """What is known on ``day`` of every dated column, in their order."""
        told = map(self.points.__getitem__, self.shape.dated)
        return [known[day] if day in known else _known(known, day) for known in told]

    def _told_within(self, period: Period) -> dict[date, list[tuple[int, Any]]]:
        """Day after the opening → (place of the column, value) of what was told for it."""
        opened, closed = period.opened, period.closed
        later: dict[date, list[tuple[int, Any]]] = defaultdict(list)
        for at, name in enumerate(self.shape.dated):
            for day, value in self.points[name].items():
                if day > opened and (closed is None or day < closed):
                    later[day].append((at, value))
        return later


def _points(shape: Shape, versions: list[VersionTuple]) -> dict[str, dict[date, Any]]:
    """By dated column, the days for which it was told and what."""
    told = [(version[0], version[3], version[len(FRAME) :]) for version in versions]
    if len(told) == 1:  # most entries by far
        ((day, stated, values),) = told
        return {
            name: {day: value} if stated & bit else {}
            for (name, bit), value in zip(shape.bits.items(), values, strict=False)
        }
    points: dict[str, dict[date, Any]] = {name: {} for name in shape.dated}
    for day, stated, values in told:
        for (name, bit), value in zip(shape.bits.items(), values, strict=False):
            if stated & bit:
                points[name][day] = value
    return points


def _known(told: dict[date, Any], day: date) -> Any:
    """The value told last by ``day``, None before the first."""
    if len(told) == 1:
        for only, value in told.items():
            return value if only <= day else None
    before = [d for d in told if d <= day]
    return told[max(before)] if before else None


@dataclass(slots=True)
class _Piece:
    """A stretch of days of which one of two timelines tells."""

    begin: date
    end: date | None
    line: Timeline
    ending: dict[str, Any]


def joined(kept: Timeline, gone: Timeline) -> Timeline:
    """Two timelines of one thing as one: ``kept`` tells of its own days, ``gone`` of the others.

    Where the days of the two touch, one period goes on. Facts of the whole entry are those of
    ``kept``, and those of ``gone`` where it has none.
    """
    whole = {n: v if v is not None else gone.whole.get(n) for n, v in kept.whole.items()}
    line = Timeline(kept.shape, [], {name: {} for name in kept.shape.dated}, whole)
    pieces = [_Piece(p.opened, p.closed, kept, p.ending) for p in kept.periods]
    pieces += [piece for p in gone.periods for piece in _uncovered(p, gone, kept.periods)]
    before: _Piece | None = None
    for piece in sorted(pieces, key=lambda piece: piece.begin):
        goes_on = before is not None and before.end == piece.begin and before.line is not piece.line
        if not goes_on:
            line.periods.append(Period(piece.begin))
        line.periods[-1].closed, line.periods[-1].ending = piece.end, dict(piece.ending)
        for name, told in piece.line.points.items():
            line.points[name][piece.begin] = piece.line.at(name, piece.begin)
            inside = (d for d in told if _within(d, piece.begin, piece.end))
            line.points[name].update({d: told[d] for d in inside})
        before = piece
    return line


def _uncovered(period: Period, line: Timeline, others: list[Period]) -> Iterable[_Piece]:
    """The stretches of ``period`` that none of ``others`` covers; only its last has its ending."""
    begin: date | None = period.opened
    for other in others:
        if begin is None or (period.closed is not None and begin >= period.closed):
            return
        if other.closed is not None and other.closed <= begin:
            continue
        if period.closed is not None and other.opened >= period.closed:
            break
        if begin < other.opened:
            yield _Piece(begin, other.opened, line, {})
        begin = other.closed
    if begin is not None and (period.closed is None or begin < period.closed):
        yield _Piece(begin, period.closed, line, period.ending)


def _begin(version: Sequence[Any]) -> date:
    day: date = version[0]
    return day


def _within(day: date, opened: date, closed: date | None) -> bool:
    return day >= opened and (closed is None or day < closed)
