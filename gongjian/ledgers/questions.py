"""What can be asked of the rows of a ledger on a day, in words and in SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gongjian.history import state

Condition = tuple[str, list[Any]]
"""A condition on a version ``v`` in SQL, and its parameters."""


class Moment(NamedTuple):
    """A day and the change it is seen from; ``known`` is None for what is believed now."""

    day: date
    known: int | None = None

    @classmethod
    def of(cls, day: date, known_at: int | None) -> "Moment":
        """The moment of a page; knowledge at or beyond the newest change is that of now."""
        past = known_at is not None and known_at < state.latest().change
        return cls(day, known_at if past else None)

    def held(self, alias: str = "v") -> Condition:
        """A condition for the versions that hold on the day, as known."""
        known, params = self.knowing(alias)
        holds, days = self.holding(alias)
        return f"{known} AND {holds}", [*params, *days]

    def holding(self, alias: str = "v") -> Condition:
        """A condition for the versions that hold on the day, whenever they were known."""
        day = self.day.isoformat()
        holds = f"{alias}.valid_from <= %s AND ({alias}.valid_to IS NULL OR {alias}.valid_to > %s)"
        return holds, [day, day]

    def knowing(self, alias: str = "v") -> Condition:
        """A condition for all versions that are known."""
        if self.known is None:
            return f"{alias}.removed_in IS NULL", []
        known = (
            f"({alias}.removed_in IS NULL OR {alias}.removed_in > %s) AND {alias}.added_in <= %s"
        )
        return known, [self.known, self.known]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something often asked of a ledger: its word in addresses, its title, what exactly it lists,
    and the condition on a version ``v`` at a moment. ``problem``: its rows want mending, and no
    figure counts them."""

    code: str
    title: str
    help: str
    where: Callable[[Moment], Condition]
    problem: bool = False


def on_day(text: str) -> Callable[[Moment], Condition]:
    """The same condition on every day; each ``%s`` in it stands for that day."""

    def where(moment: Moment) -> Condition:
        return text, [moment.day.isoformat()] * text.count("%s")

    return where


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBy:
    """A field by whose beginning the search finds entries, sensitive ones by the whole of it.

    ``title`` is what its hits are headed with where the name of the ledger does not say enough.
    """

    field: str
    title: str = ""
