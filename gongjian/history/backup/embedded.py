"""SQLite: a consistent copy while others write, and looking into a file at rest."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from gongjian.core.errors import Refused, WrongUse
from gongjian.history.backup.archive import Tick

_PAGES: Final = 2_000  # copied between two looks at the clock


def file_of(name: str) -> Path:
    """The file of the database; raise WrongUse where it lives in memory."""
    if ":memory:" in name or name.startswith("file:"):
        raise WrongUse("内存中的数据库不能备份或恢复，请用 GONGJIAN_DATABASE_URL 指定一个文件。")
    return Path(name)


def copy(source: Path, target: Path, tick: Tick) -> None:
    """Copy the database as it is at this moment.

    The read transaction holds the moment for the whole copy: without it each write of somebody
    else would make the copy begin again. Writers wait for nobody.
    """
    done = 0

    def told(_: int, remaining: int, total: int) -> None:
        nonlocal done
        tick(total - remaining - done)
        done = total - remaining

    with (
        closing(sqlite3.connect(source, isolation_level=None)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copied,
    ):
        origin.execute("BEGIN")
        origin.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        origin.backup(copied, pages=_PAGES, progress=told)
        origin.execute("ROLLBACK")


def pages(source: Path) -> int:
    """How many pages there are to copy."""
    with closing(sqlite3.connect(source)) as connection:
        ((count,),) = connection.execute("PRAGMA page_count").fetchall()
    return int(count)


def ask(path: Path, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a query on a file that nobody writes; the file is not touched in any way."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as file:
        return file.execute(query, params).fetchall()


def require_empty(path: Path) -> None:
    """Raise Refused unless there is no database yet, or one without any table."""
    left = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")]
    if not path.exists():
        for file in left:
            if file.exists():
                raise Refused(f"“{file}”是别的数据库留下的，请先把它移走再恢复。")
        return
    try:
        with closing(sqlite3.connect(path)) as connection:
            ((tables,),) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
    except sqlite3.DatabaseError:
        raise Refused(f"“{path}”已存在而且不是数据库，请先把它移走再恢复。") from None
    if tables:
        raise Refused(
            f"数据库“{path}”里已经有数据，备份只能恢复到空的数据库，"
            "请把它移走，或用 GONGJIAN_DATABASE_URL 另指一个。"
        )
