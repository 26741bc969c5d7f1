"""In which parts of a figure an entry stands, and who stands in several."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from gongjian.core.errors import Refused
from gongjian.history.sql import as_list, fetch, in_list
from gongjian.history.state import keep_answers, latest
from gongjian.indicators.declare import DIMENSIONS
from gongjian.indicators.rows import Row
from gongjian.indicators.sections import (
    ENTITIES,
    Moment,
    Year,
    at_one_moment,
    on_day,
    section,
)
from gongjian.web.figures.equations import Among
from gongjian.web.figures.forms import Question
from gongjian.web.figures.queries import rows_of

MOST: Final = 5_000
"""Names that are told apart by their parts; of more one looks at the places below."""

_KEPT: Final = 8

Parts = Mapping[str, int]
"""Code of a part → what the entry adds to it, of the parts it stands in."""

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
    ids = [row["id"] for row in rows]
    return _parts(found, ids, question, known) if ids else {}


def _parts(found: Among, ids: Collection[int], question: Question, known: int) -> dict[int, Parts]:
    codes = found.made_of.parts
    told = at_one_moment(known, lambda moment: _ask(found, ids, question, moment))
    return {
        entry: {
            code: int(value) for code, value in zip(codes, values, strict=True) if value is not None
        }
        for entry, *values in told
    }


def _ask(
    found: Among, ids: Collection[int], question: Question, moment: Moment
) -> list[tuple[Any, ...]]:
    """Of each entry a value for each part, None where it does not stand in it.

    Along a tree that narrows the ledgers only what lies in the branch makes somebody stand in a
    part; so there the branch is read, else these entries alone.
    """
    dimension = DIMENSIONS[question.tree]
    narrowed, chosen = ENTITIES, ids
    if dimension.narrows:
        tree = dimension.tree_on(question.day, moment.known_at)
        narrowed, chosen = dimension.code, tree.below(question.node)
    rows = section(found.whole.base, "rows", moment, narrowed)
    relation, params = on_day(rows, moment, Year.of(question.day, question.year_start), chosen)
    names = ", ".join(f'r."{code}"' for code in found.made_of.parts)
    # Names of columns come from declarations in code.
    query = f"SELECT r.entity_id, {names} FROM {relation} AS r WHERE {in_list('r.entity_id')}"  # noqa: S608
    return fetch(query, [*params, as_list(sorted(ids))])


def twice(found: Among, question: Question, known: int) -> tuple[Twice, ...]:
    """Who stands in several parts, those of the same parts together, in the order of the parts.

    Refused where there are too many to be told apart.
    """
    return _twice(latest(), found, question, known)


@keep_answers(_KEPT)
def _twice(found: Among, question: Question, known: int) -> tuple[Twice, ...]:
    with closing(rows_of(found.twice, question, known)) as stream:
        rows = list(islice(stream, MOST + 1))
    if len(rows) > MOST:
        raise Refused(f"重复的超过 {MOST:,} 行，不能在一页里分开看，请到下级去看，或导出全部行。")
    told = parts_of_rows(found, rows, question, known)
    kinds: dict[Kinds, list[tuple[Row, Parts]]] = defaultdict(list)
    for row in rows:
        parts = told.get(row["id"], {})
        kinds[tuple(parts)].append((row, parts))
    order = {code: at for at, code in enumerate(found.made_of.parts)}

    def place(kind: Kinds) -> tuple[int, list[int]]:
        return len(kind), [order[code] for code in kind]

    return tuple(Twice(kind, tuple(kinds[kind])) for kind in sorted(kinds, key=place))
