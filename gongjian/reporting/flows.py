"""The monthly report of a unit: handed in, looked at above, returned or accepted, locked.

Each county, township and street hands in its month; the level above accepts or returns it; the
city locks the month of all. What is handed in is no number but the statement that the record was
gone through: the figures are those of the ledgers.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.history.record import newest
from gongjian.reporting.changes import month_changes
from gongjian.reporting.printing import return_notice, review_sheet
from gongjian.reporting.queries import lock_over, own_submission, waiting_below
from gongjian.reporting.rules import LEAST_WORDS, MONTHLY_REPORT, Period
from gongjian.reporting.swings import Limits, New, on_the_way, swinging
from gongjian.workflow.declare import (
    FLOWS,
    Attempt,
    Clock,
    Condition,
    Flow,
    Kind,
    Number,
    Printed,
    State,
    Step,
)
from gongjian.workflow.models import Case

P = Permission

EXPLAIN: Final = "新增比上月波动大的指标都写了异常说明"
"""What is to be true before a month is handed in; the fields for it stand apart on the page."""


def _line(place: int, day: date) -> Sequence[int]:
    return (place, *tree_on(day).ancestors(place))


def _cut_off(case: Case) -> date:
    return Period.read(case.subject).cut_off


def _all_in(attempt: Attempt) -> str:
    """Whoever hands in while units below have not been accepted says so in the remark."""
    if (attempt.remark or "").strip():
        return ""
    waiting = waiting_below(attempt.case)
    if not waiting or attempt.remark is None:
        return ""
    names = "、".join(waiting[:3]) + ("等" if len(waiting) > 3 else "")
    return f"还有 {len(waiting)} 个下级没有通过（{names}），请先审核，或在说明里写明"


def _never_itself(attempt: Attempt) -> str:
    return "请退回，由它自己改好后重报" if own_submission(attempt.case) else ""


def _open_month(attempt: Attempt) -> str:
    """A case opened or left over beside a lock, as where the ledger of areas was corrected."""
    lock = lock_over(Period.read(attempt.case.subject), attempt.case.place_id)
    return f"已由 {lock.actor_name} 锁定，锁定以后的更正列在差异表，不再报送和审核" if lock else ""


def _submission(attempt: Attempt) -> Mapping[str, Any]:
    """The newest change known then, and how many rows came or went; without any a 零报告.

    With the figures that had to be explained: what was new, and what the month before.
    """
    known, case = newest(), attempt.case
    moved = {
        code: len(rows)
        for code, rows in month_changes(Period.read(case.subject), case.place_id).items()
    }
    swung = {new.figure.code: [new.now, new.before] for new in _swinging(case)}
    return {
        "known_at": known, "changes": moved, "zero": not any(moved.values()), "swings": swung,
    }  # fmt: skip


def _swinging(case: Case) -> list[New]:
    limits = Limits.of(case.rules)
    return swinging(Period.read(case.subject), case.place_id, limits) if limits else []


def _explained(attempt: Attempt) -> str:
    """Whoever hands in says of each figure that swung why, as ``explanations`` by its code."""
    limits = Limits.of(attempt.case.rules)
    if limits is None or attempt.remark is None:
        return ""
    if on_the_way(Period.read(attempt.case.subject), attempt.case.place_id):
        return "要比的几个截止日正在重新计算，请过几分钟再报"
    given = attempt.body.get("explanations", {})
    missing = [
        new.figure.name
        for new in _swinging(attempt.case)
        if len(given.get(new.figure.code, "")) < LEAST_WORDS
    ]
    if not missing:
        return ""
    names = "”“".join(missing)
    return f"请在月报页面的“异常说明”一栏写明“{names}”波动的原因，每项至少 {LEAST_WORDS} 个字"


_OPEN_MONTH: Final = Condition(sentence="这个月还没有锁定", missing=_open_month)
_ALL_IN: Final = Condition(sentence="下级的月报都已通过，没有通过的在说明里写明", missing=_all_in)
_EXPLAINED: Final = Condition(sentence=EXPLAIN, missing=_explained)
_NEVER_ITSELF: Final = Condition(sentence="下级自己还没有报过的才能代报", missing=_never_itself)
_SUBMISSIONS: Final = ("submit", "resubmit", "submit-for")

REPORT: Final = FLOWS.register(
    Flow(
        slug=MONTHLY_REPORT,
        title="月报",
        opens=P.LOCK_MONTH,
        once=True,
        line=_line,
        states=(
            State("due", "待报"),
            State("submitted", "待审"),
            State("returned", "已退回"),
            State("accepted", "已通过"),
            State("locked", "已锁定", final=True),
            State("left-out", "锁定时未通过", final=True),
        ),
        numbers={
            "submit": Number("报送期限（从截止日起）"),
            "roll": Number("报送期限遇休息日顺延", Kind.FLAG),
            "again": Number("退回后重报的期限"),
            "review": Number("审核期限"),
            "wait": Number("逾期多久转上级"),
            "swing": Number("波动多大要说明（百分比）", Kind.COUNT),
            "swing-least": Number("相差几个以上才要说明", Kind.COUNT),
        },
        prints={
            "return-notice": Printed("退回通知书", return_notice),
            "review-sheet": Printed("月报审核单", review_sheet),
        },
        example="2011-06",
        steps=(
            Step(
                code="submit",
                title="报送",
                from_=("due",),
                to="submitted",
                permission=P.SUBMIT_REPORT,
                own=True,
                conditions=(_OPEN_MONTH, _ALL_IN, _EXPLAINED),
                keeps=_submission,
                asked=True,
                clock=Clock(number="submit", since=_cut_off, roll="roll"),
                escalates="wait",
            ),
            Step(
                code="submit-for",
                title="代报",
                from_=("due", "returned"),
                to="submitted",
                permission=P.REVIEW_REPORT,
                level=1,
                conditions=(_OPEN_MONTH, _NEVER_ITSELF, _ALL_IN, _EXPLAINED),
                settles="submit",
                keeps=_submission,
            ),
            Step(
                code="resubmit",
                title="重报",
                from_=("returned",),
                to="submitted",
                permission=P.SUBMIT_REPORT,
                own=True,
                conditions=(_OPEN_MONTH, _ALL_IN, _EXPLAINED),
                keeps=_submission,
                asked=True,
                clock=Clock(number="again"),
                escalates="wait",
            ),
            Step(
                code="accept",
                title="通过",
                from_=("submitted",),
                to="accepted",
                permission=P.REVIEW_REPORT,
                level=1,
                not_by=_SUBMISSIONS,
                conditions=(_OPEN_MONTH,),
                produces=("review-sheet",),
                asked=True,
                clock=Clock(number="review"),
                escalates="wait",
            ),
            Step(
                code="return",
                title="退回",
                from_=("submitted", "accepted"),
                to="returned",
                permission=P.REVIEW_REPORT,
                level=1,
                needs_remark=True,
                conditions=(_OPEN_MONTH,),
                tells=_SUBMISSIONS,
                produces=("return-notice",),
            ),
            Step(
                code="lock",
                title="锁定",
                from_=("accepted",),
                to="locked",
                permission=P.LOCK_MONTH,
                level=9,
                swept=True,
            ),
            Step(
                code="leave-out",
                title="未通过而锁定",
                from_=("due", "submitted", "returned"),
                to="left-out",
                permission=P.LOCK_MONTH,
                level=9,
                swept=True,
            ),
        ),
    )
)
