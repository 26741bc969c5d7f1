"""One entry on its days: periods, and for every dated column the days on which it was told.

A timeline is what the believed versions of one entry say, in a form that facts can be laid
into one column at a time. A fact told for a day holds until the next day for which the same
column was told; so an older day filed late fills its gap and leaves newer knowledge alone.
"""

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

    def holds(self, day: date) -> bool:
        return self.opened <= day and (self.closed is None or day < self.closed)


@dataclass(slots=True)
class Timeline:
    """All that is believed of one entry. Periods are in order and do not overlap."""

    shape: Shape
    periods: list[Period] = field(default_factory=list)
    points: dict[str, dict[date, Any]] = field(default_factory=dict)
    whole: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, shape: Shape, versions: Iterable[VersionTuple]) -> "Timeline":
        """The timeline that these believed versions of one entry materialise."""
        line = cls(shape, [], {name: {} for name in shape.dated}, {})
        bits, first, frame = shape.bits, len(shape.dated), len(FRAME)
        ending = len(FRAME) + first + len(shape.whole)
        last: VersionTuple | None = None
        for version in sorted(versions, key=_begin):
            last = version
            valid_from, valid_to, opened, stated = version[:frame]
            if not line.periods or line.periods[-1].opened != opened:
                line.periods.append(Period(opened))
            period = line.periods[-1]
            period.closed = valid_to
            period.ending = {
                name: value
                for name, value in zip(shape.ending, version[ending:], strict=True)
                if value is not None
            }
            for name, value in zip(shape.dated, version[frame:], strict=False):
                if stated & bits[name]:
                    line.points[name][valid_from] = value
        if last is not None:
            line.whole = dict(zip(shape.whole, last[frame + first : ending], strict=True))
        return line

    def copy(self) -> "Timeline":
        """A copy that can be changed and thrown away."""
        return Timeline(
            self.shape,
            [Period(p.opened, p.closed, dict(p.ending)) for p in self.periods],
            {name: dict(told) for name, told in self.points.items()},
            dict(self.whole),
        )

    def at(self, name: str, day: date) -> Any:
        """What the dated column ``name`` is known to be on ``day`` (periods left aside)."""
        return _known(self.points[name], day)

    def next_told(self, name: str, day: date) -> date | None:
        """The next day after ``day`` for which ``name`` was told."""
        after = [d for d in self.points[name] if d > day]
        return min(after) if after else None

    def period_of(self, day: date) -> Period | None:
        return next((p for p in self.periods if p.holds(day)), None)

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
            self.points[name][opened] = value
        return period

    def reopen_at(self, period: Period, opened: date) -> None:
        """Correct the first day of ``period``: what was told for the old one is told for the new.

        Moved later, the last value told by the new day is told for it and older ones fall away.
        """
        old, period.opened = period.opened, opened
        for told in self.points.values():
            inside = sorted(d for d in told if old <= d <= max(old, opened))
            if inside:
                value = told[inside[-1]]
                for day in inside:
                    del told[day]
                told[opened] = value

    def close_at(self, period: Period, closed: date | None) -> None:
        """Set, move or clear the end of ``period``; what was told for its cut-off days goes."""
        old, period.closed = period.closed, closed
        if closed is None:
            return
        for told in self.points.values():
            for day in [d for d in told if d >= closed and _within(d, period.opened, old)]:
                del told[day]

    def versions(self) -> list[VersionTuple]:
        """The versions this timeline stands for, in order of days."""
        return [v for period in self.periods for v in self._versions_of(period)]

    def _versions_of(self, period: Period) -> Iterable[VersionTuple]:
        shape, opened, closed = self.shape, period.opened, period.closed
        dated = [(bit, self.points[name]) for name, bit in shape.bits.items()]
        days = {d for d in set[date]().union(*self.points.values()) if _after(d, opened, closed)}
        order = [opened, *sorted(days)]
        whole = [self.whole.get(name) for name in shape.whole]
        nothing = (None,) * len(shape.ending)
        for day, until in zip(order, [*order[1:], None], strict=True):
            yield (
                day,
                until or closed,
                opened,
                sum([bit for bit, told in dated if day in told]),
                *[told[day] if day in told else _known(told, day) for _, told in dated],
                *whole,
                *(nothing if until else [period.ending.get(name) for name in shape.ending]),
            )


def _known(told: dict[date, Any], day: date) -> Any:
    """The value told last by ``day``, None before the first."""
    if len(told) == 1:
        ((only, value),) = told.items()
        return value if only <= day else None
    before = [d for d in told if d <= day]
    return told[max(before)] if before else None


def _after(day: date, opened: date, closed: date | None) -> bool:
    return day > opened and (closed is None or day < closed)


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
