"""The list of changes, one change, and taking it back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotPermitted, Refused
from gongjian.history.models import Change
from gongjian.history.undo import undone_by
from gongjian.ledgers import deeds
from gongjian.ledgers.lookup import References
from gongjian.web import foretelling
from gongjian.web.changes import presenters, queries, undoing
from gongjian.web.changes.forms import FilterForm
from gongjian.web.changes.seeing import reader, seen
from gongjian.web.changes.tabs import tabs
from gongjian.web.changes.undoing import Undoing
from gongjian.web.foretelling import areas_of
from gongjian.web.people import opened, require
from gongjian.web.records.views.access import moment_of, require_present
from gongjian.web.records.views.once import done_before, once, token
from gongjian.web.rendering import page, part_wanted
from gongjian.web.wording.values import Words


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Changes that touch the scope, newest first."""
    someone = reader(request)
    form = FilterForm(request.GET)
    start = _number(request, "below")
    asof = moment_of(request)
    found = queries.changes_page(form.asked(), someone.scope, start, asof.known_at)
    kept = {k: v for k, v in request.GET.items() if k in form.fields and v}
    further = asof.query(**kept, below=found.next) if found.next else None
    context = {
        "form": form,
        "rows": presenters.rows(found, undone_by((c.number for c in found.changes), asof.known_at)),
        "next": further,
        "start": (asof.query(**kept) or "?") if start else None,
        "tabs": tabs(request, "changes") if asof.known_at is None else [],
    }
    return page(request, "changes/changes.html", context, fragment="rows")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


@require_GET
def change(request: HttpRequest, number: int) -> HttpResponse:
    """What one change did to the entries within the scope, and how it would be taken back."""
    return _shown(request, number)


def _shown(
    request: HttpRequest,
    number: int,
    *,
    problem: str = "",
    unsaid: str = "",
    fragment: str | None = None,
) -> HttpResponse:
    """The page of a change; ``problem`` says why it was not taken back as agreed.

    ``unsaid`` says what is wrong with the reason that was given for taking it back. The panel for taking it back is fetched when the page stands, where that takes a moment.
    """
    one, someone = seen(request, number)
    asof = moment_of(request)
    start = queries.place(request.GET.get("from", ""))
    found = queries.touches(number, someone.scope, start)
    words = Words(References(someone.scope), asof, opened=opened(request))
    counts = queries.row_counts([number], someone.scope).get(number, queries.Counts())
    whole = fragment is not None or bool(unsaid)
    later = not whole and queries.COUNTED < counts.total <= queries.LARGE
    context = {
        "row": presenters.row(one, counts, undone_by([number], asof.known_at).get(number)),
        "touched": presenters.touched(number, found, words),
        "next": asof.query(**{"from": found.next}) if found.next else None,
        "start": asof.query() or "?" if str(start) != str(queries.Place()) else None,
        "undo": None if later else _undoing(request, one, counts.total),
        "undo_later": later,
        "token": token(),
        "problem": problem,
        "unsaid": unsaid,
    }
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if unsaid else HTTPStatus.OK
    status = HTTPStatus.CONFLICT if problem else wrong
    return page(request, "changes/change.html", context, fragment=fragment, status=status)


def _undoing(request: HttpRequest, one: Change, size: int) -> Undoing | None:
    """What the panel for taking back says; None where it is not for this person or moment."""
    try:
        actor = require(request, Permission.UNDO_CHANGE, "撤销变更")
    except NotPermitted:
        return None
    if not moment_of(request).present or undone_by([one.number]):
        return None
    return undoing.undoing(one, size, actor, moment_of(request))


@require_GET
def panel(request: HttpRequest, number: int) -> HttpResponse:
    """The panel for taking back alone, where working it out takes a moment; else the page."""
    if not part_wanted(request):
        return HttpResponseRedirect(reverse("change", args=[number]) + moment_of(request).query())
    return _shown(request, number, fragment="undo")


@require_POST
def foretell(request: HttpRequest, number: int) -> HttpResponse:
    """What the figures would become: the deed is done, weighed and taken back, so by POST."""
    actor = _taker(request, number)
    areas = areas_of(request.user) if isinstance(request.user, User) else {}
    order = _order(request)
    told = foretelling.told(lambda: undoing.foretold(number, order, actor), areas)
    context = {"foretold": foretelling.shown(told), "number": number}
    return page(request, "changes/foretold.html", context, fragment="figures")


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a change back, alone or with all that stands in its way, newest first."""
    actor = _taker(request, number)
    word, reason = request.POST.get("token", ""), request.POST.get("why", "")
    together = request.POST.get("together") == "yes"
    order = _order(request)
    done = done_before(request, word)
    unsaid = "" if done else _unsaid(reason)
    if unsaid:
        return _shown(request, number, unsaid=unsaid)
    if done is None and undoing.weight(order or [number]) > undoing.WEIGHED:
        job = undoing.hand_in(number, actor=actor, reason=reason, order=order)
        return HttpResponseRedirect(reverse("job", args=[job.pk]))

    def deed() -> int:
        agreed = order if together else None
        return undoing.take_back(number, actor=actor, reason=reason, agreed=agreed)

    try:
        made = done or once(request, word, deed)
    except deeds.OrderChanged as error:
        return _shown(request, number, problem=error.sentence)
    messages.success(request, f"已撤销变更 {number}，记为变更 {made}；撤销变更 {made} 会恢复它。")
    return HttpResponseRedirect(reverse("change", args=[made]))


def _unsaid(reason: str) -> str:
    """What is wrong with a reason; empty where nothing is."""
    try:
        deeds.said(reason)
    except Refused as error:
        return error.sentence
    return ""


def _taker(request: HttpRequest, number: int) -> Actor:
    """Whoever may take a change back now, refused in the order 404, 403, 422."""
    seen(request, number)
    actor = require(request, Permission.UNDO_CHANGE, "撤销变更")
    require_present(request)
    return actor


def _order(request: HttpRequest) -> list[int]:
    """The changes that are to be taken back together; none where it is one alone."""
    return _agreed(request) if request.POST.get("together") == "yes" else []


def _agreed(request: HttpRequest) -> list[int]:
    """The order that the page showed; empty, and so no order at all, where it cannot be read."""
    told = request.POST.get("order", "").split(",")[: deeds.TOGETHER]
    return [int(n) for n in told if n.isascii() and n.isdecimal() and len(n) < 18]
