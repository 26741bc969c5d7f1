"""The bar of places above a list: which side, where in the tree, where one may go from here."""

from dataclasses import dataclass, field
from typing import Final

from gongjian.areas.queries import Tree
from gongjian.web.lists.address import Address
from gongjian.web.lists.forms import Wanted
from gongjian.web.lists.ground import AFFILIATION, TERRITORY, Ground, sides, tops

_SHOWN: Final = 400
"""Places offered below one; a general union may have thousands of branches."""

_SIDES: Final = {TERRITORY: ("块（属地）", "map-pin"), AFFILIATION: ("条（工会隶属）", "sitemap")}


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the bar; where one is already, it leads nowhere."""

    title: str
    address: str = ""
    image: str = ""


@dataclass(frozen=True, kw_only=True)
class Places:
    """The bar: sides to choose from, the way down to here, what lies below, how many more."""

    sides: list[Step] = field(default_factory=list)
    way: list[Step] = field(default_factory=list)
    below: list[Step] = field(default_factory=list)
    below_title: str = ""
    more: int = 0
    reach: list[Step] = field(default_factory=list)


def places(wanted: Wanted, ground: Ground, address: Address) -> Places:
    """The bar of places of a list."""
    going = _Going(wanted, ground.tree, address)
    highest, inside = tops(ground), ground.inside
    node = wanted.node
    if node is None and len(highest) == 1:
        node = highest[0]
    children = highest if node is None else ground.tree.children(node)
    seen = [c for c in children if inside is None or c in inside]
    kind = "区划" if wanted.side == TERRITORY else "工会"
    return Places(
        sides=_sides(wanted, address),
        way=going.way(node, inside, several=len(highest) > 1),
        below=[going.to(child) for child in seen[:_SHOWN]],
        below_title=f"下级 {len(seen)} 个{kind}" if seen else "",
        more=max(0, len(seen) - _SHOWN),
        reach=going.reach() if wanted.node is not None else [],
    )


class _Going:
    """Makes the addresses of places."""

    def __init__(self, wanted: Wanted, tree: Tree, address: Address) -> None:
        self._wanted = wanted
        self._tree = tree
        self._address = address

    def to(self, node: int) -> Step:
        """The same list at another place."""
        if self._wanted.side == TERRITORY:
            there = self._address.to(area=self._tree.code(node), union=None)
        else:
            there = self._address.to(union=str(node), area=None, tree=AFFILIATION)
        return Step(self._tree.name(node), there)

    def way(self, node: int | None, inside: frozenset[int] | None, *, several: bool) -> list[Step]:
        """From the highest place one may see down to ``node``, which leads nowhere."""
        everywhere = "全部管辖范围"
        if node is None:
            return [Step(everywhere)]
        above = [a for a in self._tree.ancestors(node) if inside is None or a in inside]
        start = [Step(everywhere, self._address.to(area=None, union=None))] if several else []
        return [*start, *map(self.to, reversed(above)), Step(self._tree.name(node))]

    def reach(self) -> list[Step]:
        """With what lies below, or without."""
        whole, own = self._address.to(below=None), self._address.to(below="0")
        below = self._wanted.below
        return [Step("含下级", "" if below else whole), Step("只看本级", own if below else "")]


def _sides(wanted: Wanted, address: Address) -> list[Step]:
    possible = sides(wanted.ledger)
    if len(possible) == 1:
        return []
    return [
        Step(
            _SIDES[side][0],
            "" if side == wanted.side else address.to(tree=side, area=None, union=None, below=None),
            _SIDES[side][1],
        )
        for side in possible
    ]
