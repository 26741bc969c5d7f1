"""People and posts as far as the one who asks manages them."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, live, people_of
from gongjian.accounts.rules import normal_name
from gongjian.areas.queries import tree_on
from gongjian.core.access import EVERYTHING, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, Refused
from gongjian.ledgers.lookup import References
from gongjian.web.moment import as_of
from gongjian.web.people import require
from gongjian.web.places import areas_of_unions, place_names

OFFERED = 400
"""Areas that a form offers by name; of more one writes the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Posts with the names of their places, and who has a second factor."""

    posts: dict[int, list[Post]]
    names: dict[int, str]
    secured: frozenset[int]


def manager(request: HttpRequest) -> Manager:
    """The one who asks, as a manager of people; NotPermitted without the right."""
    actor = require(request, Permission.MANAGE_PEOPLE, "管理人员")
    return Manager(actor=actor, areas_of=areas_of_unions)


def require_present(request: HttpRequest) -> None:
    """NotNow where something is to be done on a page of the past; asked once all else is right."""
    asof = as_of(request)
    if not asof.present:
        raise NotNow(f"这一页看的是 {asof.day} 的情况，不能办理，请回到今天再办。")


def listed(by: Manager, word: str, stopped: bool, after: str) -> tuple[list[User], Seen, bool]:
    """A page of people with their posts of today and later; are there more?"""
    people, more = people_of(by, word=word, stopped=stopped, after=after)
    held = live(by.posts(), today()).filter(user__in=people).order_by("valid_from", "pk")
    return people, _seen(list(held), people), more


def person_seen(by: Manager, pk: int) -> tuple[User, Seen, int]:
    """A person, the posts that lie within, and how many lie elsewhere; NotInScope for others."""
    posts = list(by.posts().filter(user_id=pk).order_by("valid_from", "pk"))
    if not posts:
        raise NotInScope(f"用户 {pk} 不在您的管理范围内。")
    user = posts[0].user
    return user, _seen(posts, [user]), Post.objects.filter(user=user).count() - len(posts)


def post_seen(by: Manager, pk: int) -> tuple[Post, str]:
    """A post that lies within and the name of its place; NotInScope for others."""
    post = by.posts().filter(pk=pk).first()
    if post is None:
        raise NotInScope(f"岗位 {pk} 不在您的管理范围内。")
    return post, place_names([post])[pk]


def user_named(word: str) -> User:
    """Whoever bears the name; Refused where nobody does.

    Somebody from outside may take over a post: whoever gives it must know the name.
    """
    user = User.objects.filter(username=normal_name(word)).first()
    if user is None:
        raise Refused(f"没有名为“{word}”的用户，请核对用户名，或先添加这个人。")
    return user


def place_named(word: str) -> dict[str, int]:
    """The area, else the union, that a code or an unambiguous name means: area_id or union_id."""
    refs = References(EVERYTHING)
    for slug, key in (("areas", "area_id"), ("unions", "union_id")):
        refs.find(slug, [word])
        found = refs.meaning(slug, word)
        if len(found) == 1:
            return {key: found[0].id}
        if len(found) > 1:
            raise Refused(f"“{word}”有 {len(found)} 个同名的，请改填代码。")
    raise Refused(f"没有找到区划或工会“{word}”，请填代码或全称。")


def areas_offered(by: Manager) -> list[tuple[str, str]]:
    """(code, name) of the areas that posts may be given at, unless they are too many to offer."""
    tree = tree_on(today())
    inside = by.actor.scope.inside.get("areas", frozenset())
    codes = sorted((tree.code(a), tree.name(a)) for a in inside if tree.exists(a))
    return codes if len(codes) <= OFFERED else []


def state_of(post: Post, day: date) -> tuple[str, str]:
    """(kind of lamp, word) for a post on a day."""
    if post.valid_to is not None and post.valid_to <= day:
        return "none", "已结束"
    return ("warn", "未到任") if post.valid_from > day else ("ok", "在任")


def _seen(posts: list[Post], people: list[User]) -> Seen:
    by_user: dict[int, list[Post]] = {}
    for post in posts:
        by_user.setdefault(post.user_id, []).append(post)
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    secured = Authenticator.objects.filter(user__in=people, type__in=kinds)
    return Seen(
        posts=by_user,
        names=place_names(posts),
        secured=frozenset(secured.values_list("user_id", flat=True)),
    )
