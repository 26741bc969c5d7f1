"""Writing a change: number, rows and link in one transaction under one lock."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from gongjian.core.days import SHANGHAI, now
from gongjian.core.stopwatch import step
from gongjian.history import sql, state, trail
from gongjian.history.models import Change, Head
from gongjian.history.shapes import FRAME, SHAPES, Shape
from gongjian.history.timeline import VersionTuple

MANY = 500
"""Rows added at once from which on whole tables are looked at, and perhaps counted anew."""

FRAME_COLUMNS = ("vid", "entry_id", *FRAME)


class Stale(Exception):
    """Somebody changed what this proposal was worked out from; work it out again."""


@dataclass(slots=True, kw_only=True)
class Author:
    """Who makes a change, why, and from which paper."""

    actor_id: int | None
    name: str
    reason: str = ""
    source_name: str = ""
    source_sha256: str = ""


@dataclass(slots=True, kw_only=True)
class Edit:
    """Rows of one table to close and to add.

    ``adds`` holds (entry id, version tuple); entry ids below zero are new entries, numbered
    −1, −2 … within the edit, and become real ones when numbers are reserved.
    """

    shape: Shape
    closes: list[int] = field(default_factory=list)
    adds: list[tuple[int, VersionTuple]] = field(default_factory=list)
    fresh: int = 0

    def __bool__(self) -> bool:
        return bool(self.closes or self.adds)


def newest() -> int:
    """Number of the newest change."""
    return state.latest().change


def latest(count: int) -> list[dict[str, Any]]:
    """The newest ``count`` changes as plain values, newest first."""
    undone = dict(Change.objects.filter(undoes__isnull=False).values_list("undoes_id", "number"))
    return [
        {
            "change": c.number,
            "at": c.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "kind": c.kind,
            "ledger": c.ledger,
            "by": c.actor_name,
            "reason": c.reason,
            "source": c.source_name,
            "undoes": c.undoes_id,
            "undone_by": undone.get(c.number),
        }
        for c in Change.objects.order_by("-number")[:count]
    ]


class Told(NamedTuple):
    """A version of an entry with the changes between which it was believed."""

    entry: int
    version: VersionTuple
    added_in: int
    removed_in: int | None
    vid: int

    def known(self, number: int) -> bool:
        """Was it believed when ``number`` was the newest change?"""
        return self.added_in <= number and (self.removed_in is None or self.removed_in > number)


def ever_told(shape: Shape, entries: Iterable[int]) -> list[Told]:
    """Every version of ``entries`` on both times, by entry, first day and change."""
    columns = ("entry_id", "added_in", "removed_in", "vid", *FRAME, *shape.columns)
    names = ", ".join(f'"{c}"' for c in columns)
    rows = sql.fetch_in(f'SELECT {names} FROM "{shape.table}" WHERE', "entry_id", entries)
    end = 4 + len(FRAME)
    told = [Told(r[0], (*r[4:end], *shape.unpack(r[end:])), *r[1:4]) for r in rows]
    return sorted(told, key=lambda t: (t.entry, t.version[0], t.added_in))


Follower = Callable[[int], None]
"""What is derived from the rows and must be right as soon as they are; takes the change's number."""

_followers: list[Follower] = []


def follow(keep: Follower) -> None:
    """Have ``keep`` called inside every change, after its rows are written; once per function."""
    if keep not in _followers:
        _followers.append(keep)


@contextmanager
def recording(
    *, kind: str, ledger: str, by: Author, undoes: int | None = None
) -> Iterator[tuple[Change, Head]]:
    """Open a change under the lock; rows written inside carry its number; then its link is sealed."""
    with transaction.atomic():
        head = trail.lock_head()
        change = Change(
            number=head.change + 1,
            at=now(),
            kind=kind,
            ledger=ledger,
            actor_id=by.actor_id,
            actor_name=by.name,
            reason=by.reason,
            source_name=by.source_name,
            source_sha256=by.source_sha256,
            undoes_id=undoes,
        )
        change.save(force_insert=True)
        yield change, head
        seals = trail.seals_of(change.number)
        for slug, sealed in seals.items():
            many = sealed.get("added", [0])[0] >= MANY
            with sql.whole_tables() if many else nullcontext():
                _require_references(SHAPES[slug], change.number)
        with step("follow"):
            for keep in _followers:
                keep(change.number)
        trail.append(head, "change", trail.body_of(change, seals), change.number)


@dataclass(slots=True)
class Receipt:
    """The change made and the seconds its lock was held."""

    change: int
    locked: float


@step("write")
def commit(edit: Edit, *, kind: str, by: Author, base: int) -> Receipt:
    """Write ``edit``, worked out when ``base`` was the newest change.

    Raises Stale where another change came between and touched what this one stands on.
    """
    begun = perf_counter()
    with recording(kind=kind, ledger=edit.shape.slug, by=by) as (change, head):
        if head.change != base and touched_since(base, edit):
            raise Stale
        write(edit, change.number)
    locked = perf_counter() - begun
    if len(edit.adds) >= MANY:
        sql.refresh_statistics(edit.shape.table, len(edit.adds))
    return Receipt(change.number, locked)


def write(edit: Edit, number: int) -> None:
    """Move the rows of ``edit`` under the running change ``number``."""
    shape = edit.shape
    first_entry = _next(shape.entry_table, "id")
    first_vid = _next(shape.table, "vid")
    close(shape, edit.closes, number)
    columns = [*FRAME_COLUMNS, *shape.columns, "added_in"]
    with step("insert"):
        if edit.fresh:
            sql.insert(shape.entry_table, ["id"], ((first_entry + i,) for i in range(edit.fresh)))
        sql.insert(shape.table, columns, _rows(edit, first_entry, first_vid, number))


def _rows(edit: Edit, first_entry: int, first_vid: int, number: int) -> Iterator[Sequence[Any]]:
    shape, frame = edit.shape, len(FRAME)
    own = {i for i, f in enumerate(shape.fields) if shape.refs_itself(f)}
    for i, (entry, version) in enumerate(edit.adds):
        values = version[frame:]
        if own:
            values = tuple(_real(v, first_entry) if at in own else v for at, v in enumerate(values))
        yield (
            first_vid + i,
            _real(entry, first_entry),
            *version[:frame],
            *shape.pack(values),
            number,
        )


def _real(entry: int | None, first: int) -> int | None:
    """The number of an entry that was −1, −2 … where the first new one is ``first``."""
    return first - 1 - entry if entry is not None and entry < 0 else entry


def _require_references(shape: Shape, number: int) -> None:
    """Everything that the rows of a change refer to must be there.

    One set-wise look for each reference instead of a foreign key, whose check of row after row
    takes as long as writing them.
    """
    targets = {"entry_id": shape.entry_table}
    targets |= {column: SHAPES[slug].entry_table for column, slug in shape.refs.items()}
    for column, table in targets.items():
        lost = sql.fetch(
            f'SELECT v.vid FROM "{shape.table}" v WHERE v.added_in = %s'
            f' AND v."{column}" IS NOT NULL AND NOT EXISTS'
            f' (SELECT 1 FROM "{table}" e WHERE e.id = v."{column}") LIMIT 1',
            [number],
        )
        if lost:
            raise IntegrityError(f"{shape.table} {lost[0][0]}: {column} refers to nothing")


@step("close")
def close(shape: Shape, vids: Iterable[int], number: int) -> None:
    """End what is believed of these versions with change ``number``."""
    sql.run_in(f'UPDATE "{shape.table}" SET removed_in = {int(number)} WHERE', "vid", vids)


def _next(table: str, column: str) -> int:
    ((top,),) = sql.fetch(f'SELECT MAX("{column}") FROM "{table}"')
    return (top or 0) + 1


def touched_since(base: int, edit: Edit) -> bool:
    """Did a change after ``base`` touch this ledger, or one that its rows refer to?

    Any later change there sends the proposal back to be worked out again. To compare entries
    alone would not do: verdicts also stand on what was looked for and not found. A key that was
    free may be taken now, a name that was unique may be borne by two, a branch may close a loop,
    and the rooms' own checks see employers and areas that no row of the edit refers to. A new
    working-out of a clerk's file is cheap, a wrong verdict is not; and a proposal that is sent
    back too often is worked out under the lock.
    """
    watched = {edit.shape.slug, *edit.shape.refs.values()}
    watched |= {slug for w in list(watched) for slug in SHAPES[w].refs.values()}
    for slug in watched:
        table = SHAPES[slug].table
        query = f'SELECT 1 FROM "{table}" WHERE added_in > %s OR removed_in > %s LIMIT 1'
        if sql.fetch(query, [base, base]):
            return True
    return False


__all__ = [
    "Author",
    "Edit",
    "Receipt",
    "Stale",
    "Told",
    "close",
    "commit",
    "ever_told",
    "follow",
    "newest",
    "recording",
    "touched_since",
]
