"""The pages of lists."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.deeds import LETTERS
from gongjian.ledgers.remarks import remark
from gongjian.web.exporting import give_out, written
from gongjian.web.lists import exporting, saving
from gongjian.web.lists.address import Address
from gongjian.web.lists.chosen import MOST_TICKED, allowed, chosen, require_own
from gongjian.web.lists.forms import Wanted, ledger_of, read
from gongjian.web.lists.presenters.listing import shown
from gongjian.web.lists.presenters.places import below
from gongjian.web.lists.presenters.same import same_figure
from gongjian.web.lists.queries import MOST_COUNTED, Page, page_of
from gongjian.web.lists.reach import reader
from gongjian.web.lists.walk import Count, TooMuch
from gongjian.web.moment import moment_of
from gongjian.web.people import may, opened, posts, user_of
from gongjian.web.profiles.keeping import profile_of, usable
from gongjian.web.rendering import page


@require_GET
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a ledger, of the day and knowledge of the address."""
    asked = ledger_of(slug)
    actor = reader(request, asked.slug)
    wanted = _wanted(request, asked)
    ground = wanted.ground(actor.scope)
    found = Page()
    if not wanted.problems:
        walk = wanted.walk(ground)
        try:
            found = page_of(walk, wanted.size, wanted.after, wanted.before, effort=wanted.effort)
        except TooMuch as error:
            wanted.problems["known"] = error.sentence
    context = shown(wanted, ground, found, actor, request.GET, opened(request))
    context |= {"present": moment_of(request).present, "saved": _saved(request, asked)}
    status = 422 if wanted.problems else 200
    return page(request, "lists/list.html", context, fragment="rows", status=status)


@require_GET
def ledger_count(request: HttpRequest, slug: str) -> HttpResponse:
    """How many rows a list has, asked for once its page stands."""
    asked = ledger_of(slug)
    actor = reader(request, asked.slug)
    wanted = _wanted(request, asked)
    ground = wanted.ground(actor.scope)  # a place outside is not there, whatever else is wrong
    if wanted.problems:
        raise Refused(next(iter(wanted.problems.values())))
    count = wanted.walk(ground).count(MOST_COUNTED + 1)
    figure = None
    if may(request, Permission.SEE_FIGURES):
        figure = same_figure(wanted, ground, request.GET)
    context = {"text": counted(count), "figure": figure}
    return page(request, "lists/count.html", context, fragment="count")


def counted(count: Count) -> str:
    """A number of rows in words; where not all were counted it says so."""
    if count.rows > MOST_COUNTED:
        return f"{MOST_COUNTED:,} 以上"
    return f"{count.rows:,}" if count.whole else f"至少 {count.rows:,}"


@require_GET
def ledger_places(request: HttpRequest, slug: str) -> HttpResponse:
    """The places right below the one chosen, asked for once their list is opened."""
    asked = ledger_of(slug)
    actor = reader(request, asked.slug)
    wanted = _wanted(request, asked)
    address = Address(reverse("ledger", args=[asked.slug]), request.GET)
    lower = below(wanted, wanted.ground(actor.scope), address)
    context = {"ledger": asked, "lower": lower, "back": address.to()}
    return page(request, "lists/below.html", context, fragment="lower")


@require_POST
def ledger_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the list, or the rows ticked in it, written as a workbook or into a form of others."""
    asked = ledger_of(slug)
    what = chosen(request, asked)
    profile = _profile(request, asked)
    deed, unmask = "导出台账", request.POST.get("unmask") == "1"
    actor = allowed(request, what, Permission.EXPORT_LEDGER, deed)
    if unmask:
        deed = "导出完整的证件号码和电话"
        actor = allowed(request, what, Permission.UNMASK, deed)
    reason = remark(request.POST.get("reason", ""), LETTERS, label="用途")
    if unmask and not reason:
        raise Refused("导出完整的证件号码和电话必须写明用途，请填写后再提交。")
    entries = what.entries(MOST_TICKED) if what.ids else []
    require_own(what, entries, actor, deed)
    order = exporting.Order(
        ledger=asked.slug,
        address=what.address,
        day=today().isoformat(),
        chosen=entries,
        unmask=unmask,
        reason=reason[:500],
        profile=profile,
    )
    job = exporting.order(order, actor)
    return HttpResponseRedirect(reverse("job", args=[job.pk]))


@require_POST
def export_as(request: HttpRequest, slug: str) -> HttpResponse:
    """Which form of others the rows chosen in a list are to be written into."""
    asked = ledger_of(slug)
    what = chosen(request, asked)
    allowed(request, what, Permission.EXPORT_LEDGER, "导出台账")
    context = {
        "ledger": asked,
        "profiles": list(usable(user_of(request), posts(request), asked)),
        "ids": what.ids or (),
        "everything": what.ids is None,
        "address": what.address,
        "list_address": _list(asked, what.address),
        "may_unmask": what.seen.may(Permission.UNMASK) and any(c.sensitive for c in asked.columns),
    }
    return page(request, "lists/choose.html", context)


def _profile(request: HttpRequest, asked: Ledger) -> int | None:
    """The form of others that was chosen, if any; NotInScope for one that is not for them."""
    text = request.POST.get("profile", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise NotInScope("没有这个导出模板。")
    return profile_of(user_of(request), posts(request), asked, int(text)).pk


@require_GET
def ledger_download(request: HttpRequest, job: int) -> FileResponse:
    """The workbook that a job wrote, for its owner, as long as they still see as far."""
    done = written(request, exporting.KIND, job)
    permission = exporting.permission_for(unmask=bool(done.payload["unmask"]))
    return give_out(request, done, permission, "台账")


@require_POST
def view_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the list as it is under a name."""
    asked = ledger_of(slug)
    reader(request, asked.slug)
    name = request.POST.get("name", "")
    view = saving.save_view(user_of(request), asked, name, _address(request))
    return HttpResponseRedirect(_list(asked, view.address))


@require_POST
def view_change(request: HttpRequest, slug: str, view: int) -> HttpResponse:
    """Rename one of one's own views, or let it go."""
    asked = ledger_of(slug)
    reader(request, asked.slug)
    mine = saving.view_of(user_of(request), asked, view)
    if request.POST.get("deed") == "delete":
        mine.delete()
        return HttpResponseRedirect(_list(asked, ""))
    saving.rename_view(mine, request.POST.get("name", ""))
    return HttpResponseRedirect(_list(asked, mine.address))


def _wanted(request: HttpRequest, asked: Ledger) -> Wanted:
    return read(asked, request.GET, moment_of(request), reader(request, asked.slug).scope)


def _saved(request: HttpRequest, asked: Ledger) -> list[dict[str, Any]]:
    views = saving.views_of(user_of(request).pk, asked)
    return [{"view": view, "address": _list(asked, view.address)} for view in views]


def _list(asked: Ledger, address: str) -> str:
    path = reverse("ledger", args=[asked.slug])
    return f"{path}?{address}" if address else path


def _address(request: HttpRequest) -> str:
    return request.POST.get("address", "")
