"""Holding what the product answers against the slow count, to the row."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction

from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from tests.cities import FullCity
from tests.oracle.figures import CODES, RATES, TERRITORY_ONLY, Oracle

WORD = {"territory": "area", "affiliation": "union"}
LEDGER = {"territory": "areas", "affiliation": "unions"}


def value_of(figure: dict[str, Any]) -> tuple[int, ...]:
    """(value,), of a rate (numerator, denominator)."""
    if "numerator" in figure:
        return figure["numerator"], figure["denominator"]
    return (figure["value"],)


def sum_of(found: dict[str, Any]) -> tuple[int, ...]:
    """The same of an answer with rows, added up from these."""
    names = _value_names(found["code"])
    return tuple(sum(row[name] for row in found["rows"]) for name in names)


def _value_names(code: str) -> tuple[str, ...]:
    return ("numerator", "denominator") if code in RATES else ("value",)


class Holding:
    """One city, written, asked of one day as known at a change, along one tree."""

    def __init__(
        self,
        city: FullCity,
        day: date,
        *,
        known: int | None = None,
        year_start: str = "01-01",
        tree: str = "territory",
    ) -> None:
        seen = city.newest if known is None else known
        self.tree = tree
        self.oracle = Oracle(city.facts, day, seen, year_start)
        self.asked: dict[str, Any] = {"day": day, "known_at": known, "year_start": year_start}
        if tree != "territory":
            self.asked["tree"] = tree
        self.nodes = sorted({f.entry for f in city.facts if f.ledger == LEDGER[tree]})
        areas = self.oracle.at.last("areas").items()
        self._areas = {entry: said["code"] for entry, said in areas}

    def _shown(self, node: int) -> str:
        """The code of a node, or what stands for it."""
        said = self.oracle.at.last(LEDGER[self.tree])[node]
        place = self.oracle.at.area_of(LEDGER[self.tree], node) if said["code"] is None else None
        return said["code"] if place is None else f"{said['name']}@{self._areas[place]}"

    def whole(self) -> None:
        """Every figure of every node and of its children is that of the slow count."""
        for node in self.nodes:
            answer = figures([], node=node, children=True, **self.asked)
            self._figures(answer["figures"], node)
            below = {self._shown(x): x for x in self.oracle.children(node, self.tree)}
            said = [child[WORD[self.tree]] for child in answer["children"]]
            assert said == sorted(below), node
            for child in answer["children"]:
                self._figures(child["figures"], below[child[WORD[self.tree]]])

    def _figures(self, told: list[dict[str, Any]], node: int) -> None:
        assert {figure["code"] for figure in told} == set(CODES)
        for figure in told:
            code = figure["code"]
            if self.tree == "affiliation" and code in TERRITORY_ONLY:
                assert figure["value"] is None, (code, node)
                continue
            values = value_of(figure)
            assert values == self.oracle.value(code, node, self.tree), (code, node)
            if code in RATES:
                assert figure["value"] == (values[0] / values[1] if values[1] else None)

    def rows(self, node: int) -> None:
        """The rows behind every figure of ``node`` are those of the slow count, and in order."""
        for code in CODES:
            found = rows_behind(code, node=node, **self.asked)
            names = _value_names(code)
            told = Counter(
                (r["id"], r["area"], *(r[name] for name in names)) for r in found["rows"]
            )
            wanted = self.oracle.rows(code, node, self.tree)
            expected = Counter(
                (key[1], self._areas[row[0]], *row[1:]) for key, row in wanted.items()
            )
            assert told == expected, (code, node)
            order = [(row["area"], row["key"]) for row in found["rows"]]
            assert order == sorted(order), (code, node)


def hold(city: FullCity, node: int, holding: dict[str, Any]) -> None:
    """Write the city, hold everything against the slow count, take the city back.

    The rows are those behind the figures of one ``node``, for these are many questions.
    """
    with transaction.atomic():
        city.write()
        held = Holding(city, **holding)
        held.whole()
        held.rows(held.nodes[node % len(held.nodes)])
        transaction.set_rollback(True)
