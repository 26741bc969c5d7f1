"""Mending single entries of a batch: annul a wrong one, merge two for one thing, correct a key."""

from typing import Any

from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.history.models import Change
from gongjian.history.record import FRAME_COLUMNS, Author, Edit, close, recording, write
from gongjian.history.shapes import FRAME, SHAPES, Shape
from gongjian.history.timeline import VersionTuple

Stored = tuple[int, int, VersionTuple]
"""(vid, entry id, version tuple)."""


def believed(shape: Shape, entries: list[int], column: str = "entry_id") -> list[Stored]:
    """What is believed now of ``entries`` (or of the rows whose ``column`` is one of them)."""
    columns = ", ".join(f'"{c}"' for c in (*FRAME_COLUMNS, *shape.columns))
    query = f'SELECT {columns} FROM "{shape.table}" WHERE removed_in IS NULL AND'
    width = len(FRAME_COLUMNS)
    return [
        (row[0], row[1], (*row[2:width], *shape.unpack(row[width:])))
        for row in sql.stream_in(query, column, entries)
    ]


def annul(slug: str, entry: int, *, by: Author) -> Change:
    """Cease to believe anything of one entry, for instance a row that should not be in a batch.

    Raises Refused where other entries refer to it.
    """
    shape = SHAPES[slug]
    with recording(kind="annul", ledger=slug, by=by) as (change, _):
        rows = believed(shape, [entry])
        if not rows:
            raise Refused(f"系统编号 {entry} 没有现行记录，无需作废。")
        users = [s.slug for s, column in _users(slug) if believed(s, [entry], column)]
        if users:
            raise Refused(f"系统编号 {entry} 仍被 {'、'.join(users)} 台账引用，请先处理这些记录。")
        close(shape, [vid for vid, _, _ in rows], change.number)
    return change


def merge(slug: str, duplicate: int, survivor: int, *, by: Author) -> Change:
    """Two entries for one thing become one: ``survivor`` stays, ``duplicate`` goes.

    The survivor's knowledge holds on the days it covers, the duplicate's fills the others;
    whatever referred to the duplicate refers to the survivor from now on, and entries that
    become one by that (same key) are merged in the same way. One change, undone as one.
    """
    if duplicate == survivor:
        raise Refused("不能把一条记录与它自己合并，请另选一条。")
    with recording(kind="merge", ledger=slug, by=by) as (change, _):
        _merge(SHAPES[slug], duplicate, survivor, change.number)
    return change


def _merge(shape: Shape, duplicate: int, survivor: int, number: int) -> None:
    gone, kept = believed(shape, [duplicate]), believed(shape, [survivor])
    if not gone or not kept:
        raise Refused(f"系统编号 {duplicate} 或 {survivor} 没有现行记录，不能合并。")
    days = [(version[0], version[1]) for _, _, version in kept]
    free = [version for _, _, version in gone if not any(_meets(version, d) for d in days)]
    close(shape, [vid for vid, _, _ in gone], number)
    write(Edit(shape=shape, adds=[(survivor, version) for version in free]), number)
    for user, column in _users(shape.slug):
        _repoint(user, column, duplicate, survivor, number)


def _meets(version: VersionTuple, days: tuple[Any, Any]) -> bool:
    begin, end = days
    return (end is None or version[0] < end) and (version[1] is None or begin < version[1])


def _repoint(shape: Shape, column: str, old: int, new: int, number: int) -> None:
    """Let the rows that referred to ``old`` refer to ``new``; merge those whose keys then meet."""
    rows = believed(shape, [old], column)
    if not rows:
        return
    name = next(f for f in shape.fields if shape.columns_of(f)[0] == column)
    at = len(FRAME) + shape.fields.index(name)
    moved = [(e, (*v[:at], new, *v[at + 1 :])) for _, e, v in rows]
    close(shape, [vid for vid, _, _ in rows], number)
    write(Edit(shape=shape, adds=moved), number)
    for entry in sorted({e for e, _ in moved}):
        twin = _twin(shape, entry, name)
        if twin is not None:
            _merge(shape, entry, twin, number)


def _twin(shape: Shape, entry: int, name: str) -> int | None:
    """Another believed entry with the same key, where ``name`` is part of that key."""
    for key in shape.keys:
        if name not in key:
            continue
        columns = [shape.columns_of(f)[0] for f in key]
        same = " AND ".join(f"o.{c} = v.{c}" for c in columns)
        found = sql.fetch(
            f'SELECT o.entry_id FROM "{shape.table}" v JOIN "{shape.table}" o ON {same}'
            f" AND o.entry_id <> v.entry_id AND o.removed_in IS NULL"
            f" WHERE v.removed_in IS NULL AND v.entry_id = %s LIMIT 1",
            [entry],
        )
        if found:
            return int(found[0][0])
    return None


def _users(slug: str) -> list[tuple[Shape, str]]:
    """Tables and columns that refer to this ledger."""
    return [(s, c) for s in SHAPES for c, target in s.refs.items() if target == slug]


def correct(slug: str, entry: int, values: dict[str, Any], *, by: Author) -> Change:
    """Replace facts of the whole entry, such as a mistyped key, in every version believed of it."""
    shape = SHAPES[slug]
    unknown = set(values) - set(shape.whole)
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not facts of the whole entry of {slug!r}")
    with recording(kind="correct", ledger=slug, by=by) as (change, _):
        rows = believed(shape, [entry])
        if not rows:
            raise Refused(f"系统编号 {entry} 没有现行记录，不能更正。")
        start = len(FRAME)
        adds = [
            (
                e,
                (
                    *v[:start],
                    *(values.get(f, held) for f, held in zip(shape.fields, v[start:], strict=True)),
                ),
            )
            for _, e, v in rows
        ]
        close(shape, [vid for vid, _, _ in rows], change.number)
        write(Edit(shape=shape, adds=adds), change.number)
    return change
