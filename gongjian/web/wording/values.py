"""Values of any ledger in words: by the kind of their column, masked where they are sensitive."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse

from gongjian.core.access import Scope
from gongjian.history.keys import field_keys
from gongjian.history.shapes import FRAME, Secret
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.cells import Choice, Count, Money, Percent, YesNo
from gongjian.ledgers.declare import Column, Ledger, Ref
from gongjian.ledgers.lookup import References
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.writing import percent_text, spreadsheet_day
from gongjian.web.moment import AsOf
from gongjian.web.text import ABSENT

OPENED: Final = "opened"
CLOSED: Final = "closed"
"""Names of the first day of a period and of the first day after it, beside those of fields."""

_LABELS: Final = {"end_status": "终止时的会籍状态", "end_reason": "终止原因"}
"""Names of fields that no column declares: a membership ends by its standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One value as it is shown; ``address`` leads to the entry that it names."""

    label: str
    text: str
    address: str | None = None
    sensitive: bool = False
    name: str = ""


class Words:
    """Says values; entries of other ledgers must be loaded before they can be named.

    ``opened`` are the ledgers whose entries the reader may open; None: all.
    """

    def __init__(
        self,
        refs: References,
        asof: AsOf,
        *,
        unmasked: bool = False,
        opened: Collection[str] | None = None,
    ) -> None:
        self._refs = refs
        self._asof = asof
        self._unmasked = unmasked
        self._opened = opened

    @property
    def scope(self) -> Scope:
        return self._refs.scope

    def load(self, ledger: Ledger, versions: Iterable[VersionTuple]) -> None:
        """Make known whom these versions refer to: a query or two for each other ledger."""
        fields = ledger.shape.fields
        kept = list(versions)
        for column in ledger.ref_columns:
            at = len(FRAME) + fields.index(column.field)
            self._refs.load(column.ref.to, {v[at] for v in kept if v[at] is not None})

    def label(self, ledger: Ledger, name: str) -> str:
        """The header of the column in which a field is written."""
        if name == OPENED:
            return ledger.starts.header
        if name == CLOSED:
            return ledger.ends_header
        column = column_of(ledger, name)
        return column.header if column is not None else _LABELS.get(name, name)

    def text(self, ledger: Ledger, name: str, value: Any) -> str:
        """The value in words; “—” where there is none."""
        if value is None or value == "":
            return ABSENT
        if name in (OPENED, CLOSED):
            return _period_day(ledger, name, value)
        column = ledger.by_field.get(name)
        if column is None:
            return str(value)
        if isinstance(value, Secret):
            return self._secret(ledger, column, value)
        if isinstance(column.kind, Ref):
            return self.name(column.kind.to, value)
        return plain(column, value)

    def said(self, ledger: Ledger, name: str, value: Any) -> Said:
        """The value with its label and, where it names an entry within the scope, the way there."""
        column = ledger.by_field.get(name)
        return Said(
            label=self.label(ledger, name),
            text=self.text(ledger, name, value),
            address=self._address(column, value),
            sensitive=isinstance(value, Secret),
            name=name,
        )

    def name(self, slug: str, entry: int) -> str:
        """What an entry is called now."""
        target = self._refs.get(slug, entry)
        if target is None:
            return f"系统编号 {entry}（已不采信）"
        return target.name or target.code or f"系统编号 {entry}"

    def key(self, ledger: Ledger, name: str, entry: int) -> str:
        """What a cell of the column ``name`` says to name ``entry``: its code, else its name."""
        self._refs.load(ledger.by_field[name].ref.to, [entry])
        target = self._refs.get(ledger.by_field[name].ref.to, entry)
        return (target.code or target.name) if target is not None else str(entry)

    def title(self, ledger: Ledger, version: VersionTuple, *, besides: str = "") -> str:
        """What the entry of this version is called: its name, its code, or whom it ties together.

        ``besides`` is a column that the reader knows already.
        """
        values = dict(zip(ledger.shape.fields, version[len(FRAME) :], strict=True))
        for name in (ledger.name, ledger.code):
            if name and values[name]:
                return str(values[name])
        told = [name for name in ledger.keys[0] if name != besides]
        return " · ".join(self.text(ledger, name, values[name]) for name in told)

    def _address(self, column: Column | None, value: Any) -> str | None:
        if column is None or not isinstance(column.kind, Ref) or not isinstance(value, int):
            return None
        target = self._refs.get(column.kind.to, value)
        if target is None or not self.scope.covers(target.standing):
            return None
        return self.address(column.kind.to, value)

    def address(self, slug: str, entry: int) -> str | None:
        """Where the record of an entry within the scope is; None where it does not open."""
        if self._opened is not None and slug not in self._opened:
            return None
        return reverse("record", args=[slug, entry]) + self._asof.query()

    def _secret(self, ledger: Ledger, column: Column, value: Secret) -> str:
        plain_text = value.plain
        if plain_text is None:
            plain_text = field_keys().open(value.sealed or b"", f"{ledger.slug}.{column.field}")
        return plain_text if self._unmasked else masked(column, plain_text)


def column_of(ledger: Ledger, name: str) -> Column | None:
    """The column in which a field is written, also where it is the text beside a reference."""
    beside = (c for c in ledger.ref_columns if c.ref.or_text == name)
    return ledger.by_field.get(name) or next(beside, None)


def plain(column: Column, value: Any) -> str:
    """A value that is neither secret nor a reference."""
    kind = column.kind
    if isinstance(kind, YesNo):
        return "是" if value else "否"
    if isinstance(kind, Count):
        return f"{value:,}"
    if isinstance(kind, Money):
        return f"{value // 100:,}.{value % 100:02}"
    if isinstance(kind, Percent):
        return percent_text(value)
    if isinstance(kind, Choice) and len(str(value)) == 1:
        # A list of letters, such as the industries: the letter alone says nothing.
        return next((f"{value} {w}" for w, v in kind.synonyms.items() if v == value), str(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _period_day(ledger: Ledger, name: str, value: date) -> str:
    if name == OPENED:
        unsaid = value == ledger.opens_by and not spreadsheet_day(value)
        return "未另定" if unsaid else value.isoformat()
    last_counts = ledger.ends is not None and ledger.ends.inclusive
    return date.fromordinal(value.toordinal() - last_counts).isoformat()
