"""The list of cases in words."""

from datetime import date
from typing import Any

from gongjian.web.cases.addresses import address_of
from gongjian.web.cases.presenters.words import left
from gongjian.web.cases.queries import Listed, named
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.models import Case


def style_of(flow: Flow, state: str) -> str:
    """The style of the tag of a state."""
    if flow.state(state).final:
        return "ok" if flow.state(state) == _last(flow) else ""
    return "" if state == flow.states[0].code else "act"


def _last(flow: Flow) -> Any:
    return next(state for state in flow.states if state.final)


def rows(found: Listed, day: date) -> list[dict[str, Any]]:
    """A line for each case: where it is, whom it waits for, until when."""
    return [_row(found, case, day) for case in found.cases]


def _row(found: Listed, case: Case, day: date) -> dict[str, Any]:
    flow = FLOWS[case.flow]
    todos = found.todos.get(case.pk, [])
    first = todos[0] if todos else None
    kind, said = left(first.due, day, paused=case.paused_on is not None) if first else ("", "")
    return {
        "title": case.title,
        "address": address_of(case),
        "number": case.pk,
        "flow": flow.title,
        "state": flow.state(case.state).title,
        "style": style_of(flow, case.state),
        "place": named(found.names, flow, case.place_id),
        "opened": case.opened,
        "step": flow.step(first.step).title if first else "",
        "who": named(found.names, flow, first.place_id) if first else "",
        "due": first.due if first else None,
        "left": said,
        "kind": kind,
    }
