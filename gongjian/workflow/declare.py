"""What a flow is: states, steps, who may, what must be true, against which clock.

A room declares its flows in its module ``flows`` and registers them::

    FLOWS.register(Flow(slug="monthly-report", title="月报", states=…, steps=…))

A declaration that contradicts itself, or that lets a case get stuck, is refused when it is made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from gongjian.calendars.rules import Span
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import WrongUse
from gongjian.workflow.faults import faults
from gongjian.workflow.models import Case, Passage

OPEN: Final = "open"
RAISE: Final = "raise"
RESERVED: Final[Mapping[str, str]] = {OPEN: "开始", RAISE: "逾期上报"}
"""What happens to a case without being a step of its flow, in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands; ``read``: it was read in its own words, not recalled."""

    law: str
    article: str = ""
    read: bool = True

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A step about to be taken. ``remark`` None: one only looks whether it could be."""

    case: Case
    by: Actor | None
    day: date
    remark: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be true before a step, as a sentence.

    ``missing`` says what is to be done until it is true, and nothing (an empty text) once it is.
    """

    sentence: str
    missing: Callable[[Attempt], str]
    source: Source | None = None


class Kind(StrEnum):
    """How the number of a rule is written: ``10wd`` or ``15d``, ``25``, 是 or 否."""

    SPAN = "span"
    COUNT = "count"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a flow goes by and that rule packs give."""

    title: str
    kind: Kind = Kind.SPAN

    def check(self, text: str) -> None:
        """Raise WrongUse for a value that is not of the kind."""
        if self.kind == Kind.SPAN:
            Span.read(text)
        elif self.kind == Kind.COUNT and not (text.isascii() and text.isdigit()):
            raise WrongUse(f"“{self.title}”的数值“{text}”看不懂，请写成不带小数的数字。")
        elif self.kind == Kind.FLAG and text not in {"是", "否"}:
            raise WrongUse(f"“{self.title}”的数值“{text}”看不懂，请写“是”或“否”。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How long a step may take: the span ``number``, moved off rest days where ``roll`` is 是.

    It runs from ``since``: the code of an earlier step (its latest passage), a function of the
    case, or, by default, the day on which the state was entered.
    """

    number: str
    since: str | Callable[[Case], date] = ""
    roll: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table on a paper: texts, as many in each row as in the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """What a paper says. ``to`` is whom it is for, ``signatures`` who puts name and seal to it."""

    title: str
    to: str = ""
    lines: tuple[str, ...] = ()
    table: Table | None = None
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that comes of a step.

    ``content`` makes it of what the passage keeps, and of the record as it was known then
    (``workflow.queries.known_then``), of nothing else: printed again, it says the same.
    """

    title: str
    content: Callable[[Passage], PaperContent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A way from states ``from_`` to the state ``to`` (blank: it stays as it is).

    ``permission`` must be held at the case's own place, or ``level`` places above it; ``own``: by
    nobody whose posts reach higher than that place. ``not_by`` names steps whose latest taker may
    not take this one (四眼). ``asked``: it stands on a list of what is to be done. ``settles``
    names the step in whose place it is taken, and whose last day is its own. ``escalates`` names
    the span after the last day, beyond which it goes to the next level up. ``swept``: it is taken
    for many cases together, never for one. ``tells``: whoever last took these steps gets a notice.
    ``effect`` runs inside the passage and gives the number of the change it made, if any.
    ``keeps`` gives what the passage keeps for later, as plain values. ``produces`` names papers.
    """

    code: str
    title: str
    from_: tuple[str, ...]
    to: str = ""
    permission: Permission
    level: int = 0
    own: bool = False
    conditions: tuple[Condition, ...] = ()
    papers: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    needs_remark: bool = False
    asked: bool = False
    clock: Clock | None = None
    settles: str = ""
    escalates: str = ""
    swept: bool = False
    tells: tuple[str, ...] = ()
    pauses: bool = False
    resumes: bool = False
    effect: Callable[[Attempt], int | None] | None = None
    keeps: Callable[[Attempt], Mapping[str, Any]] | None = None
    produces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can be; nothing leaves a ``final`` one."""

    code: str
    title: str
    final: bool = False


def _alone(place: int, day: date) -> Sequence[int]:  # noqa: ARG001 - nothing lies above
    return (place,)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A flow; its cases begin in the first state.

    ``standing`` is the ledger whose entries are the places of its cases; ``line`` gives a place
    and all above it on a day, the nearest first. ``opens`` is the permission to open a case.
    ``once``: a subject at a place has one case for ever, not only one that is open. ``sees`` is
    the permission to read its cases. ``papers`` are handed in, ``prints`` come of it, by code.
    ``example`` is a subject such as its cases have.
    """

    slug: str
    title: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    opens: Permission
    standing: str = "areas"
    line: Callable[[int, date], Sequence[int]] = _alone
    numbers: Mapping[str, Number] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, Printed] = field(default_factory=dict)
    once: bool = False
    sees: Permission = Permission.SEE_FIGURES
    example: str = "甲"

    def __post_init__(self) -> None:
        found = faults(self)
        if found:
            raise ValueError(f"flow {self.slug}: " + "; ".join(found))

    @property
    def readers(self) -> frozenset[Permission]:
        """The permissions by which its cases open: to read them, or to take any step."""
        return frozenset({self.sees, *(step.permission for step in self.steps)})

    def state(self, code: str) -> State:
        """The state called ``code``; KeyError for none."""
        return {state.code: state for state in self.states}[code]

    def step(self, code: str) -> Step:
        """The step called ``code``; WrongUse for none."""
        for step in self.steps:
            if step.code == code:
                return step
        raise WrongUse(f"“{self.title}”没有“{code}”这一步，请核对。")

    def leaving(self, state: str) -> list[Step]:
        """The steps that can be taken in a state."""
        return [step for step in self.steps if state in step.from_]

    def title_of(self, code: str) -> str:
        """What a passage is called: a step, or what happens by itself."""
        return RESERVED.get(code) or self.step(code).title

    def acting(self, step: Step, place: int, day: date) -> int:
        """The place at which ``step`` is taken: so many levels up, or as far up as there is."""
        line = self.line(place, day) or (place,)
        return line[min(step.level, len(line) - 1)]


class _Flows:
    """The flows of all rooms."""

    def __init__(self) -> None:
        self._flows: dict[str, Flow] = {}

    def register(self, flow: Flow) -> Flow:
        """Add a flow; a second one of its name is a mistake."""
        if flow.slug in self._flows:
            raise ValueError(f"two flows are called {flow.slug}")
        self._flows[flow.slug] = flow
        return flow

    def __iter__(self) -> Iterator[Flow]:
        return iter(self._flows.values())

    def __getitem__(self, slug: str) -> Flow:
        if slug not in self._flows:
            raise WrongUse(f"没有名为“{slug}”的流程，请核对。")
        return self._flows[slug]


FLOWS: Final = _Flows()
