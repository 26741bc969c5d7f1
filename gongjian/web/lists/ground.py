"""Where the rows of a list stand: the leaves of a tree within somebody's scope, in their order."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from gongjian.areas.queries import Tree, everywhere
from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope, Refused
from gongjian.history import sql, state
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF
from gongjian.ledgers.questions import Moment
from gongjian.unions.queries import tree_on as unions_on

TERRITORY: Final = "territory"
AFFILIATION: Final = "affiliation"

_TREES: Final = {TERRITORY: "areas", AFFILIATION: "unions"}
"""The ledger whose entries are the leaves of each side."""

_GROUNDS_KEPT: Final = 24
"""Grounds kept at hand: of 60,000 unions each takes some 5 MB, of 2,000 areas a tenth of one."""

_LAYOUTS_KEPT: Final = 12
_UNTOUCHED: Final = state.State(0, "")
_LOST: Final = "没有这个区划或工会，或者它不在您的管理范围内。"


class Layout:
    """Containers by leaf, each where it stands on a day as known in one state of the record.

    Worked out leaf by leaf as they are asked for, and kept.
    """

    def __init__(self, steps: tuple[Ledger, ...], moment: Moment) -> None:
        """``steps`` are the ledgers between leaves and rows, the one next to the leaves first."""
        self._steps = steps
        self._moment = moment
        self._held: dict[int, tuple[int, ...]] = {}

    def stops(self, leaves: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """Containers by leaf in ascending order.

        One that does not exist on the day stands where it last stood, or first will.
        """
        if not self._steps:
            return {leaf: (leaf,) for leaf in leaves}
        missing = [leaf for leaf in leaves if leaf not in self._held]
        if missing:
            self._held.update(self._read(missing))
        return {leaf: self._held[leaf] for leaf in leaves}

    def leaves_of(self, containers: Iterable[int]) -> dict[int, int]:
        """The leaf under which each of ``containers`` stands; one not known is left out."""
        up = {container: container for container in containers}
        for ledger in reversed(self._steps):
            places = placed(ledger, set(up.values()), self._moment)
            up = {container: places[at] for container, at in up.items() if at in places}
        return up

    def _read(self, leaves: Sequence[int]) -> dict[int, tuple[int, ...]]:
        held: dict[int, list[int]] = {leaf: [leaf] for leaf in leaves}
        for ledger in self._steps:
            above = {container: leaf for leaf, found in held.items() for container in found}
            held = {leaf: [] for leaf in leaves}
            for entry, place in _standing(ledger, self._moment, above):
                held[above[place]].append(entry)
        return {leaf: tuple(sorted(found)) for leaf, found in held.items()}


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """One side of one ledger: the leaves whose rows are listed, in the order of the list.

    ``node`` is the area or union chosen, None for all that the person may see; ``leaves`` the
    areas, or unions, that count there, those outside the scope left out. ``inside`` are those of
    the tree within the scope, None for all. Kept from one page to the next: never changes.
    """

    ledger: Ledger
    moment: Moment
    side: str
    tree: Tree
    node: int | None
    leaves: tuple[int, ...]
    inside: frozenset[int] | None
    layout: Layout

    @cached_property
    def column(self) -> str:
        """The column by which rows name the container they are listed under."""
        stands = _TREES[self.side]
        if self.ledger.slug == stands or self.ledger.place in ("", SELF):
            return "entry_id"
        return self.ledger.shape.columns_of(self.ledger.place)[0]

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The place of each leaf in the order of the list."""
        return {leaf: at for at, leaf in enumerate(self.leaves)}

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """The highest existing areas, or unions, that may be seen, by code."""
        tree, inside = self.tree, self.inside
        if inside is None:
            return tree.roots()
        found = [x for x in inside if tree.exists(x) and tree.parent(x) not in inside]
        return tuple(sorted(found, key=lambda x: (tree.code(x), x)))

    def rank(self, leaf: int) -> int:
        """The place of a leaf in the order; Refused where it is none of them."""
        at = self.ranks.get(leaf)
        if at is None:
            raise Refused("这一页的位置已经失效，请从第一页看起。")
        return at


def sides(ledger: Ledger) -> tuple[str, ...]:
    """The trees along which a ledger can be listed: 块, and 条 where its rows stand at unions."""
    at, found = ledger, [TERRITORY]
    while at.place not in ("", SELF):
        if at.slug == "unions":
            found.append(AFFILIATION)
        at = LEDGERS[at.by_field[at.place].ref.to]
    return tuple(found)


def ground(
    ledger: Ledger,
    moment: Moment,
    scope: Scope,
    *,
    side: str = TERRITORY,
    node: int | None = None,
    below: bool = True,
) -> Ground:
    """The ground of a list within ``scope``; NotInScope for a node outside it or not there."""
    asked = _Asked(ledger.slug, moment, side, node, below)
    reach = None if scope.everything else frozenset(scope.inside.items())
    areas = areas_on(moment.day, moment.known)
    tree = areas if side == TERRITORY else unions_on(moment.day, moment.known)
    steps = _steps(ledger, side)
    known = state.touching(*steps, known_at=moment.known) if steps else _UNTOUCHED
    return _ground(asked, reach, tree, areas, known)


class _Asked(NamedTuple):
    slug: str
    moment: Moment
    side: str
    node: int | None
    below: bool


_Reach = frozenset[tuple[str, frozenset[int]]] | None


@lru_cache(maxsize=_GROUNDS_KEPT)
def _ground(asked: _Asked, reach: _Reach, tree: Tree, areas: Tree, known: state.State) -> Ground:
    ledger, moment, side, node, below = LEDGERS[asked.slug], *asked[1:]
    inside = _inside(side, moment, reach, tree, areas)
    if node is None:
        leaves: Iterable[int] = tree.leaves()
    elif not tree.exists(node) or (inside is not None and node not in inside):
        raise NotInScope(_LOST)
    else:
        leaves = tree.below(node) if below else [x for x in tree.below(node) if _at(tree, x, node)]
    seen = leaves if inside is None else [leaf for leaf in leaves if leaf in inside]
    return Ground(
        ledger=ledger,
        moment=moment,
        side=side,
        tree=tree,
        node=node,
        leaves=tuple(sorted(seen, key=_by_place(tree) if side == TERRITORY else None)),
        inside=inside,
        layout=_layout(known, _steps(ledger, side), moment),
    )


@state.keep_answers(_LAYOUTS_KEPT)
def _layout(steps: tuple[str, ...], moment: Moment) -> Layout:
    return Layout(tuple(LEDGERS[slug] for slug in steps), moment)


def _steps(ledger: Ledger, side: str) -> tuple[str, ...]:
    """Ledgers between the leaves of a side and the rows, the one next to the leaves first."""
    stands, found, at = _TREES[side], list[str](), ledger
    while at.slug != stands and at.place not in ("", SELF):
        at = LEDGERS[at.by_field[at.place].ref.to]
        if at.slug != stands:
            found.append(at.slug)
    return tuple(reversed(found))


@lru_cache(maxsize=_GROUNDS_KEPT)
def _inside(
    side: str,
    moment: Moment,
    reach: _Reach,
    tree: Tree,  # noqa: ARG001 - what stands where is that of its state
    all_areas: Tree,
) -> frozenset[int] | None:
    """What of a tree lies within the scope, None for all of it: of unions also those that stand,
    on the day, in an area of the scope."""
    if reach is None:
        return None
    scope = Scope(inside=dict(reach))
    areas = scope.inside.get("areas", frozenset())
    if side == TERRITORY:
        return areas
    if everywhere(scope, all_areas):
        return None
    own = scope.inside.get("unions", frozenset())
    return own | {union for union, _ in _standing(LEDGERS["unions"], moment, areas)}


def _at(tree: Tree, leaf: int, node: int) -> bool:
    return tree.place(leaf) == node


def _by_place(tree: Tree) -> Any:
    def key(leaf: int) -> tuple[str, int]:
        place = tree.place(leaf)
        return tree.code(leaf if place is None else place), leaf

    return key


def _standing(ledger: Ledger, moment: Moment, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(entry, place) of all entries that stand, on the day, at one of ``places``."""
    table = ledger.shape.table
    column = ledger.shape.columns_of(ledger.place)[0]
    inner, inner_params = moment.knowing("w")
    outer, params = moment.knowing("v")
    query = (
        f'SELECT v.entry_id, v.valid_from, v."{column}" FROM "{table}" v WHERE {outer}'
        f' AND v.entry_id IN (SELECT w.entry_id FROM "{table}" w WHERE {inner} AND'
        f" {sql.in_list(f'w.{column}')})"
    )
    for batch in sql.chunks(sorted(places)):
        among = frozenset(batch)
        rows = sql.fetch(query, [*params, *inner_params, sql.as_list(batch)])
        for entry, (place,) in latest(rows, moment.day).items():
            if place in among:
                yield entry, place


def placed(ledger: Ledger, entries: Iterable[int], moment: Moment) -> dict[int, int]:
    """Where each of ``entries`` stands on the day, last stood before it, or first will."""
    column = ledger.shape.columns_of(ledger.place)[0]
    knowing, params = moment.knowing("v")
    query = (
        f'SELECT v.entry_id, v.valid_from, v."{column}" FROM "{ledger.shape.table}" v'
        f" WHERE {knowing} AND"
    )
    rows = sql.fetch_in(query, "v.entry_id", entries, *params)
    return {entry: place for entry, (place,) in latest(rows, moment.day).items()}


def latest(rows: Iterable[tuple[Any, ...]], day: date) -> dict[int, tuple[Any, ...]]:
    """Of rows (entry, valid_from, values…): the values that hold on the day, or held last before
    it, or will hold first."""
    found: dict[int, tuple[date, tuple[Any, ...]]] = {}
    for entry, begins, *values in rows:
        held = found.get(entry)
        if held is None or _nearer(begins, held[0], day):
            found[entry] = begins, tuple(values)
    return {entry: values for entry, (_, values) in found.items()}


def _nearer(one: date, other: date, day: date) -> bool:
    if one > day:
        return other > day and one < other
    return other > day or one > other
