"""The pages of rule packs."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjian.areas.queries import tree_on
from gongjian.core.access import EVERYTHING, Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.ledgers.lookup import References
from gongjian.web.rendering import page
from gongjian.web.reports.forms import place_of
from gongjian.web.rules import forms, presenters, queries
from gongjian.workflow.declare import FLOWS, Flow, Source
from gongjian.workflow.models import RulePack
from gongjian.workflow.packs import NewPack, PackRefused, end_pack, write_pack

_TOLD = "只管以后开始的事项；已经开始的照旧。"


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """Every pack that holds somewhere within, and what holds in one area on one day."""
    area, someone = place_of(request, Permission.SEE_FIGURES, queries.SEE)
    day = forms.day_of(request.GET)
    tree = tree_on(today())
    context = {
        "lines": presenters.listed(queries.visible(someone.scope), today()),
        "held": presenters.held(queries.holding(area, day)),
        "day": day,
        "name": queries.EVERYWHERE if area is None else tree.name(area),
        "code": "" if area is None else tree.code(area),
        "may_keep": queries.may_keep(request),
    }
    return page(request, "rules/packs.html", context)


@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack and the cases that go by it."""
    found, someone = queries.pack_seen(request, pk)
    return _pack_page(request, found, someone, forms.EndForm(initial={"day": today()}))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The pack holds no more from a day on."""
    found, someone = queries.pack_seen(request, pk)
    actor = queries.keeper(request)
    queries.require_present(request)
    form = forms.EndForm(request.POST)
    if form.is_valid():
        try:
            end_pack(found, form.cleaned_data["day"], by=actor)
        except (NotInScope, NotPermitted):
            raise
        except Refused as error:
            form.add_error("day", error.sentence)
        else:
            messages.success(request, f"“{found}”从 {found.valid_to} 起停用，{_TOLD}")
            return redirect("rule-pack", pk)
    return _pack_page(request, found, someone, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a pack."""
    actor = queries.keeper(request)
    flow = _flow(request)
    initial = {"valid_from": today(), "place": request.GET.get("area", "")}
    form = forms.PackForm(flow, request.POST or None, initial=initial)
    if request.method == "POST":
        queries.require_present(request)
        written = _written(form, flow, actor)
        if written is not None:
            messages.success(request, f"规则包已写入，{_TOLD}")
            return redirect("rule-pack", written.pk)
    tree = tree_on(today())
    inside = actor.scope.inside.get("areas", frozenset())
    places = sorted((tree.code(a), tree.name(a)) for a in inside if tree.exists(a))
    context = {
        "form": form,
        "flow": flow,
        "flows": list(FLOWS),
        "places": places if len(places) <= _OFFERED else [],
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "rules/new.html", context, status=status)


_OFFERED = 400


def _flow(request: HttpRequest) -> Flow:
    slug = request.POST.get("flow") or request.GET.get("flow")
    return FLOWS[slug] if slug else next(iter(FLOWS))


def _written(form: forms.PackForm, flow: Flow, actor: Actor) -> RulePack | None:
    """The pack; None where it cannot be, which the form then says at its fields."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        made = NewPack(
            flow=flow.slug,
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            source=Source(said["law"], said["article"], said["read"] == "read"),
            values=form.values(),
            place_id=_place(flow, said["place"], actor.scope),
        )
        return write_pack(made, by=actor)
    except (NotInScope, NotPermitted):
        raise
    except PackRefused as error:
        form.add_error(form.at(error.number, error.field), error.sentence)
    except Refused as error:
        form.add_error("place", error.sentence)
    return None


def _place(flow: Flow, word: str, scope: Scope) -> int:
    """The place within ``scope`` that a code or an unambiguous name means; no other is there."""
    refs = References(EVERYTHING)
    refs.find(flow.standing, [word])
    meant = refs.meaning(flow.standing, word)
    found = [one for one in meant if scope.covers([(flow.standing, one.id)])]
    if len(found) == 1:
        return found[0].id
    if found:
        raise Refused(f"“{word}”有 {len(found)} 个同名的，请改填代码。")
    raise Refused(f"管理范围内没有“{word}”，请填代码或全称。")


def _pack_page(
    request: HttpRequest, found: RulePack, someone: Actor, form: forms.EndForm, status: int = 200
) -> HttpResponse:
    cases = queries.cases_by(found, someone.scope)
    before = request.GET.get("before", "")
    later = cases
    if before.isascii() and before.isdecimal() and len(before) < _LONG:
        later = cases.filter(pk__lt=int(before))
    shown = list(later[: queries.PAGE + 1])
    more = len(shown) > queries.PAGE
    here = reverse("rule-pack", args=[found.pk])
    standing = FLOWS[found.flow].standing
    place = [] if found.place_id is None else [(standing, found.place_id)]
    keeps = queries.may_keep(request) and queries.keeper(request).scope.covers(place)
    context: dict[str, Any] = {
        **presenters.one(found, today()),
        "number": cases.count(),
        "cases": presenters.case_lines(shown[: queries.PAGE], found),
        "next_address": f"{here}?{urlencode({'before': shown[queries.PAGE - 1].pk})}"
        if more
        else None,
        "first_address": here if before else None,
        "form": form if keeps and found.valid_to is None else None,
    }
    return page(request, "rules/pack.html", context, status=status)


_LONG = 15
