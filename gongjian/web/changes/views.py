"""The list of changes, one change, and taking it back."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.rules import ROW_PERMISSIONS
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history.models import Change
from gongjian.history.undo import in_the_way, order_of_undoing, undone_by
from gongjian.ledgers import deeds
from gongjian.ledgers.lookup import References
from gongjian.web.changes import looks, presenters, queries
from gongjian.web.changes.forms import FilterForm
from gongjian.web.people import person, require
from gongjian.web.records.presenters.values import Words
from gongjian.web.records.views.access import moment_of, require_present
from gongjian.web.records.views.once import done_before, once, token
from gongjian.web.rendering import page

_LARGEST: Final = 2**63 - 1


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Changes that touch the scope, newest first."""
    someone = _reader(request)
    form = FilterForm(request.GET)
    below = request.GET.get("below", "")
    start = int(below) if below.isascii() and below.isdecimal() and len(below) < 18 else None
    asof = moment_of(request)
    found = queries.changes_page(form.asked(), someone.scope, start, asof.known_at)
    kept = {k: v for k, v in request.GET.items() if k not in ("below", "at", "known") and v}
    further = asof.query(**kept, below=found.next) if found.next else None
    audits = someone.may(Permission.VERIFY_TRAIL) or someone.may(Permission.UNMASK)
    context = {
        "form": form,
        "rows": presenters.rows(found, undone_by((c.number for c in found.changes), asof.known_at)),
        "next": further,
        "start": (asof.query(**kept) or "?") if start else None,
        "looks": _looks(someone) if audits and not start and asof.known_at is None else [],
    }
    return page(request, "changes/changes.html", context, fragment="rows")


def _reader(request: HttpRequest) -> Actor:
    someone = person(request)
    if not someone.permissions & ROW_PERMISSIONS:
        raise NotPermitted("您的岗位不能查看台账的变更，请由有此权限的人办理。")
    return someone


def _looks(someone: Actor) -> list[looks.Look]:
    """Who looked at full numbers: all of the scope for auditors, one's own for everyone else."""
    name = None if someone.may(Permission.VERIFY_TRAIL) else someone.name
    return looks.looks(someone.scope, name)


@require_GET
def change(request: HttpRequest, number: int) -> HttpResponse:
    """What one change did to the entries within the scope, and how it would be taken back."""
    return _shown(request, number)


def _shown(request: HttpRequest, number: int, problem: str = "") -> HttpResponse:
    """The page of a change; ``problem`` says why it was not taken back as agreed."""
    one, someone = _seen(request, number)
    asof = moment_of(request)
    start = queries.place(request.GET.get("from", ""))
    found = queries.touches(number, someone.scope, start)
    words = Words(References(someone.scope), asof)
    counts = queries.row_counts([number], someone.scope).get(number, queries.Counts())
    context = {
        "row": presenters.row(one, counts, undone_by([number], asof.known_at).get(number)),
        "touched": presenters.touched(number, found, words, asof),
        "next": asof.query(**{"from": found.next}) if found.next else None,
        "start": asof.query() or "?" if str(start) != str(queries.Place()) else None,
        "undo": _undoing(request, one, counts.total),
        "token": token(),
        "problem": problem,
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return page(request, "changes/change.html", context, status=status)


def _seen(request: HttpRequest, number: int) -> tuple[Change, Actor]:
    someone = _reader(request)
    known = moment_of(request).known_at
    reachable = number <= (_LARGEST if known is None else min(known, _LARGEST))
    one = Change.objects.filter(pk=number).first() if reachable else None
    if one is None or not queries.visible([number], someone.scope):
        raise NotInScope(f"没有编号为 {number} 的变更，或它没有动过您管理范围内的记录。")
    return one, someone


def _undoing(request: HttpRequest, one: Change, size: int) -> dict[str, Any] | None:
    """What the panel for taking back says; None where it is not for this person or moment."""
    try:
        actor = require(request, Permission.UNDO_CHANGE, "撤销变更")
    except NotPermitted:
        return None
    if not moment_of(request).present or undone_by([one.number]):
        return None
    if size > queries.LARGE:
        return {"large": True, "foreign": False, "blocking": [], "order": [], "reach": []}
    if not deeds.lies_within(one.number, actor):
        return {"large": False, "foreign": True, "blocking": [], "order": [], "reach": []}
    blocking = in_the_way(one.number)
    try:
        order = order_of_undoing(one.number, deeds.TOGETHER) if blocking else []
    except Refused:
        order = []
    known = Change.objects.filter(pk__in={*blocking, *order})
    return {
        "large": False,
        "foreign": False,
        "blocking": [
            (c, presenters.headline(c)) for c in presenters.in_order(known, blocking[::-1])
        ],
        "order": order,
        "reach": queries.reach(one.number),
    }


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a change back, alone or with all that stands in its way, newest first."""
    _seen(request, number)
    actor = require(request, Permission.UNDO_CHANGE, "撤销变更")
    require_present(request)
    word, reason = request.POST.get("token", ""), request.POST.get("why", "")

    def deed() -> int:
        if request.POST.get("together") == "yes":
            taken = deeds.take_back_with_followers(
                number, actor=actor, reason=reason, agreed=_agreed(request)
            )
            return taken[-1].number
        return deeds.take_back(number, actor=actor, reason=reason).number

    try:
        made = done_before(request, word) or once(request, word, deed)
    except deeds.OrderChanged as error:
        return _shown(request, number, error.sentence)
    messages.success(request, f"已撤销变更 {number}，记为变更 {made}；还可以再撤回来。")
    return HttpResponseRedirect(reverse("change", args=[made]))


def _agreed(request: HttpRequest) -> list[int]:
    """The order that the page showed; empty, and so no order at all, where it cannot be read."""
    told = request.POST.get("order", "").split(",")[: deeds.TOGETHER]
    return [int(n) for n in told if n.isascii() and n.isdecimal() and len(n) < 18]
