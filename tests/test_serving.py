"""`gongjian serve`: real processes, asked over the network."""

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.commands import environment, environment_of, not_there, run_in

__all__ = ["environment"]

PATIENCE = 60.0  # seconds after which something that should happen counts as missing
SOON = 15.0  # seconds in which a stop must be through, whatever else goes on


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Site:
    """One browser at a running server."""

    def __init__(self, port: int, jar: CookieJar, log: TextIO) -> None:
        self._log = log
        self.address = f"http://127.0.0.1:{port}"
        self._open = build_opener(HTTPCookieProcessor(jar)).open

    @property
    def log(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def get(self, path: str, **headers: str) -> tuple[int, str, str]:
        return self._ask(Request(self.address + path, headers=headers))

    def post(self, path: str, **form: str) -> tuple[int, str, str]:
        _, _, page = self.get(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None
        data = urlencode({**form, "csrfmiddlewaretoken": found[1]}).encode()
        return self._ask(Request(self.address + path, data=data))

    def _ask(self, request: Request) -> tuple[int, str, str]:
        """(status, address where it ended, text)."""
        try:
            with self._open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.url, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.url or "", error.read().decode()


@contextmanager
def served(
    surroundings: dict[str, str], *words: str, jar: CookieJar | None = None
) -> Iterator[tuple["subprocess.Popen[str]", Site]]:
    port = free_port()
    # No pipe: a log that nobody reads would stop the server once the pipe is full.
    log = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed below)
    process = subprocess.Popen(
        [sys.executable, "-m", "gongjian", "serve", "--port", str(port), "--workers", "1", *words],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    site = Site(port, CookieJar() if jar is None else jar, log)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                site.get("/healthz")
                break
            except URLError:
                assert process.poll() is None, site.log
                assert time.monotonic() < until
                time.sleep(0.1)
        yield process, site
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=SOON)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        log.close()


def end(process: "subprocess.Popen[str]", number: signal.Signals) -> tuple[int, str]:
    process.send_signal(number)
    out, _ = process.communicate(timeout=SOON)
    return process.returncode, out


@pytest.fixture
def place(migrated_database_url: str, tmp_path: Path) -> dict[str, str]:
    """An empty place to serve from, with its database made."""
    found = environment_of(migrated_database_url) | {"GONGJIAN_FILES": str(tmp_path / "files")}
    if "sqlite" not in found["GONGJIAN_DATABASE_URL"]:
        found["GONGJIAN_SECRET_KEY"] = "x" * 50
    return found


def children_of(number: int) -> list[int]:
    told = Path(f"/proc/{number}/task/{number}/children").read_text()
    return [int(word) for word in told.split()]


def command_of(number: int) -> str:
    return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def worker_of(process: "subprocess.Popen[str]") -> int:
    found = [n for n in children_of(process.pid) if command_of(n).rstrip().endswith("worker")]
    return found[0] if found else 0


def wait_ready(site: Site) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while True:
        status, _, text = site.get("/readyz")
        if status == 200:
            answer: dict[str, Any] = json.loads(text)
            return answer
        assert time.monotonic() < until, text
        time.sleep(0.2)


def until(site: Site, path: str, *words: str, pause: float = 0.1) -> str:
    """Look at a page again and again until it says one of ``words``; what it says then.

    Without a ``pause`` what lasts but a moment is seen too.
    """
    late = time.monotonic() + PATIENCE
    while True:
        status, _, text = site.get(path)
        assert status == 200, text
        if any(word in text for word in words):
            return text
        assert time.monotonic() < late, text
        time.sleep(pause)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_it_starts_answers_and_stops(place: dict[str, str], number: signal.Signals) -> None:
    with served(place) as (process, site):
        assert site.get("/healthz")[::2] == (200, '{"alive": true}')
        assert wait_ready(site) == {
            "ready": True,
            "checks": {"database": True, "migrations": True, "key": True, "worker": True},
        }
        family = [*children_of(process.pid), worker_of(process)]

        status, out = end(process, number)
        error = site.log

    assert (status, out) == (0, f"工建已启动：{site.address}/ （按 Ctrl-C 停止）\n已停止。\n")
    assert [line for line in error.splitlines() if not line.startswith("{")] == []
    assert [n for n in family if Path(f"/proc/{n}").exists()] == []


def test_a_worker_that_dies_is_started_anew(place: dict[str, str]) -> None:
    with served(place) as (process, site):
        wait_ready(site)
        first = worker_of(process)
        os.kill(first, signal.SIGKILL)

        until = time.monotonic() + PATIENCE
        while worker_of(process) in (0, first):
            assert time.monotonic() < until
            time.sleep(0.1)

        assert wait_ready(site)["ready"]


def test_without_a_worker_it_serves_and_says_that_it_is_not_ready(place: dict[str, str]) -> None:
    with served(place, "--without-worker") as (process, site):
        status, _, text = site.get("/readyz")

        assert worker_of(process) == 0
        assert (status, json.loads(text)["checks"]["worker"]) == (503, False)


def test_numbers_of_all_processes_are_told_to_this_machine_alone(place: dict[str, str]) -> None:
    with served(place) as (_, site):
        site.get("/healthz")
        status, _, text = site.get("/metrics")
        passed_on = site.get("/metrics", **{"X-Forwarded-For": "192.0.2.7"})[0]

    assert (status, passed_on) == (200, 404)
    assert 'django_http_requests_total_by_view_transport_method_total{method="GET"' in text


def test_a_sign_in_outlives_a_restart(place: dict[str, str], tmp_path: Path) -> None:
    areas = tmp_path / "areas.csv"
    areas.write_text("区划代码,名称,类型\n510703,涪城区,区\n", encoding="utf-8")
    assert run_in(place, "import", "areas", str(areas)).status == 0
    made = run_in(
        place, "user", "add", "li", "--role", "township-clerk", "--area", "510703", "--json"
    )
    jar = CookieJar()
    with served(place, jar=jar) as (_, site):
        assert site.get("/")[1].startswith(f"{site.address}/accounts/login/")
        inside = site.post("/accounts/login/", login="li", password=made.json["password"])[1]
        assert not inside.startswith(f"{site.address}/accounts/login/")
        before = site.get("/")[1].removeprefix(site.address)

    with served(place, jar=jar) as (_, site):
        after = site.get("/")[1].removeprefix(site.address)

    assert after == before
    assert not after.startswith("/accounts/login/")


def test_log_names_no_one_and_nothing_that_was_asked_for(place: dict[str, str]) -> None:
    with served(place) as (process, site):
        site.get("/search/?q=510703199001011234")
        site.post("/accounts/login/", login="zhangsan", password="known-to-nobody")
        end(process, signal.SIGTERM)
        error = site.log

    lines = [json.loads(line) for line in error.splitlines()]
    told = [line for line in lines if line["event"] == "request_finished"]
    assert "GET /search/" in [line["request"] for line in told]
    assert {bool(re.fullmatch(r"[0-9a-f-]{36}", line["request_id"])) for line in told} == {True}
    for word in ("510703199001011234", "zhangsan", "known-to-nobody", "127.0.0.1"):
        assert word not in error


def test_database_of_another_version_is_not_served(environment: dict[str, str]) -> None:
    said = run_in(environment, "serve", "--port", str(free_port()))

    assert (said.status, said.out) == (2, "")
    assert said.error == not_there(environment)


def test_wrong_field_key_is_not_served(place: dict[str, str]) -> None:
    wrong = {**place, "GONGJIAN_FIELD_KEY": "A" * 43 + "="}

    said = run_in(wrong, "serve", "--port", str(free_port()))

    assert (said.status, said.out) == (1, "")
    assert said.error.startswith("GONGJIAN_FIELD_KEY 与这个数据库不符")


def test_port_in_use_is_told(place: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = run_in(place, "serve", "--port", str(port))

    assert (said.status, said.out) == (2, "")
    assert said.error.startswith(f"不能在 127.0.0.1:{port} 上提供服务")


def test_demo_accounts_are_for_the_demonstration_alone(place: dict[str, str]) -> None:
    said = run_in(place, "serve", "--demo", "--port", str(free_port()))

    assert (said.status, said.out) == (2, "")
    assert said.error == ("这个数据库里不是演示市，不能用 --demo 启动：演示账号的密码人人可见。\n")


def test_key_of_the_sign_in_is_made_once_and_only_we_can_read_it(
    place: dict[str, str], vendor: str
) -> None:
    if vendor == "postgresql":
        place.pop("GONGJIAN_SECRET_KEY")
        said = run_in(place, "serve", "--port", str(free_port()))
        assert said.status == 2
        assert said.error.startswith("请用环境变量 GONGJIAN_SECRET_KEY 给出登录密钥")
        return
    place.pop("GONGJIAN_SECRET_KEY", None)
    secret = Path(place["GONGJIAN_DATABASE_URL"].removeprefix("sqlite:///")).with_name(
        "gongjian.secret"
    )
    kept = set()
    for _ in range(2):
        with served(place):
            kept.add(secret.read_text())
    assert len(kept) == 1
    assert len(kept.pop()) > 60
    assert secret.stat().st_mode & 0o777 == 0o600


def test_each_of_many_browsers_is_answered_and_keeps_its_connection(
    place: dict[str, str],
) -> None:
    number = 1_100  # to one process, which held 1,024 at most once
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, max(few, 2 * number)), most))
    with ExitStack() as browsers:
        browsers.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (few, most))
        _, site = browsers.enter_context(served(place, "--without-worker"))
        port = int(site.address.rpartition(":")[2])
        for _ in range(number):
            browser = browsers.enter_context(
                closing(HTTPConnection("127.0.0.1", port, timeout=SOON))
            )
            browser.request("GET", "/healthz")
            answer = browser.getresponse()
            answer.read()
            assert (answer.status, answer.isclosed(), answer.will_close) == (200, True, False)
