"""The memory an export takes while the ledger grows tenfold: it must stay what it was."""

import subprocess
import sys
from typing import Final

from bench.city import table
from bench.measures import ON, Bench, count_of, taken, world
from bench.report import Result, tell
from bench.stages import Watch
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import write_export

ONCE: Final = "memory-once"
_STEPS: Final = (10, 3, 1)
"""The ledger is measured at a tenth, about a third, and all of its members."""


def memory(bench: Bench) -> None:
    """Export the members at each step, in a fresh process: a used one keeps what it once took."""
    world(bench)
    have = count_of("members")
    steps = [n for n in (bench.city.size.members // share for share in _STEPS) if n > have]
    for most in steps or [have]:
        if most > count_of("members"):
            first = count_of("members")
            taken("members", table(bench.city.member_rows(first, most - first)))
        command = [sys.executable, "-m", "bench.one", ONCE, bench.name, str(bench.folder)]
        subprocess.run(command, check=True)


def once(bench: Bench) -> None:
    """Export every member and tell the memory it took."""
    path = bench.folder / "memory.xlsx"
    with Watch() as idle:
        pass
    with Watch() as watch:
        rows = write_export(LEDGERS["members"], path, day=ON)
    path.unlink()
    tell(
        Result(
            measure="memory of an export",
            value=watch.own,
            unit="MiB",
            target="flat ±10 %",
            floor=idle.own,
            peak=watch.peak,
            notes=f"{rows:,} rows in {watch.seconds:.1f} s; memory of the process's own, beside "
            "it the peak with mapped files; floor: before the export",
        )
    )
