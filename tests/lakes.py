"""A city big enough to differ from leaf to leaf, and its exports made one after another."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction

from gongjian.indicators.declare import CATALOG
from gongjian.indicators.lake.writing import write
from gongjian.indicators.sections import LeafSums, Moment, Year, leaf_sums
from gongjian.unions.tests.cities import EARLY
from tests.cities import FullCity

CHANGES = 4
FIRST, LAST = date(2008, 1, 1), date(2012, 12, 31)
YEARS = [
    Year.of(date(2009, 3, 31), "01-01"),
    Year.of(date(2011, 12, 28), "01-01"),
    Year.of(date(2012, 1, 1), "12-26"),
]

AREAS, FIRMS, UNIONS, COVERS, MEMBERS, AGREEMENTS, UNDERS = 15, 60, 30, 90, 150, 60, 150

LEFT, STOPPED = 3, date(2011, 6, 1)
"""An area that ends without an heir while others stand in it."""


class Chance:
    """The same chance in every run."""

    def __init__(self) -> None:
        self._random = Random(7)

    def one(self, *values: Any) -> Any:
        return self._random.choice(values)

    def entry(self, count: int) -> int:
        """Small numbers more often: some hold far more than others."""
        return 1 + int(count * self._random.random() ** 2)

    def day(self) -> date:
        return FIRST + timedelta(days=self._random.randrange((LAST - FIRST).days))

    def days(self) -> tuple[date, date | None]:
        begins, ends = sorted((self.day(), self.day()))
        return begins, self.one(ends, None, None, None) if ends > begins else None

    def known(self) -> tuple[int, int | None]:
        added = self.one(1, 1, 2, 3, 4)
        return added, self.one(None, None, None, *range(added + 1, CHANGES + 1))


def city() -> FullCity:
    """Seven ledgers by chance; entries told by several changes, on days that may overlap none."""
    made, chance = FullCity(newest=CHANGES), Chance()
    for entry in range(1, AREAS + 1):
        days = (EARLY, STOPPED if entry == LEFT else None)
        above = None if entry == 1 else chance.entry(entry - 1)
        made.area(entry, f"1{entry:02}", above, days=days)
    for entry in range(1, FIRMS + 1):
        _told(chance, made.firm, entry, lambda: _firm(chance))
    for entry in range(1, UNIONS + 1):
        _told(chance, made.union, entry, lambda e=entry: _union(chance, e))
    for entry in range(1, COVERS + 1):
        _told(chance, made.cover, entry, lambda: _cover(chance))
    for entry in range(1, MEMBERS + 1):
        _told(chance, made.member, entry, lambda: _member(chance))
    for entry in range(1, AGREEMENTS + 1):
        _told(chance, made.agree, entry, lambda: _agreement(chance))
    for entry in range(1, UNDERS + 1):
        _told(chance, made.under, entry, lambda: _under(chance))
    made.union(UNIONS + 1, 1)
    made.agree(AGREEMENTS + 1, UNIONS + 1, days=(FIRST, None), term_to=date(2012, 3, 1))
    made.facts.sort(key=lambda fact: fact.added)
    return made


def _told(chance: Chance, say: Any, entry: int, values: Any) -> None:
    """One version; perhaps another in its place from the change on that removes it."""
    known = chance.known()
    while True:
        say(entry=entry, days=chance.days(), known=known, **values())
        if known[1] is None or chance.one(1, 2) == 1:
            return
        known = known[1], None


def _firm(chance: Chance) -> dict[str, Any]:
    return {
        "area": chance.entry(AREAS),
        "staff": chance.one(0, 7, 99, 100, 3_000),
        "nature": chance.one("企业", "企业", "事业单位"),
        "status": chance.one("在业", "在业", "停业"),
        "phone_blind": "f" * 32,
        "phone_sealed": b"secret",
    }


def _union(chance: Chance, entry: int) -> dict[str, Any]:
    kinds = ("单独基层工会", "联合基层工会", "总工会", "区域性工会联合会", "行业性工会联合会")
    return {
        "area": chance.entry(AREAS),
        "kind": chance.one(*kinds),
        "superior_id": chance.entry(entry - 1) if entry > 1 else None,
        "term_years": chance.one(None, 3, 5),
        "elected_on": chance.one(None, date(2008, 2, 29), chance.day()),
    }


def _cover(chance: Chance) -> dict[str, Any]:
    mode = chance.one("单独", "联合", "联合会", "分会")
    return {"union": chance.entry(UNIONS), "firm": chance.entry(FIRMS), "mode": mode}


def _member(chance: Chance) -> dict[str, Any]:
    return {
        "union": chance.entry(UNIONS),
        "status": chance.one("正常", "正常", "正常", "保留"),
        "sex": chance.one(None, "男", "女"),
        "migrant": chance.one(None, 0, 1),
        "dispatched": chance.one(None, 0, 1),
        "newform": chance.one(None, None, "快递员"),
    }


def _agreement(chance: Chance) -> dict[str, Any]:
    begins, ends = chance.days()
    return {
        "union": chance.entry(UNIONS),
        "kind": chance.one("单独", "区域性", "行业性"),
        "term_from": begins,
        "term_to": ends or LAST,
        "effective_on": chance.one(None, begins, begins),
        "received_on": chance.one(None, begins, chance.day()),
        "review": chance.one(None, "无异议", "有异议"),
        "voided_on": chance.one(None, None, None, ends),
    }


def _under(chance: Chance) -> dict[str, Any]:
    staff = chance.one(0, 7, 10, 25)
    return {"agreement": chance.entry(AGREEMENTS), "firm": chance.entry(FIRMS), "staff": staff}


def as_of(made: FullCity, change: int) -> FullCity:
    """The city as its database stood right after a change: versions numbered as they came."""
    facts = [
        replace(f, removed=f.removed if f.removed and f.removed <= change else None)
        for f in sorted(made.facts, key=lambda fact: fact.added)
        if f.added <= change
    ]
    return FullCity(facts=facts, newest=change)


def exported(made: FullCity, folder: Path, changes: list[int]) -> list[Path]:
    """A folder for each of ``changes``, exported right after it and from the one before on."""
    found, after = [], 0
    folder.mkdir(exist_ok=True)
    for change in changes:
        with transaction.atomic():
            as_of(made, change).write()
            found.append(write(folder / f"{after}-{change}", after=after).folder)
            transaction.set_rollback(True)
        after = change
    return found


def sums_by(read: Any, known: int, year: Year) -> LeafSums:
    """Code → leaf → sum of every indicator of the catalogue, at one of the changes."""
    moment = Moment(known, believed=known == CHANGES)
    told: LeafSums = {}
    for base in CATALOG.bases:
        told |= read(base, year, moment)
    return told


def database_sums(known: int, year: Year) -> LeafSums:
    return sums_by(leaf_sums, known, year)
