"""Figures, problems and who is behind, put together for one place."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongjian.core.access import Actor, Permission
from gongjian.core.days import today, year_before
from gongjian.core.errors import NotInScope, Refused
from gongjian.history.state import latest
from gongjian.indicators.declare import TERRITORY
from gongjian.web.figures.presenters.common import figure_address
from gongjian.web.home import presenters, queries
from gongjian.web.home.places import Asked, asked
from gongjian.web.home.presenters import Behind, Head, Measure, Trouble
from gongjian.web.moment import AsOf, moment_of
from gongjian.web.navigation import address_of
from gongjian.web.people import may
from gongjian.web.places import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """How the same day a year ago is told: ``day`` and, where the places moved, along which tree.

    ``kept`` says that the store has that day; ``choices`` are the two ways of adding it up.
    """

    day: date
    kept: bool
    sentence: str
    choices: list[Measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Who is behind by one rate; ``more`` leads to all places right below."""

    name: str
    measures: list[Measure]
    lines: list[Behind]
    more: str
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told of a place, or the ``sentence`` why there is nothing to tell.

    ``later`` is where the rest is fetched, once the page stands, that has to be counted from rows;
    ``keep`` is where the days can be asked for that the store does not have.
    """

    sentence: str = ""
    place: str = ""
    way: list[Step] = field(default_factory=list)
    later: str = ""
    heads: list[Head] = field(default_factory=list)
    troubles: list[Trouble] | None = None
    since: Since | None = None
    lag: Lag | None = None
    keep: str = ""


def of_store(request: HttpRequest, actor: Actor) -> tuple[Telling, Asked | None]:
    """All that the store has at hand; else what there is to fetch."""
    asof = moment_of(request)
    try:
        place = asked(request, actor, asof)
    except NotInScope:
        raise
    except Refused as error:
        return Telling(sentence=error.sentence), None
    board = queries.board(place, comparable=request.GET.get("comparable") == "1")
    said: dict[str, Any] = {"place": place.name, "way": _way(place)}
    if board is None:
        code = place.question.parameters() if place.named else {}
        return Telling(later=reverse("home-figures") + asof.query(**code), **said), place
    return (
        Telling(
            heads=presenters.heads(place, board.now, board),
            troubles=presenters.troubles(place, board.now, _writes(request)),
            since=_since(request, place, board),
            lag=_lag(request, place, board),
            keep="" if board.last or not _reaches(place) else _keep(),
            **said,
        ),
        place,
    )


def of_rows(request: HttpRequest, actor: Actor) -> Telling:
    """What can be told of any day and knowledge: figures and problems of the place alone."""
    try:
        place = asked(request, actor, moment_of(request))
    except NotInScope:
        raise
    except Refused as error:
        return Telling(sentence=error.sentence)
    now = queries.counted(place)
    return Telling(
        place=place.name,
        heads=presenters.heads(place, now),
        troubles=presenters.troubles(place, now, _writes(request)),
        keep=_keep() if _can_be_kept(place) else "",
    )


def _writes(request: HttpRequest) -> presenters.May:
    return lambda ledger: may(request, Permission.IMPORT_LEDGER, ledger=ledger)


def _keep() -> str:
    return address_of("figures-keep") or ""


def _can_be_kept(place: Asked) -> bool:
    """Is it the store that lacks the day, and not a day that no store has?"""
    question = place.question
    known = question.known_at is None or question.known_at >= latest().change
    return question.tree == TERRITORY and known and question.day <= today()


def _reaches(place: Asked) -> bool:
    """Was the place there a year ago?"""
    return place.sight.on(year_before(place.question.day)).tree.exists(place.question.node)


def _way(place: Asked) -> list[Step]:
    """From the top of the scope down to a place that the address names."""
    if not place.named:
        return []
    above = place.sight.way(place.question.node)
    steps = [
        Step(place.sight.tree.name(node), reverse("home") + place.of(node).query())
        for node in above
    ]
    return [*steps, Step(place.name)]


class _Addresses:
    """Addresses of the page for other choices, all else as it is."""

    def __init__(self, request: HttpRequest, place: Asked) -> None:
        self._asof: AsOf = place.question.asof
        self._kept: dict[str, str | None] = {
            "area": place.question.code if place.named else None,
            "by": request.GET.get("by") or None,
            "comparable": request.GET.get("comparable") or None,
        }

    def to(self, **changed: str | None) -> str:
        return reverse("home") + self._asof.query(**(self._kept | changed))


def _since(request: HttpRequest, place: Asked, board: queries.Board) -> Since:
    addresses = _Addresses(request, place)
    choices = [
        Measure(
            name="按各自的区划",
            address=addresses.to(comparable=None),
            here=not board.comparable,
        ),
        Measure(name="可比口径", address=addresses.to(comparable="1"), here=board.comparable),
    ]
    return Since(
        day=board.year_ago,
        kept=board.last is not None,
        sentence=_in_words(place, board),
        choices=choices if board.moved else [],
    )


def _in_words(place: Asked, board: queries.Board) -> str:
    if not board.moved:
        return ""
    if board.comparable:
        return (
            f"可比口径：{board.year_ago} 的数按 {place.question.day} 的区划相加，"
            "一年里划进来的也算在去年，划出去的去年也不算。"
        )
    return (
        f"{board.year_ago} 以来“{place.name}”的区划变过，去年的数按当时的区划相加，"
        "增减里有划进划出的部分；看“可比口径”就去掉了它。"
    )


def _lag(request: HttpRequest, place: Asked, board: queries.Board) -> Lag | None:
    rate = presenters.measured(request.GET.get("by", ""), board)
    if rate is None:
        return None
    nodes = presenters.lowest(rate, board)
    addresses = _Addresses(request, place)
    who = queries.writers(nodes)
    return Lag(
        name=rate.name,
        measures=presenters.measures(rate, lambda code: addresses.to(by=code)),
        lines=presenters.behind(rate, nodes, place, board, who),
        more=figure_address(rate.code, place.question),
        of=len(board.below),
    )
