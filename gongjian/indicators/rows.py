"""The named rows behind a figure: the same relation that is summed, not added up."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from gongjian.history.record import newest
from gongjian.history.sql import stream
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    Base,
    Dimension,
    Figure,
    Net,
    Ratio,
    parts_of,
)
from gongjian.indicators.query import TERRITORY, Answer, Asked, divided
from gongjian.indicators.sections import (
    Leaves,
    Moment,
    Query,
    Year,
    in_leaves,
    on_day,
    section,
)

Row = dict[str, Any]

_RANK, _PART, _ID, _NAME = range(4)


def rows_behind(
    code: str, *, day: date, known_at: int | None, node: int, year_start: str = "01-01"
) -> Answer:
    """The figure ``code`` of ``node`` and its rows, as the command line gives them in JSON.

    The rows are those of ``stream_rows``; the figure is their sum.
    """
    found = list(stream_rows(code, day=day, known_at=known_at, node=node, year_start=year_start))
    (figure,) = CATALOG.asked([code])
    if isinstance(figure, Ratio):
        sums = (sum(r["numerator"] for r in found), sum(r["denominator"] for r in found))
        return {"code": code, **divided(sums), "rows": found}
    return {"code": code, "value": sum(r["value"] for r in found), "rows": found}


def stream_rows(
    code: str, *, day: date, known_at: int | None, node: int, year_start: str = "01-01"
) -> Iterator[Row]:
    """Rows ``id``, ``key``, ``name``, ``area``, ``value`` in the order of area and key.

    ``area`` is the code of the node the entry counts in on the day. A rate's rows carry
    ``numerator`` and ``denominator`` in place of ``value``. A net figure's rows are those gained
    (+) and lost (−), a lost one in its area on the day before the year began. Held in memory is
    one node's own rows at a time. Raise as ``query.figures`` does.
    """
    (figure,) = CATALOG.asked([code])
    asked = Asked(day, node, year_start)
    now = newest()
    if known_at is not None and known_at < now:
        yield from _read(figure, asked, Moment(max(known_at, 0), believed=False))
        return
    found = _read(figure, asked, Moment(now, believed=True))
    first = list(_first(found))
    if newest() == now:
        yield from chain(first, found)
    else:  # a change arrived between the tree and the rows
        yield from _read(figure, asked, Moment(now, believed=False))


def _first(found: Iterator[Row]) -> Iterator[Row]:
    for row in found:
        yield row
        return


def _read(figure: Figure, asked: Asked, moment: Moment) -> Iterator[Row]:
    year = Year.of(asked.day, asked.year_start)
    years = [year, year.eve(asked.year_start)] if isinstance(figure, Net) else [year]
    leaves, codes = _leaves(DIMENSIONS[TERRITORY], asked.node, years, moment)
    if not codes:
        return
    drill = _Drill(figure, moment, dict(zip(years, leaves, strict=True)))
    query, params = drill.sql()
    found = stream(f"{query}\nORDER BY 1", params)
    for rank, group in groupby(found, key=itemgetter(_RANK)):
        yield from drill.said(group, codes[rank])


def _leaves(
    dimension: Dimension, node: int, years: list[Year], moment: Moment
) -> tuple[list[Leaves], list[str]]:
    """For each day the leaves that count in ``node``, and the node code of each rank."""
    trees = [dimension.tree_on(year.day, moment.known_at) for year in years]
    if not trees[0].exists(node):
        return [[] for _ in years], []
    placed = [
        [
            (leaf, tree.code(place))
            for leaf in sorted(tree.below(node))
            if (place := tree.place(leaf)) is not None
        ]
        for tree in trees
    ]
    codes = sorted({code for leaves in placed for _, code in leaves})
    ranks = {code: rank for rank, code in enumerate(codes)}
    return [[(leaf, ranks[code]) for leaf, code in leaves] for leaves in placed], codes


class _Drill:
    """The query behind one figure, one part per base it stands on, and how its rows are said."""

    def __init__(self, figure: Figure, moment: Moment, leaves: dict[Year, Leaves]) -> None:
        self._figure = figure
        self._moment = moment
        self._leaves = leaves
        self._codes = parts_of(figure)
        self._bases = list(dict.fromkeys(CATALOG.indicator(code).base for code in self._codes))
        self._keys = _NAME + 1
        self._values = self._keys + len(self._bases)

    def sql(self) -> Query:
        """Columns rank, part, entry id, name, a key for each part, a value for each code."""
        if isinstance(self._figure, Net):
            return self._net()
        (year,) = self._leaves
        return _union([self._part(i, base, year) for i, base in enumerate(self._bases)])

    def _part(self, number: int, base: Base, year: Year) -> Query:
        own = [CATALOG.indicator(code).base is base for code in self._codes]
        named = [f'r."{code}"' for code in self._codes]
        values = [name if is_own else "NULL" for name, is_own in zip(named, own, strict=True)]
        counted = [name for name, is_own in zip(named, own, strict=True) if is_own]
        # Keys of two ledgers may be of two types, so that each part has a column of its own.
        keys = ["r.key" if i == number else "NULL" for i in range(len(self._bases))]
        columns = ", ".join(["l.rank", str(number), "r.entity_id", "r.name", *keys, *values])
        where = " OR ".join(f"{name} IS NOT NULL" for name in counted)
        placed, params = self._placed(base, year)
        return f"SELECT {columns} FROM {placed}\nWHERE {where}", params

    def _net(self) -> Query:
        ((base,), (code,)) = self._bases, self._codes
        value = f'r."{code}"'
        signed = []
        for sign, year in zip(("", "-"), self._leaves, strict=True):
            columns = f"l.rank, r.entity_id, r.name, r.key, r.day, {sign}{value} AS value"
            placed, params = self._placed(base, year)
            signed.append((f"SELECT {columns} FROM {placed}\nWHERE {value} IS NOT NULL", params))
        both, all_params = _union(signed)
        compared = (
            "SELECT b.rank, b.entity_id, b.name, b.key,"
            " SUM(b.value) OVER (PARTITION BY b.entity_id) AS net,"
            " ROW_NUMBER() OVER (PARTITION BY b.entity_id ORDER BY b.day DESC) AS nth"
            f" FROM (\n{both}\n) AS b"
        )
        columns = "n.rank, 0, n.entity_id, n.name, n.key, n.net"
        query = f"SELECT {columns} FROM (\n{compared}\n) AS n\nWHERE n.nth = 1 AND n.net <> 0"
        return query, all_params

    def _placed(self, base: Base, year: Year) -> Query:
        rows = on_day(section(base, "rows", self._moment), self._moment, year)
        return in_leaves(rows, self._leaves[year], self._moment)

    def said(self, group: Iterator[tuple[Any, ...]], node: str) -> list[Row]:
        """The rows of one node, sorted by key; an entry found in two parts of a ledger is one."""
        rows: dict[tuple[str, int], Row] = {}
        for found in group:
            base = self._bases[found[_PART]]
            row = self._row(base, found, node)
            held = rows.setdefault((base.ledger, row["id"]), row)
            if held is not row:
                held["numerator"] += row["numerator"]
                held["denominator"] += row["denominator"]
        return sorted(rows.values(), key=itemgetter("key", "id"))

    def _row(self, base: Base, found: tuple[Any, ...], node: str) -> Row:
        name, key = found[_NAME], found[self._keys + found[_PART]]
        shown = f"{name}@{node}" if key is None else base.label.shown(key)
        row: Row = {"id": found[_ID], "key": shown, "name": name, "area": node}
        values = [int(value or 0) for value in found[self._values :]]
        names = ("numerator", "denominator") if isinstance(self._figure, Ratio) else ("value",)
        return row | dict(zip(names, values, strict=True))


def _union(queries: list[Query]) -> Query:
    params = [param for _, params in queries for param in params]
    return "\nUNION ALL\n".join(query for query, _ in queries), params
