"""One person with a browser: what is asked for, in which order, and what of it is told."""

import asyncio
import gzip
import html
import re
import statistics
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

_COOKIE: Final = re.compile(rb"set-cookie: *(sessionid|csrftoken)=([^;\r]*)", re.IGNORECASE)
_LENGTH: Final = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TAKE: Final = re.compile(r'action="(/reports/[0-9]+/take/)"')
_WHY: Final = re.compile(r'name="(why-[a-z.]+)"')
_SEEN: Final = re.compile(r'name="seen" value="([0-9]+)"')
_STEP: Final = re.compile(r'name="step" value="(submit|accept)"')
LINK: Final = re.compile(r'href="(/figures/[^"]+/rows/[^"]*)"')
_UNIT: Final = re.compile(r'<th scope="row"><a href="(/reports/\?[^"]+)"')

_TODOS: Final = re.compile(r'href="([^"]*/todos/)"')

LOOKED: Final = 20
"""Of so many answers one is unpacked, to see whether it is the page of whoever asked."""


@dataclass(slots=True)
class Telling:
    """Milliseconds by what was asked for, and answers that were none."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Quantiles of each kind and of all together."""
        every = [one for kind in self.took.values() for one in kind]
        kinds = {"all": every, **self.took}
        return {
            "errors": self.errors,
            "kinds": {kind: quantiles(ms or [0.0]) for kind, ms in kinds.items()},
        }


def quantiles(took: list[float]) -> dict[str, float]:
    """Number, p50, p95, p99 and the longest, in ms."""
    if len(took) < 2:
        took = took * 2
        number = 1
    else:
        number = len(took)
    cut = statistics.quantiles(took, n=100, method="inclusive")
    return {"n": number, "p50": cut[49], "p95": cut[94], "p99": cut[98], "max": max(took)}


@dataclass(slots=True, kw_only=True)
class Shared:
    """What all people have in common. ``every``: seconds from one sign-in, or submission, to the next."""

    port: int
    month: str
    password: str
    thinking: float
    every: float
    random: Random
    telling: Telling = field(default_factory=Telling)
    mishaps: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Answer:
    """One answer: its head and its body as they came."""

    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        """The body as a text."""
        packed = self.body[:2] == b"\x1f\x8b"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Line(asyncio.Protocol):
    """A connection that stays, with one question at a time."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._needed = 0
        self._head = 0
        self._waiting: asyncio.Future[Answer] | None = None
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError(str(exc)))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._needed:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head = end + 4
            length = _LENGTH.search(self._buffer, 0, self._head)
            self._needed = self._head + (int(length[1]) if length else 0)
        if len(self._buffer) >= self._needed and self._waiting is not None:
            head, body = bytes(self._buffer[: self._head]), bytes(self._buffer[self._head :])
            self._buffer.clear()
            self._needed = 0
            if not self._waiting.done():  # else nobody waits any longer
                self._waiting.set_result(Answer(int(head[9:12]), head, body))

    async def ask(self, request: bytes) -> Answer:
        """Send and wait for the answer."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await asyncio.wait_for(self._waiting, 60)

    def close(self) -> None:
        """It is no longer to be used: an answer may come late."""
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    @property
    def open(self) -> bool:
        """May it be used?"""
        return self._transport is not None


class Person:
    """Somebody at a desk."""

    def __init__(self, shared: Shared, told: dict[str, Any]) -> None:
        self._shared = shared
        self._told = told
        self._line = Line()
        self._cookies = {"sessionid": told["session"], "csrftoken": "a" * 32}
        self._asked = 0
        self._thought: asyncio.Event = asyncio.Event()
        self._hand_in = False
        self._handed_in = False
        self._rows = self._todos = ""
        self.began = False
        self.since = 0.0
        """When the question was put that waits for its answer; 0: none does."""

    @property
    def may_hand_in(self) -> bool:
        """A clerk who has not yet."""
        return self.began and not (self._told["reviews"] or self._handed_in or self._hand_in)

    def hand_in_now(self) -> None:
        """Think no longer."""
        self._hand_in = True
        self._thought.set()

    async def open_report(self) -> None:
        """Look at the own report and at the rows behind its problem once, and do nothing else."""
        try:
            await self._own_report()
            if self._rows and not self._told["reviews"]:
                await self._ask(self._rows, "rows of a problem", 200)
        except (OSError, ValueError) as error:
            self._line.close()
            self._mishap("own report", repr(error))

    async def live(self) -> None:
        """Go round until the end; once in a while come anew, and sign in."""
        while True:
            try:
                self.began = True
                await self._round()
                if self._now_and_then(3 * self._shared.thinking):
                    await self._sign_in()
            except (OSError, TimeoutError) as error:
                self._line.close()
                self._mishap("lost", repr(error))
            except ValueError as error:
                self._mishap("wrong page", repr(error))
            else:
                continue
            await asyncio.sleep(self._shared.thinking)

    async def _sign_in(self) -> None:
        self._cookies.clear()
        page = await self._ask("/accounts/login/", "", 200)
        form = {"login": self._told["name"], "password": self._shared.password,
                "csrfmiddlewaretoken": _found(_TOKEN, page.text)}  # fmt: skip
        await self._ask("/accounts/login/", "sign in", 302, form)
        if "sessionid" not in self._cookies:
            raise ValueError("not signed in")

    def _now_and_then(self, seconds: float) -> bool:
        """Is it time for what somebody does once an hour? ``seconds`` went by since the last time."""
        return self._shared.random.random() < seconds / self._shared.every

    async def _round(self) -> None:
        page = await self._own_report()
        await self._think()
        if self._told["reviews"]:
            await self._look_below(page)
        elif self._rows:
            await self._ask(self._rows, "rows of a problem", 200)
        await self._think()
        await self._ask(self._todos, "to-dos", 200)
        await self._think()

    async def _own_report(self) -> Answer:
        kind = "county's report" if self._told["reviews"] else "own report"
        page = await self._ask(self._report, kind, 200)
        if not self._rows:
            self._todos = _found(_TODOS, page.text)
            rows = LINK.search(page.text.partition('id="gate"')[2]) or LINK.search(page.text)
            self._rows = html.unescape(rows[1]) if rows else ""
        return page

    async def _look_below(self, page: Answer) -> None:
        """A reviewer opens the report of a unit, and accepts it where it waits for that."""
        units = _UNIT.findall(page.text)
        if not units:
            raise ValueError("a county without units")
        unit = html.unescape(self._shared.random.choice(units))
        text = (await self._ask(unit, "report below", 200)).text
        if _STEP.search(text) and "accept" in _STEP.findall(text):
            await self._take(text, "accept")

    async def _think(self) -> None:
        pause = self._shared.thinking * self._shared.random.uniform(0.5, 1.5)
        if self.may_hand_in and self._now_and_then(pause):
            self._hand_in = True
        else:
            timer = asyncio.get_running_loop().call_later(pause, self._thought.set)
            await self._thought.wait()
            timer.cancel()
        self._thought.clear()
        if self._hand_in:
            await self._submit()

    async def _submit(self) -> None:
        """Open the report and hand it in, if it still waits for that."""
        text = (await self._ask(self._report, "own report", 200)).text
        if "submit" in _STEP.findall(text):
            await self._take(text, "submit")
        self._hand_in, self._handed_in = False, True

    async def _take(self, text: str, step: str) -> None:
        address = _found(_TAKE, text)
        form = {"csrfmiddlewaretoken": _found(_TOKEN, text), "seen": _found(_SEEN, text),
                "step": step, "remark": "已核对"}  # fmt: skip
        form |= dict.fromkeys(_WHY.findall(text), "几家单位在这个月一起建会，已逐家核对")
        await self._ask(address, {"submit": "submit"}.get(step, step), 302, form)
        kind = "report, handed in" if step == "submit" else "report below"
        if step == "submit":
            await self._ask(self._report, kind, 200)

    @property
    def _report(self) -> str:
        return f"/reports/?month={self._shared.month}"

    async def _ask(
        self, address: str, kind: str, wanted: int, form: dict[str, str] | None = None
    ) -> Answer:
        """Ask, and tell how long it took under ``kind`` (empty: do not tell)."""
        if not self._line.open:
            loop = asyncio.get_running_loop()
            self._line = Line()
            await loop.create_connection(lambda: self._line, "127.0.0.1", self._shared.port)
        telling = self._shared.telling
        request = self._request(address, form)
        begun = self.since = time.perf_counter()
        try:
            answer = await self._line.ask(request)
        finally:
            self.since = 0.0
        if kind:
            telling.took.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
        self._keep_cookies(answer.head)
        self._asked += 1
        if answer.status != wanted:
            raise ValueError(f"{address}: {answer.status}")
        if wanted == 200 and kind and self._asked % LOOKED == 0:
            self._look(answer, kind)
        return answer

    def _look(self, answer: Answer, kind: str) -> None:
        """Is it a whole page, and of this very person?"""
        text = answer.text
        if self._told["name"] not in text or "</html>" not in text:
            self._mishap(kind, f"{kind}: not the page of {self._told['name']}")

    def _mishap(self, kind: str, said: str) -> None:
        errors = self._shared.telling.errors
        errors[kind] = errors.get(kind, 0) + 1
        self._shared.mishaps.append(f"{self._told['name']} {said}")

    def _request(self, address: str, form: dict[str, str] | None) -> bytes:
        body = urlencode(form).encode() if form is not None else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        number = int(self._told["name"].split("-")[1])
        head = [
            f"{'GET' if form is None else 'POST'} {address} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept: text/html",
            "Accept-Encoding: gzip",
            f"X-Forwarded-For: 10.0.{number // 250}.{number % 250 + 1}",
        ]
        if cookies:
            head.append(f"Cookie: {cookies}")
        if form is not None:
            head.append("Content-Type: application/x-www-form-urlencoded")
            head.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*head, "", ""]).encode() + body

    def _keep_cookies(self, head: bytes) -> None:
        if b"et-" in head and b"ookie" in head:
            for name, value in _COOKIE.findall(head):
                self._cookies[name.decode().lower()] = value.decode()


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"nothing like {pattern.pattern} on the page")
    return html.unescape(found[1])
