"""The bridge of an area, and one figure of it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST, require_safe

from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.core.errors import Refused
from gongjian.indicators.declare import TERRITORY, Figure
from gongjian.reporting.bridge import (
    WRITES,
    bridged,
    explained_by,
    left_behind,
    lines_of,
    totals_of,
    why_not,
)
from gongjian.reporting.bridging import carry, enter, explain_in_words, withdraw
from gongjian.reporting.models import PaperTotal
from gongjian.reporting.rules import Period
from gongjian.web.bridge import forms, jobs, presenters, queries
from gongjian.web.bridge.common import (
    ENTERS,
    EXPLAINS,
    about,
    code_of,
    done,
    may_write,
    overlaps,
)
from gongjian.web.exporting import give_out, written
from gongjian.web.figures.presenters.common import node_code, node_name
from gongjian.web.people import person
from gongjian.web.records.views.once import token
from gongjian.web.rendering import page
from gongjian.web.reports.forms import must_place, period_of, place_of
from gongjian.web.text import signed


@require_safe
def bridge_(request: HttpRequest) -> HttpResponse:
    """The last paper totals of an area beside its figures of the same day."""
    area, _ = place_of(request, Permission.SEE_FIGURES, queries.SEES)
    if area is None:
        return page(request, "reports/nothing.html", {})
    period = period_of(request.GET) if request.GET.get("month") else queries.month_of(area)
    return _bridge(request, area, period)


def _bridge(
    request: HttpRequest, area: int, period: Period, form: forms.TotalsForm | None = None
) -> HttpResponse:
    tree = tree_on(period.cut_off)
    code = node_code(TERRITORY, tree, area)
    totals = totals_of(period, area)
    lines = lines_of([total for total in totals if total.stands])
    rows, reason = presenters.rows(lines, code), why_not(period, area)
    open_ = _open_figures(totals)
    if form is None and not reason and may_write(request, area):
        form = forms.TotalsForm(open_) if open_ else None
    context = {
        "name": node_name(TERRITORY, tree, area),
        "code": code,
        "period": period,
        "months": [
            (month, presenters.address(code, Period.read(month)), month == str(period))
            for month in queries.months_of(area)
        ],
        "below": [
            (tree.name(child), presenters.address(tree.code(child), period))
            for child in queries.below(tree, area, period)
        ],
        "rows": rows,
        "source": presenters.one_source(rows),
        "known": lines[0].known if lines else None,
        "locked": any(line.locked is not None for line in lines),
        "gone": presenters.withdrawn(totals),
        "reason": reason,
        "form": form,
        "may_export": bool(totals) and person(request).may(Permission.EXPORT_LEDGER),
        "word": token(),
    }
    status = 422 if form is not None and form.is_bound else 200
    return page(request, "bridge/bridge.html", context, status=status)


def _open_figures(totals: Sequence[PaperTotal]) -> list[Figure]:
    """The figures for which no total stands."""
    taken = {total.code for total in totals if total.stands}
    return [figure for figure in bridged() if figure.code not in taken]


@require_POST
def enter_(request: HttpRequest) -> HttpResponse:
    """Keep what a paper says of all figures that were filled in."""
    area, actor = must_place(request, WRITES, ENTERS)
    period = period_of(request.POST)
    if reason := why_not(period, area):
        raise Refused(reason)
    form = forms.TotalsForm(_open_figures([]), request.POST)
    if form.is_valid():
        source, values = form.cleaned_data["source"], form.values()

        def deed() -> int:
            return len(enter(period, area_id=area, by=actor, source=source, values=values))

        if done(request, form, deed):
            messages.success(request, "已填报，差额先全部列为原因不明，请逐个说明。")
            return redirect(
                presenters.address(node_code(TERRITORY, tree_on(period.cut_off), area), period)
            )
    return _bridge(request, area, period, form)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have the bridge written as a workbook; the page of its job."""
    area, actor = must_place(request, Permission.EXPORT_LEDGER, "导出期初衔接")
    return redirect("job", jobs.hand_in(period_of(request.POST), area, by=actor).pk)


@require_GET
def download(request: HttpRequest, job: int) -> FileResponse:
    """The workbook that a job wrote, for its owner, as long as they still see as far."""
    done_ = written(request, jobs.KIND, job)
    return give_out(request, done_, Permission.EXPORT_LEDGER, "期初衔接")


@require_safe
def total(request: HttpRequest, number: int) -> HttpResponse:
    """One paper total: the equation, what explains the difference, ways to explain more."""
    found = queries.seen(request, number, Permission.SEE_FIGURES, queries.SEES)
    return _total(request, found)


def _total(
    request: HttpRequest,
    found: PaperTotal,
    *,
    say: forms.WordsForm | None = None,
    reason: forms.ReasonForm | None = None,
) -> HttpResponse:
    (line,) = lines_of([found])
    code, after = code_of(found), forms.after_named(request.GET)
    given = list(queries.deeds_of(found)[after : after + queries.PAGE + 1])
    writes = found.stands and may_write(request, found.area_id)
    context = about(found, line) | {
        "equation": presenters.equation(line, code),
        "deeds": presenters.deeds(found, given[: queries.PAGE]),
        "next": after + queries.PAGE if len(given) > queries.PAGE else None,
        "previous": max(after - queries.PAGE, 0) if after else None,
        "then": presenters.rows_then(found, code) if line.known > found.known_at else "",
        "writes": writes,
        "say": say or forms.WordsForm(),
        "reason": reason or forms.ReasonForm(),
        "twice": _twice(found, code) if writes and line.unknown < 0 else None,
        "over": line.explained and line.difference * line.unknown <= 0 and line.unknown,
        "left": left_behind(found).count() if writes else 0,
        "tabs": presenters.tabs(found, "", overlaps=overlaps(found)),
        "word": token(),
    }
    status = 200 if say is None and reason is None else 422
    return page(request, "bridge/total.html", context, status=status)


def _twice(found: PaperTotal, code: str) -> dict[str, str] | None:
    """How many are counted several times and explain nothing yet, and what they add up to."""
    try:
        held = queries.repeated(found, code)
    except Refused:
        return None  # too many for one page: the counties below have fewer
    told = explained_by(found)
    left = [one for one in held if one.entry not in told]
    amount = sum(one.amount or 0 for one in left)
    if not left:
        return None
    return {"rows": f"{len(left):,}", "amount": signed(amount)}


@require_POST
def carry_(request: HttpRequest, number: int) -> HttpResponse:
    """Explain a total entered anew as the one before it was."""
    found = queries.seen(request, number, WRITES, EXPLAINS)
    count = carry(found, by=person(request))
    messages.success(request, f"已带过来 {count:,} 行说明，请核对。")
    return redirect("bridge-total", found.pk)


@require_POST
def withdraw_(request: HttpRequest, number: int) -> HttpResponse:
    """Take a wrong total back; it stays readable."""
    found = queries.seen(request, number, WRITES, ENTERS)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _total(request, found, reason=form)
    withdraw(found, by=person(request), reason=form.cleaned_data["reason"])
    messages.success(request, "已撤销，原来的数和说明都还能看；请重新填报。")
    code = code_of(found)
    return redirect(presenters.address(code, Period.read(found.period)))


@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Explain a part of the difference in words, where no record can be named."""
    found = queries.seen(request, number, WRITES, EXPLAINS)
    form = forms.WordsForm(request.POST)
    if form.is_valid():
        (cause, words), amount = form.told(), form.cleaned_data["amount"]

        def deed() -> int:
            made = explain_in_words(found, cause, amount or 0, by=person(request), words=words)
            return made.link

        if done(request, form, deed):
            messages.success(request, f"已说明 {signed(amount)}。")
            return redirect("bridge-total", found.pk)
    return _total(request, found, say=form)
