"""The pages of figures."""

from typing import Final, NamedTuple

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from gongjian.core.access import Permission
from gongjian.core.errors import NotPermitted, Refused
from gongjian.indicators.declare import shown_with
from gongjian.web.exporting import give_out, written
from gongjian.web.figures import forms, jobs, queries
from gongjian.web.figures.equations import ledgers_of
from gongjian.web.figures.forms import Question
from gongjian.web.figures.places import Sight
from gongjian.web.figures.presenters.catalogue import choices, sections
from gongjian.web.figures.presenters.children import DIRECT, stands_directly, table
from gongjian.web.figures.presenters.common import (
    catalogue_address,
    figure_address,
    node_code,
    place_of,
    rows_address,
)
from gongjian.web.figures.presenters.figure import figure_text
from gongjian.web.figures.presenters.rows import adds_up, names, totals, value_of
from gongjian.web.moment import moment_of
from gongjian.web.navigation import address_of
from gongjian.web.people import insider, may, person, require
from gongjian.web.rendering import page

_TOO_FAR: Final = f"名单只能翻到第 {queries.MOST_ROWS:,} 行，请到下一级去看，或导出全部行。"
_NO_SUCH_PAGE: Final = "下级没有这么多，请去掉 after 从第一页看起。"
_MOST_BRANCHES: Final = 1_000_000


class _Asked(NamedTuple):
    question: Question
    sight: Sight


def _asked(request: HttpRequest, permission: Permission, deed: str) -> _Asked:
    """What the page is about, once it is clear that the person may see it.

    Not in the scope of any post: 404; no post that allows it there: 403; then what else is wrong
    with the address: 422.
    """
    given, asof = request.GET, moment_of(request)
    seen = insider(request, deed).scope
    tree = forms.tree_named(given, seen)
    node = forms.node_named(given, Sight(seen, tree, asof.day, asof.known_at))
    actor = require(request, permission, deed)
    sight = Sight(actor.scope, tree, asof.day, asof.known_at)
    if node is not None and not sight.covers(node):
        raise NotPermitted(f"您在这里的岗位不能{deed}，请由有此权限的人办理。")
    start = forms.year_begins(given)
    node = forms.top_of(sight) if node is None else node
    code = node_code(tree, sight.tree, node)
    return _Asked(Question(asof=asof, tree=tree, node=node, code=code, year_start=start), sight)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All figures with what they mean and what they are here."""
    question, sight = _asked(request, Permission.SEE_FIGURES, "查看数字")
    answer = queries.answer([], question)
    context = {
        "place": place_of(question, answer, sight, "figures"),
        "sections": sections(question, answer),
    }
    return page(request, "figures/catalogue.html", context, fragment="main")


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: value, meaning, equation, the places right below."""
    figure = forms.figure_named(code)
    question, sight = _asked(request, Permission.SEE_FIGURES, "查看数字")
    after = forms.offset_named(request.GET, _MOST_BRANCHES, _NO_SUCH_PAGE)
    answer = queries.with_children(shown_with(figure), question, after)
    context = {
        "figure": figure_text(figure, question, answer),
        "place": place_of(question, answer, sight, "figure", code),
        "choices": choices(question, code),
        "table": table(figure, question, answer, sight, after) if answer.children else None,
        "catalogue": catalogue_address(question),
    }
    return page(request, "figures/figure.html", context, fragment="main")


@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The named rows behind a figure, a page at a time."""
    figure = forms.figure_named(code)
    question, sight = _asked(request, Permission.SEE_FIGURES, "查看名单")
    after = forms.offset_named(request.GET, queries.MOST_ROWS, _TOO_FAR)
    own = request.GET.get("own") == DIRECT
    answer = queries.answer([code], question, children=own)
    if own and not stands_directly(figure, question, answer.tree):
        raise Refused("这个数没有直接记在本级的名单，请去掉 own 看全部。")
    stream = queries.rows_of(code, question, answer.known, question.code if own else None)
    found = queries.rows_page(stream, after)
    listed = names(figure, question, found, after=after, known=answer.known, own=own)
    sums = totals(figure, answer, own=own)
    text = figure_text(figure, question, answer)
    context = {
        "figure": text,
        "value": value_of(text, sums, own=own),
        "place": place_of(question, answer, sight, "figure-rows", code),
        "names": listed,
        "opened": [x for x in ledgers_of(figure) if may(request, Permission.SEE_LEDGERS, ledger=x)],
        "totals": sums,
        "adds_up": adds_up(listed, sums),
        "catalogue": catalogue_address(question),
        "own": own,
        "back": figure_address(code, question),
        "may_export": person(request).may(Permission.EXPORT_LEDGER) and not own,
        "export": reverse("figure-rows-export", args=[code]) + question.query(),
    }
    return page(request, "figures/rows.html", context, fragment="main")


@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in the export of all rows behind a figure, as they are known on this page."""
    figure = forms.figure_named(code)
    question, _ = _asked(request, Permission.EXPORT_LEDGER, "导出名单")
    job = jobs.hand_in(figure, question, by=person(request))
    return redirect(address_of("job", job.pk) or rows_address(code, question))


@require_GET
def download(request: HttpRequest, job: int) -> FileResponse:
    """The workbook that a job wrote, for its owner, as long as they still see as far."""
    done = written(request, jobs.KIND, job)
    return give_out(request, done, Permission.EXPORT_LEDGER, "名单")
