"""The door: nobody without a sign-in, the moment of the page, refusals as pages."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from gongjian.core.errors import Refused
from gongjian.web.drafts import keep
from gongjian.web.holder import steady_for
from gongjian.web.machines import for_machine, told
from gongjian.web.moment import as_of
from gongjian.web.refusals import not_this_way, page_before, refused

OPEN: Final = ("/accounts/", "/static/", "/healthz", "/readyz", "/metrics", "/favicon.ico")
"""Addresses that answer a stranger."""

_STRANGER: Final = "请先登录，或在请求头 Authorization 里写上“Bearer ”和您的接口令牌。"
_READS: Final = frozenset({"GET", "HEAD"})
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Door:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated and not request.path.startswith(OPEN):
            if for_machine(request):
                return told(_STRANGER, HTTPStatus.UNAUTHORIZED)
            return to_sign_in(request)
        try:
            _require_text(request)
            request.__dict__["asof"] = as_of(request)
        except Refused as error:
            return refused(request, error)
        # What a page shows is of one moment; whoever writes must see what came before the lock.
        with steady_for(request) if request.method in _READS else nullcontext():
            response = self._next(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.user.is_authenticated:
            said = not_this_way(request)
            said["Allow"] = response.get("Allow", "")
            return said
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is a page with its sentence; anything else is for the server's log."""
        return refused(request, error) if isinstance(error, Refused) else None


def _require_text(request: HttpRequest) -> None:
    """Raise Refused for a parameter that nobody can have typed: not every database takes it."""
    for name, values in request.GET.lists():
        if any(_UNPRINTABLE.search(text) for text in (name, *values)):
            shown = _UNPRINTABLE.sub("", name)
            raise Refused(f"网址里的“{shown}”带有看不见的控制字符，请删去以后再打开。")


def _ours(address: str | None) -> str:
    """An address of ours, or the first page: one that begins with two slashes names a host."""
    return address if address and url_has_allowed_host_and_scheme(address, None) else "/"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in, and from there back to the page that was seen last.

    A part of a page, or what a form was sent to, is no page to come back to: then it is the
    page around it, and the whole window goes to the sign-in. A form that can hold what was typed
    into it is gone back to itself.
    """
    part = getattr(request, "htmx", None)
    if isinstance(part, HtmxDetails) and part:
        answer = redirect_to_login(_ours(part.current_url_abs_path))
        return HttpResponseClientRedirect(answer.url)
    if request.method in _READS:
        return redirect_to_login(request.get_full_path())
    if keep(request):
        return redirect_to_login(request.path)
    return redirect_to_login(page_before(request) or "/")
