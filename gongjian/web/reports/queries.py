"""What the page of a month needs, asked for in a handful of questions."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongjian.areas.queries import Tree, tree_on
from gongjian.core.access import Actor
from gongjian.core.days import cut_offs, today
from gongjian.history.models import TrailRecord
from gongjian.indicators.declare import Figure
from gongjian.reporting.changes import Changes, month_changes
from gongjian.reporting.queries import (
    OpenProblem,
    Report,
    day_of,
    quality_gate,
    report,
    report_of,
    reports,
    stored,
    units_below,
)
from gongjian.reporting.rules import REPORTED, Period
from gongjian.workflow.declare import Step
from gongjian.workflow.models import Case, Passage
from gongjian.workflow.queries import Option, options_as, path

MONTHS: Final = 12

LARGE: Final = 5_000
"""Versions written since a lock up to which a page works out the differences: some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Figures on the day of the month and on the last cut-off day; None: not kept."""

    day: date
    figures: tuple[Figure, ...]
    now: list[Any] | None
    before: list[Any] | None
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The month of one unit as somebody finds it; ``alone``: nothing lies above it."""

    numbers: Numbers
    changes: Changes
    problems: list[OpenProblem]
    case: Case | None
    report: Report | None
    passages: list[Passage]
    options: list[Option]
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """The units right below an area: their reports of the month and of those before it."""

    tree: Tree
    units: list[int]
    periods: list[Period]
    reports: dict[tuple[Period, int], Report]


def numbers(period: Period, area_id: int) -> Numbers:
    """The figures as kept; a page counts no month from rows."""
    day, before = day_of(period), period.previous.cut_off
    found = stored(period, area_id)
    of_reports = slice(len(REPORTED))
    now, then = (found.values.get(at, {}).get(area_id) for at in (day, before))
    return Numbers(
        day=day,
        figures=found.figures[of_reports],
        now=now and now[of_reports],
        before=then and then[of_reports],
        known=found.known,
    )


def unit(period: Period, area_id: int, taker: Callable[[Step], Actor]) -> Unit:
    """All of a unit's month. Steps are as ``taker`` of each may take them."""
    case = report_of(period, area_id)
    alone = tree_on(period.cut_off).parent(area_id) is None  # a city hands in nothing, and is large
    return Unit(
        numbers=numbers(period, area_id),
        changes={} if alone else month_changes(period, area_id),
        problems=[] if alone else quality_gate(period, area_id),
        alone=alone,
        case=case,
        report=report(case) if case else None,
        passages=path(case) if case else [],
        options=options_as(case, taker, day=today()) if case else [],
    )


def below(period: Period, area_id: int) -> Below:
    """The units right below, with a year of their reports."""
    tree = tree_on(period.cut_off)
    units = units_below(tree, area_id)
    periods = [Period.of(day) for day in cut_offs(period.cut_off, MONTHS)]
    found = reports(periods, units) if units else {}
    return Below(tree=tree, units=units, periods=periods, reports=found)


def written_since(change: int) -> int:
    """Versions that later changes added or removed, wherever, as their links say.

    Above ``LARGE`` it is at least so many: the links after that are not read.
    """
    bodies = TrailRecord.objects.filter(change__gt=change).values_list("body", flat=True)
    written = 0
    for body in bodies.iterator():
        sides = json.loads(body)["rows"].values()
        written += sum(count for side in sides for count, _ in side.values())
        if written > LARGE:
            break
    return written
