"""Bringing files and pointing columns: the first step of the way of a paper."""

import re
import tempfile
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.core.access import Permission
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.template import write_template
from gongjian.web.imports import actions, presenters, queries, sheets
from gongjian.web.imports.asking import (
    book,
    frame,
    importer,
    ledger_named,
    mine,
    polled,
    require_present,
    user_of,
    writable,
)
from gongjian.web.imports.forms import UploadForm
from gongjian.web.imports.models import Paper
from gongjian.web.people import require_somewhere
from gongjian.web.rendering import page

_POINTED: Final = re.compile(r"point-(\d{1,4})")
_AROUND: Final = 1 << 20  # bytes of a form around its files
_MOST_FILES: Final = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The papers of whoever asks, newest first, and where each of them stands."""
    require_somewhere(request, Permission.IMPORT_LEDGER, "导入台账")
    user = user_of(request)
    last = request.GET.get("before", "")
    before = int(last) if last.isdecimal() and len(last) < 15 else None
    papers = queries.papers_of(user, before=before)
    more, papers = len(papers) > queries.PAGE, papers[: queries.PAGE]
    context = {
        "rows": presenters.listed(papers, queries.jobs_of(papers)),
        "ledgers": writable(request),
        "next": f"?before={papers[-1].pk}" if more else None,
        "first": before is None,
        "most_mb": sheets.MOST_BYTES >> 20,
    }
    return page(request, "imports/index.html", context)


# ------------------------------------------------------------------ bringing files


def _require_body(request: HttpRequest) -> None:
    """Raise Refused where so much is sent that it is not even read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not told.isdecimal() or int(told) > sheets.MOST_BYTES + _AROUND:
        most = sheets.MOST_BYTES >> 20
        raise Refused(f"上传的内容太大，没有接收；单个文件不超过 {most} MB，请拆成几个后分别导入。")


# The token of a form is looked for in its body, and to find it the whole body is read: so the
# size is looked at before, and the token right after.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step: a file."""
    if request.method == "POST":
        _require_body(request)
    return _upload(request, slug)


@csrf_protect
def _upload(request: HttpRequest, slug: str) -> HttpResponse:
    ledger = ledger_named(slug)
    user, actor = importer(request, slug)
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            paper = actions.begin(user, ledger, form.cleaned_data["file"])
            actions.work_out(paper, actor)
            return redirect("import-columns", paper.pk)
    recent = queries.papers_of(user)[:3]
    context = {
        "form": form,
        "ledger": ledger,
        "ledgers": writable(request),
        "most_mb": sheets.MOST_BYTES >> 20,
        "most_rows": sheets.MOST_ROWS,
        "recent": presenters.listed(recent, queries.jobs_of(recent)),
    }
    status = 422 if form.errors else 200
    return page(request, "imports/upload.html", context, status=status)


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Several files at once, each for the ledger whose columns it has."""
    require_somewhere(request, Permission.IMPORT_LEDGER, "导入台账")
    require_present(request)
    files = request.FILES.getlist("file")
    if not files:
        raise Refused("没有收到文件，请重新选择。")
    if len(files) > _MOST_FILES:
        raise Refused(f"一次最多 {_MOST_FILES} 个文件，现在是 {len(files)} 个，请分几次上传。")
    said = request.POST.get("ledger", "")
    begun = [_begun(request, file, said) for file in files]
    papers = [paper for paper in begun if paper is not None]
    if not papers:
        return redirect("imports")
    if len(files) == 1:
        return redirect("import-columns", papers[0].pk)
    batch = min(paper.pk for paper in papers)
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(batch=batch)
    return redirect("import-together", batch)


def _begun(request: HttpRequest, file: "UploadedFile[Any]", said: str) -> Paper | None:
    """The paper that a file became; None, with a word on the next page, where it became none."""
    try:
        ledger = _meant(file, said)
        user, actor = importer(request, ledger.slug)
        paper = actions.begin(user, ledger, file)
    except (Refused, NotPermitted, NotInScope) as error:
        messages.error(request, error.sentence)
        return None
    actions.work_out(paper, actor)
    return paper


def _meant(file: "UploadedFile[Any]", said: str) -> Ledger:
    """The ledger a file is for: what its columns tell, else the one of the page it was put on."""
    meant = actions.ledger_meant(file)
    if meant is None and not said:
        raise Refused(f"认不出“{file.name}”是哪本台账的表，请到那本台账的导入页单独上传。")
    return meant or ledger_named(said)


@require_GET
def together(request: HttpRequest, number: int) -> HttpResponse:
    """The papers brought in one go, in the order they depend on each other."""
    paper, _ = mine(request, number)
    papers = queries.together(paper)
    context = {
        "rows": presenters.queued(papers, queries.jobs_of(papers)),
        "title": f"一次上传的 {len(papers)} 张表",
    }
    return page(request, "imports/together.html", context)


@require_GET
def template(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The blank template of a ledger."""
    ledger = ledger_named(slug)
    importer(request, slug)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(ledger, path)
        return book(path, f"{ledger.title}模板.xlsx")


# ------------------------------------------------------------------ columns


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Where the paper stands."""
    paper, _ = mine(request, number)
    return redirect(presenters.step_of(paper, queries.job_of(paper)), paper.pk)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """What was read; unknown headers are pointed to columns here, another sheet is chosen."""
    paper, actor = mine(request, number)
    if request.method == "POST":
        if "sheet" in request.POST:
            actions.choose_sheet(paper, actor, request.POST["sheet"])
        else:
            actions.point(paper, actor, _pointing(request))
        return redirect("import-columns", paper.pk)
    context = {
        **frame(paper, 1),
        "columns": presenters.columns(paper),
        "choices": presenters.choices(paper),
        "like": _like(request, paper),
    }
    return polled(request, paper) or page(request, "imports/columns.html", context)


def _like(request: HttpRequest, paper: Paper) -> Ledger | None:
    """The ledger whose table this rather is, where that is another one that may be written."""
    like = (paper.summary or {}).get("like", "")
    return next((x for x in writable(request) if x.slug == like != paper.ledger), None)


def _pointing(request: HttpRequest) -> dict[str, str]:
    """Header → column, as the form numbers them."""
    found = {}
    for name, value in request.POST.items():
        numbered = _POINTED.fullmatch(name)
        header = request.POST.get(f"header-{numbered[1]}", "") if numbered else ""
        if header:
            found[header[:200]] = str(value)
    return found


@require_POST
def retake(request: HttpRequest, number: int) -> HttpResponse:
    """Read the file as a table of another ledger."""
    paper, _ = mine(request, number)
    ledger = ledger_named(request.POST.get("ledger", ""))
    _, actor = importer(request, ledger.slug)
    actions.take_as(paper, actor, ledger)
    return redirect("import-columns", paper.pk)


@require_POST
def recheck(request: HttpRequest, number: int) -> HttpResponse:
    """Check everything anew, against the ledger as it is now."""
    paper, actor = mine(request, number)
    actions.recheck(paper, actor)
    return redirect("import", paper.pk)
