"""Floors: the same work in the plainest way the machine allows, with nothing checked."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from django.db import connection, transaction
from python_calamine import load_workbook
from xlsxwriter import Workbook

from gongjian.history import sql
from gongjian.history.shapes import SHAPES

_PLAIN: Final = "bench_plain"
_VERIFIED: Final = ("areas", "employers", "unions", "coverage", "members")


def seconds_to_copy_in(path: Path) -> tuple[float, float]:
    """Read a sheet and put its cells into a table of texts without index: (reading, writing)."""
    begun = perf_counter()
    head, *rows = load_workbook(str(path)).get_sheet_by_index(0).to_python()
    read = perf_counter()
    columns = [f"c{i}" for i in range(len(head))]
    with _plain_table(", ".join(f"{c} text" for c in columns)):
        texts = ([None if c == "" else str(c) for c in row] for row in rows)
        with transaction.atomic():
            sql.insert(_PLAIN, columns, texts)
        return read - begun, perf_counter() - read


def seconds_to_add(table: str, change: int) -> float:
    """Write once more, into a table without index, the rows a change added."""
    columns = [f.column for f in SHAPES["members"].version_model._meta.concrete_fields]
    names = ", ".join(f'"{c}"' for c in columns)
    chosen = f'SELECT {names} FROM "{table}" WHERE added_in = {change}'
    with _plain_table_as(f"{chosen} AND 1 = 0"):
        begun = perf_counter()
        with transaction.atomic():
            sql.run(f'INSERT INTO "{_PLAIN}" {chosen}')
            sql.run(f'UPDATE "{_PLAIN}" SET removed_in = {change}')
        return perf_counter() - begun


def seconds_to_scan(table: str, where: str = "") -> float:
    """Count the rows of a table by looking at each."""
    begun = perf_counter()
    sql.fetch(f'SELECT COUNT(*), SUM(stated) FROM "{table}" {where}')
    return perf_counter() - begun


def seconds_to_hash() -> float:
    """Stream every version of every ledger and hash what Python says of it."""
    begun, digest = perf_counter(), hashlib.sha256()
    for slug in _VERIFIED:
        with transaction.atomic():
            for row in sql.stream(f'SELECT * FROM "{SHAPES[slug].table}"'):
                digest.update(repr(row).encode())
    return perf_counter() - begun


def seconds_to_write_sheet(path: Path, rows: Iterable[Sequence[Any]]) -> float:
    """Write cells as texts, without a format."""
    begun = perf_counter()
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for col, cell in enumerate(row):
                sheet.write_string(at, col, cell)
    return perf_counter() - begun


def sheet_texts(path: Path, count: int) -> list[list[str]]:
    """The first rows of a sheet as texts."""
    rows = load_workbook(str(path)).get_sheet_by_index(0).iter_rows()
    return [[str(c) for c in row if c != ""] for row in islice(rows, count)]


@contextmanager
def _plain_table(columns: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_PLAIN}")
        cursor.execute(f"CREATE TABLE {_PLAIN} ({columns})")
        yield
        cursor.execute(f"DROP TABLE {_PLAIN}")


@contextmanager
def _plain_table_as(query: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_PLAIN}")
        cursor.execute(f"CREATE TABLE {_PLAIN} AS {query}")
        yield
        cursor.execute(f"DROP TABLE {_PLAIN}")
