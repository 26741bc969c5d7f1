"""A form that is sent twice does its deed once."""

import secrets
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from gongjian.history import trail

_KEPT: Final = "forms-done"
_MOST: Final = 50


def token() -> str:
    """A word that a form carries and that is good for one deed."""
    return secrets.token_urlsafe(12)


def done_before(request: HttpRequest, word: str) -> int | None:
    """The change that a form with this ``word`` made already."""
    kept = request.session.__class__(request.session.session_key)
    done: dict[str, int] = kept.get(_KEPT, {})
    if word in done:
        request.session[_KEPT] = done
    return done.get(word)


def once(request: HttpRequest, word: str, deed: Callable[[], int | None]) -> int | None:
    """The number of the change that ``deed`` makes, or that it made for this ``word`` before.

    The lock of the head makes the second of two submits wait for the first; what was done is
    kept with the sign-in and read anew under the lock, for the second request began before the
    first ended. None where the deed came to nothing.
    """
    with transaction.atomic():
        trail.lock_head()
        kept = request.session.__class__(request.session.session_key)
        done: dict[str, int] = kept.get(_KEPT, {})
        if word in done:
            # This request saves the session as it found it, with its message in it: what was
            # done must not be lost by that, for a third submit may come.
            request.session[_KEPT] = done
            return done[word]
        number = deed()
        if number is None or not word:
            return number
        done = dict([*done.items()][1 - _MOST :]) | {word: number}
        kept[_KEPT] = done
        kept.save()
    request.session[_KEPT] = done
    return number
