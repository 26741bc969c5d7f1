"""The pages of lists."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.models import User
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.core.errors import NotNow, NotPermitted, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.web.exporting import give_out, written
from gongjian.web.lists import exporting, saving
from gongjian.web.lists.forms import Wanted, ledger_of, read
from gongjian.web.lists.presenters.listing import shown
from gongjian.web.lists.queries import MOST_COUNTED, Page, page_of
from gongjian.web.lists.reach import reader
from gongjian.web.moment import AsOf
from gongjian.web.people import require
from gongjian.web.rendering import page

MOST_CHOSEN = 1_000
"""Rows that may be ticked one by one for an export."""


@require_GET
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a ledger, of the day and knowledge of the address."""
    asked = ledger_of(slug)
    actor = reader(request)
    wanted = _wanted(request, asked)
    ground = wanted.ground(actor.scope)
    found = Page()
    if not wanted.problems:
        found = page_of(wanted.walk(ground), wanted.size, wanted.after, wanted.before)
    context = shown(wanted, ground, found, actor, request.GET)
    context |= {"present": _asof(request).present, "saved": _saved(request, asked)}
    status = 422 if wanted.problems else 200
    return page(request, "lists/list.html", context, fragment="rows", status=status)


@require_GET
def ledger_count(request: HttpRequest, slug: str) -> HttpResponse:
    """How many rows a list has, asked for once its page stands."""
    asked = ledger_of(slug)
    actor = reader(request)
    wanted = _wanted(request, asked)
    if wanted.problems:
        raise Refused(next(iter(wanted.problems.values())))
    count = wanted.walk(wanted.ground(actor.scope)).count(MOST_COUNTED + 1)
    return page(request, "lists/count.html", {"text": counted(count)}, fragment="count")


def counted(count: int) -> str:
    """A number of rows in words; beyond the most that are counted it says so."""
    return f"{MOST_COUNTED:,} 以上" if count > MOST_COUNTED else f"{count:,}"


@require_POST
def ledger_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the list, or the rows ticked in it, written as a workbook."""
    asked = ledger_of(slug)
    unmask = request.POST.get("unmask") == "1"
    actor = require(request, Permission.EXPORT_LEDGER, "导出台账")
    if unmask:
        actor = require(request, Permission.UNMASK, "导出完整的证件号码和电话")
    reason = request.POST.get("reason", "").strip()
    if unmask and not reason:
        raise Refused("导出完整的证件号码和电话必须写明用途，请填写后再提交。")
    if not _asof(request).present:
        raise NotNow("这是过去的一天或过去的所知，只能看；请回到今天再导出。")
    chosen = [] if "all" in request.POST else _chosen(request)
    order = exporting.Order(
        ledger=asked.slug,
        address=_address(request),
        day=today().isoformat(),
        chosen=chosen,
        unmask=unmask,
        reason=reason[:500],
    )
    job = exporting.order(order, actor)
    return HttpResponseRedirect(reverse("job", args=[job.pk]))


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
    reader(request)
    name = request.POST.get("name", "")
    view = saving.save_view(_user(request), asked, name, _address(request))
    return HttpResponseRedirect(_list(asked, view.address))


@require_POST
def view_change(request: HttpRequest, slug: str, view: int) -> HttpResponse:
    """Rename one of one's own views, or let it go."""
    asked = ledger_of(slug)
    reader(request)
    mine = saving.view_of(_user(request), asked, view)
    if request.POST.get("deed") == "delete":
        mine.delete()
        return HttpResponseRedirect(_list(asked, ""))
    saving.rename_view(mine, request.POST.get("name", ""))
    return HttpResponseRedirect(_list(asked, mine.address))


def _wanted(request: HttpRequest, asked: Ledger) -> Wanted:
    return read(asked, request.GET, _asof(request), reader(request).scope)


def _asof(request: HttpRequest) -> AsOf:
    asof: AsOf = request.__dict__["asof"]
    return asof


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise NotPermitted("请先登录。")
    return user


def _saved(request: HttpRequest, asked: Ledger) -> list[dict[str, Any]]:
    views = saving.views_of(_user(request).pk, asked)
    return [{"view": view, "address": _list(asked, view.address)} for view in views]


def _list(asked: Ledger, address: str) -> str:
    path = reverse("ledger", args=[asked.slug])
    return f"{path}?{address}" if address else path


def _address(request: HttpRequest) -> str:
    return request.POST.get("address", "")


def _chosen(request: HttpRequest) -> list[int]:
    ids = [text for text in request.POST.getlist("ids") if text.isascii() and text.isdecimal()]
    if not ids:
        raise Refused("还没有选中任何一行，请先勾选，或选“导出全部”。")
    if len(ids) > MOST_CHOSEN:
        raise Refused(f"一次最多勾选 {MOST_CHOSEN} 行，请改用条件筛选后全部导出。")
    return [int(text) for text in ids if len(text) <= 15]
