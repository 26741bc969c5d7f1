"""What the definitions compile to: the SQL of every base in every dialect.

Only ``compile`` and tests import this module, for it loads the compiler: a running product
reads the committed text.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
from django.db.models import Field, ForeignKey

from gongjian.history.shapes import SHAPES, Shape
from gongjian.indicators.catalogue import page
from gongjian.indicators.declare import CATALOG, Base, Catalog, Indicator, Relation
from gongjian.indicators.sections import room_of, section_name

DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres"}
"""Vendor of a database → the compiler's name for its dialect."""

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
    """The ledgers on the relation ``days``, as believed now or as ``known`` at a change."""

    def __init__(self, *, known: bool) -> None:
        self._known = known
        columns = {"day": "!date", "year_from": "!date"}
        self._days: Relation = ibis.table(
            columns | ({"known": "!int64"} if known else {}), name="days"
        )

    def held(self, ledger: str, *columns: str) -> Relation:
        """As ``declare.Ledgers`` says."""
        versions, days = table(SHAPES[ledger]), self._days
        if not self._known:
            # By itself, word for word the condition of the partial indexes.
            versions = versions.filter(versions.removed_in.isnull())
        in_force = [
            versions.valid_from <= days.day,
            versions.valid_to.isnull() | (versions.valid_to > days.day),
        ]
        if self._known:
            in_force += [
                versions.added_in <= days.known,
                versions.removed_in.isnull() | (versions.removed_in > days.known),
            ]
        return days.join(versions, in_force).select("day", "entry_id", *columns)


def table(shape: Shape) -> Relation:
    """A version table, its columns as the model has them."""
    fields = shape.version_model._meta.concrete_fields
    return ibis.table({str(f.column): _type(f) for f in fields}, name=shape.table)


def _type(field: "Field[Any, Any]") -> str:
    stored = field.target_field if isinstance(field, ForeignKey) else field
    return f"{'' if field.null else '!'}{_TYPES[stored.get_internal_type()]}"


def sums(base: Base, indicators: Sequence[Indicator], *, known: bool) -> Relation:
    """(day, leaf_id, one column per indicator), rows added up by holder before it is placed."""
    ledgers = CompiledLedgers(known=known)
    rows = base.rows(ledgers)
    at = "holder_id" if base.place else "leaf_id"
    added = rows.group_by("day", at).agg(**{i.code: _added(i, rows) for i in indicators})
    if base.place is None:
        return added
    codes = [i.code for i in indicators]
    placed = _placed(added, base.place(ledgers), codes)
    return placed.group_by("day", "leaf_id").agg(**{c: placed[c].sum() for c in codes})


def drilled(base: Base, indicators: Sequence[Indicator], *, known: bool) -> Relation:
    """(day, entity_id, leaf_id, key, name, one column per indicator: NULL where not counted)."""
    ledgers = CompiledLedgers(known=known)
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
    for kind, build in (("sums", sums), ("rows", drilled)):
        for known in (False, True):
            expression = build(base, indicators, known=known)
            text = ibis.to_sql(expression, dialect=dialect)
            yield f"-- name: {section_name(base, kind, believed=not known)}\n{text}\n"


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
