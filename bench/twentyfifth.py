"""The 25th: everybody hands in the month. `python -m bench.twentyfifth [--given URL]`.

A city of 1,200 units that report, on PostgreSQL: a database that is there already (`--given`; it
is written to, so give a copy) or one that is made and gone afterwards (`--size`). `gongjian serve`
with its two processes answers 200, 400 … 2,000 people, who go round
with five seconds of thought after each page: the own report, the rows behind a problem, the to-dos.
Each signs in with a password and hands in once an hour, one in thirty looks after a county, and in
the middle of each stage ten a second hand in for some seconds. Before, in the morning, everybody
opens the report: what follows from the record alone is worked out once, and again where a change is
felt. With `--edits` somebody changes the record so many times a second all the while. The people,
the server and the database share the cores of one machine.

Prints how long answers took at each number of people, who took how much of the cores, where the
milliseconds of a page go, and what an empty page takes. `!` marks what misses a limit; the exit
status is 1 where 1,200 people do.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.cores import Cores, Seconds
from bench.databases import KEY, URL, database
from bench.load import Seen, served, turn
from bench.stages import load
from bench.where import PARTS, ROWS

LIMIT_MS, PEOPLE = 350.0, 1_200
STAGES: Final = (200, 400, 800, 1_200, 1_600, 2_000)
UNITS: Final = 1_200
_EMPTY: Final = "/bench/empty/"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 where 1,200 people find all in time and without an error."""
    options = _options(arguments)
    os.environ.setdefault("GONGJIAN_FIELD_KEY", KEY)
    os.environ.setdefault("GONGJIAN_SECRET_KEY", "bench" * 12)
    with _city(options) as url, tempfile.TemporaryDirectory(prefix="gj25-") as files:
        os.environ["GONGJIAN_FILES"] = files
        city = _prepared(url, max(PEOPLE, *options.stages))
        print(
            f"{city['units']:,} units below {city['counties']} counties, {city['members']:,} members,"
            f" {city['unions']:,} unions, {city['areas']:,} areas; month {city['month']};"
            f" {os.cpu_count()} cores, load {load():.1f}",
            flush=True,
        )
        cookie, *pages = _where(url, city)
        with served(url, GONGJIAN_PROXIES="1") as (port, process):
            cores = Cores(process, url)
            empty = _empty(port, cookie, cores, options.seconds / 3)
            with _edits(url, options.edits):
                stages = list(_stages(options, city, port, cores))
    _print_pages(pages)
    return int(not _print_stages(stages, empty))


# ---------------------------------------------------------------- the city


@contextmanager
def _city(options: argparse.Namespace) -> Iterator[str]:
    if options.given:
        yield options.given
        return
    folder = Path(tempfile.mkdtemp(prefix="gj25", dir=options.folder))
    folder.chmod(0o755)
    try:
        with database("postgresql", folder) as url:
            for step in ("migrate", "load"):
                command = [sys.executable, "-m", "bench.one", step, options.size, str(folder)]
                environment = {**os.environ, URL: url}
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            yield url
    finally:
        shutil.rmtree(folder)


def _prepared(url: str, people: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.units", str(people), str(UNITS)],
        env={**os.environ, URL: url},
        check=True,
        stdout=subprocess.PIPE,
    )
    import psycopg  # noqa: PLC0415 - only where there is PostgreSQL

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")  # as the server does by itself within minutes
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# ---------------------------------------------------------------- measuring


def _where(url: str, city: dict[str, Any]) -> list[Any]:
    """The cookie of somebody who is signed in, and what each page costs."""
    people: list[dict[str, Any]] = city["people"]
    clerk = next(p["name"] for p in people if not p["reviews"])
    reviewer = next(p["name"] for p in people if p["reviews"])
    report = f"/reports/?month={city['month']}"
    asked = [
        ("empty page", clerk, _EMPTY), ("own report", clerk, report), (ROWS, clerk, report),
        ("to-dos", clerk, "/todos/"), ("county's report", reviewer, report),
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bench.where"],
        env={**os.environ, URL: url},
        input=json.dumps(asked).encode() + b"\n",
        check=True,
        stdout=subprocess.PIPE,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _empty(port: int, cookie: str, cores: Cores, seconds: float) -> dict[str, Any]:
    """The empty page by eight clients that do not think: answers a second, and what each costs."""
    turn(port, cookie, (_EMPTY,), 8, 2.0, Seen())
    seen, before = Seen(), cores.read()
    turn(port, cookie, (_EMPTY,), 8, seconds, seen)
    return {**seen.told(), "n": len(seen.seconds), "cores": cores.read().since(before)}


@contextmanager
def _edits(url: str, rate: float) -> Iterator[None]:
    """Somebody edits meanwhile, ``rate`` times a second; 0: nobody."""
    if not rate:
        yield
        return
    command = [sys.executable, "-m", "bench.edits", str(rate)]
    with subprocess.Popen(
        command, env={**os.environ, URL: url}, stdout=subprocess.PIPE, text=True
    ) as editor:
        try:
            yield
        finally:
            editor.terminate()
            print(f"\n{editor.communicate()[0].strip()} changes made meanwhile")


def _stages(
    options: argparse.Namespace, city: dict[str, Any], port: int, cores: Cores
) -> Iterator[dict[str, Any]]:
    plan = {
        "port": port, "month": city["month"], "password": city["password"],
        "people": city["people"], "stages": options.stages, "seconds": options.seconds,
        "thinking": 5.0, "arrivals": options.arrivals, "burst": 10.0, "burst_seconds": 6.0,
        "warm": 8.0,
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "bench.crowd"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as crowd:
        if crowd.stdin is None or crowd.stdout is None:
            raise TypeError("the process has no pipe")
        crowd.stdin.write(json.dumps(plan).encode() + b"\n")
        crowd.stdin.close()
        before = cores.read()
        for line in crowd.stdout:
            told = json.loads(line)
            if told["event"] == "begin":
                before = cores.read()
            elif told["event"] == "morning":
                spent = cores.read().since(before)
                each = [part / told["kinds"]["all"]["n"] * 1000 for part in spent[:2]]
                _print_morning(told, each)
            elif told["event"] == "end":
                yield {**told, "cores": cores.read().since(before)}
            else:
                _print_over(told)


# ---------------------------------------------------------------- printing


def _print_morning(told: dict[str, Any], each: list[float]) -> None:
    print(f"\nin the morning everybody opens the report twice, eight at a time: {told['seconds']:.0f} s,"
          f" {each[0]:.1f} ms of web cpu and {each[1]:.1f} of db cpu a page,"
          f" errors {sum(told['errors'].values())}")  # fmt: skip
    for kind, one in told["kinds"].items():
        print(f"  {kind:<20}{one['n']:>8.0f}  p50 {one['p50']:>7.1f}  p95 {one['p95']:>7.1f}")
    sys.stdout.flush()


def _print_over(told: dict[str, Any]) -> None:
    for said in told["mishaps"]:
        print(f"! {said}")


def _print_pages(pages: list[dict[str, Any]]) -> None:
    empty = pages[0]["cpu"]
    heads = ("cold ms", "warm ms", "cpu ms", "x empty", "queries", *PARTS)
    print(f"\n{'one process, ms of CPU':<24}" + "".join(f"{head:>15}" for head in heads))
    for page in pages:
        cells = [f"{page['first']:.1f}", f"{page['wall']:.1f}", f"{page['cpu']:.2f}",
                 f"{page['cpu'] / empty:.2f}", f"{page['queries']}",
                 *(f"{page['parts'][part]:.2f}" for part in PARTS)]  # fmt: skip
        print(f"{page['title']:<24}" + "".join(f"{cell:>15}" for cell in cells))


def _print_stages(stages: list[dict[str, Any]], empty: dict[str, Any]) -> bool:
    heads = ("people", "asked/s", "p50 ms", "p95 ms", "p99 ms", "longest", "errors", "web cpu ms",
             "db cpu ms", "crowd cpu ms", "cores busy")  # fmt: skip
    print("\n" + "".join(f"{head:>13}" for head in heads))
    cost, rate = empty["cores"], empty["rate"]
    print(f"{'empty page':>13}{rate:>13.0f}{empty['p50']:>13.1f}{empty['p95']:>13.1f}" + " " * 39
          + "".join(f"{part / empty['n'] * 1000:>13.2f}" for part in cost[:2]))  # fmt: skip
    well = True
    for stage in stages:
        told = stage["kinds"]["all"]
        errors = sum(stage["errors"].values())
        missed = "!" if told["p95"] >= LIMIT_MS else ""
        spent: Seconds = stage["cores"]
        each = [seconds / told["n"] * 1000 for seconds in (*spent[:2], stage["generator"])]
        print(
            f"{stage['people']:>13,}{told['n'] / stage['seconds']:>13.0f}{told['p50']:>13.1f}"
            f"{format(told['p95'], '.1f') + missed:>13}{told['p99']:>13.1f}{told['max']:>13.0f}"
            f"{str(errors) + ('!' if errors else ''):>13}"
            + "".join(f"{one:>13.2f}" for one in each)
            + f"{spent.machine / stage['seconds']:>13.2f}"
        )
        if stage["people"] <= PEOPLE:
            well &= not missed and not errors
    _print_kinds(stages)
    return well


def _print_kinds(stages: list[dict[str, Any]]) -> None:
    for stage in stages:
        print(f"\n{stage['people']:,} people; {stage['burst']} handed in at ten a second")
        for kind, told in sorted(stage["kinds"].items(), key=lambda one: -one[1]["n"]):
            if kind != "all":
                print(f"  {kind:<20}{told['n']:>8.0f}  p50 {told['p50']:>7.1f}  p95 {told['p95']:>7.1f}"
                      f"  p99 {told['p99']:>7.1f}  longest {told['max']:>6.0f}")  # fmt: skip


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.twentyfifth", description=__doc__)
    parser.add_argument("--given", metavar="URL", help="a PostgreSQL database, to be written to")
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument("--stages", nargs="+", type=int, default=list(STAGES), metavar="PEOPLE")
    parser.add_argument("--seconds", type=float, default=24.0, help="measured of each stage")
    parser.add_argument("--arrivals", type=float, default=50.0, help="newcomers a second")
    parser.add_argument("--edits", type=float, default=0.0, help="changes of the record a second")
    parser.add_argument("--folder", type=Path, help="where the database is made")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
