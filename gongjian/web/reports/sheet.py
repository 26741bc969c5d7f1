"""The difference sheet in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from gongjian.history.models import Change
from gongjian.indicators.declare import Figure, Ratio
from gongjian.indicators.differing import Difference, Row
from gongjian.reporting.late import Kind, kinds
from gongjian.web.text import ABSENT, number, points, signed

ROWS: Final = 50
"""Rows shown of one figure; more are counted."""

UNSAID: Final = "未写理由"
"""Of a change that was made without a reason, as on the command line."""

_STYLES: Final = {
    Kind.LATE: "warn",
    Kind.CORRECTED: "act",
    Kind.ANNULLED: "bad",
    Kind.MERGED: "",
    Kind.UNDONE: "bad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A change that moved rows of a locked month: what it was, who made it, when and why."""

    number: int
    kinds: list[Kind]
    who: str
    at: datetime
    reason: str

    @property
    def tags(self) -> list[tuple[str, str]]:
        """(word, style) of each kind."""
        return [(kind.value, _STYLES[kind]) for kind in self.kinds]


def filings(rows: Iterable[Row], at: date) -> dict[int, Filing]:
    """The changes of these rows beside a month with the cut-off day ``at``, by number."""
    found = list(Change.objects.filter(pk__in={row["change"] for row in rows}))
    known = kinds(found, at)
    return {
        c.number: Filing(
            number=c.number,
            kinds=known[c.number],
            who=c.actor_name,
            at=c.at,
            reason=c.reason or UNSAID,
        )
        for c in found
    }


def sheet_of(found: Iterable[Difference], at: date) -> list[dict[str, Any]]:
    """Each figure that differs: the rows that came and went, the change of each, who and why."""
    found = list(found)
    shown = [row for one in found for row in (*one.came[:ROWS], *one.went[:ROWS])]
    known = filings(shown, at)
    return [
        {
            "name": one.figure.name,
            "unit": one.figure.unit,
            "then": _value(one.figure, one.then),
            "now": _value(one.figure, one.now),
            "difference": _difference(one),
            "came": [_row(row, known) for row in one.came[:ROWS]],
            "went": [_row(row, known) for row in one.went[:ROWS]],
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
        return f"{points(one.now - one.then, 2)} 个百分点"
    return signed(one.now - one.then)


def _row(row: Row, known: Mapping[int, Filing]) -> dict[str, Any]:
    counted = (
        number(row["value"])
        if "value" in row
        else f"{number(row['numerator'])} ÷ {number(row['denominator'])}"
    )
    return {
        "key": row["key"],
        "name": row["name"],
        "value": counted,
        "filing": known[row["change"]],
        "address": reverse("change", args=[row["change"]]),
    }
