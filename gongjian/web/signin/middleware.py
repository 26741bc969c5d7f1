"""What comes before work: a password of one's own, a second factor where the role asks for it."""

import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.accounts.rules import RULES
from gongjian.core.days import now
from gongjian.web.people import posts

_SEEN: Final = "seen"
_SELDOM: Final = 60
"""Seconds between two writes of when a browser was last seen."""


class Gate:
    """Middleware behind the door: first things first, and the clock of the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
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
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{address}?{back}" if request.method == "GET" else address)


def _see(request: HttpRequest) -> None:
    """A sign-in ends half an hour after it was last used; a write each minute tells that."""
    moment = int(time.time())
    if moment - request.session.get(_SEEN, 0) >= _SELDOM:
        request.session[_SEEN] = moment
        own = UserSession.objects.filter(session_key=request.session.session_key)
        own.update(last_seen_at=now())
