"""Every base over one export, on each engine; the answers held against one another."""

from collections.abc import Iterator, Sequence
from datetime import date
from time import perf_counter, process_time
from typing import Final

from bench.report import Result, table, tell
from bench.stages import load
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.lake.engines import DuckDB, Engine, Spark, local_spark
from gongjian.indicators.lake.manifest import Export
from gongjian.indicators.lake.reading import Lake
from gongjian.indicators.sections import LeafSums, Year

_YEAR: Final = Year.of(date(2011, 12, 28), "01-01")
_TURNS: Final = {"duckdb": 3, "spark": 2}
"""The last run counts: by then the code is warm, and the files are in the memory of the system."""

Answers = dict[tuple[str, int], LeafSums]


def measure(export: Export, engines: Sequence[str], memory: str) -> int:
    """Print a line for each base and engine; 1 where two engines answer differently."""
    results: list[tuple[str, Result]] = []
    answers: list[Answers] = []
    for name in engines:
        begun = perf_counter()
        engine: Engine = DuckDB() if name == "duckdb" else Spark(local_spark(memory=memory))
        lake, told = Lake(engine, [export.folder]), Answers()
        seconds = perf_counter() - begun
        results.append((name, Result(measure="open", value=seconds, unit="s")))
        for result in _bases(lake, told):
            tell(result)
            results.append((name, result))
        answers.append(told)
    print(table(results))
    same = all(told == answers[0] for told in answers)
    print(f"{export.rows:,} versions; answers {'equal' if same else 'DIFFER'}")
    return int(not same)


def _bases(lake: Lake, told: Answers) -> Iterator[Result]:
    for base in CATALOG.bases:
        for known in (lake.change, lake.change - 1):
            yield _timed(lake, base, known, told)


def _timed(lake: Lake, base: Base, known: int, told: Answers) -> Result:
    seconds: list[float] = []
    processor, sums = 0.0, LeafSums()
    for _turn in range(_TURNS[lake.vendor]):
        begun, spent = perf_counter(), process_time()
        sums = lake.leaf_sums(base, _YEAR, lake.moment(known))
        seconds.append(perf_counter() - begun)
        processor = process_time() - spent
    told[base.code, known] = sums
    greatest = max(sum(leaves.values()) for leaves in sums.values())
    # What Spark spends, it spends in a process of its own.
    own = f"; processor {processor:.2f} s" if lake.vendor == "duckdb" else ""
    return Result(
        measure=f"{base.code}, {'as believed' if known == lake.change else 'as known before'}",
        value=seconds[-1],
        unit="s",
        target="< 5" if lake.vendor == "duckdb" else "",
        load=load(),
        notes=f"first {seconds[0]:.2f} s{own}; {len(sums)} indicators, greatest {greatest:,}",
    )
