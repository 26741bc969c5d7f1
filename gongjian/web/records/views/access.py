"""Who may see an entry and who may do something to it, refused in one order: 404, 403, 422."""

from django.http import HttpRequest

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.web.moment import AsOf
from gongjian.web.people import insider, reader, require
from gongjian.web.records.queries.entries import Entry, entry_of


def moment_of(request: HttpRequest) -> AsOf:
    """The moment of the page, read by the door."""
    asof: AsOf = request.__dict__["asof"]
    return asof


def seen(request: HttpRequest, slug: str, id_: int) -> Entry:
    """The entry of the address as far as whoever asks may open it; NotInScope otherwise.

    Outside of what any of their posts covers it is not there (404). Raises NotPermitted where it
    is, but the posts that open this ledger do not reach it; and, whatever the address names, for
    one whose posts have nothing to do with rows.
    """
    someone = insider(request, "查看台账")
    asof = moment_of(request)
    entry = entry_of(slug, id_, scope=someone.scope, asof=asof)
    opening = reader(request, slug, f"查看{entry.ledger.title}").scope
    if opening == someone.scope:
        return entry
    try:
        return entry_of(slug, id_, scope=opening, asof=asof)
    except NotInScope:
        raise NotPermitted("您在这里的岗位不能查看台账，请由有此权限的人办理。") from None


def touched(
    request: HttpRequest, slug: str, id_: int, permission: Permission, deed: str
) -> tuple[Entry, Actor]:
    """The entry and the one who may do ``deed`` to it now."""
    entry = seen(request, slug, id_)
    actor = require(request, permission, deed, ledger=slug)
    if not entry.mine or not actor.scope.covers(entry.standing):
        raise NotPermitted(f"这条记录不在您可以{deed}的范围内，请由所在地的工会办理。")
    require_present(request)
    if not entry.believed:
        raise Refused(f"系统编号 {id_} 已不再采信，不能{deed}；如属误办，请撤销那次变更。")
    return entry, actor


def require_present(request: HttpRequest) -> None:
    """NotNow on a page of the past, which may only be read."""
    asof = moment_of(request)
    if not asof.present:
        known = "" if asof.known_at is None else f"、变更 {asof.known_at} 时所知"
        raise NotNow(f"现在看的是 {asof.day}{known} 的情况，只能看不能改；请先回到今天。")


def may(request: HttpRequest, entry: Entry, permission: Permission) -> bool:
    """Would the deed be allowed? For showing its button."""
    try:
        actor = require(request, permission, "", ledger=entry.ledger.slug)
    except NotPermitted:
        return False
    return (
        entry.mine
        and entry.believed
        and moment_of(request).present
        and actor.scope.covers(entry.standing)
    )
