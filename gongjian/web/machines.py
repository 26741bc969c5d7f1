"""Addresses for programs: what a page would say is said there as JSON."""

import json
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

ADDRESSES: Final = "/api/"
"""Everything below is for programs; the page itself tells people about them."""

BEARER: Final = "Bearer"
"""How a program without a sign-in says who it is."""


def for_machine(request: HttpRequest) -> bool:
    """Is it a program that asks?"""
    return request.path.startswith(ADDRESSES) and request.path != ADDRESSES


def answer(body: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    """``body`` as JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type="application/json")


def told(sentence: str, status: int) -> HttpResponse:
    """A refusal: ``{"status": 404, "sentence": "…"}``; a stranger is told how to say who one is."""
    said = answer({"status": int(status), "sentence": sentence}, status)
    if status == HTTPStatus.UNAUTHORIZED:
        said["WWW-Authenticate"] = BEARER
    return said
