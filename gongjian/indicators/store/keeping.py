"""Days come into the store when they are first asked for, and are held against the rows."""

import logging
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db import transaction

from gongjian.core.days import cut_offs, now, today, year_before
from gongjian.core.progress import Progress
from gongjian.history import trail
from gongjian.history.record import newest
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay
from gongjian.indicators.sections import LeafSums, Moment, Year, leaf_sums
from gongjian.indicators.store import layout
from gongjian.indicators.store.layout import Kept
from gongjian.indicators.together import together

TRIES = 3
"""How often a day is worked out again because a change came between; then under the lock."""

_LOG = logging.getLogger(__name__)


class Difference(NamedTuple):
    """A kept sum that is not what the rows give."""

    day: date
    code: str
    leaf: int
    kept: int
    counted: int


class Proof(NamedTuple):
    """What holding the store against the rows gave."""

    days: int
    sums: int
    differences: list[Difference]


MONTHS = 13
"""Cut-offs before today that pages show beside it: a year of them, and the one before that year."""


def shown(day: date) -> list[date]:
    """The days that pages show on ``day``, and what net figures on them need."""
    return layout.with_eves({day, year_before(day), *cut_offs(day, MONTHS)})


def keep_days() -> None:
    """Have in the store what pages show: today, a year ago, the last cut-offs, and their eves.

    Days that are no longer among these go, unless somebody asked for them. To be called again and
    again: where all is there it is one question. Today comes first; of the others one a call, for
    each takes as long as all figures do, and a large change makes them all go at once.
    """
    day = today()
    wanted = shown(day)
    kept = layout.kept_days()
    missing = [x for x in wanted if x not in {k.year.day for k in kept}]
    near = [x for x in (layout.eve_of(day), day) if x in missing]
    for missed in near or missing[-1:]:
        _bring(layout.year_of(missed), passing=True)
    gone = [k.id for k in kept if k.passing and k.year.day not in wanted]
    if gone:
        KeptDay.objects.filter(pk__in=gone).delete()


def ensure(days: Iterable[date]) -> list[Kept]:
    """The days in the store, in order; those not there yet are worked out from the rows."""
    wanted = sorted(set(days))
    held = {kept.year.day for kept in layout.kept_days()}
    missing = [day for day in wanted if day not in held]
    if missing:
        with Progress(len(missing), "计算截止日数字") as progress:
            for day in missing:
                _bring(layout.year_of(day))
                progress.advance(1)
    return [kept for kept in layout.kept_days() if kept.year.day in set(wanted)]


def _bring(year: Year, *, passing: bool = False) -> None:
    for _ in range(TRIES):
        known = newest()
        told = counted(year, known)
        with transaction.atomic():
            if trail.lock_head().change == known:
                _add(year, told, passing=passing)
                return
    with transaction.atomic():
        known = trail.lock_head().change
        _add(year, counted(year, known), passing=passing)


def _add(year: Year, told: LeafSums, *, passing: bool) -> None:
    """Under the lock: somebody else may have brought the same day meanwhile."""
    if year.day not in {kept.year.day for kept in layout.kept_days()}:
        layout.add_day(year, told, passing=passing)


def counted(year: Year, known: int) -> LeafSums:
    """The sums of every indicator by leaf, from the rows as believed at the newest change."""
    moment = Moment(known, believed=True)
    told: LeafSums = {}
    for sums in together([partial(leaf_sums, base, year, moment) for base in CATALOG.bases]):
        told |= sums
    return told


def prove() -> Proof:
    """Work every kept day out again from the rows and compare.

    A difference is an alarm: it is logged as an error and the day is no longer called proven.
    A day that changes came into meanwhile is held against the rows once more.
    """
    days = layout.kept_days()
    sums, differences = 0, list[Difference]()
    with Progress(len(days), "核对留存数") as progress:
        for day in days:
            number, found = _held_against_rows(day)
            sums += number
            differences += found
            progress.advance(1)
    for difference in differences:
        _LOG.error("kept sum differs from rows: %s", difference)
    return Proof(len(days), sums, differences)


def _held_against_rows(day: Kept) -> tuple[int, list[Difference]]:
    """How many sums were compared, and those that differ."""
    while True:
        known = newest()
        right, kept = layout.by_leaf(counted(day.year, known)), layout.read(day)
        if newest() == known:
            break
    right = {leaf: sums for leaf, sums in right.items() if any(sums)}
    nothing = [0] * len(layout.codes())
    found = [
        Difference(day.year.day, code, leaf, a, b)
        for leaf in sorted(right.keys() | kept.keys())
        for code, a, b in zip(
            layout.codes(), kept.get(leaf, nothing), right.get(leaf, nothing), strict=True
        )
        if a != b
    ]
    proven = (
        {"proven_in": None, "proven_at": None}
        if found
        else {"proven_in": known, "proven_at": now()}
    )
    KeptDay.objects.filter(pk=day.id).update(**proven)
    return len(right) * len(layout.codes()), found
