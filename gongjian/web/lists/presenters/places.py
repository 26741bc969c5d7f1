"""The bar of places above a list: which side, where in the tree, where one may go from here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gongjian.areas.queries import Tree
from gongjian.web.lists.address import Address
from gongjian.web.lists.forms import Wanted
from gongjian.web.lists.ground import AFFILIATION, TERRITORY, Ground, sides
from gongjian.web.places import SIDES, Step

_SHOWN: Final = 400
"""Places offered below one; a general union may have thousands of branches."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """The bar: sides to choose from, the way down to here, how much lies below."""

    sides: list[Step] = field(default_factory=list)
    way: list[Step] = field(default_factory=list)
    below_title: str = ""
    reach: list[Step] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Lower:
    """The places right below one; ``more`` of them are not listed."""

    steps: list[Step]
    more: int


def places(wanted: Wanted, ground: Ground, address: Address) -> Places:
    """The bar of places of a list."""
    going = _Going(wanted, ground.tree, address)
    seen = len(_below(ground))
    kind = "区划" if wanted.side == TERRITORY else "工会"
    return Places(
        sides=_sides(wanted, address),
        way=going.way(_here(ground), ground.inside, several=len(ground.tops) > 1),
        below_title=f"下级 {seen} 个{kind}" if seen else "",
        reach=going.reach() if wanted.node is not None else [],
    )


def below(wanted: Wanted, ground: Ground, address: Address) -> Lower:
    """The places right below the one that a list is of."""
    going, seen = _Going(wanted, ground.tree, address), _below(ground)
    return Lower(steps=[going.to(at) for at in seen[:_SHOWN]], more=max(0, len(seen) - _SHOWN))


def _here(ground: Ground) -> int | None:
    """The place of the list; with nothing chosen the highest, where there is one."""
    one = ground.tops[0] if len(ground.tops) == 1 else None
    return one if ground.node is None else ground.node


def _below(ground: Ground) -> Sequence[int]:
    here, inside = _here(ground), ground.inside
    children = ground.tops if here is None else ground.tree.children(here)
    return [child for child in children if inside is None or child in inside]


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
        everywhere = "全部管理范围"
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
            SIDES[side][0],
            "" if side == wanted.side else address.to(tree=side, area=None, union=None, below=None),
            SIDES[side][1],
        )
        for side in possible
    ]
