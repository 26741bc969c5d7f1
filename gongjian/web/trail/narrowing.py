"""What a link says to somebody whose scope does not reach all that it tells of."""

from typing import Any, Final

from gongjian.core.access import Scope
from gongjian.web.trail.flows import KIND as FLOW
from gongjian.web.trail.flows import Cases
from gongjian.web.trail.queries import Link, whole

BRIDGE: Final = "bridge"
CALENDAR: Final = "calendar"

_KEPT: Final = ("deed", "flow", "change", "actor", "name")
"""What does not tell anything of what lies outside: what was done, and by whom."""


def reaches_outside(link: Link, scope: Scope, cases: Cases) -> bool:
    """Does a link tell of cases, paper totals or deadlines that do not all lie within?

    A calendar is one for all places, and its link names every deadline that moved: it always
    does. Asked only of a scope that does not hold everything.
    """
    if link.kind == FLOW:
        return not cases.all_within(link.said)
    if link.kind == BRIDGE:
        return not scope.covers([("areas", whole(link.said.get("area")))])
    return link.kind == CALENDAR


def narrowed(link: Link, cases: Cases) -> dict[str, Any]:
    """What is left of such a link; of what lies outside, only how much it is."""
    if link.kind == CALENDAR:
        moved = link.said.get("moved")
        return link.said | {"moved": f"{len(moved)} 件" if isinstance(moved, list) else ""}
    kept = {name: value for name, value in link.said.items() if name in _KEPT}
    return kept | {"outside": f"{cases.outside(link.said)} 件"} if link.kind == FLOW else kept
