"""Programs that say by a token for whom they ask."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase

from gongjian.api.counting import counted
from gongjian.api.models import ApiToken
from gongjian.api.queries import deeds_of, posts_behind, token_sent
from gongjian.core.days import today
from gongjian.web.machines import BEARER, for_machine, told
from gongjian.web.people import narrow
from gongjian.web.signin.address import client_ip
from gongjian.web.signin.middleware import brief

WRONG_TRIES: Final = 60
"""Tokens not taken from one address within an hour, beyond which each of them waits."""

_HOUR: Final = 3600
_NOT_TAKEN: Final = (
    "这个令牌不存在、已停用、已到期，或账号停用过、密码已换，请在“接口令牌”页重新生成。"
)
_WAIT: Final = "从这里送来的无效令牌太多，请核对令牌，一小时后再试。"


class Bearer:
    """Middleware in front of the door: a request with a token is that of its owner, narrowed.

    A token that is not taken is refused, whoever else is signed in; a sign-in beside it counts for
    nothing. Only addresses for programs know tokens.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.casefold() != BEARER.casefold() or not for_machine(request):
            return self._next(request)
        token = token_sent(secret.strip())
        if token is None:
            return _refused(request)
        request.user = token.owner
        request.__dict__["token"] = token
        narrow(request, posts_behind(token), deeds_of(token))
        _used(token)
        return self._next(request)


def _refused(request: HttpRequest) -> HttpResponseBase:
    """401; 429 after many, so that nobody keeps the database busy with guesses."""
    if counted(f"api-wrong-{client_ip(request)}", _HOUR) <= WRONG_TRIES:
        return told(_NOT_TAKEN, HTTPStatus.UNAUTHORIZED)
    answer = told(_WAIT, HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(_HOUR)
    return answer


def _used(token: ApiToken) -> None:
    """Write the day down, once a day, and not where the database is busy."""
    if token.used == today():
        return
    try:
        with brief():
            ApiToken.objects.filter(pk=token.pk).update(used=today())
    except OperationalError:
        return  # the next request writes it
