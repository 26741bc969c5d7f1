"""Whom a sign-in is entered for, and what every page needs that was read with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.http import HttpRequest

from gongjian.accounts.models import User
from gongjian.history.state import State, steady
from gongjian.web import marks


class Holder(NamedTuple):
    """The account with its posts, the state of the record just then, and what the frame counts."""

    user: User
    now: State
    counts: marks.Marks


@contextmanager
def steady_for(request: HttpRequest) -> Iterator[None]:
    """A steady moment of the record: where a sign-in was read for the request, that of it."""
    found: Holder | None = getattr(request.session, "holder", None)
    if found is None:
        with steady():
            yield
        return
    with steady(found.now):
        marks.keep(found.counts, found.user.pk)
        yield
