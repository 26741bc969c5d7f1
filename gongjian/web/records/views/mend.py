"""Mending: an entry that should not be there, two entries for one thing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, Refused
from gongjian.history import trail
from gongjian.history.models import Change
from gongjian.history.timeline import VersionTuple
from gongjian.indicators.foretelling import foretell
from gongjian.ledgers import deeds
from gongjian.ledgers.declare import Ledger
from gongjian.reporting import late
from gongjian.web import foretelling
from gongjian.web.records import openings
from gongjian.web.records.presenters.effects import done, effects
from gongjian.web.records.presenters.sides import sides
from gongjian.web.records.queries.entries import Entry, entry_of, newest_of
from gongjian.web.records.queries.sight import inside
from gongjian.web.records.views.access import moment_of, touched
from gongjian.web.records.views.once import done_before, once, token
from gongjian.web.rendering import page
from gongjian.web.wording.values import Words

SHOWN = 20
"""Referring entries of one ledger that are named."""


@require_http_methods(["GET", "POST"])
def annul(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """Cease to believe an entry; refused while others refer to it, and these are listed."""
    word = request.POST.get("token", "")
    number = done_before(request, word)
    if number is not None:
        return _done(request, slug, id_, number)
    entry, actor = touched(request, slug, id_, Permission.MEND_LEDGER, "作废记录")
    if request.POST.get("step") == "foretell":
        return _annulled(request, entry, actor)
    unsaid = _unsaid(request)
    if request.method == "POST" and not unsaid:
        reason = request.POST.get("why", "")

        def deed() -> int:
            _require_unchanged(entry, request.POST.get("base", ""))
            return deeds.annul(entry.ledger, id_, actor=actor, reason=reason).number

        return _done(request, slug, id_, once(request, word, deed) or 0)
    context = _context(request, entry) | {
        "users": [_users(entry, *found) for found in deeds.referring(entry.ledger, id_)],
        "late": late.asks(late.reach_of_annulling(slug, id_)),
        "unsaid": unsaid,
    }
    return page(request, "records/annul.html", context, status=422 if unsaid else 200)


def _unsaid(request: HttpRequest) -> str:
    """What is wrong with the reason that was sent; empty where nothing is, or none was sent yet."""
    if request.method != "POST":
        return ""
    try:
        deeds.said(request.POST.get("why", ""))
    except Refused as error:
        return error.sentence
    return ""


def _annulled(request: HttpRequest, entry: Entry, actor: Actor) -> HttpResponse:
    """What the figures would become without the entry."""

    def deed() -> None:
        deeds.annul(entry.ledger, entry.id, actor=actor, reason="试算")

    told = foretelling.told(lambda: foretell(deed, day=today()), _areas(request))
    context = _context(request, entry) | {"foretold": foretelling.shown(told)}
    return page(request, "records/foretold.html", context, fragment="figures")


def _areas(request: HttpRequest) -> Mapping[int, str]:
    user = request.user
    return foretelling.areas_of(user) if isinstance(user, User) else {}


def _users(entry: Entry, ledger: Ledger, ids: list[int]) -> tuple[Ledger, list[int], int, int]:
    """A ledger, a few that refer to the entry, how many do within the scope and how many beyond."""
    seen = sorted(inside(ledger, ids, entry.refs.scope))
    return ledger, seen[:SHOWN], len(seen), len(ids) - len(seen)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """This entry and another are one thing: which stays, what moves, and then the deed.

    The two are compared by reading; to rehearse the deed is to do it and take it back, under the
    lock, so that is asked for by POST.
    """
    number = done_before(request, request.POST.get("token", ""))
    if number is not None:
        return _done(request, slug, id_, number)
    entry, actor = touched(request, slug, id_, Permission.MEND_LEDGER, "合并记录")
    nothing = {"other": None, "problem": "", "tried": False, "unsaid": ""}
    context = _context(request, entry) | nothing
    asked = (request.POST if request.method == "POST" else request.GET).get("other", "").strip()
    if request.method == "GET" and not asked:
        return page(request, "records/merge.html", context)
    try:
        other = _other(request, entry, asked)
    except Refused as error:
        context["problem"] = error.sentence
        return page(request, "records/merge.html", context, status=422)
    pair = _Pair(entry=entry, other=other, stays=request.POST.get("stays", ""))
    unsaid = "" if request.POST.get("step") == "try" else _unsaid(request)
    if request.method == "POST" and request.POST.get("step") != "try" and not unsaid:
        return _merged(request, pair, actor)
    for each in (entry, other):
        openings.note(each, actor)
    context |= _beside(request, pair) | {"unsaid": unsaid}
    if request.method == "POST":
        context |= _rehearsed(request, pair, actor)
    return page(request, "records/merge.html", context, status=422 if unsaid else 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The entry of the page and the other one; ``stays`` is “other” or else this."""

    entry: Entry
    other: Entry
    stays: str

    @property
    def survivor(self) -> Entry:
        return self.other if self.stays == "other" else self.entry

    @property
    def duplicate(self) -> Entry:
        return self.entry if self.stays == "other" else self.other


def _merged(request: HttpRequest, pair: _Pair, actor: Actor) -> HttpResponse:
    """The deed, on both entries as they were when it was tried."""
    ledger, survivor = pair.entry.ledger, pair.survivor

    def deed() -> int:
        _require_unchanged(pair.entry, request.POST.get("base", ""))
        _require_unchanged(pair.other, request.POST.get("other_base", ""))
        reason = request.POST.get("why", "")
        made = deeds.merge(ledger, pair.duplicate.id, survivor.id, actor=actor, reason=reason)
        return made.number

    number = once(request, request.POST.get("token", ""), deed)
    return _done(request, ledger.slug, survivor.id, number or 0)


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


def _beside(request: HttpRequest, pair: _Pair) -> dict[str, object]:
    """The two side by side, so that one can see which of them is to stay."""
    asof = moment_of(request)
    return {
        "other": pair.other,
        "other_title": _title(request, pair.other),
        "stays": "other" if pair.stays == "other" else "this",
        "sides": sides(pair.entry, pair.other, asof),
    }


def _rehearsed(request: HttpRequest, pair: _Pair, actor: Actor) -> dict[str, object]:
    """What the page says beforehand of a merger."""
    ledger, survivor, duplicate = pair.entry.ledger, pair.survivor, pair.duplicate
    after: list[VersionTuple] = []
    reach: late.Reach = {}

    def deed() -> None:
        after[:] = deeds.rehearsed(ledger, duplicate.id, survivor.id, actor=actor)
        reach.update(late.reach_of_changes([trail.lock_head().change]))

    told = foretelling.told(lambda: foretell(deed, day=today()), _areas(request))
    if not after:
        with transaction.atomic():
            deed()
            transaction.set_rollback(True)
    words = Words(survivor.refs, moment_of(request))
    return {
        "tried": True,
        "other_base": pair.other.newest,
        "survivor_title": _title(request, survivor),
        "effects": effects(ledger, words, survivor.known(), after),
        "moves": [(led, len(ids)) for led, ids in deeds.referring(ledger, duplicate.id)],
        "foretold": foretelling.shown(told),
        "late": late.asks(reach),
    }


def _require_unchanged(entry: Entry, base: str) -> None:
    """Refused where somebody changed the entry since ``base``; asked under the lock of the head."""
    newest = newest_of(entry.shape, entry.id)
    if base != str(newest):
        last = Change.objects.get(pk=newest)
        raise Refused(
            f"系统编号 {entry.id} 刚由{last.actor_name}改过（变更 {last.number}），"
            "请看过现在的情况再办。"
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
    messages.success(request, done(number))
    return HttpResponseRedirect(reverse("record", args=[slug, id_]))
