"""People to sign in with, for tests of the screens."""

import time
from datetime import date
from itertools import count
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.accounts.rules import RULES

FIRST_DAY: Final = date(2000, 1, 1)
PASSWORD: Final = "rice-and-tea-2011"
"""Of every test person."""
_HASHED: Final = PBKDF2PasswordHasher().encode(PASSWORD, "quick", iterations=1)
_numbers: Final = count(1)


def make_person(
    role: Role | str,
    *,
    area_id: int | None = None,
    union_id: int | None = None,
    name: str | None = None,
    valid_from: date = FIRST_DAY,
) -> User:
    """A person with one post at an area or at a union.

    Written without a link on the trail, so that a test counts only the links of its own deeds.
    Where the role asks for a second factor, one is set up, so that no page is in the way.
    """
    username = name or f"{Role(role).value}-{next(_numbers)}"
    user = User.objects.create(username=username, password=_HASHED)
    Post.objects.create(
        user=user, role=Role(role), area_id=area_id, union_id=union_id, valid_from=valid_from
    )
    if RULES[Role(role)].second_factor:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"}
        )
    return user


def sign_in(client: Client, user: User) -> User:
    """Sign a person in without asking for the password, a moment ago."""
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    kept = client.session
    kept["seen"] = int(time.time())  # no clock is written during the request that is counted
    kept.save()
    return user


def signed_in(
    client: Client,
    role: Role | str,
    *,
    area_id: int | None = None,
    union_id: int | None = None,
    name: str | None = None,
) -> User:
    """A new person of this role, signed in."""
    return sign_in(client, make_person(role, area_id=area_id, union_id=union_id, name=name))
