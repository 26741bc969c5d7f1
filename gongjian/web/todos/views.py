"""The pages of to-dos."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjian.areas.queries import area_by_code, tree_on
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted
from gongjian.ledgers.remarks import remark
from gongjian.web.people import insider, may, posts, require, user_of
from gongjian.web.rendering import page
from gongjian.web.todos import presenters, queries
from gongjian.web.todos.forms import Wanted, area_of, wanted_of
from gongjian.workflow.actions import see_notices
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Todo
from gongjian.workflow.notices import LONGEST, urge, urged_on

_SEE: Final = "查看逾期的单位"


@require_safe
def todos(request: HttpRequest) -> HttpResponse:
    """What whoever asks is to do in all flows, by last day, and what they were told."""
    user, day, wanted = user_of(request), today(), wanted_of(request.GET)
    held = queries.held_by(posts(request))
    shown, more = queries.listed(held, wanted, day) if held else ([], False)
    whole = not more and wanted == Wanted()
    found = queries.counts_of(shown, held, day) if whole else queries.counts(held, day)
    context = {
        "counts": found,
        "tabs": presenters.tabs(wanted, found),
        "flows": presenters.flows(wanted, found),
        "listed": presenters.listed(shown, queries.packs_of(shown), tree_on(day), held),
        "narrowed": bool(wanted.flow or wanted.when),
        "next": presenters.next_page(wanted, shown) if more else None,
        "first": reverse("todos") + wanted.query() if wanted.after else None,
        "notices": presenters.notices(queries.news(user.pk)),
        "looks_below": may(request, Permission.SEE_FIGURES),
    }
    return page(request, "todos/todos.html", context)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All notices have been looked at."""
    see_notices(user_of(request).pk)
    return redirect("todos")


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """The units with something overdue; of one of them what it is, and who is to do it."""
    day = today()
    tree = tree_on(day)
    if not area_of(request.GET):
        scope = require(request, Permission.SEE_FIGURES, _SEE).scope
        found = presenters.units(queries.overdue_units(tree, scope, day), tree, day)
        number = sum(unit["number"] for unit in found)
        context = {"units": found, "number": number, "cut": len(found) == queries.UNITS}
        return page(request, "todos/overdue.html", context)
    place = _place(request, Permission.SEE_FIGURES, _SEE)
    late = queries.overdue_of(place, day)
    context = {
        "name": tree.name(place),
        "code": tree.code(place),
        "listed": presenters.listed(late, queries.packs_of(late), tree),
        "urged": max(urged_on([todo.case_id for todo in late]).values(), default=None),
        "who": queries.who_takes(late, day),
        "may_urge": _may_urge(request, late, day),
        "longest": LONGEST,
    }
    return page(request, "todos/unit.html", context)


@require_POST
def urge_(request: HttpRequest) -> HttpResponse:
    """Ask a unit to get on with all that is overdue there."""
    place = _place(request, Permission.REVIEW_REPORT, "催办")
    actor = require(request, Permission.REVIEW_REPORT, "催办")
    text = remark(request.POST.get("text", ""), LONGEST, label="催办的话")
    late = queries.overdue_of(place, today())
    number = urge([todo.case_id for todo in late], by=actor, text=text)
    messages.success(request, f"已催办 {number} 件，经办人会在“待办”里看到。")
    return redirect(f"{reverse('overdue')}?area={tree_on(today()).code(place)}")


def _may_urge(request: HttpRequest, late: Iterable[Todo], day: date) -> bool:
    """Does any of these lie below a post by which whoever looks may urge?"""
    if not may(request, Permission.REVIEW_REPORT):
        return False
    scope = require(request, Permission.REVIEW_REPORT, "催办").scope
    here = {(todo.case.flow, todo.place_id) for todo in late}
    above = [area for flow, place in here for area in FLOWS[flow].line(place, day)[1:2]]
    return any(scope.covers([("areas", area)]) for area in above)


def _place(request: HttpRequest, permission: Permission, deed: str) -> int:
    """The area that is named, for one who may do it there; refused in the order 404, 403."""
    someone = insider(request, deed)
    code = area_of(request.POST if request.method == "POST" else request.GET)
    area = area_by_code(code)
    if area is None or not someone.scope.covers([("areas", area)]):
        raise NotInScope(f"没有代码为“{code}”的区划，或者它不在您的管理范围内。")
    if not require(request, permission, deed).scope.covers([("areas", area)]):
        raise NotPermitted(f"您在这里的岗位不能{deed}，请由有此权限的人办理。")
    return area
