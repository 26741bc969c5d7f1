"""The figures worked out the slow way: every entry looked at by itself, on one day."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from gongjian.indicators.tests.histories import Fact

Counted = dict[tuple[str, int], tuple[int, int]]
"""(ledger, entry) → (the area it counts in, its value)."""

NET = {
    "unions.base.net": "unions.base",
    "coverage.units.net": "coverage.units",
    "members.total.net": "members.total",
}
RATES = {
    "rate.union": ("coverage.enterprises", "employers.enterprises"),
    "rate.union.over100": ("coverage.over100", "employers.over100"),
    "rate.members.unit": ("members.total", "coverage.staff"),
    "rate.members.all": ("members.total", "employers.staff"),
}


class Oracle:
    """What ``facts`` known at a change say of one day."""

    def __init__(self, facts: list[Fact], day: date, known: int) -> None:
        believed = [f for f in facts if f.holds(f.begins, known)]
        self.day = day
        self.areas: dict[int, Fact] = {f.entry: f for f in believed if f.ledger == "areas"}
        self._held: dict[str, dict[int, dict[str, Any]]] = {}
        for fact in believed:
            if fact.holds(day, known):
                self._held.setdefault(fact.ledger, {})[fact.entry] = fact.values
        self.place = cache(self._place)

    def exists(self, area: int) -> bool:
        return area in self._held.get("areas", {})

    def _place(self, area: int) -> int | None:
        said = self.areas.get(area)
        if said is None or self.exists(area):
            return None if said is None else area
        stopped = said.begins <= self.day
        choices = [said.values.get("heir_id") if stopped else None, said.values.get("parent_id")]
        places = (self.place(x) for x in choices if x is not None)
        return next((x for x in places if x is not None), None)

    def within(self, area: int | None, node: int) -> bool:
        """Does what counts in ``area`` count in ``node``?"""
        while area is not None and area != node:
            above = self.areas[area].values["parent_id"]
            area = None if above is None else self.place(above)
        return area == node

    def counted(self, code: str, node: int) -> Counted:
        """Who counts in ``node``; nobody where the area does not exist."""
        if not self.exists(node):
            return {}
        placed = ((key, self.place(area), value) for key, area, value in self._rows(code))
        return {k: (area, v) for k, area, v in placed if area and self.within(area, node)}

    def _rows(self, code: str) -> Iterator[tuple[tuple[str, int], int, int]]:
        subject, _, what = code.partition(".")
        if subject in ("employers", "coverage"):
            yield from self._employers(subject, what)
        elif subject == "unions":
            for entry, union in self._held.get("unions", {}).items():
                if union["kind"] in ("单独基层工会", "联合基层工会"):
                    yield ("unions", entry), union["area_id"], 1
        else:
            unions = self._held.get("unions", {})
            for entry, member in self._held.get("members", {}).items():
                if member["status"] == "正常" and member["union_id"] in unions:
                    yield ("members", entry), unions[member["union_id"]]["area_id"], 1

    def _employers(self, subject: str, what: str) -> Iterator[tuple[tuple[str, int], int, int]]:
        covers = self._held.get("coverage", {}).values()
        unions = self._held.get("unions", {})
        covered = {c["employer_id"] for c in covers if c["union_id"] in unions}
        for entry, firm in self._held.get("employers", {}).items():
            if firm["status"] != "在业" or (subject == "coverage" and entry not in covered):
                continue
            if what in ("enterprises", "over100") and firm["nature"] != "企业":
                continue
            if what == "over100" and firm["staff"] < 100:
                continue
            value = firm["staff"] if what == "staff" else 1
            yield ("employers", entry), firm["area_id"], value


def rows_of(code: str, node: int, at: Oracle, before: Oracle) -> dict[tuple[str, int], Any]:
    """(ledger, entry) → (area, value) or (area, numerator, denominator) of any figure."""
    if code in RATES:
        over, under = (at.counted(part, node) for part in RATES[code])
        return {
            key: ((over.get(key) or under[key])[0], *(x.get(key, (0, 0))[1] for x in (over, under)))
            for key in over | under
        }
    if code not in NET:
        return at.counted(code, node)
    now, then = at.counted(NET[code], node), {}
    if at.exists(node):
        then = before.counted(NET[code], node)
    gained = {key: now[key] for key in now.keys() - then.keys()}
    return gained | {key: (then[key][0], -then[key][1]) for key in then.keys() - now.keys()}
