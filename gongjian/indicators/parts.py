"""In which parts of a figure its entries stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.history.sql import as_list, fetch, in_list
from gongjian.indicators.declare import DIMENSIONS, TERRITORY, Base
from gongjian.indicators.sections import (
    ENTITIES,
    Moment,
    Year,
    at_one_moment,
    on_day,
    section,
)

Parts = Mapping[str, int]
"""Code of a part → what the entry adds to it, of the parts it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node of a tree on a day of the year that begins on ``year_start``."""

    day: date
    node: int
    tree: str = TERRITORY
    year_start: str = "01-01"


def parts_of(
    base: Base, codes: Sequence[str], ids: Collection[int], place: Place, *, known_at: int
) -> dict[int, Parts]:
    """Entry → the parts it stands in, of the entries ``ids``; one that counts nowhere is not there.

    ``codes`` are indicators on ``base``: the parts.
    """
    if not ids:
        return {}
    told = at_one_moment(known_at, lambda moment: _ask(base, codes, ids, place, moment))
    return {
        entry: {
            code: int(value) for code, value in zip(codes, values, strict=True) if value is not None
        }
        for entry, *values in told
    }


def _ask(
    base: Base, codes: Sequence[str], ids: Collection[int], place: Place, moment: Moment
) -> list[tuple[Any, ...]]:
    """Of each entry a value for each part, None where it does not stand in it.

    Along a tree that narrows the ledgers only what lies in the branch makes somebody stand in a
    part; so there the branch is read, else these entries alone.
    """
    dimension = DIMENSIONS[place.tree]
    narrowed, chosen = ENTITIES, ids
    if dimension.narrows:
        tree = dimension.tree_on(place.day, moment.known_at)
        narrowed, chosen = dimension.code, tree.below(place.node)
    rows = section(base, "rows", moment, narrowed)
    relation, params = on_day(rows, moment, Year.of(place.day, place.year_start), chosen)
    names = ", ".join(f'r."{code}"' for code in codes)
    # Names of columns come from declarations in code.
    query = f"SELECT r.entity_id, {names} FROM {relation} AS r WHERE {in_list('r.entity_id')}"
    return fetch(query, [*params, as_list(sorted(ids))])
