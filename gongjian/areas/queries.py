"""Where an area stood on a day: the dated tree, as it was known at a change."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, Q

from gongjian.areas.models import AreaVersion
from gongjian.core.access import Scope
from gongjian.core.days import today
from gongjian.core.errors import WrongUse
from gongjian.history.state import State, keep_answers, touching

TREES_KEPT = 32
"""Trees kept at hand: a year of cut-off days, each with the day a net figure starts from."""


_LONGEST = 20
"""Letters of a code."""

CODES_KEPT = 5_000
"""Areas kept at hand by their codes: those of a city."""


class Spell(NamedTuple):
    """What one version says of an area during its days ``[begins, ends)``."""

    area: int
    begins: date
    ends: date | None
    code: str
    name: str
    kind: str
    parent: int | None
    heir: int | None

    def holds(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)

    def successors(self, day: date) -> list[int]:
        """Who stands in for the area on a day it does not exist, the first choice first."""
        stopped = self.begins <= day
        return [x for x in (self.heir if stopped else None, self.parent) if x is not None]


class Tree:
    """The areas on one day, as known at one change. Never changes.

    An area *exists* from its first day up to, not including, the day of its stop. What was
    recorded in an area that does not exist counts elsewhere (``place``): after a stop in the
    heir, or, without one, in the former parent; before the beginning in the parent it will
    have. An area below one that is gone hangs below that one's place. Where records contradict
    each other in a circle, the circle is opened so that every area still counts exactly once.
    """

    def __init__(self, day: date, spells: Iterable[Spell]) -> None:
        """``spells`` are all that are believed, those of one area in the order of days."""
        self.day = day
        self._said: dict[int, Spell] = {}
        for spell in spells:
            if spell.area not in self._said or spell.begins <= day:
                self._said[spell.area] = spell
        self._existing = {area for area, said in self._said.items() if said.holds(day)}
        self._places = {
            area: area if area in self._existing else next(self._meanings(area), None)
            for area in self._said
        }
        self._parents = self._find_parents()
        self._children: dict[int | None, list[int]] = {}
        for area in sorted(self._existing, key=self._order):
            self._children.setdefault(self._parents.get(area), []).append(area)
        self._leaves = frozenset(self._said)
        self._below: dict[int, frozenset[int]] = {}
        self._counted: dict[int, list[int]] = {}
        for area, place in self._places.items():
            if place is not None:
                self._counted.setdefault(place, []).append(area)

    def exists(self, area_id: int) -> bool:
        """Whether the area has begun and not stopped on the day."""
        return area_id in self._existing

    def place(self, area_id: int) -> int | None:
        """The existing area in which an entry recorded in ``area_id`` counts on the day.

        None for an area not known, and for one that left neither heir nor parent.
        """
        return self._places.get(area_id)

    def parent(self, area_id: int) -> int | None:
        """The existing area above: the place of the recorded parent.

        None for a root and for an area that does not exist on the day.
        """
        return self._parents.get(area_id)

    def children(self, area_id: int) -> tuple[int, ...]:
        """The existing areas right below, sorted by code."""
        return tuple(self._children.get(area_id, ()))

    def roots(self) -> tuple[int, ...]:
        """The existing areas with nothing above them, sorted by code."""
        return tuple(self._children.get(None, ()))

    def ancestors(self, area_id: int) -> tuple[int, ...]:
        """The areas above in which ``area_id`` counts, the nearest first.

        For an area that does not exist on the day they begin with its place.
        """
        found: list[int] = []
        at = self.parent(area_id) if self.exists(area_id) else self.place(area_id)
        while at is not None:
            found.append(at)
            at = self.parent(at)
        return tuple(found)

    def below(self, area_id: int) -> frozenset[int]:
        """Every area, existing or not, that counts in ``area_id`` on the day, itself included.

        Nothing counts in an area that does not exist on the day.
        """
        if area_id not in self._below:
            # Every page asks for the areas of its reader's posts: they are few, and worth keeping.
            self._below[area_id] = frozenset(self._find_below(area_id))
        return self._below[area_id]

    def leaves(self) -> frozenset[int]:
        """Every area known, existing or not."""
        return self._leaves

    def code(self, area_id: int) -> str:
        """区划代码; KeyError for an area not known."""
        return self._said[area_id].code

    def name(self, area_id: int) -> str:
        """The name on the day; after the stop the last one, before the beginning the first."""
        return self._said[area_id].name

    def kind(self, area_id: int) -> str:
        """区划类型, on the same days as ``name``."""
        return self._said[area_id].kind

    def _order(self, area: int) -> tuple[str, int]:
        return self._said[area].code, area

    def _meanings(self, area: int) -> Iterator[int]:
        """Existing areas that may stand for ``area``: itself, else by heirs, then by parents."""
        seen: set[int] = set()
        waiting = [area]
        while waiting:
            at = waiting.pop()
            if at in seen or at not in self._said:
                continue
            seen.add(at)
            if at in self._existing:
                yield at
            else:
                waiting.extend(reversed(self._said[at].successors(self.day)))

    def _find_below(self, area: int) -> Iterator[int]:
        waiting = [area] if self.exists(area) else []
        while waiting:
            at = waiting.pop()
            yield from self._counted[at]
            waiting.extend(self._children.get(at, ()))

    def _find_parents(self) -> dict[int, int]:
        """The effective parent of every existing area but the roots, free of circles.

        A circle arises where a stopped area was merged into one below it: the area that hung
        below the stopped one then falls to the next best parent.
        """
        choices: dict[int, list[int]] = {}
        for area in self._existing:
            above = self._said[area].parent
            if above is not None:
                choices[area] = [place for place in self._meanings(above) if place != area]
        parents = {area: found[0] for area, found in choices.items() if found}
        while circle := _circle(parents):
            area = min(circle, key=lambda x: (len(choices[x]) == 1, self._order(x)))
            del choices[area][0]
            if choices[area]:
                parents[area] = choices[area][0]
            else:
                del parents[area]
        return parents


def _circle(parents: dict[int, int]) -> list[int]:
    """The members of one circle; empty where every way up ends."""
    cleared: set[int] = set()
    for start in sorted(parents):
        way: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in cleared and at not in way:
            way[at] = None
            at = parents.get(at)
        if at is not None and at in way:
            steps = list(way)
            return steps[steps.index(at) :]
        cleared.update(way)
    return []


def tree_on(day: date, known_at: int | None = None) -> Tree:
    """The tree of ``day`` as known at change ``known_at``: by default, and beyond it, the newest."""
    return _tree(day, touching("areas", known_at=known_at))


@lru_cache(maxsize=TREES_KEPT)
def _tree(day: date, state: State) -> Tree:
    known = state.change
    believed = AreaVersion.objects.filter(
        Q(removed_in__isnull=True) | Q(removed_in__gt=known), added_in__lte=known
    )
    columns = ("entry_id", "valid_from", "valid_to", "code", "name", "kind", "parent_id", "heir_id")
    rows = believed.order_by("entry_id", "valid_from").values_list(*columns)
    return Tree(day, map(Spell._make, rows))


def everywhere(scope: Scope, tree: Tree) -> bool:
    """Whether a scope has every area of the tree, and with them all that stands in one.

    Where no area is known, only a scope of everything has them.
    """
    areas = scope.inside.get("areas", frozenset())
    return scope.everything or (bool(areas) and areas >= tree.leaves())


def area_by_code(code: str) -> int | None:
    """The area that bears ``code``; else the last one that was ever believed to."""
    if len(code) > _LONGEST or not code.isprintable():  # not every database can be asked for it
        return None
    return _by_code(touching("areas"), code)


@keep_answers(CODES_KEPT)
def _by_code(code: str) -> int | None:
    found = AreaVersion.objects.filter(code=code).order_by(
        F("removed_in").desc(nulls_first=True), "-vid"
    )
    return found.values_list("entry_id", flat=True).first()


def root_area(day: date, known_at: int | None = None) -> int:
    """The one area at the top on ``day``, else the one of today; WrongUse where it is not one."""
    words = RootWords("区划", "最上一级区划", "--area", "区划代码", "代码")
    return the_root(tree_on, day, known_at, words)


class RootWords(NamedTuple):
    """How a missing root is said: what stands in the tree, at its top, and how one is named."""

    noun: str
    top: str
    option: str
    given: str
    by: str


def the_root(
    tree_of: Callable[[date, int | None], Tree], day: date, known_at: int | None, words: RootWords
) -> int:
    """The one root of a tree on ``day``, else that of today; WrongUse where it is not one."""
    tree = tree_of(day, known_at)
    if not tree.roots():
        # Before anything began, or asked of a time that knew nothing: the root of today.
        tree = tree_of(today(), None)
    roots = tree.roots()
    if len(roots) == 1:
        return roots[0]
    noun, top, option, given, by = words
    if not roots:
        raise WrongUse(f"{day} 没有任何{noun}，请先导入{noun}台账，或用 {option} 指定{given}。")
    named = "、".join(f"{tree.name(root)}（{tree.code(root)}）" for root in roots[:5])
    more = "等" if len(roots) > 5 else ""
    raise WrongUse(
        f"{day} 有 {len(roots)} 个{top}：{named}{more}，请用 {option} 指定其中一个的{by}。"
    )
