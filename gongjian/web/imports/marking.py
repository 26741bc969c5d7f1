"""Bad cells on the page and in the clerk's own book."""

from pathlib import Path
from typing import Any

from gongjian.ledgers.cells import Raw
from gongjian.ledgers.importing import Answer
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.result import write_result
from gongjian.ledgers.rows import Problem
from gongjian.web.imports import presenters, queries, sheets
from gongjian.web.imports.models import Finding, Paper


def hides(paper: Paper, header: str) -> bool:
    """Are the numbers of this column masked on the page, and might be shown?"""
    return paper.revealed_at is None and header in presenters.sensitive(sheets.ledger_of(paper))


def problems(paper: Paper, found: list[Finding]) -> list[dict[str, Any]]:
    """Lines of the table; whole numbers in bad cells where the person asked to see them."""
    whole = _whole(paper, found)
    return [presenters.problem(paper, f, whole) for f in found]


def _whole(paper: Paper, found: list[Finding]) -> dict[tuple[int, str], Raw]:
    """The bad sensitive cells of these lines in full, once they were asked for."""
    secret = presenters.sensitive(sheets.ledger_of(paper))
    wanted = {(f.row, f.header) for f in found if f.row and f.header in secret}
    if paper.revealed_at is None or not wanted:
        return {}
    table = sheets.whole_table(paper)
    sheets.apply(table, sheets.mends_of(paper))
    at = {number: i for i, number in enumerate(table.row_numbers)}
    return {
        (row, header): table.cells[header][at[row]]
        for row, header in wanted
        if row in at and header in table.cells
    }


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
    edits = sheets.mends_of(paper)
    write_result(sheets.path_of(paper), answer, sheets.ledger_of(paper), path, edits=edits)


def _level(text: str) -> Any:
    return "error" if text == "error" else "warning"
