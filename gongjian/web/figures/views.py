"""The pages of figures."""

from typing import Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from gongjian.core.access import Permission
from gongjian.core.errors import NotInScope, Refused
from gongjian.indicators.declare import TERRITORY, shown_with
from gongjian.web.exporting import give_out, written
from gongjian.web.figures import forms, jobs, keeping, queries
from gongjian.web.figures.asking import asked
from gongjian.web.figures.equations import among, ledgers_of
from gongjian.web.figures.listing import Listing, listing
from gongjian.web.figures.moments import settled
from gongjian.web.figures.overlaps import Twice, twice
from gongjian.web.figures.presenters.catalogue import choices, sections
from gongjian.web.figures.presenters.children import stands_directly, table
from gongjian.web.figures.presenters.common import (
    catalogue_address,
    figure_address,
    given,
    matrix_address,
    place_of,
    rows_address,
)
from gongjian.web.figures.presenters.figure import figure_text
from gongjian.web.figures.presenters.overlap import overlap_text, together_text
from gongjian.web.figures.presenters.rows import (
    adds_up,
    kinds_total,
    names,
    overlap_total,
    tabs,
    totals,
    value_of,
)
from gongjian.web.figures.presenters.trend import trend_text
from gongjian.web.navigation import address_of
from gongjian.web.people import may, person, require
from gongjian.web.rendering import page

_NO_SUCH_PAGE: Final = "下级没有这么多，请去掉 after 从第一页看起。"
_MOST_BRANCHES: Final = 1_000_000


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All figures with what they mean and what they are here, or those whose name is sought."""
    question, sight = asked(request, Permission.SEE_FIGURES, "查看数字")
    sought = forms.sought_in(request.GET)
    found = forms.figures_called(sought)
    answer = queries.answer([figure.code for figure in found], question)
    context = {
        "place": place_of(question, answer, sight, "figures"),
        "sections": sections(found, question, answer),
        "sought": sought,
        "kept": question.asof.parameters() | given(question),
        "all": catalogue_address(question),
        "matrix": matrix_address(question, [figure.code for figure in found]),
    }
    return page(request, "figures/catalogue.html", context, fragment="main")


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: value, meaning, equation, months, overlap, the places right below."""
    figure = forms.figure_named(code)
    question, sight = asked(request, Permission.SEE_FIGURES, "查看数字")
    after = forms.offset_named(request.GET, _MOST_BRANCHES, _NO_SUCH_PAGE)
    answer = queries.with_children(shown_with(figure), question, after)
    context = {
        "figure": figure_text(figure, question, answer),
        "trend": trend_text(figure, question, answer.figures[code], person(request)),
        "overlap": overlap_text(figure, question, answer),
        "place": place_of(question, answer, sight, "figure", code),
        "choices": choices(question, code),
        "table": table(figure, question, answer, sight, after) if answer.children else None,
        "catalogue": catalogue_address(question),
        "matrix": matrix_address(question, [code]),
        "asked": question.query(),
        "may_export": person(request).may(Permission.EXPORT_LEDGER),
    }
    return page(request, "figures/figure.html", context, fragment="main")


@require_safe
def overlap(request: HttpRequest, code: str) -> HttpResponse:
    """Who stands in several parts of a figure: asked for when the page of the figure stands."""
    figure = forms.figure_named(code)
    question, sight = asked(request, Permission.SEE_FIGURES, "查看名单")
    found = among(figure)
    if found is None or not found.twice:
        raise NotInScope(f"“{figure.name}”没有会重叠的项。")
    along = question.tree == TERRITORY

    def read() -> tuple[queries.Answer, tuple[Twice, ...]]:
        answer = queries.answer(shown_with(found.whole), question, children=along)
        return answer, twice(found, question, answer.known)

    answer, told = settled(read)
    context = {
        "name": found.whole.name,
        "unit": found.whole.unit,
        "sums": found.sums,
        "together": together_text(found, question, answer, told),
        "place": place_of(question, answer, sight, "figure-overlap", code),
        "catalogue": catalogue_address(question),
        "back": figure_address(found.whole.code, question),
    }
    return page(request, "figures/together.html", context, fragment="part")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Have the months before a day worked out in the background, and go back to the page."""
    require(request, Permission.SEE_FIGURES, "交办截止日的数")
    day = forms.day_to_keep(request)
    job = keeping.hand_in(day, by=person(request))
    if job is None:
        messages.info(request, "这些截止日的数都已经留存，不用再算。")
    else:
        messages.success(request, "已交办：这几个截止日的数在后台算，算好后再打开本页就有。")
    return redirect(forms.way_back(request.POST.get("next", "")) or reverse("figures"))


@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The named rows behind a figure, a page at a time."""
    figure = forms.figure_named(code)
    question, sight = asked(request, Permission.SEE_FIGURES, "查看名单")
    wanted, of = forms.rows_wanted(request.GET, figure), among(figure)

    def read() -> tuple[queries.Answer, Listing]:
        codes = shown_with(of.whole) if of else [code]
        answer = queries.answer(codes, question, children=wanted.own)
        if wanted.own and not stands_directly(figure, question, answer.tree):
            raise Refused("这个数没有直接记在本级的名单，请去掉 own 看全部。")
        return answer, listing(figure, question, answer.known, wanted)

    answer, found = settled(read)
    listed = names(figure, question, found, wanted=wanted, known=answer.known)
    chosen = found.chosen
    sums = kinds_total(chosen) if chosen else totals(figure, answer, own=wanted.own)
    text = figure_text(figure, question, answer)
    context = {
        "figure": text,
        "value": value_of(text, sums, own=wanted.some),
        "place": place_of(question, answer, sight, "figure-rows", code),
        "names": listed,
        "tabs": tabs(figure, question, answer, wanted, len(chosen)),
        "opened": [x for x in ledgers_of(figure) if may(request, Permission.SEE_LEDGERS, ledger=x)],
        "totals": sums,
        "beyond": None if wanted.some else overlap_total(figure, answer),
        "adds_up": adds_up(listed, sums),
        "catalogue": catalogue_address(question),
        "wanted": wanted,
        "kept": question.asof.parameters() | given(question) | wanted.kept(),
        "back": figure_address(code, question),
        "may_export": person(request).may(Permission.EXPORT_LEDGER) and not wanted.some,
        "asked": question.query(),
        "export": reverse("figure-rows-export", args=[code]) + question.query(),
    }
    return page(request, "figures/rows.html", context, fragment="main")


@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in the export of all rows behind a figure, as they are known on this page."""
    figure = forms.figure_named(code)
    question, _ = asked(request, Permission.EXPORT_LEDGER, "导出名单")
    job = jobs.hand_in(figure, question, by=person(request))
    return redirect(address_of("job", job.pk) or rows_address(code, question))


@require_GET
def download(request: HttpRequest, job: int) -> FileResponse:
    """The workbook that a job wrote, for its owner, as long as they still see as far."""
    done = written(request, jobs.KIND, job)
    return give_out(request, done, Permission.EXPORT_LEDGER, "名单")
