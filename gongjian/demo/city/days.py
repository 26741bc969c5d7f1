"""When everything happened, and in which report it was told."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from gongjian.demo.city.chance import Chance
from gongjian.demo.city.places import STOPPED
from gongjian.demo.city.plan import MONTHS, report_of, workdays
from gongjian.demo.city.units import CLOSED, FEDERATION, IDLE, City, Group, Unit

BASELINE: Final = 3
"""The report that brought the employers found when the registers were compared."""

LATE: Final = ((3, 5, 22), (6, 9, 46), (9, 11, 30))
"""Foundings told late: month of the founding, report that told of it, how many."""

GROWN: Final = 560
MENDED: Final = 20
"""Units whose staff changed, and those of them of which an older change was told later still."""

MOVED: Final = 5
IN_STOPPED: Final = 10
BABIES: Final = 9
"""Of a hundred new units so many were founded in the year itself."""


def date_all(city: City, chance: Chance) -> None:
    """Set the days of every unit and federation."""
    _into_stopped(city)
    _since(city, chance)
    _lose(city, chance)
    _late(city, chance)
    for unit in city.everyone:
        _born(unit, chance)
    _grow(city, chance)
    _move(city, chance)
    for group in city.groups:
        _open(group, chance)


def _into_stopped(city: City) -> None:
    """Let the township that is stopped have had units of its own."""
    place = city.places.by_code[STOPPED]
    old = [unit for unit in city.by_kind("public-own", "own") if unit.old]
    for unit in old[:6] + old[-(IN_STOPPED - 6) :]:
        unit.place = place


def _since(city: City, chance: Chance) -> None:
    """First days of coverage. Nobody signs an agreement of its own who founded a union so late."""
    months = [month.number for month in MONTHS for _ in range(month.covered)]
    new = [unit for unit in city.units if not unit.old]
    others = chance.shuffled([unit for unit in new if unit.kind != "single"])
    last = [month for month in months if month > 10]
    first = chance.shuffled([month for month in months if month <= 10])
    single = [unit for unit in new if unit.kind == "single"]
    ordered = [*others[: len(last)], *single, *others[len(last) :]]
    days = {month.number: workdays(month.number) for month in MONTHS}
    for unit, month in zip(ordered, last + first, strict=True):
        unit.since = chance.pick(days[month])
        unit.filed = month
    for unit in city.units:
        if unit.old:
            unit.since = _before(chance, 2008 if unit.mode == FEDERATION else 1998)
    for unit in city.lost:
        unit.since = _before(chance, 2003)


def _before(chance: Chance, year: int) -> date:
    """A day from ``year`` to the end of 2010, later years more often."""
    begin = date(year, 1, 4).toordinal()
    end = date(2010, 12, 20).toordinal()
    return date.fromordinal(max(chance.between(begin, end), chance.between(begin, end)))


def _lose(city: City, chance: Chance) -> None:
    # Not in the first days of the year, so that what comes before a closing lies in it as well.
    able = {month.number: workdays(month.number)[5:] for month in MONTHS}
    days = sorted(chance.pick(able[month.number]) for month in MONTHS for _ in range(month.lost))
    trios = [unit for unit in city.lost if unit.with_joint]
    others = chance.shuffled([unit for unit in city.lost if not unit.with_joint])
    starts = sorted(chance.shuffled(range(0, len(days) - 2, 3))[: len(trios) // 3])
    for i, start in enumerate(starts):
        for unit, day in zip(trios[3 * i : 3 * i + 3], days[start : start + 3], strict=True):
            unit.lost = day
    used = {at for start in starts for at in range(start, start + 3)}
    free = [day for at, day in enumerate(days) if at not in used]
    for unit, day in zip(others, free, strict=True):
        unit.lost = day
    leaving = [unit for unit in city.uncovered if unit.lost_as == CLOSED]
    idle = [unit for unit in city.uncovered if unit.lost_as == IDLE]
    for unit in [*leaving, *idle[: len(idle) // 3]]:
        unit.lost = chance.pick(workdays(chance.between(1, 12)))


def _late(city: City, chance: Chance) -> None:
    own = chance.shuffled([u for u in city.by_kind("own", "public-own") if not u.old])
    for month, report, count in LATE:
        found = [unit for unit in own if unit.filed == month][:count]
        for unit in found:
            unit.filed = report


def _born(unit: Unit, chance: Chance) -> None:
    """The day of founding, and the report in which the employer itself became known."""
    if unit.kind == "none":
        unit.since = chance.pick(workdays(chance.between(1, 12)))
    late = not unit.old and chance.percent(BABIES)
    unit.born = unit.since - timedelta(days=chance.between(25, 90 if late else 4_500))
    unit.born = max(unit.born, date(1981, 5, 4))
    unit.known = report_of(unit.born)
    found = unit.known == 0 and not unit.old and chance.percent(45)
    if found and (unit.kind == "none" or unit.filed >= BASELINE):
        unit.known = BASELINE


def _grow(city: City, chance: Chance) -> None:
    """Staff that was another before; of the last few the middle one is told last of all."""
    own = [unit for unit in city.by_kind("single", "public-own", "own") if unit.old]
    own = [unit for unit in own if unit.place.code != STOPPED]
    for i, unit in enumerate(chance.shuffled(own)[:GROWN]):
        less = unit.staff * chance.between(3, 22) // 100 + 1
        unit.was = unit.staff - less if chance.percent(70) else unit.staff + less
        if i < GROWN - MENDED:
            month = chance.between(1, 12)
            unit.grown = ((month, chance.pick(workdays(month)), unit.staff),)
        else:
            newer = (8, chance.pick(workdays(8)), unit.staff)
            unit.grown = (newer, (9, chance.pick(workdays(6)), unit.staff + less // 2 + 1))


def _move(city: City, chance: Chance) -> None:
    """Units that had their seat in another county before."""
    settled = [
        unit
        for unit in city.by_kind("own")
        if unit.old and unit.was is None and unit.place.county in city.places.parks
    ]
    settled += [u for u in city.by_kind("own") if u.old and u.place.county == "510703"]
    origins = city.places.of_county["510704"]
    for i, unit in enumerate(settled[:MOVED]):
        day = chance.pick(workdays(4 + i))
        unit.moved = (origins[i * 3], day)


def _open(group: Group, chance: Chance) -> None:
    """The founding of a federation: before whomever it covers or signs for first."""
    covered = [unit.since for unit in _federated(group)]
    if group.old:
        group.opened = min([*covered, _before(chance, 2006)]) - timedelta(days=9)
        return
    # Early enough to bargain in the year, however late the first unit came.
    planned = chance.pick(workdays(chance.between(3, 9)))
    group.opened = min([planned, *(day - timedelta(days=chance.below(9)) for day in covered)])
    group.opened = max(group.opened, date(2011, 1, 3))


def _federated(group: Group) -> Sequence[Unit]:
    """Units of the group that nobody but its federation covers."""
    return [unit for unit in group.units if unit.mode == FEDERATION]
