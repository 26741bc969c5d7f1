"""The record page, and its numbers unmasked for a purpose."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from gongjian.core.access import Permission
from gongjian.core.errors import Refused
from gongjian.history import trail
from gongjian.web.records.forms import Mode, columns_of
from gongjian.web.records.presenters.page import record_page
from gongjian.web.records.presenters.values import Words
from gongjian.web.records.queries.entries import Entry
from gongjian.web.records.queries.links import links_to
from gongjian.web.records.views.access import may, moment_of, seen, touched
from gongjian.web.rendering import page

PURPOSES: Final = ("核对会员身份", "办理互助保障", "信访、维权办理", "审计抽查", "其他")
OTHER: Final = PURPOSES[-1]


@require_GET
def record(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """One entry on the day of the page, and all that ever was told of it."""
    entry = seen(request, slug, id_)
    return page(request, "records/record.html", _context(request, entry))


@require_POST
def unmask(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """The same page with identity numbers and telephones in full; who saw them why is recorded."""
    entry, actor = touched(request, slug, id_, Permission.UNMASK, "查看完整的证件号码和电话")
    purpose = request.POST.get("purpose", "").strip()
    remark = request.POST.get("remark", "").strip()[:500]
    if purpose not in PURPOSES:
        raise Refused("请选择查看完整号码的用途。")
    if purpose == OTHER and not remark:
        raise Refused("用途选“其他”时请写明具体事由。")
    body = {
        "ledger": slug,
        "entry": id_,
        "columns": [c.header for c in entry.ledger.columns if c.sensitive],
        "actor": actor.id,
        "name": actor.name,
        "reason": "：".join(filter(None, (purpose, remark))),
    }
    trail.note("unmask", body)
    answer = page(request, "records/record.html", _context(request, entry, unmasked=True))
    answer["Cache-Control"] = "no-store"
    return answer


def _context(request: HttpRequest, entry: Entry, *, unmasked: bool = False) -> dict[str, Any]:
    asof = moment_of(request)
    words = Words(entry.refs, asof, unmasked=unmasked)
    links = links_to(entry.ledger.slug, entry.id, asof, entry.refs.scope)
    shown = record_page(entry, words, links, asof)
    only = request.GET.get("only") == "cor"
    return {
        "record": shown,
        "events": [e for e in shown.events if not only or e.style == "cor"],
        "only_corrections": only,
        "unmasked": unmasked,
        "may_edit": may(request, entry, Permission.IMPORT_LEDGER),
        "may_unmask": shown.sensitive and may(request, entry, Permission.UNMASK),
        "changes_it": bool(columns_of(entry.ledger, Mode.CHANGE)),
        "purposes": PURPOSES,
    }
