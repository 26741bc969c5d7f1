"""What the figures of an area would become: the edit is written, weighed and taken back at once.

Only entities that the edit moves are counted, before and after, as the store does inside a change;
so the lock is held about as long as by the import itself. What is too much for that is not shown.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from gongjian.history.record import Author, Edit, recording, write
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Figure,
    Net,
    Ratio,
    Tree,
    parts_of,
)
from gongjian.indicators.query import divided, figures
from gongjian.indicators.sections import Year
from gongjian.indicators.store.moved import Movements
from gongjian.indicators.store.scratch import Scratch
from gongjian.ledgers.importing import seal

MOST: Final = 5_000
"""Versions that a dry run may write and take back; more would keep others from writing."""

_START: Final = "01-01"

Moved = dict[date, dict[str, dict[int, int]]]
"""Day → code → leaf → by how much the sum would move."""


class _Weighed(Exception):
    """All is known; nothing of it stays."""


def effect(edit: Edit, *, day: date, areas: Mapping[int, str], kind: str) -> dict[str, Any]:
    """Figures that would move in each of ``areas`` (node → name) on ``day``, before and after.

    ``kind`` is the ledger. The answer is plain: ``areas`` with rows, or ``reason`` why there are
    none.
    """
    reason = _why_not(edit, areas, kind)
    if reason:
        return {"reason": reason}
    if not edit:
        return {"day": day.isoformat(), "areas": []}
    year = Year.of(day, _START)
    moved = _weigh(edit, [year.eve(_START), year])
    tree = DIMENSIONS[TERRITORY].tree_on(day, None)
    shown = [
        {"name": name, "code": tree.code(node), **_figures(moved, year, node, tree)}
        for node, name in areas.items()
        if tree.exists(node)
    ]
    return {"day": day.isoformat(), "areas": shown}


def _why_not(edit: Edit, areas: Mapping[int, str], kind: str) -> str:
    if kind == "areas":
        return "区划改动会换掉汇总所用的树，试算不推算指标；入库后可在指标页查看。"
    if len(edit.adds) > MOST:
        return (
            f"这次要写 {len(edit.adds)} 行，超过 {MOST} 行：推算指标会让别人长时间不能录入，"
            f"所以不推算；入库后可在指标页查看。"
        )
    if not areas:
        return "您的岗位不在某个区划，或不能查看指标，试算不推算指标。"
    return ""


def _weigh(edit: Edit, years: list[Year]) -> Moved:
    """Write the edit under the lock, count what it moves, and take it back."""
    moved: Moved = {}
    seal(edit)
    nobody = Author(actor_id=None, name="")
    try:
        with recording(kind="import", ledger=edit.shape.slug, by=nobody) as (change, _):
            write(edit, change.number)
            moved = _counted(change.number, years)
            raise _Weighed  # noqa: TRY301  the way out of the transaction
    except _Weighed:
        return moved


def _counted(number: int, years: list[Year]) -> Moved:
    movements = Movements(number, [year.day for year in years])
    moved: Moved = {year.day: defaultdict(dict) for year in years}
    for base in CATALOG.bases:
        entities = movements.of(base)
        if not entities:
            continue
        codes = [indicator.code for indicator in CATALOG.indicators_on(base)]
        with Scratch(base, entities.keys(), number) as scratch:
            for sign, known in ((-1, number - 1), (1, number)):
                for day, leaf, values in scratch.sums(years, known):
                    _add(moved[date.fromisoformat(day)], codes, leaf, sign, values)
    return moved


def _add(
    sums: dict[str, dict[int, int]],
    codes: list[str],
    leaf: int,
    sign: int,
    values: tuple[int | None, ...],
) -> None:
    for code, value in zip(codes, values, strict=True):
        leaves = sums[code]
        leaves[leaf] = leaves.get(leaf, 0) + sign * (value or 0)


def _figures(moved: Moved, year: Year, node: int, tree: Tree) -> dict[str, Any]:
    """The figures that move in ``node``, each with its values before and after."""
    below = tree.below(node)
    deltas = {
        day: {c: sum(v for leaf, v in leaves.items() if leaf in below) for c, leaves in by.items()}
        for day, by in moved.items()
    }
    moving = [f for f in CATALOG if _moves(f, deltas, year)]
    if not moving:
        return {"rows": [], "still": len(list(CATALOG))}
    asked = [f.code for f in moving]
    before = figures(asked, day=year.day, known_at=None, node=node)["figures"]
    rows = [_row(f, said, deltas, year) for f, said in zip(moving, before, strict=True)]
    return {"rows": rows, "still": len(list(CATALOG)) - len(rows)}


Deltas = Mapping[date, Mapping[str, int]]


def _moves(figure: Figure, deltas: Deltas, year: Year) -> bool:
    return any(_delta(figure, code, deltas, year) for code in parts_of(figure))


def _delta(figure: Figure, code: str, deltas: Deltas, year: Year) -> int:
    told = deltas[year.day].get(code, 0)
    if isinstance(figure, Net):
        told -= deltas[year.eve(_START).day].get(code, 0)
    return told


def _row(figure: Figure, said: dict[str, Any], deltas: Deltas, year: Year) -> dict[str, Any]:
    row = {"code": figure.code, "name": figure.name, "unit": figure.unit, "before": said["value"]}
    if isinstance(figure, Ratio):
        over, under = (
            said[name] + _delta(figure, code, deltas, year)
            for name, code in zip(("numerator", "denominator"), parts_of(figure), strict=True)
        )
        return row | {"ratio": True, "after": divided((over, under))["value"]}
    (code,) = parts_of(figure)
    return row | {"ratio": False, "after": said["value"] + _delta(figure, code, deltas, year)}
