"""What a list must hold, worked out from the tables row by row and without any of its SQL."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.access import Scope
from gongjian.history.models import Version
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.lookup import SELF


@dataclass(frozen=True)
class Truth:
    """One row that holds on the day: its entry, its stored values, where it stands."""

    entry: int
    values: dict[str, Any]
    chain: tuple[tuple[str, int], ...]

    def at(self, slug: str) -> int | None:
        return dict(self.chain).get(slug)


def known(slug: str, change: int | None) -> list[Version]:
    """Every version believed at a change, in the order of days."""
    versions = LEDGERS[slug].version_model._default_manager.order_by("valid_from", "vid")
    return [
        v
        for v in versions
        if (v.removed_in is None or (change is not None and v.removed_in > change))
        and (change is None or v.added_in <= change)
    ]


def rows_on(slug: str, day: date, change: int | None = None) -> list[Truth]:
    """The rows of a ledger on a day."""
    return [
        Truth(v.entry_id, vars(v), _chain(slug, v, day, change))  # type: ignore[attr-defined]
        for v in known(slug, change)
        if v.valid_from <= day and (v.valid_to is None or v.valid_to > day)
    ]


def _chain(slug: str, version: Any, day: date, change: int | None) -> tuple[tuple[str, int], ...]:
    own = (slug, version.entry_id)
    ledger = LEDGERS[slug]
    if ledger.place in ("", SELF):
        return (own,)
    to = ledger.by_field[ledger.place].ref.to
    place = getattr(version, f"{ledger.place}_id")
    if to == "areas":
        return (own, ("areas", place))
    versions = [v for v in known(to, change) if v.entry_id == place]  # type: ignore[attr-defined]
    begun = [v for v in versions if v.valid_from <= day]
    return (own, *_chain(to, begun[-1] if begun else versions[0], day, change))


def in_order(rows: list[Truth], day: date, change: int | None, container: str) -> list[int]:
    """Entries in the order of a list by areas; ``container`` is the ledger rows stand under."""
    tree = areas_on(day, change)

    def key(row: Truth) -> tuple[Any, ...]:
        leaf = row.at("areas")
        assert leaf is not None
        place = tree.place(leaf)
        return tree.code(leaf if place is None else place), leaf, row.at(container), row.entry

    return [row.entry for row in sorted(rows, key=key)]


def seen_by_area(rows: list[Truth], scope: Scope) -> list[Truth]:
    """Rows that stand in an area of the scope."""
    if scope.everything:
        return rows
    inside = scope.inside.get("areas", frozenset())
    return [row for row in rows if row.at("areas") in inside]


def seen_by_union(rows: list[Truth], scope: Scope) -> list[Truth]:
    """Rows that stand at a union of the scope, or at one that stands in an area of it."""
    unions = scope.inside.get("unions", frozenset())
    by_area = {row.entry for row in seen_by_area(rows, scope)}
    return [row for row in rows if row.at("unions") in unions or row.entry in by_area]
