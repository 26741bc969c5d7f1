"""A mail server that a test talks to: it speaks SMTP and keeps what it was sent."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread


@dataclass(slots=True)
class Postbox:
    """What arrived, and what is to be refused.

    ``refused`` are addresses answered with 550; ``hangs_up``: after the text of a mail came the
    line is cut without a word. After so many mails as ``keeps_waiting_after`` the next gets no
    answer until it ``goes_on``; ``waits`` says that it came.
    """

    port: int = 0
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    hangs_up: bool = False
    keeps_waiting_after: int | None = None
    waits: Event = field(default_factory=Event)
    goes_on: Event = field(default_factory=Event)


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    box: Postbox

    def handle(self) -> None:
        self._say("220 test")
        to = ""
        while True:
            line = self.rfile.readline().decode().strip()
            word = line[:4].upper()
            if word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self._say("550 no such box" if to in self.box.refused else "250 ok")
            elif word == "DATA":
                self._say("354 go on")
                if not self._take(to):
                    return
            elif word in {"QUIT", ""}:
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, to: str) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.box.hangs_up:
            return False
        if len(self.box.mails) == self.box.keeps_waiting_after:
            self.box.waits.set()
            self.box.goes_on.wait()
            return False
        self.box.mails.append((to, message_from_bytes(b"".join(lines), policy=policy.default)))
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A server on a free port of this machine, as long as the block lasts."""
    box = Postbox()
    talk = type("Talk", (_Talk,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
