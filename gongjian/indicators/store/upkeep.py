"""Keeping the store right inside a change."""

from collections.abc import Sequence

from gongjian.core.days import today
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.models import KeptDay
from gongjian.indicators.store import layout
from gongjian.indicators.store.layout import ByLeaf, Kept
from gongjian.indicators.store.moved import Moved, Movements
from gongjian.indicators.store.scratch import Scratch

TOO_MANY = 300_000
"""From so many moved entities on a day is sooner computed anew, when it is next asked for."""

MANY = 3_000
"""From so many on only today is moved of the days that the worker keeps and will bring again.

An entity costs some 40 µs on each day, under the lock of the change; sixteen days are two seconds.
"""


def keep(number: int) -> None:
    """Take what change ``number`` moved out of the kept sums and put in what it counts now.

    Runs inside the transaction of the change, after its rows were written.
    """
    kept = layout.kept_days()
    if not kept:
        return
    movements = Movements(number, [k.year.day for k in kept])
    changes: dict[Kept, ByLeaf] = {}
    for base in CATALOG.bases:
        moved = movements.of(base)
        gone = _given_up(_touched(kept, moved), len(moved))
        if gone:
            KeptDay.objects.filter(pk__in=[k.id for k in gone]).delete()
            kept = layout.kept_days()
            movements = Movements(number, [k.year.day for k in kept])
            moved = movements.of(base)
        if moved:
            _compare(base, moved, _touched(kept, moved), number, changes)
    alive = set(kept)
    for day, sums in changes.items():
        if day in alive:
            _apply(day, sums)


def _given_up(touched: list[Kept], moved: int) -> list[Kept]:
    """Of the days that so many entities were moved on those that are sooner counted anew."""
    if moved >= TOO_MANY:
        return touched
    day = today()
    near = {day, layout.eve_of(day)}
    return [k for k in touched if moved >= MANY and k.passing and k.year.day not in near]


def _touched(kept: Sequence[Kept], moved: Moved) -> list[Kept]:
    days = 0
    for bits in moved.values():
        days |= bits
    return [day for i, day in enumerate(kept) if days >> i & 1]


def _compare(
    base: Base, moved: Moved, days: list[Kept], number: int, changes: dict[Kept, ByLeaf]
) -> None:
    """Add to ``changes`` what the moved entities count now, less what they counted before."""
    at = [layout.places()[indicator.code] for indicator in CATALOG.indicators_on(base)]
    by_day = {day.year.day.isoformat(): day for day in days}
    years = [day.year for day in days]
    with Scratch(base, moved.keys(), number) as scratch:
        for sign, known in ((-1, number - 1), (1, number)):
            for day, leaf, values in scratch.sums(years, known):
                leaves = changes.setdefault(by_day[day], {})
                sums = leaves.setdefault(leaf, [0] * len(layout.codes()))
                for place, value in zip(at, values, strict=True):
                    sums[place] += sign * (value or 0)


def _apply(day: Kept, changes: ByLeaf) -> None:
    moved = {leaf: sums for leaf, sums in changes.items() if any(sums)}
    held = layout.read(day, moved)
    for leaf, sums in held.items():
        moved[leaf] = [a + b for a, b in zip(moved[leaf], sums, strict=True)]
    layout.replace(day, moved)
