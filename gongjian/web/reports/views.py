"""The pages of the monthly report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjian.accounts.actions.checks import EARLIEST, LATEST
from gongjian.accounts.queries import seats
from gongjian.areas.queries import Tree, tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted
from gongjian.reporting.actions import lock, open_month, submit
from gongjian.reporting.queries import SUBMISSIONS, difference_sheet, lock_over, locks_of
from gongjian.reporting.rules import Period
from gongjian.web.people import insider, may, require, user_of
from gongjian.web.rendering import page
from gongjian.web.reports import forms, presenters, queries, waiting
from gongjian.web.reports.sheet import sheet_of
from gongjian.workflow.actions import see_notices, take
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.queries import case_for

_SEE = "查看月报"
_TELLS = {"submit": "已报送。", "resubmit": "已重报。", "submit-for": "已代报。",
          "accept": "已通过。", "return": "已退回，经办人会收到通知。"}  # fmt: skip


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The month of one unit and of those right below it."""
    area, someone = forms.place_of(request, Permission.SEE_FIGURES, _SEE)
    if area is None:
        return page(request, "reports/nothing.html", {})
    period = forms.period_of(request.GET)
    tree = tree_on(period.cut_off)
    code = tree.code(area)
    found = queries.unit(period, area, _taker(request, someone))
    under = queries.below(period, area)
    listed = presenters.units(under, period)
    context = {
        "period": period,
        "title": presenters.title(period),
        "name": tree.name(area),
        "code": code,
        "area": area,
        "way_up": _way_up(tree, area, someone, period),
        "others": [p and presenters.address("reports", code, p) for p in _beside(period)],
        "unit": found,
        "state": FLOWS[found.case.flow].state(found.case.state) if found.case else None,
        "style": presenters.STYLES[found.case.state] if found.case else "",
        "way": presenters.way(found.case) if found.case else [],
        "rows": presenters.rows(found.numbers, period, code),
        "moved": presenters.moved(found.changes, period, code),
        "problems": presenters.problems(found.problems, period, code),
        "passages": presenters.passages(found.passages),
        "deeds": presenters.deeds(found.options),
        "locked": presenters.locked_steps(found.case, found.options) if found.case else [],
        "listed": listed,
        "tally": presenters.tally(listed),
        "periods": under.periods,
        "lock": lock_over(period, area),
        "here": presenters.address("reports", code, period),
        "difference": presenters.address("report-difference", code, period),
        "may_lock": may(request, Permission.LOCK_MONTH) and tree.parent(area) is None,
        "over": period.cut_off < today(),
        "opened": any(one["report"] for one in listed),
    }
    return page(request, "reports/month.html", context)


def _taker(request: HttpRequest, someone: Actor) -> Actor:
    """Whoever looks, with the steps that their posts let them take here, for showing buttons."""
    held = {p for p in (Permission.SUBMIT_REPORT, Permission.REVIEW_REPORT) if may(request, p)}
    return Actor(id=someone.id, name=someone.name, scope=someone.scope, permissions=frozenset(held))


def _way_up(tree: Tree, area: int, someone: Actor, period: Period) -> list[tuple[str, str]]:
    return [
        (tree.name(above), presenters.address("reports", tree.code(above), period))
        for above in reversed(tree.ancestors(area))
        if someone.scope.covers([("areas", above)])
    ]


def _beside(period: Period) -> list[Period | None]:
    """The month before and the month after, as far as the calendar of the product goes."""
    after = Period(period.year + period.month // 12, period.month % 12 + 1)
    beside = (period.previous, after)
    return [p if p.first_day > EARLIEST and p.cut_off < LATEST else None for p in beside]


@require_POST
def take_(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take one step of a report: hand in, accept, return."""
    case = case_for(case_id, insider(request, _SEE).scope)
    step = FLOWS[case.flow].step(request.POST.get("step", ""))
    actor = require(request, step.permission, f"办“{step.title}”")
    if not actor.scope.covers([("areas", case.place_id)]):
        raise NotPermitted(f"您在这里的岗位不能办“{step.title}”，请由有此权限的人办理。")
    remark, seen = forms.remark_of(request.POST), forms.seen_of(request.POST)
    if step.code in SUBMISSIONS:
        stands_in = step.code == "submit-for"
        submit(case_id, by=actor, remark=remark, stands_in=stands_in, seen=seen)
    else:
        take(case_id, step.code, by=actor, remark=remark, seen=seen)
    messages.success(request, f"{case}：{_TELLS[step.code]}")
    period = Period.read(case.subject)
    code = tree_on(period.cut_off).code(case.place_id)
    return HttpResponseRedirect(presenters.address("reports", code, period))


@require_POST
def open_(request: HttpRequest) -> HttpResponse:
    """Open the month for all units below an area."""
    area, actor = forms.must_place(request, Permission.LOCK_MONTH, "开始月报")
    period = forms.period_of(request.POST)
    opened = open_month(period, area_id=area, by=actor)
    messages.success(request, f"已开始 {period} 的月报，共 {len(opened)} 个单位。")
    return _back(area, period)


@require_POST
def lock_(request: HttpRequest) -> HttpResponse:
    """Lock the month of an area, and with it the reports of all units below."""
    area, actor = forms.must_place(request, Permission.LOCK_MONTH, "锁定月报")
    period = forms.period_of(request.POST)
    locked = lock(period, area_id=area, by=actor, reason=forms.remark_of(request.POST))
    messages.success(request, f"已锁定 {period}（第 {locked.version} 次），以后的更正列在差异表。")
    return _back(area, period)


def _back(area: int, period: Period) -> HttpResponse:
    code = tree_on(period.cut_off).code(area)
    return HttpResponseRedirect(presenters.address("reports", code, period))


@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    """How the present differs from the month as it was locked, with the rows and changes."""
    area, _ = forms.must_place(request, Permission.SEE_FIGURES, _SEE)
    period = forms.period_of(request.GET)
    tree = tree_on(period.cut_off)
    locked = locks_of(period, area).first()
    later = queries.written_since(locked.known_at) if locked else 0
    context = {
        "period": period,
        "name": tree.name(area),
        "locked": locked,
        "later": later,
        "large": later > queries.LARGE,
        "sheet": sheet_of(difference_sheet(locked)) if locked and later <= queries.LARGE else [],
        "opens": may(request, Permission.SEE_TRAIL),
        "back": presenters.address("reports", tree.code(area), period),
    }
    return page(request, "reports/difference.html", context)


@require_safe
def todos(request: HttpRequest) -> HttpResponse:
    """What whoever asks is to do in all flows, by last day; notices; what is overdue below."""
    user = user_of(request)
    held = seats(user, today())
    context: dict[str, Any] = {
        "todos": waiting.todos(held),
        "notices": waiting.notices(user.pk),
        "overdue": waiting.overdue_below(held),
    }
    return page(request, "reports/todos.html", context)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All notices have been looked at."""
    see_notices(user_of(request).pk)
    return HttpResponseRedirect(reverse("todos"))
