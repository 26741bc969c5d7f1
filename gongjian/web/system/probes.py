"""What keepers of the server ask: does it live, is it ready, how does it do."""

from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from gongjian.core.errors import Refused
from gongjian.history.keys import field_keys
from gongjian.jobs.keeping import working

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_PASSED_ON: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives and answers; asks nothing else."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Everything that a page and a job need is there; 503 and which part is not, otherwise."""
    checks = {name: _holds(check) for name, check in _CHECKS.items()}
    ready = all(checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": ready, "checks": checks}, status=status)


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
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _key() -> bool:
    return field_keys() is not None


_CHECKS: Final[dict[str, Callable[[], bool]]] = {
    "database": _database,
    "migrations": _migrations,
    "key": _key,
    "worker": working,
}
