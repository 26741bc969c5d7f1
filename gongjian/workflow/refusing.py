"""What stands in the way of a step: the place, the right, the moment, in this order."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from gongjian.core.access import Actor
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.workflow.declare import Attempt, Flow, Source, Step
from gongjian.workflow.models import Case, CasePaper
from gongjian.workflow.told import passages_of

_GONE: Final = "没有这件事，或者它不在您的管理范围内。"


class Reason(NamedTuple):
    """Why a step is locked, by which rule, and what unlocks it: three sentences' worth."""

    why: str
    unlock: str
    source: Source | None = None

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        said = f"（{self.source}）" if self.source else ""
        return f"{self.why}{said}；{self.unlock}"


def require_within(flow: Flow, case: Case, by: Actor) -> None:
    """Raise NotInScope for a case that is not there for ``by``."""
    if not by.scope.covers([(flow.standing, case.place_id)]):
        raise NotInScope(_GONE)


def require_right(flow: Flow, step: Step, attempt: Attempt) -> None:
    """Raise NotPermitted where ``attempt.by`` may not take ``step``, at whatever moment."""
    by, case = attempt.by, attempt.case
    if by is None or not by.may(step.permission):
        name = by.name if by else ""
        raise NotPermitted(f"“{name}”的岗位不能办“{step.title}”，请由有此权限的人办理。")
    acting = flow.acting(step, case.place_id, attempt.day)
    if not by.scope.covers([(flow.standing, acting)]):
        raise NotPermitted(f"“{step.title}”由上级办理，请等上级办理或联系上级。")
    above = flow.line(case.place_id, attempt.day)[1:2]
    if step.own and above and by.scope.covers([(flow.standing, above[0])]):
        raise NotPermitted(f"“{step.title}”由本级办理，上级不能替它办这一步。")
    taker = _forbidden_taker(flow, step, case, by)
    if taker:
        raise NotPermitted(f"“{taker}”是您自己办的，“{step.title}”要由另一个人办理。")


def require_moment(flow: Flow, step: Step, attempt: Attempt) -> None:
    """Raise NotNow with the first reason that locks ``step``, Refused for a missing remark."""
    for reason in reasons(flow, step, attempt):
        raise NotNow(f"现在不能办“{step.title}”：{reason.sentence}")
    if step.needs_remark and not (attempt.remark or "").strip():
        raise Refused(f"“{step.title}”要写明理由，请填写后再办。")


def reasons(flow: Flow, step: Step, attempt: Attempt) -> Iterator[Reason]:
    """All that locks ``step``, whoever would take it; none where it can be taken now."""
    case = attempt.case
    if case.state not in step.from_:
        yield _wrong_state(flow, step, case)
        return
    if case.paused_on is not None and not step.resumes:
        (title, *_) = [s.title for s in flow.leaving(case.state) if s.resumes]
        yield Reason(f"从 {case.paused_on} 起中止", f"请先办“{title}”")
    elif case.paused_on is None and step.resumes:
        yield Reason("现在没有中止", "不用办这一步")
    if step.swept:
        yield Reason("这一步不单独办", "到时与其他各件一起办")
    yield from _missing_papers(flow, step, case)
    for condition in step.conditions:
        missing = condition.missing(attempt)
        if missing:
            yield Reason(condition.sentence, missing, condition.source)


def _missing_papers(flow: Flow, step: Step, case: Case) -> Iterator[Reason]:
    if not step.papers:
        return
    there = set(CasePaper.objects.filter(case=case).values_list("code", flat=True))
    for code in step.papers:
        if code not in there:
            title = flow.papers[code]
            yield Reason(f"缺材料“{title}”", f"请先交“{title}”")


def _wrong_state(flow: Flow, step: Step, case: Case) -> Reason:
    now = flow.state(case.state)
    if now.final:
        return Reason(f"已经是“{now.title}”", "不再办理")
    way = way_to(flow, case.state, step)
    if not way:
        return Reason(f"现在是“{now.title}”", "这一步已经过了，不再办理")
    wanted = "或".join(f"“{flow.state(code).title}”" for code in step.from_)
    return Reason(f"现在是“{now.title}”，到{wanted}才能办", f"请先办“{way[0].title}”")


def way_to(flow: Flow, state: str, step: Step) -> list[Step]:
    """The shortest way of steps from ``state`` to where ``step`` can be taken; empty for none."""
    ways: dict[str, list[Step]] = {state: []}
    waiting = [state]
    for at in waiting:
        if at in step.from_:
            return ways[at]
        for leaving in flow.leaving(at):
            if leaving.to and leaving.to not in ways:
                ways[leaving.to] = [*ways[at], leaving]
                waiting.append(leaving.to)
    return []


def _forbidden_taker(flow: Flow, step: Step, case: Case, by: Actor) -> str:
    """The title of the step that ``by`` took and that forbids this one; else nothing."""
    if not step.not_by:
        return ""
    taken = [passage for passage in passages_of(case) if passage.step in step.not_by]
    last = taken[-1] if taken else None
    if last is None or (last.actor_id, last.actor_name) != (by.id, by.name):
        return ""
    return flow.title_of(last.step)
