"""Adding people."""

import re
import secrets
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import normal_name
from gongjian.areas.queries import tree_on
from gongjian.core.access import OPERATOR, Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused, WrongUse
from gongjian.history import trail

_NAME: Final = re.compile(r"[\w.@+·-]{1,150}")
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
_GROUPS: Final = 4
_GROUP_LETTERS: Final = 4


def add_user(
    *,
    name: str,
    role: Role,
    by: Actor,
    area_id: int | None = None,
    union_id: int | None = None,
) -> tuple[User, str]:
    """Add a person with one post from today on; the person and the first password in plain.

    The post stands at an area or at a union; whether the union exists is for the caller to see.
    The password is kept only as its hash. Raises NotPermitted, NotInScope, WrongUse for none or
    both of the two places, and Refused for a name that is taken or an area not in use today.
    """
    if not by.may(Permission.MANAGE_PEOPLE):
        raise NotPermitted(f"“{by.name}”没有管理人员的权限，请由系统管理员添加用户“{name}”。")
    _check_place(name, area_id, union_id, by)
    username = _checked_name(name)
    password = first_password()
    hashed = make_password(password)  # slow on purpose, so before the lock
    with transaction.atomic():
        trail.lock_head()
        if User.objects.filter(username=username).exists():
            raise Refused(f"用户名“{username}”已经有人使用，请换一个。")
        user = User.objects.create(username=username, password=hashed)
        post = Post.objects.create(
            user=user, role=role, area_id=area_id, union_id=union_id, valid_from=today()
        )
        trail.note("user", _body(post, by))
    return user, password


def first_password() -> str:
    """A password to be read out once: four groups of four, about 79 bits of chance."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LETTERS)) for _ in range(_GROUPS)
    )


def _checked_name(name: str) -> str:
    username = normal_name(name)
    if not _NAME.fullmatch(username):
        raise Refused(
            f"用户名“{name}”无效，请用 1 至 150 个汉字、字母、数字或 . @ + - _ ·，中间不留空格。"
        )
    if username == OPERATOR.name:
        raise Refused(f"用户名“{username}”留给系统使用，请换一个。")
    return username


def _check_place(name: str, area_id: int | None, union_id: int | None, by: Actor) -> None:
    standing = [
        (ledger, id_)
        for ledger, id_ in (("areas", area_id), ("unions", union_id))
        if id_ is not None
    ]
    if len(standing) != 1:
        raise WrongUse(f"用户“{name}”的岗位应在一个区划或一个工会，请只指定其中之一。")
    if not by.scope.covers(standing):
        raise NotInScope(f"用户“{name}”的岗位不在“{by.name}”的管理范围内，请由上级添加。")
    if area_id is not None and not tree_on(today()).exists(area_id):
        raise Refused(f"用户“{name}”岗位所在的区划今天尚未启用或已经停用，请另选区划。")


def _body(post: Post, by: Actor) -> dict[str, object]:
    return {
        "deed": "add",
        "user": post.user_id,
        "username": post.user.username,
        "role": post.role,
        "area": post.area_id,
        "union": post.union_id,
        "from": post.valid_from.isoformat(),
        "actor": by.id,
        "name": by.name,
    }
