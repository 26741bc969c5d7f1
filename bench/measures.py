"""What is measured, one function per measure; each runs in a process of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bench import floors
from bench.agreements import agreement_rows, under_agreement_rows
from bench.city import ROOT, SIZES, City, Row, table, write_xlsx
from bench.report import Result, tell
from bench.stages import Watch
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR
from gongjian.core.stopwatch import stopwatch
from gongjian.history import sql, trail
from gongjian.history.record import Author, newest
from gongjian.history.shapes import SHAPES
from gongjian.history.undo import undo
from gongjian.indicators.query import figures
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import write_export
from gongjian.ledgers.importing import Answer, Request, run, take

ON: Final = date(2024, 6, 30)
_BY: Final = Author(actor_id=None, name="系统操作员")


@dataclass(frozen=True)
class Bench:
    """The city that is measured, the name of its size, and the folder for files."""

    name: str
    folder: Path

    @cached_property
    def city(self) -> City:
        return City(SIZES[self.name])

    @property
    def sheet(self) -> Path:
        """The measured member sheet: people that the full load does not hold."""
        path = self.folder / f"members-{self.city.size.file}.xlsx"
        if not path.exists():
            write_xlsx(self.city.member_rows(self.city.size.members, self.city.size.file), path)
        return path


def count_of(slug: str) -> int:
    """Entries of a ledger."""
    ((count,),) = sql.fetch(f'SELECT COUNT(*) FROM "{SHAPES[slug].entry_table}"')
    return int(count)


def taken(slug: str, rows: Any, **more: Any) -> Answer:
    """Import a table that must be right."""
    answer = take(Request(ledger=LEDGERS[slug], actor=OPERATOR, on=ON, **more), rows)
    if answer.change is None:
        raise RuntimeError([p.message for p in answer.problems[:3]])
    return answer


def loads(city: City) -> list[tuple[str, Callable[[], Iterator[Row]]]]:
    """The ledgers in order of dependence, with what makes their rows."""
    count = city.size.agreements
    return [
        *city.loads(),
        ("agreements", lambda: agreement_rows(city, count)),
        ("agreement-coverage", lambda: under_agreement_rows(city, count)),
    ]


def world(bench: Bench) -> None:
    """Load the ledgers the members refer to, where they are missing."""
    for slug, rows in loads(bench.city):
        if slug != "members" and not count_of(slug):
            taken(slug, table(rows()))


# ---------------------------------------------------------------- the full load


def load(bench: Bench) -> None:
    """Every ledger of the city through ``importing.take``."""
    total, locked, rows, highest = 0.0, 0.0, 0, 0
    for slug, make in loads(bench.city):
        if count_of(slug):
            continue
        made = table(make())
        with stopwatch() as spent, Watch() as watch:
            answer = taken(slug, made)
        total, locked = total + watch.seconds, max(locked, answer.locked)
        rows, highest = rows + answer.rows, max(highest, watch.peak)
        tell(
            Result(
                measure=f"load {slug}",
                value=answer.rows / watch.seconds,
                unit="rows/s",
                peak=watch.peak,
                notes=f"{answer.rows:,} rows in {watch.seconds:.1f} s; "
                f"{watch.cpu:.1f} s of processor; {_spent(spent)}; locked {answer.locked:.1f} s",
            )
        )
    notes = f"{rows:,} rows, after reading; longest lock {locked:.1f} s"
    result = Result(
        measure="load in all", value=total, unit="s", target="< 600", peak=highest, notes=notes
    )
    tell(result)


def _spent(spent: dict[str, float]) -> str:
    """`plan` holds resolve, match, lay and edit; `write` holds close and insert."""
    return " ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items())


# ---------------------------------------------------------------- one file


def import_(bench: Bench) -> None:
    """The member sheet from the file to the committed change, and the floor beside it."""
    world(bench)
    path, before = bench.sheet, count_of("members")
    request = Request(ledger=LEDGERS["members"], actor=OPERATOR, on=ON, path=path)
    with stopwatch() as spent, Watch() as watch:
        answer = run(request)
    if answer.change is None:
        raise RuntimeError([p.message for p in answer.problems[:3]])
    read, written = floors.seconds_to_copy_in(path)
    tell(
        Result(
            measure="import members xlsx",
            value=answer.rows / watch.seconds,
            unit="rows/s",
            target="≥ 5,000",
            floor=answer.rows / (read + written),
            peak=watch.peak,
            notes=f"{answer.rows:,} rows beside {before:,} members in {watch.seconds:.1f} s; "
            f"{watch.cpu:.1f} s of processor; {_spent(spent)}; "
            f"floor: read {read:.1f} write {written:.1f}",
        )
    )
    tell(Result(measure="import: write lock", value=answer.locked, unit="s", floor=written))


def peer(bench: Bench) -> None:
    """The same sheet through django-import-export."""
    from bench.peer import import_rows  # noqa: PLC0415  it may not be installed

    world(bench)
    path = bench.sheet
    with Watch() as watch:
        new = import_rows(path)
    tell(
        Result(
            measure="django-import-export",
            value=new / watch.seconds,
            unit="rows/s",
            peak=watch.peak,
            notes=f"{new:,} rows in {watch.seconds:.1f} s, use_bulk, skip_diff; "
            "without checks, keys, encryption or a chain",
        )
    )


def undo_(bench: Bench) -> None:
    """Change every row of the measured sheet once more, and take that back."""
    world(bench)
    size = bench.city.size
    if count_of("members") < size.members + size.file:
        taken("members", table(bench.city.member_rows(size.members, size.file)))
    changed = table(_studied(row) for row in bench.city.member_rows(size.members, size.file))
    with stopwatch() as spent, Watch() as watch:
        answer = taken("members", changed)
    number = answer.change or 0
    notes = f"{answer.rows:,} known rows in {watch.seconds:.1f} s; {_spent(spent)}"
    tell(
        Result(
            measure="import changed rows",
            value=answer.rows / watch.seconds,
            unit="rows/s",
            peak=watch.peak,
            notes=notes,
        )
    )
    floor = floors.seconds_to_add(SHAPES["members"].table, number)
    with Watch() as watch:
        undo(number, by=_BY)
    tell(
        Result(
            measure="undo",
            value=watch.seconds,
            unit="s",
            target="< 30" if sql.is_postgres() else "< 60",
            floor=floor,
            peak=watch.peak,
            notes=f"a change that altered {answer.counts['changed']:,} rows; "
            "floor: the same rows in and out of a table without index",
        )
    )


def _studied(row: Row) -> Row:
    return {**row, "学历": "研究生"}


# ---------------------------------------------------------------- reading it all


def export(bench: Bench) -> None:
    """Every member into one workbook."""
    world(bench)
    path, sample = bench.folder / "export.xlsx", 20_000
    with Watch() as watch:
        rows = write_export(LEDGERS["members"], path, day=ON)
    texts = floors.sheet_texts(path, sample)
    plain = floors.seconds_to_write_sheet(bench.folder / "plain.xlsx", texts)
    tell(
        Result(
            measure="export members",
            value=rows / watch.seconds,
            unit="rows/s",
            floor=len(texts) / plain,
            peak=watch.peak,
            notes=f"{rows:,} rows in {watch.seconds:.1f} s, "
            f"{path.stat().st_size >> 20} MiB; floor: {len(texts):,} rows of texts",
        )
    )
    path.unlink()


def verify(_: Bench) -> None:
    """The whole chain and every row it speaks of."""
    floor = floors.seconds_to_hash()
    with Watch() as watch:
        verdict = trail.verify()
    if not verdict.ok:
        raise RuntimeError(f"record {verdict.first_broken} does not hold")
    rows = sum(sql.fetch(f'SELECT COUNT(*) FROM "{s.table}"')[0][0] for s in SHAPES)
    tell(
        Result(
            measure="audit verify",
            value=watch.seconds,
            unit="s",
            floor=floor,
            peak=watch.peak,
            notes=f"{verdict.records} records, {rows:,} rows; floor: every row hashed as it comes",
        )
    )


def figures_(_: Bench) -> None:
    """Every figure of the city and its counties, from raw rows."""
    root = area_by_code(ROOT) or 0
    floor = floors.seconds_to_scan(SHAPES["members"].table, "WHERE removed_in IS NULL")
    for label, known in (
        ("figures, as believed", None),
        ("figures, as known before", newest() - 1),
    ):
        seconds: list[float] = []
        answer: dict[str, Any] = {}
        with Watch() as watch:
            for _turn in range(3):
                begun = perf_counter()
                answer = figures([], day=ON, known_at=known, node=root, children=True)
                seconds.append(perf_counter() - begun)
        tell(
            Result(
                measure=label,
                value=sorted(seconds)[1],
                unit="s",
                floor=floor,
                peak=watch.peak,
                notes=f"{len(answer['figures'])} figures × {1 + len(answer['children'])} areas; "
                f"median of 3, first {seconds[0]:.2f} s; floor: one count over the members",
            )
        )


MEASURES: Final[dict[str, Callable[[Bench], None]]] = {
    "load": load,
    "import": import_,
    "peer": peer,
    "undo": undo_,
    "export": export,
    "verify": verify,
    "figures": figures_,
}
"""In this order: later ones measure on what earlier ones left."""
