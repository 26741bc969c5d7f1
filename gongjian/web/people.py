"""Who asks: the person signed in, as far as the posts of today reach."""

from django.http import HttpRequest

from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import actor_with, posts_of
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted
from gongjian.unions.queries import branch_of


def require(request: HttpRequest, permission: Permission, deed: str) -> Actor:
    """The person who asks, narrowed to the posts that allow ``permission``.

    ``deed`` completes “您的岗位不能…”. Raises NotPermitted (403) where no post allows it. The
    answer is kept for the request, so that asking twice costs nothing.
    """
    kept: dict[Permission | None, Actor] = request.__dict__.setdefault("_actors", {})
    if permission not in kept:
        kept[permission] = _actor(request, permission)
    if not kept[permission].may(permission):
        raise NotPermitted(f"您的岗位不能{deed}，请由有此权限的人办理。")
    return kept[permission]


def person(request: HttpRequest) -> Actor:
    """The person who asks with all that their posts allow, for menus and greetings."""
    kept: dict[Permission | None, Actor] = request.__dict__.setdefault("_actors", {})
    if None not in kept:
        kept[None] = _actor(request, None)
    return kept[None]


def posts(request: HttpRequest) -> list[Post]:
    """The posts that the person who asks holds today; asked for once in a request."""
    user = request.user
    if not isinstance(user, User):
        raise NotPermitted("请先登录。")
    kept: list[Post] | None = request.__dict__.get("_posts")
    if kept is None:
        kept = request.__dict__["_posts"] = posts_of(user, today())
    return kept


def _actor(request: HttpRequest, permission: Permission | None) -> Actor:
    held, user = posts(request), request.user
    if not isinstance(user, User):
        raise NotPermitted("请先登录。")
    return actor_with(user, held, today(), permission=permission, expand_unions=branch_of)
