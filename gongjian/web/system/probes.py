"""What keepers of the server ask: does it live, is it ready, how does it do."""

from collections.abc import Callable
from functools import cache
from hmac import compare_digest
from http import HTTPStatus
from time import monotonic
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from gongjian.core.errors import Refused
from gongjian.history.keys import field_keys
from gongjian.jobs.keeping import working

_REMEMBERED: Final = 5.0
"""Seconds for which a look that found everything counts: whoever asks often costs nothing."""

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_PASSED_ON: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


class Found:
    """When everything was there last, in this process."""

    def __init__(self) -> None:
        self._at = float("-inf")

    def recently(self) -> bool:
        """Is it worth no new look?"""
        return monotonic() - self._at < _REMEMBERED

    def now(self) -> None:
        """Everything is there."""
        self._at = monotonic()

    def forget(self) -> None:
        """Look anew the next time."""
        self._at = float("-inf")


FOUND: Final = Found()


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives and answers; asks nothing else."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything that a page and a job need is there, or was some seconds ago; else 503.

    Which part is missing is for this very machine, or whoever has the token.
    """
    if FOUND.recently():
        checks = dict.fromkeys(_CHECKS, True)
    else:
        checks = {name: _holds(check) for name, check in _CHECKS.items()}
    ready = all(checks.values())
    if ready:
        FOUND.now()
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    trusted = _local(request) or _with_token(request)
    told = {"ready": ready, "checks": checks} if trusted else {"ready": ready}
    return JsonResponse(told, status=status)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts and times for Prometheus; 404 but for this very machine or with the token."""
    if not (_local(request) or _with_token(request)):
        raise Http404
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


def _local(request: HttpRequest) -> bool:
    """Asked from this machine itself: what a door in front passes on comes from it, too."""
    passed_on = any(name in request.headers for name in _PASSED_ON)
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not passed_on


def _with_token(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and compare_digest(told.encode(), token.encode())


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, Refused):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    """Read from the files once: they are those of the program that runs."""
    applied = MigrationRecorder(connection).applied_migrations()
    return _shipped() <= set(applied)


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations) - _replaced(loader)


def _replaced(loader: MigrationLoader) -> frozenset[tuple[str, str]]:
    """Squashed migrations stand for others; either way of applying them is right."""
    return frozenset(key for key, one in loader.disk_migrations.items() if one.replaces)


def _key() -> bool:
    return field_keys() is not None


_CHECKS: Final[dict[str, Callable[[], bool]]] = {
    "database": _database,
    "migrations": _migrations,
    "key": _key,
    "worker": working,
}
