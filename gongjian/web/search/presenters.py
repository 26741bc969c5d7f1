"""Hits in words: who, what is known of them in a line, where their record is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse

from gongjian.history.keys import field_keys
from gongjian.ledgers.declare import LEDGERS, Column, Ledger, Ref
from gongjian.ledgers.naming import naming_field
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.questions import Moment
from gongjian.web.lists.queries import Names, called
from gongjian.web.search.queries import Found, Hit
from gongjian.web.wording.values import plain

_PLACES: Final = frozenset({"areas", "unions"})
"""Ledgers whose entries say where another one stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """One hit."""

    title: str
    address: str
    detail: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one group."""

    title: str
    hits: Sequence[Said]
    more: bool


def sections(found: Sequence[Found], day: date) -> list[Section]:
    """The groups of a search in words; one query for each ledger that hits stand in."""
    wanted: dict[str, set[int]] = {}
    for one in found:
        column = _place(LEDGERS[one.group.ledger])
        if column is not None:
            wanted.setdefault(column.ref.to, set()).update(h.values[column.field] for h in one.hits)
    names: Names = {}
    for slug, entries in wanted.items():
        names |= called(slug, entries, Moment(day))
    return [_section(one, names) for one in found]


def _place(ledger: Ledger) -> Column | None:
    """The column that says where an entry stands, where people know it by that."""
    column = ledger.by_field.get(ledger.place)
    known = column is not None and isinstance(column.kind, Ref) and column.kind.to in _PLACES
    return column if known else None


def _section(found: Found, names: Names) -> Section:
    ledger = LEDGERS[found.group.ledger]
    hits = [
        Said(
            str(hit.values[naming_field(ledger)]),
            reverse("record", args=[ledger.slug, hit.entry]),
            " · ".join(_told(ledger, hit, names)),
            hit.ended,
        )
        for hit in found.hits
    ]
    return Section(found.group.title, hits, found.more)


def _told(ledger: Ledger, hit: Hit, names: Names) -> Iterator[str]:
    """What tells one hit from another of the same name."""
    for field in ledger.telling:
        value = hit.values[field]
        if value is not None:
            yield _word(ledger, ledger.by_field[field], value)
    column = _place(ledger)
    if column is not None:
        name = names.get((column.ref.to, hit.values[column.field]))
        if name is not None:
            yield name


def _word(ledger: Ledger, column: Column, value: Any) -> str:
    if not column.sensitive:
        return plain(column, value)
    return masked(column, field_keys().open(value.sealed, f"{ledger.slug}.{column.field}"))
