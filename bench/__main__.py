"""Runs the measures on both databases, each in a process of its own, and prints one table."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.city import SIZES
from bench.databases import KEY, URL, database
from bench.report import Result, heard, table

_RUNS: Final = (
    (
        "load",
        "figures",
        "pages",
        # Before days are kept: the plain import; the changes after them move kept sums too.
        "import",
        "peer",
        "undo",
        "export",
        "verify",
        "matrix",
        "edits",
        "difference",
        "large",
    ),
    ("memory",),
)
"""Measures that share a database, in this order: later ones stand on what earlier ones left."""
_NAMES: Final = tuple(name for run in _RUNS for name in run)


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 1 where a measure failed."""
    asked = _asked(arguments)
    folder = Path(tempfile.mkdtemp(prefix="gjbench", dir=asked.folder))
    folder.chmod(0o755)
    results: list[tuple[str, Result]] = []
    failed: list[str] = []
    try:
        for name in asked.databases:
            for run in _RUNS:
                names = [measure for measure in run if measure in asked.only]
                for result in _measured(name, names, asked.size, folder, failed):
                    results.append((name, result))
                    print(table(results[-1:]).splitlines()[1], file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    print(table(results))
    return int(bool(failed))


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run.py")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", nargs="+", choices=_NAMES, default=_NAMES)
    given = ["given"] if os.environ.get(URL) else ["sqlite", "postgresql"]
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=given)
    parser.add_argument("--folder", type=Path, help="where databases and files are made")
    return parser.parse_args(arguments)


def _measured(
    name: str, names: Sequence[str], size: str, folder: Path, failed: list[str]
) -> Iterator[Result]:
    """What the measures say of one new database, line by line; those that fail are noted."""
    if not names:
        return
    with database(name, folder) as url:
        environment = {**os.environ, URL: url, "GONGJIAN_FIELD_KEY": KEY}
        for measure in ("migrate", *names):
            command = [sys.executable, "-m", "bench.one", measure, size, str(folder)]
            with subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, text=True
            ) as run:
                yield from filter(None, map(heard, run.stdout or ()))
            if run.returncode:
                failed.append(measure)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
