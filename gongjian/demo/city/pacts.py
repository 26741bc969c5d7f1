"""Wage agreements and whom they cover."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongjian.demo.city.book import Book, How, Row
from gongjian.demo.city.chance import Chance
from gongjian.demo.city.plan import MONTHS, on_of, report_of, workdays
from gongjian.demo.city.units import INDUSTRY, JOINT, REGIONAL, SINGLE, City, Group, Unit

LAST_SIGNING: Final = date(2011, 12, 9)
SPECIAL_EFFECT: Final = date(2011, 11, 24)
"""Who signs after this day agrees on a day of effect, for the fifteen days would not do."""

BEFORE: Final = {SINGLE: 380, REGIONAL: 28, INDUSTRY: 4}
"""Agreements of 2010, which run out in the course of the year."""

DISPUTED: Final = 9
"""Agreements the labour office objected to: given up and signed anew."""

PENDING: Final = 300
MENDED: Final = 30
DOUBLED: Final = 12
WORDS: Final = {SINGLE: "单", REGIONAL: "区", INDUSTRY: "行"}


@dataclass(slots=True, eq=False)
class Pact:
    """An agreement to be signed: by which union, not before which day, for which units."""

    kind: str
    union: str
    county: str
    earliest: date
    units: list[Unit]
    signed: date = LAST_SIGNING
    filed: int = 0
    number: str = ""
    begins: date = LAST_SIGNING


class Pacts:
    """Enters the agreements and their coverage."""

    def __init__(self, city: City, chance: Chance) -> None:
        self.agreements, self.coverage = Book("agreements"), Book("agreement-coverage")
        self._city, self._chance = city, chance
        self._numbers: dict[tuple[str, int, str], int] = {}
        pacts = self._planned()
        self._before(pacts)
        _sign(pacts, chance)
        pacts.sort(key=lambda pact: (pact.signed, pact.union))
        old = [pact for pact in pacts if pact.kind == SINGLE and pact.units[0].old]
        spring = [pact for pact in old if date(2011, 4, 10) < pact.signed < date(2011, 7, 20)]
        for pact in spring[:: len(spring) // DISPUTED][:DISPUTED]:
            self._disputed(pact)
        for at, pact in enumerate(pacts):
            self._enter(pact, pending=at % (len(pacts) // PENDING) == 1)
            for unit in pact.units:
                self._cover(pact, unit)
        self._beside(pacts)
        self._mended(pacts)

    def _planned(self) -> list[Pact]:
        pacts = [
            Pact(SINGLE, u.union, u.place.county, u.since + timedelta(days=10), [u])
            for u in self._city.by_kind("single")
        ]
        for group in self._city.groups:
            kind = REGIONAL if group.place else INDUSTRY
            pacts.append(Pact(kind, group.code, group.county, _ready(group), list(group.units)))
        for pact in pacts:
            pact.filed = max(unit.filed for unit in pact.units) if pact.kind == SINGLE else 0
        return pacts

    # ---------------------------------------------------------------- before the year

    def _before(self, pacts: list[Pact]) -> None:
        """Agreements of the year before, all of which have run out by the end of this one."""
        for kind, count in BEFORE.items():
            able = [p for p in pacts if p.kind == kind and p.earliest < date(2010, 10, 1)]
            for now in self._chance.shuffled(able)[:count]:
                first = max(now.earliest, date(2010, 1, 11)).toordinal()
                signed = date.fromordinal(
                    self._chance.between(first, date(2010, 11, 30).toordinal())
                )
                units = [unit for unit in now.units if unit.since <= signed]
                then = Pact(kind, now.union, now.county, signed, units, signed)
                if not units:
                    continue
                self._enter(then, pending=False)
                for unit in units:
                    fewer = unit.counts[kind] * 9 // 10
                    self._put(then, unit, 0, {"覆盖职工数": max(fewer, 1)})

    # ---------------------------------------------------------------- this year's

    def _number(self, pact: Pact) -> str:
        key = (pact.county, pact.signed.year, pact.kind)
        self._numbers[key] = self._numbers.get(key, 0) + 1
        name = self._city.places.names[pact.county][0]
        word = WORDS[pact.kind]
        return f"{name}工资协〔{pact.signed.year}〕{word}{self._numbers[key]:04}号"

    def _enter(self, pact: Pact, *, pending: bool) -> None:
        signed, chance = pact.signed, self._chance
        pact.number = self._number(pact)
        pact.filed = max(pact.filed, report_of(signed))
        late = signed > SPECIAL_EFFECT
        following = date(signed.year + signed.month // 12, signed.month % 12 + 1, 1)
        pact.begins = signed if late or chance.percent(55) else following
        sent = signed + timedelta(days=chance.between(1, 6))
        got = sent + timedelta(days=chance.below(4))
        effect = signed + timedelta(days=14) if late else None
        if effect is None and not pending and chance.percent(30):
            effect = max(got + timedelta(days=15), pact.begins)
        entry = self.agreements.open(
            pact.filed,
            {
                "协议编号": pact.number,
                "协议类型": pact.kind,
                "签约工会": pact.union,
                "签订日期": signed,
                "期限起": pact.begins,
                "期限止": _year_on(pact.begins),
                "生效日期": effect,
                "报送日期": sent,
                "收到日期": got,
                "审查意见": "待审" if pending else "无异议",
                **self._votes(pact),
                **self._wages(),
            },
        )
        if pending and pact.filed < 12:
            day = on_of(pact.filed + 1)
            entry.tell(pact.filed + 1, How.CORRECTS, day, {"审查意见": "无异议"})

    def _votes(self, pact: Pact) -> dict[str, int]:
        staff = sum(unit.counts[pact.kind] for unit in pact.units)
        due = min(max(staff // 12, 7), 150)
        present = due - due * self._chance.between(0, 20) // 100
        return {
            "应到代表": due,
            "实到代表": present,
            "同意票数": present - present * self._chance.between(0, 25) // 100,
        }

    def _wages(self) -> dict[str, int | str]:
        least = self._chance.between(65, 110) * 10
        rise = self._chance.between(50, 180)
        return {
            "最低月工资": least,
            "平均月工资": least + self._chance.between(60, 170) * 10,
            "增长率": f"{rise // 10}.{rise % 10}%",
        }

    def _cover(self, pact: Pact, unit: Unit) -> None:
        """Whoever came later than the agreement is covered from then on."""
        self._put_from_since(pact, unit, unit.counts[pact.kind])

    def _put_from_since(self, pact: Pact, unit: Unit, workers: int) -> None:
        begins = unit.since if unit.since > pact.begins else None
        filed = max(report_of(unit.since), unit.filed, unit.known)
        self._put(pact, unit, filed, {"覆盖职工数": workers, "起始日期": begins})

    def _put(self, pact: Pact, unit: Unit, filed: int, cells: Row) -> None:
        whole = {"协议编号": pact.number, "用人单位": unit.code, **cells}
        self.coverage.open(max(filed, pact.filed), whole)

    # ---------------------------------------------------------------- incidents

    def _disputed(self, pact: Pact) -> None:
        """Signed six weeks before, objected to, given up on the eve of signing anew."""
        signed = pact.signed - timedelta(days=42)
        then = Pact(pact.kind, pact.union, pact.county, signed, pact.units, signed, pact.filed)
        self._enter(then, pending=True)
        entry, given_up = self.agreements.entries[-1], pact.signed - timedelta(days=1)
        entry.later = ()
        cells: Row = {"审查意见": "有异议", "作废日期": given_up}
        filed = max(report_of(given_up), then.filed + 1)
        entry.tell(filed, How.CORRECTS, given_up, cells)
        for unit in then.units:
            self._cover(then, unit)

    def _beside(self, pacts: list[Pact]) -> None:
        """Units under two agreements of one kind, and units that were lost under one."""
        of_union = {pact.union: pact for pact in pacts}
        of_place: dict[str, Pact] = {}
        special: list[tuple[Pact, Group]] = []
        for group in self._city.regions:
            place = group.place.code if group.place else ""
            first = of_place.setdefault(place, of_union[group.code])
            if first is not of_union[group.code]:
                special.append((first, group))
        for first, group in special[:DOUBLED]:
            unit = max(group.units, key=lambda unit: unit.counts[REGIONAL])
            self._put_from_since(first, unit, max(unit.counts[REGIONAL] - 2, 1))
        lost = [(of_place.get(u.place.code), u) for u in self._city.lost if u.mode == JOINT]
        for pact, unit in lost:
            if pact is not None and unit.lost is not None and pact.begins < unit.lost:
                self._lost(pact, unit, unit.lost)

    def _lost(self, pact: Pact, unit: Unit, day: date) -> None:
        """Coverage of a unit that ceased while it was under an agreement."""
        if report_of(day) >= pact.filed:
            self._put(pact, unit, pact.filed, {"覆盖职工数": unit.staff})
            entry = self.coverage.entries[-1]
            entry.tell(report_of(day), How.ENDS, day, {"终止日期": day})

    def _mended(self, pacts: list[Pact]) -> None:
        """Numbers of workers that were told wrongly at first."""
        step = len(self.coverage.entries) // MENDED
        numbers = {pact.number for pact in pacts if pact.filed < 11}
        at = self.coverage.heads.index("覆盖职工数")
        for entry in self.coverage.entries[::step]:
            told = entry.first[at]
            known = entry.filed < 12 and not entry.later and entry.first[0] in numbers
            if not known or not isinstance(told, int) or told < 2:
                continue
            wrong = list(entry.first)
            wrong[at] = told - 1 - told // 10
            entry.first = tuple(wrong)
            filed = entry.filed + 1
            entry.tell(filed, How.CORRECTS, on_of(filed), {"覆盖职工数": told})


def _ready(group: Group) -> date:
    """A federation bargains three weeks after its founding at the earliest."""
    ready = group.opened + timedelta(days=20)
    covered = [unit.since for unit in group.units]
    return max(ready, min(covered)) if covered else ready


def _year_on(day: date) -> date:
    """The last day of a year that begins on ``day``."""
    return day.replace(year=day.year + 1, day=min(day.day, 28)) - timedelta(days=1)


def _sign(pacts: list[Pact], chance: Chance) -> None:
    """Deal out the year's days of signing: who could sign last chooses first."""
    days = sorted(
        min(chance.pick(workdays(month.number)), LAST_SIGNING)
        for month in MONTHS
        for _ in range(month.signed)
    )
    free: list[date] = []
    for pact in sorted(pacts, key=lambda p: (p.earliest, p.union), reverse=True):
        while days and days[-1] >= pact.earliest:
            free.append(days.pop())
        pact.signed = chance.take(free)
