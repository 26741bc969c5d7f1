"""Scope over the rows of ledgers: what lies within, in SQL, and whether a whole change does."""

from collections.abc import Iterable
from typing import Any

from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope
from gongjian.history import sql
from gongjian.history.undo import Touched
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF, References, place_ledger


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
    # Asked row by row: all that stand within would be read first, for the few rows of a page.
    standing = f'"{above.shape.table}" {alias} WHERE {alias}.entry_id = {column} AND {where}'
    return f"EXISTS (SELECT 1 FROM {standing})", values


def inside(ledger: Ledger, entries: Iterable[int], scope: Scope) -> set[int]:
    """Of these entries those of which any version lies within the scope."""
    where, values = within(ledger, scope, "v")
    query = f'SELECT DISTINCT v.entry_id FROM "{ledger.shape.table}" v WHERE {where} AND'
    return {e for (e,) in sql.fetch_in(query, "v.entry_id", entries, *values)}


def require_touched_within(touched: Touched, change: int, scope: Scope) -> None:
    """Raise NotInScope where ``change`` touched an entry that stands outside ``scope``."""
    if scope.everything:
        return
    for slug, entries in touched.items():
        ledger = LEDGERS[slug]
        if not ledger.place:
            continue
        refs = References(scope)
        to = place_ledger(ledger)
        places = [(e, e) for e in entries] if ledger.place == SELF else _places(ledger, change)
        refs.load(to, {place for _, place in places})
        for entry, place in places:
            target = refs.get(to, place)
            if target is None or not scope.covers(((slug, entry), *target.standing)):
                raise NotInScope(
                    f"变更 {change} 动过您管理范围以外的{ledger.title}，请交由上级工会撤销。"
                )


def _places(ledger: Ledger, change: int) -> list[tuple[int, int]]:
    """Every touched entry with every place where the change saw it."""
    column = ledger.shape.columns_of(ledger.place)[0]
    rows = sql.fetch(
        f'SELECT DISTINCT entry_id, "{column}" FROM "{ledger.shape.table}"'
        " WHERE added_in = %s OR removed_in = %s",
        [change, change],
    )
    return [(entry, place) for entry, place in rows]
