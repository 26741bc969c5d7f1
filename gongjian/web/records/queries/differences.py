"""What separates two states of knowledge of one entry: which column, on which days, from what to what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from gongjian.history.shapes import FRAME, Shape
from gongjian.history.timeline import Period, Timeline, VersionTuple
from gongjian.web.wording.values import CLOSED, OPENED

Versions = Sequence[VersionTuple]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """``name`` is ``after`` and no longer ``before`` in ``[begins, ends)``.

    ``corrects``: something else had been told for that very day, so it was recorded wrongly.
    ``fresh``: nothing was known there, the difference belongs to a period that begins.
    """

    name: str
    begins: date
    ends: date | None
    before: Any
    after: Any
    corrects: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of which both states say one thing each."""

    begins: date
    ends: date | None
    before: VersionTuple | None
    after: VersionTuple | None


def differences(shape: Shape, before: Versions, after: Versions) -> list[Difference]:
    """All that differs, by day, periods first, then in the order of the columns."""
    periods = list(_of_periods(shape, before, after))
    begun = {d.after for d in periods if d.name == OPENED and d.before is None}
    stretches = _stretches(before, after)
    values = [
        found
        for name in (*shape.dated, *shape.whole)
        for found in _of_field(shape, name, stretches, begun)
    ]
    return sorted([*periods, *values], key=lambda d: d.begins)


def _stretches(before: Versions, after: Versions) -> list[_Stretch]:
    days = {v[0] for v in (*before, *after)} | {v[1] for v in (*before, *after) if v[1]}
    order: list[date | None] = [*sorted(days), None]
    return [
        _Stretch(begins, ends, _on(before, begins), _on(after, begins))
        for begins, ends in pairwise(order)
        if begins is not None
    ]


def _on(versions: Versions, day: date) -> VersionTuple | None:
    return next((v for v in versions if v[0] <= day and (v[1] is None or day < v[1])), None)


def _of_field(
    shape: Shape, name: str, stretches: list[_Stretch], begun: set[date]
) -> Iterator[Difference]:
    """Neighbouring days with the same two values are one difference."""
    at = len(FRAME) + shape.fields.index(name)
    open_: Difference | None = None
    for stretch in stretches:
        found = _between(shape, name, at, stretch, begun)
        if open_ is not None and found is not None and _goes_on(open_, found):
            open_ = _longer(open_, stretch.ends)
            continue
        if open_ is not None:
            yield open_
        open_ = found
    if open_ is not None:
        yield open_


def _between(
    shape: Shape, name: str, at: int, stretch: _Stretch, begun: set[date]
) -> Difference | None:
    old, new = stretch.before, stretch.after
    if new is None or (old is None and new[2] not in begun):
        return None
    was, now = (None if old is None else old[at]), new[at]
    if was == now:
        return None
    told = name not in shape.bits or (
        old is not None and old[0] == stretch.begins and bool(old[3] & shape.bits[name])
    )
    return Difference(
        name=name,
        begins=stretch.begins,
        ends=stretch.ends,
        before=was,
        after=now,
        corrects=old is not None and told,
        fresh=old is None,
    )


def _goes_on(one: Difference, next_: Difference) -> bool:
    return (one.ends, one.before, one.after, one.fresh) == (
        next_.begins,
        next_.before,
        next_.after,
        next_.fresh,
    )


def _longer(one: Difference, ends: date | None) -> Difference:
    return Difference(
        name=one.name,
        begins=one.begins,
        ends=ends,
        before=one.before,
        after=one.after,
        corrects=one.corrects,
        fresh=one.fresh,
    )


# ------------------------------------------------------------------ periods


def _of_periods(shape: Shape, before: Versions, after: Versions) -> Iterator[Difference]:
    old, new = (Timeline.of(shape, versions).periods for versions in (before, after))
    days = {p.opened for p in old} & {p.opened for p in new}
    for one in old:
        for other in new:
            if one.opened == other.opened:
                yield from _of_period(one, other)
    gone = [p for p in old if p.opened not in days]
    come = [p for p in new if p.opened not in days]
    for one, other in zip(gone, come, strict=False):
        yield _day(OPENED, one.opened, other.opened, corrects=True)
        yield from _of_period(one, other)
    for one in gone[len(come) :]:
        yield _day(OPENED, one.opened, None, corrects=True)
    for other in come[len(gone) :]:
        yield _day(OPENED, None, other.opened)
        yield from _of_period(Period(other.opened), other)


def _of_period(old: Period, new: Period) -> Iterator[Difference]:
    if old.closed != new.closed:
        yield _day(CLOSED, old.closed, new.closed, corrects=old.closed is not None)
    for name in dict.fromkeys([*old.ending, *new.ending]):
        was, now = old.ending.get(name), new.ending.get(name)
        if was != now:
            day = new.closed or old.closed or new.opened
            yield Difference(name=name, begins=day, ends=None, before=was, after=now)


def _day(name: str, was: date | None, now: date | None, *, corrects: bool = False) -> Difference:
    begins = now or was or date.min
    return Difference(name=name, begins=begins, ends=None, before=was, after=now, corrects=corrects)
