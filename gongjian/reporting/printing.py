"""Papers that come of a month: the notice of its return, and the sheet of its review."""

from datetime import date
from typing import Any

from gongjian.areas.queries import Tree, tree_on
from gongjian.calendars.rules import Span
from gongjian.history.shapes import SHAPES
from gongjian.history.state import keep_answers, touching
from gongjian.indicators.query import figures
from gongjian.reporting.queries import SUBMISSIONS, UNITS
from gongjian.reporting.rules import REPORTED, Period
from gongjian.workflow.declare import PaperContent, Table
from gongjian.workflow.models import Case, Passage
from gongjian.workflow.queries import known_then


def return_notice(passage: Passage) -> PaperContent:
    """What the unit is told: which month, why it comes back, until when it is to be handed in."""
    case, known = passage.case, known_then(passage)
    period = Period.read(case.subject)
    handed = _handed_in(passage)
    again = Span.read(case.rules["again"]["value"])
    return PaperContent(
        title="月报退回通知书",
        to=_name(tree_on(period.cut_off, known), case),
        lines=(
            f"你单位 {_said(handed)}的 {period.year} 年 {period.month} 月月报，经审核，予以退回。",
            f"退回理由：{passage.remark}",
            f"请改正台账，自退回之日起 {_in_words(again)}内重报。首次报送的时间照记，不因退回而改变。",
        ),
        signatures=(f"审核单位：{_reviewer(passage, known)}", f"审核人：{passage.actor_name}",
                    f"日期：{passage.day}"),
    )  # fmt: skip


def review_sheet(passage: Passage) -> PaperContent:
    """That a month was accepted, with its figures as they were known then."""
    case, known = passage.case, known_then(passage)
    period = Period.read(case.subject)
    handed = _handed_in(passage)
    returns = _before(passage).filter(step="return").count()
    lines = [
        f"报送单位：{_name(tree_on(period.cut_off, known), case)}",
        f"月份：{period.year} 年 {period.month} 月，截止日 {period.cut_off}",
        f"报送：{_said(handed)}，{handed.actor_name}",
        f"退回：{returns} 次",
        "审核意见：通过" + (f"。{passage.remark}" if passage.remark else ""),
        f"下表由台账算出，所知截至变更 {known}。",
    ]
    # The state of then: later changes leave it as it is, and its digest is of this history alone.
    then = touching(*(shape.slug for shape in SHAPES), known_at=known)
    rows = _rows(then, period.cut_off, known, case.place_id)
    return PaperContent(
        title="月报审核单",
        lines=tuple(lines),
        table=Table(head=("指标", "累计", "单位"), rows=rows),
        signatures=(f"审核单位：{_reviewer(passage, known)}", f"审核人：{passage.actor_name}",
                    f"日期：{passage.day}"),
    )  # fmt: skip


@keep_answers(UNITS)
def _rows(day: date, known: int, place: int) -> tuple[tuple[str, ...], ...]:
    said = figures(REPORTED, day=day, known_at=known, node=place)
    return tuple((one["name"], _number(one["value"]), one["unit"]) for one in said["figures"])


def _before(passage: Passage) -> Any:
    return Passage.objects.filter(case=passage.case, number__lt=passage.number)


def _handed_in(passage: Passage) -> Passage:
    """The latest submission before a passage."""
    found: Passage = _before(passage).filter(step__in=SUBMISSIONS).latest("number")
    return found


def _said(handed: Passage) -> str:
    """On which day and how: 重报 is counted apart and never late."""
    how = {"submit-for": "由上级代报", "resubmit": "重报"}.get(handed.step, "报送")
    late = "（迟报）" if handed.late and handed.step != "resubmit" else ""
    return f"{handed.day} {how}{late}"


def _name(tree: Tree, case: Case) -> str:
    """What the unit was called; a unit that is no longer known of that day keeps its case's name."""
    return tree.name(case.place_id) if tree.exists(case.place_id) else case.title


def _reviewer(passage: Passage, known: int) -> str:
    tree = tree_on(passage.day, known)
    place = passage.case.place_id
    above = (*tree.ancestors(place), place)[0]
    return tree.name(above) if tree.exists(above) else ""


def _in_words(span: Span) -> str:
    return f"{span.days} 个工作日" if span.working else f"{span.days} 日"


def _number(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"
