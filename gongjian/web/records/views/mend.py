"""Mending: an entry that should not be there, two entries for one thing."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, Refused
from gongjian.history.record import ever_told
from gongjian.ledgers import deeds
from gongjian.web.records.presenters.effects import Effect, effects
from gongjian.web.records.presenters.values import Words
from gongjian.web.records.queries.entries import Entry, entry_of
from gongjian.web.records.views.access import moment_of, touched
from gongjian.web.records.views.once import done_before, once, token
from gongjian.web.rendering import page

SHOWN = 20
"""Referring entries of one ledger that are named."""


@require_http_methods(["GET", "POST"])
def annul(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """Cease to believe an entry; refused while others refer to it, and these are listed."""
    number = done_before(request, request.POST.get("token", ""))
    if number is not None:
        return _done(request, slug, id_, number)
    entry, actor = touched(request, slug, id_, Permission.IMPORT_LEDGER, "作废记录")
    if request.method == "POST":
        _unchanged(request, entry)
        reason = request.POST.get("why", "")
        number = once(
            request,
            request.POST.get("token", ""),
            lambda: deeds.annul(entry.ledger, id_, actor=actor, reason=reason).number,
        )
        return _done(request, slug, id_, number or 0)
    users = [
        (ledger, entries[:SHOWN], len(entries))
        for ledger, entries in deeds.referring(entry.ledger, id_)
    ]
    return page(request, "records/annul.html", _context(request, entry) | {"users": users})


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """This entry and another are one thing: which stays, what moves, and then the deed."""
    number = done_before(request, request.POST.get("token", ""))
    if number is not None:
        return _done(request, slug, id_, number)
    entry, actor = touched(request, slug, id_, Permission.IMPORT_LEDGER, "合并记录")
    context = _context(request, entry) | {"other": None, "problem": ""}
    text = (request.POST.get("other") or request.GET.get("other") or "").strip()
    if not text:
        return page(request, "records/merge.html", context)
    try:
        other = _other(request, entry, text)
    except Refused as error:
        context["problem"] = error.sentence
        return page(request, "records/merge.html", context, status=422)
    survivor = other if request.POST.get("stays", request.GET.get("stays")) == "other" else entry
    duplicate = entry if survivor is other else other
    if request.method == "POST":
        _unchanged(request, entry)
        reason = request.POST.get("why", "")
        number = once(
            request,
            request.POST.get("token", ""),
            lambda: (
                deeds.merge(
                    entry.ledger, duplicate.id, survivor.id, actor=actor, reason=reason
                ).number
            ),
        )
        return _done(request, slug, survivor.id, number or 0)
    context |= {
        "other": other,
        "other_title": _title(request, other),
        "stays": "other" if survivor is other else "this",
        "survivor_title": _title(request, survivor),
        "effects": _rehearsed(request, duplicate, survivor, actor),
        "moves": [(led, len(ids)) for led, ids in deeds.referring(entry.ledger, duplicate.id)],
    }
    return page(request, "records/merge.html", context)


def _other(request: HttpRequest, entry: Entry, text: str) -> Entry:
    """The other entry by its system number, within the scope like the first."""
    number = text.split("-", maxsplit=1)[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Refused(f"“{text}”不是系统编号，请填另一条记录页面上的系统编号。")
    if int(number) == entry.id:
        raise Refused("不能把一条记录与它自己合并，请另选一条。")
    scope = entry.refs.scope
    try:
        other = entry_of(entry.ledger.slug, int(number), scope=scope, asof=moment_of(request))
    except NotInScope as error:
        raise Refused(f"{entry.ledger.title}里没有您可以合并的系统编号 {number}。") from error
    if not other.believed or not other.mine:
        raise Refused(f"系统编号 {number} 没有现行记录，不能合并。")
    return other


def _rehearsed(
    request: HttpRequest, duplicate: Entry, survivor: Entry, actor: Actor
) -> list[Effect]:
    """What the survivor would say: the deed is done and taken back at once."""
    with transaction.atomic():
        deeds.merge(survivor.ledger, duplicate.id, survivor.id, actor=actor, reason="试算")
        told = ever_told(survivor.shape, [survivor.id])
        after = [t.version for t in told if t.removed_in is None]
        transaction.set_rollback(True)
    words = Words(survivor.refs, moment_of(request))
    return effects(survivor.ledger, words, survivor.known(), after)


def _unchanged(request: HttpRequest, entry: Entry) -> None:
    if request.POST.get("base", "") != str(entry.newest):
        last = entry.changes[entry.newest]
        raise Refused(
            f"这条记录刚由{last.actor_name}改过（变更 {last.number}），请看过现在的情况再办。"
        )


def _title(request: HttpRequest, entry: Entry) -> str:
    words = Words(entry.refs, moment_of(request))
    version = entry.on(moment_of(request).day) or entry.told[-1].version
    words.load(entry.ledger, [version])
    return words.title(entry.ledger, version)


def _context(request: HttpRequest, entry: Entry) -> dict[str, object]:
    return {
        "entry": entry,
        "ledger": entry.ledger,
        "title": _title(request, entry),
        "base": entry.newest,
        "token": token(),
    }


def _done(request: HttpRequest, slug: str, id_: int, number: int) -> HttpResponse:
    messages.success(request, f"已办理，记为变更 {number}；办错了可以撤销。")
    return HttpResponseRedirect(reverse("record", args=[slug, id_]))
