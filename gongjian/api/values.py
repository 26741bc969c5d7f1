"""Values of any ledger as JSON, and what JSON Schema says of them: both from the declaration."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from gongjian.history.keys import field_keys
from gongjian.history.shapes import FRAME, Secret
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.cells import Choice, Count, Day, Money, Percent, YesNo
from gongjian.ledgers.declare import Column, Ledger, Ref
from gongjian.ledgers.normalise import masked
from gongjian.ledgers.writing import percent_text
from gongjian.web.lists.queries import Names
from gongjian.web.wording.values import CLOSED, OPENED

Plain = dict[str, Any]
Leads = Callable[[str, int], bool]
"""Whether the reader may open an entry of a ledger, given both: only then its number is told."""

_TYPES: Final[Mapping[type, str]] = {Count: "integer", YesNo: "boolean"}


def columns_of(ledger: Ledger) -> tuple[Column, ...]:
    """The columns that a row has values of; the days of its period stand beside them."""
    return tuple(c for c in ledger.columns if c.field in ledger.shape.fields)


# ------------------------------------------------------------------ the description


def kind_of(column: Column) -> str:
    """What a value is, in one word of JSON."""
    if isinstance(column.kind, Ref):
        return "reference"
    return "day" if isinstance(column.kind, Day) else _TYPES.get(type(column.kind), "string")


@cache
def values_schema(slug: str, columns: tuple[Column, ...]) -> Plain:
    """JSON Schema of the values of a row."""
    return {
        "type": "object",
        "title": f"{slug} values",
        "properties": {c.field: {"description": _meaning(c), **_schema(c)} for c in columns},
        "required": [c.field for c in columns],
        "additionalProperties": False,
    }


def _schema(column: Column) -> Plain:
    if isinstance(column.kind, Ref):
        return {
            "type": ["object", "null"],
            "properties": {
                "id": {"type": ["integer", "null"]},
                "name": {"type": ["string", "null"]},
            },
            "required": ["id", "name"],
            "additionalProperties": False,
        }
    if isinstance(column.kind, Day):
        return {"type": ["string", "null"], "format": "date"}
    return {"type": [_TYPES.get(type(column.kind), "string"), "null"]}


def _meaning(column: Column) -> str:
    said = [column.header]
    if isinstance(column.kind, Money):
        said.append("元，两位小数的文字")
    if isinstance(column.kind, Ref):
        said.append("指向另一条记录：系统编号（不能打开的为空）和名称")
    if isinstance(column.kind, Choice):
        said.append("、".join(column.kind.values))
    if column.sensitive:
        said.append("已隐去一部分")
    return "；".join(said)


# ------------------------------------------------------------------ the values


class Teller:
    """Writes values of one ledger; ``names`` is what everything that they refer to is called."""

    def __init__(self, ledger: Ledger, names: Names, leads: Leads) -> None:
        self._ledger = ledger
        self._names = names
        self._leads = leads

    def values(self, values: Mapping[str, Any]) -> Plain:
        """All columns of a row."""
        return {c.field: self._value(c, values) for c in columns_of(self._ledger)}

    def version(self, version: VersionTuple) -> Plain:
        """All columns of a version."""
        fields = self._ledger.shape.fields
        return self.values(dict(zip(fields, version[len(FRAME) :], strict=True)))

    def field(self, name: str, value: Any) -> Any:
        """One value by the name of its field; the days of a period, and a text beside, too."""
        column = self._ledger.by_field.get(name)
        if name in (OPENED, CLOSED) or column is None:
            return value.isoformat() if isinstance(value, date) else value
        return self._value(column, {name: value})

    def _value(self, column: Column, values: Mapping[str, Any]) -> Any:
        value = values[column.field]
        if isinstance(column.kind, Ref):
            return self._reference(column.kind, value, values)
        if value is None:
            return None
        if isinstance(value, Secret):
            sealed = f"{self._ledger.slug}.{column.field}"
            return masked(column, value.plain or field_keys().open(value.sealed or b"", sealed))
        return _plain(column, value)

    def _reference(self, ref: Ref, entry: int | None, values: Mapping[str, Any]) -> Plain | None:
        if entry is None:
            text = values.get(ref.or_text) if ref.or_text else None
            return None if text is None else {"id": None, "name": text}
        told = entry if self._leads(ref.to, entry) else None
        return {"id": told, "name": self._names.get((ref.to, entry))}


def _plain(column: Column, value: Any) -> Any:
    if isinstance(column.kind, YesNo):
        return bool(value)
    if isinstance(column.kind, Money):
        return f"{value // 100}.{value % 100:02}"
    if isinstance(column.kind, Percent):
        return percent_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(column.kind, Count) else str(value)


def named(ledger: Ledger, versions: Iterable[VersionTuple]) -> dict[str, set[int]]:
    """The entries that versions refer to, by ledger."""
    wanted: dict[str, set[int]] = {column.ref.to: set() for column in ledger.ref_columns}
    at = {c.field: len(FRAME) + ledger.shape.fields.index(c.field) for c in ledger.ref_columns}
    for version in versions:
        for column in ledger.ref_columns:
            entry = version[at[column.field]]
            if entry is not None:
                wanted[column.ref.to].add(entry)
    return wanted
