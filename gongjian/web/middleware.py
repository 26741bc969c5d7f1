"""The door: nobody without a sign-in, the moment of the page, refusals as pages."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.web.moment import as_of
from gongjian.web.rendering import page

OPEN: Final = ("/accounts/", "/static/", "/healthz", "/readyz", "/favicon.ico")
"""Addresses that answer a stranger."""

_STATUS: Final = {
    NotInScope: HTTPStatus.NOT_FOUND,
    NotPermitted: HTTPStatus.FORBIDDEN,
}


class Door:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated and not request.path.startswith(OPEN):
            return redirect_to_login(request.get_full_path())
        try:
            request.__dict__["asof"] = as_of(request)
        except Refused as error:
            return refused(request, error)
        return self._next(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is a page with its sentence; anything else is for the server's log."""
        return refused(request, error) if isinstance(error, Refused) else None


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """404 outside the scope, 403 without the right, 422 at the wrong moment or for wrong input."""
    status = _STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    # What lies outside one's area does not exist: the sentence must not tell of it.
    sentence = "没有这一页，或者它不在您的管理范围内。" if status == 404 else error.sentence
    context = {"status": int(status), "sentence": sentence}
    return page(request, "refused.html", context, fragment="main", status=int(status))
