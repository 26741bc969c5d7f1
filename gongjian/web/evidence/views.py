"""Asking for an evidence package, and fetching it."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongjian.core.access import Permission
from gongjian.web.evidence import jobs
from gongjian.web.exporting import give_out, written
from gongjian.web.figures.asking import asked
from gongjian.web.figures.forms import figure_named
from gongjian.web.people import person


@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in a package of the figure as it is known on the page."""
    figure = figure_named(code)
    question, _ = asked(request, Permission.EXPORT_LEDGER, "取证据包")
    job = jobs.hand_in(figure, question, by=person(request))
    return redirect("job", job.pk)


@require_GET
def download(request: HttpRequest, job: int) -> FileResponse:
    """The package that a job wrote, for its owner, as long as they still see as far."""
    done = written(request, jobs.KIND, job)
    return give_out(request, done, Permission.EXPORT_LEDGER, "证据包")
