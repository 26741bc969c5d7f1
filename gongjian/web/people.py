"""Who asks: the person signed in, as far as the posts of today reach."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import narrowed, posts_of, scope_over
from gongjian.accounts.rules import ROW_PERMISSIONS, grants, grants_somewhere
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted
from gongjian.ledgers.declare import LEDGERS
from gongjian.unions.queries import branch_of

_ALL: Final = frozenset(Permission)
_Asked = tuple[Permission | None, str | None]
_NOT_YOURS: Final = "您的岗位不能{}，请由有此权限的人办理。"


def require(
    request: HttpRequest, permission: Permission, deed: str, *, ledger: str | None = None
) -> Actor:
    """The person who asks, narrowed to the posts that allow ``permission``.

    ``deed`` completes “您的岗位不能…”. ``ledger`` is the ledger it is done in: where none is
    named, posts that are for some ledgers only do not count. Raises NotPermitted (403) where no
    post allows it. The answer is kept for the request, so that asking twice costs nothing.
    """
    actor = _kept(request, permission, ledger)
    if not actor.may(permission):
        raise NotPermitted(_NOT_YOURS.format(deed))
    return actor


def reader(request: HttpRequest, ledger: str | None = None, deed: str = "查看台账") -> Actor:
    """The person who asks, as far as the posts reach that open ``ledger`` (None: any ledger).

    The permissions are all those that the posts give in this ledger, for showing buttons. Raises
    NotPermitted (403) for one whose posts do not open it.
    """
    actor = require(request, Permission.SEE_LEDGERS, deed, ledger=ledger)
    here = {p for p in Permission if may(request, p, ledger=ledger)}
    return replace(actor, permissions=frozenset(here))


def may(request: HttpRequest, permission: Permission, *, ledger: str | None = None) -> bool:
    """Whether any post of whoever asks allows the deed (in ``ledger``), wherever it is."""
    granted = any(grants(Role(post.role), permission, ledger) for post in posts(request))
    return granted and permission in deeds(request)


def opened(request: HttpRequest) -> frozenset[str]:
    """The ledgers that whoever asks may open: to entries of others no link leads."""
    return frozenset(x.slug for x in LEDGERS if may(request, Permission.SEE_LEDGERS, ledger=x.slug))


def may_somewhere(request: HttpRequest, permission: Permission) -> bool:
    """Whether any post of whoever asks allows the deed in any ledger at all."""
    granted = any(grants_somewhere(Role(post.role), permission) for post in posts(request))
    return granted and permission in deeds(request)


def require_somewhere(request: HttpRequest, permission: Permission, deed: str) -> None:
    """Raise NotPermitted where no post allows the deed in any ledger at all."""
    if not may_somewhere(request, permission):
        raise NotPermitted(_NOT_YOURS.format(deed))


def scope_of_both(request: HttpRequest, one: Permission, other: Permission) -> Scope:
    """What those posts cover that allow two deeds at once."""
    if not {one, other} <= deeds(request):
        return Scope()
    held = [post for post in posts(request) if grants(Role(post.role), one)]
    return _scope(request, [post for post in held if grants(Role(post.role), other)])


def insider(request: HttpRequest, deed: str) -> Actor:
    """The person who asks, with all that their posts cover: what lies outside is not there.

    Raises NotPermitted, whatever is asked for, for one whose posts have nothing to do with rows.
    """
    someone = person(request)
    if not someone.permissions & ROW_PERMISSIONS:
        raise NotPermitted(_NOT_YOURS.format(deed))
    return someone


def person(request: HttpRequest) -> Actor:
    """The person who asks with all that their posts allow, for menus and greetings."""
    return _kept(request, None, None)


def user_of(request: HttpRequest) -> User:
    """The account that asks."""
    if not isinstance(request.user, User):
        raise NotPermitted("请先登录。")
    return request.user


def posts(request: HttpRequest) -> list[Post]:
    """The posts that the person who asks holds today; asked for once in a request."""
    user = user_of(request)
    kept: list[Post] | None = request.__dict__.get("_posts")
    if kept is None:
        kept = request.__dict__["_posts"] = posts_of(user, today())
    return kept


def deeds(request: HttpRequest) -> frozenset[Permission]:
    """What may be done in this request at most: a program may be given less than its person."""
    allowed: frozenset[Permission] = request.__dict__.get("_deeds", _ALL)
    return allowed


def narrow(request: HttpRequest, held: list[Post], allowed: frozenset[Permission]) -> None:
    """Let whoever asks do in this request ``allowed`` alone, and that by the posts ``held``."""
    request.__dict__["_posts"], request.__dict__["_deeds"] = held, allowed


def _kept(request: HttpRequest, permission: Permission | None, ledger: str | None) -> Actor:
    kept: dict[_Asked, Actor] = request.__dict__.setdefault("_actors", {})
    if (permission, ledger) not in kept:
        kept[permission, ledger] = _actor(request, permission, ledger)
    return kept[permission, ledger]


def _actor(request: HttpRequest, permission: Permission | None, ledger: str | None) -> Actor:
    held, user = posts(request), request.user
    if not isinstance(user, User):
        raise NotPermitted("请先登录。")
    reaching, permissions = narrowed(held, permission, ledger)
    permissions &= deeds(request)
    if not permissions:
        reaching = []
    elif permission is None:
        rows = permissions & ROW_PERMISSIONS
        reaching = [p for p in reaching if any(grants_somewhere(Role(p.role), d) for d in rows)]
    scope = _scope(request, reaching)
    return Actor(id=user.pk, name=user.username, scope=scope, permissions=permissions)


def _scope(request: HttpRequest, over: list[Post]) -> Scope:
    """Most people hold one post, which allows all that they may do: their scope is made once."""
    kept: dict[tuple[int, ...], Scope] = request.__dict__.setdefault("_scopes", {})
    key = tuple(post.pk for post in over)
    if key not in kept:
        kept[key] = scope_over(over, today(), branch_of)
    return kept[key]
