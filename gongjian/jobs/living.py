"""Which process this is, and whether another one still lives."""

import os
import socket
from pathlib import Path


def identity() -> str:
    """This process: machine, number, and when it began, for numbers are used again."""
    return f"{_host()}/{os.getpid()}/{_begun(os.getpid())}"


def is_alive(named: str) -> bool | None:
    """Whether the process ``named`` lives; None where it runs on a machine we cannot see.

    None, too, where that is no name of a process.
    """
    host, _, process = named.partition("/")
    number, _, begun = process.partition("/")
    if host != _host() or not number.isdecimal():
        return None
    return _begun(int(number)) == begun


def _host() -> str:
    return socket.gethostname()[:80]


def _begun(number: int) -> str:
    """When a process began, in ticks since the machine did; empty where there is none.

    Where the machine tells no such thing a living process is all that can be found.
    """
    stat = Path(f"/proc/{number}/stat")
    if stat.exists():
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if words[0] in {"Z", "X"} else words[19]
    if Path("/proc/self/stat").exists():
        return ""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return ""
    return "?"
