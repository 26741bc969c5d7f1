"""Runs the measures on both databases, each in a process of its own, and prints one table."""

import argparse
import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.city import SIZES
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
        "large",
    ),
    ("memory",),
)
"""Measures that share a database, in this order: later ones stand on what earlier ones left."""
_NAMES: Final = tuple(name for run in _RUNS for name in run)
_KEY: Final = base64.urlsafe_b64encode(bytes(range(32))).decode()
_URL: Final = "GONGJIAN_DATABASE_URL"
_DURABLE: Final = (
    "listen_addresses= max_connections=20 shared_buffers=1GB work_mem=64MB max_wal_size=4GB jit=off"
)


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
    given = ["given"] if os.environ.get(_URL) else ["sqlite", "postgresql"]
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=given)
    parser.add_argument("--folder", type=Path, help="where databases and files are made")
    return parser.parse_args(arguments)


def _measured(
    database: str, names: Sequence[str], size: str, folder: Path, failed: list[str]
) -> Iterator[Result]:
    """What the measures say of one new database, line by line; those that fail are noted."""
    if not names:
        return
    with _database(database, folder) as url:
        environment = {**os.environ, _URL: url, "GONGJIAN_FIELD_KEY": _KEY}
        for name in ("migrate", *names):
            command = [sys.executable, "-m", "bench.one", name, size, str(folder)]
            with subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, text=True
            ) as run:
                yield from filter(None, map(heard, run.stdout or ()))
            if run.returncode:
                failed.append(name)


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; ``given`` is the one in the environment."""
    if name == "given":
        yield os.environ[_URL]
    elif name == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        for path in folder.glob("bench.sqlite3*"):
            path.unlink()
    else:
        with _cluster(folder) as url:
            yield url


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """A cluster that writes through to the disk, unlike that of the tests."""
    tools = str(Path(__file__).parents[1] / "tools")
    sys.path.append(tools)
    import pg  # noqa: PLC0415  tools are scripts, found where they lie
    import system  # noqa: PLC0415

    binaries = system.server_binaries()
    if binaries is None:
        raise SystemExit("run python tools/system.py first: there is no PostgreSQL server")
    with pg.cluster(binaries, options=_DURABLE, folder=folder) as socket:
        yield f"postgresql:///gj?host={socket}&user=gj"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
