"""The lock after too many wrong passwords: by name and address, for a while."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongjian.accounts.rules import normal_name
from gongjian.core.days import SHANGHAI, now
from gongjian.web.rendering import page
from gongjian.web.signin.address import client_ip


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that wrong passwords are counted for: one for all ways to write its letters."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal_name(str(typed)).casefold()[:150]


def left(request: HttpRequest) -> int | None:
    """How many more tries there are after a wrong password; None where none was counted."""
    failures: int | None = getattr(request, "axes_failures_since_start", None)
    return None if failures is None else max(settings.AXES_FAILURE_LIMIT - failures, 0)


def unlock(name: str) -> None:
    """Forget the wrong passwords given for a name."""
    reset(username=normal_name(name).casefold())


def locked(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001 - axes gives it
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page that says until when; 429."""
    until = _until(counted_name(request, credentials), client_ip(request))
    minutes = max(ceil((until - now()).total_seconds() / 60), 1)
    context = {"until": until.strftime("%H:%M"), "minutes": minutes}
    answer = page(request, "signin/locked.html", context, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def _until(name: str, address: str) -> datetime:
    pause: timedelta = settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=name, ip_address=address)
    last = tried.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return (last or now()).astimezone(SHANGHAI) + pause
