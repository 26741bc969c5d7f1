"""Doubts as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.core.access import Permission
from gongjian.indicators.declare import Figure, Ratio
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.doubts.models import Deed, Doubt, State
from gongjian.web.doubts.owners import keepers
from gongjian.web.doubts.wording import called, figure_of
from gongjian.web.figures.forms import Question
from gongjian.web.figures.places import Sight
from gongjian.web.figures.presenters.common import figure_address, rows_address, told
from gongjian.web.figures.queries import Value, answer
from gongjian.web.moment import AsOf
from gongjian.web.people import may, opened, require
from gongjian.web.text import number

STYLES: Final = {State.OPEN: "warn", State.ANSWERED: "act", State.CLOSED: ""}
"""State → style of the tag that bears it."""

_OWNERS_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One doubt in a list."""

    address: str
    figure: str
    where: str
    day: str
    row: str
    asker: str
    at: datetime
    state: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The figure at one state of knowledge, and the ways to it."""

    title: str
    value: str
    of: str
    known: str
    figure: str
    rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The figure as it was seen, and as it is known now; ``same`` where nothing changed."""

    then: Side
    now: Side
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One step of a doubt."""

    deed: str
    who: str
    at: datetime
    text: str


def lines(doubts: Iterable[Doubt]) -> list[Line]:
    """Doubts in the order given."""
    return [
        Line(
            address=reverse("doubt", args=[doubt.pk]),
            figure=called(doubt),
            where=doubt.place_name,
            day=doubt.day.isoformat(),
            row=doubt.row,
            asker=doubt.asker.username,
            at=doubt.at,
            state=State(doubt.state).label,
            style=STYLES[State(doubt.state)],
        )
        for doubt in doubts
    ]


def steps(doubt: Doubt) -> list[Said]:
    """What was done and said, in its order."""
    return [
        Said(deed=Deed(step.deed).label, who=step.by.username, at=step.at, text=step.text)
        for step in doubt.steps.select_related("by").order_by("pk")
    ]


def answerers(doubt: Doubt) -> str:
    """The names of those whose answer it is; empty where nobody is left."""
    ids = keepers().of(doubt)
    found = list(User.objects.filter(pk__in=ids).order_by("username")[: _OWNERS_NAMED + 1])
    named = "、".join(user.username for user in found[:_OWNERS_NAMED])
    return f"{named}等" if len(found) > _OWNERS_NAMED else named


def question_of(doubt: Doubt, known_at: int | None) -> Question:
    """The question whose answer is doubted, as known at a change; None: now."""
    return Question(
        asof=AsOf(day=doubt.day, known_at=known_at),
        tree=doubt.tree,
        node=doubt.node,
        code=doubt.place,
        year_start=doubt.year_start,
    )


def sides(request: HttpRequest, doubt: Doubt) -> Sides | None:
    """The figure then and now, for whoever may see the figures of its place.

    A row of a figure of the city is doubted to those who keep the township: they see the row.
    """
    figure = figure_of(doubt)
    if figure is None or not may(request, Permission.SEE_FIGURES):
        return None
    scope = require(request, Permission.SEE_FIGURES, "查看数字").scope
    now = question_of(doubt, None)
    if not Sight(scope, doubt.tree, doubt.day, None).covers(doubt.node):
        return None
    before = _seen(figure, doubt)
    found = answer([figure.code], now)
    value = found.figures[figure.code]
    then = question_of(doubt, doubt.known)
    return Sides(
        then=_side("提出时", figure, then, before, doubt.known),
        now=_side("现在", figure, now, value, found.known),
        same=value == before,
    )


def _seen(figure: Figure, doubt: Doubt) -> Value:
    """The value as it was seen: only a rate is a fraction."""
    value = doubt.value
    if value is not None and not isinstance(figure, Ratio):
        value = int(value)
    return Value(value, doubt.numerator, doubt.denominator)


def _side(title: str, figure: Figure, question: Question, value: Value, known: int) -> Side:
    of = ""
    if isinstance(figure, Ratio) and value.numerator is not None:
        of = f"{number(value.numerator)} ÷ {number(value.denominator)}"
    return Side(
        title=title,
        value=told(figure, value),
        of=of,
        known=f"变更 {known}",
        figure=figure_address(figure.code, question),
        rows=rows_address(figure.code, question),
    )


def record_address(request: HttpRequest, doubt: Doubt) -> str:
    """Where the row that is doubted stands, for whoever may open its ledger."""
    if doubt.entry is None or doubt.ledger not in opened(request):
        return ""
    return reverse("record", args=[doubt.ledger, doubt.entry])


def ledger_title(doubt: Doubt) -> str:
    """What the ledger of the row is called."""
    return LEDGERS[doubt.ledger].title if doubt.ledger in LEDGERS else ""
