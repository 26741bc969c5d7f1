"""A transaction that a request leaves open is not found by the next one."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

from gongjian.web.machines import for_machine, told
from gongjian.web.rendering import alone

_LOG: Final = logging.getLogger(__name__)
_READS: Final = frozenset({"GET", "HEAD"})
_UNDONE: Final = "系统出错，这一步没有办成，请再办一次；还是这样，请告诉管理员。"


class FreshConnection:
    """Middleware: a transaction that a request leaves open ends with it.

    Django takes such a connection for one in use, neither closes nor renews it, and every later
    request of the thread fails until the server is started anew. No request is meant to leave one.
    What one that does had not committed is rolled back; so nothing it says it did was done, and it
    is answered as failed where it meant to do something.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = connection.in_atomic_block
        response = self._next(request)
        if connection.in_atomic_block and not before:
            _LOG.error("A transaction was left open by %s", request.path)
            _roll_back()
            if request.method not in _READS:
                say = told if for_machine(request) else alone
                return say(_UNDONE, HTTPStatus.INTERNAL_SERVER_ERROR)
        return response


def _roll_back() -> None:
    while connection.in_atomic_block:
        transaction.set_rollback(rollback=True)
        connection.atomic_blocks[-1].__exit__(None, None, None)
