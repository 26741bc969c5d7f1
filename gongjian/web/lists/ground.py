"""Where the rows of a list stand: the leaves of a tree within somebody's scope, in their order."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from gongjian.areas.queries import Tree
from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope, Refused
from gongjian.history import sql
from gongjian.history.record import newest
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF
from gongjian.unions.queries import tree_on as unions_on

TERRITORY: Final = "territory"
AFFILIATION: Final = "affiliation"

_TREES: Final = {TERRITORY: ("areas", areas_on), AFFILIATION: ("unions", unions_on)}
_LOST: Final = "没有这个区划或工会，或者它不在您的管理范围内。"


class Moment(NamedTuple):
    """The day of a list and the change it stands on; ``known`` is None for what is believed now."""

    day: date
    known: int | None

    @classmethod
    def of(cls, day: date, known_at: int | None) -> "Moment":
        """The moment of a page; knowledge at or beyond the newest change is that of now."""
        past = known_at is not None and known_at < newest()
        return cls(day, known_at if past else None)

    def held(self, alias: str = "v") -> tuple[str, list[Any]]:
        """A condition for the versions that hold on the day, as known."""
        known, params = self.knowing(alias)
        day = self.day.isoformat()
        holds = f"{alias}.valid_from <= %s AND ({alias}.valid_to IS NULL OR {alias}.valid_to > %s)"
        return f"{known} AND {holds}", [*params, day, day]

    def knowing(self, alias: str = "v") -> tuple[str, list[Any]]:
        """A condition for all versions that are known."""
        if self.known is None:
            return f"{alias}.removed_in IS NULL", []
        known = (
            f"({alias}.removed_in IS NULL OR {alias}.removed_in > %s) AND {alias}.added_in <= %s"
        )
        return known, [self.known, self.known]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One side of one ledger: the leaves whose rows are listed, in the order of the list.

    ``node`` is the area or union chosen, None for all that the person may see; ``leaves`` the
    areas, or unions, that count there, those outside the scope left out. ``inside`` are those of
    the tree within the scope, None for all.
    """

    ledger: Ledger
    moment: Moment
    side: str
    tree: Tree
    node: int | None
    leaves: tuple[int, ...]
    inside: frozenset[int] | None

    @property
    def column(self) -> str:
        """The column by which rows name the container they are listed under."""
        stands = _TREES[self.side][0]
        if self.ledger.slug == stands or self.ledger.place in ("", SELF):
            return "entry_id"
        return self.ledger.shape.columns_of(self.ledger.place)[0]

    @property
    def steps(self) -> tuple[Ledger, ...]:
        """Ledgers between the leaves and the rows, the one next to the leaves first."""
        stands, found = _TREES[self.side][0], []
        at = self.ledger
        while at.slug != stands and at.place not in ("", SELF):
            at = LEDGERS[at.by_field[at.place].ref.to]
            if at.slug != stands:
                found.append(at)
        return tuple(reversed(found))

    def stops(self, leaves: Sequence[int]) -> dict[int, list[int]]:
        """Containers by leaf, each where it stands on the day, in ascending order.

        One that does not exist on the day stands where it last stood, or first will.
        """
        held = {leaf: [leaf] for leaf in leaves}
        for ledger in self.steps:
            above = {container: leaf for leaf, found in held.items() for container in found}
            held = {leaf: [] for leaf in leaves}
            for entry, place in _standing(ledger, self.moment, above):
                held[above[place]].append(entry)
        return {leaf: sorted(found) for leaf, found in held.items()}


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
    tree = _TREES[side][1](moment.day, moment.known)
    inside = _inside(side, moment, scope)
    if node is None:
        leaves: Iterable[int] = tree.leaves()
    elif not tree.exists(node) or (inside is not None and node not in inside):
        raise NotInScope(_LOST)
    else:
        leaves = tree.below(node) if below else [x for x in tree.below(node) if _at(tree, x, node)]
    seen = leaves if inside is None else [leaf for leaf in leaves if leaf in inside]
    key = _by_place(tree) if side == TERRITORY else None
    return Ground(
        ledger=ledger,
        moment=moment,
        side=side,
        tree=tree,
        node=node,
        leaves=tuple(sorted(seen, key=key)),
        inside=inside,
    )


def _inside(side: str, moment: Moment, scope: Scope) -> frozenset[int] | None:
    """What of a tree lies within the scope, None for all of it: of unions also those that stand,
    on the day, in an area of the scope."""
    areas = scope.inside.get("areas", frozenset())
    if scope.everything:
        return None
    if side == TERRITORY:
        return areas
    if areas >= areas_on(moment.day, moment.known).leaves():
        return None
    own = scope.inside.get("unions", frozenset())
    return own | {union for union, _ in _standing(LEDGERS["unions"], moment, areas)}


def tops(ground_: Ground) -> tuple[int, ...]:
    """The highest existing areas, or unions, that may be seen, by code."""
    tree, inside = ground_.tree, ground_.inside
    if inside is None:
        return tree.roots()
    found = [x for x in inside if tree.exists(x) and tree.parent(x) not in inside]
    return tuple(sorted(found, key=lambda x: (tree.code(x), x)))


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


def rank(ground_: Ground, leaf: int) -> int:
    """The place of a leaf in the order of the list; Refused where it is none of them."""
    try:
        return ground_.leaves.index(leaf)
    except ValueError:
        raise Refused("这一页的位置已经失效，请从第一页看起。") from None
