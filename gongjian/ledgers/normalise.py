"""Raw cells → rows of values: every cell is read, every problem is named."""

from collections.abc import Callable, Iterable
from typing import Any

from gongjian.core.codes import mask_identity, mask_phone
from gongjian.core.progress import Progress
from gongjian.history.keys import field_keys
from gongjian.history.shapes import Secret
from gongjian.ledgers.cells import (
    CLEAR_WORD,
    Flaw,
    Kind,
    Raw,
    Read,
    Reference,
    blank,
    is_clear,
    is_masked,
    read_identity,
    shown,
)
from gongjian.ledgers.declare import Column, Identity, Ledger, Ref, Role
from gongjian.ledgers.reading import HeaderSpec, Table
from gongjian.ledgers.rows import CLEAR, Problem, Row

_REFERENCE = Reference()


def header_specs(ledger: Ledger) -> list[HeaderSpec]:
    """What the header search needs to know of the ledger's columns."""
    return [
        HeaderSpec(header=c.header, required=c.required, aliases=c.aliases, under=c.under)
        for c in ledger.all_columns
    ]


def rows_of(ledger: Ledger, table: Table) -> list[Row]:
    """Every data row of ``table`` with its values, words to look up and problems so far."""
    rows = [Row(number) for number in table.row_numbers]
    present = [c for c in ledger.all_columns if c.header in table.cells]
    with Progress(len(present), "核对单元格") as progress:
        for column in sorted(present, key=lambda c: isinstance(c.kind, Identity)):
            _read_column(ledger, column, table.cells[column.header], rows)
            progress.advance()
    return rows


def _read_column(ledger: Ledger, column: Column, raws: list[Raw], rows: list[Row]) -> None:
    reader = _reader(ledger, column)
    looked_at, memo = reader.beside, dict[Any, Read]()
    store = _storer(ledger, column)
    for row, raw in zip(rows, raws, strict=True):
        if raw is None or raw == "":
            continue
        beside = row.cells.get(looked_at) if looked_at else None
        # A text equals nothing but itself, while 1, 1.0 and True are equal.
        key = raw if beside is None and raw.__class__ is str else (raw.__class__, raw, beside)
        read = memo.get(key)
        if read is None:
            read = memo[key] = reader(raw, beside)
        value, flaws = read
        for flaw in flaws:
            row.problems.append(
                Problem(row.number, column.header, None, flaw.level, flaw.code, flaw.message)
            )
        if value is not None:
            store(row, value)


class _Reader:
    """Reads the cells of one column; ``beside`` is a field of the row it also looks at."""

    def __init__(
        self, column: Column, cleared: Read, read: Callable[[Raw, Any], Read], beside: str = ""
    ) -> None:
        self.column = column
        self.beside = beside
        self._cleared = cleared
        self._read = read

    def __call__(self, raw: Raw, beside: Any) -> Read:
        column = self.column
        if blank(raw) or (column.sensitive and is_masked(raw)):
            return Read(None, ())
        if isinstance(raw, str) and CLEAR_WORD[0] in raw and is_clear(raw):
            return self._cleared
        return self._read(raw, beside)


def _cleared(ledger: Ledger, column: Column) -> Read:
    """What the word 清空 comes to: the column's default where it has one, else nothing."""
    if column.role is Role.EFFECTIVE or _names_document(ledger, column):
        return Read(None, ())
    default = ledger.opens_by if column.role is Role.STARTS else column.default
    if default is not None and not column.required:
        return Read(default, ())
    if column.required or column.role in (Role.STARTS, Role.NUMBER):
        message = f"“{column.header}”不能清空，请填写正确的值。"
        return Read(None, (Flaw("required", "error", message),))
    return Read(CLEAR, ())


def _names_document(ledger: Ledger, column: Column) -> bool:
    """Is this the column that says what kind of document an identity number is from?"""
    kinds = (c.kind for c in ledger.columns)
    return any(isinstance(k, Identity) and k.kind_field == column.field for k in kinds)


def _reader(ledger: Ledger, column: Column) -> _Reader:
    kind, cleared = column.kind, _cleared(ledger, column)
    if isinstance(kind, Identity):
        default, beside = kind.default_kind, kind.kind_field
        return _Reader(column, cleared, lambda raw, doc: read_identity(doc or default, raw), beside)
    plain: Kind = _REFERENCE if isinstance(kind, Ref) else kind
    return _Reader(column, cleared, lambda raw, _: plain.read(raw))


def _storer(ledger: Ledger, column: Column) -> Callable[[Row, Any], None]:
    """Where a value goes: words to look up apart, secrets under their keyed hash."""
    name = column.field
    if isinstance(column.kind, Ref):
        text = column.kind.or_text

        def as_word(row: Row, value: Any) -> None:
            (row.cells if value is CLEAR else row.tokens)[name] = value
            if value is CLEAR and text:
                row.cells[text] = CLEAR

        return as_word
    if column.sensitive:
        return _sealer(ledger, column)

    def as_value(row: Row, value: Any) -> None:
        row.cells[name] = value

    return as_value


def _sealer(ledger: Ledger, column: Column) -> Callable[[Row, Any], None]:
    keys, label, name = field_keys(), f"{ledger.slug}.{column.field}", column.field
    kind = column.kind
    beside = kind.kind_field if isinstance(kind, Identity) else ""
    default = kind.default_kind if isinstance(kind, Identity) else ""

    def as_secret(row: Row, value: Any) -> None:
        if value is CLEAR:
            row.cells[name] = CLEAR
            return
        word = f"{row.cells.get(beside) or default}|{value}" if beside else value
        row.cells[name] = Secret(keys.blind(word, label).hex(), plain=value)

    return as_secret


def masked(column: Column, text: str) -> str:
    """How a cell of this column may be shown in an answer."""
    if not column.sensitive:
        return text
    return mask_identity(text) if isinstance(column.kind, Identity) else mask_phone(text)


def fill_values(ledger: Ledger, table: Table, rows: Iterable[Row]) -> None:
    """Put what the cell shows into every problem that names a column and has no value yet."""
    at = {number: i for i, number in enumerate(table.row_numbers)}
    columns = {c.header: c for c in ledger.all_columns}
    for row in rows:
        for i, problem in enumerate(row.problems):
            raws = table.cells.get(problem.column or "")
            if problem.value is None and raws is not None:
                raw = raws[at[row.number]]
                text = None if blank(raw) else masked(columns[problem.column or ""], shown(raw))
                row.problems[i] = Problem(
                    problem.row, problem.column, text, problem.level, problem.code, problem.message
                )
