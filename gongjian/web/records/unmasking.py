"""One record unmasked for a quarter of an hour, kept with the sign-in: it ends with it."""

import time
from typing import Final

from django.http import HttpRequest

LASTS: Final = 15 * 60
"""Seconds."""

_KEPT: Final = "unmasked"


def left(request: HttpRequest, slug: str, id_: int) -> int:
    """Seconds for which the record is still shown in full; 0 where it is masked."""
    until = _kept(request).get(_name(slug, id_), 0)
    return max(until - int(time.time()), 0)


def begin(request: HttpRequest, slug: str, id_: int) -> None:
    """Show the record in full from now on."""
    moment = int(time.time())
    going = {name: until for name, until in _kept(request).items() if until > moment}
    request.session[_KEPT] = going | {_name(slug, id_): moment + LASTS}


def end(request: HttpRequest, slug: str, id_: int) -> None:
    """Mask the record again."""
    kept = _kept(request)
    if _name(slug, id_) in kept:
        request.session[_KEPT] = {n: t for n, t in kept.items() if n != _name(slug, id_)}


def _kept(request: HttpRequest) -> dict[str, int]:
    kept: dict[str, int] = request.session.get(_KEPT, {})
    return kept


def _name(slug: str, id_: int) -> str:
    return f"{slug}/{id_}"
