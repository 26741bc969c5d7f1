"""The trend of a figure: points drawn from the server, the same as a table, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from gongjian.core.access import Actor
from gongjian.indicators.declare import Figure, Net, Ratio
from gongjian.web.figures.forms import Question
from gongjian.web.figures.keeping import under_way
from gongjian.web.figures.presenters.common import figure_address, told
from gongjian.web.figures.queries import Value
from gongjian.web.figures.trends import Point, Trend, trend, unanswered
from gongjian.web.moment import AsOf
from gongjian.web.text import ABSENT

WIDE: Final = 720
"""Width of the drawing that runs from left to right; that of phones runs from above to below."""

NARROW: Final = 340
_SIDE, _TOP, _BOTTOM, _FOOT = 40, 46, 132, 166
_LEFT, _RIGHT, _STEP = 92, 236, 30
_LONG: Final = 7
"""Letters of a value from which on neighbours stand one above, one below the line."""

_NAMED: Final = 4
"""Days that a sentence names before it only counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One day: where it is drawn in either drawing, its value and where that opens.

    ``value`` is a dash where there is none; then nothing is drawn but the dash.
    """

    day: str
    short: str
    year: str
    value: str
    change: str
    address: str
    at: str
    there: bool
    here: bool
    x: float
    y: float
    text_y: float
    across: float
    down: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the value is held against: a day, its value, and what became of it since."""

    title: str
    value: str
    address: str
    at: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendText:
    """The trend as it is shown; ``reason`` alone where there is none.

    ``lines`` and ``columns`` are the strokes between points of the two drawings, broken where a
    day is missing. ``under_way`` says that the days missing are being worked out, ``job`` is the
    address of that where it is one's own.
    """

    reason: str = ""
    summary: str = ""
    marks: list[Mark]
    lines: list[str]
    columns: list[str]
    height: int = 0
    beside: list[Beside]
    missing: str = ""
    under_way: bool = False
    job: str = ""


def trend_text(figure: Figure, question: Question, now: Value, reader: Actor) -> TrendText:
    """The trend up to the day of the page, on which the figure is ``now``."""
    reason = unanswered(question)
    if reason:
        return TrendText(reason=reason, marks=[], lines=[], columns=[], beside=[])
    found = trend(figure, question, now)
    marks = _marks(figure, question, found.points)
    job = under_way(found.missing) if found.missing else None
    mine = job is not None and job.owner_id == reader.id
    return TrendText(
        summary=_summary(figure, marks),
        marks=marks,
        lines=_strokes([(mark.x, mark.y) if mark.there else None for mark in marks]),
        columns=_strokes([(mark.across, mark.down) if mark.there else None for mark in marks]),
        height=_STEP * len(marks),
        beside=_beside(figure, question, found),
        missing=_missing(found),
        under_way=job is not None,
        job=reverse("job", args=[job.pk]) if job is not None and mine else "",
    )


# ------------------------------------------------------------------ the drawing


def _marks(figure: Figure, question: Question, points: Sequence[Point]) -> list[Mark]:
    values = [None if point.value is None else point.value.value for point in points]
    shares = _shares(values)
    said = [ABSENT if p.value is None else told(figure, p.value) for p in points]
    turned = max(map(len, said)) > _LONG
    slot = (WIDE - 2 * _SIDE) / max(len(points) - 1, 1)
    return [
        Mark(
            day=point.day.isoformat(),
            short=f"{point.day:%m-%d}",
            year=str(point.day.year) if at == 0 or point.day.month == 1 else "",
            value=said[at],
            change=_since(figure, points[at - 1].value, point.value) if at else "",
            address=_address(figure, question, point),
            at=point.day.isoformat(),
            there=values[at] is not None,
            here=point.day == question.day,
            x=round(_SIDE + slot * at, 1),
            y=(y := round(_BOTTOM - (_BOTTOM - _TOP) * shares[at], 1)),
            text_y=y + 24 if turned and at % 2 else y - 12,
            across=round(_LEFT + (_RIGHT - _LEFT) * shares[at], 1),
            down=_STEP * at + _STEP / 2,
        )
        for at, point in enumerate(points)
    ]


def _shares(values: Sequence[float | None]) -> list[float]:
    """How high each value lies between the lowest and the highest, 0 to 1."""
    there = [value for value in values if value is not None]
    low, high = min(there, default=0), max(there, default=0)
    if low == high:
        return [0.5] * len(values)
    return [0.0 if value is None else (value - low) / (high - low) for value in values]


def _strokes(points: Sequence[tuple[float, float] | None]) -> list[str]:
    """Lines through the points that are there, as SVG writes them; a lone point has none."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]},{point[1]}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _address(figure: Figure, question: Question, point: Point) -> str:
    then = replace(question, asof=AsOf(day=point.day, known_at=question.known_at))
    return figure_address(figure.code, then)


# ------------------------------------------------------------------ in words


def _summary(figure: Figure, marks: Sequence[Mark]) -> str:
    there = [mark for mark in marks if mark.there]
    if len(there) < 2:
        return f"{figure.name}的走势：只有一天有数。"
    first, last = there[0], there[-1]
    return (
        f"{figure.name}的走势：{first.day} 是 {first.value}{figure.unit}，"
        f"{last.day} 是 {last.value}{figure.unit}，中间各截止日的数见图上各点或下面的表。"
    )


def _beside(figure: Figure, question: Question, found: Trend) -> list[Beside]:
    now = found.points[-1]
    against = [("比上一截止日", found.points[-2])] if len(found.points) > 1 else []
    if found.year_ago is not None:
        against.append(("比去年同日", found.year_ago))
    return [
        Beside(
            title=f"{title}（{then.day}）",
            value=told(figure, then.value),
            address=_address(figure, question, then),
            at=then.day.isoformat(),
            change=_since(figure, then.value, now.value),
        )
        for title, then in against
        if then.value is not None and then.value.value is not None
    ]


def _since(figure: Figure, then: Value | None, now: Value | None) -> str:
    """What became of a value: 增 250, 减 3, 持平; of a rate in percentage points."""
    if then is None or now is None or then.value is None or now.value is None:
        return ""
    more = now.value - then.value
    if isinstance(figure, Ratio):
        points = round(more * 100, 1)
        return f"{_up(points)} {abs(points):g} 个百分点" if points else "持平"
    if not more:
        return "持平"
    rate = ""
    if then.value > 0 and not isinstance(figure, Net):
        share = abs(more) / then.value
        rate = f"（{share:.1%}）" if share < 1 else f"（{share:,.0%}）"
    return f"{_up(more)} {abs(int(more)):,}{rate}"


def _up(more: float) -> str:
    return "增" if more > 0 else "减"


def _missing(found: Trend) -> str:
    """Which days are still to be worked out."""
    days = [point.day.isoformat() for point in found.points if not point.kept]
    ago = found.year_ago
    said = []
    if days:
        named = "、".join(days[:_NAMED]) + (f" 等 {len(days)} 天" if len(days) > _NAMED else "")
        said.append(f"{named} 的数还没有算出来，图上写“—”。")
    if ago is not None and not ago.kept:
        said.append(f"去年同日（{ago.day}）的数{'也' if days else ''}还没有算出来。")
    return "".join(said)
