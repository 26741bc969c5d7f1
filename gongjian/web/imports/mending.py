"""What a person does to the rows of a paper: mend cells, set rows aside, look at whole numbers."""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import Refused
from gongjian.history import trail
from gongjian.history.keys import field_keys
from gongjian.ledgers.cells import Raw
from gongjian.ledgers.cells.raw import MAX_LENGTH
from gongjian.web.imports import checking, rows, sheets
from gongjian.web.imports.actions import CHECK, alter, hand_in, held
from gongjian.web.imports.models import Aside, Finding, Mend, Paper

Cell = tuple[int, str]
"""Row and header."""

_SEEN: Final = "imports.seen"


class Overtaken(Refused):
    """A cell is no longer what whoever mends it was looking at; ``cells`` says which."""

    def __init__(self, cells: list[Cell]) -> None:
        self.cells = cells
        row, header = cells[0]
        super().__init__(
            f"第 {row} 行“{header}”在别的窗口里刚改过，和您看到的不一样；请看过现在的内容再改。"
        )


def mend(
    paper: Paper, actor: Actor, cells: dict[Cell, str], seen: dict[Cell, str] | None = None
) -> None:
    """Write cells anew: (row, header) → text, empty to clear; the rows are checked at once.

    ``seen`` are the marks (``mark_of``) of the cells as they were looked at. Raises Overtaken
    where one is another by now; Refused for a row or column that is not there, and for too long
    a text.
    """
    headers = {c.header for c in sheets.ledger_of(paper).all_columns}
    for (row, header), text in cells.items():
        if header not in headers:
            raise Refused(f"没有“{header}”这一列，请刷新页面后再改。")
        if len(text) > MAX_LENGTH:
            raise Refused(f"第 {row} 行“{header}”超过 {MAX_LENGTH} 个字，请缩短。")
    numbers = {row for row, _ in cells}
    with rows.opened(paper) as table:
        for row in sorted(numbers):
            if not table.has(row):
                raise Refused(f"表里没有第 {row} 行，请刷新页面后再改。")
    with held(paper):
        if seen:
            _require_as_seen(paper, seen)
        for (row, header), text in cells.items():
            Mend.objects.update_or_create(
                paper=paper, row=row, header=header, defaults={"sealed": rows.sealed(text)}
            )
        alter(paper, numbers)
    _check(paper, actor)


def mark_of(paper: Paper, raw: Raw, row: int, header: str) -> str:
    """What a cell said, as a mark that tells nothing of it: equal as long as the cell is."""
    text = "" if raw is None else str(raw)
    return field_keys().blind(f"{paper.pk}\0{row}\0{header}\0{text}", _SEEN).hex()[:16]


def _require_as_seen(paper: Paper, seen: dict[Cell, str]) -> None:
    now_there = cells_of(paper, seen)
    moved = [cell for cell, mark in seen.items() if mark != mark_of(paper, now_there[cell], *cell)]
    if moved:
        raise Overtaken(moved)


def cells_of(paper: Paper, cells: Collection[Cell]) -> dict[Cell, Raw]:
    """What these cells say now; None where one is not there."""
    table = rows.rows_of(paper, {row for row, _ in cells})
    at = {number: i for i, number in enumerate(table.row_numbers)}
    return {
        (row, header): table.cells[header][at[row]] if row in at and header in table.cells else None
        for row, header in cells
    }


def set_aside(paper: Paper, actor: Actor, numbers: Iterable[int]) -> int:
    """Keep rows out of this import; they wait in 待改. How many of ``numbers`` there are."""

    def aside(found: set[int]) -> None:
        Aside.objects.bulk_create(
            (Aside(paper=paper, row=row) for row in sorted(found)), ignore_conflicts=True
        )

    return _move(paper, actor, numbers, aside)


def bring_back(paper: Paper, actor: Actor, numbers: Iterable[int]) -> int:
    """Take rows from 待改 into the import again. How many of ``numbers`` there are."""

    def back(found: set[int]) -> None:
        paper.asides.filter(row__in=found).delete()

    return _move(paper, actor, numbers, back)


def _move(
    paper: Paper, actor: Actor, numbers: Iterable[int], move: Callable[[set[int]], None]
) -> int:
    with rows.opened(paper) as table:
        found = {number for number in numbers if table.has(number)}
    with held(paper):
        move(found)
        alter(paper, found)
    _check(paper, actor)
    return len(found)


def _check(paper: Paper, actor: Actor) -> None:
    if not checking.check_again(paper, actor):
        hand_in(paper, CHECK, "检查")


def bad_rows(paper: Paper) -> list[int]:
    """The rows that have an error."""
    found = Finding.objects.filter(paper=paper, level="error")
    return sorted(set(found.values_list("row", flat=True)))


def reveal(paper: Paper) -> None:
    """Show whole numbers in the bad cells to whoever brought the paper; it goes on the trail."""
    with held(paper):
        if Paper.objects.filter(pk=paper.pk, revealed_at=None).update(revealed_at=now()):
            trail.note(
                "unmask-import",
                {
                    "ledger": paper.ledger,
                    "paper": paper.name,
                    "actor": paper.owner_id,
                    "name": paper.owner.username,
                    "reason": f"导入时改错：{paper.name}",
                    "import": paper.pk,
                },
            )
    paper.refresh_from_db()
