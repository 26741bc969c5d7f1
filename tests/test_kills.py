"""A killed import leaves nothing or everything, and a chain that verifies."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongjian.core.builders import make_credit_code

ROWS = 12_000
KILLS = 20


def gongjian(url: str, *words: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": url}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "gongjian", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def said(url: str, *words: str) -> object:
    process = gongjian(url, *words, "--json")
    out, error = process.communicate()
    assert process.returncode == 0, error.decode()
    return json.loads(out)


def paper(folder: Path, number: int) -> Path:
    """A file of employers that no other file names."""
    lines = ["统一社会信用代码,单位名称,所属区划,单位性质,职工人数,成立日期"]
    lines += [
        f"{make_credit_code(number * ROWS + i)},第{number}批{i}号厂,510703,企业,{i % 300},2005-01-02"
        for i in range(ROWS)
    ]
    path = folder / f"{number}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def staffed(url: str) -> int:
    answer = said(url, "figures", "employers.total", "--at", "2011-12-28")
    assert isinstance(answer, dict)
    value = answer["figures"][0]["value"]
    assert isinstance(value, int)
    return value


@pytest.mark.proof
def test_killed_imports_leave_nothing_or_everything(
    spare_database_url: str, tmp_path: Path
) -> None:
    url = spare_database_url
    said(url, "migrate")
    areas = tmp_path / "areas.csv"
    areas.write_text("区划代码,名称,类型\n510703,涪城区,区\n", encoding="utf-8")
    said(url, "import", "areas", str(areas))
    begun = time.monotonic()
    said(url, "import", "employers", str(paper(tmp_path, 0)))
    whole = time.monotonic() - begun
    chance, held, landed = random.Random(2011), ROWS, 0
    for number in range(1, KILLS + 1):
        file = paper(tmp_path, number)
        process = gongjian(url, "import", "employers", str(file))
        # Most of the kills where the writing is, the rest anywhere.
        time.sleep(whole * chance.choice((chance.uniform(0.6, 1.05), chance.random())))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        now = staffed(url)
        assert now in (held, held + ROWS)
        landed += now != held
        held = now
        assert said(url, "audit", "verify") == {
            "records": 2 + landed,
            "ok": True,
            "first_broken": None,
        }
        if now == held and process.returncode != 0:
            answer = said(url, "import", "employers", str(file), "--dry-run")
            assert isinstance(answer, dict)
            assert answer["new"] + answer["unchanged"] == ROWS
