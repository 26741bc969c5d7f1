"""Base unions and branches, and whom every union covers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from gongjian.demo.city.book import Book, Entry, How, Row
from gongjian.demo.city.chance import Chance
from gongjian.demo.city.employers import BUREAU
from gongjian.demo.city.places import CITY, HEIR, STOP, STOPPED, Place
from gongjian.demo.city.plan import (
    JOINTS_DISSOLVED,
    LOST_OWN,
    OPENING,
    number_of,
    report_of,
)
from gongjian.demo.city.tree import (
    BRANCH_UNION,
    JOINT_BASE,
    POSTS,
    PUBLIC_POST,
    SINGLE_BASE,
    Founding,
    Tree,
    Union,
)
from gongjian.demo.city.units import BRANCH, CLOSED, FEDERATION, JOINT, OWN, City, Unit

UNDER_COUNTY: Final = 300
"""Staff from which a base union stands directly under the county's."""

UNDER_CITY: Final = 1_500
ELECTED_ON_TIME: Final = 72
"""Of a hundred unions whose committee's term ran out in the year so many elected a new one."""

OVERDUE_BEFORE: Final = 7
LAST_ELECTION: Final = date(2011, 12, 15)
LAST_DAY: Final = date(2011, 12, 23)


@dataclass(slots=True, eq=False)
class Joint:
    """A joint union of a place and the units it covers."""

    place: Place
    old: bool
    units: list[Unit] = field(default_factory=list)


class Base:
    """Enters the base unions and the coverage. ``signers`` are the own unions by unit."""

    def __init__(self, city: City, tree: Tree, founding: Founding) -> None:
        self.coverage = Book("coverage")
        self._city, self._tree, self._founding = city, tree, founding
        self._chance: Chance = founding.chance
        self._parents: dict[str, list[Union]] = {}
        covered = [*city.units, *city.lost]
        for unit in covered:
            if unit.mode == OWN:
                self._own(unit)
        for number, joint in enumerate(_joints(city)):
            self._joint(joint, number)
        for unit in covered:
            if unit.mode == BRANCH:
                self._branch(unit)
            if FEDERATION in unit.modes:
                self._under_federation(unit)

    # ---------------------------------------------------------------- founding

    def _own(self, unit: Unit) -> None:
        place = unit.moved[0] if unit.moved else unit.place
        name = f"{unit.name}工会委员会"
        union = self._union(name, SINGLE_BASE, place, unit)
        post = PUBLIC_POST if unit.public else self._chance.pick(POSTS)
        entry = self._founding.found(
            union, self._above(unit, place), {"主席行政职务": post, **self._term(union)}
        )
        unit.union = union.code
        if union.staff >= 100 and unit.old and unit.lost is None:
            self._parents.setdefault(place.county, []).append(union)
        if unit.moved is not None:
            day, new = unit.moved[1], unit.place
            above = self._tree.above(new)[-1].code
            cells = {"所属区划": new.code, "上级工会": above}
            entry.tell(report_of(day), How.CHANGES, day, cells)
        self._cover(unit, union, OWN, unit.since)
        self._later(entry, union, place)
        if unit.lost is not None and unit.lost_as == CLOSED:
            self._dissolve(entry, unit.lost, "单位注销")

    def _union(self, name: str, kind: str, place: Place, unit: Unit) -> Union:
        since, filed = unit.since, unit.filed
        return Union(name, kind, place.code, place.county, since, filed, unit.staff)

    def _above(self, unit: Unit, place: Place) -> list[Union]:
        tree = self._tree
        if unit.trade is self._city.building and self._chance.percent(60):
            return [tree.federation[unit.trade], tree.county[place.county]]
        if unit.moved is not None:
            return [tree.county[place.county]]
        if unit.staff >= UNDER_CITY:
            return [tree.top]
        if unit.staff >= UNDER_COUNTY or unit.nature == BUREAU:
            return [tree.county[place.county]]
        return tree.above(place)

    def _joint(self, joint: Joint, number: int) -> None:
        place, units = joint.place, joint.units
        first = min(units, key=lambda unit: unit.since)
        name = f"{place.title}企业第{_figure(number)}联合工会委员会"
        filed = min(unit.filed for unit in units)
        staff = sum(unit.staff for unit in units)
        union = Union(name, JOINT_BASE, place.code, place.county, first.since, filed, staff)
        entry = self._founding.found(union, self._tree.above(place), self._term(union))
        for unit in units:
            unit.union = union.code
            self._cover(unit, union, JOINT, unit.since)
        leaving = [unit.lost for unit in units if unit.with_joint and unit.lost]
        self._later(entry, union, place)
        if leaving:
            self._dissolve(entry, max(leaving), "所涵盖单位均已注销")

    def _branch(self, unit: Unit) -> None:
        place = unit.place
        parents = self._parents.get(place.county) or self._parents[CITY + "03"]
        parent = self._chance.pick(parents)
        union = self._union(f"{unit.name}工会分会", BRANCH_UNION, place, unit)
        union.opened = max(union.opened, parent.opened)
        unit.since = union.opened
        self._founding.found(union, [parent], {"届期": "3"})
        unit.union = union.code
        self._cover(unit, union, BRANCH, unit.since)

    def _under_federation(self, unit: Unit) -> None:
        group = unit.trade or unit.region
        if group is None:
            raise ValueError(unit.name)
        union = self._tree.federation[group]
        start = unit.since
        if unit.mode == FEDERATION:
            unit.union = union.code
        else:
            later = max(unit.since, group.opened) + timedelta(days=self._chance.below(12))
            start = min(later, LAST_DAY)
        self._cover(unit, union, FEDERATION, max(start, group.opened))

    # ---------------------------------------------------------------- what goes with it

    def _cover(self, unit: Unit, union: Union, mode: str, start: date) -> None:
        filed = max(report_of(start), unit.filed, unit.known, union.filed)
        entry = self.coverage.open(
            filed,
            {
                "工会": union.code,
                "用人单位": unit.code,
                "涵盖方式": mode,
                "起始日期": start,
                "涵盖职工数": unit.staff,
            },
        )
        if unit.lost is not None and unit.lost_as == CLOSED:
            entry.tell(report_of(unit.lost), How.ENDS, unit.lost, {"终止日期": unit.lost})

    def _dissolve(self, entry: Entry, day: date, why: str) -> None:
        entry.tell(report_of(day), How.ENDS, day, {"撤销日期": day, "撤销原因": why})

    def _term(self, union: Union) -> Row:
        """The years of a committee, and the last election before the ledgers were opened."""
        years = 5 if union.staff >= 60 else 3
        last = union.opened
        while _years_on(last, years) <= OPENING:
            last = _years_on(last, years)
        missed = last > union.opened and self._chance.percent(OVERDUE_BEFORE)
        elected = _years_on(last, -years) if missed else last
        return {"届期": str(years), "换届日期": elected if elected > union.opened else None}

    def _later(self, entry: Entry, union: Union, place: Place) -> None:
        """An election where the term runs out in the year; a new superior where a township goes."""
        cells = dict(zip(self._founding.book.heads, entry.first, strict=True))
        last, years = cells["换届日期"] or union.opened, int(str(cells["届期"]))
        if not isinstance(last, date):
            raise TypeError(last)
        due = max(_years_on(last, years), date(2011, 1, 10))
        held = due + timedelta(days=self._chance.below(40))
        if held <= LAST_ELECTION and self._chance.percent(ELECTED_ON_TIME):
            news = {"换届日期": held}
            chair = {"主席姓名": self._founding.chair()} if self._chance.percent(40) else {}
            entry.tell(report_of(held), How.CHANGES, held, {**news, **chair})
        if place.code == STOPPED:
            heir = {"所属区划": HEIR, "上级工会": self._tree.township[HEIR].code}
            entry.tell(report_of(STOP), How.CHANGES, STOP, heir)


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _figure(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number + 1))


# ------------------------------------------------------------------ joint unions


def _joints(city: City) -> list[Joint]:
    """Joint unions of each place: about five units to one before the year; those founded in it
    are as many as make the published net number of base unions."""
    units = [u for u in [*city.units, *city.lost] if u.mode == JOINT]
    old, new = _by_place([u for u in units if u.old]), _by_place([u for u in units if not u.old])
    places = [place for place in city.places.all if place.code in old or place.code in new]
    founded = sum(1 for u in city.units if u.mode == OWN and not u.old)
    total = number_of("unions.base.net") - founded + LOST_OWN + JOINTS_DISSOLVED
    numbers = _new_joints(places, old, new, total)
    joints: list[Joint] = []
    for place in places:
        before = _split(place, old.get(place.code, []))
        after = [Joint(place, old=False) for _ in range(numbers[place.code])]
        for i, unit in enumerate(new.get(place.code, [])):
            among = after or before
            among[i % len(among)].units.append(unit)
        joints += before + after
    return joints


def _by_place(units: list[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.place.code, []).append(unit)
    return found


def _split(place: Place, units: list[Unit]) -> list[Joint]:
    """Old units by fives; those whose joint union is dissolved with them stay among themselves."""
    leaving = [unit for unit in units if unit.with_joint]
    staying = [unit for unit in units if not unit.with_joint]
    joints = [Joint(place, old=True) for _ in range((len(staying) + 4) // 5)]
    for i, unit in enumerate(staying):
        joints[i % len(joints)].units.append(unit)
    return joints + ([Joint(place, old=True, units=leaving)] if leaving else [])


def _new_joints(
    places: list[Place], old: dict[str, list[Unit]], new: dict[str, list[Unit]], total: int
) -> dict[str, int]:
    """How many joint unions are founded in each place: one where there is none, then where most
    units share one."""
    numbers = {p.code: int(_alone(p, old) and p.code in new) for p in places}
    for _ in range(total - sum(numbers.values())):
        fullest = max(
            (p.code for p in places if len(new.get(p.code, ())) > numbers[p.code]),
            key=lambda code: (len(new[code]) * 1000 // (numbers[code] + 1), code),
        )
        numbers[fullest] += 1
    return numbers


def _alone(place: Place, old: dict[str, list[Unit]]) -> bool:
    return not any(not unit.with_joint for unit in old.get(place.code, ()))
