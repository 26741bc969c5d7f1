"""What is refused before anything of a request is read, and what may be kept of an answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from gongjian.web.machines import for_machine, told
from gongjian.web.rendering import alone

_AROUND: Final = 1 << 20
"""Bytes that a form may have around the paper in it."""

_SMALL: Final = 64 << 10
"""Bytes of a form that only asks for a few words."""

_PAPER: Final = 20 << 20
"""Bytes of a paper that a program brings; of one that a person brings the page itself says so."""

_BY_PATH: Final = (
    ("/accounts/", _SMALL),
    ("/staff/", _SMALL),
    ("/jobs/", _SMALL),
    ("/tokens/", _SMALL),
    ("/api/imports/", _PAPER + _AROUND),
    ("/api/", _SMALL),
)
_UPLOADS: Final = ("/imports/new/", "/imports/drop/")
"""The only addresses that take papers."""


class Limits:
    """Middleware: no more than an address takes, no page of ours in a shared or lasting cache.

    Whatever is too long is not read: not by a stranger at the sign-in, not by anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _length(request) > _most(request.path):
            say = told if for_machine(request) else alone
            return say(_too_much(request.path), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        response = self._next(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


def _most(path: str) -> int:
    """How many bytes a request to this address may bring."""
    if path.startswith(_UPLOADS):
        upload: int = settings.UPLOAD_LIMIT
        return upload + _AROUND
    form: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return next((most for start, most in _BY_PATH if path.startswith(start)), form + _SMALL)


def _too_much(path: str) -> str:
    if path.startswith(_UPLOADS):
        limit = settings.UPLOAD_LIMIT >> 20
        return f"文件超过 {limit} MB，没有收下。请返回上一页，拆成几份再上传。"
    if path.startswith("/api/imports/"):
        return f"文件超过 {_PAPER >> 20} MB，没有收下。请拆成几份再上传。"
    return "送来的内容太多，没有收下。请返回上一页，分成几次送，或改用导入。"


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0
