"""PostgreSQL: its own client programs, fed with the connection that the product uses."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from psycopg import pq

from gongjian.core.errors import Refused, WrongUse
from gongjian.history import sql

_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
_ANY_RELATION: Final = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
    " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' LIMIT 1"
)


def program(name: str) -> str:
    """Path of a client program; raise WrongUse where it is missing or older than the server."""
    path = shutil.which(name)
    if path is None:
        raise WrongUse(
            f"这台机器上没有 {name}，请安装 PostgreSQL 客户端程序（postgresql-client）。"
        )
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  (a path found here, no text from outside)
    found = _VERSION.search(said)
    client, server = int(found[1]) if found else 0, _raw().info.server_version // 10_000
    if client < server:
        raise WrongUse(
            f"{name} 是 {client} 版，数据库是 {server} 版，请安装不低于 {server} 版的客户端程序。"
        )
    return path


@contextmanager
def moment() -> Iterator[str]:
    """A transaction that sees one state of the database, and the name under which others see it."""
    with transaction.atomic():
        sql.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        sql.run("SET LOCAL idle_in_transaction_session_timeout = 0")
        ((name,),) = sql.fetch("SELECT pg_export_snapshot()")
        yield str(name)


def dump(target: Path, snapshot: str) -> None:
    """Write the database as it is at that moment, in the client's custom format."""
    command = [program("pg_dump"), "--format=custom", f"--snapshot={snapshot}"]
    command += ["--no-password", f"--file={target}"]
    done = subprocess.run(  # noqa: S603  (fixed words and a path)
        command, env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Refused(f"pg_dump 没有做成备份（{_gist(done.stderr)}），请按提示处理后重试。")


def require_empty() -> None:
    """Raise Refused unless the database has no table, view or sequence."""
    found = sql.fetch(_ANY_RELATION)
    if found:
        raise Refused(
            f"数据库里已经有数据（{found[0][0]}），备份只能恢复到空的数据库，"
            "请新建一个并用 GONGJIAN_DATABASE_URL 指定。"
        )


def restore(content: Iterable[bytes]) -> None:
    """Bring a dump in as one transaction: an interruption or an error leaves nothing."""
    command = [program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner"]
    command += ["--no-privileges", "--no-password", f"--dbname={_raw().info.dbname}"]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603  (fixed words and a name)
            command, env=_environment(), stdin=subprocess.PIPE, stderr=said
        ) as process:
            try:
                _feed(process, content)
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            said.seek(0)
            why = _gist(said.read().decode(errors="replace"))
            raise Refused(f"pg_restore 没有恢复成功（{why}），没有写入任何内容。")


def _feed(process: "subprocess.Popen[bytes]", content: Iterable[bytes]) -> None:
    assert process.stdin is not None  # noqa: S101  (opened as a pipe)
    try:
        with process.stdin as pipe:
            for chunk in content:
                pipe.write(chunk)
    except BrokenPipeError:
        pass  # it gave up: its own words say why


def settle() -> None:
    """Count and mark every table: a restored one has neither statistics nor a visibility map."""
    for table in connection.introspection.table_names():
        sql.run(f'VACUUM (ANALYZE) "{table}"')


def _raw() -> Any:
    connection.ensure_connection()
    return connection.connection


def _environment() -> dict[str, str]:
    """The product's own connection as the variables of the client library.

    So the password is on no command line, and every parameter of the address counts.
    """
    info = _raw().info
    given = {**info.get_parameters(), "password": info.password}
    named = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    found = {named[key]: value for key, value in given.items() if value and key in named}
    return {**os.environ, **found}


def _gist(said: str) -> str:
    """The first line that tells of an error, else the last one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["没有说明"]
    return next((line for line in lines if "error:" in line), lines[-1])[:300]
