"""Upload, columns, mending: the first half of the way of a paper."""

import re
import tempfile
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.ledgers.cells import shown
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.template import write_template
from gongjian.web.imports import actions, marking, presenters, queries, sheets
from gongjian.web.imports.forms import CellForm, UploadForm, first_error
from gongjian.web.imports.models import Paper
from gongjian.web.moment import AsOf
from gongjian.web.people import require
from gongjian.web.rendering import page, part_wanted

BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_POINTED: Final = re.compile(r"point-(\d{1,4})")


def importer(request: HttpRequest) -> tuple[User, Actor]:
    """Who asks, with the right to import; nothing is imported into the past."""
    actor = require(request, Permission.IMPORT_LEDGER, "导入台账")
    moment: AsOf = request.__dict__["asof"]
    if request.method == "POST" and not moment.present:
        raise NotNow("现在看的是过去某一刻，只能看；请回到今天再导入。")
    if not isinstance(request.user, User):
        raise NotPermitted("请先登录。")
    return request.user, actor


def mine(request: HttpRequest, number: int) -> tuple[Paper, Actor]:
    """The paper, if it is of whoever asks, and the right to work on it."""
    if not isinstance(request.user, User):
        raise NotPermitted("请先登录。")
    paper = queries.paper_of(request.user, number)
    actor = importer(request)[1]
    actions.drop_foreign(paper, actor)
    return paper, actor


def finished(paper: Paper) -> bool:
    """Is there nothing left to do about the paper but to look at what came of it?"""
    return paper.result is not None and not paper.result.get("refused")


def frame(paper: Paper, current: int) -> dict[str, Any]:
    """What every step shows above its own matter."""
    job = queries.job_of(paper)
    return {
        "paper": paper,
        "ledger": sheets.ledger_of(paper),
        "title": presenters.title_of(paper),
        "steps": presenters.steps(paper, current),
        "progress": presenters.progress(job),
        "read": paper.summary or {},
    }


def polled(request: HttpRequest, paper: Paper) -> HttpResponse | None:
    """The answer to a page that asks how far its job is; once it is over, to look at all anew."""
    if not part_wanted(request):
        return None
    job = queries.job_of(paper)
    if job is not None and not job.over:
        context = {"paper": paper, "progress": presenters.progress(job)}
        return page(request, "imports/progress.html", context)
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The papers of whoever asks, newest first, and where each of them stands."""
    user, _ = importer(request)
    last = request.GET.get("before", "")
    before = int(last) if last.isdecimal() and len(last) < 15 else None
    papers = queries.papers_of(user, before=before)
    more, papers = len(papers) > queries.PAGE, papers[: queries.PAGE]
    jobs = queries.jobs_of(papers)
    rows = [
        {
            "paper": p,
            "title": sheets.ledger_of(p).title,
            "state": presenters.state_of(p, jobs.get(p.job_id or 0)),
        }
        for p in papers
    ]
    following = f"?before={papers[-1].pk}" if more else None
    context = {"rows": rows, "ledgers": list(LEDGERS), "next": following, "first": before is None}
    return page(request, "imports/index.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step: a file."""
    ledger = _ledger(slug)
    user, actor = importer(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            paper = actions.begin(user, actor, ledger, form.cleaned_data["file"])
            return redirect("import-columns", paper.pk)
    recent = queries.papers_of(user)[:3]
    jobs = queries.jobs_of(recent)
    context = {
        "form": form,
        "ledger": ledger,
        "ledgers": list(LEDGERS),
        "most_mb": sheets.MOST_BYTES >> 20,
        "most_rows": sheets.MOST_ROWS,
        "recent": [
            (p, sheets.ledger_of(p).title, presenters.state_of(p, jobs.get(p.job_id or 0)))
            for p in recent
        ],
    }
    status = 422 if form.errors else 200
    return page(request, "imports/upload.html", context, status=status)


def _ledger(slug: str) -> Ledger:
    if slug not in LEDGERS:
        raise NotInScope(f"没有“{slug}”这个台账。")
    return LEDGERS[slug]


@require_GET
def template(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The blank template of a ledger."""
    ledger = _ledger(slug)
    importer(request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(ledger, path)
        return book(path, f"{ledger.title}模板.xlsx")


def book(path: Path, name: str) -> HttpResponseBase:
    """A written book as a download; the file may go right after."""
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=BOOK)


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
    }
    return polled(request, paper) or page(request, "imports/columns.html", context)


def _pointing(request: HttpRequest) -> dict[str, str]:
    """Header → column, as the form numbers them."""
    found = {}
    for name, value in request.POST.items():
        numbered = _POINTED.fullmatch(name)
        header = request.POST.get(f"header-{numbered[1]}", "") if numbered else ""
        if header:
            found[header[:200]] = str(value)
    return found


# ------------------------------------------------------------------ check and mend


@require_GET
def check(request: HttpRequest, number: int) -> HttpResponse:
    """What is wrong, by cause; bad cells are mended in place."""
    paper, _ = mine(request, number)
    if finished(paper) or not paper.counted:
        return redirect("import-done" if finished(paper) else "import-columns", paper.pk)
    return polled(request, paper) or page(request, "imports/check.html", _checked(request, paper))


def _checked(request: HttpRequest, paper: Paper) -> dict[str, Any]:
    found = queries.causes(paper)
    chosen = presenters.parts(request.GET.get("cause", ""))
    asides = list(paper.asides.order_by("row").values_list("row", flat=True))
    wants_asides = request.GET.get("cause") == "aside"
    if not any(chosen) and found and not wants_asides:
        chosen = (found[0]["level"], found[0]["code"], found[0]["header"])
    level, code, header = chosen
    some = queries.findings(paper, level=level, code=code, header=header)
    pages: Paginator[Any] = Paginator(asides if wants_asides else some, queries.PAGE)
    part = pages.get_page(request.GET.get("p"))
    key = "aside" if wants_asides else f"{level}:{code}:{header}"
    return {
        **frame(paper, 2),
        "sum": sum_of(paper, len(asides)),
        "causes": presenters.causes(found, chosen),
        "key": key,
        "asides": asides,
        "aside_rows": list(part) if wants_asides else [],
        "problems": [] if wants_asides else marking.problems(paper, list(part)),
        "part": part,
        "hides": marking.hides(paper, header),
        "column": header,
    }


def sum_of(paper: Paper, asides: int) -> dict[str, int]:
    """The numbers above the table."""
    counted = paper.counted or {}
    return {
        "rows": counted.get("rows", 0) + asides,
        "good": counted.get("rows", 0) - counted.get("bad", 0),
        "bad": counted.get("bad", 0),
        "warned": counted.get("warned", 0),
        "asides": asides,
    }


@require_POST
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """One cell written anew; the answer is its line, checked."""
    paper, actor = mine(request, number)
    form = CellForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    row, header = form.cleaned_data["row"], form.cleaned_data["header"]
    label = request.POST.get("label", "")[:200]
    actions.mend(paper, actor, {(row, header): form.cleaned_data["value"]})
    if not request.headers.get("HX-Request"):
        return redirect("import-check", paper.pk)
    left = list(queries.findings(paper, header=header).filter(row=row)[:1])
    said = marking.problems(paper, left)
    context = {
        "paper": paper,
        "found": said[0] if said else presenters.fixed(paper, row, header, label),
        "sum": sum_of(paper, paper.asides.count()),
    }
    return page(request, "imports/mended.html", context)


@require_POST
def aside(request: HttpRequest, number: int) -> HttpResponse:
    """Rows set aside (``row``, or all bad ones), or taken back (``back``)."""
    paper, actor = mine(request, number)
    rows = [int(r) for r in request.POST.getlist("row") if r.isdecimal() and len(r) < 8]
    if "all" in request.POST:
        rows = actions.bad_rows(paper)
    if "back" in request.POST:
        actions.bring_back(paper, actor, rows)
    else:
        actions.set_aside(paper, actor, rows)
        messages.success(request, f"{len(rows)} 行留在“待改”，不随这次入库。")
    return redirect(f"{reverse('import-check', args=[paper.pk])}")


@require_POST
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show whole numbers in the bad cells; noted on the trail."""
    paper, _ = mine(request, number)
    actions.reveal(paper)
    return redirect("import-check", paper.pk)


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """All cells of one row, where the bad cell is not the one to mend."""
    paper, actor = mine(request, number)
    table = sheets.table_of(paper, sheets.whole_table(paper))
    if row not in table.row_numbers:
        raise NotInScope(f"表里没有第 {row} 行。")
    said = _cells_of(paper, table, row)
    if request.method == "POST":
        typed = {
            (row, cell["header"]): request.POST[f"cell-{at}"]
            for at, cell in enumerate(said)
            if request.POST.get(f"cell-{at}", cell["value"]) != cell["value"]
        }
        if typed:
            actions.mend(paper, actor, typed)
        return redirect("import-check", paper.pk)
    context = {**frame(paper, 2), "row": row, "cells": said}
    return page(request, "imports/row.html", context)


def _cells_of(paper: Paper, table: Any, row: int) -> list[dict[str, Any]]:
    """Each column with what the row says there; sensitive cells masked as ever."""
    at = table.row_numbers.index(row)
    told = queries.findings(paper).filter(row=row) if paper.counted else ()
    wrong = {f.header: f.message for f in told}
    found = []
    for column in sheets.ledger_of(paper).columns:
        raws = table.cells.get(column.header)
        raw = raws[at] if raws is not None else None
        text = masked(column, shown(raw)) if column.sensitive and raw else presenters.plain(raw)
        found.append(
            {
                "header": column.header,
                "value": text,
                "required": column.required,
                "cell": presenters.cell_of(paper, row, column.header),
                "message": wrong.get(column.header, ""),
                "help": column.help,
            }
        )
    return found


@require_GET
def marked(request: HttpRequest, number: int) -> HttpResponseBase:
    """The clerk's own book with its bad cells coloured."""
    paper, _ = mine(request, number)
    if not (paper.summary or {}).get("header_row"):
        raise NotNow(
            f"“{paper.name}”还没有读出表头，没有可以标红的单元格；请先读取，或换一个文件。"
        )
    if not paper.counted:
        raise NotNow(f"“{paper.name}”没有现在可用的检查结果，请重新检查或重新上传后再下载。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marked.xlsx"
        marking.write_marked(paper, path)
        return book(path, f"{Path(paper.name).stem}（标红）.xlsx")


@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throw the paper away."""
    paper, _ = mine(request, number)
    actions.discard(paper)
    messages.success(request, f"已丢弃“{paper.name}”，台账没有改动。")
    return redirect("imports")
