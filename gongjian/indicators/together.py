"""Independent reads of one state of the database, two at a time."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def together(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """The results of ``jobs`` in their order.

    A second connection takes every other job as long as there are any, so that two processors
    work on one question. Inside a transaction nobody else sees what was written, and a database
    in memory has one connection only: then the jobs are done one after the other. That all of
    them see the same state is for the caller to see to (``sections.at_one_moment``).
    """
    if len(jobs) < 2 or connection.in_atomic_block or _in_memory():
        return [job() for job in jobs]
    waiting = iter(list(enumerate(jobs)))
    results: dict[int, T] = {}
    with ThreadPoolExecutor(1) as helper:
        helping = helper.submit(_help, waiting, results)
        _work(waiting, results)
        helping.result()
    return [results[i] for i in range(len(jobs))]


def _work(waiting: Iterator[tuple[int, Callable[[], T]]], results: dict[int, T]) -> None:
    # Taking the next from an iterator over a list is one step: no two get the same job.
    for i, job in waiting:
        results[i] = job()


def _help(waiting: Iterator[tuple[int, Callable[[], T]]], results: dict[int, T]) -> None:
    try:
        _work(waiting, results)
    finally:
        connection.close()


def _in_memory() -> bool:
    # Only the backend of SQLite has such a question to answer.
    asked = getattr(connection, "is_in_memory_db", None)
    return asked is not None and bool(asked())
