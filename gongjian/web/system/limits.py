"""What is refused before anything of a request is read, and what may be kept of an answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from gongjian.web.rendering import alone

_AROUND: Final = 1 << 20
"""Bytes that a form may have around the paper in it."""


class Limits:
    """Middleware: no upload beyond the limit, no page of ours in a shared or lasting cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _length(request) > settings.UPLOAD_LIMIT + _AROUND:
            limit = settings.UPLOAD_LIMIT >> 20
            sentence = f"文件超过 {limit} MB，没有收下。请返回上一页，拆成几份再上传。"
            return alone(sentence, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        response = self._next(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0
