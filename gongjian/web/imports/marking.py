"""Bad cells on the page and in the clerk's own book."""

import tempfile
from pathlib import Path
from typing import Any, Final

from gongjian.core.access import Actor
from gongjian.files.actions import keep
from gongjian.ledgers.importing import Answer
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.result import write_result
from gongjian.ledgers.rows import Problem
from gongjian.web.imports import checking, mending, presenters, queries, rows, sheets
from gongjian.web.imports.actions import MARK
from gongjian.web.imports.models import Finding, Paper

_KEPT_DAYS: Final = 7


def hides(paper: Paper, header: str) -> bool:
    """Are the numbers of this column masked on the page, and might be shown?"""
    return paper.revealed_at is None and header in presenters.sensitive(sheets.ledger_of(paper))


def problems(paper: Paper, found: list[Finding]) -> list[dict[str, Any]]:
    """Lines of the table; whole numbers in bad cells where the person asked to see them."""
    secret = presenters.sensitive(sheets.ledger_of(paper))
    there = mending.cells_of(paper, {(f.row, f.header) for f in found if f.row and f.header})
    said = []
    for finding in found:
        cell = finding.row, finding.header
        raw = there.get(cell)
        whole = paper.revealed_at is not None and finding.header in secret and cell in there
        seen = mending.mark_of(paper, raw, *cell) if cell in there else ""
        said.append(presenters.problem(paper, finding, raw, whole=whole, seen=seen))
    return said


def marked_now(paper: Paper) -> bool:
    """May the marked book be written while one waits?"""
    read = paper.summary or {}
    return bool(read.get("quick")) and read.get("rows", 0) <= checking.FEW_ROWS


def ready(paper: Paper, actor: Actor) -> bool:
    """Can the marked book be had at once?"""
    return marked_now(paper) or kept_marked(paper, actor) is not None


def keep_marked(paper: Paper, actor: Actor) -> dict[str, Any]:
    """Write the marked book and keep it; which file it is, of which state, for whose eyes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name_of(paper)
        write_marked(paper, path)
        with path.open("rb") as content:
            # Nobody's own: the paper's page gives it out, which looks at the scope anew.
            stored = keep(content, path.name, owner_id=None, days=_KEPT_DAYS)
    return {"file": stored.pk, "revision": paper.revision, "reach": queries.reach(paper, actor)}


def name_of(paper: Paper) -> str:
    """What the marked book is called."""
    return f"{Path(paper.name).stem}（标红）.xlsx"


def kept_marked(paper: Paper, actor: Actor) -> int | None:
    """The marked book of the paper as it is now, where it was written in the background."""
    job = queries.job_of(paper)
    told = job.result if job is not None and job.kind == MARK else None
    if not told or told.get("revision") != paper.revision:
        return None
    return int(told["file"]) if told.get("reach") == queries.reach(paper, actor) else None


def write_marked(paper: Paper, path: Path) -> None:
    """Write the book of the paper to ``path``: cells as mended, problems named, rows coloured."""
    read = paper.summary or {}
    answer = Answer(paper.ledger, sheet=read.get("sheet"), header_row=read.get("header_row"))
    answer.positions = read.get("positions", {})
    answer.problems = [
        Problem(f.row, f.header or None, None, _level(f.level), f.code, f.message)
        for f in queries.findings(paper)
    ]
    answer.outcomes = {
        p.row: Outcome.BAD for p in answer.problems if p.row is not None and p.level == "error"
    }
    edits, ledger = rows.mends_of(paper), sheets.ledger_of(paper)
    with sheets.file_of(paper) as source:
        write_result(source, answer, ledger, path, edits=edits, limits=sheets.limits())


def _level(text: str) -> Any:
    return "error" if text == "error" else "warning"
