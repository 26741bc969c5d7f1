"""The speed of the pages: `python -m bench.web [--size full|small] [--given LARGE SMALL …]`.

For SQLite and PostgreSQL each it makes a city and one of a hundredth of it, or takes pairs of
databases that are there already (`--given`, with their key in GONGJIAN_FIELD_KEY; they are brought
up to date, and two people called “bench” are added). Every page is asked for in turns with the
empty view and with the same page of the small city, through the whole stack of one process, so
that whatever else the machine does falls on all. Then lists of the large city are asked for from a running `gongjian serve` by
several clients on the same machine. Prints one table for each pair; `!` marks what misses a limit.
The exit status is 1 where a page answers anything but 200.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final

from bench.databases import KEY, URL, database
from bench.load import loaded
from bench.pages import Page, Round
from bench.stages import load

MOST_MS, MOST_TIMES, MOST_KB, LEAST_RATE = 100.0, 1.3, 60.0, 150.0
_SIZES: Final = {"full": ("full", "hundredth"), "small": ("small", "hundredth")}
_HEADS: Final = (
    ("page", 26), ("p50 ms", 9), ("p95 ms", 9), ("cpu ms", 9), ("x empty", 9),
    ("small p50", 11), ("small p95", 11), ("x small", 9), ("kB", 7),
)  # fmt: skip
_EXTRA: Final = ("count of", "list: 200", "api: 500")
"""Pages that no limit is set for."""
_ROWS: Final = ("list", "search", "record")
"""Pages that may not take longer for more rows; what is added up may, within the limit of time."""


class Measured:
    """One process with one database, measuring a round of all pages whenever it is asked to."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.pages"],
            env={**os.environ, URL: url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = json.loads(self._pipe(self._process.stdout).readline() or "{}")
        if "pages" not in told:
            raise SystemExit(f"{url.split('?', maxsplit=1)[0]}: {told or 'no answer'}")
        self.pages = [Page(*page) for page in told["pages"]]
        self.cookie: str = told["cookie"]
        self.rounds: list[list[Round]] = []

    def round(self) -> None:
        """Ask for every page once."""
        pipe = self._pipe(self._process.stdin)
        pipe.write("\n")
        pipe.flush()
        line = self._pipe(self._process.stdout).readline()
        self.rounds.append([Round(*one) for one in json.loads(line)])

    def close(self) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait()

    def of(self, at: int) -> list[Round]:
        """All answers of one page."""
        return [rounds[at] for rounds in self.rounds]

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        if pipe is None:
            raise TypeError("the process has no pipe")
        return pipe


def measure(large: str, small: str, rounds: int) -> tuple[Measured, Measured]:
    """Both databases in turns."""
    both = Measured(large), Measured(small)
    for _ in range(rounds):
        for one in both:
            one.round()
    for one in both:
        one.close()
    return both


def table(large: Measured, small: Measured) -> list[str]:
    """One line for each page."""
    empty = statistics.median(one.wall for one in large.of(0))
    lines = ["".join(f"{head:<{width}}" if not at else f"{head:>{width}}"
                     for at, (head, width) in enumerate(_HEADS))]  # fmt: skip
    for at, page in enumerate(large.pages):
        lines.append(_line(page, large.of(at), small.of(at), empty))
    return lines


def _line(page: Page, mine: Sequence[Round], theirs: Sequence[Round], empty: float) -> str:
    p50, p95 = _quantiles(mine)
    small50, small95 = _quantiles(theirs)
    kilobytes = max(one.bytes for one in mine) / 1000
    times = p50 / small50
    limited = not page.title.startswith(_EXTRA)
    grows = limited and page.title.startswith(_ROWS)
    told = [
        (f"{p50:.1f}", False),
        (f"{p95:.1f}", limited and p95 >= MOST_MS),
        (f"{statistics.median(one.cpu for one in mine):.1f}", False),
        (f"{p50 / empty:.2f}", False),
        (f"{small50:.1f}", False),
        (f"{small95:.1f}", False),
        (f"{times:.2f}", grows and times > MOST_TIMES),
        (f"{kilobytes:.1f}", kilobytes > MOST_KB),
    ]
    cells = zip(told, _HEADS[1:], strict=True)
    return f"{page.title:<26}" + "".join(
        f"{text + ('!' if missed else ''):>{width}}" for (text, missed), (_, width) in cells
    )


def _quantiles(rounds: Sequence[Round]) -> tuple[float, float]:
    walls = [one.wall for one in rounds]
    return statistics.median(walls), statistics.quantiles(walls, n=20, method="inclusive")[-1]


# ---------------------------------------------------------------- databases


@contextmanager
def pairs(options: argparse.Namespace) -> Iterator[Iterator[tuple[str, str, str]]]:
    """(name, large, small) one after the other."""
    folder = Path(tempfile.mkdtemp(prefix="gjweb", dir=options.folder))
    folder.chmod(0o755)
    try:
        yield _given(options.given) if options.given else _made(options, folder)
    finally:
        shutil.rmtree(folder)


def _given(urls: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for large, small in zip(urls[::2], urls[1::2], strict=True):
        for url in (large, small):
            _step(url, "migrate", "full", Path())
        yield large.split(":", maxsplit=1)[0], large, small


def _made(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str, str]]:
    for name in options.databases:
        with ExitStack() as stack:
            urls = []
            for size in _SIZES[options.size]:
                own = folder / f"{name}-{size}"
                own.mkdir(mode=0o755)
                urls.append(stack.enter_context(database(name, own)))
                _fill(urls[-1], size, own)
            yield name, urls[0], urls[1]


def _fill(url: str, size: str, folder: Path) -> None:
    for step in ("migrate", "load"):
        command = [sys.executable, "-m", "bench.one", step, size, str(folder)]
        subprocess.run(command, env={**os.environ, URL: url}, check=True, stdout=subprocess.DEVNULL)
    if url.startswith("postgresql"):
        import psycopg  # noqa: PLC0415

        # What the server does by itself within minutes of such a load.
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


def _step(url: str, name: str, size: str, folder: Path) -> None:
    command = [sys.executable, "-m", "bench.one", name, size, str(folder)]
    subprocess.run(command, env={**os.environ, URL: url}, check=True, stdout=subprocess.DEVNULL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 where every answer was a page."""
    options = _options(arguments)
    os.environ.setdefault("GONGJIAN_FIELD_KEY", KEY)
    # One key for all: who is signed in with one process is so with the others.
    os.environ.setdefault("GONGJIAN_SECRET_KEY", "bench" * 12)
    well = True
    with pairs(options) as found:
        for name, large, small in found:
            print(f"\n{name}: {options.rounds} rounds, load {load():.1f}", flush=True)
            mine, theirs = measure(large, small, options.rounds)
            print("\n".join(table(mine, theirs)), flush=True)
            well &= all(one.status == 200 for rounds in mine.rounds for one in rounds)
            if options.seconds:
                well &= _loaded(large, mine.cookie, options)
    return int(not well)


def _loaded(url: str, cookie: str, options: argparse.Namespace) -> bool:
    """Lists from a running server, asked for by clients of the same machine."""
    found: dict[str, Any] = loaded(url, cookie, options.clients, options.seconds)
    for title, one in found.items():
        missed = "!" if title == "lists" and one["rate"] < LEAST_RATE else ""
        print(
            f"served, {options.clients} clients: {title:<12} {one['rate']:.0f}{missed} a second, "
            f"p50 {one['p50']:.1f} ms, p95 {one['p95']:.1f} ms, statuses {one['statuses']}",
            flush=True,
        )
    return all(one["statuses"] == [200] for one in found.values())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--size", choices=_SIZES, default="full")
    parser.add_argument(
        "--databases", nargs="+", choices=("sqlite", "postgresql"), default=("postgresql", "sqlite")
    )
    parser.add_argument("--given", nargs="+", metavar="URL", help="large and small, in pairs")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20.0, help="of load; 0 for none")
    parser.add_argument("--folder", type=Path, help="where databases are made")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
