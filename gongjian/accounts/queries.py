"""Who someone is on a day: posts, scope, and the actor made of them."""

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import Q

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import grants, normal_name, permissions_of
from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.errors import Refused, WrongUse

ExpandUnions = Callable[[Collection[int], date], frozenset[int]]
"""From unions to these and all below them on a day; given by whoever knows unions."""


def posts_of(user: User, day: date) -> list[Post]:
    """The posts that ``user`` holds on ``day``; none once the account is out of use."""
    if not user.is_active:
        return []
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return list(user.posts.filter(held, valid_from__lte=day).order_by("pk"))


def scope_of(
    user: User,
    day: date,
    *,
    permission: Permission | None = None,
    expand_unions: ExpandUnions | None = None,
) -> Scope:
    """What the posts of ``user`` cover on ``day``.

    With ``permission`` only the posts whose role grants that deed count, so that what someone
    may do at one post never reaches to another; without it all posts that may see rows at all.
    Posts at unions cover nothing unless ``expand_unions`` says what lies below.
    """
    posts = [p for p in posts_of(user, day) if grants(Role(p.role), permission)]
    return _scope(posts, day, expand_unions)


def actor_of(
    user: User,
    day: date,
    *,
    permission: Permission | None = None,
    expand_unions: ExpandUnions | None = None,
) -> Actor:
    """``user`` as the one who does something on ``day``.

    Name the deed by ``permission`` wherever it is known: the actor then has that permission at
    most, in the scope of the posts that grant it.
    """
    granted = permissions_of(Role(post.role) for post in posts_of(user, day))
    return Actor(
        id=user.pk,
        name=user.username,
        scope=scope_of(user, day, permission=permission, expand_unions=expand_unions),
        permissions=granted if permission is None else granted & {permission},
    )


def actor_named(
    name: str,
    day: date,
    *,
    permission: Permission | None = None,
    expand_unions: ExpandUnions | None = None,
) -> Actor:
    """The actor behind a user name, as ``actor_of``.

    WrongUse where nobody is called so; Refused where the account is out of use.
    """
    user = User.objects.filter(username=normal_name(name)).first()
    if user is None:
        raise WrongUse(f"没有名为“{name}”的用户，请核对用户名，或先用 gongjian user add 添加。")
    if not user.is_active:
        raise Refused(f"用户“{name}”已停用，请换用在用的账号。")
    return actor_of(user, day, permission=permission, expand_unions=expand_unions)


def _scope(posts: list[Post], day: date, expand_unions: ExpandUnions | None) -> Scope:
    inside: dict[str, frozenset[int]] = {}
    areas = {post.area_id for post in posts if post.area_id is not None}
    if areas:
        tree = tree_on(day)
        inside["areas"] = frozenset().union(*map(tree.below, areas))
    unions = {post.union_id for post in posts if post.union_id is not None}
    if unions and expand_unions is not None:
        inside["unions"] = expand_unions(unions, day)
    return Scope(inside=inside)
