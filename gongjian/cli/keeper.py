"""Keeps child processes running, and ends them together."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final

_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_LOOK: Final = 0.2  # seconds between two looks at the children
_FIRST_WAIT: Final = 1.0  # seconds before one that died is started anew; doubled each time
_LONGEST_WAIT: Final = 30.0
_STEADY: Final = 60.0  # seconds of life after which a death counts as the first one again
_TRIES: Final = 5  # deaths in a row of the one without which nothing is served
_PATIENCE: Final = (5.0, 5.0)  # seconds after the first signal to end, and after the second


def _end_with_the_keeper() -> None:
    """A keeper that is killed ends nobody: have the system ask each child to end, where it can.

    Else they would go on and hold the port, and the next start would find it in use.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One process: what it is called, how it is started, what surrounds it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it. In a session of its own: a Ctrl-C at the terminal is ours to pass on."""
        self.process = subprocess.Popen(  # noqa: S603  (our own program with checked words)
            self.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_end_with_the_keeper,  # noqa: PLW1509  (there is one thread here)
        )
        self.began = time.monotonic()

    def lives(self) -> bool:
        """Is it running?"""
        return self.process is not None and self.process.poll() is None


def keep(children: Sequence[Child], *, started: Callable[[], None]) -> int:
    """Run all until SIGINT or SIGTERM, then end them; 0, or 1 where the first one gave up.

    One that dies is started anew, after a wait that grows.
    """
    over = Event()
    with _signals(over):
        for child in children:
            child.start()
        try:
            started()
            return _watch(children, over)
        finally:
            _end(children)


@contextmanager
def _signals(over: Event) -> Iterator[None]:
    def note(_number: int, _frame: Any) -> None:
        over.set()

    before = {name: signal.signal(name, note) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _watch(children: Sequence[Child], over: Event) -> int:
    while not over.wait(_LOOK):
        for child in children:
            if not child.lives():
                _revive(child)
        if children[0].deaths >= _TRIES:
            sys.stderr.write("网页服务启动不了，已停止；原因见上面的日志。\n")
            return 1
    return 0


def _revive(child: Child) -> None:
    """Note a death, and start the process again when its wait is over."""
    moment = time.monotonic()
    if child.process is not None:
        status = child.process.returncode
        child.process = None
        child.deaths = 1 if moment - child.began > _STEADY else child.deaths + 1
        child.due = moment + min(_FIRST_WAIT * 2 ** (child.deaths - 1), _LONGEST_WAIT)
        sys.stderr.write(f"{child.name} 进程意外结束（{status}），稍后重新启动。\n")
    elif moment >= child.due:
        child.start()


def _end(children: Sequence[Child]) -> None:
    """Ask twice, then insist; the second time a job under way is given up."""
    for patience in _PATIENCE:
        for child in children:
            if child.lives() and child.process is not None:
                child.process.terminate()
        if _ended(children, patience):
            return
    for child in children:
        if child.process is not None and child.lives():
            child.process.kill()
            child.process.wait()


def _ended(children: Sequence[Child], patience: float) -> bool:
    until = time.monotonic() + patience
    while any(child.lives() for child in children) and time.monotonic() < until:
        time.sleep(_LOOK / 4)
    return not any(child.lives() for child in children)
