"""Where the milliseconds of a page go: `python -m bench.where`, what to ask on stdin.

One process asks itself, through the whole stack, and looks a thousand times a second of CPU where
it is. Tells one line of JSON for each page.
"""
# ruff: noqa: PLC0415 - what is imported inside functions needs the settings, which `main` names

import html
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr
from http import HTTPStatus
from time import perf_counter, process_time
from types import FrameType
from typing import Any, Final

import django

from bench.person import LINK, Answer

PARTS: Final = ("door", "session, posts", "log, counters", "view", "its queries", "template",
                "gzip")  # fmt: skip
ROWS: Final = "rows of a problem"
_TICK: Final = 0.001
_ROUNDS: Final = 150
_BATCHES: Final = 5
_WORDS: Final = (
    ("gzip", ("/system/squeezing.py", "/gzip.py")),
    ("log, counters", ("/structlog/", "/django_structlog/", "/logging/", "/prometheus_client/",
                       "/django_prometheus/")),
    ("template", ("/jinja2/",)),
)  # fmt: skip


def part_of(frame: FrameType | None) -> str:
    """What the process is at, told by the files it is in."""
    files, inside = [], False
    while frame is not None:
        files.append(frame.f_code.co_filename)
        inside = inside or frame.f_code.co_name == "_get_response"
        frame = frame.f_back
    innermost = files[:14]
    if any("/psycopg" in name or "/django/db/" in name for name in files):
        frame_of_page = any(name.endswith("/web/environment.py") for name in files)
        return "its queries" if inside and not frame_of_page else "session, posts"
    for part, words in _WORDS:
        if any(word in name for name in innermost for word in words) and _fits(part, files):
            return part
    return "view" if inside else "door"


def _fits(part: str, files: list[str]) -> bool:
    """The middleware of the log is around everything: it counts where it is the innermost."""
    return part != "log, counters" or any(word in files[0] for word in dict(_WORDS)[part])


class Asker:
    """Asks for pages as one person."""

    def __init__(self, name: str) -> None:
        from allauth.usersessions.models import UserSession
        from django.conf import settings
        from django.test import Client, RequestFactory

        from gongjian.accounts.models import User
        from gongjian.web.tests.people import sign_in
        from gongjian.web.wsgi import application

        client = Client()
        user = sign_in(client, User.objects.get(username=name))
        UserSession.objects.create(  # as a sign-in by password does
            user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="bench"
        )
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
        self.cookie = f"{cookie}; csrftoken={'a' * 32}"
        self._headers: dict[str, Any] = {
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "SERVER_NAME": "localhost",
        }
        self._factory = RequestFactory()
        self._serve: Any = application

    def ask(self, address: str) -> Answer:
        """One answer."""
        told: list[str] = []
        environ = self._factory.get(address, **self._headers).environ
        answer = self._serve(environ, lambda status, _: told.append(status))
        body = b"".join(answer)
        answer.close()
        return Answer(int(told[0][:3]), b"", body)


def measured(asker: Asker, address: str) -> dict[str, Any]:
    """ms of wall and of CPU, questions to the database when warm, and shares of the CPU."""
    from django.db import connection

    begun = perf_counter()
    status = asker.ask(address).status
    first = perf_counter() - begun
    for _ in range(10):
        asker.ask(address)
    asked: list[str] = []

    def count(execute: Any, *question: Any) -> Any:
        asked.append(question[0])
        return execute(*question)

    with connection.execute_wrapper(count):
        asker.ask(address)
    wall, per = map(min, zip(*(_batch(asker, address) for _ in range(_BATCHES)), strict=True))
    found = _sampled(lambda: asker.ask(address))
    whole = sum(found.values()) or 1
    return {
        "status": status, "first": first * 1000, "wall": wall, "cpu": per,
        "queries": len(asked), "parts": {part: found[part] / whole * per for part in PARTS},
    }  # fmt: skip


def rows_of(page: Answer) -> str:
    """The address of the rows behind a problem of a report, or behind its first figure."""
    gate = page.text.partition('id="gate"')[2]
    found = LINK.search(gate) or LINK.search(page.text)
    if found is None:
        raise SystemExit("no figure on the report opens")
    return html.unescape(found[1])


def _batch(asker: Asker, address: str) -> tuple[float, float]:
    """ms of wall and of CPU for one answer; the best of several batches: others use the cores, too."""
    rounds = _ROUNDS // _BATCHES
    begun, cpu = perf_counter(), process_time()
    for _ in range(rounds):
        asker.ask(address)
    wall, used = perf_counter() - begun, process_time() - cpu
    return wall / rounds * 1000, used / rounds * 1000


def _sampled(ask: Callable[[], object]) -> Counter[str]:
    found: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        found[part_of(frame)] += 1

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    for _ in range(_ROUNDS):
        ask()
    signal.setitimer(signal.ITIMER_PROF, 0)
    return found


def main() -> int:
    """Tell the first one's cookie, and measure each page: its name, who asks, its address."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["GONGJIAN_SERVING"] = "1"
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):  # noqa: PTH123
        django.setup()
        askers: dict[str, Asker] = {}
        for title, name, asked in json.loads(sys.stdin.readline()):
            if name not in askers:
                askers[name] = Asker(name)
                if len(askers) == 1:
                    print(json.dumps(askers[name].cookie), flush=True)
            asker = askers[name]
            address = rows_of(asker.ask(asked)) if title == ROWS else asked
            found = measured(asker, address)
            if found["status"] != HTTPStatus.OK:
                raise SystemExit(f"{title}: {found['status']}")
            print(json.dumps({"title": title, **found}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
