"""Which unions stand below which on a day."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache

from django.db.models import Q

from gongjian.areas.queries import RootWords, Spell, Tree, the_root
from gongjian.areas.queries import tree_on as areas_on
from gongjian.history.state import State, touching
from gongjian.unions.models import UnionVersion

TREES_KEPT = 6
"""Trees kept at hand: of 60,000 unions each takes some 40 MB."""

_READ = ("unions", "areas")
"""What the tree is made of: a union without a code is called by that of its area."""

_COLUMNS = (
    "entry_id",
    "valid_from",
    "valid_to",
    "code",
    "name",
    "kind",
    "superior_id",
    "area_id",
)


class Affiliation(Tree):
    """The unions on one day by superior. Where records name each other in a circle, each of
    them has all of the circle below it."""

    def __init__(self, day: date, spells: Iterable[Spell]) -> None:
        """As ``Tree`` says."""
        super().__init__(day, spells)
        self._inferior: dict[int, list[int]] = {}
        for union, said in self._said.items():
            if said.parent is not None:
                self._inferior.setdefault(said.parent, []).append(union)

    def _find_below(self, area: int) -> Iterator[int]:
        """Every union, existing or not, that lies in the branch; none unless it exists."""
        found: set[int] = set()
        waiting = [area] if self.exists(area) else []
        while waiting:
            union = waiting.pop()
            if union not in found:
                found.add(union)
                yield union
                waiting.extend(self._inferior.get(union, ()))


def tree_on(day: date, known_at: int | None = None) -> Tree:
    """The unions of ``day`` by superior, as known at change ``known_at``: by default the newest.

    What a dissolved union left stays under its last superior, so dissolved unions lie in that
    branch too, and unions still recorded below them come right below it; a union not yet founded
    lies where it will begin. A union that does not exist on the day has no branch. The code of
    a union without one is 名称@区划代码.
    """
    state = touching(*_READ, known_at=known_at)
    return _tree(day, state, known_at is None or state == touching(*_READ))


@lru_cache(maxsize=TREES_KEPT)
def _tree(day: date, state: State, believed: bool) -> Tree:
    known = state.change
    held = Q(removed_in__isnull=True)
    if not believed:
        held = Q(held | Q(removed_in__gt=known), added_in__lte=known)
    areas = areas_on(day, known)
    rows = UnionVersion.objects.filter(held).order_by("entry_id", "valid_from")
    spells = []
    for entry, begins, ends, code, name, kind, superior, area in rows.values_list(
        *_COLUMNS
    ).iterator(chunk_size=10_000):
        shown = code or f"{name}@{areas.code(areas.place(area) or area)}"
        spells.append(Spell(entry, begins, ends, shown, name, kind, superior, None))
    return Affiliation(day, spells)


def branch_of(union_ids: Collection[int], day: date) -> frozenset[int]:
    """``union_ids`` and all unions below them by superior on ``day``, as believed now."""
    tree = tree_on(day)
    return frozenset().union(*(tree.below(union) for union in union_ids))


def root_union(day: date, known_at: int | None = None) -> int:
    """The one union at the top on ``day``, else the one of today; WrongUse where it is not one."""
    words = RootWords("工会", "没有上级的工会", "--union", "工会", "代码或全称")
    return the_root(tree_on, day, known_at, words)
