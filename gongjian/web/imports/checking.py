"""Checking a paper: what the engine says of its rows is written down beside it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.history import sql
from gongjian.history.record import newest
from gongjian.ledgers import reading
from gongjian.ledgers.importing import Request, preview
from gongjian.ledgers.rows import Problem
from gongjian.web.imports import rows, sheets
from gongjian.web.imports.lines import Labels
from gongjian.web.imports.models import Finding, Paper
from gongjian.web.imports.near import TooMany, near
from gongjian.web.imports.queries import reach

FEW_ROWS: Final = 2_000
"""Up to so many rows a paper is checked while one waits; beyond, in the background."""

_BATCH: Final = 500
_TRIES: Final = 3  # how often rows are checked again that others mended meanwhile


def read(paper: Paper) -> reading.Table | None:
    """Read the file and note what it holds; None where it cannot be checked as it is."""
    try:
        table = sheets.read(paper)
    except reading.Unreadable as error:
        paper.summary = {"unreadable": error.sentence}
    except reading.MissingColumns as error:
        paper.summary = sheets.told_missing(paper, error) | {"like": sheets.like(paper)}
    else:
        paper.summary = sheets.told(paper, table) | {"quick": sheets.quick(paper)}
        rows.keep_rows(paper, table)
        return table
    paper.counted = paper.trial = None
    return None


def request_of(paper: Paper, actor: Actor, **more: Any) -> Request:
    """The paper as the engine is asked about it."""
    return Request(
        ledger=sheets.ledger_of(paper),
        actor=actor,
        on=paper.on,
        skip_bad=paper.skip_bad,
        reason=paper.reason,
        source_name=paper.name,
        source_sha256=paper.sha256,
        **more,
    )


def check(paper: Paper, actor: Actor) -> None:
    """Check every row and write down what is wrong; nothing is written to the ledger."""
    base, table = newest(), rows.whole_of(paper)
    answer, _ = preview(request_of(paper, actor, dry_run=True), table)
    found = findings_of(paper, table, answer.problems)
    counted = {
        "rows": answer.rows,
        "bad": answer.counts["bad"],
        "undated": answer.undated,
        "reach": reach(paper, actor),
        "base": base,
    }
    note(paper, counted, found, None)


def current(paper: Paper) -> bool:
    """Is the paper still what was looked at? Held until the end of the transaction."""
    mine = Paper.objects.select_for_update().filter(pk=paper.pk, revision=paper.revision)
    return mine.exists()


@transaction.atomic
def note(
    paper: Paper,
    counted: Mapping[str, Any],
    found: Iterable[Finding],
    numbers: Collection[int] | None,
) -> bool:
    """Put ``found`` in the place of what was found before, in rows ``numbers`` or anywhere.

    False where the paper was altered meanwhile: then nothing is written.
    """
    if not current(paper):
        return False
    before = Finding.objects.filter(paper=paper)
    (before if numbers is None else before.filter(row__in=numbers)).delete()
    for batch in sql.chunks(found, _BATCH):
        Finding.objects.bulk_create(batch)
    paper.counted = {**counted, "revision": paper.revision, "warned": _warned(paper)}
    if numbers is not None:
        bad = Finding.objects.filter(paper=paper, level="error")
        paper.counted["bad"] = bad.values("row").distinct().count()
    paper.pending = []
    told = {"counted": paper.counted, "pending": []}
    Paper.objects.filter(pk=paper.pk).update(**told)
    return True


def findings_of(paper: Paper, table: reading.Table, problems: Iterable[Problem]) -> list[Finding]:
    """Problems as they are written down, with who each row is about."""
    labels = Labels(sheets.ledger_of(paper), table)
    return [
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
    ]


def _warned(paper: Paper) -> int:
    """Rows with nothing worse than a warning."""
    bad = Finding.objects.filter(paper=paper, level="error").values("row")
    warned = Finding.objects.filter(paper=paper, level="warning").exclude(row__in=bad)
    return warned.values("row").distinct().count()


def check_again(paper: Paper, actor: Actor) -> bool:
    """Check after rows were altered (``paper.pending``): a small paper as a whole, of a large one
    what they touch.

    False where that is too much to wait for. What a row of a large paper means for rows that are
    tied to it only by what stands in the ledger comes out in the dry run, which checks everything.
    """
    for _ in range(_TRIES):
        if paper.counted is None or paper.counted["rows"] <= FEW_ROWS:
            check(paper, actor)
        elif not _check_near(paper, actor):
            return False
        altered = Paper.objects.exclude(revision=paper.revision).filter(pk=paper.pk)
        if not altered.exists():
            break
        paper.refresh_from_db()
    return True


def _check_near(paper: Paper, actor: Actor) -> bool:
    """Check the altered rows of a large paper and those near them; False where they are many."""
    altered = set(paper.pending)
    with rows.opened(paper) as table:
        try:
            touched, beside = near(paper, table, altered, FEW_ROWS)
        except TooMany:
            return False
        some = rows.some_of(paper, table, touched | beside)
        counted = {**(paper.counted or {}), "rows": rows.count_of(paper, table)}
    answer, _ = preview(request_of(paper, actor, dry_run=True), some)
    problems = [p for p in answer.problems if p.row in touched]
    note(paper, counted, findings_of(paper, some, problems), touched)
    return True


def save_work(paper: Paper) -> bool:
    """Keep what was worked out, unless the paper was altered meanwhile."""
    mine = Paper.objects.filter(pk=paper.pk, revision=paper.revision)
    kept: dict[str, Any] = {n: getattr(paper, n) for n in ("summary", "counted", "trial")}
    return bool(mine.update(**kept))
