"""Filters of a list, made from the declaration: what may be asked, read from the address.

Texts are found by how they begin, at the beginning only: a part inside a name would have to be
looked for in every row. Sensitive columns can only be asked whether they are filled in.
"""
# ruff: noqa: S608 - names of tables and columns come from declarations, values are parameters

from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict

from gongjian.history import sql
from gongjian.ledgers.cells import Choice, Count, Day, Money, Percent, Text, YesNo
from gongjian.ledgers.cells import Read as ReadCell
from gongjian.ledgers.declare import LEDGERS, Column, Identity, Ledger, Ref
from gongjian.ledgers.questions import Condition
from gongjian.web.lists.columns import columns_of
from gongjian.web.lists.walk import Among, Seek

_LAST: Final = "\U0010ffff"
"""Behind it no text goes on."""

_FEW: Final = 500
"""Entries called alike up to which rows are looked for by them."""

PREFIX: Final = "f_"
BLANK: Final = "blank"
_SPANS: Final = (Count, Money, Percent, Day)
_UNITS: Final = {Count: "", Money: "（元）", Percent: "（%）", Day: ""}


@dataclass(frozen=True, slots=True)
class Filter:
    """One column as it can be asked: ``kind`` is text, choice, span or fill."""

    column: Column
    kind: str
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.column.header + _UNITS.get(type(self.column.kind), "")

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the address that belong to it."""
        own = PREFIX + self.column.field
        if self.kind == "span":
            return f"{own}_from", f"{own}_to"
        return () if self.kind == "fill" else (own,)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words, and the (parameter, value) pairs that go when it is taken off."""

    text: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Asked:
    """What an address asks of the rows; ``problems`` by parameter, each a sentence.

    ``hints`` say of some conditions how the rows that fit are come by quickly.
    """

    conditions: list[Condition] = field(default_factory=list)
    hints: list[Seek | Among] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def filters_of(ledger: Ledger) -> tuple[Filter, ...]:
    """Every column that can be asked; areas are chosen in the tree instead."""
    asked = [c for c in columns_of(ledger) if not isinstance(c.kind, Ref) or c.ref.to != "areas"]
    return tuple(_filter(column) for column in asked)


def blanks_of(ledger: Ledger) -> tuple[Column, ...]:
    """Columns that may be empty."""
    return tuple(c for c in columns_of(ledger) if not c.required and c.default is None)


def _filter(column: Column) -> Filter:
    kind = column.kind
    if column.sensitive:
        return Filter(column, "fill")
    if isinstance(kind, YesNo):
        return Filter(column, "choice", ("是", "否"))
    if isinstance(kind, Choice):
        return Filter(column, "choice", kind.values)
    return Filter(column, "span" if isinstance(kind, _SPANS) else "text")


def read_filters(ledger: Ledger, address: QueryDict) -> Asked:
    """The conditions in an address; unreadable values become problems, empty ones nothing."""
    asked = Asked()
    for one in filters_of(ledger):
        for name in one.names:
            values = [v.strip() for v in address.getlist(name) if v.strip()]
            if values and one.kind == "text":
                _begins(ledger, one, values[-1], asked)
            elif values:
                _read(one, name, values, asked)
    may_be_blank = {c.field: c for c in blanks_of(ledger)}
    for name in address.getlist(BLANK):
        if name in may_be_blank:
            _blank(ledger, may_be_blank[name], asked)
        elif name:
            asked.problems[BLANK] = f"没有可以问“空缺”的列“{name[:40]}”，请去掉这个条件。"
    return asked


def _read(one: Filter, name: str, values: list[str], asked: Asked) -> None:
    if one.kind == "choice":
        _choices(one, name, values, asked)
    else:
        _bound(one, name, values[-1], asked)


def _choices(one: Filter, name: str, values: list[str], asked: Asked) -> None:
    stored = []
    for value in dict.fromkeys(values):
        read = _cell(one.column, value)
        if value not in one.choices or read.value is None:
            asked.problems[name] = f"“{one.label}”没有“{value[:40]}”这一项，请从选项中选。"
            return
        stored.append(int(read.value) if isinstance(read.value, bool) else read.value)
    marks = ", ".join(["%s"] * len(stored))
    asked.conditions.append((f'v."{one.column.field}" IN ({marks})', stored))
    asked.chips.extend(Chip(f"{one.label}：{value}", ((name, value),)) for value in values)


def _bound(one: Filter, name: str, text: str, asked: Asked) -> None:
    read = _cell(one.column, text)
    if read.value is None:
        asked.problems[name] = f"“{one.label}”：{read.flaws[0].message}"
        return
    lower = name.endswith("_from")
    value = read.value.isoformat() if isinstance(one.column.kind, Day) else read.value
    sign = ">=" if lower else "<="
    asked.conditions.append((f'v."{one.column.field}" {sign} %s', [value]))
    shown = value if isinstance(one.column.kind, Day) else text
    asked.chips.append(Chip(f"{one.label} {'≥' if lower else '≤'} {shown}", ((name, text),)))


def _cell(column: Column, text: str) -> ReadCell:
    """``text`` read as a cell of the column would be."""
    if isinstance(column.kind, Ref | Identity):
        raise TypeError(f"column {column.field!r} is asked for by its beginning")
    return column.kind.read(text)


def _begins(ledger: Ledger, one: Filter, raw: str, asked: Asked) -> None:
    read, name = Text().read(raw), one.names[0]
    if read.value is None:
        asked.problems[name] = f"“{one.label}”：{read.flaws[0].message}"
        return
    column, text = one.column, str(read.value)
    if isinstance(column.kind, Ref):
        _refers(ledger, column, text, asked)
    else:
        condition = begins(f'v."{column.field}"', text)
        asked.conditions.append(condition)
        if column.field in ledger.indexed:
            asked.hints.append(Seek(condition))
    asked.chips.append(Chip(f"{one.label}：{text}…", ((name, raw),)))


def begins(column: str, text: str) -> Condition:
    """A condition that ``column`` begins with ``text``: an index leads to it, and where the order
    of the database is not that of the characters, it finds too few rather than others."""
    within, params = between(column, text)
    return f"{within} AND substr({column}, 1, {len(text)}) = %s", [*params, text]


def between(column: str, text: str) -> Condition:
    """As ``begins``, in the order of the characters alone."""
    return f"{column} >= %s AND {column} < %s", [text, text + _LAST]


def _refers(ledger: Ledger, column: Column, text: str, asked: Asked) -> None:
    """What is referred to is, or was, called so."""
    own, target = f"{column.field}_id", LEDGERS[column.ref.to]
    called, params = _called(target, text)
    found = sql.fetch(f"{called} LIMIT {_FEW + 1}", params)
    if len(found) > _FEW:
        condition, values = f'v."{own}" IN ({called})', params
    else:
        entries = frozenset(entry for (entry,) in found)
        condition, values = sql.in_list(f'v."{own}"'), [sql.as_list(sorted(entries))]
        if not column.ref.or_text:
            asked.hints.append(Among(own, entries))
            if own in ledger.indexed:
                asked.hints.append(Seek((condition, values)))
    if column.ref.or_text:
        as_text, more = begins(f'v."{column.ref.or_text}"', text)
        condition, values = f"({condition} OR ({as_text}))", [*values, *more]
    asked.conditions.append((condition, values))


def _called(target: Ledger, text: str) -> Condition:
    """A query for the entries of a ledger of which a believed name or code begins so."""
    names = [name for name in (target.name, target.code) if name]
    called, params = zip(*(begins(f'n."{name}"', text) for name in names), strict=True)
    query = (
        f'SELECT DISTINCT n.entry_id FROM "{target.shape.table}" n'
        f" WHERE n.removed_in IS NULL AND (({') OR ('.join(called)}))"
    )
    return query, [value for one in params for value in one]


def _blank(ledger: Ledger, column: Column, asked: Asked) -> None:
    fields = [column.field]
    if isinstance(column.kind, Ref) and column.kind.or_text:
        fields.append(column.kind.or_text)
    names = [ledger.shape.columns_of(name)[0] for name in fields]
    asked.conditions.append((" AND ".join(f'v."{name}" IS NULL' for name in names), []))
    asked.chips.append(Chip(f"{column.header}：空缺", ((BLANK, column.field),)))
