"""Does a whole change lie within somebody's scope?"""

from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope
from gongjian.history import sql
from gongjian.history.undo import Touched
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF, References, place_ledger


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
