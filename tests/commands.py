"""The command line for tests: run in this process, or as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from gongjian.cli import main
from gongjian.core.builders import make_credit_code


class Said(NamedTuple):
    """What one run of the command answered."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


def run_in(environment: dict[str, str], *words: str) -> Said:
    done = subprocess.run(
        [sys.executable, "-m", "gongjian", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def environment_of(url: str) -> dict[str, str]:
    """What a command of its own needs to work on the database at this address."""
    found = {**os.environ, "GONGJIAN_DATABASE_URL": url}
    found.pop("DJANGO_SETTINGS_MODULE", None)
    return found


@pytest.fixture
def environment(spare_database_url: str) -> dict[str, str]:
    return environment_of(spare_database_url)


def not_there(environment: dict[str, str]) -> str:
    """What is said where the database of ``environment`` was never made."""
    address = urlsplit(environment["GONGJIAN_DATABASE_URL"])
    name = address.path.removeprefix("/")
    return (
        f"数据库“{name}”还没有建立或需要升级，请先运行 gongjian migrate；"
        f"如果不是这个数据库，请核对 GONGJIAN_DATABASE_URL。\n"
    )


@pytest.fixture
def run(db: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, on the test's own database."""

    def gongjian(*words: str) -> Said:
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as end:
            status = int(str(end.code))
        return Said(status, *capsys.readouterr())

    return gongjian


@pytest.fixture
def city(run: Run, tmp_path: Path) -> Run:
    """A city of two townships and two firms: changes 1 and 2."""
    areas = paper(
        tmp_path / "areas.csv",
        "区划代码,名称,上级代码,类型",
        "5107,绵阳市,,市",
        "510703,涪城区,5107,区",
        "510703001,城厢街道,510703,街道",
        "510703002,塘汛镇,510703,镇",
    )
    firms = paper(
        tmp_path / "firms.csv",
        "统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期",
        f"{make_credit_code(1)},甲公司,城厢街道,企业,120,2005-01-02",
        f"{make_credit_code(2)},乙学校,塘汛镇,事业单位,60,2005-01-02",
    )
    assert run("import", "areas", areas).status == 0
    assert run("import", "employers", firms).status == 0
    return run


def paper(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)
