"""Who may ever count at some leaves, looked up by index."""

from typing import Any

from gongjian.history.shapes import SHAPES
from gongjian.history.sql import fetch_in
from gongjian.indicators.declare import Base, Link


class Standing:
    """Who stands where, each link asked for once: bases of one room stand alike."""

    def __init__(self) -> None:
        self._held: dict[tuple[Any, ...], list[int]] = {}

    def at(self, base: Base, leaves: list[int], most: int) -> list[int] | None:
        """The entities of ``base`` that may ever count at ``leaves``.

        None for one that stands on nothing that is looked up, and for more than ``most``.
        """
        ids: list[int] = leaves
        key: tuple[Any, ...] = (tuple(leaves),)
        for link in base.stands:
            key = *key, link
            if key not in self._held:
                self._held[key] = _linked(link, ids)
            ids = self._held[key]
            if len(ids) > most:
                return None
        return ids if base.stands else None


def standing(base: Base, leaves: list[int], most: int) -> list[int] | None:
    """As ``Standing.at``, for one question."""
    return Standing().at(base, leaves, most)


def _linked(link: Link, ids: list[int]) -> list[int]:
    query = (
        f'SELECT DISTINCT "{link.entity}" FROM "{SHAPES[link.ledger].table}"'
        " WHERE removed_in IS NULL AND"
    )
    return [entity for (entity,) in fetch_in(query, f'"{link.by}"', ids)]
