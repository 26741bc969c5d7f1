"""Which unions stand below which on a day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from gongjian.unions.models import UnionVersion


def branch_of(union_ids: Collection[int], day: date) -> frozenset[int]:
    """``union_ids`` and all unions below them by superior on ``day``, as believed now.

    What a dissolved union left stays under its last superior, so dissolved unions lie in the
    branch too, with the unions still recorded below them; a union not yet founded lies where
    it will begin. A union that does not exist on the day has no branch.
    """
    superior: dict[int, int | None] = {}
    existing: set[int] = set()
    believed = UnionVersion.objects.filter(removed_in__isnull=True).order_by("entry", "valid_from")
    rows = believed.values_list("entry_id", "valid_from", "valid_to", "superior_id")
    for union, begins, ends, above in rows.iterator():
        if union not in superior or begins <= day:
            superior[union] = above
        if begins <= day and (ends is None or day < ends):
            existing.add(union)
    below: dict[int | None, list[int]] = defaultdict(list)
    for child, over in superior.items():
        below[over].append(child)
    found: set[int] = set()
    waiting = [union for union in union_ids if union in existing]
    while waiting:
        union = waiting.pop()
        if union not in found:
            found.add(union)
            waiting.extend(below[union])
    return frozenset(found)
