"""What the api says of cases: JSON for programs, told field by field."""

from ninja import Field, Schema

from gongjian.api.door import Strict
from gongjian.web.cases.forms import MOST_LETTERS


class PlaceShape(Strict):
    """Where a case is, or who is to do something: an entry of the ledger its flow stands on."""

    id: int
    name: str


class StateShape(Strict):
    """Where a case has come to; nothing leaves a ``final`` state."""

    code: str
    title: str
    final: bool


class TodoShape(Strict):
    """A step that somebody at ``place`` is to take: in time up to ``due``, which lies ``days``
    (``working``: working days) after ``since``; ``published``: the calendar was known so far."""

    step: str
    title: str
    place: PlaceShape
    raised_to: PlaceShape | None
    due: str | None
    since: str | None
    days: int
    working: bool
    published: bool
    overdue: bool


class CaseShape(Strict):
    """One case. ``seen`` is how much has happened to it: whoever takes a step sends it along."""

    id: int
    flow: str
    subject: str
    title: str
    place: PlaceShape
    state: StateShape
    opened: str
    closed_at: str | None
    paused_on: str | None
    seen: int
    todos: list[TodoShape]


class CasesShape(Strict):
    """Cases within the scope, the newest first."""

    cases: list[CaseShape]
    next: str | None


class PassageShape(Strict):
    """One thing that happened; ``due`` was the last day on which it was in time."""

    number: int
    step: str
    title: str
    state: str
    at: str
    day: str
    who: str
    remark: str
    due: str | None
    late: bool
    change: int | None
    link: int | None
    prints: list[str]


class ReasonShape(Strict):
    """What locks a step, by which rule, and what unlocks it."""

    why: str
    unlock: str
    source: str


class OptionShape(Strict):
    """A step: can it be taken now, by whoever asks? ``right`` says why not by them."""

    step: str
    title: str
    open: bool
    needs_remark: bool
    right: str
    reasons: list[ReasonShape]


class RuleShape(Strict):
    """A number that the case goes by, and where it stands; ``read``: in its own words."""

    name: str
    title: str
    value: str
    source: str
    read: bool


class CasePaperShape(Strict):
    """A paper that was handed in."""

    code: str
    title: str
    name: str
    size: int
    sha256: str
    who: str
    at: str


class WholeCaseShape(CaseShape):
    """One case with its path, what can be done, its rules and papers."""

    path: list[PassageShape]
    options: list[OptionShape]
    rules: list[RuleShape]
    papers: list[CasePaperShape]
    papers_missing: list[str]


class MineShape(TodoShape):
    """A to-do of whoever asks, and of which case."""

    case: int
    flow: str
    case_title: str


class TodosShape(Strict):
    """To-dos, the earliest last day first."""

    todos: list[MineShape]
    next: str | None


class StepOrder(Schema):
    """A step as it is to be taken: ``seen`` is that of the case as it was read."""

    seen: int = Field(ge=1, le=2**31 - 1)
    remark: str = Field("", max_length=MOST_LETTERS)
