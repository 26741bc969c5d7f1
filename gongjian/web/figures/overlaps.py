"""In which parts of a figure an entry stands, and who stands in several."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from gongjian.core.errors import Refused
from gongjian.history.state import keep_answers, latest
from gongjian.indicators.parts import Parts, Place, parts_of
from gongjian.indicators.rows import Row
from gongjian.web.figures.equations import Among
from gongjian.web.figures.forms import Question
from gongjian.web.figures.moments import rows_as_known
from gongjian.web.figures.queries import rows_of

MOST: Final = 5_000
"""Names that are told apart by their parts; of more one looks at the places below."""

_KEPT: Final = 8

Kinds = tuple[str, ...]
"""Codes of the parts that an entry stands in, in their order."""


@dataclass(frozen=True, slots=True)
class Twice:
    """Who stands in the same several parts, in the engine's order, each with its parts."""

    kinds: Kinds
    rows: tuple[tuple[Row, Parts], ...]

    def over(self, found: Among) -> int:
        """How much, or else how often, these were counted beyond once."""
        if found.sums:
            return sum(row["value"] for row, _ in self.rows)
        return (len(self.kinds) - 1) * len(self.rows)


def parts_of_rows(
    found: Among, rows: Sequence[Row], question: Question, known: int
) -> dict[int, Parts]:
    """Entry → the parts it stands in, of the entries of ``rows``; a row of none is not there."""
    place = Place(
        day=question.day,
        node=question.node,
        tree=question.tree,
        year_start=question.year_start,
    )
    ids = [row["id"] for row in rows]
    return parts_of(found.whole.base, found.made_of.parts, ids, place, known_at=known)


def twice(found: Among, question: Question, known: int) -> tuple[Twice, ...]:
    """Who stands in several parts, those of the same parts together, in the order of the parts.

    Refused where there are too many to be told apart; MovedOn as ``rows_as_known``.
    """
    return _twice(latest(), found, question, known)


@keep_answers(_KEPT)
def _twice(found: Among, question: Question, known: int) -> tuple[Twice, ...]:
    with rows_as_known(known):
        with closing(rows_of(found.twice, question, known)) as stream:
            rows = list(islice(stream, MOST + 1))
        if len(rows) > MOST:
            raise Refused(
                f"重复的超过 {MOST:,} 行，不能在一页里分开看，请到下级去看，或导出全部行。"
            )
        told = parts_of_rows(found, rows, question, known)
    kinds: dict[Kinds, list[tuple[Row, Parts]]] = defaultdict(list)
    for row in rows:
        parts = told.get(row["id"], {})
        kinds[tuple(parts)].append((row, parts))
    order = {code: at for at, code in enumerate(found.made_of.parts)}

    def place(kind: Kinds) -> tuple[int, list[int]]:
        return len(kind), [order[code] for code in kind]

    return tuple(Twice(kind, tuple(kinds[kind])) for kind in sorted(kinds, key=place))
