"""What must hold before anything is done with people and posts."""

from datetime import date
from typing import Final

from django.db.models import Q

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, live
from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused, WrongUse

EARLIEST: Final = date(1949, 10, 1)
LATEST: Final = date(2099, 12, 31)


def manager(by: Actor | Manager) -> Manager:
    """``by`` as one who hands out posts."""
    return Manager(actor=by) if isinstance(by, Actor) else by


def require_right(by: Manager, deed: str) -> None:
    """Raise NotPermitted without the right to manage people. ``deed`` is what to ask others for."""
    if not by.actor.may(Permission.MANAGE_PEOPLE):
        raise NotPermitted(f"“{by.actor.name}”没有管理人员的权限，请由系统管理员{deed}。")


def require_place(name: str, area_id: int | None, union_id: int | None, by: Manager) -> None:
    """A post stands at one area or one union, within what ``by`` manages."""
    if (area_id is None) == (union_id is None):
        raise WrongUse(f"用户“{name}”的岗位应在一个区划或一个工会，请只指定其中之一。")
    if not by.covers(area_id, union_id):
        raise NotInScope(f"用户“{name}”的岗位不在“{by.actor.name}”的管理范围内，请由上级添加。")
    if area_id is not None and not tree_on(today()).exists(area_id):
        raise Refused(f"用户“{name}”岗位所在的区划今天尚未启用或已经停用，请另选区划。")


def require_post_within(post: Post, by: Manager) -> None:
    """Raise NotInScope where a post is not for ``by`` to change."""
    if not by.covers(post.area_id, post.union_id):
        raise NotInScope(
            f"用户“{post.user}”的岗位不在“{by.actor.name}”的管理范围内，请由上级办理。"
        )


def require_person_within(user: User, by: Manager, deed: str) -> None:
    """An account is for whoever manages every post that it holds or will hold.

    Else an administrator of a county would reach, by a new password, what a colleague may do in
    the whole city. Without a post that still counts, the posts of the past decide.
    """
    require_right(by, deed)
    posts = list(live(user.posts.all(), today())) or list(user.posts.all())
    within = [by.covers(post.area_id, post.union_id) for post in posts]
    if not any(within) and not by.actor.scope.everything:
        raise NotInScope(f"用户“{user}”不在“{by.actor.name}”的管理范围内，请由上级办理。")
    if not all(within):
        raise Refused(f"用户“{user}”在您的管理范围之外还有岗位，请由上级{deed}。")


def require_another(user: User, by: Manager, deed: str) -> None:
    """Nobody does this to their own account."""
    if user.pk == by.actor.id:
        raise Refused(f"不能给自己{deed}，请由另一位系统管理员办理。")


def require_days(begins: date, ends: date | None) -> None:
    """Days in a sensible span, the end behind the beginning."""
    for day in (begins, ends):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise Refused(f"日期“{day}”太早或太晚，请填 {EARLIEST} 至 {LATEST} 之间的日期。")
    if ends is not None and ends <= begins:
        raise Refused(f"岗位从 {begins} 起，不能在 {ends} 就不再任职，请填更晚的日期。")


def require_administrator_left(leaving: list[Post], day: date) -> None:
    """Somebody must be left who manages people where ``leaving`` posts do, from ``day`` on.

    Left is an administrator in use whose post has no end, at the same place or above.
    """
    gone = [post.pk for post in leaving]
    for post in leaving:
        if post.role == Role.ADMINISTRATOR and post.user.is_active and not _left(post, gone, day):
            raise Refused(
                f"“{post.user}”是这里最后一位系统管理员，请先给另一人派系统管理员岗位再办理。"
            )


def _left(post: Post, gone: list[int], day: date) -> bool:
    others = Post.objects.filter(
        role=Role.ADMINISTRATOR, valid_from__lte=day, valid_to=None, user__is_active=True
    ).exclude(pk__in=gone)
    if post.area_id is None:
        return others.filter(Q(union_id=post.union_id) | Q(area__isnull=False)).exists()
    above = (post.area_id, *tree_on(today()).ancestors(post.area_id))
    return others.filter(area_id__in=above).exists()
