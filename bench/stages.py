"""Stop-watches set around the steps of an import, and what the machine was doing meanwhile."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from unittest.mock import patch

STEPS: Final = (
    ("read", "gongjian.ledgers.importing.reading.read_table"),
    ("normalise", "gongjian.ledgers.importing.rows_of"),
    ("plan", "gongjian.ledgers.importing.plan"),
    ("resolve", "gongjian.ledgers.planning.resolve"),
    ("match", "gongjian.ledgers.planning.Matcher.__init__"),
    ("match", "gongjian.ledgers.planning.Matcher.groups"),
    ("lay", "gongjian.ledgers.planning._Planner._lay_group"),
    ("edit", "gongjian.ledgers.planning._Planner.edit"),
    ("report", "gongjian.ledgers.importing._report"),
    ("encrypt", "gongjian.ledgers.importing.seal"),
    ("write", "gongjian.ledgers.importing.commit"),
    ("digest", "gongjian.history.trail.seals_of"),
)
"""(step, function): ``plan`` holds resolve … edit, ``write`` holds digest."""


@contextmanager
def stages() -> Iterator[dict[str, float]]:
    """Seconds by step of what runs inside. Calls within a call of the same step count once."""
    spent: dict[str, float] = defaultdict(float)
    patches = [patch(target, _timed(step, _named(target), spent)) for step, target in STEPS]
    for one in patches:
        one.start()
    try:
        yield spent
    finally:
        for one in patches:
            one.stop()


def _named(target: str) -> Callable[..., Any]:
    module, *names = target.split(".")
    found: Any = __import__(module)
    for name in names:
        found = getattr(found, name)
    function: Callable[..., Any] = found
    return function


def _timed(step: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def run(*args: Any, **more: Any) -> Any:
        begun = perf_counter()
        try:
            return function(*args, **more)
        finally:
            spent[step] += perf_counter() - begun

    return run


class Watch:
    """Context manager: seconds, processor seconds of this process, and its peak memory."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0
        self.peak = 0

    def __enter__(self) -> "Watch":
        _forget_peak()
        self._begun, self._cpu = perf_counter(), sum(os.times()[:2])
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = perf_counter() - self._begun
        self.cpu = sum(os.times()[:2]) - self._cpu
        self.peak = peak_mebibytes()


def _forget_peak() -> None:
    """Linux keeps the highest memory of a process until told to begin anew."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak_mebibytes() -> int:
    """The highest resident memory of this process since the watch began, in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def load() -> float:
    """How many processes wanted a processor during the last minute."""
    return os.getloadavg()[0]
