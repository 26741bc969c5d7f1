"""What came and went in a month, by name: of an area with units below, put together from theirs."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from gongjian.areas.queries import Tree, tree_on
from gongjian.history.state import one_moment
from gongjian.indicators.declare import CATALOG, Net
from gongjian.indicators.rows import Row
from gongjian.indicators.several import rows_together
from gongjian.indicators.store.felt import KeptByPlace
from gongjian.reporting.queries import UNITS, leaves_asked, units_below, years_asked
from gongjian.reporting.rules import CHANGES, Period

Changes = Mapping[str, Sequence[Row]]
"""Code of a figure → its rows, in the order of their places and keys."""


def month_changes(period: Period, area_id: int) -> Changes:
    """What came (+) and went (−) in a unit since the last cut-off day, by name, by figure.

    Kept until a change is felt in the unit: nobody may alter the rows. So of a county one township
    is read again after a change, not a hundred thousand members.
    """
    return _kept(period, area_id)


@one_moment()
def _found(period: Period, area_id: int) -> Changes:
    below = _lasting_parts(period, area_id)
    if not below:
        return _rows(period, area_id)
    parts = [_kept_own(period, area_id), *(_kept(period, each) for each in below)]
    return {code: _put_together(code, parts) for code in CHANGES}


def _own(period: Period, area_id: int) -> Changes:
    return _rows(period, area_id, own=True)


def _own_leaves(period: Period, area_id: int) -> frozenset[int]:
    tree = tree_on(period.cut_off)
    return frozenset(leaf for leaf in tree.below(area_id) if tree.place(leaf) == area_id)


def _rows(period: Period, area_id: int, *, own: bool = False) -> Changes:
    start = period.year_start
    return rows_together(CHANGES, day=period.cut_off, node=area_id, year_start=start, own=own)


_kept = KeptByPlace(_found, years=years_asked, leaves=leaves_asked, most=UNITS)
_kept_own = KeptByPlace(_own, years=years_asked, leaves=_own_leaves, most=UNITS)


def _lasting_parts(period: Period, area_id: int) -> tuple[int, ...]:
    """What lies right below an area with units, if on both days all in it lay and was coded alike.

    Else what came and went in the parts is not what came and went in the whole: a township that
    was merged into another took all its people along.
    """
    tree = tree_on(period.cut_off)
    alike = _layout(tree, area_id) == _layout(tree_on(period.previous.cut_off), area_id)
    return tree.children(area_id) if alike and units_below(tree, area_id) else ()


def _layout(tree: Tree, area_id: int) -> list[Mapping[int, object]]:
    placed = {leaf: tree.place(leaf) for leaf in tree.below(area_id)}
    codes = {place: tree.code(place) for place in placed.values() if place is not None}
    return [placed, codes, {part: tree.below(part) for part in tree.children(area_id)}]


def _put_together(code: str, parts: Iterable[Changes]) -> list[Row]:
    rows = [row for part in parts for row in part[code]]
    if isinstance(CATALOG.asked([code])[0], Net):
        rows = _nets(rows)
    return sorted(rows, key=itemgetter("area", "key", "id"))


def _nets(rows: Iterable[Row]) -> list[Row]:
    """Who went from one part to another came and went: together nothing.

    What is left of somebody stands where they came.
    """
    found: dict[int, Row] = {}
    for row in rows:
        held = found.get(row["id"])
        if held is None:
            found[row["id"]] = row
        else:
            came = max(held, row, key=itemgetter("value"))
            found[row["id"]] = {**came, "value": held["value"] + row["value"]}
    return [row for row in found.values() if row["value"]]
