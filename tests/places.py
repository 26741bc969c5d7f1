"""Databases of their own for tests that run commands as processes: several, and still empty."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from gongjian.core.builders import make_credit_code, make_identity
from tests.commands import Said, paper, run_in

ENTRY = settings.DATABASES["default"]
EMBEDDED = ENTRY["ENGINE"].endswith("sqlite3")
DAYS = ("2010-12-31", "2011-12-28")
MEMBERS = 40


class Place:
    """One database, perhaps still empty, and the environment in which commands use it.

    The key is the one of all tests, in the environment, unless a test takes it out.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        self.environment["GONGJIAN_DATABASE_URL"] = self._url()
        self.environment["GONGJIAN_FILES"] = str(self.papers)

    @property
    def file(self) -> Path:
        return self.folder / "gongjian.sqlite3"

    @property
    def papers(self) -> Path:
        return self.folder / "gongjian-files"

    def _url(self) -> str:
        if EMBEDDED:
            return f"sqlite:///{self.file}"
        return f"postgresql:///{self.name}?host={ENTRY['HOST']}&user={ENTRY['USER']}"

    def run(self, *words: str, **variables: str) -> Said:
        return run_in(self.environment | variables, *words)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "gongjian", *words]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        if EMBEDDED:
            with closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
                return connection.execute(query).fetchall()
        with _server(self.name) as connection:
            done = connection.execute(query.encode())
            return done.fetchall() if done.description else []

    def tables(self) -> int:
        if EMBEDDED:
            if not self.file.exists():
                return 0
            return int(self.ask("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'")[0][0])
        query = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'"
        return int(self.ask(query)[0][0])

    def figures(self, *more: str) -> list[str]:
        """The very text of all figures on several days."""
        answers = [self.run("figures", "--json", "--at", day, *more) for day in DAYS]
        assert [(a.status, a.error) for a in answers] == [(0, "")] * len(DAYS)
        return [a.out for a in answers]


def _server(name: str) -> "psycopg.Connection[tuple[Any, ...]]":
    return psycopg.connect(dbname=name, autocommit=True, host=ENTRY["HOST"], user=ENTRY["USER"])


Places = Callable[[], Place]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Makes empty places, gone when the module is done."""
    made: list[str] = []

    def place() -> Place:
        name = f"backup_{uuid4().hex}"
        if not EMBEDDED:
            with _server("postgres") as connection:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made.append(name)
        return Place(tmp_path_factory.mktemp("place"), name)

    yield place
    if not EMBEDDED:
        with _server("postgres") as connection:
            for name in made:
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


def fill(place: Place) -> None:
    """Changes 1 to 5: a county of two townships, firms, unions whom they cover, members."""
    files = {
        "areas": [
            "区划代码,名称,上级代码,类型",
            "510728,北山县,,县",
            "510728100,城关镇,510728,镇",
            "510728101,石桥镇,510728,镇",
        ],
        "employers": [
            "统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期",
            f"{make_credit_code(1)},甲公司,城关镇,企业,120,2005-01-02",
            f"{make_credit_code(2)},乙公司,石桥镇,企业,60,2005-01-02",
        ],
        "unions": [
            "工会名称,工会类型,所属区划,建会日期",
            "甲公司工会,单独基层工会,城关镇,2006-01-01",
        ],
        "coverage": ["工会,用人单位,涵盖方式,起始日期", "甲公司工会,甲公司,单独,2006-01-01"],
        "members": [
            "证件号码,姓名,手机,所属工会,入会日期",
            *(
                f"{make_identity('510703', date(1980, 1, 1), n)},会员{n},138000000{n:02},甲公司工会,2010-01-01"
                for n in range(1, MEMBERS + 1)
            ),
        ],
    }
    assert place.run("migrate").status == 0
    for ledger, lines in files.items():
        file = paper(place.folder / f"{ledger}.csv", *lines)
        answer = place.run("import", ledger, file)
        assert answer.status == 0, answer.out
        Path(file).unlink()
