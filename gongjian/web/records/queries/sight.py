"""Scope as a condition in SQL: which versions tell of an entry that somebody may see."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

from collections.abc import Iterable
from typing import Any

from gongjian.core.access import Scope
from gongjian.history import sql
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF, place_ledger


def within(ledger: Ledger, scope: Scope, alias: str) -> tuple[str, list[Any]]:
    """A condition that a version (``alias``) tells of an entry within the scope, and its values."""
    if scope.everything:
        return "1 = 1", []
    parts: list[str] = []
    values: list[Any] = []
    own = scope.inside.get(ledger.slug)
    if own:
        parts.append(sql.in_list(f"{alias}.entry_id"))
        values.append(sql.as_list(sorted(own)))
    to = place_ledger(ledger)
    if to and ledger.place != SELF:
        column = f'{alias}."{ledger.shape.columns_of(ledger.place)[0]}"'
        part, more = _placed(LEDGERS[to], scope, column, alias + "p")
        parts.append(part)
        values += more
    return ("(" + " OR ".join(parts) + ")" if parts else "1 = 0"), values


def _placed(above: Ledger, scope: Scope, column: str, alias: str) -> tuple[str, list[Any]]:
    own = scope.inside.get(above.slug)
    if above.place in ("", SELF):
        return (sql.in_list(column), [sql.as_list(sorted(own))]) if own else ("1 = 0", [])
    where, values = within(above, scope, alias)
    inside = f'SELECT {alias}.entry_id FROM "{above.shape.table}" {alias} WHERE {where}'
    return f"{column} IN ({inside})", values


def inside(ledger: Ledger, entries: Iterable[int], scope: Scope) -> set[int]:
    """Of these entries those of which any version lies within the scope."""
    where, values = within(ledger, scope, "v")
    query = f'SELECT DISTINCT v.entry_id FROM "{ledger.shape.table}" v WHERE {where} AND'
    return {e for (e,) in sql.fetch_in(query, "v.entry_id", entries, *values)}
