"""The connection of a thread is fit for the next request, however this one ended."""

import logging
from collections.abc import Callable
from typing import Final

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

_LOG: Final = logging.getLogger(__name__)


class FreshConnection:
    """Middleware: a transaction that a request leaves open ends with it.

    Django takes such a connection for one in use, neither closes nor renews it, and every later
    request of the thread fails until the server is started anew. No request is meant to leave one;
    one that does was in the wrong, and what it had not committed is rolled back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = connection.in_atomic_block
        response = self._next(request)
        if connection.in_atomic_block and not before:
            _LOG.error("A transaction was left open by %s", request.path)
            _roll_back()
        return response


def _roll_back() -> None:
    while connection.in_atomic_block:
        transaction.set_rollback(rollback=True)
        connection.atomic_blocks[-1].__exit__(None, None, None)
