"""The lock after too many wrong passwords: of a name at an address, of an address, of a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog
from axes.utils import reset
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from gongjian.accounts.rules import normal_name
from gongjian.core.days import SHANGHAI, now, today
from gongjian.web.rendering import page
from gongjian.web.signin.address import client_ip


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many wrong passwords within so long a time, counted by one column of the log.

    ``told`` is what the page of the lock says.
    """

    column: str
    most: int
    within: timedelta
    told: str

    def failures(self, value: str) -> "QuerySet[AccessFailureLog]":
        """Those that count, newest first."""
        since = now() - self.within
        logged: QuerySet[AccessFailureLog] = AccessFailureLog.objects.order_by("-attempt_time")
        return logged.filter(**{self.column: value}, attempt_time__gt=since)

    def ends(self, value: str) -> datetime | None:
        """When the lock opens by itself; None where there is none."""
        times = self.failures(value).values_list("attempt_time", flat=True)
        reached = list(times[self.most - 1 : self.most])
        return reached[0] + self.within if reached else None


ADDRESS: Final = Limit(
    column="ip_address",
    most=60,
    within=timedelta(hours=1),
    told="从您所在的网络一小时内输错密码太多次，这里暂时不能登录。",
)
"""Many names tried from one place. An office that shares an address mistypes less."""

NAME: Final = Limit(
    column="username",
    most=40,
    within=timedelta(days=1),
    told="这个账号一天内输错密码太多次，暂时不能用密码登录。",
)
"""One name tried from many places, slowly. High, for anybody can lock somebody else out so."""


class Counted(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts in the database, for all processes together, what axes counts, and the two limits."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Wrong passwords of this name at this address; beyond either limit enough for the lock."""
        failures: int = super().get_failures(request, credentials)
        if any(limit.ends(value) for limit, value in _limits(request, credentials)):
            return max(failures, int(settings.AXES_FAILURE_LIMIT))
        return failures

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """The right password sets back what this name failed at this address."""
        super().user_logged_in(sender, request, user, **kwargs)
        name = counted_name(request, {"username": user.get_username()})
        AccessFailureLog.objects.filter(username=name, ip_address=client_ip(request)).delete()


def _limits(
    request: HttpRequest, credentials: dict[str, Any] | None
) -> Iterable[tuple[Limit, str]]:
    return (ADDRESS, client_ip(request)), (NAME, counted_name(request, credentials))


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that wrong passwords are counted for: one for all ways to write its letters.

    A digest, for what is typed there may be anything, a password too.
    """
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return _digest(str(typed))


def _digest(name: str) -> str:
    folded = normal_name(name).casefold()
    return salted_hmac("gongjian.lockout", folded, algorithm="sha256").hexdigest()


def left(request: HttpRequest) -> int | None:
    """How many more tries there are after a wrong password; None where none was counted."""
    failures: int | None = getattr(request, "axes_failures_since_start", None)
    return None if failures is None else max(settings.AXES_FAILURE_LIMIT - failures, 0)


def failed_before(name: str) -> int:
    """Wrong passwords given for a name, anywhere, since it was last opened or a day ago."""
    return NAME.failures(_digest(name)).count()


def unlock(name: str) -> None:
    """Forget the wrong passwords given for a name."""
    reset(username=_digest(name))
    AccessFailureLog.objects.filter(username=_digest(name)).delete()


def forget() -> None:
    """Let go what counts for nothing any more."""
    longest = max(ADDRESS.within, NAME.within)
    AccessFailureLog.objects.filter(attempt_time__lt=now() - longest).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now() - settings.AXES_COOLOFF_TIME).delete()


def locked(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001 - axes gives it
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page that says until when; 429."""
    until, why = _lock(request, credentials)
    minutes = max(ceil((until - now()).total_seconds() / 60), 1)
    local = until.astimezone(SHANGHAI)
    shown = f"{local:%H:%M}" if local.date() == today() else f"{local:%-m 月 %-d 日 %H:%M}"
    context = {"until": shown, "minutes": minutes, "why": why}
    answer = page(request, "signin/locked.html", context, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def _lock(request: HttpRequest, credentials: dict[str, Any] | None) -> tuple[datetime, str]:
    """When the last of the locks opens, and which it is."""
    pause: timedelta = settings.AXES_COOLOFF_TIME
    name, address = counted_name(request, credentials), client_ip(request)
    tried = AccessAttempt.objects.filter(username=name, ip_address=address)
    last = tried.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    most, minutes = settings.AXES_FAILURE_LIMIT, int(pause.total_seconds()) // 60
    locks = [((last or now()) + pause, f"密码连错 {most} 次，锁 {minutes} 分钟。")]
    for limit, value in _limits(request, credentials):
        ends = limit.ends(value)
        if ends is not None:
            locks.append((ends, limit.told))
    return max(locks)
