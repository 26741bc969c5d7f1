"""The declaration of a ledger: one place from which everything else follows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from gongjian.history.models import Entry, Version
from gongjian.history.shapes import SHAPES, Shape
from gongjian.ledgers.cells import Day, Kind, PlainCode, Text
from gongjian.ledgers.questions import FoundBy, Question

if TYPE_CHECKING:
    from gongjian.history.timeline import Timeline
    from gongjian.ledgers.laying import Intent
    from gongjian.ledgers.lookup import References
    from gongjian.ledgers.rows import Problem, Row


class Role(StrEnum):
    """What a column is for."""

    VALUE = "value"
    STARTS = "starts"
    ENDS = "ends"
    EFFECTIVE = "effective"
    NUMBER = "number"


class Timing(StrEnum):
    """How far a changed value reaches.

    DATED   from its day until the next day for which the same column was told
    PERIOD  over the whole period: a fact with its own dates, a change corrects it
    WHOLE   over the whole entry: keys and codes
    ENDING  it tells of the end and stands with it
    """

    DATED = "dated"
    PERIOD = "period"
    WHOLE = "whole"
    ENDING = "ending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A column whose cell names an entry of another ledger, by code or by unique name.

    ``unknown`` is the problem code when nothing of that name is known. With ``or_text`` an
    unknown name is kept as text in that field instead, with a warning.
    """

    to: str
    unknown: str
    or_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An identity number: how it is read depends on the document named in ``kind_field``."""

    kind_field: str
    default_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the paper: what its header says, what a cell may hold, where it goes.

    ``since`` names the date field of the same row from whose day this value holds.
    ``default`` fills a blank cell of a new entry. ``sensitive`` values are sealed in the
    database and masked in every answer. ``under`` are (upper, lower) header pairs.
    """

    header: str
    field: str
    kind: Kind | Ref | Identity
    required: bool = False
    role: Role = Role.VALUE
    timing: Timing = Timing.DATED
    aliases: tuple[str, ...] = ()
    under: tuple[tuple[str, str], ...] = ()
    default: Any = None
    since: str = ""
    sensitive: bool = False
    inclusive: bool = False
    example: str = ""
    help: str = ""

    @property
    def ref(self) -> Ref:
        """The reference this column is; TypeError where it is none."""
        if not isinstance(self.kind, Ref):
            raise TypeError(f"column {self.field!r} refers to no ledger")
        return self.kind


NUMBER = Column(
    header="系统编号",
    field="system_number",
    kind=PlainCode(),
    role=Role.NUMBER,
    help="导出时自动写入，用来认出原记录；新增的行请留空。",
)


def starts(header: str, **more: Any) -> Column:
    """The column whose day opens the entry."""
    return Column(header=header, field="opened", kind=Day(), role=Role.STARTS, **more)


def ends(header: str, *, inclusive: bool = False, **more: Any) -> Column:
    """The column whose day closes the entry; with ``inclusive`` that day still counts."""
    return Column(
        header=header, field="closed", kind=Day(), role=Role.ENDS, inclusive=inclusive, **more
    )


def effective() -> Column:
    """The column that says from which day the changed values of the row hold."""
    return Column(
        header="生效日期",
        field="effective",
        kind=Day(),
        role=Role.EFFECTIVE,
        help="本行变化从哪一天起生效；不填按导入时指定的日期或当天。",
    )


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One ledger, declared once.

    keys         alternative keys, the preferred one first; each a tuple of fields
    code, name   fields by which other ledgers and people name an entry (``code`` may be blank)
    place        the field that says where an entry stands: an area, or an entry with a place
    heir         ending field that names the entry which takes over after the end
    moves_within an entry may only move between places that both lie within the scope
    extras       fields that checks of other ledgers want to see of an entry they refer to
    opens_by     the day a new entry opens on when none is given; without it the row's own day
    ending_header, ending_fields
                 where no column ends an entry: what its day is called and what tells of the end
    ordered      rows of one entry in one file may be successive periods; else they contradict
    derive       checks and fills within one row, before anything is looked up
    prepare      loads in bulk what ``checks`` will want to see
    checks       checks of one row with what it refers to
    reread       reads a row's intent anew where the ledger has rules of its own
    told         turns stored values into the rows of an export, where fields are not columns
    shown        fields that a list shows until somebody chooses others; by default the first few
    found_by     what the search finds entries by; by default their name, else their code
    told_by      fields that tell entries of one name from each other; by default their code
    questions    what is often asked of a list, each a click away
    """

    slug: str
    title: str
    entry_model: type[Entry]
    version_model: type[Version]
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]
    code: str = ""
    name: str = ""
    place: str = ""
    heir: str = ""
    extras: tuple[str, ...] = ()
    opens_by: date | None = None
    ending_header: str = ""
    ending_fields: tuple[str, ...] = ()
    ordered: bool = True
    moves_within: bool = True
    derive: Callable[["Row"], Iterable["Problem"]] | None = None
    prepare: Callable[[list["Row"], "References"], None] | None = None
    checks: Callable[["Row", "References"], Iterable["Problem"]] | None = None
    reread: "Callable[[Intent, Row, Timeline | None, References], None] | None" = None
    told: Callable[[dict[str, Any]], Iterable[dict[str, Any]]] | None = None
    shown: tuple[str, ...] = ()
    found_by: tuple[FoundBy, ...] | None = None
    told_by: tuple[str, ...] | None = None
    questions: tuple[Question, ...] = ()

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns and 系统编号."""
        return (*self.columns, NUMBER)

    @cached_property
    def by_field(self) -> dict[str, Column]:
        return {c.field: c for c in self.all_columns}

    def column_of(self, role: Role) -> Column | None:
        return next((c for c in self.all_columns if c.role is role), None)

    @cached_property
    def starts(self) -> Column:
        """The starts column; every ledger has one."""
        return next(c for c in self.columns if c.role is Role.STARTS)

    @cached_property
    def key_header(self) -> str:
        """The header that problems of the key name: the first column of the preferred key."""
        return self.by_field[self.keys[0][0]].header

    @cached_property
    def ends(self) -> Column | None:
        return self.column_of(Role.ENDS)

    @cached_property
    def ends_header(self) -> str:
        """The header of the day on which an entry ends, whatever column says so."""
        return self.ends.header if self.ends is not None else self.ending_header

    @cached_property
    def of_persons(self) -> bool:
        """Is each entry a person? Then it is kept who opens its record."""
        return any(isinstance(c.kind, Identity) for c in self.columns)

    @cached_property
    def ref_columns(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if isinstance(c.kind, Ref))

    @cached_property
    def shape(self) -> Shape:
        return SHAPES[self.slug]

    @cached_property
    def noun(self) -> str:
        """What its entries are: 用人单位 of the 用人单位台账."""
        return self.title.removesuffix("台账")

    @cached_property
    def searched(self) -> tuple[FoundBy, ...]:
        """What the search finds its entries by, declared or by default.

        Left out is a sensitive number that no index leads to: every row would be read for it.
        """
        if self.found_by is not None:
            return tuple(found_by for found_by in self.found_by if self._sought(found_by.field))
        named = self.name or self.code
        return (FoundBy(field=named),) if named else ()

    def _sought(self, name: str) -> bool:
        return name not in self.shape.secret or self.shape.columns_of(name)[0] in self.indexed

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Fields that tell entries of one name from each other, declared or by default."""
        if self.told_by is not None:
            return self.told_by
        return (self.code,) if self.code and self.name else ()

    @cached_property
    def indexed(self) -> frozenset[str]:
        """Database columns that begin an index over what is believed now."""
        meta, believed = self.version_model._meta, Q(removed_in__isnull=True)
        first = (index.fields[0] for index in meta.indexes if index.condition == believed)
        return frozenset(str(getattr(meta.get_field(name), "column", "")) for name in first)

    def fields_of(self, *timings: Timing) -> tuple[str, ...]:
        return tuple(
            f
            for c in self.columns
            if c.role is Role.VALUE and c.timing in timings
            for f in _stored(c)
        )


def _stored(column: Column) -> tuple[str, ...]:
    if isinstance(column.kind, Ref) and column.kind.or_text:
        return (column.field, column.kind.or_text)
    return (column.field,)


class _Catalog:
    """Every declared ledger by slug, in order of dependence."""

    def __init__(self) -> None:
        self._ledgers: dict[str, Ledger] = {}
        self._asked: dict[str, tuple[Question, ...]] = {}

    def register(self, ledger: Ledger) -> Ledger:
        """Declare a ledger: its shape joins history's catalog, its name ours."""
        shape = Shape(
            slug=ledger.slug,
            entry_model=ledger.entry_model,
            version_model=ledger.version_model,
            dated=ledger.fields_of(Timing.DATED, Timing.PERIOD),
            whole=ledger.fields_of(Timing.WHOLE),
            ending=ledger.fields_of(Timing.ENDING) + ledger.ending_fields,
            secret=frozenset(c.field for c in ledger.columns if c.sensitive),
            refs={f"{c.field}_id": c.kind.to for c in ledger.columns if isinstance(c.kind, Ref)},
            keys=ledger.keys[:1],
        )
        SHAPES.register(shape)
        self._ledgers[ledger.slug] = ledger
        return ledger

    def ask(self, slug: str, *questions: Question) -> None:
        """Declare questions of a ledger that only a room above it can answer."""
        self._asked[slug] = (*self._asked.get(slug, ()), *questions)

    def questions(self, slug: str) -> tuple[Question, ...]:
        """What is often asked of a ledger, its own questions first."""
        return (*self._ledgers[slug].questions, *self._asked.get(slug, ()))

    def __iter__(self) -> Iterator[Ledger]:
        return iter(self._ledgers.values())

    def __getitem__(self, slug: str) -> Ledger:
        return self._ledgers[slug]

    def __contains__(self, slug: str) -> bool:
        return slug in self._ledgers


LEDGERS = _Catalog()

__all__ = [
    "LEDGERS",
    "Column",
    "Identity",
    "Ledger",
    "Ref",
    "Role",
    "Text",
    "Timing",
    "effective",
    "ends",
    "starts",
]
