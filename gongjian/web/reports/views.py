"""The pages of the monthly report."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.reporting.actions import lock, open_month, submit
from gongjian.reporting.queries import SUBMISSIONS, report_of
from gongjian.reporting.rules import MONTHLY_REPORT, Period
from gongjian.web.cases.asking import must_take
from gongjian.web.people import insider, require
from gongjian.web.rendering import page
from gongjian.web.reports import arrival, forms, presenters, queries
from gongjian.web.reports.showing import SEE, Asked, Said, show
from gongjian.workflow.actions import take
from gongjian.workflow.declare import FLOWS, Step
from gongjian.workflow.models import Case
from gongjian.workflow.notices import urge
from gongjian.workflow.queries import case_for

_TELLS = {"submit": "已报送。", "resubmit": "已重报。", "submit-for": "已代报。",
          "accept": "已通过。", "return": "已退回，经办人会收到通知。"}  # fmt: skip


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The month of one unit and of those right below it."""
    area, someone = forms.place_of(request, Permission.SEE_FIGURES, SEE)
    if area is None:
        return page(request, "reports/nothing.html", {})
    shown = request.GET.get("show", "")
    period = forms.period_of(request.GET)
    return show(request, Asked(area=area, period=period, someone=someone, shown=shown))


@require_POST
def take_(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take one step of a report: hand in, accept, return. Refused, the page stands as it was."""
    case = case_for(case_id, insider(request, SEE).scope)
    if case.flow != MONTHLY_REPORT:
        raise NotInScope("没有这份月报，或者它不在您的管理范围内。")
    step = FLOWS[case.flow].step(request.POST.get("step", ""))
    actor = must_take(request, case, step)
    said = forms.explanations_as_typed(request.POST)
    period = Period.read(case.subject)

    def deed() -> None:
        _take(request, case, step, actor)
        messages.success(request, f"{case}：{_TELLS[step.code]}")

    refusal = Said(
        deed="take",
        sentence="",
        remark=request.POST.get("remark", ""),
        explanations=said if step.code in SUBMISSIONS else None,
        blank=step.needs_remark and not request.POST.get("remark", "").strip(),
    )
    return _done(request, (case.place_id, period), deed, refusal)


def _take(request: HttpRequest, case: Case, step: Step, actor: Actor) -> None:
    remark, seen = forms.remark_of(request.POST), forms.seen_of(request.POST)
    if step.code not in SUBMISSIONS:
        take(case.pk, step.code, by=actor, remark=remark, seen=seen)
        return
    submit(
        case.pk,
        by=actor,
        remark=remark,
        explanations=forms.explanations_of(request.POST),
        stands_in=step.code == "submit-for",
        seen=seen,
    )


@require_POST
def open_(request: HttpRequest) -> HttpResponse:
    """Open the month for all units below an area."""
    area, actor = forms.must_place(request, Permission.LOCK_MONTH, "开始月报")
    period = forms.period_of(request.POST)

    def deed() -> None:
        opened = open_month(period, area_id=area, by=actor)
        messages.success(request, f"已开始 {period} 的月报，共 {len(opened)} 个单位。")

    return _done(request, (area, period), deed, Said(deed="open", sentence=""))


@require_POST
def lock_(request: HttpRequest) -> HttpResponse:
    """Lock the month of an area, and with it the reports of all units below."""
    area, actor = forms.must_place(request, Permission.LOCK_MONTH, "锁定月报")
    period = forms.period_of(request.POST)

    def deed() -> None:
        locked = lock(period, area_id=area, by=actor, reason=forms.remark_of(request.POST))
        messages.success(
            request, f"已锁定 {period}（第 {locked.version} 次），以后的更正列在差异表。"
        )

    refusal = Said(deed="lock", sentence="", remark=request.POST.get("remark", ""))
    return _done(request, (area, period), deed, refusal)


@require_POST
def urge_(request: HttpRequest) -> HttpResponse:
    """Urge one unit that has not handed in, or all such units right below an area."""
    area, actor = forms.must_place(request, Permission.REVIEW_REPORT, "催报")
    period = forms.period_of(request.POST)
    one = request.POST.get("whose") == "unit"

    def deed() -> None:
        case = report_of(period, area) if one else None
        below = [] if one else arrival.waiting(queries.below(period, area), period)
        number = urge([case.pk] if case else below, by=actor, text=forms.remark_of(request.POST))
        messages.success(request, f"已催 {number} 个单位，经办人会收到通知。")

    refusal = Said(
        deed="urge-unit" if one else "urge", sentence="", remark=request.POST.get("remark", "")
    )
    return _done(request, (area, period), deed, refusal)


def _done(
    request: HttpRequest, at: tuple[int, Period], deed: Callable[[], None], refusal: Said
) -> HttpResponse:
    """Back to the page of the month; where the deed is refused, that page with what was typed.

    What is not there, or not permitted, is told by a page of its own, as everywhere.
    """
    area, period = at
    try:
        deed()
    except (NotInScope, NotPermitted):
        raise
    except Refused as error:
        someone = require(request, Permission.SEE_FIGURES, SEE)
        said = replace(refusal, sentence=error.sentence)
        return show(request, Asked(area=area, period=period, someone=someone, said=said))
    code = tree_on(period.cut_off).code(area)
    return HttpResponseRedirect(presenters.address("reports", code, period))
