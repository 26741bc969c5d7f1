"""One column for many rows: the field of the record's form, and from which day it holds."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from gongjian.ledgers.cells import CLEAR_WORD, Day, is_clear
from gongjian.ledgers.declare import Column, Identity, Ledger, Ref, Role, Timing
from gongjian.ledgers.filling import EFFECTIVE
from gongjian.web.records.forms import EntryForm, Mode
from gongjian.web.records.forms import columns_of as columns_of_change

_WITH_THEIR_DAY: Final = {"status": "status_since"}
"""A standing that is told with a day of its own: the day of the change."""


def columns_of(ledger: Ledger) -> list[Column]:
    """Columns that may say the same of many rows: no names, codes, secrets, ends or days."""
    if ledger.column_of(Role.EFFECTIVE) is None:
        return []
    apart = {ledger.name, ledger.code, *_WITH_THEIR_DAY.values(), "status_reason"}
    return [
        c
        for c in columns_of_change(ledger, Mode.CHANGE)
        if c.role is Role.VALUE
        and c.timing is Timing.DATED
        and not (c.sensitive or c.since or c.field in apart)
        and not isinstance(c.kind, Day | Identity)
    ]


class ChangeForm(EntryForm):
    """The new value of ``column`` and its day."""

    def __init__(self, ledger: Ledger, column: Column, data: Mapping[str, Any] | None) -> None:
        super().__init__(ledger, Mode.CHANGE, {}, data)
        self.column = column
        self.fields = {name: self.fields[name] for name in (column.field, EFFECTIVE)}
        self.fields[EFFECTIVE].help_text = "从这一天起是新的值，此前的值照旧保留。"
        for field in self.fields.values():
            field.required = True  # so it is labelled; ``clean`` says what is missing
        value = self.fields[column.field]
        value.label = f"新的{column.header}"
        if isinstance(value.widget, forms.Select):
            clears = [] if column.required else [(CLEAR_WORD, "清空（去掉已有的内容）")]
            value.widget.choices = [("", "请选择"), *list(value.widget.choices)[1:], *clears]
        elif not column.required:
            value.help_text = f"{value.help_text} 要去掉已有的内容，请填“清空”。".strip()

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with the value and the day, as the import would of a cell."""
        said = self.texts()
        self._read(self.column, said[self.column.field])
        self._read(self.ledger.by_field[EFFECTIVE], said[EFFECTIVE])
        return self.cleaned_data

    def _read(self, column: Column, text: str) -> None:
        if not text.strip():
            self.add_error(column.field, f"请填写“{self.fields[column.field].label}”。")
        elif is_clear(text) and (column.required or column.role is Role.EFFECTIVE):
            self.add_error(column.field, f"“{column.header}”不能清空，请填写正确的值。")
        elif not is_clear(text) and not isinstance(column.kind, Ref | Identity):
            for flaw in column.kind.read(text.strip()).flaws:
                if flaw.level == "error":
                    self.add_error(column.field, flaw.message)

    def cells(self) -> dict[str, str]:
        """What every row of the paper says, by header; only after ``is_valid``."""
        said = {name: text.strip() for name, text in self.texts().items()}
        beside = _WITH_THEIR_DAY.get(self.column.field, "")
        if beside in self.ledger.by_field:
            said[beside] = said[EFFECTIVE]
        return {self.ledger.by_field[name].header: text for name, text in said.items()}
