"""Whose figures a person may open: areas of the scope, and unions whose whole branch lies in it."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from gongjian.areas.queries import Tree, everywhere
from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.access import Scope
from gongjian.core.days import today
from gongjian.history.state import keep_answers, touching
from gongjian.indicators.declare import AFFILIATION, TERRITORY
from gongjian.unions.models import UnionVersion
from gongjian.unions.queries import tree_on as unions_on

TREES = {TERRITORY: areas_on, AFFILIATION: unions_on}
"""Tree → what it was on a day, as known at a change."""

LEDGER = {TERRITORY: "areas", AFFILIATION: "unions"}
"""Tree → the ledger whose entries are its nodes."""

_STANDINGS_KEPT = 4


class Sight:
    """What of one tree, as it stood on a day, lies in a scope.

    A scope is that of today's posts, whatever the day of the page: whoever may see a figure of
    a past day sees the names behind it, as they stood then. An area is in sight where the scope
    names it. A union is in sight where a post at it or above it says so, or where it and all
    unions below it on the day stand in areas of the scope: along affiliation a branch may reach
    beyond the area of its head, and what lies there must not be seen from here.
    """

    def __init__(self, scope: Scope, tree: str, day: date, known_at: int | None) -> None:
        self.tree_code = tree
        self.day = day
        self.tree: Tree = TREES[tree](day, known_at)
        self._scope = scope
        self._areas = scope.inside.get("areas", frozenset())

    def covers(self, node: int) -> bool:
        """Does the node lie in the scope?"""
        if self._scope.covers([(LEDGER[self.tree_code], node)]):
            return True
        if self.tree_code == TERRITORY or not self._areas:
            return False
        return self._everywhere or self._stands_inside(node)

    def on(self, day: date) -> "Sight":
        """The same of another day, as believed now."""
        return Sight(self._scope, self.tree_code, day, None)

    def tops(self) -> list[int]:
        """The highest nodes in sight on the day, sorted by code."""
        if self._scope.everything or (self.tree_code == AFFILIATION and self._everywhere):
            return list(self.tree.roots())
        seen = frozenset(self._likely())
        tops = (node for node in seen if self.tree.parent(node) not in seen)
        return sorted((node for node in tops if self.covers(node)), key=self.tree.code)

    def way(self, node: int) -> list[int]:
        """The nodes in sight above ``node``, from the top of the scope down."""
        found: list[int] = []
        for above in self.tree.ancestors(node):
            if not self.covers(above):
                break
            found.insert(0, above)
        return found

    @cached_property
    def _everywhere(self) -> bool:
        """A scope that has every area has every union."""
        return everywhere(self._scope, areas_on(today()))

    @cached_property
    def _standing(self) -> dict[int, int]:
        """Union → the area it stands in on the day, of a dissolved one the last."""
        return _standing_on(touching("unions"), self.day)

    def _stands_inside(self, union: int) -> bool:
        below = self.tree.below(union)
        begun = below & self._standing.keys()
        return union in begun and all(self._standing[one] in self._areas for one in begun)

    def _likely(self) -> Iterator[int]:
        """Existing nodes in sight, and perhaps a union more whose branch runs in a circle."""
        named = self._scope.inside.get(LEDGER[self.tree_code], frozenset())
        yield from filter(self.tree.exists, named)
        if self.tree_code == TERRITORY or not self._areas:
            return
        hidden: set[int] = set()
        for union, area in self._standing.items():
            if area not in self._areas:
                hidden.update((union, *self.tree.ancestors(union)))
        yield from (x for x in self._standing if x not in hidden and self.tree.exists(x))


@keep_answers(_STANDINGS_KEPT)
def _standing_on(day: date) -> dict[int, int]:
    rows = UnionVersion.objects.filter(removed_in=None, valid_from__lte=day)
    return dict(rows.order_by("valid_from").values_list("entry_id", "area_id").iterator())
