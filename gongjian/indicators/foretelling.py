"""What figures would become: a deed is done under the lock, weighed, and taken back at once.

For whoever wants to show a figure before and after something is done: a dry run, a form, an
undoing. Only entities that the deed moves are counted, before and after, as the store does inside
a change; so the lock is held about as long as by the deed itself, and what is too much for that
is not foretold::

    foretold = foretell(lambda: undo(7, by=me), day=today())       # anything that makes changes
    foretold = foretell_edit(edit, base=plan.base, day=today())    # rows not yet written
    for move in foretold.moves(area_id):                           # figures that move there
        print(move.name, move.before, move.after)

``before`` is what was known at change ``foretold.known_at``, ``after`` the same with the deed and
nothing else: both of one moment, whatever others write meanwhile.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.db import transaction

from gongjian.core.errors import Refused
from gongjian.history import sql, trail
from gongjian.history.record import Author, Edit, Stale, recording, touched_since, write
from gongjian.history.shapes import SHAPES
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

MOST: Final = 5_000
"""Versions that a deed may write and have taken back; more would keep others from writing."""

_NOBODY: Final = Author(actor_id=None, name="")

Deed = Callable[[], object]
"""Makes one or more changes as they are made for good; what it raises is passed on."""

_Sums = dict[date, dict[str, dict[int, int]]]
"""Day → code → leaf → by how much the sum would move."""

Number = int | float | None


class Unforetold(Refused):
    """What the figures would become is not worked out; the sentence says why."""


class Move(NamedTuple):
    """A figure that moves: values before and after, shares of 1 where ``ratio``.

    A rate is None where nothing is divided by.
    """

    code: str
    name: str
    unit: str
    ratio: bool
    before: Number
    after: Number


def foretell(deed: Deed, *, day: date, year_start: str = "01-01") -> "Foretold":
    """What the figures of ``day`` would become by ``deed``, which is taken back.

    Ask ``weight`` before where the deed may be large: it is done before it is weighed. Raises
    Unforetold where it wrote more than MOST versions, or moved the tree that figures are
    added up along; and whatever the deed raises.
    """
    years = _years(day, year_start)
    with transaction.atomic():
        known = trail.lock_head().change
        deed()
        last = trail.lock_head().change
        told = _weighed(range(known + 1, last + 1), years)
        transaction.set_rollback(True)
    return Foretold(known, years, year_start, told)


class _Weighed(Exception):
    """All is known; nothing of it stays."""


def foretell_edit(edit: Edit, *, base: int, day: date, year_start: str = "01-01") -> "Foretold":
    """As ``foretell``, of rows worked out when ``base`` was the newest change and not written yet.

    Secrets in it must be sealed. Raises Stale where others changed since what it stands on.
    """
    _require_same_tree(edit.shape.slug == DIMENSIONS[TERRITORY].ledger)
    _require_few(len(edit.adds) + len(edit.closes))
    years = _years(day, year_start)
    told: _Sums = {}
    known = base
    try:
        with recording(kind="import", ledger=edit.shape.slug, by=_NOBODY) as (change, head):
            known = head.change
            if known != base and touched_since(base, edit):
                raise Stale
            write(edit, change.number)
            told = _weighed([change.number], years)
            raise _Weighed  # noqa: TRY301  the way out of the transaction
    except _Weighed:
        return Foretold(known, years, year_start, told)


def weight(numbers: Sequence[int]) -> int:
    """Versions that changes added or ended: what it costs to take them back, or to write anew."""
    return sum(_written(slug, numbers) for slug in (shape.slug for shape in SHAPES))


def _written(slug: str, numbers: Sequence[int]) -> int:
    table, marks = SHAPES[slug].table, list(numbers)
    found = 0
    for column in ("added_in", "removed_in"):
        query = f'SELECT COUNT(*) FROM "{table}" WHERE'
        found += sum(count for (count,) in sql.fetch_in(query, column, marks))
    return found


def _require_same_tree(moved: bool) -> None:
    if moved:
        raise Unforetold("区划改动会换掉汇总所用的树，这里不推算指标；办完后可在指标页查看。")


def _require_few(versions: int) -> None:
    if versions > MOST:
        raise Unforetold(
            f"这次要写 {versions} 行，超过 {MOST} 行：推算指标会让别人长时间不能录入，"
            f"所以不推算；办完后可在指标页查看。"
        )


def _years(day: date, year_start: str) -> list[Year]:
    """The day before the year, for net figures, and the day."""
    year = Year.of(day, year_start)
    return [year.eve(year_start), year]


def _weighed(numbers: Sequence[int], years: Sequence[Year]) -> _Sums:
    """By how much the changes ``numbers``, just written, move the sums of leaves."""
    tree = DIMENSIONS[TERRITORY].ledger
    _require_same_tree(bool(tree) and _written(tree, numbers) > 0)
    _require_few(weight(numbers))
    told: _Sums = {year.day: defaultdict(dict) for year in years}
    for number in numbers:
        _count(number, years, told)
    return told


def _count(number: int, years: Sequence[Year], told: _Sums) -> None:
    movements = Movements(number, [year.day for year in years])
    for base in CATALOG.bases:
        entities = movements.of(base)
        if not entities:
            continue
        codes = [indicator.code for indicator in CATALOG.indicators_on(base)]
        with Scratch(base, entities.keys(), number) as scratch:
            for sign, known in ((-1, number - 1), (1, number)):
                for day, leaf, values in scratch.sums(years, known):
                    _add(told[date.fromisoformat(day)], codes, leaf, sign, values)


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


@dataclass(frozen=True)
class Foretold:
    """By how much a deed moves what is counted.

    ``known_at`` is the newest change when it was weighed: what ``before`` stands on.
    """

    known_at: int
    _years: list[Year]
    _year_start: str
    _sums: _Sums

    @property
    def day(self) -> date:
        """The day the figures are of."""
        return self._years[-1].day

    @cached_property
    def tree(self) -> Tree:
        """The areas of the day as known then."""
        return DIMENSIONS[TERRITORY].tree_on(self.day, self.known_at)

    def moves(self, node: int) -> list[Move]:
        """The figures that move in the area ``node``, in the catalogue's order; else none."""
        if not self.tree.exists(node):
            return []
        deltas = self._deltas(self.tree.below(node))
        moving = [f for f in CATALOG if any(self._by(f, c, deltas) for c in parts_of(f))]
        if not moving:
            return []
        before = figures(
            [f.code for f in moving],
            day=self.day,
            known_at=self.known_at,
            node=node,
            year_start=self._year_start,
        )["figures"]
        return [self._move(f, said, deltas) for f, said in zip(moving, before, strict=True)]

    def _deltas(self, below: frozenset[int]) -> dict[date, dict[str, int]]:
        return {
            day: {c: sum(v for x, v in leaves.items() if x in below) for c, leaves in by.items()}
            for day, by in self._sums.items()
        }

    def _by(self, figure: Figure, code: str, deltas: Mapping[date, Mapping[str, int]]) -> int:
        eve, year = self._years
        told = deltas[year.day].get(code, 0)
        return told - deltas[eve.day].get(code, 0) if isinstance(figure, Net) else told

    def _move(
        self, figure: Figure, said: dict[str, Any], deltas: Mapping[date, Mapping[str, int]]
    ) -> Move:
        by = [self._by(figure, code, deltas) for code in parts_of(figure)]
        ratio = isinstance(figure, Ratio)
        if ratio:
            after = divided((said["numerator"] + by[0], said["denominator"] + by[1]))["value"]
        else:
            after = said["value"] + by[0]
        return Move(figure.code, figure.name, figure.unit, ratio, said["value"], after)


__all__ = ["MOST", "Deed", "Foretold", "Move", "Unforetold", "foretell", "foretell_edit", "weight"]
