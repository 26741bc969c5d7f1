"""One day of a history the slow way: what held, what was said last, who stood where."""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta
from functools import cache
from typing import Any

from gongjian.indicators.tests.histories import Fact

Said = dict[str, Any]
"""The values of one version, with ``opened``, the first day of its period."""


class Day:
    """What ``facts`` known at a change say of ``day``, in the year that began on ``begins``."""

    def __init__(self, facts: list[Fact], day: date, known: int, begins: date) -> None:
        self.day = day
        self.begins = begins
        self._held: dict[str, dict[int, Said]] = {}
        self._last: dict[str, dict[int, Said]] = {}
        believed = [fact for fact in facts if fact.holds(fact.begins, known)]
        for fact in sorted(believed, key=lambda fact: fact.begins):
            said = {"opened": fact.begins} | fact.values
            last = self._last.setdefault(fact.ledger, {})
            if fact.entry not in last or fact.begins <= day:
                last[fact.entry] = said
            if fact.holds(day, known):
                self._held.setdefault(fact.ledger, {})[fact.entry] = said
        self.place = cache(self._place)
        self.branch = cache(self._branch)

    def held(self, ledger: str) -> dict[int, Said]:
        """Entry → what holds of it on the day."""
        return self._held.get(ledger, {})

    def last(self, ledger: str) -> dict[int, Said]:
        """Entry → what held last by the day; of one that has not begun, what will hold first."""
        return self._last.get(ledger, {})

    # ---------------------------------------------------------------- areas

    def _place(self, area: int) -> int | None:
        """The existing area in which what was recorded in ``area`` counts."""
        if area in self.held("areas"):
            return area
        said = self.last("areas").get(area)
        if said is None:
            return None
        heir = said.get("heir_id") if said["opened"] <= self.day else None
        choices = [x for x in (heir, said.get("parent_id")) if x is not None]
        places = [self.place(choice) for choice in choices]
        return next((place for place in places if place is not None), None)

    def area_above(self, area: int) -> int | None:
        """The existing area above an existing one."""
        above = self.last("areas")[area].get("parent_id")
        return None if above is None else self.place(above)

    def within(self, area: int | None, node: int) -> bool:
        """Does what counts in ``area`` count in ``node``?"""
        while area is not None and area != node:
            area = self.area_above(area)
        return area == node

    def area_of(self, ledger: str, entry: int) -> int | None:
        """The existing area in which an entry of any ledger counts."""
        said = self.last(ledger)[entry]
        if ledger in ("members", "agreements"):
            said = self.last("unions").get(said["union_id"], {})
        return self.place(said["area_id"]) if said else None

    # ---------------------------------------------------------------- unions

    def unions(self) -> frozenset[int]:
        """Every union known, existing or not."""
        return frozenset(self.last("unions"))

    def union_above(self, union: int) -> int | None:
        """The nearest existing union above, by the last superiors of those that do not exist."""
        met = {union}
        at = self._superior(union)
        while at is not None and at not in self.held("unions") and at not in met:
            met.add(at)
            at = self._superior(at)
        return None if at in met else at

    def _superior(self, union: int) -> int | None:
        return self.last("unions").get(union, {}).get("superior_id")

    def _branch(self, union: int) -> frozenset[int]:
        """The union, all that exist below it, and the unions that left or will leave it theirs."""
        below = {union}
        for other in self.unions():
            met: list[int] = []
            at: int | None = other
            while at is not None and at not in met and at != union:
                met.append(at)
                at = self._superior(at)
            if at == union:
                below.update(met)
        return frozenset(below)

    def overdue(self, union: Said) -> bool:
        """Has the term since the last election, or since the founding, run out by the day?"""
        since = union.get("elected_on") or union["opened"]
        year = since.year + (union.get("term_years") or 5)
        due = date(year, since.month, min(since.day, monthrange(year, since.month)[1]))
        return due <= self.day

    def members(self) -> dict[int, Said]:
        """Memberships in 正常, in a union that exists."""
        return {
            entry: said
            for entry, said in self.held("members").items()
            if said["status"] == "正常" and said["union_id"] in self.held("unions")
        }

    # ---------------------------------------------------------------- employers

    def operating(self) -> dict[int, Said]:
        """E(d)."""
        firms = self.held("employers").items()
        return {entry: firm for entry, firm in firms if firm["status"] == "在业"}

    def modes(self, unions: Container[int]) -> dict[int, set[str]]:
        """Employer → the ways in which those of ``unions`` that exist cover it."""
        found: dict[int, set[str]] = {}
        for said in self.held("coverage").values():
            if said["union_id"] in unions and said["union_id"] in self.held("unions"):
                found.setdefault(said["employer_id"], set()).add(said["mode"])
        return found

    # ---------------------------------------------------------------- agreements

    def signed_this_year(self, agreement: Said) -> bool:
        """``agreement`` is held, that is: signed by the day."""
        return agreement["opened"] >= self.begins and not self._voided(agreement)

    def in_force(self, agreement: Said) -> bool:
        """``agreement`` is held, that is: signed by the day."""
        running = agreement["term_from"] <= self.day <= agreement["term_to"]
        return running and not self._voided(agreement) and self._effective(agreement)

    def _voided(self, agreement: Said) -> bool:
        voided = agreement.get("voided_on")
        return voided is not None and voided <= self.day

    def _effective(self, agreement: Said) -> bool:
        effective, received = agreement.get("effective_on"), agreement.get("received_on")
        if effective is not None:
            return bool(effective <= self.day)
        if received is None or agreement.get("review") == "有异议":
            return False
        return bool(received + timedelta(days=15) <= self.day)

    def under_agreement(self, unions: Container[int]) -> dict[int, dict[str, int]]:
        """Operating employer → kind → the largest number under agreements that ``unions`` signed."""
        found: dict[int, dict[str, int]] = {}
        agreements, firms = self.held("agreements"), self.operating()
        for said in self.held("agreement-coverage").values():
            agreement = agreements.get(said["agreement_id"])
            if agreement is None or agreement["union_id"] not in unions:
                continue
            if said["employer_id"] in firms and self.in_force(agreement):
                kinds = found.setdefault(said["employer_id"], {})
                kinds[agreement["kind"]] = max(said["staff"], kinds.get(agreement["kind"], 0))
        return found
