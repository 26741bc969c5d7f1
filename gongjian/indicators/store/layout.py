"""How the sums of a day are written down, and which days are kept."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter

from django.db.models import QuerySet

from gongjian.history import sql
from gongjian.history.questions import Worded
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.models import KeptDay, KeptSums
from gongjian.indicators.sections import LeafSums, Year

MOST_DAYS = 60
"""Days kept because they were asked for: the cut-offs of four years and their eves."""

ByLeaf = dict[int, list[int]]
"""Leaf → its sums in the order of ``codes``."""

_SUMS = KeptSums._meta.db_table


@dataclass(frozen=True)
class Kept:
    """A day whose sums lie in the store."""

    id: int
    year: Year
    passing: bool = False


@cache
def codes() -> tuple[str, ...]:
    """Codes of all indicators, listed or not, in the order their sums are written."""
    return tuple(i.code for base in CATALOG.bases for i in CATALOG.indicators_on(base))


@cache
def places() -> Mapping[str, int]:
    """Code → its place among the sums."""
    return {code: at for at, code in enumerate(codes())}


@cache
def signature() -> str:
    """What the sums are of: changes when an indicator comes, goes or changes its meaning."""
    said = " ".join(f"{code}:{CATALOG.indicator(code).version}" for code in codes())
    return hashlib.sha256(said.encode()).hexdigest()


def kept_days() -> list[Kept]:
    """Days whose sums are kept and are of today's indicators, in order."""
    told = _days_of(signature())
    return [Kept(pk, year_of(day), passing) for pk, day, passing in told]


@Worded
def _days_of(signed: str) -> QuerySet[KeptDay, tuple[int, date, bool]]:
    rows = KeptDay.objects.filter(signature=signed).order_by("day")
    return rows.values_list("pk", "day", "passing")


def year_of(day: date) -> Year:
    """The day in the year that the store counts by: from 1 January."""
    return Year.of(day, "01-01")


def eve_of(day: date) -> date:
    """The day before the year of ``day`` began, which net figures take off."""
    return year_of(day).eve("01-01").day


def with_eves(days: Iterable[date]) -> list[date]:
    """The days and all that net figures need with them, in order."""
    asked = set(days)
    return sorted(asked | {eve_of(day) for day in asked})


def add_day(year: Year, told: LeafSums, *, passing: bool = False) -> Kept:
    """Keep the sums of a day; the day kept longest makes room for one that is there to stay."""
    KeptDay.objects.exclude(signature=signature()).delete()
    if not passing:
        lasting = KeptDay.objects.filter(passing=False).order_by("-pk")
        for pk in lasting.values_list("pk", flat=True)[MOST_DAYS - 1 :]:
            KeptDay.objects.filter(pk=pk).delete()
    day = KeptDay.objects.create(day=year.day, signature=signature(), passing=passing)
    kept = Kept(day.pk, year, passing)
    write(kept, by_leaf(told))
    return kept


def by_leaf(told: LeafSums) -> ByLeaf:
    """Sums turned round: by leaf instead of by code."""
    found: ByLeaf = {}
    for code, leaves in told.items():
        at = places()[code]
        for leaf, value in leaves.items():
            found.setdefault(leaf, [0] * len(codes()))[at] = value
    return found


def read(kept: Kept, leaves: Iterable[int] | None = None) -> ByLeaf:
    """The sums of a day, of all leaves or of some."""
    return {leaf: numbers for _, leaf, numbers in read_all([kept], leaves)}


def read_all(
    days: Iterable[Kept],
    leaves: Iterable[int] | None = None,
    wanted: Sequence[str] | None = None,
) -> Iterator[tuple[int, int, list[int]]]:
    """(id of the day, leaf, sums) of several days; with ``wanted`` the sums of these codes alone."""
    # Of thousands of leaves only the numbers that are asked for are made from their digits.
    pick = _picking([places()[code] for code in wanted or codes()])
    query = f'SELECT kept_id, leaf, sums FROM "{_SUMS}" WHERE {sql.in_list("kept_id")}'
    ids = sql.as_list([kept.id for kept in days])
    rows = (
        sql.stream_in(f"{query} AND", "leaf", leaves, ids)
        if leaves is not None
        else sql.fetch(query, [ids])
    )
    for day, leaf, numbers in rows:
        yield day, leaf, list(map(int, pick(numbers.split())))


def _picking(at: Sequence[int]) -> Callable[[list[str]], Sequence[str]]:
    if len(at) == 1:
        return lambda sums: [sums[at[0]]]
    return itemgetter(*at)


def write(kept: Kept, sums: ByLeaf) -> None:
    """Write sums of leaves that have no row yet."""
    rows = [
        (kept.id, leaf, " ".join(map(str, numbers)))
        for leaf, numbers in sorted(sums.items())
        if any(numbers)
    ]
    sql.insert(_SUMS, ["kept_id", "leaf", "sums"], rows)


def replace(kept: Kept, sums: ByLeaf) -> None:
    """Write sums of leaves that may have a row."""
    query = f'DELETE FROM "{_SUMS}" WHERE kept_id = {int(kept.id)} AND'
    sql.run_in(query, "leaf", list(sums))
    write(kept, sums)
