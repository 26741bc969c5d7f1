"""The members: who was one before the year, who joined, who left, who moved."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongjian.demo.city.book import STANDING, Book, Entry, How, Row
from gongjian.demo.city.chance import Chance, share
from gongjian.demo.city.person import Persons
from gongjian.demo.city.plan import (
    LEAVING,
    MEMBERS_BEFORE,
    MONTHS,
    OPENING,
    PASSING,
    RESTORED,
    RETURNED,
    TRANSFERRED,
    number_of,
    report_of,
    workdays,
)
from gongjian.demo.city.units import CLOSED, JOINT, OWN, City, Unit

HOLLOW_NEW, HOLLOW_OLD = 64, 9
"""Base unions without a single member."""

LAST_JOINING: Final = date(2011, 12, 25)
LATE_FILED: Final = 1.5
"""Of a hundred who joined in the year so many are told of a month or more too late."""

ENDING: Final = ("退会", "除名", "去世")
REASONS: Final = {
    "退会": ("本人申请退会", "离职外出务工", "解除劳动合同"),
    "除名": ("长期不履行会员义务",),
    "去世": ("病故", "意外身故"),
    "保留": ("下岗待业", "内部退养", "停薪留职"),
    "转出待接收": ("调往外地，介绍信已开", "跨区就业，待接收"),
}


@dataclass(slots=True, eq=False)
class Member:
    """Somebody who was a member before the year."""

    entry: Entry
    unit: Unit


class People:
    """Enters the members of all units that a union covers."""

    def __init__(self, city: City, chance: Chance) -> None:
        self.book = Book("members")
        self._city, self._chance = city, chance
        self._persons = Persons(chance)
        hollow = _hollow(city)
        self._weights = {unit.code: self._weight(unit, hollow) for unit in city.everyone}
        self._homes = self._find_homes()
        before = self._before()
        closed = [member for member in before if member.unit.lost_as == CLOSED]
        gone = len(closed) - self._closed(closed)
        pool = chance.shuffled([member for member in before if member.unit.lost_as != CLOSED])
        gone += self._leaving(pool)
        self._transfers(pool)
        self._detours(pool)
        self._joining(before, gone)
        self._passing()

    def _weight(self, unit: Unit, hollow: frozenset[str]) -> int:
        if unit.code in hollow:
            return 0
        return unit.staff * (92 if unit.staff > 5_000 else self._chance.between(55, 95))

    def _find_homes(self) -> dict[str, list[Unit]]:
        """Units of each county whose unions may take somebody in at any time of the year."""
        homes: dict[str, list[Unit]] = {}
        for unit in self._city.units:
            if unit.old and unit.mode in (OWN, JOINT) and self._weights[unit.code]:
                homes.setdefault(unit.place.county, []).append(unit)
        return homes

    # ---------------------------------------------------------------- before the year

    def _before(self) -> list[Member]:
        """Members on the eve of the year."""
        units = [u for u in [*self._city.units, *self._city.lost] if u.old]
        parts = share(MEMBERS_BEFORE, [self._weights[unit.code] for unit in units])
        members = []
        for unit, count in zip(units, parts, strict=True):
            last = (OPENING - unit.since).days
            for _ in range(count):
                joined = unit.since + timedelta(days=self._chance.below(last))
                members.append(Member(self._enter(unit, joined, 0), unit))
        return members

    def _enter(self, unit: Unit, joined: date, filed: int) -> Entry:
        entry = Entry(filed, self._persons.cells(unit, joined))
        self.book.entries.append(entry)
        return entry

    # ---------------------------------------------------------------- who leaves or moves

    def _closed(self, members: list[Member]) -> int:
        """Members of firms that closed: how many of them still count at the end."""
        kept = 0
        for at, member in enumerate(members):
            unit, day = member.unit, member.unit.lost
            goes_on = unit.mode == JOINT and not unit.with_joint
            if day is None or at % 20 >= 17:
                kept += goes_on  # nobody saw to them: they stay where they are
            elif at % 20 < 11:
                left = day - timedelta(days=self._chance.below(5))
                self._stand(member.entry, "退会", "单位注销", left)
            else:
                anew = unit.mode == OWN and at % 2 == 0
                self._elsewhere(member, day, anew=anew)
                kept += 1
        return kept

    def _elsewhere(self, member: Member, closed: date, *, anew: bool) -> None:
        """Another union takes somebody in: as handed over, or anew once the old one is gone."""
        after = min(closed + timedelta(days=self._chance.between(1, 20)), LAST_JOINING)
        if anew:
            home = self._home(member.unit)
            cells: Row = {"所属工会": home.union, "工作单位": home.code, "入会日期": after}
            member.entry.tell(report_of(after), How.BEGINS, after, cells)
        else:
            out = closed - timedelta(days=self._chance.between(1, 6))
            self._move(member, out, after, "单位注销，转往属地工会")

    def _home(self, unit: Unit) -> Unit:
        return self._chance.pick(self._homes[unit.place.county])

    def _move(self, member: Member, out: date, received: date, reason: str) -> None:
        self._stand(member.entry, "转出待接收", reason, out)
        home = self._home(member.unit)
        cells = {"所属工会": home.union, "工作单位": home.code, **STANDING}
        member.entry.tell(report_of(received), How.CHANGES, received, cells)

    def _stand(self, entry: Entry, status: str, reason: str, day: date) -> None:
        """Another standing; the last ones end the membership."""
        cells: Row = {"会籍状态": status, "会籍变化日期": day, "会籍变化原因": reason}
        how = How.ENDS if status in ENDING else How.CHANGES
        entry.tell(report_of(day), how, day, cells)

    def _leaving(self, pool: list[Member]) -> int:
        """Members taken out of ``pool`` who count no more at the end; how many."""
        for status, count in LEAVING.items():
            months = (10, 12) if status == "转出待接收" else (1, 12)
            for _ in range(count):
                day = self._workday(*months)
                self._stand(pool.pop().entry, status, self._chance.pick(REASONS[status]), day)
        return sum(LEAVING.values())

    def _transfers(self, pool: list[Member]) -> None:
        for _ in range(TRANSFERRED):
            out = self._workday(2, 10)
            received = out + timedelta(days=self._chance.between(6, 40))
            self._move(pool.pop(), out, received, "工作调动")

    def _detours(self, pool: list[Member]) -> None:
        """Who left and came back, and who was kept on the roll for a while."""
        for _ in range(RETURNED):
            entry, back = pool.pop().entry, self._workday(7, 9)
            self._stand(entry, "退会", "离职外出务工", self._workday(1, 4))
            entry.tell(report_of(back), How.BEGINS, back, {"入会日期": back})
        for _ in range(RESTORED):
            entry, back = pool.pop().entry, self._workday(8, 10)
            self._stand(entry, "保留", "下岗待业", self._workday(2, 5))
            self._stand(entry, "正常", "恢复工作", back)

    def _workday(self, first: int, last: int) -> date:
        return self._chance.pick(workdays(self._chance.between(first, last)))

    # ---------------------------------------------------------------- who joins

    def _joining(self, before: list[Member], gone: int) -> None:
        """Those who joined and stayed: the published net number and as many as are gone."""
        units = self._city.units
        held: dict[str, int] = {}
        for member in before:
            held[member.unit.code] = held.get(member.unit.code, 0) + 1
        net = number_of("members.total.net")
        total = MEMBERS_BEFORE + net
        wanted = share(total, [self._weights[unit.code] for unit in units])
        need = [max(w - held.get(u.code, 0), 0) for w, u in zip(wanted, units, strict=True)]
        season = [day for m in MONTHS for day in workdays(m.number) for _ in range(m.joining)]
        for unit, count in zip(units, share(net + gone, need), strict=True):
            for _ in range(count):
                joined = self._chance.pick(season) if unit.old else self._soon(unit)
                self._enter(unit, joined, self._told(joined, unit))

    def _soon(self, unit: Unit) -> date:
        """A day after the founding, mostly right after it."""
        span = 20 if self._chance.percent(72) else 130
        return min(unit.since + timedelta(days=self._chance.below(span)), LAST_JOINING)

    def _told(self, joined: date, unit: Unit) -> int:
        report = max(report_of(joined), unit.filed)
        if self._chance.percent(LATE_FILED):
            report += self._chance.between(1, 3)
        return min(report, 12)

    def _passing(self) -> None:
        """Who joined in spring and had left by autumn."""
        able = [unit for county in self._homes.values() for unit in county]
        for _ in range(PASSING):
            unit, joined = self._chance.pick(able), self._workday(2, 5)
            entry = self._enter(unit, joined, report_of(joined))
            self._stand(entry, "退会", "离职外出务工", self._workday(8, 11))


def _hollow(city: City) -> frozenset[str]:
    """Units whose own unions have no member yet, or none any more."""
    own = city.by_kind("own", "public-own")
    new = [unit for unit in own if not unit.old and unit.since.month >= 9]
    old = [unit for unit in own if unit.old and unit.moved is None]
    return frozenset(unit.code for unit in [*new[:HOLLOW_NEW], *old[:HOLLOW_OLD]])
