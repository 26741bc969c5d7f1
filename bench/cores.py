"""Seconds of CPU that processes took, as the kernel counts them."""

import os
from pathlib import Path
from typing import Final, NamedTuple

import psycopg

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PROC: Final = Path("/proc")


class Seconds(NamedTuple):
    """Seconds of CPU so far: the web, the database, and the whole machine."""

    web: float
    database: float
    machine: float

    def since(self, before: "Seconds") -> "Seconds":
        """What was taken in between."""
        return Seconds(*(now - then for now, then in zip(self, before, strict=True)))


class Cores:
    """Reads them, for a web server and for all of a PostgreSQL server."""

    def __init__(self, web: int, url: str) -> None:
        """``web`` is the process that started the others; ``url`` a database of the server."""
        self._web = web
        with psycopg.connect(url) as connection:
            self._database = _parent(connection.info.backend_pid)

    def read(self) -> Seconds:
        """Since these processes began."""
        below: dict[int, list[int]] = {}
        used: dict[int, tuple[float, float]] = {}
        for folder in _PROC.iterdir():
            if folder.name.isdigit() and (told := _stat(int(folder.name))):
                below.setdefault(int(told[1]), []).append(int(folder.name))
                used[int(folder.name)] = _own(told)
        first = (_PROC / "stat").read_text().split()
        busy = sum(int(first[at]) for at in (1, 2, 3, 6, 7)) / _TICKS
        return Seconds(_branch(self._web, below, used), _branch(self._database, below, used), busy)


def _branch(root: int, below: dict[int, list[int]], used: dict[int, tuple[float, float]]) -> float:
    """Own seconds and those of all below; of children that ended what the kernel added up."""
    own, ended = used.get(root, (0.0, 0.0))
    return own + ended + sum(_branch(child, below, used) for child in below.get(root, ()))


def _own(told: list[str]) -> tuple[float, float]:
    user, system, ended_user, ended_system = (int(told[at]) / _TICKS for at in range(11, 15))
    return user + system, ended_user + ended_system


def _stat(process: int) -> list[str] | None:
    """The fields behind the name, the state first; None where it has just ended."""
    try:
        text = (_PROC / str(process) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()


def _parent(process: int) -> int:
    told = _stat(process)
    if told is None:
        raise SystemExit("the database runs on another machine")
    return int(told[1])
