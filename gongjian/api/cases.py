"""Cases of flows, the steps that can be taken, and what is to be done.

The operations of steps are made from the declarations of flows, and so is their description.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongjian.api import cursors, parameters
from gongjian.api.case_shapes import CasesShape, StepOrder, TodosShape, WholeCaseShape
from gongjian.api.door import BRINGING, responses
from gongjian.api.ledgers import Number
from gongjian.api.values import Plain
from gongjian.areas.queries import area_by_code
from gongjian.core.days import SHANGHAI, today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.ledgers.remarks import remark
from gongjian.web.cases import asking, queries
from gongjian.web.cases.forms import MOST_LETTERS, places_below
from gongjian.web.machines import answer
from gongjian.workflow.actions import take
from gongjian.workflow.declare import FLOWS, Flow, Step
from gongjian.workflow.models import Case, CasePaper, Passage, Todo
from gongjian.workflow.queries import Option, options_as, todos_of

router: Final = Router(tags=["办理事项"])
waiting: Final = Router(tags=["办理事项"])


# ------------------------------------------------------------------ lists


@router.get(
    "",
    response=responses({200: CasesShape}),
    summary="办理事项",
    operation_id="cases",
    openapi_extra={"parameters": parameters.of_cases()},
)
def cases(request: HttpRequest) -> HttpResponse:
    """您管理范围内各项流程的事项，新的在前。"""
    reach = asking.reach(request)
    if not reach:
        raise NotPermitted(f"您的岗位不能{asking.DEED}，请由有此权限的人办理。")
    places = _places(request, reach)
    page = cursors.page(request)
    page.require()
    (below,) = page.place or [None]
    wanted = queries.Wanted(
        flow=_chosen(request, "flow", [flow.slug for flow in FLOWS]),
        state=_chosen(request, "state", parameters.states()),
        places=places,
        overdue=_chosen(request, "overdue", ["0", "1"]) == "1",
        below=below,
    )
    found = queries.cases_page(reach, wanted, today(), most=page.limit)
    said = [_case(case, found.todos.get(case.pk, []), found.names) for case in found.cases]
    on = None if found.next is None else cursors.write(request, 0, [found.next])
    return answer({"cases": said, "next": on})


def _places(request: HttpRequest, reach: Iterable[tuple[Flow, Any]]) -> frozenset[int] | None:
    """The area asked for and all below; NotInScope for one outside what the cases open in."""
    code = request.GET.get("area", "").strip()
    if not code:
        return None
    area = area_by_code(code)
    if area is None or not any(scope.covers([("areas", area)]) for _, scope in reach):
        raise NotInScope(f"没有代码为“{code[:40]}”的区划，或者它不在您的管理范围内。")
    return places_below(area)


def _chosen(request: HttpRequest, name: str, known: Iterable[str]) -> str:
    text = request.GET.get(name, "").strip()
    if text and text not in known:
        raise Refused(f"{name} 不能是“{text[:40]}”，请按 /api/openapi.json 里的写法填写。")
    return text


@waiting.get(
    "",
    response=responses({200: TodosShape}),
    summary="我的待办",
    operation_id="todos",
    openapi_extra={"parameters": parameters.PAGING},
)
def todos(request: HttpRequest) -> HttpResponse:
    """各项流程里等您办的，期限近的在前；没有期限的在后。"""
    page = cursors.page(request)
    held = asking.seats(request)
    if held.keys().isdisjoint(step.permission for flow in FLOWS for step in flow.steps):
        raise NotPermitted("您的岗位没有要办的事项，请由有此权限的人办理。")
    page.require()
    found = list(_behind(todos_of(held), page.place)[: page.limit + 1])
    more, found = len(found) > page.limit, found[: page.limit]
    names = queries.names_at(
        (FLOWS[todo.case.flow], place)
        for todo in found
        for place in (todo.place_id, todo.raised_to)
        if place is not None
    )
    said = [
        _todo(todo, FLOWS[todo.case.flow], names)
        | {"case": todo.case_id, "flow": todo.case.flow, "case_title": todo.case.title}
        for todo in found
    ]
    last = found[-1] if more else None
    on = None if last is None else cursors.write(request, 0, [_day(last.due), last.pk])
    return answer({"todos": said, "next": on})


def _behind(found: QuerySet[Todo], place: list[Any] | None) -> QuerySet[Todo]:
    """Those behind a place in the order of the last day, those without one last."""
    if place is None:
        return found
    due, last = place
    if due is None:
        return found.filter(due=None, pk__gt=last)
    day = date.fromisoformat(due)
    return found.filter(Q(due__gt=day) | Q(due=day, pk__gt=last) | Q(due=None))


# ------------------------------------------------------------------ one case


@router.get(
    "/{number}", response=responses({200: WholeCaseShape}), summary="一件事项", operation_id="case"
)
def case(request: HttpRequest, number: Number) -> HttpResponse:
    """一件事项的经过、现在能办什么、锁着什么、怎么解、规则和材料。"""
    return _one(request, asking.case_seen(request, number))


def _add(flow: Flow, step: Step) -> None:
    """Where a step of a flow is taken."""

    @router.post(
        f"/{flow.slug}/{{number}}/{step.code}",
        response=responses({200: WholeCaseShape}, BRINGING),
        summary=f"{flow.title}：{step.title}",
        description=(
            f"办“{step.title}”{'，要写说明 remark' if step.needs_remark else ''}。seen 填这一件读到时的 "
            "seen；中间有别人办过，就不办，请重读。"
        ),
        operation_id=f"{flow.slug}-{step.code}",
    )
    def one_step(request: HttpRequest, number: Number, order: StepOrder) -> HttpResponse:
        return _taken(request, flow, step, number, order)


for _flow in FLOWS:
    for _step in _flow.steps:
        if not _step.swept:
            _add(_flow, _step)


def _taken(
    request: HttpRequest, flow: Flow, step: Step, number: int, order: StepOrder
) -> HttpResponse:
    found = asking.case_seen(request, number)
    if found.flow != flow.slug:
        raise NotInScope(f"“{flow.title}”没有编号为 {number} 的事项。")
    actor = asking.must_take(request, found, step)
    said = remark(order.remark, MOST_LETTERS, label="说明")
    take(number, step.code, by=actor, remark=said, seen=order.seen)
    found.refresh_from_db()
    return _one(request, found)


# ------------------------------------------------------------------ what is said


def _one(request: HttpRequest, found: Case) -> HttpResponse:
    whole = queries.whole(found)
    flow = whole.flow
    options = options_as(found, lambda step: asking.taker(request, flow, step), day=today())
    there = {paper.code for paper in whole.papers}
    return answer(
        {
            **_case(found, whole.todos, whole.names),
            "path": [_passage(flow, one) for one in whole.passages],
            "options": [_option(one) for one in options],
            "rules": _rules(whole),
            "papers": [_paper(flow, paper) for paper in whole.papers],
            "papers_missing": [code for code in flow.papers if code not in there],
        }
    )


def _case(found: Case, todos: list[Todo], names: Any) -> Plain:
    flow = FLOWS[found.flow]
    state = flow.state(found.state)
    return {
        "id": found.pk,
        "flow": flow.slug,
        "subject": found.subject,
        "title": found.title,
        "place": _place(flow, found.place_id, names),
        "state": {"code": state.code, "title": state.title, "final": state.final},
        "opened": found.opened.isoformat(),
        "closed_at": found.closed_at and _moment(found.closed_at),
        "paused_on": _day(found.paused_on),
        "seen": found.passed,
        "todos": [_todo(todo, flow, names) for todo in todos],
    }


def _place(flow: Flow, place: int, names: Any) -> Plain:
    return {"id": place, "name": queries.named(names, flow, place)}


def _todo(todo: Todo, flow: Flow, names: Any) -> Plain:
    return {
        "step": todo.step,
        "title": flow.step(todo.step).title,
        "place": _place(flow, todo.place_id, names),
        "raised_to": None if todo.raised_to is None else _place(flow, todo.raised_to, names),
        "due": _day(todo.due),
        "since": _day(todo.since),
        "days": todo.days,
        "working": todo.working,
        "published": todo.published,
        "overdue": todo.due is not None and todo.due < today(),
    }


def _passage(flow: Flow, one: Passage) -> Plain:
    step = next((step for step in flow.steps if step.code == one.step), None)
    return {
        "number": one.number,
        "step": one.step,
        "title": flow.title_of(one.step),
        "state": one.to_state,
        "at": _moment(one.at),
        "day": one.day.isoformat(),
        "who": one.actor_name,
        "remark": one.remark,
        "due": _day(one.due),
        "late": one.late,
        "change": one.change,
        "link": one.link,
        "prints": list(step.produces) if step else [],
    }


def _option(one: Option) -> Plain:
    reasons = [
        {"why": r.why, "unlock": r.unlock, "source": str(r.source or "")} for r in one.reasons
    ]
    return {
        "step": one.step.code,
        "title": one.step.title,
        "open": one.open,
        "needs_remark": one.step.needs_remark,
        "right": one.right,
        "reasons": reasons,
    }


def _rules(whole: queries.Whole) -> list[Plain]:
    said = []
    for name, number in whole.flow.numbers.items():
        rule = whole.case.rules.get(name)
        pack = whole.packs.get(rule["pack"]) if rule else None
        if rule and pack:
            said.append({"name": name, "title": number.title, "value": rule["value"],
                         "source": str(pack), "read": pack.read})  # fmt: skip
    return said


def _paper(flow: Flow, paper: CasePaper) -> Plain:
    return {
        "code": paper.code,
        "title": flow.papers.get(paper.code, paper.code),
        "name": paper.file.name,
        "size": paper.file.size,
        "sha256": paper.file.sha256,
        "who": paper.actor_name,
        "at": _moment(paper.at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(at: Any) -> str:
    return str(at.astimezone(SHANGHAI).isoformat(timespec="seconds"))
