"""The named rows behind a figure: the same relation that is summed, not added up."""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from gongjian.history import state
from gongjian.history.sql import stream
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Base,
    Dimension,
    Figure,
    Net,
    Ratio,
    Tree,
    parts_of,
)
from gongjian.indicators.query import Answer, Asked, divided, names_of_values
from gongjian.indicators.sections import (
    ENTITIES,
    Branch,
    Leaves,
    Moment,
    Query,
    Year,
    in_leaves,
    on_day,
    section,
)
from gongjian.indicators.standing import Standing

Row = dict[str, Any]

FEW, FEW_OF_ONE = 5_000, 30_000
"""Up to so many entities of several places, or of one, are looked up by index."""

BATCHES = 8
"""Batches of places looked up by index before all the rest is read in one pass."""

RANK, _PART, _ID, _NAME = range(4)


def rows_behind(
    code: str,
    *,
    day: date,
    known_at: int | None,
    node: int,
    year_start: str = "01-01",
    tree: str = TERRITORY,
) -> Answer:
    """The figure ``code`` of ``node`` and its rows, as the command line gives them in JSON.

    The rows are those of ``stream_rows``; the figure is their sum, and has neither where it has
    no meaning along ``tree``.
    """
    (figure,) = CATALOG.asked([code])
    if not CATALOG.counts_along(figure, tree):
        return {"code": code, **dict.fromkeys(names_of_values(figure)), "rows": []}
    asked = Asked(day, node, year_start, tree)
    with state.one_moment():
        found = list(_stream(figure, asked, known_at))
    if isinstance(figure, Ratio):
        sums = (sum(r["numerator"] for r in found), sum(r["denominator"] for r in found))
        return {"code": code, **divided(sums), "rows": found}
    return {"code": code, "value": sum(r["value"] for r in found), "rows": found}


def stream_rows(
    code: str,
    *,
    day: date,
    known_at: int | None,
    node: int,
    year_start: str = "01-01",
    tree: str = TERRITORY,
) -> Generator[Row]:
    """Rows ``id``, ``key``, ``name``, ``area``, ``value`` in the order of area and key.

    ``area`` is the code of the place the entry counts in on the day, whatever the tree. A rate's
    rows carry ``numerator`` and ``denominator`` in place of ``value``. A net figure's rows are
    those gained (+) and lost (−), a lost one in its area on the day before the year began. Held
    in memory is one place's own rows at a time. Whoever does not read to the end closes it. Raise
    as ``query.figures`` does.
    """
    (figure,) = CATALOG.asked([code])
    if CATALOG.counts_along(figure, tree):
        yield from _stream(figure, Asked(day, node, year_start, tree), known_at)


def _stream(figure: Figure, asked: Asked, known_at: int | None) -> Generator[Row]:
    now = state.latest().change
    known = now if known_at is None else min(max(known_at, 0), now)
    moment = Moment(known, believed=known == now)
    where = Where(figure, asked, moment)
    if moment.believed and state.afresh().change != now:
        # A change arrived while the trees were read.
        where = Where(figure, asked, Moment(known, believed=False))
    for batch in where.batches():
        yield from _batch(figure, where, batch)


def in_order(drill: "Drill") -> Query:
    """The query of a figure, its rows in the order of their places."""
    query, params = drill.sql()
    return f"{query}\nORDER BY 1", params


class _Batch(NamedTuple):
    """Places asked for at once; ``few`` holds, by base, the entities that may stand there."""

    ranks: range
    few: dict[Base, Branch]


def _batch(figure: Figure, where: "Where", batch: _Batch) -> Generator[Row]:
    """Rows of the places of a batch, of one state of knowledge whatever is changed meanwhile.

    What is believed now is the quicker question. If no change came before the first row was
    there, the running query sees none either; else the same is asked as past knowledge.
    """
    moment = where.moment
    if moment.believed:
        with closing(_rows(figure, where, batch, moment)) as found:
            first = list(islice(found, 1))
            if state.afresh().change == moment.known:
                yield from chain(first, found)
                return
    yield from _rows(figure, where, batch._replace(few={}), Moment(moment.known, believed=False))


def _rows(figure: Figure, where: "Where", batch: _Batch, moment: Moment) -> Generator[Row]:
    drill = Drill(figure, moment, where.at(batch.ranks), batch.few)
    with closing(stream(*in_order(drill))) as rows:
        for rank, group in groupby(rows, key=itemgetter(RANK)):
            yield from drill.said(group, where.codes[rank])


class _At(NamedTuple):
    """Where the rows of one day are looked for: at these leaves, in that branch if there is one."""

    leaves: Leaves
    branch: Branch | None


class Where:
    """The places the rows of a figure may stand at, in the order of their codes."""

    def __init__(
        self, figure: Figure, asked: Asked, moment: Moment, stands: Standing | None = None
    ) -> None:
        self.moment = moment
        self._stands = stands or Standing()
        self.codes: list[str] = []
        self._node = ""
        self._at: dict[Year, _At] = {}
        self._bases = bases_of(figure)
        self._dimension = DIMENSIONS[asked.tree]
        year = Year.of(asked.day, asked.year_start)
        self._years = [year, year.eve(asked.year_start)] if isinstance(figure, Net) else [year]
        trees = self._trees(self._dimension)
        if trees[0].exists(asked.node):
            self._node = trees[0].code(asked.node)
            self._look(trees, asked.node)

    def _trees(self, dimension: Dimension) -> list[Tree]:
        return [dimension.tree_on(year.day, self.moment.known_at) for year in self._years]

    def _look(self, trees: list[Tree], node: int) -> None:
        below = [tree.below(node) for tree in trees]
        branches: list[Branch | None] = [None] * len(trees)
        if self._dimension.narrows:
            branches = [(self._dimension.code, branch) for branch in below]
            trees = self._trees(DIMENSIONS[TERRITORY])
            below = [tree.leaves() for tree in trees]
        placed = [
            [
                (leaf, code)
                for leaf in sorted(leaves)
                if (code := _place(tree, leaf, self._dimension))
            ]
            for tree, leaves in zip(trees, below, strict=True)
        ]
        self.codes = sorted({code for leaves in placed for _, code in leaves})
        ranks = {code: rank for rank, code in enumerate(self.codes)}
        ranked = [[(leaf, ranks[code]) for leaf, code in leaves] for leaves in placed]
        at = [_At(*one) for one in zip(ranked, branches, strict=True)]
        self._at = dict(zip(self._years, at, strict=True))

    def batches(self) -> Iterator[_Batch]:
        """The places in batches: few first, so that a first page comes at once.

        All at once where rows cannot be looked up by leaf, and where those of two days must
        meet, for an entry may have moved from one place to another.
        """
        whole, begin, size, served = len(self.codes), 0, 1, 0
        by_leaf = self.moment.believed and not self._dimension.narrows
        if by_leaf and len(self._years) > 1 and whole:
            yield _Batch(self.all, self.looked_up(self.all) or {})
            return
        while begin < whole:
            if not by_leaf or served == BATCHES:
                yield _Batch(range(begin, whole), {})
                return
            ranks = range(begin, min(begin + size, whole))
            few = self.looked_up(ranks, FEW if size > 1 else FEW_OF_ONE)
            if few is None and size > 1:
                size //= 2
                continue
            yield _Batch(ranks, few or {})
            begin, size, served = ranks.stop, size * 2, served + 1

    @property
    def all(self) -> range:
        """The ranks of all places."""
        return range(len(self.codes))

    @property
    def own(self) -> range:
        """The rank of the node that is asked about; of what narrows the ledgers, none."""
        if self._node not in self.codes:
            return range(0)
        rank = self.codes.index(self._node)
        return range(rank, rank + 1)

    def at(self, ranks: range) -> dict[Year, _At]:
        """Where to look for the places of ``ranks``, by day."""
        return {
            year: at._replace(leaves=[leaf for leaf in at.leaves if leaf[1] in ranks])
            for year, at in self._at.items()
        }

    def looked_up(self, ranks: range, most: int = FEW_OF_ONE) -> dict[Base, Branch] | None:
        """By base, the entities that may stand at these places; None where one has too many."""
        leaves = sorted({leaf for at in self.at(ranks).values() for leaf, _ in at.leaves})
        found: dict[Base, Branch] = {}
        for base in self._bases:
            ids = self._stands.at(base, leaves, most)
            if ids is None:
                return None
            found[base] = ENTITIES, ids
        return found


def bases_of(figure: Figure) -> list[Base]:
    """The bases a figure stands on, each once."""
    return list(dict.fromkeys(CATALOG.indicator(code).base for code in parts_of(figure)))


def _place(tree: Tree, leaf: int, asked: Dimension) -> str | None:
    """The code of the place the leaf counts in; of what has none, along a narrowing tree, its own."""
    place = tree.place(leaf)
    if place is None:
        return tree.code(leaf) if asked.narrows else None
    return tree.code(place)


class Drill:
    """The query behind one figure, one part per base it stands on, and how its rows are said."""

    def __init__(
        self, figure: Figure, moment: Moment, at: dict[Year, _At], few: dict[Base, Branch]
    ) -> None:
        self._figure = figure
        self._moment = moment
        self._at = at
        self._few = few
        self._codes = parts_of(figure)
        self._bases = bases_of(figure)
        self._keys = _NAME + 1
        self._values = self._keys + len(self._bases)

    def sql(self) -> Query:
        """Columns rank, part, entry id, name, a key for each part, a value for each code."""
        if isinstance(self._figure, Net):
            return self._net()
        (year,) = self._at
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
        for sign, year in zip(("", "-"), self._at, strict=True):
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
        at = self._at[year]
        at = at._replace(branch=at.branch or self._few.get(base))
        return placed(base, year, self._moment, at)

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


def placed(base: Base, year: Year, moment: Moment, at: _At) -> Query:
    """A FROM item: the rows of the base on a day, at leaves."""
    narrowed, chosen = at.branch or ("", None)
    rows = on_day(section(base, "rows", moment, narrowed), moment, year, chosen)
    return in_leaves(rows, at.leaves, by_leaf=moment.believed and at.branch is None)


def _union(queries: list[Query]) -> Query:
    params = [param for _, params in queries for param in params]
    return "\nUNION ALL\n".join(query for query, _ in queries), params
