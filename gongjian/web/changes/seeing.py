"""Who may see changes, and which: for the pages and for programs alike."""

from typing import Final

from django.http import HttpRequest

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotPermitted
from gongjian.history.models import Change
from gongjian.history.sql import LARGEST
from gongjian.web.changes import queries
from gongjian.web.moment import moment_of
from gongjian.web.people import insider, require

_DEED: Final = "查看台账的变更"


def reader(request: HttpRequest) -> Actor:
    """The person who asks, as far as the posts reach that open changes; else NotPermitted."""
    return require(request, Permission.SEE_TRAIL, _DEED)


def seen(request: HttpRequest, number: int) -> tuple[Change, Actor]:
    """The change as far as whoever asks may see it, refused in the order 404, 403."""
    everywhere = insider(request, _DEED)
    known = moment_of(request).known_at
    reachable = number <= (LARGEST if known is None else min(known, LARGEST))
    one = Change.objects.filter(pk=number).first() if reachable else None
    if one is None or not queries.visible([number], everywhere.scope):
        raise NotInScope(f"没有编号为 {number} 的变更，或它没有动过您管理范围内的记录。")
    someone = reader(request)
    if someone.scope != everywhere.scope and not queries.visible([number], someone.scope):
        raise NotPermitted(f"您在这里的岗位不能{_DEED}，请由有此权限的人办理。")
    return one, someone
