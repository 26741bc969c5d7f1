"""A server some of whose processes are killed, or whose database is busy: what its pages say."""

import os
import re
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request

import pytest

from gongjian.core.builders import make_credit_code
from gongjian.jobs.running import INTERRUPTED
from tests.commands import environment, run_in
from tests.test_serving import (
    PATIENCE,
    Site,
    children_of,
    place,
    served,
    until,
    wait_ready,
    worker_of,
)

__all__ = ["environment", "place"]

ROWS = 6_000
CHANGED = "rice-and-tea-2011"
EXPORT = "/ledgers/employers/export/"


@pytest.fixture
def enter(place: dict[str, str], tmp_path: Path) -> Callable[[Site], None]:
    """Signs a county organiser in, who has some thousand employers."""
    areas, firms = tmp_path / "areas.csv", tmp_path / "employers.csv"
    areas.write_text("区划代码,名称,类型\n510703,涪城区,区\n", encoding="utf-8")
    lines = [f"{make_credit_code(i)},第{i}号厂,510703,企业,{i % 300}" for i in range(ROWS)]
    head = "统一社会信用代码,单位名称,所属区划,单位性质,职工人数"
    firms.write_text("\n".join([head, *lines]), encoding="utf-8")
    for ledger, path in (("areas", areas), ("employers", firms)):
        assert run_in(place, "import", ledger, str(path)).status == 0
    words = ("user", "add", "li", "--role", "county-organiser", "--area", "510703", "--json")
    first = run_in(place, *words).json["password"]

    def sign_in(site: Site) -> None:
        site.post("/accounts/login/", login="li", password=first)
        said = {"oldpassword": first, "password1": CHANGED, "password2": CHANGED}
        assert site.post("/accounts/password/change/", **said)[0] == 200

    return sign_in


def press(site: Site, seen: str, path: str, **form: str) -> str:
    """Send a form that stands on the page ``seen``; the address where that leads."""
    _, _, page = site.get(seen)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    data = urlencode({**form, "csrfmiddlewaretoken": token[1]}).encode()
    status, address, text = site._ask(Request(site.address + path, data=data))
    assert status == 200, text
    return address.removeprefix(site.address)


def caught(site: Site, worker: int) -> str:
    """Hand exports in until the worker is held in the middle of one; the page of its job."""
    while True:
        job = press(site, "/ledgers/employers/", EXPORT, all="1", address="")
        until(site, job, "正在办理", "已办完", pause=0)
        os.kill(worker, signal.SIGSTOP)
        if "正在办理" in site.get(job)[2]:
            return job
        os.kill(worker, signal.SIGCONT)


def papers(place: dict[str, str]) -> list[Path]:
    """Whole papers and drafts in the folder of papers."""
    folder = Path(place["GONGJIAN_FILES"])
    return [p for p in folder.rglob("*") if p.is_file() and "counters" not in p.parts]


def test_a_killed_worker_writes_no_half_paper_and_the_page_says_so(
    place: dict[str, str], enter: Callable[[Site], None]
) -> None:
    with served(place) as (process, site):
        wait_ready(site)
        enter(site)
        job = caught(site, worker_of(process))
        before = papers(place)
        os.kill(worker_of(process), signal.SIGKILL)

        page = until(site, job, INTERRUPTED, "已办完")

        assert INTERRUPTED in page
        assert "再办一次" in page
        assert site.get(f"{job.replace('/jobs/', '/ledgers/downloads/')}")[0] == 404
        assert papers(place) == before
        press(site, job, f"{job}retry/")
        done = until(site, job, "查看结果")
        link = re.search(r'href="(/ledgers/downloads/\d+/)"', done)
        assert link is not None
        with site._open(site.address + link[1], timeout=PATIENCE) as answer:
            book = answer.read()
    assert book.startswith(b"PK")
    assert len(book) > 100_000


def test_a_killed_keeper_takes_its_processes_along_and_the_next_one_starts(
    place: dict[str, str], enter: Callable[[Site], None]
) -> None:
    jar = CookieJar()
    with served(place, jar=jar) as (process, site):
        wait_ready(site)
        enter(site)
        job = press(site, "/ledgers/employers/", EXPORT, all="1", address="")
        family = children_of(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        late = time.monotonic() + PATIENCE
        while any(Path(f"/proc/{number}").exists() for number in family):
            assert time.monotonic() < late
            time.sleep(0.1)
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", int(site.address.rpartition(":")[2])))

    with served(place, jar=jar) as (_, site):
        page = until(site, job, INTERRUPTED, "已办完")
        if INTERRUPTED in page:
            press(site, job, f"{job}retry/")
            until(site, job, "已办完")


def test_a_page_is_shown_while_somebody_else_writes(
    place: dict[str, str], enter: Callable[[Site], None], vendor: str
) -> None:
    """The first page after the sign-in would write that somebody was here."""
    with served(place, "--without-worker") as (_, site):
        enter(site)
        press(site, "/jobs/", "/accounts/logout/")
        site.post("/accounts/login/", login="li", password=CHANGED)
        if vendor == "sqlite":
            path = place["GONGJIAN_DATABASE_URL"].removeprefix("sqlite:///")
            with sqlite3.connect(path, isolation_level=None) as other:
                other.execute("BEGIN IMMEDIATE")
                status = site.get("/jobs/")[0]
                other.execute("ROLLBACK")
            other.close()
        else:
            status = site.get("/jobs/")[0]

        assert status == 200
        assert site.get("/accounts/sessions/")[0] == 200
