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
        places = entries if ledger.place == SELF else _places(ledger, change)
        refs.load(to, places)
        standings = [t.standing for p in places if (t := refs.get(to, p)) is not None]
        if len(standings) < len(places) or not all(scope.covers(s) for s in standings):
            raise NotInScope(
                f"变更 {change} 动过您管理范围以外的{ledger.title}，请交由上级工会撤销。"
            )


def _places(ledger: Ledger, change: int) -> list[int]:
    column = ledger.shape.columns_of(ledger.place)[0]
    rows = sql.fetch(
        f'SELECT DISTINCT "{column}" FROM "{ledger.shape.table}"'
        " WHERE added_in = %s OR removed_in = %s",
        [change, change],
    )
    return [place for (place,) in rows]
