"""Entries of other ledgers that refer to an entry, on a day and as known then."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from gongjian.areas.queries import everywhere, tree_on
from gongjian.core.access import EVERYTHING, Scope
from gongjian.history import sql
from gongjian.history.shapes import FRAME, SHAPES, Shape
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Column, Ledger
from gongjian.ledgers.questions import Moment
from gongjian.web.moment import AsOf
from gongjian.web.records.queries.sight import within

SHOWN: Final = 8
COUNTED: Final = 1_000
"""Beyond it only “more than” is said: counting all would take as long as the list is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The entries within the scope that name the entry in ``column``: a few, and how many.

    ``outside`` is how many more there are beyond the scope, as far as was counted.
    """

    ledger: Ledger
    column: Column
    rows: list[tuple[int, VersionTuple]]
    count: int
    outside: int

    @property
    def capped(self) -> bool:
        return self.count > COUNTED

    @property
    def outside_capped(self) -> bool:
        """Were there more than are counted, so that yet more may lie outside?"""
        return self.count + self.outside > COUNTED


def links_to(
    slug: str, entry: int, asof: AsOf, scope: Scope, opened: Collection[str] | None = None
) -> list[Link]:
    """Whoever refers to the entry by a column that an index leads to; two queries each.

    ``opened`` are the ledgers that the reader may open; None: all.
    A reference without an index, such as the workplace of a member, would read a whole ledger.
    """
    found = []
    # Whoever sees every area sees all that stands in one, and need not be asked row by row.
    scope = EVERYTHING if everywhere(scope, tree_on(asof.day)) else scope
    for shape in SHAPES:
        if opened is not None and shape.slug not in opened:
            continue
        for name, target in shape.refs.items():
            if target == slug and name in LEDGERS[shape.slug].indexed:
                found.append(_link(shape, name, entry, asof, scope))
    return [link for link in found if link.count or link.outside]


def _link(shape: Shape, name: str, entry: int, asof: AsOf, scope: Scope) -> Link:
    ledger = LEDGERS[shape.slug]
    column = next(c for c in ledger.ref_columns if shape.columns_of(c.field)[0] == name)
    holds, days = Moment(asof.day, asof.known_at).held("v")
    where, params = f'v."{name}" = %s AND {holds}', [entry, *days]
    mine, mine_params = within(ledger, scope, "v")
    source = f'FROM "{shape.table}" v WHERE {where}'
    # Cut off first: asked of everything, the scope would be worked out for the whole ledger.
    first = f"(SELECT v.* {source} ORDER BY v.entry_id LIMIT {COUNTED + 1}) v"
    flags = f"SELECT CASE WHEN {mine} THEN 1 ELSE 0 END AS mine FROM {first}"
    query = f"SELECT COUNT(*), SUM(f.mine) FROM ({flags}) f"
    ((total, count),) = sql.fetch(query, [*mine_params, *params])
    seen, held = f"{source} AND {mine}", [*params, *mine_params]
    if total > COUNTED and count < total:
        # What was looked at may hold fewer of one's own than there are.
        count = len(sql.fetch(f"SELECT 1 {seen} LIMIT {COUNTED + 1}", held))
    rows = _rows(shape, seen, held) if count else []
    outside = max(total - (count or 0), 0)
    return Link(ledger=ledger, column=column, rows=rows, count=count or 0, outside=outside)


def _rows(shape: Shape, source: str, params: list[Any]) -> list[tuple[int, VersionTuple]]:
    columns = ("entry_id", *FRAME, *shape.columns)
    names = ", ".join(f'"{c}"' for c in columns)
    end = 1 + len(FRAME)
    found = sql.fetch(f"SELECT {names} {source} ORDER BY v.entry_id LIMIT {SHOWN}", params)
    return [(row[0], (*row[1:end], *shape.unpack(row[end:]))) for row in found]
