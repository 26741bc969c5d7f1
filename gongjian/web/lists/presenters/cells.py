"""Values of a row as people read them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from django.urls import reverse

from gongjian.core.codes import mask_identity, mask_phone
from gongjian.history.keys import field_keys
from gongjian.ledgers.cells import Count, Money, Percent
from gongjian.ledgers.declare import Column, Identity, Ledger, Ref
from gongjian.web.lists.columns import head_of
from gongjian.web.lists.queries import Listed, Names
from gongjian.web.moment import AsOf
from gongjian.web.text import ABSENT
from gongjian.web.wording.values import plain


class Cell(NamedTuple):
    """One cell: its words, where they lead, the style of its column, whether it is shown in part.

    The style is ``r`` for what is counted, ``num`` for days, else blank.
    """

    text: str
    address: str = ""
    style: str = ""
    masked: bool = False


class Line(NamedTuple):
    """One row of the list; ``mark`` is what its tick box stands for."""

    mark: int
    head: Cell
    below: Cell | None
    cells: tuple[Cell, ...]


@cache
def _records(slug: str) -> str:
    """The address of every record of a ledger, up to its number."""
    return reverse("record", args=[slug, 0]).removesuffix("0/")


_Write = Callable[[dict[str, Any]], Cell]

_BLANK: Final = Cell(ABSENT)


class Scribe:
    """Writes the cells of one ledger.

    ``leads`` says of an entry of another ledger, by both, whether the reader may open its record.
    """

    def __init__(
        self,
        ledger: Ledger,
        names: Names,
        asof: AsOf,
        leads: Callable[[str, int], bool] = lambda _to, _entry: True,
    ) -> None:
        self._ledger = ledger
        self._leads = leads
        self._names = names
        self._query = asof.query()

    def lines(self, rows: Sequence[Listed], fields: Sequence[str]) -> list[Line]:
        """The rows with the chosen columns."""
        head = head_of(self._ledger)
        main, own = self._writer(head.main), _records(self._ledger.slug)
        below = None if head.below is None else self._writer(head.below)
        writers = [self._writer(self._ledger.by_field[name]) for name in fields]
        return [
            Line(
                entry,
                Cell(main(values).text, f"{own}{entry}/{self._query}"),
                below and below(values),
                tuple([write(values) for write in writers]),
            )
            for entry, values, _ in rows
        ]

    def cell(self, column: Column, values: dict[str, Any]) -> Cell:
        """One value in words."""
        return self._writer(column)(values)

    def _writer(self, column: Column) -> _Write:
        """What makes a cell of the values of a row."""
        if isinstance(column.kind, Ref):
            return self._reference(column, column.ref)
        name, secret = column.field, self._secret(column) if column.sensitive else None
        style = "r" if isinstance(column.kind, Count | Money | Percent) else ""

        def write(values: dict[str, Any]) -> Cell:
            value = values[name]
            if value is None:
                return _BLANK
            if secret is not None:
                return Cell(secret(value.sealed), masked=True)
            return Cell(plain(column, value), style=style or ("num" if _day(value) else ""))

        return write

    def _reference(self, column: Column, ref: Ref) -> _Write:
        name, to, names, query = column.field, ref.to, self._names, self._query
        leads = self._leads
        # Who stands above is as a rule outside the scope: its record would not be there.
        records = "" if to == self._ledger.slug else _records(to)

        def write(values: dict[str, Any]) -> Cell:
            entry = values[name]
            if entry is None:
                return Cell((values[ref.or_text] if ref.or_text else None) or ABSENT)
            address = f"{records}{entry}/{query}" if records and leads(to, entry) else ""
            return Cell(names.get((to, entry), ABSENT), address)

        return write

    def _secret(self, column: Column) -> Callable[[bytes], str]:
        keys, label = field_keys(), f"{self._ledger.slug}.{column.field}"
        mask = mask_identity if isinstance(column.kind, Identity) else mask_phone
        return lambda sealed: mask(keys.open(sealed, label))


def _day(value: Any) -> bool:
    return isinstance(value, date)
