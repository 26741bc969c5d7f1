"""The difference sheet in words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.urls import reverse

from gongjian.history.models import Change
from gongjian.indicators.declare import Figure, Ratio
from gongjian.indicators.differing import Difference, Row
from gongjian.web.text import ABSENT, number

ROWS: Final = 50
"""Rows shown of one figure; more are counted."""


def sheet_of(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Each figure that differs: the rows that came and went, the change of each and its person."""
    found = list(found)
    shown = [row for one in found for row in (*one.came[:ROWS], *one.went[:ROWS])]
    people = dict(
        Change.objects.filter(pk__in={row["change"] for row in shown}).values_list(
            "number", "actor_name"
        )
    )
    return [
        {
            "name": one.figure.name,
            "unit": one.figure.unit,
            "then": _value(one.figure, one.then),
            "now": _value(one.figure, one.now),
            "difference": _difference(one),
            "came": [_row(row, people) for row in one.came[:ROWS]],
            "went": [_row(row, people) for row in one.went[:ROWS]],
            "more": max(len(one.came) - ROWS, 0) + max(len(one.went) - ROWS, 0),
        }
        for one in found
    ]


def _value(figure: Figure, value: float | None) -> str:
    if isinstance(figure, Ratio):
        # Two places more than elsewhere: what differs is often less than a hundredth.
        return ABSENT if value is None else f"{int(value * 10_000 + 1e-9) / 100:.2f}%"
    return number(value)


def _difference(one: Difference) -> str:
    if one.then is None or one.now is None:
        return ABSENT
    if isinstance(one.figure, Ratio):
        points = round((one.now - one.then) * 100, 2)
        return f"{'−' if points < 0 else '＋'}{abs(points):.2f} 个百分点"
    moved = int(one.now - one.then)
    return f"＋{moved:,}" if moved > 0 else f"−{-moved:,}"


def _row(row: Row, people: Mapping[int, str]) -> dict[str, Any]:
    counted = (
        number(row["value"])
        if "value" in row
        else f"{number(row['numerator'])} ÷ {number(row['denominator'])}"
    )
    return {
        "key": row["key"],
        "name": row["name"],
        "value": counted,
        "change": row["change"],
        "who": people[row["change"]],
        "address": reverse("change", args=[row["change"]]),
    }
