"""What comes before work: a password of one's own, a second factor where the role asks for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.accounts.rules import RULES
from gongjian.core.days import now
from gongjian.web.machines import for_machine, told
from gongjian.web.people import posts
from gongjian.web.signin.sessions import who

_READS: Final = frozenset({"GET", "HEAD"})
_SEEN: Final = "seen"
_PATIENCE: Final = 200
"""Milliseconds that a page waits for SQLite's one write lock to say that somebody was here."""


class Sessions(SessionMiddleware):
    """As Django's; a page that only shows something is shown also where nothing can be written."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep what a page changed in the sign-in, a message that was read, say."""
        if request.method not in _READS or not request.session.modified:
            return super().process_response(request, response)
        try:
            with brief():
                return super().process_response(request, response)
        except OperationalError:
            return response  # a message is shown once more, the next page says who was seen


class Who(AuthenticationMiddleware):
    """As Django's; who asks is read together with the sign-in."""

    def process_request(self, request: HttpRequest) -> None:
        """Found when it is asked for first."""
        super().process_request(request)
        request.__dict__["user"] = SimpleLazyObject(partial(_who, request))


def _who(request: HttpRequest) -> User | AnonymousUser:
    if "_cached_user" not in request.__dict__:
        request.__dict__["_cached_user"] = who(request)
    found: User | AnonymousUser = request.__dict__["_cached_user"]
    return found


class Gate:
    """Middleware behind the door: first things first, and the clock of the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
            if "token" not in request.__dict__:  # a program with a token has no browser to be seen
                _see(request)
            first = must_set_up(request)
            if first is not None:
                return _led(request, first)
        return self._next(request)


def must_set_up(request: HttpRequest) -> str | None:
    """The address where something must be done before any work; None where nothing is missing."""
    user = request.user
    if not isinstance(user, User):
        return None
    if user.must_change_password:
        page = reverse("account_change_password")
        return None if request.path in (page, reverse("account_logout")) else page
    if request.path.startswith(reverse("account_login").removesuffix("login/")):
        return None
    return reverse("mfa_index") if needs_factor(request) and not _has_factor(user) else None


def needs_factor(request: HttpRequest) -> bool:
    """Whether a role that the person holds today asks for a second factor."""
    return not settings.DEMO and any(RULES[Role(p.role)].second_factor for p in posts(request))


def _has_factor(user: User) -> bool:
    factors = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=factors).exists())


def _led(request: HttpRequest, address: str) -> HttpResponse:
    if for_machine(request):
        sentence = f"还不能使用接口，请先登录网页，在 {address} 办好密码或二次验证。"
        return told(sentence, HTTPStatus.FORBIDDEN)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{address}?{back}" if request.method == "GET" else address)


def _see(request: HttpRequest) -> None:
    """Say that a browser was seen: seldom, and not where the database is busy."""
    moment = int(time.time())
    if moment - request.session.get(_SEEN, 0) < settings.LAST_SEEN_EVERY:
        return
    kept = request.session.modified
    request.session[_SEEN] = moment
    own = UserSession.objects.filter(session_key=request.session.session_key)
    try:
        with brief():
            request.session.save(must_create=False)
            own.update(last_seen_at=now())
    except (OperationalError, UpdateError):
        del request.session[_SEEN]  # the next page says it
    request.session.modified = kept


@contextmanager
def brief() -> Iterator[None]:
    """SQLite waits for others who write no longer than a reader would like to wait."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        ((usual,),) = cursor.execute("PRAGMA busy_timeout").fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
