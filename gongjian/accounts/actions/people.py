"""Accounts: adding, stopping, first passwords."""

import re
import secrets
import unicodedata
from typing import Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from gongjian.accounts.actions.checks import (
    manager,
    require_administrator_left,
    require_another,
    require_person_within,
    require_place,
    require_right,
)
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import Manager, live
from gongjian.accounts.rules import normal_name
from gongjian.core.access import OPERATOR, Actor
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history import trail

_PHONE: Final = re.compile(r"[0-9][0-9 -]{4,22}([转,][0-9]{1,6})?")
_NAME: Final = re.compile(r"[\w.@+·-]{1,150}")
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
_GROUPS: Final = 4
_GROUP_LETTERS: Final = 4


def add_user(
    *,
    name: str,
    role: Role,
    by: Actor | Manager,
    area_id: int | None = None,
    union_id: int | None = None,
) -> tuple[User, str]:
    """Add a person with one post from today on; the person and the first password in plain.

    The post stands at an area or at a union; whether the union exists is for the caller to see.
    The password is kept only as its hash and must be changed at the first sign-in. Raises
    NotPermitted, NotInScope, WrongUse for none or both of the two places, and Refused for a name
    that is taken or an area not in use today.
    """
    by = manager(by)
    require_right(by, f"添加用户“{name}”")
    require_place(name, area_id, union_id, by)
    username = _checked_name(name)
    password = first_password()
    hashed = make_password(password)  # slow on purpose, so before the lock
    with transaction.atomic():
        trail.lock_head()
        # Whoever signs in may write the letters of the name large or small.
        if User.objects.filter(username__iexact=username).exists():
            raise Refused(f"用户名“{username}”已经有人使用，请换一个。")
        user = User.objects.create(username=username, password=hashed, must_change_password=True)
        post = Post.objects.create(
            user=user, role=role, area_id=area_id, union_id=union_id, valid_from=today()
        )
        trail.note("user", _added(post, by.actor))
    return user, password


def reset_password(user: User, *, by: Manager) -> str:
    """A new first password in plain, to be handed over once; it ends every sign-in of the person.

    Second factors, recovery codes and passkeys go too: a passkey opens the door without any
    password, and whoever asks for a new one may have lost the device to somebody else.
    """
    require_person_within(user, by, "重置密码")
    require_another(user, by, "重置密码")
    password = first_password()
    hashed = make_password(password)
    with transaction.atomic():
        trail.lock_head()
        User.objects.filter(pk=user.pk).update(password=hashed, must_change_password=True)
        removed = Authenticator.objects.filter(user=user).delete()[0]
        _note("reset-password", user, by.actor, factors_removed=removed)
    return password


def remove_second_factor(user: User, *, by: Manager) -> None:
    """Take away second factors, recovery codes and passkeys: for a person who lost the phone."""
    require_person_within(user, by, "取消二次验证")
    require_another(user, by, "取消二次验证")
    with transaction.atomic():
        trail.lock_head()
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise Refused(f"“{user}”没有设置二次验证，不用取消。")
        _note("remove-second-factor", user, by.actor)


def set_phone(user: User, phone: str, *, by: Manager) -> None:
    """The office telephone at which whoever reads a number may ask; blank takes it away.

    It is a number of the office and shown to those above. The trail says that it was set, not
    what it is. Refused for what is no telephone number.
    """
    require_person_within(user, by, "登记办公电话")
    number = unicodedata.normalize("NFKC", phone).strip()
    if number and not _PHONE.fullmatch(number):
        raise Refused(
            f"“{phone}”不是电话号码，请填 0816-2222222 或 0816-2222222转801 这样的办公电话。"
        )
    with transaction.atomic():
        trail.lock_head()
        User.objects.filter(pk=user.pk).update(phone=number)
        _note("set-phone", user, by.actor)


def stop(user: User, *, by: Manager) -> None:
    """Take an account out of use: nobody signs in with it, its posts count for nothing.

    Its sign-ins and tokens are over, also for the day when it is taken into use again.
    """
    require_person_within(user, by, "停用账号")
    require_another(user, by, "停用账号")
    with transaction.atomic():
        trail.lock_head()
        if not User.objects.filter(pk=user.pk, is_active=True).exists():
            raise Refused(f"“{user}”的账号已经停用，不用再停。")
        require_administrator_left(list(live(user.posts.all(), today())), today())
        User.objects.filter(pk=user.pk).update(is_active=False, stops=F("stops") + 1)
        _note("stop", user, by.actor)


def resume(user: User, *, by: Manager) -> None:
    """Take a stopped account into use again, with the password and the posts it has."""
    require_person_within(user, by, "启用账号")
    with transaction.atomic():
        trail.lock_head()
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            raise Refused(f"“{user}”的账号在用，不用再启用。")
        _note("resume", user, by.actor)


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


def _note(deed: str, user: User, by: Actor, **more: object) -> None:
    body: dict[str, object] = {"deed": deed, "user": user.pk, "username": user.username}
    trail.note("user", body | more | {"actor": by.id, "name": by.name})


def _added(post: Post, by: Actor) -> dict[str, object]:
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
