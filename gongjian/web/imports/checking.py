"""Checking a paper and trying it out: what the engine says of it is written down beside it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from gongjian.core.access import Actor
from gongjian.core.days import today
from gongjian.history import sql
from gongjian.ledgers import reading
from gongjian.ledgers.cells import Raw
from gongjian.ledgers.importing import Answer, Request, preview
from gongjian.ledgers.rows import Problem
from gongjian.web.imports import sheets
from gongjian.web.imports.effect import effect
from gongjian.web.imports.lines import Labels, write_lines
from gongjian.web.imports.models import Finding, Paper
from gongjian.web.imports.queries import reach

FEW_ROWS: Final = 2_000
"""Up to so many rows a paper is checked while one waits; beyond, in the background."""

SMALL_FILE: Final = 256 << 10
"""Up to so many bytes a file is read while one waits."""

SMALL_UNPACKED: Final = 32 << 20
"""Up to so many bytes of what such a file unpacks to."""

_BATCH: Final = 500


def read(paper: Paper) -> reading.Table | None:
    """Read the paper and note what it holds; None where it cannot be checked as it is."""
    try:
        whole = sheets.whole_table(paper)
    except reading.Unreadable as error:
        paper.summary = {"unreadable": error.sentence}
    except reading.MissingColumns as error:
        paper.summary = sheets.told_missing(paper, error)
    else:
        paper.summary = sheets.told(paper, whole)
        return sheets.table_of(paper, whole)
    paper.counted = paper.trial = None
    return None


def request_of(paper: Paper, actor: Actor, *, dry_run: bool) -> Request:
    """The paper as the engine is asked about it."""
    return Request(
        ledger=sheets.ledger_of(paper),
        actor=actor,
        on=paper.on,
        dry_run=dry_run,
        skip_bad=paper.skip_bad,
        reason=paper.reason,
        source_name=paper.name,
        source_sha256=paper.sha256,
    )


def check(paper: Paper, actor: Actor, table: reading.Table) -> None:
    """Check every row and write down what is wrong; nothing is written to the ledger."""
    answer, _ = preview(request_of(paper, actor, dry_run=True), table)
    _note(paper, table, answer, reach(paper, actor))


def _current(paper: Paper) -> bool:
    """Is the paper still what was checked? Held until the end of the transaction."""
    mine = Paper.objects.select_for_update().filter(pk=paper.pk, revision=paper.revision)
    return mine.exists()


@transaction.atomic
def _note(paper: Paper, table: reading.Table, answer: Answer, seen: str) -> None:
    if not _current(paper):
        return
    Finding.objects.filter(paper=paper).delete()
    _write_findings(paper, table, answer.problems)
    paper.counted = {
        "revision": paper.revision,
        "rows": answer.rows,
        "bad": answer.counts["bad"],
        "warned": _warned(paper),
        "undated": answer.undated,
        "reach": seen,
    }


def _write_findings(paper: Paper, table: reading.Table, problems: Iterable[Problem]) -> None:
    labels = Labels(sheets.ledger_of(paper), table)
    found = (
        Finding(
            paper=paper,
            row=p.row or 0,
            header=p.column or "",
            level=p.level,
            code=p.code,
            label="" if p.row is None else labels.of(p.row),
            value=p.value or "",
            message=p.message,
        )
        for p in problems
    )
    for batch in sql.chunks(found, _BATCH):
        Finding.objects.bulk_create(batch)


def _warned(paper: Paper) -> int:
    """Rows with nothing worse than a warning."""
    bad = Finding.objects.filter(paper=paper, level="error").values("row")
    warned = Finding.objects.filter(paper=paper, level="warning").exclude(row__in=bad)
    return warned.values("row").distinct().count()


def check_again(paper: Paper, actor: Actor, numbers: set[int], whole: reading.Table) -> None:
    """Check after rows were mended: a small paper as a whole, of a large one what they touch.

    What a mended row of a large paper means for rows of other keys comes out in the dry run,
    which checks everything. ``whole`` is the sheet as it was read.
    """
    table = sheets.table_of(paper, whole)
    if len(table.row_numbers) <= FEW_ROWS or paper.counted is None:
        check(paper, actor, table)
        return
    near = _near(paper, table, numbers)
    some = sheets.part(table, sorted(near))
    answer, _ = preview(request_of(paper, actor, dry_run=True), some)
    with transaction.atomic():
        if not _current(paper):
            return
        Finding.objects.filter(paper=paper, row__in=near | numbers).delete()
        _write_findings(paper, some, answer.problems)
        bad = Finding.objects.filter(paper=paper, level="error")
        paper.counted = {
            **paper.counted,
            "revision": paper.revision,
            "rows": len(table.row_numbers),
            "bad": bad.values("row").distinct().count(),
            "warned": _warned(paper),
        }


def _near(paper: Paper, table: reading.Table, numbers: set[int]) -> set[int]:
    """The rows and those that name the same entry, or that were found to repeat one."""
    ledger = sheets.ledger_of(paper)
    found = numbers & set(table.row_numbers)
    for key in ledger.keys:
        raws = [table.cells.get(ledger.by_field[name].header) for name in key]
        if all(column is not None for column in raws):
            named = list(zip(*filter(None, raws), strict=True))
            found |= _alike(table.row_numbers, named, numbers)
    twice = Q(code="duplicate", paper=paper)
    repeated = Finding.objects.filter(twice).values_list("row", flat=True)
    if numbers & set(repeated):
        found |= set(repeated) & set(table.row_numbers)
    return found


def _alike(rows: list[int], named: list[tuple[Raw, ...]], numbers: set[int]) -> set[int]:
    """Rows whose whole key is that of one of ``numbers``."""
    pairs = list(zip(rows, named, strict=True))
    keys = {key for number, key in pairs if number in numbers and None not in key}
    return {number for number, key in pairs if key in keys}


def try_out(paper: Paper, actor: Actor, areas: Mapping[int, str]) -> None:
    """The dry run: what each row comes to and what the figures of ``areas`` would become."""
    table = read(paper)
    if table is None:
        return
    answer, made = preview(request_of(paper, actor, dry_run=True), table)
    seen = reach(paper, actor)
    with transaction.atomic():
        if not _current(paper):
            return
        _note(paper, table, answer, seen)
        write_lines(paper, sheets.ledger_of(paper), table, made)
    would = effect(made.edit, day=_day(paper), areas=areas, kind=paper.ledger)
    paper.trial = {
        "revision": paper.revision,
        "base": made.base,
        "counts": dict(answer.counts),
        "undated": answer.undated,
        "day": answer.day.isoformat(),
        "effect": would,
        "reach": seen,
    }


def _day(paper: Paper) -> date:
    return paper.on or today()


def save_work(paper: Paper) -> bool:
    """Keep what was worked out, unless the paper was altered meanwhile."""
    mine = Paper.objects.filter(pk=paper.pk, revision=paper.revision)
    kept: dict[str, Any] = {n: getattr(paper, n) for n in ("summary", "counted", "trial")}
    return bool(mine.update(**kept))
