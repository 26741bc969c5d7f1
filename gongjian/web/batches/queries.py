"""What is recorded of many rows: their present values, their names on a day, who changed them."""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from gongjian.history import sql
from gongjian.ledgers.declare import Column, Ledger, Ref
from gongjian.ledgers.questions import Moment
from gongjian.web.lists.queries import called
from gongjian.web.text import ABSENT
from gongjian.web.wording.values import plain


def digest(entries: Sequence[int]) -> str:
    """What is the same as long as the same rows are chosen."""
    return hashlib.sha256(repr(sorted(entries)).encode()).hexdigest()


def changed_since(ledger: Ledger, entries: Sequence[int], base: int) -> list[int]:
    """Those of ``entries`` of which something was told or taken back after change ``base``."""
    query = (
        f'SELECT DISTINCT entry_id FROM "{ledger.shape.table}"'
        " WHERE (added_in > %s OR removed_in > %s) AND"
    )
    return sorted(e for (e,) in sql.fetch_in(query, "entry_id", entries, base, base))


def present_values(
    ledger: Ledger, column: Column, entries: Sequence[int], day: date
) -> list[tuple[str, int]]:
    """The words of a column with how many of the rows say so on the day, most first."""
    moment = Moment(day, None)
    fields = [column.field]
    if isinstance(column.kind, Ref) and column.kind.or_text:
        fields.append(column.kind.or_text)
    names = ", ".join(f'v."{ledger.shape.columns_of(name)[0]}"' for name in fields)
    found: Counter[tuple[Any, ...]] = Counter()
    for *values, count in _grouped(ledger, names, entries, moment):
        found[tuple(values)] += count
    words: dict[tuple[str, int], str] = {}
    if isinstance(column.kind, Ref):
        named = {values[0] for values in found if values[0] is not None}
        words = called(column.ref.to, named, moment)
    told: Counter[str] = Counter()
    for (value, *text), count in found.items():
        if isinstance(column.kind, Ref):
            told[words.get((column.ref.to, value), "") or next(filter(None, text), ABSENT)] += count
        else:
            told[ABSENT if value is None else plain(column, value)] += count
    return sorted(told.items(), key=lambda said: (-said[1], said[0]))


def _grouped(
    ledger: Ledger, names: str, entries: Sequence[int], moment: Moment
) -> Iterator[tuple[Any, ...]]:
    held, params = moment.held()
    table = ledger.shape.table
    for batch in sql.chunks(entries):
        query = (
            f'SELECT {names}, COUNT(*) FROM "{table}" v WHERE {held}'
            f" AND {sql.in_list('v.entry_id')} GROUP BY {names}"
        )
        yield from sql.fetch(query, [*params, sql.as_list(batch)])


def names_on(ledger: Ledger, entries: Sequence[int], day: date) -> dict[int, str]:
    """What each of the rows is called by the paper's own name column on that very day.

    Nothing for one that is not there then, and for a ledger whose rows have no names.
    """
    if not ledger.name:
        return {}
    held, params = Moment(day, None).held()
    query = f'SELECT v.entry_id, v."{ledger.name}" FROM "{ledger.shape.table}" v WHERE {held} AND'
    return dict(sql.fetch_in(query, "v.entry_id", entries, *params))
