"""The few things the two databases say differently when rows move in bulk."""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from typing import Any

from django.db import connection, transaction

CHUNK = 20_000
"""Values in one list parameter, rows in one executemany batch."""

LARGEST = 2**63 - 1
"""The greatest number that a row can have; PostgreSQL refuses to look for a greater one."""

_FEW_PAGES = -2_000
"""Pages kept during a long read, in SQLite's own unit: minus the KiB."""


_STREAMS = count()


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """``values`` in lists of at most ``size``."""
    it = iter(values)
    while batch := list(islice(it, size)):
        yield batch


def in_list(column: str) -> str:
    """A condition that ``column`` is one of the values of one list parameter (see ``as_list``)."""
    if is_postgres():
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"


def as_list(values: Sequence[Any]) -> Any:
    """``values`` (numbers or texts) as the one parameter that ``in_list`` expects."""
    return list(values) if is_postgres() else json.dumps(values, ensure_ascii=False)


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def fetch_often(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query that every page puts in the same words, with other values.

    PostgreSQL plans it once and keeps the plan for the connection: for a question that looks a
    few rows up, planning takes longer than answering. Not for one whose best plan hangs on its
    values.
    """
    # Of a question that was planned before, Django's log of questions has no words.
    if not is_postgres() or connection.queries_logged:
        return fetch(sql, params)
    from psycopg.types.numeric import Int8  # noqa: PLC0415 - only where there is PostgreSQL

    # Numbers are of one kind whatever their size: by another kind it would be another question.
    values = [Int8(value) if value.__class__ is int else value for value in params]
    with connection.cursor() as cursor, _planned_once(cursor):
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@contextmanager
def _planned_once(cursor: Any) -> Iterator[None]:
    """Let a cursor leave the values to the server, and keep the plan of what is asked by it.

    Django's own cursors write the values into the words, so that each question is a new one; of
    those none is to be kept.
    """
    from psycopg import Cursor  # noqa: PLC0415 - only where there is PostgreSQL

    raw = cursor.cursor.connection
    cursor.cursor, usual = Cursor(raw), raw.prepare_threshold
    raw.prepare_threshold = 0
    try:
        yield
    finally:
        raw.prepare_threshold = usual


def fetch_in(sql: str, column: str, values: Iterable[Any], *params: Any) -> list[tuple[Any, ...]]:
    """Rows of ``sql`` (which ends in a WHERE) whose ``column`` is one of ``values``."""
    return list(stream_in(sql, column, values, *params))


def stream_in(
    sql: str, column: str, values: Iterable[Any], *params: Any
) -> Iterator[tuple[Any, ...]]:
    """As ``fetch_in``, one list of values after the other."""
    for batch in chunks(values):
        yield from fetch(f"{sql} {in_list(column)}", [*params, as_list(batch)])


def stream(
    sql: str, params: Sequence[Any] = (), size: int = 5_000, *, to_the_end: bool = False
) -> Generator[tuple[Any, ...]]:
    """Rows of a query in constant memory: a server-side cursor on PostgreSQL.

    That plans such a query for its first rows to come soon; ``to_the_end`` for its last one to.
    Whoever does not read to the end closes it, or else its transaction stays open.
    """
    if is_postgres():
        yield from _stream_postgres(sql, params, size, share=1.0 if to_the_end else 0.1)
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(size):
            yield from rows


def _stream_postgres(
    sql: str, params: Sequence[Any], size: int, *, share: float
) -> Generator[tuple[Any, ...]]:
    # A name of its own: one stream may be read while another one is.
    name = f"gongjian_stream_{next(_STREAMS)}"
    with transaction.atomic(), connection.connection.cursor(name=name) as cursor:
        run(f"SET LOCAL cursor_tuple_fraction = {share}")
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(size):
            yield from rows


@contextmanager
def frugal() -> Iterator[None]:
    """A long read that comes by each page once: SQLite then keeps few of them in memory."""
    if is_postgres():
        yield
        return
    ((usual,),) = fetch("PRAGMA cache_size")
    run(f"PRAGMA cache_size = {_FEW_PAGES}")
    try:
        yield
    finally:
        run(f"PRAGMA cache_size = {usual}")


@contextmanager
def one_view() -> Iterator[None]:
    """A transaction that sees one state of the database, whatever others commit meanwhile.

    It is for reading: on SQLite it takes no lock, and so must not write.
    """
    if connection.in_atomic_block:
        yield
    elif is_postgres():
        with transaction.atomic():
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with _deferred(), transaction.atomic():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Transactions that lock nothing until they write, unlike those that changes are made in."""
    settings: Any = connection
    mode, settings.transaction_mode = settings.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        settings.transaction_mode = mode


@contextmanager
def whole_tables() -> Iterator[None]:
    """Queries inside read whole tables and must not join them row by row.

    Right after a great import PostgreSQL takes the tables for nearly empty until it has counted
    them, and would look through one of them again for each row of the other; for one pass over
    everything a hash is always right.
    """
    if not is_postgres():
        yield
        return
    with transaction.atomic():
        run("SET LOCAL enable_nestloop = off; SET LOCAL jit = off")
        yield
        run("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL jit TO DEFAULT")


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows inside the running transaction: COPY on PostgreSQL, executemany on SQLite.

    Yes and no are numbers in every table.
    """
    names = ", ".join(f'"{c}"' for c in columns)
    if is_postgres():
        with connection.cursor() as cursor:
            raw = cursor.cursor
            with raw.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row([v if v.__class__ is not bool else int(v) for v in row])
        return
    marks = ", ".join(["%s"] * len(columns))
    sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    with connection.cursor() as cursor:
        for batch in chunks(rows):
            cursor.executemany(sql, batch)


LARGE = 5_000
"""Rows written at once from which on a table is counted anew whatever its size."""


def refresh_statistics(table: str, written: int) -> None:
    """Let PostgreSQL count a table anew where ``written`` rows are a good part of it.

    After such a write it takes the table for small until its own daemon comes by, and reads all
    of it where an index would do, or one of two joined tables again for each row of the other.
    """
    if not is_postgres():
        return
    query = "SELECT reltuples FROM pg_class WHERE oid = %s::regclass"
    ((counted,),) = fetch(query, [f'"{table}"'])
    if written >= LARGE or written * 10 >= counted:
        run(f'ANALYZE "{table}"')


def run(sql: str, params: Sequence[Any] = ()) -> int:
    """Execute a statement; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def run_in(sql: str, column: str, values: Iterable[Any], *params: Any) -> int:
    """As ``run`` for a statement that ends in a WHERE, over a list of values."""
    return sum(
        run(f"{sql} {in_list(column)}", [*params, as_list(batch)]) for batch in chunks(values)
    )
