"""The measure of the difference sheet: a locked month, and many rows changed since."""

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Final

from bench.city import ROOT, table
from bench.measures import Bench, taken
from bench.report import Result, tell
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR
from gongjian.reporting.actions import lock
from gongjian.reporting.queries import difference_sheet
from gongjian.reporting.rules import Period

MONTH: Final = Period(2024, 5)
CHANGED: Final = 10_000
TURNS: Final = 5


def difference(bench: Bench) -> None:
    """Lock a month, change many members with effect in it, and ask what differs."""
    root = area_by_code(ROOT)
    if root is None:
        raise RuntimeError("the city has no root")
    begun = perf_counter()
    month = lock(MONTH, area_id=root, by=OPERATOR)
    locked = perf_counter() - begun
    count = min(CHANGED, bench.city.size.members)
    since = date(MONTH.year, MONTH.month, 1)
    rows = bench.city.member_rows(0, count)
    taken("members", table({**row, "生效日期": since, "是否农民工": "是"} for row in rows))
    seconds, sheet = [], difference_sheet(month)
    for _ in range(TURNS):
        begun = perf_counter()
        sheet = difference_sheet(month)
        seconds.append(perf_counter() - begun)
    named = sum(len(found.came) + len(found.went) for found in sheet)
    tell(
        Result(
            measure="difference sheet",
            value=median(seconds),
            unit="s",
            target="< 2",
            notes=f"{count:,} rows brought since, {named:,} named in {len(sheet)} figures;"
            f" the lock took {locked:.1f} s",
        )
    )


MEASURES: Final[dict[str, Callable[[Bench], None]]] = {"difference": difference}
