"""Explaining a difference by entries: found, ticked, named."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongjian.core.errors import NotNow, Refused
from gongjian.reporting.bridge import WRITES, explained_by, lines_of
from gongjian.reporting.bridging import Named, explain
from gongjian.reporting.models import Cause, PaperTotal
from gongjian.web.bridge import forms, presenters, queries
from gongjian.web.bridge.common import EXPLAINS, about, code_of, done, overlaps
from gongjian.web.people import person
from gongjian.web.records.views.once import token
from gongjian.web.rendering import page

_USUAL: Final = {
    forms.ROWS: Cause.MISSED,
    forms.REPEATED: Cause.REPEATED,
    forms.LEDGER: Cause.ENDED,
}
"""Where an entry is found → why it usually makes a difference."""


@require_safe
def names(request: HttpRequest, number: int) -> HttpResponse:
    """Entries that may explain a part of the difference, to be ticked."""
    found = queries.seen(request, number, WRITES, EXPLAINS)
    if not found.stands:
        raise NotNow("这个纸面数已经撤销，不能再说明；请看重新填报的那个。")
    return _names(request, found)


def _names(
    request: HttpRequest, found: PaperTotal, form: forms.NamesForm | None = None
) -> HttpResponse:
    given = request.GET if form is None else request.POST
    where, after = forms.where_named(given), forms.after_named(given)
    sought = forms.sought_in(given)
    (line,) = lines_of([found])
    looked = _candidates(found, where, after, sought)
    context = about(found, line) | {
        "where": where,
        "sought": sought,
        "choices": presenters.choices(request, found, looked.found, explained_by(found)),
        "turning": presenters.turning(found, where, sought, after, more=looked.more),
        "more": looked.more,
        "after": after,
        "tabs": presenters.tabs(found, where, overlaps=overlaps(found)),
        "form": form or forms.NamesForm(where, initial={"cause": _USUAL[where]}),
        "ticked": [] if form is None else forms.ticked(request.POST),
        "word": token(),
    }
    return page(request, "bridge/names.html", context, status=200 if form is None else 422)


def _candidates(found: PaperTotal, where: str, after: int, sought: str) -> queries.Candidates:
    code = code_of(found)
    if where == forms.LEDGER:
        return queries.in_ledger(found, sought)
    if where == forms.ROWS:
        return queries.behind(found, code, after, sought)
    held = [one for one in queries.repeated(found, code) if sought in one.name]
    shown = held[after : after + queries.PAGE]
    return queries.Candidates(shown, len(held) > after + queries.PAGE)


@require_POST
def name(request: HttpRequest, number: int) -> HttpResponse:
    """Explain a part of the difference by the entries ticked, or by all that are repeated."""
    found = queries.seen(request, number, WRITES, EXPLAINS)
    where = forms.where_named(request.POST)
    form = forms.NamesForm(where, request.POST)
    if form.is_valid():
        cause, words = form.told()

        def deed() -> int:
            named = _named(request, found, where, form)
            return explain(found, cause, named, by=person(request), words=words)[0].link

        if done(request, form, deed):
            messages.success(request, "已按名字说明。")
            return redirect("bridge-total", found.pk)
    return _names(request, found, form)


def _named(
    request: HttpRequest, found: PaperTotal, where: str, form: forms.NamesForm
) -> list[Named]:
    """The entries as they stand now, with what each explains."""
    cause, _ = form.told()
    if where == forms.REPEATED and request.POST.get("all"):
        told = explained_by(found, cause)
        held = [x for x in queries.repeated(found, code_of(found)) if x.entry not in told]
        if not held:
            raise Refused(f"重复的行都已按“{cause.label}”说明过，不用再办。")
    else:
        held = _ticked(request, found, where)
    each = form.cleaned_data["each"]
    return [
        Named(
            entry=one.entry,
            row=f"{one.name} {one.key}".strip(),
            amount=(one.amount or 0) if each is None else each,
        )
        for one in held
    ]


def _ticked(request: HttpRequest, found: PaperTotal, where: str) -> list[queries.Candidate]:
    after, sought = forms.after_named(request.POST), forms.sought_in(request.POST)
    wanted = set(forms.ticked(request.POST))
    looked = _candidates(found, where, after, sought)
    held = [one for one in looked.found if one.entry in wanted]
    if len(held) != len(wanted):
        raise Refused("勾选的行有的已不在这一页，名单刚变过，请重新勾选。")
    return held
