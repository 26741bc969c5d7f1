"""A value and the rows behind it from one state of the record, whatever is changed meanwhile.

What is believed now is quick to read, what was known before is read from whole tables. So where the
record moves on between a value and its rows, both are read again, in one view of the database:
there nothing moves, however often somebody edits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from gongjian.history.state import latest, one_moment

_T = TypeVar("_T")


class MovedOn(Exception):
    """What a page is about to read was believed when it began, and is not any more."""


def settled(read: Callable[[], _T]) -> _T:
    """What ``read`` finds, which only reads; again in one view of the database if it ``MovedOn``."""
    try:
        return read()
    except MovedOn:
        with one_moment():
            return read()


@contextmanager
def rows_as_known(known: int) -> Iterator[None]:
    """One view of the database to read rows in that belong to a value known at ``known``.

    Raise MovedOn where that was the newest change when the page began and no longer is.
    """
    newest = known >= latest().change
    with one_moment():
        if newest and latest().change > known:
            raise MovedOn
        yield
