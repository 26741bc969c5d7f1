"""The pages of the chart."""

import json
from datetime import date
from io import BytesIO
from typing import Any, Final

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjian.core.access import Permission
from gongjian.core.errors import Refused
from gongjian.files.actions import tidy
from gongjian.web.matrix import queries, workbook
from gongjian.web.matrix.forms import Question, Wanted, wanted
from gongjian.web.matrix.months import title
from gongjian.web.matrix.moves import moves
from gongjian.web.matrix.presenters import data as whole_year
from gongjian.web.matrix.presenters import page as around
from gongjian.web.matrix.presenters.table import columns, rows
from gongjian.web.navigation import address_of
from gongjian.web.people import may, person
from gongjian.web.rendering import page

_NO_AREA: Final = "您的岗位下没有区划，这张图按区划统计；请到“口径与核对”按隶属看。"


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """Areas by figures on one day."""
    found = wanted(request)
    if found.question is None:
        return page(request, "matrix/nothing.html", {})
    context = _around(found.question, found) | _table(found.question, found)
    context["may_export"] = may(request, Permission.EXPORT_LEDGER)
    return page(request, "matrix/matrix.html", context)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The same of every month, for the script that moves through them."""
    found = wanted(request)
    question = found.question
    if question is None:
        raise Refused(_NO_AREA)
    charts = queries.year(question.asked, question.months.all_days)
    told = whole_year.data(question, charts, found.sight)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json")


@require_POST
def export(request: HttpRequest) -> FileResponse:
    """The chart of the day as a workbook; that it was taken goes on the trail."""
    found = wanted(request, Permission.EXPORT_LEDGER, "导出")
    question = found.question
    if question is None:
        raise Refused(_NO_AREA)
    day = question.months.at
    shown = queries.charts(question.asked, [day]).get(day)
    if shown is None:
        raise Refused(f"{title(day)}的数还没有算出来，不能导出；请先点“算出这十二个月”。")
    name = around.place(question, found.sight).name
    content = workbook.written(question, shown, name)
    with transaction.atomic():
        workbook.note(question, shown, person(request))
    file = tidy(f"{name}挂图作战_{day:%Y%m%d}.xlsx")
    return FileResponse(BytesIO(content), as_attachment=True, filename=file)


def _table(question: Question, found: Wanted) -> dict[str, Any]:
    months = question.months
    charts = queries.charts(question.asked, [months.earlier, months.at])
    shown = charts.get(months.at)
    before = charts.get(months.earlier)
    return {
        "rows": rows(question, shown, before, found.sight) if shown else [],
        "missing": shown is None,
        "there": shown is None or shown.there,
        "compares": before is not None,
        "known": shown.known if shown else None,
    }


def _around(question: Question, found: Wanted) -> dict[str, Any]:
    months = question.months
    told = around.told(question, moves(question.asked, months.all_days))
    kept: frozenset[date] = queries.kept(question.codes, months.days)
    return {
        "question": question,
        "place": around.place(question, found.sight),
        "columns": columns(question),
        "month": title(months.at),
        "months": around.ticks(question, kept),
        "moves": told[: around.MOST_MOVES],
        "more_moves": max(len(told) - around.MOST_MOVES, 0),
        "colours": around.colours(question),
        "depths": around.depths(question, found.sight.tree),
        "groups": around.groups(question),
        "meanings": around.meanings(question),
        "in_order": around.address(question, sort=None),
        "keep": address_of("figures-keep"),
        "here": around.address(question),
        "export": reverse("matrix-export") + question.query(),
    }
