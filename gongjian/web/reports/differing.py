"""The page of the difference sheet, and the whole of it to take away."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST, require_safe

from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.reporting.queries import difference_sheet, locked_month, locks_of
from gongjian.web.exporting import give_out, written
from gongjian.web.people import may
from gongjian.web.rendering import page
from gongjian.web.reports import forms, jobs, presenters, queries
from gongjian.web.reports.sheet import sheet_of


@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    """How the present differs from the month as it was locked, with the rows and changes.

    Where later changes are many it is not worked out while one waits.
    """
    area, _ = forms.must_place(request, Permission.SEE_FIGURES, "查看月报")
    period = forms.period_of(request.GET)
    tree = tree_on(period.cut_off)
    locked = locks_of(period, area).first()
    later = queries.written_since(locked.known_at) if locked else 0
    small = locked if later <= queries.LARGE else None
    context = {
        "period": period,
        "name": tree.name(area),
        "code": tree.code(area),
        "locked": locked,
        "later": later,
        "large": later > queries.LARGE,
        "sheet": sheet_of(difference_sheet(small), small.at) if small else [],
        "opens": may(request, Permission.SEE_TRAIL),
        "takes": may(request, Permission.EXPORT_LEDGER),
        "back": presenters.address("reports", tree.code(area), period),
    }
    return page(request, "reports/difference.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have the whole sheet written in the background; the page of its job."""
    area, actor = forms.must_place(request, Permission.EXPORT_LEDGER, "取走差异表")
    month = locked_month(forms.period_of(request.POST), area)
    return redirect("job", jobs.hand_in(month, by=actor).pk)


@require_GET
def download(request: HttpRequest, job: int) -> FileResponse:
    """The workbook that a job wrote, for its owner, as long as they still see as far."""
    done = written(request, jobs.KIND, job)
    return give_out(request, done, Permission.EXPORT_LEDGER, "差异表")
