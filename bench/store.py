"""Measures of the first page of names, of the matrix, and of changes that move kept sums."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from bench import floors
from bench.city import ROOT, Row, employer_code, table, union_code
from bench.measures import ON, Bench, taken
from bench.report import Result, tell
from bench.stages import Watch
from gongjian.areas.queries import area_by_code, tree_on
from gongjian.core.stopwatch import stopwatch
from gongjian.history import sql
from gongjian.history.record import Author
from gongjian.history.shapes import SHAPES
from gongjian.history.undo import undo
from gongjian.indicators.rows import stream_rows
from gongjian.indicators.store import layout
from gongjian.indicators.store.keeping import ensure, prove
from gongjian.indicators.store.matrix import matrix

CODES: Final = (
    "employers.total",
    "coverage.units",
    "coverage.enterprises",
    "unions.base",
    "members.total",
    "members.total.net",
    "agreements.signed",
    "agreements.employers",
    "agreements.workers",
    "rate.union",
    "rate.members.unit",
    "rate.signing",
)
TOWNSHIPS: Final = 170
PAGE: Final = 50
EDITS: Final = 60
FIRMS: Final = 60
_BY: Final = Author(actor_id=None, name="系统操作员")


def cutoffs(months: int) -> list[date]:
    """The 25ths up to the day of the city, the last ones."""
    whole = ON.year * 12 + ON.month - 1
    return [date(m // 12, m % 12 + 1, 25) for m in range(whole - months + 1, whole + 1)]


def kept() -> None:
    """Keep four years of cut-offs and the days their net figures start from."""
    days = cutoffs(48)
    ensure([*days, *sorted({date(day.year - 1, 12, 31) for day in days})])


def _spread(name: str, seconds: Sequence[float], *, target: str, notes: str) -> None:
    top = quantiles(seconds, n=20)[-1]
    said = f"{notes}; median of {len(seconds)}, first {seconds[0] * 1000:.0f} ms"
    tell(
        Result(
            measure=name,
            value=median(seconds) * 1000,
            unit="ms",
            target=target,
            notes=f"{said}, p95 {top * 1000:.0f} ms, most {max(seconds) * 1000:.0f} ms",
        )
    )


def _timed(times: int, work: Callable[[int], object]) -> list[float]:
    seconds = []
    for turn in range(times):
        begun = perf_counter()
        work(turn)
        seconds.append(perf_counter() - begun)
    return seconds


# ---------------------------------------------------------------- reading


def pages(_: Bench) -> None:
    """The first page of the names behind figures of the largest county."""
    county = area_by_code(f"{ROOT}01") or 0
    for code in ("members.total", "coverage.units", "rate.signing"):

        def page(_turn: int, code: str = code) -> object:
            rows = stream_rows(code, day=ON, known_at=None, node=county)
            return list(islice(rows, PAGE))

        _spread(f"first page of {code}", _timed(20, page), target="< 100", notes=f"{PAGE} rows")


def matrix_(_: Bench) -> None:
    """Townships × figures of one cut-off and of twelve, from the store."""
    with Watch() as watch:
        kept()
    days = len(layout.kept_days())
    tell(Result(measure="keep the days", value=watch.seconds, unit="s", notes=f"{days} days"))
    days_ = cutoffs(12)
    root = area_by_code(ROOT) or 0
    tree = tree_on(days_[-1])
    nodes = [x for county in tree.children(root) for x in tree.children(county)][:TOWNSHIPS]
    for count, target in ((1, "< 100"), (12, "< 400")):

        def read(_turn: int, count: int = count) -> object:
            return matrix(CODES, days=days_[-count:], nodes=nodes)

        notes = f"{len(nodes)} townships × {len(CODES)} figures"
        _spread(f"matrix of {count}", _timed(20, read), target=target, notes=notes)


# ---------------------------------------------------------------- changing


def edits(bench: Bench) -> None:
    """Changes of one row, and the end of a union with many firms, with all kept sums."""
    kept()
    target = "median < 50" if sql.is_postgres() else ""
    people = list(bench.city.member_rows(0, EDITS * 7))[::7]
    since = {"生效日期": ON - timedelta(days=200)}

    def other(row: Row) -> Row:
        return {**row, **since, "是否农民工": "否" if row["是否农民工"] == "是" else "是"}

    seconds = _timed(EDITS, lambda turn: taken("members", table(iter([other(people[turn])]))))
    _spread("edit of one member", seconds, target=target, notes="7 kept days moved")
    firms = list(bench.city.employer_rows())[5 : 5 + EDITS * 11 : 11]

    def grown(row: Row) -> Row:
        return {**row, **since, "职工人数": int(str(row["职工人数"])) + 1, "女职工人数": None}

    seconds = _timed(EDITS, lambda turn: taken("employers", table(iter([grown(firms[turn])]))))
    _spread("edit of one employer", seconds, target=target, notes="7 kept days moved")
    _ends(bench)


def _ends(bench: Bench) -> None:
    seconds = []
    for turn in range(5):
        row: Row = {
            "工会代码": union_code(bench.city.size.unions + turn),
            "工会名称": f"示范联合工会第{turn}号",
            "工会类型": "联合基层工会",
            "所属区划": bench.city.place(turn),
            "建会日期": date(2010, 1, 1),
        }
        taken("unions", table(iter([row])))
        taken("coverage", table(_covering(bench, turn)))
        ended = {**row, "撤销日期": date(2022, 1, 1)}
        seconds += _timed(1, lambda _, ended=ended: taken("unions", table(iter([ended]))))  # type: ignore[misc]
    _spread("end of a union with 60 firms", seconds, target="< 200", notes="30 kept days moved")


def _covering(bench: Bench, turn: int) -> Iterator[Row]:
    for i in range(FIRMS):
        yield {
            "工会": union_code(bench.city.size.unions + turn),
            "用人单位": employer_code(100 + turn * 997 + i * 13),
            "涵盖方式": "联合",
            "起始日期": date(2011, 1, 1),
        }


def large(bench: Bench) -> None:
    """One change of as many rows as a file has, and its undo, with all kept sums."""
    kept()
    size = bench.city.size
    rows = bench.city.member_rows(size.members - size.file, size.file)
    since = date(ON.year, 1, 1)
    changed = table(
        {**row, "生效日期": since, "新就业形态": "外卖配送员", "是否农民工": "是"} for row in rows
    )
    target = "< 30" if sql.is_postgres() else "< 60"
    with stopwatch() as spent, Watch() as watch:
        answer = taken("members", changed)
    number = answer.change or 0
    floor = floors.seconds_to_add(SHAPES["members"].table, number)
    notes = f"{answer.counts['changed']:,} rows changed; figures {spent['follow']:.1f} s of it"
    _told("large change with figures", watch, target, floor, notes)
    with stopwatch() as spent, Watch() as watch:
        undo(number, by=_BY)
    notes = f"figures {spent['follow']:.1f} s of it"
    _told("its undo with figures", watch, target, floor, notes)
    with Watch() as watch:
        proof = prove()
    if proof.differences:
        raise RuntimeError(f"kept sums are wrong: {proof.differences[:3]}")
    _told("store verify", watch, "", None, f"{proof.days} days, {proof.sums:,} sums as the rows")


def _told(measure: str, watch: Watch, target: str, floor: float | None, notes: str) -> None:
    tell(
        Result(
            measure=measure,
            value=watch.seconds,
            unit="s",
            target=target,
            floor=floor,
            peak=watch.peak,
            notes=notes,
        )
    )


MEASURES: Final[dict[str, Callable[[Bench], None]]] = {
    "pages": pages,
    "matrix": matrix_,
    "edits": edits,
    "large": large,
}
