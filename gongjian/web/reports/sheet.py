"""The difference sheet in words."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse

from gongjian.indicators.declare import Figure, Ratio
from gongjian.indicators.differing import Difference, Row
from gongjian.web.text import ABSENT, number

ROWS: Final = 50
"""Rows shown of one figure; more are counted."""


def sheet_of(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Each figure that differs, with the rows that came and went and the change that moved each."""
    return [
        {
            "name": one.figure.name,
            "unit": one.figure.unit,
            "then": _value(one.figure, one.then),
            "now": _value(one.figure, one.now),
            "difference": _difference(one),
            "came": [_row(row) for row in one.came[:ROWS]],
            "went": [_row(row) for row in one.went[:ROWS]],
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
    if isinstance(one.figure, Ratio) or one.then is None or one.now is None:
        return ABSENT
    moved = int(one.now - one.then)
    return f"＋{moved:,}" if moved > 0 else f"−{-moved:,}"


def _row(row: Row) -> dict[str, Any]:
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
        "address": reverse("change", args=[row["change"]]),
    }
