"""When a step of a case is due, and how a pause moves that day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.calendars.queries import calendar
from gongjian.calendars.rules import Calendar, Span
from gongjian.workflow.declare import Clock, Flow, Step
from gongjian.workflow.models import Case, Todo

_DAY = timedelta(days=1)

Since = Callable[[str], date]
"""The day on which a step of the case was last taken; of none, the day its state was entered."""


@dataclass(slots=True)
class Clocks:
    """The clocks of a flow. The calendar is asked for once."""

    flow: Flow
    calendar: Calendar

    @classmethod
    def of(cls, flow: Flow) -> "Clocks":
        """With the calendar as it is kept."""
        return cls(flow, calendar())

    def todo(self, case: Case, step: Step, entered: date, since: Since) -> Todo:
        """What is to be done for ``step`` by a case that came into its state on ``entered``."""
        todo = Todo(
            case=case,
            step=step.code,
            permission=step.permission,
            place_id=self.flow.acting(step, case.place_id, entered),
        )
        if step.clock is not None:
            self._start(todo, case, step.clock, entered, since)
            self._plan_raise(todo, case, step)
        return todo

    def resume(self, todo: Todo, step: Step, paused: date, resumed: date) -> None:
        """Add the days of a pause to a clock that was running; an end passed before it stays."""
        if todo.due is None or todo.since is None or todo.due < paused:
            return
        day, extra = max(todo.since, paused), 0
        while day < resumed:
            day += _DAY
            extra += self.calendar.works(day) if todo.working else 1
        todo.days += extra
        self._set_due(todo)
        if todo.raised_to is None:
            self._plan_raise(todo, todo.case, step)

    def raised_again(self, todo: Todo, step: Step, day: date) -> date:
        """When a to-do that went up on ``day`` goes up further."""
        return self._after(day, Span.read(todo.case.rules[step.escalates]["value"]))

    def _start(self, todo: Todo, case: Case, clock: Clock, entered: date, since: Since) -> None:
        span = Span.read(case.rules[clock.number]["value"])
        todo.days, todo.working = span
        todo.roll = bool(clock.roll) and case.rules[clock.roll]["value"] == "是"
        if callable(clock.since):
            todo.since = clock.since(case)
        else:
            todo.since = since(clock.since) if clock.since else entered
        self._set_due(todo)

    def _set_due(self, todo: Todo) -> None:
        if todo.since is not None:
            span = Span(todo.days, todo.working)
            todo.due, todo.published = self.calendar.due(todo.since, span, roll=todo.roll)

    def _plan_raise(self, todo: Todo, case: Case, step: Step) -> None:
        if step.escalates and todo.due is not None:
            span = Span.read(case.rules[step.escalates]["value"])
            todo.raise_on = self._after(todo.due, span)

    def _after(self, day: date, span: Span) -> date:
        return self.calendar.due(day, span).day + _DAY
