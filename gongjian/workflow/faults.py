"""What is wrong with the declaration of a flow."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongjian.workflow.declare import Flow, Step

_RESERVED = {"open", "raise"}


def faults(flow: "Flow") -> list[str]:
    """All contradictions, and every way in which a case could get stuck; none of a good flow."""
    return [*_twice(flow), *_names(flow), *_graph(flow)]


def _twice(flow: "Flow") -> Iterator[str]:
    for word, codes in (
        ("state", [state.code for state in flow.states]),
        ("step", [step.code for step in flow.steps]),
    ):
        for code, times in Counter(codes).items():
            if times > 1:
                yield f"two {word}s {code}"
    for step in flow.steps:
        if step.code in _RESERVED:
            yield f"step {step.code} has a reserved name"


def _names(flow: "Flow") -> Iterator[str]:
    states = {state.code for state in flow.states}
    steps = {step.code for step in flow.steps}
    for step in flow.steps:
        clock = step.clock
        since = [clock.since] if clock and isinstance(clock.since, str) else []
        numbers = [step.escalates, *([clock.number, clock.roll] if clock else [])]
        yield from _unknown(step, "state", [*step.from_, step.to], states)
        yield from _unknown(step, "step", [*step.not_by, *step.tells, *since, step.settles], steps)
        yield from _unknown(step, "number", numbers, set(flow.numbers))
        yield from _unknown(step, "paper", step.papers, set(flow.papers))
        yield from _unknown(step, "print", step.produces, set(flow.prints))
        yield from _of_step(step)
    produced = {name for step in flow.steps for name in step.produces}
    for name, printed in flow.prints.items():
        if name not in produced:
            yield f"no step produces {name}"
        if not printed.title:
            yield f"print {name} has no title"


def _unknown(step: "Step", word: str, names: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in names:
        if name and name not in known:
            yield f"step {step.code} names {word} {name}, which is not there"


def _of_step(step: "Step") -> Iterator[str]:
    if not step.title or not step.from_:
        yield f"step {step.code} has no title or begins nowhere"
    if step.escalates and step.clock is None:
        yield f"step {step.code} escalates without a clock"
    if step.clock is not None and not step.asked:
        yield f"step {step.code} has a clock but stands on no list"
    if (step.pauses or step.resumes) and step.to:
        yield f"step {step.code} pauses or resumes, so it may not move"
    for condition in step.conditions:
        if not condition.sentence:
            yield f"step {step.code} has a condition without a sentence"


def _graph(flow: "Flow") -> Iterator[str]:
    if not flow.states:
        yield "no state"
        return
    ways = {
        state.code: {step.to for step in flow.leaving(state.code) if step.to} - {state.code}
        for state in flow.states
    }
    final = {state.code for state in flow.states if state.final}
    for code in sorted(set(ways) - _reached(flow.states[0].code, ways)):
        yield f"state {code} is never reached"
    yield from (f"final state {code} is left" for code in sorted(final) if flow.leaving(code))
    for code in sorted(set(ways) - final):
        if not _reached(code, ways) & final:
            yield f"state {code} never ends"
    yield from _pauses(flow)


def _pauses(flow: "Flow") -> Iterator[str]:
    resumed = {code for step in flow.steps if step.resumes for code in step.from_}
    for step in flow.steps:
        for code in sorted(set(step.from_) - resumed if step.pauses else ()):
            yield f"what step {step.code} pauses in state {code} is never resumed"


def _reached(start: str, ways: dict[str, set[str]]) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += ways.get(at, ())
    return found
