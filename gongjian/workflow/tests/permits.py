"""A flow made for tests: a permit is asked for, looked at above, posted, and given or not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final

from gongjian.core.access import OPERATOR, Actor, Permission, Scope
from gongjian.files.actions import keep
from gongjian.files.models import StoredFile
from gongjian.workflow.actions import NewCase, open_case
from gongjian.workflow.declare import (
    FLOWS,
    Attempt,
    Clock,
    Condition,
    Flow,
    Kind,
    Number,
    PaperContent,
    Printed,
    Source,
    State,
    Step,
    Table,
)
from gongjian.workflow.models import Case, CasePaper, Passage, RulePack
from gongjian.workflow.packs import NewPack, write_pack
from gongjian.workflow.papers import PURPOSE, hand_in
from gongjian.workflow.queries import known_then

CITY, COUNTY, TOWN, OTHER = 1, 2, 3, 4
ABOVE: Final = {TOWN: COUNTY, OTHER: COUNTY, COUNTY: CITY}
ASK, LOOK = Permission.SUBMIT_REPORT, Permission.REVIEW_REPORT
LAW = Source("试行办法", "第三条")


def line(place: int, day: date) -> Sequence[int]:
    """The place and all above it."""
    found = [place]
    while found[-1] in ABOVE:
        found.append(ABOVE[found[-1]])
    return found


def _no_seven(attempt: Attempt) -> str:
    return "请改掉事由里的 7" if "7" in attempt.case.subject else ""


def _licence(passage: Passage) -> PaperContent:
    return PaperContent(title="许可证", to=passage.case.title,
                        lines=(f"{passage.day} 准予许可。", f"所知截至变更 {known_then(passage)}。"),
                        table=Table(head=("事由", "发证人"),
                                    rows=((passage.case.subject, passage.actor_name),)),
                        signatures=("发证机关",))  # fmt: skip


PERMIT: Final = Flow(
    slug="permit",
    title="许可",
    states=(
        State("draft", "草稿"),
        State("asked", "待审"),
        State("posted", "公示中"),
        State("given", "已发", final=True),
        State("refused", "不发", final=True),
    ),
    steps=(
        Step(code="ask", title="申请", from_=("draft",), to="asked", permission=ASK, own=True,
             asked=True, clock=Clock(number="ask"), escalates="wait", papers=("form",)),
        Step(code="post", title="公示", from_=("asked",), to="posted", permission=LOOK, level=1,
             asked=True, clock=Clock(number="look", roll="roll"), escalates="wait",
             not_by=("ask",), conditions=(Condition(sentence="事由里不能有 7", missing=_no_seven,
                                                    source=LAW),)),
        Step(code="back", title="退回", from_=("asked",), to="draft", permission=LOOK, level=1,
             needs_remark=True, tells=("ask",)),
        Step(code="give", title="发证", from_=("posted",), to="given", permission=LOOK, level=1,
             asked=True, clock=Clock(number="look", since="ask"), produces=("licence",)),
        Step(code="refuse", title="不发", from_=("asked", "posted"), to="refused",
             permission=LOOK, level=1, needs_remark=True, tells=("ask",)),
        Step(code="stop", title="中止", from_=("asked", "posted"), permission=LOOK, level=1,
             needs_remark=True, pauses=True),
        Step(code="go-on", title="恢复", from_=("asked", "posted"), permission=LOOK, level=1,
             resumes=True),
    ),
    opens=ASK,
    line=line,
    numbers={"ask": Number("申请期限"), "look": Number("审查期限"), "wait": Number("上报前等"),
             "roll": Number("遇休息日顺延", Kind.FLAG)},
    papers={"form": "申请表"},
    prints={"licence": Printed("许可证", _licence)},
)  # fmt: skip
"""Without papers in the way: see ``plain``."""


@contextmanager
def registered(flow: Flow = PERMIT) -> Iterator[Flow]:
    """The flow is known as long as the test runs."""
    FLOWS._flows[flow.slug] = flow
    try:
        yield flow
    finally:
        del FLOWS._flows[flow.slug]


def pack(place: int | None = None, begins: date = date(2000, 1, 1), **values: str) -> RulePack:
    """A rule pack; without values one that gives all numbers."""
    every = {"ask": "5d", "look": "10wd", "wait": "2d", "roll": "是"}
    new = NewPack(
        flow="permit", place_id=place, valid_from=begins, source=LAW, values=values or every
    )
    return write_pack(new, by=OPERATOR)


def somebody(number: int, place: int, *may: Permission) -> Actor:
    """A person at a place, whose scope is it and all below."""
    below = {at for at in (CITY, COUNTY, TOWN, OTHER) if place in line(at, date.min)}
    scope = Scope(inside={"areas": frozenset(below)})
    return Actor(id=number, name=f"人{number}", scope=scope, permissions=frozenset(may))


CLERK = somebody(11, TOWN, ASK)
LOOKER = somebody(12, COUNTY, LOOK)
BOTH = somebody(13, COUNTY, ASK, LOOK)
READER = somebody(14, TOWN)
STRANGER = somebody(15, OTHER, ASK, LOOK)
LEADER = somebody(16, CITY, ASK, LOOK)


def begun(subject: str = "甲", place: int = TOWN, on: date | None = None) -> Case:
    """A case in its first state."""
    return open_case("permit", NewCase(subject=subject, title=f"{subject}的许可", place_id=place),
                     by=OPERATOR, on=on)  # fmt: skip


def brought(by: Actor, content: bytes = b"form", name: str = "申请表.pdf") -> StoredFile:
    """A file as somebody brings it for a case."""
    return keep(content, name, owner_id=by.id, purpose=PURPOSE)


def formed(case: Case, by: Actor = CLERK) -> CasePaper:
    """The application form, handed in."""
    return hand_in(case.pk, "form", brought(by).pk, by=by)
