"""Which figure of the catalogue says the same number as a list: then the count opens its rows."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from gongjian.history import state
from gongjian.indicators.declare import CATALOG, Indicator, Listing
from gongjian.web.lists.forms import Wanted, own_names
from gongjian.web.lists.ground import TERRITORY, Ground
from gongjian.web.moment import AsOf

Asked = frozenset[tuple[str, str]]

_FILTER: Final = "f_"  # what the name of a filter begins with, before the name of its field


@cache
def _same() -> Mapping[tuple[str, str, Asked], Indicator]:
    """Ledger, quick tab and filters → figure; along the areas, with all that lies below."""
    figures = [*CATALOG, *CATALOG.problems()]
    told = [figure for figure in figures if isinstance(figure, Indicator) and figure.listing]
    return {_key(figure, figure.listing): figure for figure in told if figure.listing}


def _key(figure: Indicator, listing: Listing) -> tuple[str, str, Asked]:
    values = frozenset((f"{_FILTER}{field}", value) for field, value in listing.values)
    return figure.base.ledger, listing.question, values


def same_figure(wanted: Wanted, ground: Ground, query: QueryDict) -> dict[str, Any] | None:
    """The figure's name and the address of its rows in the same place and moment; else None."""
    node = _node(wanted, ground)
    if node is None:
        return None
    names = own_names(wanted.ledger)
    asked = frozenset((n, v.strip()) for n in query if n in names for v in query.getlist(n) if v)
    tab = wanted.tab.code if wanted.tab else ""
    figure = _same().get((wanted.ledger.slug, tab, asked))
    if figure is None:
        return None
    moment = _plain(wanted.asof)
    address = reverse("figure-rows", args=[figure.code]) + moment.query(area=ground.tree.code(node))
    return {"name": figure.name, "code": figure.code, "address": address}


def _node(wanted: Wanted, ground: Ground) -> int | None:
    """The one area that the list is of."""
    if wanted.side != TERRITORY or not wanted.below:
        return None
    if wanted.node is not None:
        return wanted.node
    return ground.tops[0] if len(ground.tops) == 1 else None


def _plain(asof: AsOf) -> AsOf:
    """Knowledge of the newest change is that of now."""
    if asof.known_at is not None and asof.known_at >= state.latest().change:
        return AsOf(day=asof.day)
    return asof
