"""Which cases the links of flows tell of: by name and place, as far as a scope reaches."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gongjian.core.access import Scope
from gongjian.ledgers.naming import names_of
from gongjian.web.trail.queries import Link, whole
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Case

KIND: Final = "flow"
MOST: Final = 50
"""Cases of one link that are looked at for a line of the list."""

LISTS: Final = ("passages", "cases", "todos")
"""Where a body has what it says of each case: a number, or a list that begins with it."""


def numbers_of(said: Mapping[str, Any]) -> list[int]:
    """The numbers of the cases that a body names, each once, in order."""
    lists = (said.get(name) for name in LISTS)
    listed = (one for found in lists if isinstance(found, list) for one in found)
    named = (one[0] if isinstance(one, list) and one else one for one in listed)
    return list(dict.fromkeys(n for n in map(whole, (said.get("case"), *named)) if n))


@dataclass(slots=True)
class Cases:
    """The cases within a scope that links tell of, and what their places are called."""

    found: dict[int, Case] = field(default_factory=dict)
    places: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, links: Iterable[Link], scope: Scope, *, most: int = MOST) -> "Cases":
        """Those of these links, ``most`` of each: one query, and two for each kind of place.

        All of a link with a reason, which is shown only where every case lies within.
        """
        numbers = {
            n
            for link in links
            if link.kind == KIND
            for n in numbers_of(link.said)[: None if link.said.get("reason") else most]
        }
        if not numbers:
            return cls()
        known = {flow.slug: flow.standing for flow in FLOWS}
        found = {
            pk: case
            for pk, case in Case.objects.in_bulk(numbers).items()
            if case.flow in known and scope.covers([(known[case.flow], case.place_id)])
        }
        wanted: dict[str, set[int]] = {}
        for case in found.values():
            wanted.setdefault(known[case.flow], set()).add(case.place_id)
        places = {
            (slug, place): name
            for slug, entries in wanted.items()
            for place, name in names_of(slug, entries).items()
        }
        return cls(found, places)

    def of_link(self, said: Mapping[str, Any]) -> list[Case]:
        """The cases within that one link tells of."""
        return [self.found[n] for n in numbers_of(said) if n in self.found]

    def title(self, case: Case) -> str:
        """甲的许可（城厢街道）; a title that names the place needs not say it twice."""
        place = self.places.get((FLOWS[case.flow].standing, case.place_id), "")
        return case.title if not place or place in case.title else f"{case.title}（{place}）"

    def told(self, said: Mapping[str, Any]) -> str:
        """The cases of a link in a few words."""
        many, within = len(numbers_of(said)), self.of_link(said)
        if not within:
            return f"{many} 件" if many > 1 else ""
        first = self.title(within[0])
        return first if many == 1 else f"{first}等 {many} 件"

    def all_within(self, said: Mapping[str, Any]) -> bool:
        """Does a link tell of no case outside?"""
        return self.outside(said) == 0

    def outside(self, said: Mapping[str, Any]) -> int:
        """Of how many cases outside a link tells."""
        return sum(n not in self.found for n in numbers_of(said))


Address = Callable[[Case], str]
"""Where a case opens for whoever looks; blank where it does not."""
