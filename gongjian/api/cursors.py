"""Cursors: where a long answer goes on, and of which moment it is. Opaque, signed, of one question."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.core import signing
from django.http import HttpRequest

from gongjian.core.errors import Refused
from gongjian.web.moment import AsOf, moment_of

OWN: Final = frozenset({"cursor", "limit"})
"""Parameters that say nothing about what is asked."""

MOST: Final = 500
USUAL: Final = 100
_SALT: Final = "gongjian.api.cursor"
_LASTS: Final = timedelta(days=1)
_WRONG: Final = "这个 cursor 不是这个问题给出的，或者已经失效；请去掉 cursor 从头取。"


def write(request: HttpRequest, known: int, place: list[Any]) -> str:
    """The cursor that goes on at ``place``, for the same question and of the same moment.

    ``known`` is the newest change that the answer so far knows: what is changed meanwhile neither
    doubles nor hides a row.
    """
    day = moment_of(request).day.isoformat()
    return signing.dumps([_question(request), day, known, *place], salt=_SALT)


def read(request: HttpRequest) -> list[Any] | None:
    """The place named by the address, None where it names none; the request is of its moment then.

    Refused for a cursor that is not ours, of another question, or more than a day old.
    """
    text = request.GET.get("cursor", "")
    if not text:
        return None
    try:
        question, day, known, *place = signing.loads(text, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        raise Refused(_WRONG) from None
    if question != _question(request):
        raise Refused(_WRONG)
    request.__dict__["asof"] = AsOf(day=date.fromisoformat(day), known_at=known)
    return list(place)


class Page(NamedTuple):
    """Which part of a long answer is wanted. What is wrong with that is said by ``require`` alone:
    a place outside the scope is not there, whatever else is wrong."""

    place: list[Any] | None
    limit: int
    problem: Refused | None = None

    def require(self) -> None:
        """Raise what is wrong."""
        if self.problem is not None:
            raise self.problem


def page(request: HttpRequest) -> Page:
    """The part that the address asks for."""
    try:
        return Page(read(request), limit(request))
    except Refused as problem:
        return Page(None, USUAL, problem)


def limit(request: HttpRequest) -> int:
    """How many are wanted at once; Refused for what is not from 1 to ``MOST``."""
    text = request.GET.get("limit", "") or str(USUAL)
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
    if not 1 <= wanted <= MOST:
        raise Refused(f"limit 不能是“{text[:40]}”，请填 1 到 {MOST} 的整数，或不填（{USUAL}）。")
    return wanted


def _question(request: HttpRequest) -> str:
    """A digest of what is asked: of the address without the page."""
    asked = [(n, request.GET.getlist(n)) for n in sorted(request.GET) if n not in OWN]
    text = json.dumps([request.path, asked], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
