"""Edits dated into a locked month: which months they reach, and what kind of filing each is.

What was printed when a month was locked never moves. An edit that tells something else of a day on
or before the cut-off day of a locked month changes the present beside it; so whoever makes it gives
a reason, and the difference sheet names both. An edit *reaches* a month where the first day of
which it tells something else is not later than the cut-off day, and the entry stands, before or
after it, in the area that was locked or in one below it.
"""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any, Final, NamedTuple

from gongjian.areas.models import AreaVersion
from gongjian.areas.queries import Tree, tree_on
from gongjian.history import sql
from gongjian.history.models import Change, TrailRecord
from gongjian.history.record import Edit
from gongjian.history.repair import believed
from gongjian.history.shapes import FRAME, SHAPES, Shape
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF, place_ledger
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.rules import Period

Reach = dict[int, date]
"""Area → the first day of which something else is told of what stands there."""

_AREAS: Final = "areas"
_NAMED: Final = 3  # areas, and runs of months of each, that a sentence names


class Kind(StrEnum):
    """How a change came to differ from a month that was locked before it.

    LATE        a fact of the month or of one before it, told after the lock
    CORRECTED   what was told before the lock was recorded wrongly, and is replaced
    """

    LATE = "迟报"
    CORRECTED = "更正"
    ANNULLED = "作废"
    MERGED = "合并"
    UNDONE = "撤销"


_DEEDS: Final = {
    "annul": Kind.ANNULLED,
    "merge": Kind.MERGED,
    "undo": Kind.UNDONE,
    "correct": Kind.CORRECTED,
}
"""Kinds of changes that are a kind of filing by themselves; every other one brought rows."""


class _Sides(NamedTuple):
    """Versions of one entry that an edit ends, and those that it adds."""

    before: list[VersionTuple]
    after: list[VersionTuple]


_Entries = defaultdict[int, _Sides]


def _none() -> _Entries:
    return defaultdict(lambda: _Sides([], []))


# ------------------------------------------------------------------ where an edit reaches


def reach_of(edit: Edit) -> Reach:
    """Where an edit that is not written yet reaches."""
    entries = _none()
    for _, entry, version in believed(edit.shape, edit.closes, "vid"):
        entries[entry].before.append(version)
    for entry, version in edit.adds:
        entries[entry].after.append(version)
    return _standing(edit.shape, entries)


def reach_of_annulling(slug: str, entry: int) -> Reach:
    """Where it would reach to believe nothing of an entry any more."""
    shape = SHAPES[slug]
    return reach_of(Edit(shape=shape, closes=[vid for vid, _, _ in believed(shape, [entry])]))


def reach_of_changes(numbers: Collection[int]) -> Reach:
    """Where changes that are written reach; to take them back reaches just as far."""
    found: Reach = {}
    for slug in _touched(numbers):
        changed: dict[int, _Entries] = defaultdict(_none)
        for number, entry, version in _written(SHAPES[slug], "removed_in", numbers):
            changed[number][entry].before.append(version)
        for number, entry, version in _written(SHAPES[slug], "added_in", numbers):
            changed[number][entry].after.append(version)
        for entries in changed.values():
            _join(found, _standing(SHAPES[slug], entries))
    return found


def _touched(numbers: Iterable[int]) -> list[str]:
    """The ledgers that changes wrote into, as their links say."""
    links = TrailRecord.objects.filter(change__in=list(numbers)).values_list("body", flat=True)
    return sorted({slug for body in links for slug in json.loads(body)["rows"]})


def _written(
    shape: Shape, side: str, numbers: Collection[int]
) -> Iterator[tuple[int, int, VersionTuple]]:
    """(change, entry, version) of what changes added (``added_in``) or ended (``removed_in``)."""
    columns = ", ".join(f'"{c}"' for c in (side, "entry_id", *FRAME, *shape.columns))
    end = 2 + len(FRAME)
    for row in sql.stream_in(f'SELECT {columns} FROM "{shape.table}" WHERE', side, numbers):
        yield row[0], row[1], (*row[2:end], *shape.unpack(row[end:]))


def _standing(shape: Shape, entries: Mapping[int, _Sides]) -> Reach:
    """The areas in which these entries stand, each with the first day that is told otherwise."""
    ledger, found = LEDGERS[shape.slug], Reach()
    for entry, sides in entries.items():
        day = _first_day(shape, sides)
        if day is not None:
            _join(found, dict.fromkeys(_places(ledger, entry, sides), day))
    if ledger.place == SELF:
        return _recorded(ledger, found, entries)
    return _areas_of(place_ledger(ledger), found, ledger.opens_by)


def _join(found: Reach, more: Mapping[int, date]) -> None:
    for place, day in more.items():
        found[place] = min(day, found.get(place, day))


def _places(ledger: Ledger, entry: int, sides: _Sides) -> set[int]:
    """The places of an entry on either side; of a place itself also those it hangs below."""
    shape = ledger.shape
    if ledger.place == SELF:
        at = [i for i, name in enumerate(shape.fields) if shape.refs_itself(name)]
        found = set[Any]({entry})
    else:
        at, found = [shape.fields.index(ledger.place)], set[Any]()
    versions = (*sides.before, *sides.after)
    found |= {version[len(FRAME) + i] for version in versions for i in at}
    return found - {None}


def _recorded(ledger: Ledger, reach: Reach, entries: Mapping[int, _Sides]) -> Reach:
    """Places that are new with the edit stand where those they hang below do."""
    waiting = [(place, day) for place, day in reach.items() if place < 0]
    found = {place: day for place, day in reach.items() if place > 0}
    seen: set[tuple[int, date]] = set()
    while waiting:
        place, day = waiting.pop()
        above = _places(ledger, place, entries[place]) if (place, day) not in seen else set()
        seen.add((place, day))
        _join(found, {x: day for x in above if x > 0})
        waiting += [(x, day) for x in above if x < 0 and x != place]
    return found


def _areas_of(slug: str, reach: Reach, unsaid: date | None) -> Reach:
    """From entries of a ledger to the areas where these stand; a query for each ledger between.

    ``unsaid`` is the day on which what stands there begins where nobody said one: then it counts
    from the day on which its place begins, as what an agreement covers.
    """
    while slug != _AREAS and reach:
        ledger = LEDGERS[slug]
        column = ledger.shape.columns_of(ledger.place)[0]
        query = f'SELECT entry_id, "{column}", MIN(valid_from) FROM "{ledger.shape.table}" WHERE'
        rows = _grouped(f"{query} removed_in IS NULL AND", reach)
        # What is believed no more, as the one of two that was merged, stood somewhere all the same.
        rows += _grouped(query, reach.keys() - {entry for entry, *_ in rows})
        above: Reach = {}
        for entry, place, begins in rows:
            _join(above, {place: begins if reach[entry] == unsaid else reach[entry]})
        slug, reach, unsaid = place_ledger(ledger), above, None
    return reach


def _grouped(query: str, entries: Collection[int]) -> list[tuple[int, int, date]]:
    found: list[tuple[int, int, date]] = []
    for batch in sql.chunks(entries):
        group = f"{query} {sql.in_list('entry_id')} GROUP BY 1, 2"
        found += [
            (e, place, _read(day)) for e, place, day in sql.fetch(group, [sql.as_list(batch)])
        ]
    return found


def _read(day: date | str) -> date:
    """A day of which SQLite tells as a text where it was worked out."""
    return date.fromisoformat(day) if isinstance(day, str) else day


# ------------------------------------------------------------------ from which day on


def _first_day(shape: Shape, sides: _Sides) -> date | None:
    """The first day of which something else is told; None where nothing is."""
    versions = (*sides.before, *sides.after)
    if not sides.before or not sides.after:
        return min((version[0] for version in versions), default=None)
    days = sorted({day for version in versions for day in version[:2] if day is not None})
    moved = (d for d in days if _at(shape, sides.before, d) != _at(shape, sides.after, d))
    ends = {day for day, _ in _endings(shape, sides.before) ^ _endings(shape, sides.after)}
    return min([*ends, *islice(moved, 1)], default=None)


def _at(shape: Shape, versions: Iterable[VersionTuple], day: date) -> tuple[Any, ...] | None:
    """What is told of a day: when the period began and all values but those of its end."""
    values = slice(len(FRAME), len(FRAME) + len(shape.dated) + len(shape.whole))
    found = _covering(versions, day)
    return None if found is None else (found[2], *found[values])


def _covering(versions: Iterable[VersionTuple], day: date) -> VersionTuple | None:
    held = (v for v in versions if v[0] <= day and (v[1] is None or day < v[1]))
    return next(held, None)


def _endings(shape: Shape, versions: Iterable[VersionTuple]) -> set[tuple[date, tuple[Any, ...]]]:
    """What is told of ends, by the day on which nothing counts any more."""
    first = len(FRAME) + len(shape.dated) + len(shape.whole)
    told = ((version[1], version[first:]) for version in versions if version[1] is not None)
    return {(day, ending) for day, ending in told if any(x is not None for x in ending)}


# ------------------------------------------------------------------ which months are locked


def months_reached(reach: Reach, *, knowing: int = 0) -> list[LockedMonth]:
    """The locked months that an edit reaches, each as locked last, by area and month.

    ``knowing``: only months whose lock knew of this change.
    """
    if not reach:
        return []
    first = min(reach.values())
    locks = LockedMonth.objects.filter(at__gte=first, known_at__gte=knowing)
    latest = {(m.area_id, m.period): m for m in locks.order_by("version")}
    if not latest:
        return []
    trees = _Trees()
    found = (m for m in latest.values() if _reaches(reach, m, trees.of(m.at)))
    return sorted(found, key=lambda month: (trees.of(month.at).code(month.area_id), month.period))


def _reaches(reach: Reach, month: LockedMonth, tree: Tree) -> bool:
    below = tree.below(month.area_id)
    return any(day <= month.at and area in below for area, day in reach.items())


class _Trees:
    """The tree of any day, read once for all days between two on which an area changed."""

    def __init__(self) -> None:
        told = AreaVersion.objects.filter(removed_in=None).values_list("valid_from", "valid_to")
        self._turns = sorted({day for days in told.distinct() for day in days if day is not None})
        self._known: dict[int, Tree] = {}

    def of(self, day: date) -> Tree:
        at = bisect_right(self._turns, day)
        if at not in self._known:
            self._known[at] = tree_on(self._turns[at - 1] if at else day)
        return self._known[at]


UNSAID: Final = "请写明理由：它改到已经锁定的月份，理由会列在差异表上。"
"""What is said at the field of the reason where that is asked for and was left empty."""


def asks(reach: Reach, *, knowing: int = 0) -> str:
    """The sentence that asks for a reason; empty where no locked month is reached."""
    return sentence(months_reached(reach, knowing=knowing))


def sentence(months: Iterable[LockedMonth]) -> str:
    """What is locked, what becomes of the edit, and that a reason is wanted; empty without any."""
    locked = which(months)
    rest = "这次改动不动锁定的数，改到的数会列在差异表，请写明理由。"
    return f"{locked}，{rest}" if locked else ""


def which(months: Iterable[LockedMonth]) -> str:
    """Which months of which areas are locked and by whom; empty without any."""
    by_area: dict[int, list[LockedMonth]] = defaultdict(list)
    for month in months:
        by_area[month.area_id].append(month)
    said = [_locked(each) for each in by_area.values()]
    more = f"等 {len(said)} 个区划的月份" if len(said) > _NAMED else ""
    return "，".join(said[:_NAMED]) + more


def _locked(months: list[LockedMonth]) -> str:
    """The locked months of one area and who locked them."""
    area = tree_on(months[-1].at).name(months[-1].area_id)
    people = list(dict.fromkeys(month.actor_name for month in months))
    by = "、".join(people[:_NAMED]) + ("等" if len(people) > _NAMED else "")
    return f"{area} {_named([Period.read(m.period) for m in months])}已由{by}锁定"


def _named(periods: list[Period]) -> str:
    """Months in order, those that follow each other as one run."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1] == period.previous:
            runs[-1].append(period)
        else:
            runs.append([period])
    said = "、".join(_run(run[0], run[-1]) for run in runs[:_NAMED])
    return said + (f"等 {len(periods)} 个月" if len(runs) > _NAMED else "")


def _run(first: Period, last: Period) -> str:
    if first == last:
        return f"{first.year} 年 {first.month} 月"
    year = "" if last.year == first.year else f" {last.year} 年"
    return f"{first.year} 年 {first.month} 月至{year} {last.month} 月"


# ------------------------------------------------------------------ what kind of filing it is


def kinds(changes: Iterable[Change], at: date) -> dict[int, list[Kind]]:
    """What each change is beside a month with this cut-off day, by its number.

    One that brought rows may do both: file some facts late, and correct others.
    """
    found: dict[int, set[Kind]] = {c.number: set() for c in changes}
    brought = []
    for change in changes:
        if change.kind in _DEEDS:
            found[change.number] = {_DEEDS[change.kind]}
        else:
            brought.append(change.number)
    for slug in _touched(brought):
        for number, kind in _kinds_in(SHAPES[slug], brought, at):
            found[number].add(kind)
    return {number: sorted(of or {Kind.LATE}) for number, of in found.items()}


def _kinds_in(shape: Shape, numbers: list[int], at: date) -> Iterator[tuple[int, Kind]]:
    """Change → what it is to one of the entries of a ledger; a kind may come often."""
    replaced: dict[int, _Entries] = defaultdict(_none)
    for number, entry, version in _written(shape, "removed_in", numbers):
        replaced[number][entry].before.append(version)
    for number, entry, version in _written(shape, "added_in", numbers):
        if entry in replaced[number]:
            replaced[number][entry].after.append(version)
        elif version[0] <= at:
            yield number, Kind.LATE
    for number, entries in replaced.items():
        for sides in entries.values():
            day = _first_day(shape, sides)
            if day is not None and day <= at:
                yield number, Kind.CORRECTED if _corrects(shape, sides, day) else Kind.LATE


def _corrects(shape: Shape, sides: _Sides, day: date) -> bool:
    """Was something told before of the very ``day`` from which on it is told otherwise?

    A value for that day, the beginning of the entry or its end.
    """
    was, now = _covering(sides.before, day), _covering(sides.after, day)
    if was is None or now is None:
        return _moves_an_edge(shape, sides, day)
    if was[0] != day or was[2] != now[2]:
        return bool(was[0] == day)
    told, tells = _at(shape, [was], day) or (), _at(shape, [now], day) or ()
    stated = [was[3] & bit for bit in shape.bits.values()] + [1] * len(shape.whole)
    values = zip(stated, told[1:], tells[1:], strict=True)
    return any(bit and old is not None and old != new for bit, old, new in values)


def _moves_an_edge(shape: Shape, sides: _Sides, day: date) -> bool:
    """Was the beginning or the end, which is another from ``day`` on, told before?"""
    was, now = _covering(sides.before, day), _covering(sides.after, day)
    if was is not None:  # it ends on the day, or never began on it
        ends = [v[1] for v in sides.before if v[2] == was[2]]
        return bool(was[2] == day) or None not in ends
    if now is not None:  # it goes on beyond the day, or begins on it
        goes_on = any(v[1] == day and v[2] == now[2] for v in sides.before)
        begun = {v[2] for v in sides.before} - {v[2] for v in sides.after}
        return goes_on or any(opened > day for opened in begun)
    return any(told == day for told, _ in _endings(shape, sides.before))
