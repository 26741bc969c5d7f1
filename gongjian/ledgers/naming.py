"""What entries are called: by their name, else by their code, on a day and as known then."""

from collections.abc import Iterable
from datetime import date

from gongjian.history import sql
from gongjian.ledgers.declare import LEDGERS, Ledger


def naming_field(ledger: Ledger) -> str:
    """The field that says what an entry is called; blank where entries only tie others together."""
    return ledger.name or ledger.code


def names_of(
    slug: str, entries: Iterable[int], day: date | None = None, known_at: int | None = None
) -> dict[int, str]:
    """What each entry is called on ``day``, else was last called before it, else will be first.

    Without ``day`` what it was called last. ``known_at`` as everywhere: None is all that is known.
    Entries of which nothing was known, and ledgers whose entries bear no name, are left out.
    """
    ledger = LEDGERS[slug]
    word = naming_field(ledger)
    wanted = [entry for entry in dict.fromkeys(entries) if entry > 0]
    if not word or not wanted:
        return {}
    knowing, params = "removed_in IS NULL", list[int]()
    if known_at is not None:
        knowing = "added_in <= %s AND (removed_in IS NULL OR removed_in > %s)"
        params = [known_at, known_at]
    query = f'SELECT entry_id, valid_from, "{word}" FROM "{ledger.shape.table}" WHERE {knowing} AND'
    found: dict[int, tuple[date, str]] = {}
    for entry, begins, name in sql.fetch_in(query, "entry_id", wanted, *params):
        held = found.get(entry)
        if held is None or _nearer(begins, held[0], day):
            found[entry] = begins, str(name or "")
    return {entry: name for entry, (_, name) in found.items()}


def _nearer(one: date, other: date, day: date | None) -> bool:
    """Does what begins on ``one`` say more of ``day`` than what begins on ``other``?"""
    if day is None or one <= day:
        return one > other or (day is not None and other > day)
    return other > day and one < other
