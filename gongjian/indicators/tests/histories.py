"""Small histories made by hand: rows of version tables as if changes had written them."""

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
        for shape in SHAPES:
            said = [(vid, f) for vid, f in enumerate(self.facts, 1) if f.ledger == shape.slug]
            entry_model, version_model = _table(shape.entry_model), _table(shape.version_model)
            entries = sorted({fact.entry for _, fact in said})
            entry_model.objects.bulk_create(entry_model(pk=entry) for entry in entries)
            version_model.objects.bulk_create(version_model(**_row(*one)) for one in said)
        Head.objects.update(change=self.newest, digest=uuid4().hex)


def _table(model: Any) -> Any:
    """A model whose columns only its ledger knows."""
    return model


def _row(vid: int, fact: Fact) -> dict[str, Any]:
    frame = {"valid_from": fact.begins, "valid_to": fact.ends, "opened": fact.begins, "stated": 0}
    known = {"added_in": fact.added, "removed_in": fact.removed}
    return {"vid": vid, "entry_id": fact.entry, **frame, **known, **fact.values}
