"""Taking changes back: the state before them is restored by a new change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.history.models import Change
from gongjian.history.record import FRAME_COLUMNS, Author, newest, recording
from gongjian.history.shapes import SHAPES, Shape

Touched = dict[str, list[int]]
"""Ledger slug → ids of the entries a change touched."""


class Blocked(Refused):
    """Later changes stand in the way; ``blocking`` names them, oldest first."""

    def __init__(self, number: int, blocking: list[int], *, undone: bool = False) -> None:
        self.blocking = blocking
        names = "、".join(str(n) for n in blocking)
        if undone:
            sentence = f"变更 {number} 已由变更 {names} 撤销，不必再撤；撤销变更 {names} 会恢复它。"
        else:
            sentence = (
                f"变更 {number} 不能撤销：其后的变更 {names} 动过或引用了同样的记录，"
                f"请先从新到旧撤销这些变更。"
            )
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Effect:
    """Which changes are in force, given who undid whom."""

    undoes: dict[int, int]
    undone: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Whoever undoes came later: from the newest on, each verdict stands on settled ones."""
        undone: set[int] = set()
        for number in sorted(self.undoes, reverse=True):
            if number not in undone:
                undone.add(self.undoes[number])
        object.__setattr__(self, "undone", frozenset(undone))

    def holds(self, number: int) -> bool:
        """Not undone, or undone by something that was itself undone."""
        return number not in self.undone

    def undoing(self, number: int) -> list[int]:
        """The changes in force that undid ``number``."""
        return [u for u, target in self.undoes.items() if target == number and self.holds(u)]

    def counts_after(self, number: int, start: int) -> bool:
        """Does ``number`` still bear on the state after ``start``? A pair that cancels does not."""
        target = self.undoes.get(number)
        cancels = target is not None and target > start
        return self.holds(number) and not cancels


def undo(number: int, *, by: Author, allow: Callable[[Touched], None] | None = None) -> Change:
    """Restore what change ``number`` altered, as one new change.

    ``allow`` sees the touched entries and raises where the person may not do this.
    Raises Blocked with the changes in the way, Refused where there is no such change.
    """
    target = Change.objects.filter(pk=number).first()
    if target is None:
        raise Refused(f"没有编号为 {number} 的变更，请核对变更编号。")
    with recording(kind="undo", ledger=target.ledger, by=by, undoes=number) as (change, _):
        touched = touched_by(number)
        if allow is not None:
            allow(touched)
        effect = _effect(change.number)
        if not effect.holds(number):
            raise Blocked(number, effect.undoing(number), undone=True)
        blocking = _blockers(number, touched, effect, before=change.number)
        if blocking:
            raise Blocked(number, blocking)
        for slug, entries in touched.items():
            restore(SHAPES[slug], entries, number, change.number)
        clashes = _key_clashes(touched, number) or _lost(touched)
        if clashes:
            raise Blocked(number, clashes)
    return change


def touched_by(number: int) -> Touched:
    """Entries with a row that change ``number`` added or removed."""
    found: Touched = {}
    for shape in SHAPES:
        rows = sql.fetch(
            f'SELECT entry_id FROM "{shape.table}" WHERE added_in = %s'
            f' UNION SELECT entry_id FROM "{shape.table}" WHERE removed_in = %s',
            [number, number],
        )
        if rows:
            found[shape.slug] = [entry for (entry,) in rows]
    return found


def in_the_way(number: int) -> list[int]:
    """The changes that must be taken back before ``number``, oldest first.

    A key that went to another entry meanwhile is found only by ``undo`` itself.
    """
    now = newest() + 1
    return _blockers(number, touched_by(number), _effect(now), before=now)


def order_of_undoing(number: int, most: int) -> list[int]:
    """``number`` and all that stands in its way, newest first: the order to take them back in.

    Raises Refused where they are more than ``most``.
    """
    found, waiting = {number}, [number]
    while waiting:
        fresh = set(in_the_way(waiting.pop())) - found
        found |= fresh
        waiting += fresh
        if len(found) > most:
            raise Refused(
                f"压着变更 {number} 的后续变更超过 {most - 1} 个，请改用更正，或从新到旧逐个撤销。"
            )
    return sorted(found, reverse=True)


def undone_by(numbers: Iterable[int], known: int | None = None) -> dict[int, int]:
    """Of ``numbers`` those not in force, each with the newest change that took it back.

    In force when ``known`` was the newest change; None: now.
    """
    effect = _effect((newest() if known is None else known) + 1)
    undone = {n: effect.undoing(n) for n in numbers if not effect.holds(n)}
    return {n: max(by) for n, by in undone.items()}


def _effect(before: int) -> Effect:
    pairs = Change.objects.filter(undoes__isnull=False, number__lt=before)
    return Effect(dict(pairs.values_list("number", "undoes_id")))


def _blockers(number: int, touched: Touched, effect: Effect, *, before: int) -> list[int]:
    """Later changes in force that touched the same entries or refer to them."""
    later: set[int] = set()
    for slug, entries in touched.items():
        later |= _later_touches(SHAPES[slug], entries, number)
        later |= _later_references(slug, entries, number)
    return sorted(n for n in later if n < before and effect.counts_after(n, number))


def _later_touches(shape: Shape, entries: list[int], number: int) -> set[int]:
    found: set[int] = set()
    for column in ("added_in", "removed_in"):
        query = f'SELECT DISTINCT {column} FROM "{shape.table}" WHERE {column} > {int(number)} AND'
        found |= {n for (n,) in sql.stream_in(query, "entry_id", entries)}
    return found


def _later_references(slug: str, entries: list[int], number: int) -> set[int]:
    found: set[int] = set()
    for shape in SHAPES:
        for column, target in shape.refs.items():
            if target == slug:
                query = (
                    f'SELECT DISTINCT added_in FROM "{shape.table}"'
                    f" WHERE added_in > {int(number)} AND"
                )
                found |= {n for (n,) in sql.stream_in(query, column, entries)}
    return found


def restore(shape: Shape, entries: Iterable[int], number: int, change: int) -> None:
    """Bring back, under ``change``, what was believed of ``entries`` before ``number``."""
    ids = list(entries)
    columns = ", ".join(f'"{c}"' for c in (*FRAME_COLUMNS[1:], *shape.columns))
    ((top,),) = sql.fetch(f'SELECT MAX(vid) FROM "{shape.table}"')
    for batch in sql.chunks(ids):
        sql.run(
            f'INSERT INTO "{shape.table}" (vid, {columns}, added_in)'
            f" SELECT %s + ROW_NUMBER() OVER (ORDER BY vid), {columns}, %s"
            f' FROM "{shape.table}" WHERE added_in < %s AND removed_in >= %s'
            f" AND {sql.in_list('entry_id')} ORDER BY vid",
            [top or 0, change, number, number, sql.as_list(batch)],
        )
        ((top,),) = sql.fetch(f'SELECT MAX(vid) FROM "{shape.table}"')
    sql.run_in(
        f'UPDATE "{shape.table}" SET removed_in = {int(change)} WHERE removed_in IS NULL'
        f" AND added_in >= {int(number)} AND added_in < {int(change)} AND",
        "entry_id",
        ids,
    )


def _key_clashes(touched: Touched, number: int) -> list[int]:
    """Changes after ``number`` that gave a restored key to another entry meanwhile."""
    found: set[int] = set()
    for slug, entries in touched.items():
        shape = SHAPES[slug]
        for key in shape.keys:
            columns = [c for f in key for c in shape.columns_of(f)[:1]]
            same = " AND ".join(f"o.{c} = v.{c}" for c in columns)
            query = (
                f'SELECT DISTINCT o.added_in FROM "{shape.table}" v JOIN "{shape.table}" o'
                f" ON {same} AND o.entry_id <> v.entry_id AND o.removed_in IS NULL"
                f" AND o.added_in > {int(number)} AND o.added_in < (SELECT change + 1 FROM"
                f" history_head) WHERE v.removed_in IS NULL AND"
            )
            found |= {n for (n,) in sql.stream_in(query, "v.entry_id", entries)}
    return sorted(found)


def _lost(touched: Touched) -> list[int]:
    """Changes that took away what restored entries refer to."""
    found: set[int] = set()
    for slug, entries in touched.items():
        shape = SHAPES[slug]
        for column, target in shape.refs.items():
            table = SHAPES[target].table
            there = f'SELECT 1 FROM "{table}" t WHERE t.entry_id = v."{column}"'
            query = (
                f'SELECT DISTINCT (SELECT MAX(removed_in) FROM "{table}" r'
                f' WHERE r.entry_id = v."{column}") FROM "{shape.table}" v'
                f' WHERE v.removed_in IS NULL AND v."{column}" IS NOT NULL'
                f" AND NOT EXISTS ({there} AND t.removed_in IS NULL) AND"
            )
            found |= {n for (n,) in sql.stream_in(query, "v.entry_id", entries)}
    return sorted(found)
