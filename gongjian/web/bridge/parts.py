"""What was explained together, by name; it can be taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongjian.core.access import Permission
from gongjian.core.errors import NotInScope, Refused
from gongjian.reporting.bridge import WRITES, lines_of
from gongjian.reporting.bridging import retract
from gongjian.reporting.models import PaperTotal
from gongjian.web.bridge import forms, presenters, queries
from gongjian.web.bridge.common import EXPLAINS, about, done, may_write
from gongjian.web.people import person
from gongjian.web.records.views.once import token
from gongjian.web.rendering import page


@require_safe
def part(request: HttpRequest, number: int, link: int) -> HttpResponse:
    """Explanations that were given together, each by name; they can be taken back."""
    found = queries.seen(request, number, Permission.SEE_FIGURES, queries.SEES)
    return _part(request, found, link)


def _part(
    request: HttpRequest, found: PaperTotal, link: int, form: forms.ReasonForm | None = None
) -> HttpResponse:
    given = request.POST if form is not None else request.GET
    after = forms.after_named(given)
    held = found.explanations.filter(link=link).order_by("pk")
    first = held.first()
    if first is None:
        raise NotInScope("没有这些说明，或者它们不属于这个纸面数。")
    shown = list(held[after : after + queries.PAGE + 1])
    (line,) = lines_of([found])
    (deed,) = presenters.deeds(found, queries.deeds_of(found).filter(link=link))
    context = about(found, line) | {
        "deed": deed,
        "link": link,
        "parts": presenters.parts(request, shown[: queries.PAGE]),
        "more": len(shown) > queries.PAGE,
        "after": after,
        "size": queries.PAGE,
        "writes": found.stands and bool(deed.left) and may_write(request, found.area_id),
        "form": form or forms.ReasonForm(),
        "word": token(),
    }
    return page(request, "bridge/part.html", context, status=200 if form is None else 422)


@require_POST
def retract_(request: HttpRequest, number: int, link: int) -> HttpResponse:
    """Take explanations back: those ticked, or all of the deed."""
    found = queries.seen(request, number, WRITES, EXPLAINS)
    ids = queries.ids_of(link, found) if request.POST.get("all") else forms.ticked(request.POST)
    form = forms.ReasonForm(request.POST)
    if form.is_valid():

        def deed() -> int:
            if not ids:
                raise Refused("没有勾选一行，请先勾选。")
            return retract(found, ids, by=person(request), reason=form.cleaned_data["reason"])

        if done(request, form, deed):
            messages.success(request, f"已撤销 {len(ids):,} 行说明。")
            return redirect("bridge-total", found.pk)
    return _part(request, found, link, form)
