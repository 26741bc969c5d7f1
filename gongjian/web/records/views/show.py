"""The record page, and its numbers unmasked for a purpose."""

from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.core.access import Permission
from gongjian.core.days import now
from gongjian.core.errors import Refused
from gongjian.history import trail
from gongjian.ledgers.worries import MERGE, NEW
from gongjian.web.people import may as may_at_all
from gongjian.web.people import opened, person
from gongjian.web.records import openings, unmasking
from gongjian.web.records.forms import Mode, columns_of
from gongjian.web.records.models import Opening
from gongjian.web.records.presenters.page import record_page
from gongjian.web.records.queries.entries import Entry
from gongjian.web.records.queries.links import links_to
from gongjian.web.records.views.access import may, moment_of, seen, touched
from gongjian.web.rendering import page
from gongjian.web.wording.values import Words

PURPOSES: Final = ("核对会员身份", "办理互助保障", "信访、维权办理", "审计抽查", "其他")
OTHER: Final = PURPOSES[-1]


@require_GET
def record(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """One entry on the day of the page, and all that ever was told of it."""
    entry = seen(request, slug, id_)
    seconds = _unmasked(request, entry)
    answer = page(request, "records/record.html", _context(request, entry, seconds))
    openings.note(entry, person(request), unmasked=seconds > 0)
    if seconds:
        # The browser asks anew when the time is over, and is shown it masked.
        answer["Refresh"] = str(seconds + 1)
    return answer


@require_POST
def unmask(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """Show identity numbers and telephones in full for a while; who saw them why is recorded."""
    entry, actor = touched(request, slug, id_, Permission.UNMASK, "查看完整的证件号码和电话")
    purpose = request.POST.get("purpose", "").strip()
    remark = request.POST.get("remark", "").strip()[:500]
    if purpose not in PURPOSES:
        raise Refused("请选择查看完整号码的用途。")
    if purpose == OTHER and not remark:
        raise Refused("用途选“其他”时请写明具体事由。")
    if not unmasking.left(request, slug, id_):
        body = {
            "ledger": slug,
            "entry": id_,
            "columns": [c.header for c in entry.ledger.columns if c.sensitive],
            "actor": actor.id,
            "name": actor.name,
            "reason": "：".join(filter(None, (purpose, remark))),
        }
        trail.note("unmask", body)
        unmasking.begin(request, slug, id_)
    return _back(request, slug, id_)


@require_POST
def mask(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """Hide them again before the time is over."""
    seen(request, slug, id_)
    unmasking.end(request, slug, id_)
    return _back(request, slug, id_)


def _back(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("record", args=[slug, id_]) + moment_of(request).query())


def _unmasked(request: HttpRequest, entry: Entry) -> int:
    """Seconds for which numbers are shown in full; with the right to see them that ends, too."""
    slug = entry.ledger.slug
    seconds = unmasking.left(request, slug, entry.id)
    if not seconds or not moment_of(request).present:
        return 0
    if not may(request, entry, Permission.UNMASK):
        unmasking.end(request, slug, entry.id)
        return 0
    return seconds


def _context(request: HttpRequest, entry: Entry, seconds: int) -> dict[str, Any]:
    asof = moment_of(request)
    opens = opened(request)
    words = Words(entry.refs, asof, unmasked=seconds > 0, opened=opens)
    links = links_to(entry.ledger.slug, entry.id, asof, entry.refs.scope, opens)
    shown = record_page(entry, words, links, asof, partial(_allowed, request, entry))
    only = request.GET.get("only") == "cor"
    return {
        "record": shown,
        "events": [e for e in shown.events if not only or e.style == "cor"],
        "only_corrections": only,
        "unmasked": seconds > 0,
        "masked_at": now() + timedelta(seconds=seconds),
        "may_edit": may(request, entry, Permission.IMPORT_LEDGER),
        "may_mend": may(request, entry, Permission.MEND_LEDGER),
        "may_unmask": shown.sensitive and may(request, entry, Permission.UNMASK),
        "changes_it": bool(columns_of(entry.ledger, Mode.CHANGE)),
        "purposes": PURPOSES,
        "openings": _openings(request, entry),
    }


def _allowed(request: HttpRequest, entry: Entry, deed: str, slug: str) -> bool:
    """May the reader do this about the entry, in its own ledger or in another?"""
    if deed == "figures":
        return may_at_all(request, Permission.SEE_FIGURES)
    permission = Permission.MEND_LEDGER if deed == MERGE else Permission.IMPORT_LEDGER
    if slug == entry.ledger.slug and deed != NEW:
        return may(request, entry, permission)
    return may_at_all(request, permission, ledger=slug)


def _openings(request: HttpRequest, entry: Entry) -> list[Opening] | None:
    """Who opened the record of a person; None where it is none, or not for the reader to know."""
    tells = may_at_all(request, Permission.SEE_TRAIL, ledger=entry.ledger.slug)
    return openings.latest(entry) if entry.ledger.of_persons and tells else None
