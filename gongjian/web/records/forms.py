"""Forms of one entry, made from the declaration of its ledger; what they say is an import's row."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django import forms

from gongjian.history.keys import field_keys
from gongjian.history.shapes import FRAME, Secret
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.cells import CLEAR_WORD, Choice, Count, Day, Money, Percent, YesNo
from gongjian.ledgers.declare import Column, Ledger, Ref, Role, Timing
from gongjian.ledgers.filling import EFFECTIVE, Texts
from gongjian.ledgers.lookup import References
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.reading import Table
from gongjian.ledgers.writing import percent_text, spreadsheet_day
from gongjian.reporting.late import UNSAID

WHY: Final = "why"


class Mode(StrEnum):
    """What a form is for.

    NEW      an entry that is not recorded yet
    CHANGE   something became different on a day: what held before stays
    CORRECT  something was recorded wrongly: it is replaced from the day for which it was told
    """

    NEW = "new"
    CHANGE = "change"
    CORRECT = "correct"


TITLES: Final = {Mode.NEW: "新增", Mode.CHANGE: "变更", Mode.CORRECT: "更正"}


def columns_of(ledger: Ledger, mode: Mode) -> list[Column]:
    """The columns that a form of this kind asks for, in the order of the paper."""
    if mode is Mode.NEW:
        return list(ledger.columns)
    if mode is Mode.CORRECT:
        return [c for c in ledger.columns if c.role is not Role.EFFECTIVE]
    lasting = ledger.column_of(Role.EFFECTIVE) is not None
    return [c for c in ledger.columns if c.role is Role.ENDS or (lasting and _changes(c))]


def _changes(column: Column) -> bool:
    return column.role is Role.EFFECTIVE or (
        column.role is Role.VALUE and column.timing in (Timing.DATED, Timing.ENDING)
    )


class Cell(forms.CharField):
    """A cell as text; whether it is right the import says."""

    def validate(self, value: Any) -> None:
        """Everything passes."""


class EntryForm(forms.Form):
    """The cells of one row, and why."""

    use_required_attribute = False

    def __init__(
        self, ledger: Ledger, mode: Mode, initial: Texts, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data=data, initial=dict(initial))
        self.ledger, self.mode = ledger, mode
        for column in columns_of(ledger, mode):
            self.fields[column.field] = _cell(column, mode)
        why = forms.CharField(
            label="原因" if mode is Mode.CORRECT else "说明",
            required=mode is Mode.CORRECT,
            max_length=500,
            error_messages={"required": "更正必须写明原因，例如“批复文号抄错”。"},
            help_text="会记入变更，供以后核对。",
        )
        self.fields[WHY] = why

    def texts(self) -> Texts:
        """What was sent, by field; only after ``is_valid``."""
        return {n: str(self.cleaned_data.get(n, "")) for n in self.fields if n != WHY}

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get(WHY, ""))

    def ask_why(self, *, unsaid: bool) -> None:
        """Ask for the reason, for locked months are reached; ``unsaid``: it was left empty."""
        self.fields[WHY].required, self[WHY].label = True, "理由"
        if unsaid:
            self.add_error(WHY, UNSAID)


def _cell(column: Column, mode: Mode) -> Cell:
    required = column.required
    if column.role is Role.EFFECTIVE:
        required = mode is Mode.CHANGE
    return Cell(
        label=column.header, required=required, help_text=column.help, widget=_widget(column)
    )


def _widget(column: Column) -> forms.Widget:
    kind = column.kind
    if isinstance(kind, YesNo):
        return forms.Select(choices=[("", "未填"), ("是", "是"), ("否", "否")])
    if isinstance(kind, Choice):
        names = {v: f"{v} {w}" for w, v in kind.synonyms.items() if len(v) == 1}
        listed = [(v, names.get(v, v)) for v in kind.values]
        return forms.Select(choices=[("", "未填"), *listed])
    if isinstance(kind, Day):
        return forms.DateInput(attrs={"type": "date"})
    if isinstance(kind, Count):
        return forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.TextInput(attrs={"autocomplete": "off"})


# ------------------------------------------------------------------ what is recorded, as cells


def written(ledger: Ledger, versions: list[VersionTuple], day: date, refs: References) -> Texts:
    """The version of a day as a row of the import would say it; nothing without versions."""
    begun = [v for v in versions if v[0] <= day] or versions[:1]
    if not begun:
        return {}
    version = begun[-1]
    values = dict(zip(ledger.shape.fields, version[len(FRAME) :], strict=True))
    closed = [v[1] for v in versions if v[2] == version[2]][-1]
    cells = values | {"opened": version[2], "closed": closed, "effective": version[0]}
    if ledger.told is not None:
        cells = [*ledger.told(cells)][-1]
    if closed is not None and ledger.ends is not None and ledger.ends.inclusive:
        cells["closed"] = date.fromordinal(closed.toordinal() - 1)
    return {c.field: _written(ledger, c, cells, refs) for c in ledger.columns}


def _written(ledger: Ledger, column: Column, cells: dict[str, Any], refs: References) -> str:
    value = cells.get(column.field)
    kind = column.kind
    if isinstance(kind, Ref):
        target = refs.get(kind.to, value)
        beside = str(cells.get(kind.or_text) or "") if kind.or_text else ""
        return (target.code or target.name) if target is not None else beside
    if value is None or value == "" or column.role is Role.EFFECTIVE:
        return ""
    if isinstance(value, Secret):
        plain = field_keys().open(value.sealed or b"", f"{ledger.slug}.{column.field}")
        return masked(column, plain)
    if column.role is Role.STARTS and value == ledger.opens_by and not spreadsheet_day(value):
        return ""
    return _plain(kind, value)


def _plain(kind: Any, value: Any) -> str:
    if isinstance(kind, YesNo):
        return "是" if value else "否"
    if isinstance(kind, Money):
        return f"{value // 100}.{value % 100:02}"
    if isinstance(kind, Percent):
        return percent_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


# ------------------------------------------------------------------ what was filled in


def edits(before: Texts, sent: Texts) -> Texts:
    """What somebody wrote that was not there; an emptied cell says 清空."""
    changed = {n: text for n, text in sent.items() if text.strip() != before.get(n, "")}
    return {n: text.strip() or CLEAR_WORD for n, text in changed.items() if n != EFFECTIVE}


def table_of(rows: list[Texts]) -> Table:
    """Rows by header as the table that reading them from a file would give."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return Table(
        sheet=None,
        header_row=None,
        other_sheets=[],
        ignored_columns=[],
        totals_skipped=0,
        row_numbers=list(range(1, len(rows) + 1)),
        cells={head: [row.get(head) for row in rows] for head in heads},
        positions={head: i for i, head in enumerate(heads)},
        width=len(heads),
    )
