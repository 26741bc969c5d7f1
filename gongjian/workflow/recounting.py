"""Last days counted anew once the calendar says something else.

A passage keeps the last day that was in force, and what is done is done: only to-dos that are open
are looked at. Of these

- one that rested on a year without an arrangement was told as provisional: it gets the day it
  would have had if the arrangement had been there from the beginning, earlier or later, but no day
  that is over already, for nobody is made late by what was entered late;
- one that was told for sure never moves to an earlier day: whoever was promised it may rely on it.

What went up to the next level stays there.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q

from gongjian.calendars.rules import Calendar, Span
from gongjian.core.days import today
from gongjian.workflow.clocks import Clocks
from gongjian.workflow.declare import FLOWS, OPEN, RAISE, Flow
from gongjian.workflow.models import Passage, Todo

_COUNTED: Final = ("days", "due", "published", "raise_on", "warned_at")


class Moved(NamedTuple):
    """The last day of an open to-do before and after."""

    case: int
    step: str
    before: date
    after: date


class Recount(NamedTuple):
    """To-dos whose last day moved, and how many are for sure now that were provisional before."""

    moved: list[Moved]
    settled: int


def recount(before: Calendar, after: Calendar) -> Recount:
    """Count the open to-dos anew that a new calendar touches. Call under the lock of the trail.

    Whoever was told that a last day is near is told again once that has moved.
    """
    todos = _touched(before, after)
    past = _since_their_state(todos)
    clocks: dict[str, Clocks] = {}
    changed, moved, settled = [], [], 0
    for todo in todos:
        flow = FLOWS[todo.case.flow]
        clock = clocks.setdefault(flow.slug, Clocks(flow, after))
        was = (todo.days, todo.due, todo.published, todo.raise_on)
        count_anew(todo, clock, past.get(todo.case_id, ()))
        if was == (todo.days, todo.due, todo.published, todo.raise_on):
            continue
        changed.append(todo)
        settled += todo.published and not was[2]
        if was[1] is not None and todo.due is not None and was[1] != todo.due:
            todo.warned_at = None
            moved.append(Moved(todo.case_id, todo.step, was[1], todo.due))
    Todo.objects.bulk_update(changed, _COUNTED, batch_size=500)
    return Recount(moved, settled)


def _touched(before: Calendar, after: Calendar) -> list[Todo]:
    """To-dos that were provisional, and those whose clock runs over a day that changed."""
    days = {
        day
        for day in before.special.keys() | after.special.keys()
        if before.works(day) != after.works(day)
    }
    for year in before.years ^ after.years:
        days |= {date(year, 1, 1), date(year, 12, 31)}
    if not days:
        return []
    first, last = min(days), max(days)
    running = Q(since__lt=last) & (Q(due__gte=first) | Q(raise_on__gte=first))
    found = Todo.objects.filter(Q(published=False) | running, closed_at=None, due__isnull=False)
    return list(found.select_related("case").order_by("pk"))


def count_anew(todo: Todo, clocks: Clocks, past: Sequence[Passage]) -> None:
    """Count one to-do as the clock would have run from the beginning, pauses included.

    ``past`` is what happened to its case since its state was entered. Nothing is written.
    """
    since, told, step = todo.since, todo.due, clocks.flow.step(todo.step)
    if since is None or told is None or step.clock is None:
        return
    span = Span.read(todo.case.rules[step.clock.number]["value"])
    due, published = clocks.calendar.due(since, span, roll=todo.roll)
    fresh = Todo(case=todo.case, since=since, days=span.days, working=span.working, roll=todo.roll,
                 due=due, published=published)  # fmt: skip
    for paused, resumed in _pauses(clocks.flow, past):
        clocks.resume(fresh, step, paused, resumed)
    earliest = told if todo.published else min(told, today())
    todo.days, todo.published = fresh.days, fresh.published
    todo.due = max(fresh.due or told, earliest)
    if todo.raise_on is not None:
        went_up = [p.day for p in past if p.step == RAISE and p.body.get("step") == todo.step]
        todo.raise_on = clocks.raised_again(todo, step, went_up[-1] if went_up else todo.due)


def _pauses(flow: Flow, past: Iterable[Passage]) -> list[tuple[date, date]]:
    """The days on which the clocks stood still and on which they ran on."""
    found, paused = [], None
    steps = {step.code: step for step in flow.steps}
    for passage in past:
        step = steps.get(passage.step)
        if step is not None and step.pauses:
            paused = passage.day
        elif step is not None and step.resumes and paused is not None:
            found.append((paused, passage.day))
            paused = None
    return found


def _since_their_state(todos: Sequence[Todo]) -> dict[int, list[Passage]]:
    """By case, what happened since the to-dos of its present state were made: one query."""
    flows = {todo.case_id: FLOWS[todo.case.flow] for todo in todos}
    found: dict[int, list[Passage]] = {}
    passages = Passage.objects.filter(case__in=flows).order_by("case_id", "number")
    for passage in passages.only("case_id", "number", "step", "day", "body"):
        enters = {step.code for step in flows[passage.case_id].steps if step.to} | {OPEN}
        if passage.step in enters:
            found[passage.case_id] = []
        else:
            found.setdefault(passage.case_id, []).append(passage)
    return found
