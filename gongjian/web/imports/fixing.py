"""Checking and mending: the second step of the way of a paper."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.core.errors import NotInScope, NotNow, Refused
from gongjian.files.actions import open_file
from gongjian.ledgers.cells import Raw, shown
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.reading import Table
from gongjian.web.imports import actions, marking, mending, presenters, queries, rows, sheets
from gongjian.web.imports.asking import BOOK, book, finished, frame, mine, polled
from gongjian.web.imports.forms import CellForm, first_error
from gongjian.web.imports.mending import Cell, Overtaken, mark_of
from gongjian.web.imports.models import Paper
from gongjian.web.rendering import page, part_wanted


@require_GET
def check(request: HttpRequest, number: int) -> HttpResponse:
    """What is wrong, by cause; bad cells are mended in place."""
    paper, actor = mine(request, number)
    if finished(paper) or not paper.counted:
        return redirect("import-done" if finished(paper) else "import-columns", paper.pk)
    waiting = polled(request, paper)
    if waiting is not None:
        return waiting
    context = _checked(request, paper) | {"marks": marking.ready(paper, actor)}
    return page(request, "imports/check.html", context)


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
    return {
        **frame(paper, 2),
        "sum": presenters.sum_of(paper, len(asides)),
        "causes": presenters.causes(found, chosen),
        "key": "aside" if wants_asides else f"{level}:{code}:{header}",
        "asides": asides,
        "aside_rows": list(part) if wants_asides else [],
        "problems": [] if wants_asides else marking.problems(paper, list(part)),
        "part": part,
        "hides": marking.hides(paper, header),
        "column": header,
        "later": queries.since(paper, (paper.counted or {}).get("base", 0))[:1],
    }


@require_POST
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """One cell written anew; the answer is its line, checked."""
    paper, actor = mine(request, number)
    form = CellForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    said = form.cleaned_data
    cell: Cell = (said["row"], said["header"])
    seen = {cell: said["seen"]} if said["seen"] else None
    try:
        mending.mend(paper, actor, {cell: said["value"]}, seen)
    except Overtaken as error:
        return _both(request, paper, cell, said["value"], error)
    if not part_wanted(request):
        return redirect("import-check", paper.pk)
    return _line(request, paper, cell, request.POST.get("label", "")[:200])


def _line(request: HttpRequest, paper: Paper, cell: Cell, label: str) -> HttpResponse:
    job = queries.job_of(paper)
    if job is not None and not job.over:  # so many rows are tied to it that a job checks them
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    row, header = cell
    left = list(queries.findings(paper, header=header).filter(row=row)[:1])
    said = marking.problems(paper, left)
    context = {
        "paper": paper,
        "found": said[0] if said else presenters.fixed(paper, row, header, label),
        "sum": presenters.sum_of(paper, paper.asides.count()),
    }
    return page(request, "imports/mended.html", context)


def _both(
    request: HttpRequest, paper: Paper, cell: Cell, typed: str, error: Overtaken
) -> HttpResponse:
    """What the cell says by now beside what was typed: neither is lost."""
    row, header = cell
    raw = mending.cells_of(paper, [cell])[cell]
    found = {
        **presenters.fixed(paper, row, header, request.POST.get("label", "")[:200]),
        "fixed": False,
        "level": "error",
        "value": typed,
        "hint": "",
        "seen": mark_of(paper, raw, row, header),
        "message": f"别的窗口刚改成“{_text(paper, header, raw)}”，您填的是“{typed}”；"
        f"要用您填的，请再点一次“改”。",
    }
    context = {
        **frame(paper, 2),
        "found": found,
        "sum": presenters.sum_of(paper, paper.asides.count()),
        "sentence": error.sentence,
    }
    name = "imports/mended.html" if part_wanted(request) else "imports/both.html"
    return page(request, name, context, status=422)


def _text(paper: Paper, header: str, raw: Raw) -> str:
    column = presenters.sensitive(sheets.ledger_of(paper)).get(header)
    return masked(column, shown(raw)) if column is not None and raw else presenters.plain(raw)


@require_POST
def aside(request: HttpRequest, number: int) -> HttpResponse:
    """Rows set aside (``row``, or all bad ones), or taken back (``back``)."""
    paper, actor = mine(request, number)
    numbers = [int(r) for r in request.POST.getlist("row") if r.isdecimal() and len(r) < 8]
    if "all" in request.POST:
        numbers = mending.bad_rows(paper)
    if "back" in request.POST:
        mending.bring_back(paper, actor, numbers)
    else:
        moved = mending.set_aside(paper, actor, numbers)
        messages.success(request, f"{moved} 行留在“待改”，不随这次入库。")
    return redirect(f"{reverse('import-check', args=[paper.pk])}")


@require_POST
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show whole numbers in the bad cells; noted on the trail."""
    paper, _ = mine(request, number)
    mending.reveal(paper)
    return redirect("import-check", paper.pk)


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """All cells of one row, where the bad cell is not the one to mend."""
    paper, actor = mine(request, number)
    table = rows.rows_of(paper, [row])
    if not table.row_numbers:
        raise NotInScope(f"表里没有第 {row} 行。")
    said = _cells_of(paper, table, row)
    sentence = ""
    if request.method == "POST":
        typed, seen = _typed(request, said, row)
        try:
            if typed:
                mending.mend(paper, actor, typed, seen)
        except Overtaken as error:
            sentence = error.sentence
            said = [{**c, "typed": typed.get((row, c["header"]), "")} for c in said]
        else:
            return redirect("import-check", paper.pk)
    context = {**frame(paper, 2), "row": row, "cells": said, "sentence": sentence}
    return page(request, "imports/row.html", context, status=422 if sentence else 200)


def _typed(
    request: HttpRequest, said: list[dict[str, Any]], row: int
) -> tuple[dict[Cell, str], dict[Cell, str]]:
    """What was typed otherwise than it was shown, and what was shown in these cells."""
    typed: dict[Cell, str] = {}
    seen: dict[Cell, str] = {}
    for at, cell in enumerate(said):
        text = request.POST.get(f"cell-{at}")
        if text is None or text == request.POST.get(f"was-{at}", cell["value"]):
            continue
        typed[row, cell["header"]] = text
        if f"seen-{at}" in request.POST:
            seen[row, cell["header"]] = request.POST[f"seen-{at}"]
    return typed, seen


def _cells_of(paper: Paper, table: Table, row: int) -> list[dict[str, Any]]:
    """Each column with what the row says there; sensitive cells masked as ever."""
    told = queries.findings(paper).filter(row=row) if paper.counted else ()
    wrong = {f.header: f.message for f in told}
    found = []
    for column in sheets.ledger_of(paper).columns:
        raws = table.cells.get(column.header)
        raw = raws[0] if raws is not None else None
        found.append(
            {
                "header": column.header,
                "value": _text(paper, column.header, raw),
                "required": column.required,
                "cell": presenters.cell_of(paper, row, column.header),
                "message": wrong.get(column.header, ""),
                "help": column.help,
                "seen": mark_of(paper, raw, row, column.header),
                "typed": "",
            }
        )
    return found


@require_http_methods(["GET", "POST"])
def marked(request: HttpRequest, number: int) -> HttpResponseBase:
    """The clerk's own book with its bad cells coloured; POST has a large one written."""
    paper, actor = mine(request, number)
    if not (paper.summary or {}).get("header_row"):
        raise NotNow(
            f"“{paper.name}”还没有读出表头，没有可以标红的单元格；请先读取，或换一个文件。"
        )
    if not paper.counted:
        raise NotNow(f"“{paper.name}”没有现在可用的检查结果，请重新检查或重新上传后再下载。")
    if request.method == "POST" and not marking.marked_now(paper):
        actions.hand_in(paper, actions.MARK, "标红")
        return redirect(presenters.page_beside(paper), paper.pk)
    kept = marking.kept_marked(paper, actor)
    if kept is not None:
        content = open_file(kept)
        return FileResponse(
            content, as_attachment=True, filename=marking.name_of(paper), content_type=BOOK
        )
    if not marking.marked_now(paper):
        raise NotNow(
            f"“{paper.name}”较大，标红的 Excel 要在后台写；请回到检查页点“写标红的 Excel”。"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marked.xlsx"
        marking.write_marked(paper, path)
        return book(path, marking.name_of(paper))


@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throw the paper away."""
    paper, _ = mine(request, number)
    actions.discard(paper)
    messages.success(request, f"已丢弃“{paper.name}”，台账没有改动。")
    return redirect("imports")
