"""Keeping who opened the record of a person, without anybody waiting for it."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

import structlog
from django.db import OperationalError, connection, transaction

from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.web.records.models import Opening
from gongjian.web.records.queries.entries import Entry

KEPT_DAYS: Final = 3 * 365
"""Days for which it can be asked who looked; beyond the half year that the law wants of logs."""

SHOWN: Final = 20
_PATIENCE: Final = 50
"""Milliseconds that a page waits for SQLite's one write lock before it is shown without."""

_ROUND: Final = 5_000
"""Rows deleted at a time, so that nobody waits long for the lock."""

_waiting: Final[deque[Opening]] = deque(maxlen=10_000)
"""What could not be written yet: an import had the lock. The next opening takes it along."""

_log = structlog.get_logger(__name__)


def note(entry: Entry, reader: Actor, *, unmasked: bool = False) -> None:
    """Keep that ``reader`` opened ``entry``, where it is the record of a person.

    One insert, and no lock of the head. Where SQLite is being written for long it is kept until
    the next opening, and told to the log by numbers alone in case this process does not live.
    """
    if not entry.ledger.of_persons:
        return
    _waiting.append(
        Opening(
            ledger=entry.ledger.slug,
            entry=entry.id,
            reader_id=reader.id,
            name=reader.name,
            unmasked=unmasked,
        )
    )
    taken = [_waiting.popleft() for _ in range(len(_waiting))]
    try:
        with _hurried(), transaction.atomic():
            Opening.objects.bulk_create(taken)
    except OperationalError:
        _waiting.extendleft(reversed(taken))
        _log.warning("opening waits", ledger=entry.ledger.slug, entry=entry.id, reader=reader.id)


@contextmanager
def _hurried() -> Iterator[None]:
    """This connection does not wait long for SQLite's one write lock."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def latest(entry: Entry) -> list[Opening]:
    """Who opened the record last, newest first."""
    of_entry = Opening.objects.filter(ledger=entry.ledger.slug, entry=entry.id)
    return list(of_entry.order_by("-pk")[:SHOWN])


def prune() -> int:
    """Forget what is older than ``KEPT_DAYS``, a little at a time; how many rows went."""
    limit, gone = now() - timedelta(days=KEPT_DAYS), 0
    while True:
        old = Opening.objects.filter(at__lt=limit).order_by("at").values_list("pk", flat=True)
        count, _ = Opening.objects.filter(pk__in=list(old[:_ROUND])).delete()
        gone += count
        if count < _ROUND:
            return gone
