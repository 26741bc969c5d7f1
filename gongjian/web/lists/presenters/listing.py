"""The whole page of a list in words."""

from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from gongjian.core.access import Actor, Permission
from gongjian.ledgers.cells import Count, Money, Percent
from gongjian.ledgers.declare import Column
from gongjian.web.lists.address import Address
from gongjian.web.lists.columns import head_of
from gongjian.web.lists.filters import BLANK
from gongjian.web.lists.forms import Wanted, own_names
from gongjian.web.lists.ground import Ground
from gongjian.web.lists.presenters import asking
from gongjian.web.lists.presenters.cells import Scribe
from gongjian.web.lists.presenters.places import places
from gongjian.web.lists.queries import Page
from gongjian.web.moment import AsOf

_AT_HAND: Final = 4
"""Filters that stand above the list; the others are behind 更多条件."""

_COLUMNS: Final = frozenset({"cols"})


def shown(
    wanted: Wanted, ground: Ground, found: Page, actor: Actor, query: QueryDict
) -> dict[str, Any]:
    """What the template of a list wants to know."""
    address = Address(reverse("ledger", args=[wanted.ledger.slug]), query)
    ledger = wanted.ledger
    asof = AsOf(day=wanted.moment.day, known_at=wanted.moment.known)
    filtering = own_names(ledger)
    boxes = asking.boxes(wanted, query)
    return {
        "ledger": ledger,
        "wanted": wanted,
        "places": places(wanted, ground, address),
        "tabs": asking.tabs(wanted, address),
        "chips": asking.chips(wanted, address),
        "at_hand": boxes[:_AT_HAND],
        "further": boxes[_AT_HAND:],
        "blanks": asking.blanks(ledger, query),
        "problems": list(wanted.problems.values()),
        "columns": asking.columns(wanted),
        "head": head_of(ledger).main.header,
        "headings": [_heading(ledger.by_field[name]) for name in wanted.columns],
        "lines": Scribe(ledger, found.names, asof).lines(found.rows, wanted.columns),
        "next_address": address.to(after=str(found.after)) if found.after else None,
        "previous_address": address.to(before=str(found.before)) if found.before else None,
        "kept": address.kept(besides=filtering),
        "kept_beside_columns": address.kept(besides=_COLUMNS),
        "unfiltered": address.without_names(filtering),
        "first": address.to(),
        "sparse": address.to(dense=None if wanted.dense else "1"),
        "usual_columns": address.to(cols=None),
        "sizes": [(size, address.to(size=str(size))) for size in asking.sizes(wanted)],
        "address": address.query(),
        "count_address": _beside(ledger.slug, "ledger-count", address),
        "nothing_seen": not ground.leaves,
        "may_export": actor.may(Permission.EXPORT_LEDGER),
        "may_unmask": actor.may(Permission.UNMASK) and any(c.sensitive for c in ledger.columns),
        "may_import": actor.may(Permission.IMPORT_LEDGER),
        "blank_name": BLANK,
    }


def _beside(slug: str, name: str, address: Address) -> str:
    query = address.query()
    return reverse(name, args=[slug]) + (f"?{query}" if query else "")


def _heading(column: Column) -> dict[str, Any]:
    return {"title": column.header, "number": isinstance(column.kind, Count | Money | Percent)}
