"""Whose answer a doubt is: people who keep the ledgers at the place of the data, or nearest above."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.accounts.queries import live
from gongjian.accounts.rules import grants
from gongjian.areas.queries import Tree, tree_on
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.web.doubts.models import Doubt

Place = tuple[str, int]
"""(“areas” or “unions”, number)."""

ROLES: Final = tuple(
    role
    for role in Role
    if grants(role, Permission.IMPORT_LEDGER) and grants(role, Permission.SEE_FIGURES)
)
"""Roles that keep every ledger, and see the figures that are doubted."""


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who keeps the ledgers where, today: place → numbers of people; and the areas of today."""

    tree: Tree
    at: dict[Place, set[int]] = field(default_factory=dict)

    def of(self, doubt: Doubt) -> frozenset[int]:
        """The people whose answer it is; nobody answers what they asked themselves."""
        for place in self._nearest_first(doubt.area_id, doubt.union_id):
            others = self.at.get(place, set()) - {doubt.asker_id}
            if others:
                return frozenset(others)
        return frozenset()

    def _nearest_first(self, area: int | None, union: int | None) -> Iterator[Place]:
        """The union itself, then the area and every one above it."""
        if union is not None:
            yield "unions", union
        if area is None:
            return
        if self.tree.exists(area):
            yield "areas", area
        yield from (("areas", above) for above in self.tree.ancestors(area))


def keepers() -> Keepers:
    """As the posts of today say; one query."""
    day = today()
    posts = live(Post.objects.filter(role__in=ROLES, user__is_active=True), day)
    found = Keepers(tree_on(day))
    for user, area, union in posts.filter(valid_from__lte=day).values_list(
        "user_id", "area_id", "union_id"
    ):
        place = ("areas", area) if union is None else ("unions", union)
        found.at.setdefault(place, set()).add(user)
    return found
