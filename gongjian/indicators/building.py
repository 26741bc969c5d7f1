"""What the definitions compile to: the SQL of every base in every dialect.

Only ``compile`` and tests import this module, for it loads the compiler: a running product
reads the committed text.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis
from django.db.models import Field, ForeignKey

from gongjian.history.shapes import SHAPES, Shape
from gongjian.indicators.catalogue import page
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    Base,
    Catalog,
    Indicator,
    Ledgers,
    Relation,
)
from gongjian.indicators.sections import DAY_COLUMNS, ENTITIES, LASTING, room_of, section_name

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres", "duckdb": "duckdb", "spark": "pyspark"}
"""Vendor of a database → the compiler's name for its dialect."""

LAKES = frozenset({"duckdb", "spark"})
"""Vendors that only add up what was exported to them: names stay where the people are."""

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"

_HEAD = "-- Written by `make compile-figures` from the definitions beside it: change those.\n"

_TYPES = {
    "BigIntegerField": "int64",
    "IntegerField": "int32",
    "SmallIntegerField": "int16",
    "CharField": "string",
    "TextField": "string",
    "DateField": "date",
    "BinaryField": "binary",
}


class CompiledLedgers:
    """The ledgers on the relation ``days``, as believed now or as ``known`` at a change.

    ``narrows`` (ledger → column) keeps the rows whose column is one of the relation ``chosen``.
    """

    def __init__(self, *, known: bool, narrows: Mapping[str, str] | None = None) -> None:
        self._known = known
        self._narrows = narrows or {}
        self.reads: dict[str, set[str]] = {}
        columns = dict.fromkeys(DAY_COLUMNS, "!date")
        self._days: Relation = ibis.table(
            columns | ({"known": "!int64"} if known else {}), name="days"
        )
        self._chosen: Relation = ibis.table({"id": "!int64"}, name="chosen")

    def held(self, ledger: str, *columns: str) -> Relation:
        """As ``declare.Ledgers`` says."""
        self.reads.setdefault(ledger, set()).update(columns)
        versions, days = self._versions(ledger), self._days
        in_force = [
            versions.valid_from <= days.day,
            versions.valid_to.isnull() | (versions.valid_to > days.day),
        ]
        joined = days.join(versions, in_force + self._believed(versions))
        return joined.select(*DAY_COLUMNS, "entry_id", *columns)

    def last(self, ledger: str, *columns: str) -> Relation:
        """As ``declare.Ledgers`` says."""
        self.reads.setdefault(ledger, set()).update({*columns, LASTING})
        versions, days = self._versions(ledger), self._days
        begun = versions.valid_from <= days.day
        joined = days.join(versions, self._believed(versions) or [versions.added_in >= 0])
        at = {"at" if not i else f"at_{i}": column for i, column in enumerate(columns)}
        said = joined.select("day", "entry_id", "valid_from", begun=begun.ifelse(1, 0), **at)
        # Begun ones before others; of those the latest first, of the others the earliest.
        order = [
            said.begun.desc(),
            ibis.ifelse(said.begun == 1, said.valid_from, ibis.null("date")).desc(),
            said.valid_from,
        ]
        window = ibis.window(group_by=[said.day, said.entry_id], order_by=order)
        ranked = said.mutate(rank=ibis.row_number().over(window))
        return ranked.filter(ranked["rank"] == 0).select(
            "day", "entry_id", **{column: ranked[said_at] for said_at, column in at.items()}
        )

    def _versions(self, ledger: str) -> Relation:
        versions = table(SHAPES[ledger])
        if not self._known:
            # By itself, word for word the condition of the partial indexes.
            versions = versions.filter(versions.removed_in.isnull())
        if column := self._narrows.get(ledger):
            # Not a semi-join: SQLite would read all that is chosen again for each row.
            versions = versions.filter(versions[column].isin(self._chosen.id))
        return versions

    def _believed(self, versions: Relation) -> list[Any]:
        if not self._known:
            return []
        known = self._days.known
        return [
            versions.added_in <= known,
            versions.removed_in.isnull() | (versions.removed_in > known),
        ]


def table(shape: Shape) -> Relation:
    """A version table, its columns as the model has them."""
    fields = shape.version_model._meta.concrete_fields
    return ibis.table({str(f.column): _type(f) for f in fields}, name=shape.table)


def _type(field: "Field[Any, Any]") -> str:
    stored = field.target_field if isinstance(field, ForeignKey) else field
    return f"{'' if field.null else '!'}{_TYPES[stored.get_internal_type()]}"


def sums(base: Base, indicators: Sequence[Indicator], ledgers: Ledgers) -> Relation:
    """(day, leaf_id, one column per indicator), rows added up by holder before it is placed."""
    rows = base.rows(ledgers)
    at = "holder_id" if base.place else "leaf_id"
    added = rows.group_by(at, "day").agg(**{i.code: _added(i, rows) for i in indicators})
    if base.place is None:
        return added
    codes = [i.code for i in indicators]
    placed = _placed(added, base.place(ledgers), codes)
    return placed.group_by("day", "leaf_id").agg(**{c: placed[c].sum() for c in codes})


def drilled(base: Base, indicators: Sequence[Indicator], ledgers: Ledgers) -> Relation:
    """(day, entity_id, leaf_id, key, name, one column per indicator: NULL where not counted)."""
    rows = base.rows(ledgers)
    label = {"key": rows[base.label.key], "name": rows[base.label.name]}
    at = "holder_id" if base.place else "leaf_id"
    values = {i.code: _value(i, rows) for i in indicators}
    named = rows.select("day", "entity_id", at, **label, **values)
    if base.place is None:
        return named
    return _placed(named, base.place(ledgers), ["entity_id", *label, *values])


def _placed(rows: Relation, place: Relation, columns: Sequence[str]) -> Relation:
    joined = rows.join(place, [rows.day == place.day, rows.holder_id == place.holder_id])
    kept = {column: rows[column] for column in columns}
    return joined.select(day=rows.day, leaf_id=place.leaf_id, **kept)


def _added(indicator: Indicator, rows: Relation) -> Any:
    kept = indicator.where(rows) if indicator.where else None
    if indicator.value is None:
        return rows.count(where=kept)
    return rows[indicator.value].cast("int64").sum(where=kept)


def _value(indicator: Indicator, rows: Relation) -> Any:
    one = ibis.literal(1) if indicator.value is None else rows[indicator.value]
    value = one.cast("int64")
    return ibis.ifelse(indicator.where(rows), value, ibis.null()) if indicator.where else value


def sections_of(base: Base, dialect: str, catalog: Catalog) -> Iterator[str]:
    """The named queries of one base in one dialect."""
    indicators = catalog.indicators_on(base)
    in_lake = dialect in {DIALECTS[vendor] for vendor in LAKES}
    for kind, build in (("sums", sums), *([] if in_lake else [("rows", drilled)])):
        for narrowed, narrows in [("", {})] if in_lake else _narrowings(base):
            if kind == "sums" and narrowed == ENTITIES:
                continue
            for known in (False, True):
                ledgers = CompiledLedgers(known=known, narrows=narrows)
                text = ibis.to_sql(build(base, indicators, ledgers), dialect=dialect)
                name = section_name(base, kind, believed=not known, narrowed=narrowed)
                yield f"-- name: {name}\n{text}\n"
    if not in_lake:
        yield f"-- name: {base.code}.reads\n{_reads(base)}\n"


def _reads(base: Base) -> str:
    """What a base reads: a line for each ledger, its columns after it."""
    ledgers = CompiledLedgers(known=False)
    base.rows(ledgers)
    if base.place:
        base.place(ledgers)
    unknown = ledgers.reads.keys() - base.entities.keys() - base.through.keys()
    if unknown:
        raise ValueError(f"base {base.code!r} does not say whom {sorted(unknown)} move")
    return "\n".join(" ".join([x, *sorted(ledgers.reads[x])]) for x in sorted(ledgers.reads))


def _narrowings(base: Base) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The whole ledgers; what of them concerns some entities; and a node of each tree."""
    yield "", {}
    yield ENTITIES, base.entities
    for dimension in DIMENSIONS:
        if dimension.narrows and dimension.code in base.trees:
            yield dimension.code, dimension.narrows


@cache
def files(catalog: Catalog = CATALOG) -> dict[Path, str]:
    """Path → text of every file that follows from the definitions."""
    found: dict[Path, list[str]] = {}
    for base in catalog.bases:
        for vendor, dialect in DIALECTS.items():
            path = room_of(base) / "sql" / f"{vendor}.sql"
            found.setdefault(path, [_HEAD]).extend(sections_of(base, dialect, catalog))
    return {path: "\n".join(parts) for path, parts in found.items()} | {PAGE: page(catalog)}


def stale(wanted: dict[Path, str]) -> list[Path]:
    """Files that are not what they should be."""
    return [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
