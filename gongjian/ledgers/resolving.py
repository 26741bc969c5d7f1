"""Words in cells → entries: other ledgers first, the file's own new entries after."""

from collections.abc import Callable, Iterable
from datetime import date

from gongjian.ledgers.cells import shown
from gongjian.ledgers.declare import Column, Ledger, Ref
from gongjian.ledgers.lookup import References, Span, Target
from gongjian.ledgers.matching import Group
from gongjian.ledgers.rows import Problem, Row


def resolve(ledger: Ledger, rows: list[Row], refs: References, *, own: bool) -> None:
    """Turn the words of reference columns into ids; ``own`` picks those to the same ledger."""
    columns = [c for c in ledger.ref_columns if (c.ref.to == ledger.slug) is own]
    for column in columns:
        words = [row.tokens[column.field] for row in rows if column.field in row.tokens]
        refs.find(column.ref.to, words)
    for row in rows:
        for column in columns:
            word = row.tokens.get(column.field)
            if word is not None:
                _settle(column, row, word, refs)


def _settle(column: Column, row: Row, word: str, refs: References) -> None:
    kind = column.ref
    found = refs.meaning(kind.to, word)
    if len(found) != 1:
        _unclear(column, kind, row, word, found)
        return
    (target,) = found
    row.cells[column.field] = target.id
    if kind.or_text:
        row.cells[kind.or_text] = None


def _unclear(column: Column, kind: Ref, row: Row, word: str, found: list[Target]) -> None:
    if found:
        codes = "、".join(t.code or f"系统编号 {t.id}" for t in found[:5])
        message = f"叫“{shown(word)}”的有 {len(found)} 个（{codes}），请改填代码。"
    elif kind.or_text:
        row.cells[kind.or_text] = word
        row.cells[column.field] = None
        row.warn(
            column.header,
            "rule",
            f"台账中没有“{shown(word)}”，先按文字保存；建账后请改填代码或全称。",
        )
        return
    else:
        message = f"没有找到“{shown(word)}”，请核对代码或全称，或先导入它所在的台账。"
    row.error(column.header, kind.unknown, message)


def add_fresh(ledger: Ledger, groups: Iterable[Group], refs: References) -> None:
    """Let the file's new entries be referred to by its own rows."""
    if not any(c.ref.to == ledger.slug for c in ledger.ref_columns):
        return
    for group in groups:
        if group.entry < 0:
            row = group.rows[0]
            cells = row.cells
            span = Span(
                cells.get("opened") or date.min,
                None,
                str(cells.get(ledger.name) or ""),
                cells.get(ledger.place),
                cells,
            )
            target = Target(ledger.slug, group.entry, cells.get(ledger.code), [span])
            target.standing = refs.standing_of(ledger, group.entry, span.place)
            refs.add_fresh(target)


def refuse_dead(
    ledger: Ledger, rows: Iterable[Row], dead: set[int], problem: Callable[[Row, Column], Problem]
) -> list[Row]:
    """Rows that refer to new entries which will not be written after all."""
    hit: list[Row] = []
    for row in rows:
        for column in ledger.ref_columns:
            if column.ref.to == ledger.slug and row.cells.get(column.field) in dead and not row.bad:
                row.problems.append(problem(row, column))
                hit.append(row)
    return hit
