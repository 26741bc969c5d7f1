"""The people of the demonstration: one for each role, with a password that everybody may know."""

from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import DEMO_NAMES
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history import trail

DEMO_PASSWORD: Final = "gongjian-demo-2011"  # noqa: S105 - known to all, on purpose
"""Shown on the sign-in page of the demonstration; no account outside it bears it."""

_COUNTY: Final = (Role.COUNTY_ORGANISER, Role.INSPECTOR)
_TOWNSHIP: Final = (Role.TOWNSHIP_CLERK, Role.GRID_WORKER)


def add_demo_people(*, city: int, county: int, township: int, union_id: int) -> list[User]:
    """One person for each role at the given areas and union; those who are there stay as they are.

    Refused outside the demonstration, where a known password would open the door.
    """
    if not settings.DEMO:
        raise Refused("演示账号只在演示环境里有，请设置 GONGJIAN_DEMO=1 后再添加。")
    hashed = make_password(DEMO_PASSWORD)
    with transaction.atomic():
        trail.lock_head()
        people = []
        for role in Role:
            user, added = User.objects.get_or_create(
                username=DEMO_NAMES[role], defaults={"password": hashed}
            )
            people.append(user)
            if added:
                area = _area(role, city, county, township)
                union = union_id if area is None else None
                Post.objects.create(
                    user=user, role=role, area_id=area, union_id=union, valid_from=today()
                )
        body = {"deed": "demo", "users": [user.pk for user in people], "actor": None}
        trail.note("user", body)
    return people


def _area(role: Role, city: int, county: int, township: int) -> int | None:
    if role == Role.UNION_OFFICER:
        return None
    if role in _COUNTY:
        return county
    return township if role in _TOWNSHIP else city
