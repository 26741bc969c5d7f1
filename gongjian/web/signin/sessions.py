"""Sign-ins as they are kept, read together with who signed in and the posts held.

Every page asks for all three, one after the other; here it is one question. Whatever it finds is
of this very moment: whoever was signed out everywhere, or lost a post, is so at the next page.
"""

from functools import cache
from itertools import chain
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

_USER: Final[list[Field[Any, Any]]] = list(User._meta.concrete_fields)
_POST: Final[list[Field[Any, Any]]] = list(Post._meta.concrete_fields)


class SessionStore(KeptSession):
    """As Django's; ``holder`` is whom the sign-in is entered for, with their posts."""

    holder: User | None = None

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
    user: User | None = session.holder
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
    with connection.cursor() as cursor:
        cursor.execute(_question(), [key, moment])
        return list(cursor.fetchall())


@cache
def _question() -> str:
    names = ", ".join(
        f'{alias}."{field.column}"'
        for alias, fields in (("u", _USER), ("p", _POST))
        for field in fields
    )
    return (
        f'SELECT s.session_data, {names} FROM "{Session._meta.db_table}" s'  # noqa: S608
        f' LEFT JOIN "{UserSession._meta.db_table}" x ON x.session_key = s.session_key'
        f' LEFT JOIN "{User._meta.db_table}" u ON u.id = x.user_id'
        f' LEFT JOIN "{Post._meta.db_table}" p ON p.user_id = u.id'
        " WHERE s.session_key = %s AND s.expire_date > %s ORDER BY p.id"
    )


def _holder(rows: list[tuple[Any, ...]]) -> User | None:
    """The user of the rows, each of which has one post of theirs or none."""
    told = [_converted(row[1:]) for row in rows]
    if told[0][0] is None:
        return None
    user = User.from_db("default", [f.attname for f in _USER], told[0][: len(_USER)])
    posts = [
        Post.from_db("default", [f.attname for f in _POST], row[len(_USER) :])
        for row in told
        if row[len(_USER)] is not None
    ]
    return with_posts(user, posts)


def _converted(row: tuple[Any, ...]) -> list[Any]:
    """Values as Django's own questions give them."""
    values = list(row)
    for at, (converters, column) in _converters(connection.vendor).items():
        for convert in converters:
            values[at] = convert(values[at], column, connection)
    return values


@cache
def _converters(_vendor: str) -> dict[int, Any]:
    compiler: Any = User.objects.all().query.get_compiler("default")
    columns = [field.get_col(field.model._meta.db_table) for field in chain(_USER, _POST)]
    found: dict[int, Any] = compiler.get_converters(columns)
    return found
