"""Where an area stands, as far as checks of other ledgers ask."""

from gongjian.areas.enums import COUNTY_KINDS
from gongjian.ledgers.lookup import References


def county_of(area: int | None, refs: References) -> int | None:
    """The nearest area of county level at or above ``area``; the topmost where there is none."""
    seen: set[int] = set()
    at = area
    while at is not None and at not in seen:
        seen.add(at)
        refs.load("areas", [at])
        target = refs.get("areas", at)
        above = target.latest("parent") if target else None
        if target is None or target.latest("kind") in COUNTY_KINDS or above is None:
            return at
        at = above
    return at
