"""Who someone is on a day: posts, scope, and the actor made of them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import grants, normal_name, permissions_of
from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.errors import Refused, WrongUse

ExpandUnions = Callable[[Collection[int], date], frozenset[int]]
"""From unions to these and all below them on a day; given by whoever knows unions."""

AreasOfUnions = Callable[[Collection[int]], Mapping[int, int]]
"""From unions to the areas they stand in today; given by whoever knows unions."""

_READ: Final = "_posts_read"
PAGE: Final = 50
"""People on one page of a list."""


def _nowhere(unions: Collection[int]) -> Mapping[int, int]:  # noqa: ARG001 - no union is known
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """Who hands out posts: an actor, and where unions stand.

    A post lies within where its area, its union or the area of its union does.
    """

    actor: Actor
    areas_of: AreasOfUnions = _nowhere

    def covers(self, area_id: int | None, union_id: int | None) -> bool:
        """Whether a post at this place is for the actor to give, change and see."""
        standing = [] if area_id is None else [("areas", area_id)]
        if union_id is not None:
            standing.append(("unions", union_id))
            standing += [("areas", area) for area in self.areas_of([union_id]).values()]
        return self.actor.scope.covers(standing)

    def posts(self) -> QuerySet[Post]:
        """All posts that lie within, whoever holds or held them."""
        everything = Post.objects.select_related("user", "stands_in_for")
        if self.actor.scope.everything:
            return everything
        inside = self.actor.scope.inside
        areas = inside.get("areas", frozenset())
        named = everything.order_by().values_list("union_id", flat=True).distinct()
        held = {union for union in named if union is not None}
        unions = {union for union, area in self.areas_of(held).items() if area in areas}
        unions |= held & inside.get("unions", frozenset())
        return everything.filter(Q(area_id__in=areas) | Q(union_id__in=unions))


def people_of(
    manager: Manager, *, word: str = "", stopped: bool = False, after: str = ""
) -> tuple[list[User], bool]:
    """Up to PAGE people with a post within, by name from behind ``after``; are there more?

    ``word`` is part of the name; ``stopped`` takes accounts out of use instead of those in use.
    """
    ids = manager.posts().order_by().values("user_id")
    found = User.objects.filter(pk__in=ids, is_active=not stopped, username__gt=after)
    if word:
        found = found.filter(username__icontains=normal_name(word))
    page = list(found.order_by("username")[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def live(posts: QuerySet[Post], day: date) -> QuerySet[Post]:
    """Those of ``posts`` that are held on ``day`` or will be later."""
    return posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def posts_of(user: User, day: date) -> list[Post]:
    """The posts that ``user`` holds on ``day``; none once the account is out of use."""
    if not user.is_active:
        return []
    # Nobody has many, and every page asks: the plainest question is the quickest to put.
    read: Iterable[Post] | None = getattr(user, _READ, None)
    posts = user.posts.order_by("pk") if read is None else read
    return [p for p in posts if p.valid_from <= day and (p.valid_to is None or p.valid_to > day)]


def with_posts(user: User, posts: Iterable[Post]) -> User:
    """The same user with all posts they ever held, by number: those are not asked for again."""
    user.__dict__[_READ] = tuple(posts)
    return user


def seats(user: User, day: date) -> dict[Permission, frozenset[int]]:
    """By permission, the areas at which the posts of ``user`` stand that grant it.

    Not what lies below them: what is to be done there is for whoever holds a post there.
    """
    return seats_by(posts_of(user, day))


def seats_by(posts: Iterable[Post]) -> dict[Permission, frozenset[int]]:
    """By permission, the areas at which these posts stand that grant it."""
    found: dict[Permission, set[int]] = {}
    for post in posts:
        for permission in permissions_of([Role(post.role)]):
            if post.area_id is not None:
                found.setdefault(permission, set()).add(post.area_id)
    return {permission: frozenset(areas) for permission, areas in found.items()}


def holders(
    wanted: Collection[tuple[Permission, int]], day: date
) -> dict[tuple[Permission, int], frozenset[int]]:
    """Who holds each of these rights by a post at the very area on ``day``: one query.

    As ``seats`` asked of everybody; accounts out of use are left out.
    """
    rights: dict[int, set[Permission]] = {}
    for permission, area in wanted:
        rights.setdefault(area, set()).add(permission)
    posts = live(Post.objects.filter(area_id__in=rights, valid_from__lte=day), day)
    found: dict[tuple[Permission, int], set[int]] = {}
    for user, role, area in posts.filter(user__is_active=True).values_list(
        "user_id", "role", "area_id"
    ):
        for permission in rights[area] & permissions_of([Role(role)]):
            found.setdefault((permission, area), set()).add(user)
    return {seat: frozenset(people) for seat, people in found.items()}


def narrowed(
    posts: Sequence[Post], permission: Permission | None, ledger: str | None = None
) -> tuple[list[Post], frozenset[Permission]]:
    """Those of ``posts`` that allow a deed (in ``ledger``), and what may be done by them.

    Without ``permission``: those that may do anything to rows, and all that ``posts`` allow.
    """
    reaching = [post for post in posts if grants(Role(post.role), permission, ledger)]
    if permission is None:
        return reaching, permissions_of(Role(post.role) for post in posts)
    return reaching, frozenset({permission} if reaching else ())


def actor_of(
    user: User,
    day: date,
    *,
    permission: Permission | None = None,
    ledger: str | None = None,
    expand_unions: ExpandUnions | None = None,
) -> Actor:
    """``user`` as the one who does something on ``day``.

    Name the deed by ``permission``, and the ``ledger`` it is done in, wherever they are known:
    the actor then has that permission at most, in the scope of the posts that grant it, so that
    what someone may do at one post never reaches to another. Without it all posts count that may
    see rows at all. Posts at unions cover nothing unless ``expand_unions`` says what lies below.
    """
    reaching, permissions = narrowed(posts_of(user, day), permission, ledger)
    scope = scope_over(reaching, day, expand_unions)
    return Actor(id=user.pk, name=user.username, scope=scope, permissions=permissions)


def actor_named(
    name: str,
    day: date,
    *,
    permission: Permission | None = None,
    ledger: str | None = None,
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
    return actor_of(user, day, permission=permission, ledger=ledger, expand_unions=expand_unions)


def scope_over(posts: Sequence[Post], day: date, expand_unions: ExpandUnions | None) -> Scope:
    """What these posts cover on ``day``, whatever their roles allow."""
    inside: dict[str, frozenset[int]] = {}
    areas = {post.area_id for post in posts if post.area_id is not None}
    if areas:
        tree = tree_on(day)
        inside["areas"] = frozenset().union(*map(tree.below, areas))
    unions = {post.union_id for post in posts if post.union_id is not None}
    if unions and expand_unions is not None:
        inside["unions"] = expand_unions(unions, day)
    return Scope(inside=inside)
