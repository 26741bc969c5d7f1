"""Where a row's entry stands, as scopes see it: the place recorded and the place stated."""

from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.lookup import SELF, References, Target, place_ledger
from gongjian.ledgers.matching import Group
from gongjian.ledgers.rows import Row

Standing = tuple[tuple[str, int], ...]


def standings(ledger: Ledger, row: Row, group: Group | None, refs: References) -> list[Standing]:
    """Every standing that must lie within the scope of whoever brings this row."""
    if ledger.place == SELF:
        return _of_place(ledger, row, group, refs)
    stated = row.cells.get(ledger.place)
    found = [] if stated is None else [stated]
    recorded = _recorded(ledger, group)
    asked = ledger.moves_within or not found or _unproven(ledger, row, group)
    if recorded is not None and asked:
        found.append(recorded)
    to = place_ledger(ledger)
    targets = [refs.get(to, place) for place in found]
    own = _own(ledger, row, group)
    return [(*own, *target.standing) for target in targets if target is not None]


def _unproven(ledger: Ledger, row: Row, group: Group | None) -> bool:
    """Must the place recorded agree, though the place stated decides of such an entry?

    Where only a system number says whom the row means: numbers are counted up, so anybody's can
    be guessed, while a key is known to whoever has the paper. And where a value of the whole
    entry would be another one: that rewrites what the other place recorded.
    """
    if group is None or group.line is None:
        return False
    whole = group.line.whole
    known = any(
        all(other.cells.get(name) == whole.get(name) for name in ledger.keys[0])
        for other in group.rows
        if all(name in other.cells and name in whole for name in ledger.keys[0])
    )
    if row.by_number and not known:
        return True
    told = {name: row.cells[name] for name in whole if row.cells.get(name) is not None}
    return any(value != whole[name] for name, value in told.items())


def _own(ledger: Ledger, row: Row, group: Group | None) -> Standing:
    """The entry itself; a new one stands with the entry of its own ledger it is put under."""
    if group is not None and group.entry > 0:
        return ((ledger.slug, group.entry),)
    above = (row.cells.get(c.field) for c in ledger.ref_columns if c.ref.to == ledger.slug)
    return tuple((ledger.slug, id_) for id_ in above if isinstance(id_, int) and id_ > 0)


def _recorded(ledger: Ledger, group: Group | None) -> int | None:
    if group is None or group.line is None or not group.line.periods:
        return None
    if ledger.place in ledger.shape.whole:
        whole: int | None = group.line.whole.get(ledger.place)
        return whole
    return _latest(group, ledger.place)


def _latest(group: Group | None, name: str) -> int | None:
    """The value of a dated reference that was told for the latest day."""
    if group is None or group.line is None or not group.line.points.get(name):
        return None
    told = group.line.points[name]
    value: int | None = told[max(told)]
    return value


def _of_place(ledger: Ledger, row: Row, group: Group | None, refs: References) -> list[Standing]:
    """A place stands at itself; a new or moved one also under the place it is put into."""
    found: list[Standing] = []
    if group is not None and group.entry > 0:
        found.append(((ledger.slug, group.entry),))
    for column in ledger.ref_columns:
        stated = row.cells.get(column.field)
        target = refs.get(ledger.slug, stated)
        moves = stated != _latest(group, column.field)
        if target is not None and moves and column.field != ledger.heir:
            found.append(_chain(ledger, column.field, target, refs))
    return found


def _chain(ledger: Ledger, field: str, target: Target, refs: References) -> Standing:
    """The target, or, where the file itself brings it, the first place above that is recorded."""
    seen: set[int] = set()
    at: Target | None = target
    while at is not None and at.id < 0 and at.id not in seen:
        seen.add(at.id)
        above = at.spans[-1].extras.get(field)
        at = refs.get(ledger.slug, above)
    return ((ledger.slug, at.id),) if at is not None and at.id > 0 else ()
