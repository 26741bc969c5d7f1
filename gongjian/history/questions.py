"""Questions that pages ask again and again: put into words once, planned once.

Django words a queryset anew at each evaluation, which takes several times as long as it takes
PostgreSQL to look a few rows up.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cache
from itertools import count
from typing import Any, Final, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, Model, QuerySet

from gongjian.history import sql

_M = TypeVar("_M", bound=Model)
_Shape = tuple[str, object]

Converters = dict[int, tuple[list[Any], Any]]
"""By the place in a row, what turns a value of the database into one of Python."""

_MOST: Final = 200
"""Wordings of one question, which is another one for each length of its lists."""

_LARGE: Final = 2_000_000_000
"""Numbers above it stand for those that are asked for, while a question is worded."""


class _Words(NamedTuple):
    """The text; which of the values asked for goes where, or what always stands there."""

    text: str
    order: tuple[tuple[int | None, object], ...]
    converters: Converters


class Worded:
    """A queryset of ``values_list``, worded once for each database and each length of its lists.

    Decorate a function that builds it from texts, whole numbers, days and lists of them, each of
    which it compares with a column and does nothing else with: while it is worded it gets others in
    their place, by which they are found again in the SQL. The answer is all rows.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, tuple[Any, ...]]]) -> None:
        self._build = build
        self._known: dict[_Shape, _Words] = {}
        self.__doc__ = build.__doc__

    def __call__(self, *asked: object) -> list[tuple[Any, ...]]:
        """The rows."""
        key = connection.vendor, _shape(asked)
        words = self._known.get(key)
        if words is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            try:
                words = self._known[key] = self._word(asked)
            except EmptyResultSet:
                return []  # it looks for one of none
        values = list(_flat(asked))
        parameters = [always if at is None else values[at] for at, always in words.order]
        rows = sql.fetch_often(words.text, parameters)
        return [converted(row, words.converters) for row in rows] if words.converters else rows

    def _word(self, asked: Sequence[object]) -> _Words:
        marks = _marked(asked, count(1))
        compiler = self._build(*marks).query.get_compiler(connection=connection)
        text, parameters = compiler.as_sql()
        places = {mark: at for at, mark in enumerate(_flat(marks))}
        order = tuple((places.get(one), one) for one in parameters)
        if {at for at, _ in order if at is not None} != set(places.values()):
            raise TypeError(f"not every value is compared with a column: {text}")
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        return _Words(text, order, compiler.get_converters(columns))


def columns_of(model: type[Model], path: str = "") -> list[str]:
    """The names for ``values_list`` of all columns of a model, ``path`` (``case__``) away."""
    return [f"{path}{name}" for name in _names(model)]


def made(model: type[_M], values: Sequence[Any]) -> _M:
    """A row of a model from the values of all its columns, as if Django had read it."""
    return model.from_db("default", _names(model), values)


def converters_of(fields: Sequence[Field[Any, Any]]) -> Converters:
    """What turns a row of these columns into Python's values."""
    compiler = QuerySet(fields[0].model).query.get_compiler(connection=connection)
    columns = [field.get_col(field.model._meta.db_table) for field in fields]
    found: Converters = compiler.get_converters(columns)
    return found


def converted(row: Sequence[Any], converters: Converters) -> tuple[Any, ...]:
    """The values of a row as Django's own questions give them."""
    values = list(row)
    for at, (converts, column) in converters.items():
        for convert in converts:
            values[at] = convert(values[at], column, connection)
    return tuple(values)


@cache
def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _flat(asked: object) -> Iterator[Any]:
    """The values one after the other, as the database takes them."""
    if isinstance(asked, (list, tuple)):
        for one in asked:
            yield from _flat(one)
    elif isinstance(asked, Enum):
        yield asked.value
    else:
        yield connection.ops.adapt_datefield_value(asked) if isinstance(asked, date) else asked


def _shape(asked: object) -> object:
    """How many values of which kind stand in which list."""
    return tuple(map(_shape, asked)) if isinstance(asked, (list, tuple)) else asked.__class__


def _marked(asked: object, number: Iterator[int]) -> Any:
    """The same with a mark in the place of each value, unlike all others."""
    if isinstance(asked, (list, tuple)):
        return tuple(_marked(one, number) for one in asked)
    if isinstance(asked, str):
        return f"\x01%_{next(number)}\\"  # also what looks for patterns would write it otherwise
    if asked.__class__ is date:
        return date.min + timedelta(days=next(number))
    if asked.__class__ is int:
        return _LARGE + next(number)
    raise TypeError(f"{asked!r} is no text, whole number or day")
