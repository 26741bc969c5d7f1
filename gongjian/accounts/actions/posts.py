"""Posts: giving, ending, handing over, standing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongjian.accounts.actions.checks import (
    require_administrator_left,
    require_another,
    require_days,
    require_place,
    require_post_within,
    require_right,
)
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager
from gongjian.core.access import Actor
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history import trail


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post to be given: what, where, and on which days ``[valid_from, valid_to)``."""

    role: Role
    valid_from: date
    valid_to: date | None = None
    area_id: int | None = None
    union_id: int | None = None


def give_post(user: User, new: NewPost, *, by: Manager, stands_in_for: User | None = None) -> Post:
    """Give a person a post. ``stands_in_for``: whose leave it covers; such a post must end.

    It lies within the days on which that person holds the same post.

    Raises NotPermitted, NotInScope, and Refused for days that make no sense, a stopped account,
    a post of the same kind on some of the days, or a post for oneself.
    """
    require_right(by, f"给“{user}”派岗位")
    require_place(user.username, new.area_id, new.union_id, by)
    require_another(user, by, "派岗位")
    require_days(new.valid_from, new.valid_to)
    _require_substitute(user, new, stands_in_for)
    with transaction.atomic():
        trail.lock_head()
        if stands_in_for is not None:
            _require_covered(new, stands_in_for)
        post = _create(user, new, stands_in_for)
        deed = "give-post" if stands_in_for is None else "stand-in"
        trail.note("post", {"deed": deed, **_said(post), **_who(by.actor)})
    return post


def end_post(post: Post, day: date, *, by: Manager) -> None:
    """The post is no longer held from ``day`` on, nor by whoever stands in for its holder."""
    require_right(by, f"结束“{post.user}”的岗位")
    require_post_within(post, by)
    with transaction.atomic():
        trail.lock_head()
        post.refresh_from_db()
        others = _end_substitutes(post, day)
        _end(post, day)
        body = {"deed": "end-post", **_said(post), **others, **_who(by.actor)}
        trail.note("post", body)


def hand_over(posts: Sequence[Post], to: User, day: date, *, by: Manager) -> list[Post]:
    """Posts of one person end on ``day`` and are held by ``to`` from that day: one deed, one link.

    A post with an end in the future keeps that end. Who stands in for the one who leaves does so
    no longer. Nothing is handed over unless all can be.
    """
    require_right(by, f"把岗位交接给“{to}”")
    if not posts:
        raise Refused("没有选中要交接的岗位，请至少选一个。")
    for post in posts:
        require_post_within(post, by)
    require_another(to, by, "派岗位")
    if any(post.user_id == to.pk for post in posts):
        raise Refused(f"岗位现在就由“{to}”担任，请选另一位接手的人。")
    if any(post.stands_in_for_id == to.pk for post in posts):
        raise Refused(f"岗位本来就是“{to}”的，只是有人代岗；请改为结束代岗的岗位。")
    with transaction.atomic():
        trail.lock_head()
        given, others = [], []
        for post in posts:
            post.refresh_from_db()
            later = _continued(post, day)
            others += _end_substitutes(post, day).get("substitutes", [])
            _end(post, day, checked=False)
            given.append(_create(to, later, post.stands_in_for))
        require_administrator_left(list(posts), day)
        said = [_said(post) for post in posts]
        body = {"deed": "hand-over", "posts": said, "to": to.pk, "to_name": to.username}
        body |= {"day": day.isoformat(), "new": [post.pk for post in given], **_who(by.actor)}
        body |= {"substitutes": others} if others else {}
        trail.note("post", body)
    return given


def overlap(one: Post | NewPost, other: Post | NewPost) -> bool:
    """Whether two posts have a day in common."""
    return one.valid_from < (other.valid_to or date.max) and other.valid_from < (
        one.valid_to or date.max
    )


def _require_substitute(user: User, new: NewPost, stands_in_for: User | None) -> None:
    if stands_in_for is None:
        return
    if stands_in_for.pk == user.pk:
        raise Refused(f"“{user}”不能代自己的岗，请选另一个人。")
    if new.valid_to is None:
        raise Refused(f"代“{stands_in_for}”的岗位应有止日，请填从哪一天起不再代岗。")


def _require_covered(new: NewPost, holder: User) -> None:
    """Raise Refused for days on which ``holder`` does not hold the post: there is none to take."""
    ends = new.valid_to or date.max
    if not any(
        _alike(post, new)
        and post.valid_from <= new.valid_from
        and ends <= (post.valid_to or date.max)
        for post in holder.posts.all()
    ):
        raise Refused(
            f"{new.valid_from} 至 {new.valid_to} 不全在“{holder}”的任期内，请填在任期以内的代岗日期。"
        )


def _end_substitutes(post: Post, day: date) -> dict[str, Any]:
    """End the posts of those who stand in for the holder of ``post``; what the trail says of them.

    What somebody did until today stays done; a post that had not begun is taken away.
    """
    ends, said = max(day, today()), []
    taken = Post.objects.filter(stands_in_for_id=post.user_id, valid_to__gt=ends).order_by("pk")
    for other in taken.select_related("user"):
        if not _alike(other, post) or not overlap(other, post):
            continue
        other.valid_to = max(ends, other.valid_from)
        said.append(_said(other))
        if other.valid_from < ends:
            other.save(update_fields=["valid_to"])
        else:
            other.delete()
    return {"substitutes": said} if said else {}


def _alike(one: Post | NewPost, other: Post | NewPost) -> bool:
    """Whether two posts are of one role at one place."""
    return (one.role, one.area_id, one.union_id) == (other.role, other.area_id, other.union_id)


def _continued(post: Post, day: date) -> NewPost:
    if post.valid_to is not None and post.valid_to <= day:
        raise Refused(f"“{post}”在 {post.valid_to} 就已结束，{day} 没有可以交接的，请另选日期。")
    return NewPost(
        role=Role(post.role),
        valid_from=day,
        valid_to=post.valid_to,
        area_id=post.area_id,
        union_id=post.union_id,
    )


def _create(user: User, new: NewPost, stands_in_for: User | None) -> Post:
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        raise Refused(f"“{user}”的账号已经停用，请先启用，或另选一个人。")
    for held in user.posts.all():
        if _alike(held, new) and overlap(held, new):
            raise Refused(
                f"“{held}”从 {held.valid_from} 起已有同样的岗位，请换日期，或先结束那个岗位。"
            )
    return Post.objects.create(
        user=user,
        role=new.role,
        area_id=new.area_id,
        union_id=new.union_id,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        stands_in_for=stands_in_for,
    )


def _end(post: Post, day: date, *, checked: bool = True) -> None:
    if post.valid_to is not None and post.valid_to <= today():
        raise Refused(f"“{post}”已于 {post.valid_to} 结束，不用再结束。")
    require_days(post.valid_from, day)
    if checked:
        require_administrator_left([post], day)
    post.valid_to = day
    post.save(update_fields=["valid_to"])


def _said(post: Post) -> dict[str, Any]:
    ends, other = post.valid_to, post.stands_in_for_id
    return {
        "post": post.pk,
        "user": post.user_id,
        "username": post.user.username,
        "role": post.role,
        "area": post.area_id,
        "union": post.union_id,
        "from": post.valid_from.isoformat(),
        "to": ends and ends.isoformat(),
        "stands_in_for": other,
    }


def _who(by: Actor) -> dict[str, Any]:
    return {"actor": by.id, "name": by.name}
