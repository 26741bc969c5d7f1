"""Mending single entries of a batch: annul a wrong one, merge two for one thing, correct a key."""

from collections import defaultdict
from typing import Any

from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.history.models import Change
from gongjian.history.record import FRAME_COLUMNS, Author, Edit, close, recording, write
from gongjian.history.shapes import FRAME, SHAPES, Secret, Shape
from gongjian.history.timeline import Timeline, VersionTuple, joined

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
        users = [s for s, column in _users(slug) if believed(s, [entry], column)]
        if users:
            names = "、".join(dict.fromkeys(str(s.entry_model._meta.verbose_name) for s in users))
            raise Refused(f"系统编号 {entry} 仍被{names}台账引用，请先处理这些记录。")
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
    lines = [Timeline.of(shape, (version for _, _, version in rows)) for rows in (kept, gone)]
    renamed = _Renaming(shape, shape.slug, duplicate, survivor)
    versions = [renamed(survivor, version) for version in joined(*lines).versions()]
    _replace(shape, [*gone, *kept], [(survivor, version) for version in versions], number)
    _repoint_all(shape.slug, duplicate, survivor, number)


def _replace(
    shape: Shape, old: list[Stored], new: list[tuple[int, VersionTuple]], number: int
) -> None:
    """Believe ``new`` instead of ``old``; what is in both stays untouched."""
    same = {(entry, version) for _, entry, version in old} & set(new)
    close(shape, [vid for vid, entry, version in old if (entry, version) not in same], number)
    write(Edit(shape=shape, adds=[row for row in new if row not in same]), number)


def _repoint_all(slug: str, old: int, new: int, number: int) -> None:
    """Let whatever referred to ``old`` refer to ``new``."""
    for shape in SHAPES:
        columns = [column for column, target in shape.refs.items() if target == slug]
        rows = [row for column in columns for row in believed(shape, [old], column)]
        entries = sorted({entry for _, entry, _ in rows})
        held: dict[int, list[Stored]] = defaultdict(list)
        for row in believed(shape, entries):
            held[row[1]].append(row)
        for entry in entries:
            _repoint(_Renaming(shape, slug, old, new), held[entry], number)


class _Renaming:
    """Puts one entry in the place of another wherever a version refers to it."""

    def __init__(self, shape: Shape, slug: str, old: int, new: int) -> None:
        self.shape = shape
        self.slug = slug
        self.old = old
        self.new = new
        self.at = [
            len(FRAME) + i
            for i, name in enumerate(shape.fields)
            if shape.refs.get(shape.columns_of(name)[0]) == slug
        ]

    @property
    def in_keys(self) -> bool:
        """May entries become one by this?"""
        names = {self.shape.fields[i - len(FRAME)] for i in self.at}
        return any(names & set(key) for key in self.shape.keys)

    def __call__(self, entry: int, version: VersionTuple) -> VersionTuple:
        values = list(version)
        for i in self.at:
            if values[i] == self.old:
                values[i] = self.new
            if values[i] == entry and self.shape.slug == self.slug:
                values[i] = None
        return tuple(values)


def _repoint(renamed: _Renaming, rows: list[Stored], number: int) -> None:
    """Rename in one entry; where its key is then another's, the two are merged."""
    shape, entry = renamed.shape, rows[0][1]
    versions = [renamed(entry, version) for _, _, version in rows]
    twin = _twin(shape, entry, versions[-1]) if renamed.in_keys else None
    if twin is None:
        _replace(shape, rows, [(entry, version) for version in versions], number)
        return
    kept = believed(shape, [twin])
    stays = Timeline.of(shape, (version for _, _, version in kept))
    both = joined(stays, Timeline.of(shape, versions)).versions()
    _replace(shape, [*rows, *kept], [(twin, version) for version in both], number)
    _repoint_all(shape.slug, entry, twin, number)


def _twin(shape: Shape, entry: int, version: VersionTuple) -> int | None:
    """Another believed entry with the key of this version."""
    values = dict(zip(shape.fields, version[len(FRAME) :], strict=True))
    for key in shape.keys:
        held = [values[f].blind if isinstance(values[f], Secret) else values[f] for f in key]
        same = " AND ".join(f'"{shape.columns_of(f)[0]}" = %s' for f in key)
        found = sql.fetch(
            f'SELECT entry_id FROM "{shape.table}" WHERE removed_in IS NULL AND {same}'
            " AND entry_id <> %s LIMIT 1",
            [*held, entry],
        )
        if found:
            return int(found[0][0])
    return None


def _users(slug: str) -> list[tuple[Shape, str]]:
    """Tables and columns that refer to this ledger."""
    return [(s, c) for s in SHAPES for c, target in s.refs.items() if target == slug]


def correct(slug: str, entry: int, values: dict[str, Any], *, by: Author) -> Change:
    """Replace facts of the whole entry, such as a mistyped key, in every version believed of it.

    Raises Refused where another entry has that key already.
    """
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
        twin = _twin(shape, entry, adds[-1][1])
        if twin is not None:
            raise Refused(f"系统编号 {twin} 已用着这个代码或号码，请核对，或把两条记录合并。")
        _replace(shape, rows, adds, change.number)
    return change
