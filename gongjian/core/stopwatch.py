"""Where the time of a piece of work goes, for whoever asks; costs nothing where nobody does."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

_SPENT: ContextVar[dict[str, float] | None] = ContextVar("spent", default=None)


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    """Seconds by step of what runs inside, in the order in which steps first end.

    The time of a step within another counts for both.
    """
    spent: dict[str, float] = defaultdict(float)
    token = _SPENT.set(spent)
    try:
        yield spent
    finally:
        _SPENT.reset(token)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Mark a step of long work, as a block or a decorator; meant for few and long ones."""
    spent = _SPENT.get()
    if spent is None:
        yield
        return
    begun = perf_counter()
    try:
        yield
    finally:
        spent[name] += perf_counter() - begun
