"""The whole page of a list in words."""

from collections.abc import Callable, Collection
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from gongjian.core.access import Actor, Permission, Scope
from gongjian.history import state
from gongjian.ledgers.cells import Count, Money, Percent
from gongjian.ledgers.declare import Column, Ledger, Role
from gongjian.web.lists.address import Address
from gongjian.web.lists.chosen import MOST_TOGETHER
from gongjian.web.lists.columns import head_of
from gongjian.web.lists.filters import BLANK
from gongjian.web.lists.forms import Wanted, own_names
from gongjian.web.lists.ground import Ground
from gongjian.web.lists.presenters import asking
from gongjian.web.lists.presenters.cells import Scribe
from gongjian.web.lists.presenters.places import places
from gongjian.web.lists.queries import Page

_AT_HAND: Final = 4
"""Filters that stand above the list; the others are behind 更多条件."""

_NARROWING: Final = frozenset({"tab", "area", "union", "below"})

_COLUMNS: Final = frozenset({"cols"})


def shown(
    wanted: Wanted,
    ground: Ground,
    found: Page,
    actor: Actor,
    query: QueryDict,
    opened: Collection[str],
) -> dict[str, Any]:
    """What the template of a list wants to know; ``opened`` are ledgers that open to the reader."""
    address = Address(reverse("ledger", args=[wanted.ledger.slug]), query)
    ledger = wanted.ledger
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
        "lines": Scribe(ledger, found.names, wanted.asof, _leading(actor.scope, opened)).lines(
            found.rows, wanted.columns
        ),
        "looked_at": wanted.effort,
        "nothing_seen": not ground.leaves,
        "may_export": actor.may(Permission.EXPORT_LEDGER),
        "may_unmask": actor.may(Permission.UNMASK) and any(c.sensitive for c in ledger.columns),
        "may_import": actor.may(Permission.IMPORT_LEDGER),
        **_deeds(wanted, actor),
        **_ways(wanted, found, address),
        "blank_name": BLANK,
    }


def _ways(wanted: Wanted, found: Page, address: Address) -> dict[str, Any]:
    """The addresses that lead on from the list."""
    ledger = wanted.ledger
    filtering = own_names(ledger)
    return {
        "next_address": address.to(after=str(found.after)) if found.after else None,
        "previous_address": address.to(before=str(found.before)) if found.before else None,
        "kept": address.kept(besides=filtering),
        "kept_beside_columns": address.kept(besides=_COLUMNS),
        "unfiltered": address.without_names(filtering),
        "whole": address.without_names(filtering | _NARROWING),
        "first": address.to(),
        "sparse": address.to(dense=None if wanted.dense else "1"),
        "usual_columns": address.to(cols=None),
        "sizes": [(size, address.to(size=str(size))) for size in asking.sizes(wanted)],
        "address": address.query(),
        "count_address": _counting(wanted, address),
        "places_address": _beside(ledger.slug, "ledger-places", address.query()),
        "go_on": _further(wanted, found, address),
        "back_to_today": address.to(at=None, known=None),
    }


def _deeds(wanted: Wanted, actor: Actor) -> dict[str, Any]:
    """What may be done to rows that are ticked; nothing on a page of the past."""
    present = wanted.asof.present
    changes = actor.may(Permission.IMPORT_LEDGER) and _lasts(wanted.ledger)
    return {
        "may_change": present and changes,
        "may_tick": present and (changes or actor.may(Permission.EXPORT_LEDGER)),
        "most_changed": MOST_TOGETHER,
    }


def _lasts(ledger: Ledger) -> bool:
    """May values of this ledger become others on a day, their former ones staying?"""
    return ledger.column_of(Role.EFFECTIVE) is not None


def _further(wanted: Wanted, found: Page, address: Address) -> str | None:
    """Where a list goes on that ended for the effort it took."""
    if found.stopped is None:
        return None
    side = "after" if wanted.before is None else "before"
    return address.to(**{side: str(found.stopped), "further": "1"})


def _counting(wanted: Wanted, address: Address) -> str:
    """The address of the count of what the page shows, whatever changes meanwhile."""
    if wanted.asof.known_at is not None:
        return _beside(wanted.ledger.slug, "ledger-count", address.query())
    known = urlencode({"known": state.latest().change})
    query = "&".join(filter(None, (address.query(), known)))
    return _beside(wanted.ledger.slug, "ledger-count", query)


def _leading(scope: Scope, opened: Collection[str]) -> Callable[[str, int], bool]:
    """Places that a row names may lie above; what else it names stands where it does."""

    def leads(to: str, entry: int) -> bool:
        return to in opened and (to != "areas" or scope.covers([(to, entry)]))

    return leads


def _beside(slug: str, name: str, query: str) -> str:
    return reverse(name, args=[slug]) + (f"?{query}" if query else "")


def _heading(column: Column) -> dict[str, Any]:
    return {"title": column.header, "number": isinstance(column.kind, Count | Money | Percent)}
