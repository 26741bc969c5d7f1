"""The columns of a version table as files and other engines know them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Field, ForeignKey

from gongjian.history.shapes import Shape


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of values: its name in Arrow, and in SQL on DuckDB and on Spark alike."""

    arrow: str
    sql: str


KINDS: Final = {
    "BigIntegerField": Kind("int64", "BIGINT"),
    "IntegerField": Kind("int32", "INTEGER"),
    "SmallIntegerField": Kind("int16", "SMALLINT"),
    "CharField": Kind("string", "STRING"),
    "TextField": Kind("string", "STRING"),
    "DateField": Kind("date32", "DATE"),
    "BinaryField": Kind("binary", "BINARY"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a version table; a ``secret`` one never leaves the database."""

    name: str
    kind: Kind
    secret: bool


def columns_of(shape: Shape) -> tuple[Column, ...]:
    """All columns of the version table, as the model has them."""
    return tuple(_columns(shape))


def exported(shape: Shape) -> tuple[Column, ...]:
    """The columns that are written to files."""
    return tuple(column for column in columns_of(shape) if not column.secret)


def _columns(shape: Shape) -> Iterator[Column]:
    secret = {column for name in shape.secret for column in shape.columns_of(name)}
    for field in shape.version_model._meta.concrete_fields:
        name = str(field.column)
        yield Column(name, KINDS[_stored(field).get_internal_type()], name in secret)


def _stored(field: "Field[Any, Any]") -> "Field[Any, Any]":
    return field.target_field if isinstance(field, ForeignKey) else field
