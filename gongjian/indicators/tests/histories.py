"""Small histories made by hand: rows of version tables as if changes had written them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from gongjian.history.models import Head
from gongjian.history.shapes import SHAPES


@dataclass(frozen=True)
class Fact:
    """One version row: what held of an entry on some days, known from one change to another."""

    ledger: str
    entry: int
    begins: date
    ends: date | None
    added: int
    removed: int | None
    values: dict[str, Any]

    def holds(self, day: date, known: int) -> bool:
        believed = self.added <= known and (self.removed is None or self.removed > known)
        return believed and self.begins <= day and (self.ends is None or day < self.ends)


@dataclass
class History:
    """Facts, written in one go; ``newest`` is the number of the newest change."""

    facts: list[Fact] = field(default_factory=list)
    newest: int = 1

    def say(
        self,
        ledger: str,
        entry: int,
        days: tuple[date, date | None],
        known: tuple[int, int | None] = (1, None),
        **values: Any,
    ) -> None:
        """``values`` held of ``entry`` during ``days`` (last one excluded)."""
        self.facts.append(Fact(ledger, entry, *days, *known, values))

    def write(self) -> None:
        """Put the facts into the database; the head of the chain moves to the newest change."""
        rows = defaultdict(list)
        for vid, fact in enumerate(self.facts, start=1):
            rows[fact.ledger].append(
                SHAPES[fact.ledger].version_model(
                    vid=vid,
                    entry_id=fact.entry,
                    valid_from=fact.begins,
                    valid_to=fact.ends,
                    opened=fact.begins,
                    stated=0,
                    added_in=fact.added,
                    removed_in=fact.removed,
                    **fact.values,
                )
            )
        for shape in SHAPES:
            entries = {f.entry for f in self.facts if f.ledger == shape.slug}
            shape.entry_model._default_manager.bulk_create(
                [shape.entry_model(pk=entry) for entry in sorted(entries)]
            )
            shape.version_model._default_manager.bulk_create(rows[shape.slug])
        Head.objects.update(change=self.newest, digest=uuid4().hex)
