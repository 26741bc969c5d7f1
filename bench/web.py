"""Pages under load: `python -m bench.web --port P --cookie NAME=VALUE [--list A] [--record A] [--search A]`.

Against a running `gongjian serve`. Each address is asked for `--seconds` by `--clients` at once,
taking turns with an empty answer of the same server, so that whatever else the machine does falls
on both. Prints requests a second, p50 and p95 in ms, kB compressed, and both as a ratio to the
empty answer. The exit status is 1 where a page answers anything but 200.
"""

import argparse
import http.client
import json
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

EMPTY = "/healthz"
TURNS = 3


@dataclass(slots=True)
class Seen:
    """What came of one address: seconds of each answer, statuses, bytes of one, time asked in all."""

    seconds: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    bytes: int = 0
    lasted: float = 0.0

    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted

    def at(self, share: int) -> float:
        """The time in ms within which so many per cent were answered."""
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[share - 1] * 1000


def ask(options: argparse.Namespace, path: str, until: float, seen: Seen) -> None:
    """One client: the same address again and again over one connection."""
    connection = http.client.HTTPConnection(options.host, options.port, timeout=60)
    headers = {"Accept-Encoding": "gzip", "Cookie": options.cookie}
    while time.perf_counter() < until:
        begun = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        seen.seconds.append(time.perf_counter() - begun)
        seen.statuses.add(answer.status)
        seen.bytes = len(content)
    connection.close()


def load(options: argparse.Namespace, path: str, seen: Seen) -> None:
    """All clients at one address for one turn."""
    begun = time.perf_counter()
    until = begun + options.seconds / TURNS
    clients = [
        threading.Thread(target=ask, args=(options, path, until, seen))
        for _ in range(options.clients)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seen.lasted += time.perf_counter() - begun


def measure(options: argparse.Namespace, paths: Sequence[str]) -> dict[str, Seen]:
    """Each address and the empty one in turns, after one answer of each that does not count."""
    seen = {path: Seen() for path in (EMPTY, *paths)}
    for path in seen:
        ask(options, path, time.perf_counter() + 0.001, Seen())
    for _ in range(TURNS):
        for path, one in seen.items():
            load(options, path, one)
    return seen


def table(seen: dict[str, Seen]) -> list[dict[str, object]]:
    """One line for each address, times also as ratios to the empty answer."""
    empty = seen[EMPTY]
    return [
        {
            "address": path,
            "statuses": sorted(one.statuses),
            "per_second": round(one.rate(), 1),
            "p50_ms": round(one.at(50), 2),
            "p95_ms": round(one.at(95), 2),
            "kB": round(one.bytes / 1000, 1),
            "p95_to_empty": round(one.at(95) / empty.at(95), 2),
            "rate_to_empty": round(one.rate() / empty.rate(), 3),
        }
        for path, one in seen.items()
    ]


def main() -> int:
    """Measure and print; 0 where every answer was a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--cookie", default="", help="sessionid=… of somebody signed in")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=9.0, help="for each address, in all")
    parser.add_argument("--list", default="/ledgers/members/")
    parser.add_argument("--record", default="/ledgers/members/1/")
    parser.add_argument("--search", default="/search/?q=510703")
    options = parser.parse_args()
    lines = table(measure(options, (options.list, options.record, options.search)))
    for line in lines:
        print(json.dumps(line, ensure_ascii=False))
    return int(any(line["statuses"] != [200] for line in lines))


if __name__ == "__main__":
    sys.exit(main())
