"""The chain of records: each link holds the digest of the one before.

The link of a change holds a digest of the rows it added and of those it removed, so an edited
ledger row is found as surely as an edited link. The head row holds the newest digest, so a
chain whose tail was cut off is found too.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db import transaction

from gongjian.core.days import now
from gongjian.core.progress import Progress
from gongjian.history import sql
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.history.shapes import FRAME, SHAPES, Shape

GENESIS = "0" * 64


class Sealed(NamedTuple):
    """How many rows of one table one change added or removed, and their digest."""

    rows: int
    digest: str


def canonical(value: dict[str, Any]) -> str:
    """The one text a body is written and hashed as."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def lock_head() -> Head:
    """Lock the head row for the rest of the transaction: writers come one after the other."""
    return Head.objects.select_for_update().get(pk=1)


def append(head: Head, kind: str, body: dict[str, Any], change: int | None = None) -> TrailRecord:
    """Add a link behind the locked ``head`` and move the head on."""
    text = canonical(body)
    record = TrailRecord(
        number=head.record + 1, at=now(), kind=kind, change=change, body=text, previous=head.digest
    )
    record.digest = _link(record)
    record.save(force_insert=True)
    head.record, head.digest = record.number, record.digest
    if change is not None:
        head.change = change
    head.save()
    return record


@transaction.atomic
def note(kind: str, body: dict[str, Any]) -> TrailRecord:
    """Record something that changes no row: an export, an unmasking, a sign-in."""
    return append(lock_head(), kind, body)


def _link(record: TrailRecord) -> str:
    stamp = record.at.timestamp()
    parts = [record.previous, str(record.number), f"{stamp:.6f}", record.kind, record.body]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# ------------------------------------------------------------------ digests of rows


Seen = Callable[[int], None]
"""Hears how many rows more were read."""

_STEP: Final = 5_000  # rows between two words to whoever listens


def _nobody(rows: int) -> None:
    """Nobody wants to know."""


def seal_added(
    shape: Shape, number: int | None = None, seen: Seen = _nobody
) -> Iterator[tuple[int, Sealed]]:
    """(change, digest of the rows it added), of one change or of all, read from the table."""
    names = ", ".join(_texts(shape))
    where = "" if number is None else "WHERE added_in = %s"
    query = f'SELECT added_in, {names} FROM "{shape.table}" {where} ORDER BY added_in, vid'
    yield from _seals(query, number, seen)


def _texts(shape: Shape) -> list[str]:
    """What is read of a row to be hashed; PostgreSQL itself writes days and bytes as texts."""
    names = [f'"{c}"' for c in ("vid", "entry_id", *FRAME, *shape.columns)]
    if not sql.is_postgres():
        return names
    fields = {f'"{f.column}"': f for f in shape.version_model._meta.concrete_fields}
    written = {"DateField": "to_char({}, 'YYYY-MM-DD')", "BinaryField": "encode({}, 'hex')"}
    return [written.get(fields[n].get_internal_type(), "{}").format(n) for n in names]


def seal_removed(
    shape: Shape, number: int | None = None, seen: Seen = _nobody
) -> Iterator[tuple[int, Sealed]]:
    """(change, digest of the numbers of the versions it removed), likewise."""
    where = "removed_in IS NOT NULL" if number is None else "removed_in = %s"
    query = f'SELECT removed_in, vid FROM "{shape.table}" WHERE {where} ORDER BY removed_in, vid'
    yield from _seals(query, number, seen)


def _seals(query: str, number: int | None, seen: Seen) -> Iterator[tuple[int, Sealed]]:
    one = number is not None
    rows = sql.stream(query, [number] if one else [], to_the_end=one)
    for change, group in groupby(rows, key=lambda row: row[0]):
        digest, count = hashlib.sha256(), 0
        for row in group:
            count += 1
            digest.update(_as_text(row[1:]).encode() + b"\n")
            if count % _STEP == 0:
                seen(_STEP)
        seen(count % _STEP)
        yield change, Sealed(count, digest.hexdigest())


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return bytes(value).hex()


_as_text = json.JSONEncoder(default=_plain, ensure_ascii=False).encode
"""One row as it is hashed. A database gives days as dates or as texts: both read the same."""


def body_of(change: Change, seals: dict[str, Any]) -> dict[str, Any]:
    """What the link of a change says."""
    return {
        "change": change.number,
        "at": f"{change.at.timestamp():.6f}",
        "kind": change.kind,
        "ledger": change.ledger,
        "actor": change.actor_id,
        "name": change.actor_name,
        "reason": change.reason,
        "source": change.source_name,
        "sha256": change.source_sha256,
        "undoes": change.undoes_id,
        "rows": seals,
    }


def seals_of(number: int) -> dict[str, dict[str, Any]]:
    """Digests of everything change ``number`` did, by ledger, as the link holds them."""
    found: dict[str, dict[str, Any]] = {}
    for shape in SHAPES:
        for word, sealing in (("added", seal_added), ("removed", seal_removed)):
            for _, sealed in sealing(shape, number):
                found.setdefault(shape.slug, {})[word] = list(sealed)
    return found


# ------------------------------------------------------------------ verifying


class Verdict(NamedTuple):
    """Links read, whether all is as it was written, and the first link that is not."""

    records: int
    ok: bool
    first_broken: int | None


def verify() -> Verdict:
    """Read the whole chain and every row it speaks of; find the first link that does not hold."""
    with sql.one_view():
        return _verify()


def _verify() -> Verdict:
    held = _all_seals()
    changes = {c.number: c for c in Change.objects.iterator()}
    previous, count, broken, newest = GENESIS, 0, [], 0
    for record in TrailRecord.objects.order_by("number").iterator():
        count += 1
        whole = record.number == count and record.previous == previous
        if not (whole and record.digest == _link(record)):
            broken.append(record.number)
        elif record.change is not None:
            newest = record.change
            seals = held.pop(record.change, {})
            change = changes.pop(record.change, None)
            if change is None or record.body != canonical(body_of(change, seals)):
                broken.append(record.number)
        previous = record.digest
    head = Head.objects.get(pk=1)
    if (head.record, head.digest, head.change) != (count, previous, newest):
        broken.append(count + 1)
    if held or changes:
        broken.append(count + 1)
    return Verdict(count, not broken, min(broken, default=None))


def _all_seals() -> dict[int, dict[str, dict[str, Any]]]:
    found: dict[int, dict[str, dict[str, Any]]] = {}
    counts = [f'(SELECT COUNT(*) + COUNT(removed_in) FROM "{shape.table}")' for shape in SHAPES]
    ((total,),) = sql.fetch(f"SELECT {' + '.join(counts)}")
    with Progress(total, "核对每一行") as progress:
        for shape in SHAPES:
            for word, sealing in (("added", seal_added), ("removed", seal_removed)):
                for change, sealed in sealing(shape, seen=progress.advance):
                    found.setdefault(change, {}).setdefault(shape.slug, {})[word] = list(sealed)
    return found
