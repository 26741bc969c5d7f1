"""What the machine spends on a measure: seconds, processor, memory, load."""

import os
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Final

_LOOKS: Final = 0.05  # seconds between two looks at the memory
_KIB_OF_MIB: Final = 1024


class Watch:
    """Context manager: seconds, processor seconds of this process, and its peak memory in MiB.

    ``peak`` holds mapped pages of files too, which the system takes back when it wants to;
    ``own`` is the memory that belongs to this process alone, looked at twenty times a second.
    """

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0
        self.peak = self.own = 0
        self._over = Event()
        self._looking = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        _forget_peak()
        self._looking.start()
        self._begun, self._cpu = perf_counter(), sum(os.times()[:2])
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = perf_counter() - self._begun
        self.cpu = sum(os.times()[:2]) - self._cpu
        self._over.set()
        self._looking.join()
        self.peak = _mebibytes("VmHWM")

    def _look(self) -> None:
        while True:
            self.own = max(self.own, _mebibytes("RssAnon"))
            if self._over.wait(_LOOKS):
                return


def _forget_peak() -> None:
    """Linux keeps the highest memory of a process until told to begin anew."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def _mebibytes(name: str) -> int:
    """A line of what the system says of this process's memory; 0 where there is none."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) // _KIB_OF_MIB
    return 0


def load() -> float:
    """How many processes wanted a processor during the last minute."""
    return os.getloadavg()[0]
