"""Counting what is asked, by all web processes together."""

import time

from django.core.cache import cache


def counted(key: str, seconds: int) -> int:
    """How often this has happened in the present stretch of ``seconds``, with this time.

    Two processes that count in the same instant may count one: good enough for a limit.
    """
    stretch = f"{key}-{int(time.time()) // seconds}"
    times: int = cache.get(stretch, 0) + 1
    cache.set(stretch, times, timeout=seconds)
    return times


def left(seconds: int) -> int:
    """Seconds until the present stretch ends."""
    return seconds - int(time.time()) % seconds
