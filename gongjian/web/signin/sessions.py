"""Sign-ins as they are kept, read together with who signed in and what every page needs of them.

Every page asks for the account, the posts held, the state of the record and what the frame counts,
one after the other; here it is one question. Whatever it finds is of this very moment: whoever was
signed out everywhere, or lost a post, is so at the next page.
"""

from functools import cache
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as KeptSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Field
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import with_posts
from gongjian.core.days import now
from gongjian.history.questions import Converters, converted, converters_of, made
from gongjian.history.sql import fetch_often
from gongjian.history.state import HEAD, State
from gongjian.web import marks
from gongjian.web.holder import Holder

_USER: Final[list[Field[Any, Any]]] = list(User._meta.concrete_fields)
_POST: Final[list[Field[Any, Any]]] = list(Post._meta.concrete_fields)
_HEAD: Final = 5
"""Columns before those of the account: the sign-in, the state of the record, what is counted."""


class SessionStore(KeptSession):
    """As Django's; ``holder`` is what was read with it."""

    holder: Holder | None = None

    def load(self) -> dict[str, Any]:
        """What the sign-in keeps; empty where it is over."""
        rows = _rows(self.session_key)
        if not rows:
            self._session_key = None
            return {}
        self.holder = _holder(rows)
        found: dict[str, Any] = self.decode(rows[0][0])
        return found


def who(request: HttpRequest) -> User | AnonymousUser:
    """Whom the sign-in of a request is for.

    Where all that Django asks of it is true of the holder it is that; in every other case, an old
    key or a password changed since among them, it is for Django to say.
    """
    session: Any = request.session
    try:
        number, backend = session[auth.SESSION_KEY], session[auth.BACKEND_SESSION_KEY]
    except KeyError:
        return AnonymousUser()
    user: User | None = session.holder and session.holder.user
    if (
        user is not None
        and str(user.pk) == number
        and user.is_active
        and backend in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(
            session.get(auth.HASH_SESSION_KEY, ""), user.get_session_auth_hash()
        )
    ):
        return user
    found: User | AnonymousUser = auth.get_user(request)
    return found


def _rows(key: str | None) -> list[tuple[Any, ...]]:
    if not key:
        return []
    moment = connection.ops.adapt_datetimefield_value(now())
    return fetch_often(_question(), [key, moment])


@cache
def _question() -> str:
    names = ", ".join(
        f'{alias}."{field.column}"'
        for alias, fields in (("u", _USER), ("p", _POST))
        for field in fields
    )
    return (
        f"SELECT s.session_data, h.change, h.digest, {marks.counting('u.id')}, {names}"  # noqa: S608
        f' FROM "{Session._meta.db_table}" s CROSS JOIN ({HEAD}) h'
        f' LEFT JOIN "{UserSession._meta.db_table}" x ON x.session_key = s.session_key'
        f' LEFT JOIN "{User._meta.db_table}" u ON u.id = x.user_id'
        f' LEFT JOIN "{Post._meta.db_table}" p ON p.user_id = u.id'
        " WHERE s.session_key = %s AND s.expire_date > %s ORDER BY p.id"
    )


def _holder(rows: list[tuple[Any, ...]]) -> Holder | None:
    """What the rows say, each of which has one post of the user or none."""
    converters = _converters(connection.vendor)
    told = [converted(row[_HEAD:], converters) for row in rows]
    if told[0][0] is None:
        return None
    user = made(User, told[0][: len(_USER)])
    posts = [made(Post, row[len(_USER) :]) for row in told if row[len(_USER)] is not None]
    _, change, digest, jobs, notices, *_ = rows[0]
    counts = marks.Marks(jobs=jobs, notices=notices)
    return Holder(with_posts(user, posts), State(change, digest), counts)


@cache
def _converters(_vendor: str) -> Converters:
    return converters_of([*_USER, *_POST])
