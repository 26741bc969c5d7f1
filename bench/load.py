"""Clients that ask a running server for lists, each over one connection."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any, Final

from bench.databases import URL

_HOST: Final = "127.0.0.1"
_LISTS: Final = (
    "/ledgers/members/",
    "/ledgers/members/?area=510701",
    "/ledgers/members/?area=510702",
    "/ledgers/employers/",
    "/ledgers/employers/?area=510703",
    "/ledgers/unions/",
    "/ledgers/coverage/",
    "/ledgers/agreements/",
)
"""What people look at: half members, half the rest."""

_EMPTY: Final = "/bench/empty/"
_TURNS: Final = 2


@dataclass(slots=True)
class Seen:
    """What came of some addresses: seconds of each answer, statuses, time asked in all."""

    seconds: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    lasted: float = 0.0

    def told(self) -> dict[str, Any]:
        """Answers a second, ms, statuses."""
        ms = sorted(seconds * 1000 for seconds in self.seconds)
        return {
            "rate": len(ms) / self.lasted,
            "p50": statistics.median(ms),
            "p95": statistics.quantiles(ms, n=20, method="inclusive")[-1],
            "statuses": sorted(self.statuses),
        }


def loaded(url: str, cookie: str, clients: int, seconds: float) -> dict[str, dict[str, Any]]:
    """Lists and the empty view in turns, so many seconds of each, by so many clients at once."""
    found = {"empty view": Seen(), "lists": Seen()}
    with serving(url) as port:
        for paths in ((_EMPTY,), _LISTS):
            turn(port, cookie, paths, clients, 2.0, Seen())  # every process has seen all of it
        for _ in range(_TURNS):
            for title, paths in (("empty view", (_EMPTY,)), ("lists", _LISTS)):
                turn(port, cookie, paths, clients, seconds / _TURNS, found[title])
    return {title: seen.told() for title, seen in found.items()}


def turn(
    port: int, cookie: str, paths: tuple[str, ...], clients: int, seconds: float, seen: Seen
) -> None:
    begun = time.perf_counter()
    asking = [
        threading.Thread(target=_ask, args=(port, cookie, paths[at % len(paths) :] + paths, begun + seconds, seen))
        for at in range(clients)
    ]  # fmt: skip
    for client in asking:
        client.start()
    for client in asking:
        client.join()
    seen.lasted += time.perf_counter() - begun


def _ask(port: int, cookie: str, paths: tuple[str, ...], until: float, seen: Seen) -> None:
    head = f" HTTP/1.1\r\nHost: {_HOST}\r\nAccept-Encoding: gzip\r\nCookie: {cookie}\r\n\r\n"
    asked = [f"GET {path}{head}".encode() for path in paths]
    at = 0
    with socket.create_connection((_HOST, port), timeout=60) as connection:
        stream = connection.makefile("rb")
        while time.perf_counter() < until:
            begun = time.perf_counter()
            connection.sendall(asked[at % len(asked)])
            status = _answer(stream)
            seen.seconds.append(time.perf_counter() - begun)
            seen.statuses.add(status)
            at += 1


def _answer(stream: BufferedReader) -> int:
    """The status of one answer, read to its end; no more is looked at, for the cores are shared."""
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    stream.read(length)
    return status


@contextmanager
def serving(url: str) -> Iterator[int]:
    """The port of a `gongjian serve` without a worker."""
    with served(url) as (port, _):
        yield port


@contextmanager
def served(url: str, **more: str) -> Iterator[tuple[int, int]]:
    """Port and process of a `gongjian serve` without a worker, with ``more`` in its environment."""
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gongjian", "serve", "--port", str(port), "--without-worker"]
    environment = {**os.environ, URL: url, "DJANGO_SETTINGS_MODULE": "bench.settings", **more}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port, server)
            yield port, server.pid
        finally:
            server.terminate()


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit(f"gongjian serve ended with {server.returncode}")
        try:
            connection = http.client.HTTPConnection(_HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("gongjian serve does not answer")
