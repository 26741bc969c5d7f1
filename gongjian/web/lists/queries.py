"""A page of a list with all it names, in a handful of queries whatever its length."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from gongjian.areas.queries import tree_on as areas_on
from gongjian.history import sql
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.questions import Moment
from gongjian.web.lists.ground import latest
from gongjian.web.lists.walk import EFFORT, Key, Position, Walk

MOST_COUNTED = 10_000
"""Beyond it a count says so: to count on would read every row."""


class Listed(NamedTuple):
    """One row: its entry, its values by field, the first day of its period."""

    entry: int
    values: dict[str, Any]
    opened: date


Names = dict[tuple[str, int], str]
"""(ledger, entry) → what it is called on the day."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Rows in their order, what they refer to, and where the pages beside begin.

    ``stopped`` is where it ended for the effort it took, before it was full.
    """

    rows: list[Listed] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    after: Position | None = None
    before: Position | None = None
    stopped: Position | None = None


def page_of(
    walk: Walk,
    size: int,
    after: Position | None = None,
    before: Position | None = None,
    *,
    effort: int = EFFORT,
) -> Page:
    """The page after, or before, a position; the first one without any."""
    keys, stopped = walk.page(size + 1, after=after, before=before, effort=effort)
    more = len(keys) > size
    back = before is not None
    keys = keys[-size:] if back else keys[:size]
    if not keys:
        return Page(stopped=stopped)
    rows = rows_of(walk.ground.ledger, keys)
    return Page(
        rows=rows,
        names=names_of(walk.ground.ledger, rows, walk.ground.moment),
        after=keys[-1].position if more or back else None,
        before=keys[0].position if (more if back else after is not None) else None,
        stopped=stopped,
    )


def rows_of(ledger: Ledger, keys: Sequence[Key]) -> list[Listed]:
    """The rows of ``keys`` in their order."""
    shape = ledger.shape
    names = ", ".join(f'"{name}"' for name in ("vid", "entry_id", "opened", *shape.columns))
    query = f'SELECT {names} FROM "{shape.table}" WHERE'
    stored = {row[0]: row for row in sql.fetch_in(query, "vid", [key.vid for key in keys])}
    return [_listed(ledger, stored[key.vid]) for key in keys]


def _listed(ledger: Ledger, row: tuple[Any, ...]) -> Listed:
    _, entry, opened, *columns = row
    values = dict(zip(ledger.shape.fields, ledger.shape.unpack(tuple(columns)), strict=True))
    values["opened"] = opened
    return Listed(entry, values, opened)


def names_of(ledger: Ledger, rows: Iterable[Listed], moment: Moment) -> Names:
    """What everything that ``rows`` refer to is called on the day, by name, else by code."""
    wanted: dict[str, set[int]] = {column.ref.to: set() for column in ledger.ref_columns}
    for row in rows:
        for column in ledger.ref_columns:
            entry = row.values[column.field]
            if entry is not None:
                wanted[column.ref.to].add(entry)
    found: Names = {}
    for slug, entries in wanted.items():
        if entries:
            found |= called(slug, entries, moment)
    return found


def called(slug: str, entries: Iterable[int], moment: Moment) -> Names:
    """What entries of one ledger are called on the day."""
    if slug == "areas":
        tree = areas_on(moment.day, moment.known)
        known = tree.leaves()
        return {(slug, entry): tree.name(entry) for entry in entries if entry in known}
    target = LEDGERS[slug]
    knowing, params = moment.knowing()
    query = (
        f'SELECT v.entry_id, v.valid_from, v."{target.name or target.code}"'
        f' FROM "{target.shape.table}" v WHERE {knowing} AND'
    )
    rows = sql.fetch_in(query, "v.entry_id", entries, *params)
    return {(slug, entry): name for entry, (name,) in latest(rows, moment.day).items()}
