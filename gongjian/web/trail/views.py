"""The trail: the list, one link, who looked, who had access, verifying."""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.web.areafield import areas_offered
from gongjian.web.cases import asking
from gongjian.web.cases.addresses import address_of
from gongjian.web.changes.tabs import tabs
from gongjian.web.people import may, opened, require, scope_of_both
from gongjian.web.records.openings import KEPT_DAYS
from gongjian.web.rendering import page
from gongjian.web.trail import access as accesses
from gongjian.web.trail import looks as looked
from gongjian.web.trail import presenters, queries, sight, verifying
from gongjian.web.trail.flows import Address
from gongjian.web.trail.forms import AccessForm, FindForm, LooksForm, TrailForm

_LARGEST: Final = 2**62


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Every link within the scope, newest first."""
    someone = sight.reader(request)
    form = TrailForm(request.GET, someone.scope)
    below = _number(request, "below")
    sees = sight.sight_of(someone, area=form.area_id)
    found = queries.links_page(form.asked(), sees, below)
    kept = _kept(request, "below")
    context = {
        "form": form,
        "areas": areas_offered(someone.scope),
        "rows": presenters.rows(found.links, someone.scope, _opens(request)),
        "head": verifying.newest(),
        "next": _query(kept, below=found.next) if found.next else None,
        "start": _query(kept) or "?" if below else None,
        "tabs": tabs(request, "trail"),
    }
    return page(request, "trail/trail.html", context, fragment="rows")


@require_GET
def link(request: HttpRequest, number: int) -> HttpResponse:
    """One link: what it says, and the digests that tie it to the one before."""
    wide, narrow = sight.sights(request)
    seen = queries.link_seen(number, wide) if number < _LARGEST else None
    if seen is None:
        raise NotInScope(f"没有编号为 {number} 的留痕，或它不在您的管理范围内。")
    if narrow is None or (narrow is not wide and queries.link_seen(number, narrow) is None):
        raise NotPermitted("您在这里的岗位不能查看留痕，请由有此权限的人办理。")
    context = {
        "one": presenters.one(
            seen, narrow.scope, audits=sight.audits(request), opens=_opens(request)
        ),
        "head": verifying.newest(),
        "tabs": tabs(request, ""),
    }
    return page(request, "trail/link.html", context)


def _opens(request: HttpRequest) -> Address:
    """Where cases open, of those that open to whoever asks."""
    return lambda case: address_of(case) if asking.opens(request, case) else ""


# ------------------------------------------------------------------ who looked at whom


@never_cache
@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at whom. A person is found by POST: a number must not stay in an address."""
    someone = sight.reader(request)
    find = FindForm(request.POST if request.method == "POST" else None)
    people: list[looked.Person] = []
    if find.is_valid():
        people = find.found(someone.scope)
        if len(people) == 1:
            return HttpResponseRedirect(people[0].address)
        if not people:
            find.add_error("q", _nobody(find))
    context = _looks(request, someone) | {"find": find, "people": people}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if find.errors else HTTPStatus.OK
    return page(request, "trail/looks.html", context, status=status)


def _nobody(find: FindForm) -> str:
    what = "有这个号码" if find.of_a_number else f"叫“{find.cleaned_data['q']}”"
    return f"管理范围内没有{what}的会员，请核对后重填，或填系统编号。"


def _looks(request: HttpRequest, someone: Actor) -> dict[str, Any]:
    form = LooksForm(request.GET, someone.scope)
    wanted, start = form.wanted(), looked.place(request.GET.get("below", ""))
    found = looked.looks_page(wanted, sight.sight_of(someone), start)
    kept = _kept(request, "below")
    return {
        "form": form,
        "looks": found.looks,
        "named": _named(someone, wanted.entry),
        "years": KEPT_DAYS // 365,
        "opened": opened(request),
        "next": _query(kept, below=found.next) if found.next else None,
        "start": _query(kept) or "?" if start != looked.Place() else None,
        "tabs": tabs(request, "looks"),
    }


def _named(someone: Actor, entry: int | None) -> str:
    """What the one person is called that the list is about, if within the scope."""
    if entry is None:
        return ""
    return looked.called(entry, someone.scope)


# ------------------------------------------------------------------ who had access


@require_GET
def access(request: HttpRequest) -> HttpResponse:
    """Whose posts reached an area, or an entry, on a day; for auditors."""
    sight.reader(request)
    scope = scope_of_both(request, Permission.SEE_TRAIL, Permission.VERIFY_TRAIL)
    if not scope.inside:
        raise NotPermitted("您的岗位不能查看某天谁能看，请由审计员办理。")
    form = AccessForm(request.GET, scope)
    slug, entry = form.cleaned_data.get("ledger", ""), form.cleaned_data.get("entry")
    if not slug or entry is None:
        slug, entry = "areas", form.cleaned_data.get("area")
    found = None if entry is None else _found(form, slug, entry, scope)
    context = {
        "form": form,
        "areas": areas_offered(scope),
        "found": found,
        "day": form.on(),
        "what": accesses.called(slug, entry or 0, form.on()) if found else "",
        "of_entry": slug != "areas",
        "tabs": tabs(request, "access"),
    }
    return page(request, "trail/access.html", context)


def _found(form: AccessForm, slug: str, entry: int, scope: Scope) -> accesses.Accesses | None:
    """Who could see it that day; None, and the field says why, where it is not there."""
    if slug == "areas":
        return accesses.access_on(form.on(), [("areas", entry)])
    try:
        standing = accesses.where_on(slug, entry, form.on(), scope)
    except Refused as error:
        form.add_error("entry", error.sentence)
        return None
    return accesses.access_on(form.on(), standing, slug)


# ------------------------------------------------------------------ verifying


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The head, what was verified, and a digest written down earlier; by POST verify anew."""
    actor = require(request, Permission.VERIFY_TRAIL, "核验留痕")
    if request.method == "POST":
        return HttpResponseRedirect(reverse("job", args=[verifying.hand_in(actor).pk]))
    head = verifying.newest()
    typed = request.GET.get("digest", "").strip()[:200]
    context = {
        "head": head,
        "results": [presenters.result(one) for one in verifying.results()],
        "typed": typed,
        "digest": _digest(typed, head.number) if typed else None,
        "job": verifying.under_way(actor),
        "tabs": tabs(request, "trail-verify"),
    }
    return page(request, "trail/verify.html", context)


def _digest(typed: str, newest: int) -> tuple[str, str]:
    try:
        digest = verifying.digest_of(typed)
    except Refused as error:
        return "bad", error.sentence
    found = verifying.bearer(digest)
    number, at = (found.number, found.at) if found else (None, None)
    return presenters.found_digest(digest, number, at, newest)


@require_GET
def verified(request: HttpRequest, number: int) -> HttpResponse:
    """One verification: what was looked at, what came of it, and what that proves."""
    require(request, Permission.VERIFY_TRAIL, "核验留痕")
    context = {
        "result": presenters.result(verifying.result(number)),
        "sees": may(request, Permission.SEE_TRAIL),
        "tabs": tabs(request, ""),
    }
    return page(request, "trail/verified.html", context)


# ------------------------------------------------------------------ addresses


def _kept(request: HttpRequest, *dropped: str) -> dict[str, str]:
    return {k: str(v) for k, v in request.GET.items() if k not in dropped and v}


def _query(kept: dict[str, str], **more: object) -> str:
    """A query string; names that somebody made up are values like others."""
    return f"?{urlencode(kept | more)}" if kept or more else ""


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
