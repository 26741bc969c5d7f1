"""Values of a row as people read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gongjian.core.codes import mask_identity, mask_phone
from gongjian.core.crypto import FieldKeys
from gongjian.employers.enums import INDUSTRIES
from gongjian.history.keys import field_keys
from gongjian.ledgers.cells import Count, Money, Percent, YesNo
from gongjian.ledgers.declare import Column, Identity, Ledger, Ref
from gongjian.ledgers.writing import percent_text
from gongjian.web.lists.columns import head_of
from gongjian.web.lists.queries import Listed, Names
from gongjian.web.moment import AsOf
from gongjian.web.text import ABSENT


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, where they lead, whether it is a number or shown in part."""

    text: str
    address: str = ""
    number: bool = False
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list; ``mark`` is what its tick box stands for."""

    mark: int
    head: Cell
    below: Cell | None
    cells: tuple[Cell, ...]


class Scribe:
    """Writes the cells of one ledger."""

    def __init__(self, ledger: Ledger, names: Names, asof: AsOf) -> None:
        self._ledger = ledger
        self._names = names
        self._query = asof.query()
        self._keys: FieldKeys | None = None

    def lines(self, rows: Sequence[Listed], fields: Sequence[str]) -> list[Line]:
        """The rows with the chosen columns."""
        head = head_of(self._ledger)
        columns = [self._ledger.by_field[name] for name in fields]
        return [self._line(row, head.main, head.below, columns) for row in rows]

    def _line(self, row: Listed, main: Column, below: Column | None, columns: list[Column]) -> Line:
        said = self.cell(main, row.values)
        head = Cell(said.text, self._record(self._ledger.slug, row.entry))
        under = None if below is None else self.cell(below, row.values)
        return Line(row.entry, head, under, tuple(self.cell(c, row.values) for c in columns))

    def cell(self, column: Column, values: dict[str, Any]) -> Cell:
        """One value in words."""
        value = values[column.field]
        if isinstance(column.kind, Ref):
            return self._reference(column, value, values)
        if value is None:
            return Cell(ABSENT)
        if column.sensitive:
            return Cell(self._masked(column, value.sealed), masked=True)
        if isinstance(column.kind, Count | Money | Percent):
            return Cell(_number(column, value), number=True)
        return Cell(_word(column, value), number=isinstance(value, date))

    def _reference(self, column: Column, entry: int | None, values: dict[str, Any]) -> Cell:
        to = column.ref.to
        if entry is None:
            text = values[column.ref.or_text] if column.ref.or_text else None
            return Cell(text or ABSENT)
        # Who stands above is as a rule outside the scope: its record would not be there.
        address = "" if to == self._ledger.slug else self._record(to, entry)
        return Cell(self._names.get((to, entry), ABSENT), address)

    def _record(self, slug: str, entry: int) -> str:
        return reverse("record", args=[slug, entry]) + self._query

    def _masked(self, column: Column, sealed: bytes) -> str:
        self._keys = self._keys or field_keys()
        mask: Callable[[str], str] = (
            mask_identity if isinstance(column.kind, Identity) else mask_phone
        )
        return mask(self._keys.open(sealed, f"{self._ledger.slug}.{column.field}"))


def _number(column: Column, value: int) -> str:
    if isinstance(column.kind, Money):
        return f"{value / 100:,.2f}"
    return percent_text(value) if isinstance(column.kind, Percent) else f"{value:,}"


def _word(column: Column, value: Any) -> str:
    if isinstance(column.kind, YesNo):
        return "是" if value else "否"
    if column.field == "industry":
        return f"{value} {INDUSTRIES[value]}"
    return value.isoformat() if isinstance(value, date) else str(value)
