"""Making a token and taking it back; both stand on the trail."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from gongjian.accounts.models import User
from gongjian.api.models import ApiToken
from gongjian.core.access import Permission
from gongjian.core.days import now, today
from gongjian.core.errors import NotInScope, Refused
from gongjian.web.signin.noting import note
from gongjian.workflow.declare import FLOWS

PREFIX: Final = "gj_"
"""How every token begins, so that one left lying in a file is known for what it is."""

LONGEST: Final = 366
"""Days that a token is taken at most."""

MOST: Final = 20
"""Tokens in use that one person may have."""

DEEDS: Final = (
    Permission.SEE_FIGURES,
    Permission.SEE_LEDGERS,
    Permission.SEE_TRAIL,
    Permission.IMPORT_LEDGER,
    *(
        p
        for p in Permission
        if any(not s.swept and s.permission == p for f in FLOWS for s in f.steps)
    ),
)
"""What can be done through the api at all, in the order of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A token as it is asked for."""

    name: str
    permissions: Collection[Permission]
    expires: date
    post: int | None = None
    area: int | None = None


def make(request: HttpRequest, owner: User, order: Order) -> tuple[ApiToken, str]:
    """A new token and its text, which nobody can be shown again.

    Raises Refused where it is to do nothing, last too long, or be narrowed although it imports:
    what is committed is written by a job, on behalf of the whole person.
    """
    _require_sensible(order)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        seal = _seal_now(owner)
        held = ApiToken.objects.filter(owner=owner, revoked=None, expires__gt=today(), seal=seal)
        if held.count() >= MOST:
            raise Refused(f"在用的令牌已有 {MOST} 个，请先停用不再使用的。")
        token = ApiToken.objects.create(
            owner=owner,
            name=order.name,
            digest=digest(secret),
            seal=seal,
            permissions=sorted(order.permissions),
            post=order.post,
            area=order.area,
            expires=order.expires,
        )
        note(request, "token-made", owner, **_said(token))
    return token, secret


def revoke(request: HttpRequest, owner: User, number: int) -> None:
    """Take a token back, at once and for good. Raises NotInScope for one of somebody else."""
    with transaction.atomic():
        mine = ApiToken.objects.select_for_update().filter(owner=owner, pk=number).first()
        if mine is None:
            raise NotInScope(f"没有编号为 {number} 的令牌。")
        if mine.revoked is None:
            mine.revoked = now()
            mine.save(update_fields=["revoked"])
            note(request, "token-revoked", owner, **_said(mine))


def digest(secret: str) -> str:
    """What is kept of a token: too long to be guessed, it needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _seal_now(owner: User) -> str:
    """The seal under the lock; Refused where the account or its password moved since it was let in."""
    now = User.objects.select_for_update().get(pk=owner.pk)
    if not now.is_active or seal_of(now) != seal_of(owner):
        raise Refused("账号刚才停用过，或者换了密码，没有生成令牌，请重新登录再试。")
    return seal_of(now)


def seal_of(owner: User) -> str:
    """What a token keeps of its owner's password: that another one was set, or a stop, ends it.

    Whoever makes a token with a stolen password must be out when it is changed or reset.
    """
    return digest(f"{owner.password}.{owner.stops}" if owner.stops else owner.password)


def _require_sensible(order: Order) -> None:
    if not order.permissions:
        raise Refused("请至少选一件这个令牌能办的事。")
    latest = today() + timedelta(days=LONGEST)
    if not today() < order.expires <= latest:
        raise Refused(f"到期日“{order.expires}”不行，请填明天到 {latest} 之间的日期。")
    narrowed = order.post is not None or order.area is not None
    if narrowed and Permission.IMPORT_LEDGER in order.permissions:
        raise Refused("能导入的令牌不能只限一个岗位或区划：入库由后台按您的全部岗位办理。")


def _said(token: ApiToken) -> dict[str, object]:
    return {
        "token": token.pk,
        "title": token.name,
        "permissions": token.permissions,
        "post": token.post,
        "area": token.area,
        "expires": token.expires.isoformat(),
    }
