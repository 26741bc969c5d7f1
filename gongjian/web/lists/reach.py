"""Who sees a list."""

from django.http import HttpRequest

from gongjian.accounts.rules import ROW_PERMISSIONS
from gongjian.core.access import Actor
from gongjian.core.errors import NotPermitted
from gongjian.web.people import person


def reader(request: HttpRequest) -> Actor:
    """The person who asks, with all that their posts let them see of the ledgers.

    Raises NotPermitted (403) for one whose posts have nothing to do with rows.
    """
    actor = person(request)
    if ROW_PERMISSIONS.isdisjoint(actor.permissions):
        raise NotPermitted("您的岗位不能查看台账，请由有此权限的人办理。")
    return actor
