"""Who opened the records of persons, for whoever audits."""

from dataclasses import dataclass, field
from typing import Final

from gongjian.core.access import Scope
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.records.models import Opening
from gongjian.web.records.queries.sight import inside

PAGE: Final = 50
_ROUNDS: Final = 4
"""Pages looked through for those within the scope before the reader is asked to go on."""


@dataclass(slots=True)
class Looked:
    """Openings, newest first; ``next`` is the number to go on below, None at the end."""

    openings: list[Opening] = field(default_factory=list)
    next: int | None = None


def openings(scope: Scope, *, who: str, entry: int | None, below: int | None) -> Looked:
    """The openings of records within the scope, by ``who`` and of ``entry`` where told."""
    asked = Opening.objects.order_by("-pk")
    if who:
        asked = asked.filter(name=who)
    if entry is not None:
        asked = asked.filter(ledger__in=[x.slug for x in LEDGERS if x.of_persons], entry=entry)
    found = Looked()
    for _ in range(_ROUNDS):
        rows = list((asked.filter(pk__lt=below) if below else asked)[: PAGE + 1])
        seen = _seen(rows[:PAGE], scope)
        found.openings += [row for row in rows[:PAGE] if (row.ledger, row.entry) in seen]
        below = rows[PAGE - 1].pk if len(rows) > PAGE else None
        if below is None or len(found.openings) >= PAGE:
            break
    found.next = below
    if len(found.openings) > PAGE:
        found.openings = found.openings[:PAGE]
        found.next = found.openings[-1].pk
    return found


def _seen(rows: list[Opening], scope: Scope) -> set[tuple[str, int]]:
    entries: dict[str, set[int]] = {}
    for row in rows:
        entries.setdefault(row.ledger, set()).add(row.entry)
    return {
        (slug, entry)
        for slug, wanted in entries.items()
        for entry in inside(LEDGERS[slug], wanted, scope)
    }
