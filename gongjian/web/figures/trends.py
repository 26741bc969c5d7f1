"""A figure on the cut-off days of a year, from the store alone: no page counts a day from rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongjian.accounts.actions.checks import EARLIEST
from gongjian.core.days import cut_offs, today, year_before
from gongjian.history.state import keep_answers, latest
from gongjian.indicators.declare import TERRITORY, Figure
from gongjian.indicators.store.layout import kept_days
from gongjian.indicators.store.matrix import kept_matrix
from gongjian.web.figures.forms import JANUARY, Question
from gongjian.web.figures.places import TREES
from gongjian.web.figures.queries import Value

MONTHS: Final = 12
"""Days of a trend: the cut-offs before the day, and the day itself."""

_KEPT: Final = 256

_Told = dict[date, Value | None]
"""Day of the store → the value; None where the place was not there."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day of the trend; ``value`` is None where the place was not there, or it is not kept."""

    day: date
    value: Value | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """``points`` in the order of days, the day of the page last; ``year_ago`` the same day then.

    ``year_ago`` is None where no ledger reaches that far back.
    """

    points: list[Point]
    year_ago: Point | None

    @property
    def missing(self) -> list[date]:
        """Days that are to be worked out before they can be shown."""
        shown = [*([self.year_ago] if self.year_ago else []), *self.points]
        return [point.day for point in shown if not point.kept]


def days_of(day: date) -> list[date]:
    """The days of the trend that ends on ``day``."""
    before = cut_offs(day - timedelta(days=1), MONTHS - 1)
    return [x for x in (*before, day) if x >= EARLIEST]


def days_beside(day: date) -> list[date]:
    """The same day a year ago, where a page can be of it."""
    return [x for x in (year_before(day),) if x >= EARLIEST]


def unanswered(question: Question) -> str:
    """Why the store has no trend of what is asked for; empty where it may have one."""
    if question.tree != TERRITORY:
        return "按隶属看没有走势：留存的截止日数只按属地记。改按属地看就有。"
    if question.known_at is not None and question.known_at < latest().change:
        return "看过去所知没有走势：留存的截止日数随更正一起改，只有此刻所知的。"
    if question.day > today():
        return "将来的日子没有走势：到了那一天才留存。"
    if question.year_start != JANUARY:
        return "年度不从 1 月 1 日起算时没有走势：留存的截止日数都按 1 月 1 日起算。"
    return ""


def trend(figure: Figure, question: Question, now: Value) -> Trend:
    """The trend up to the day of the question, on which the figure is ``now``."""
    days, beside = days_of(question.day), days_beside(question.day)
    kept = {day.year.day: day.id for day in kept_days()}
    asked = tuple(day for day in (*beside, *days[:-1]) if day in kept)
    ids = tuple(sorted(kept.values()))
    told = _read((ids, latest()), figure.code, question.node, asked) if asked else {}
    last = Point(question.day, now, kept=True)
    return Trend(
        points=[*(_point(day, told) for day in days[:-1]), last],
        year_ago=next((_point(day, told) for day in beside), None),
    )


def _point(day: date, told: _Told) -> Point:
    return Point(day, told.get(day), kept=day in told)


@keep_answers(_KEPT)
def _read(code: str, node: int, days: Sequence[date]) -> _Told:
    found = kept_matrix([code], days=days, nodes=[node])
    return {
        day: Value(**values[node][0]) if TREES[TERRITORY](day, None).exists(node) else None
        for day, values in found.values.items()
    }
