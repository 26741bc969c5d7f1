"""All rows behind a figure as a workbook, written in the background."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.core.access import Actor, Permission
from gongjian.core.progress import Progress
from gongjian.files.actions import tidy
from gongjian.indicators.declare import CATALOG, Figure, Ratio
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.ledgers import writing
from gongjian.web import exporting
from gongjian.web.figures.forms import Question
from gongjian.web.figures.handing import noted, payload_of, question_of
from gongjian.web.figures.queries import Rows, rows_of

KIND: Final = "figure-rows"

HEADS: Final = {
    "id": "系统编号",
    "key": "编号",
    "name": "名称",
    "area": "区划代码",
    "value": "计数",
    "numerator": "分子",
    "denominator": "分母",
}
"""Columns as the command line names them."""

_VALUES: Final = 4  # columns before the numbers
_STEP: Final = 1_000  # rows between two looks at whether the export is still wanted


def hand_in(figure: Figure, question: Question, *, by: Actor) -> Job:
    """Write the rows as they are known now, whatever is changed before the job's turn comes.

    Where the address names a past knowledge, as known then. The export goes on the trail with
    whoever asked for it. What waits to be written already is not written twice; NotNow where
    many of theirs are under way.
    """
    payload = {**payload_of(figure, question), "by": by.name}
    title = f"导出名单：{figure.name}（{question.code}，{question.day}）"
    return exporting.hand_in(KIND, title, payload, by=by, noted=noted(payload, by))


@handler(KIND)
def write(job: Job) -> dict[str, Any]:
    """Write and keep the workbook; its sums are the figure.

    Within what its owner may export now: the place may have left their scope since they asked.
    """
    actor = exporting.writer(job, Permission.EXPORT_LEDGER, "名单")
    asked = job.payload
    (figure,) = CATALOG.asked([asked["code"]])
    question = question_of(asked, actor.scope)
    with TemporaryDirectory() as folder:
        path = Path(folder) / tidy(f"{figure.name}_{question.code}_{question.day:%Y%m%d}.xlsx")
        with closing(rows_of(figure.code, question, asked["known"])) as rows:
            sums = _write(figure, rows, path)
        kept = exporting.store(path, job, "figure-rows-download", actor)
    return {**kept, **sums}


def columns_of(figure: Figure) -> list[str]:
    """Names of what a row holds, in order."""
    values = ("numerator", "denominator") if isinstance(figure, Ratio) else ("value",)
    return ["id", "key", "name", "area", *values]


def _write(figure: Figure, rows: Rows, path: Path) -> dict[str, int]:
    """All rows, a new sheet where one is full; how many, and what their numbers add up to."""
    names = columns_of(figure)
    sums = dict.fromkeys(["rows", *names[_VALUES:]], 0)
    with writing.workbook(path, streaming=True) as book, Progress(None, "写名单") as progress:
        styles = writing.Styles(book)
        sheet = _sheet(book, names, styles)
        for count, row in enumerate(rows):
            at = count % (writing.SHEET_ROWS - 1)
            if at == 0 and count:
                sheet = _sheet(book, names, styles)
            _put(sheet, at + 1, [row[name] for name in names], styles)
            sums["rows"] += 1
            for name in names[_VALUES:]:
                sums[name] += row[name]
            if count % _STEP == 0:
                progress.advance(0)
    return sums


def _sheet(book: Workbook, names: list[str], styles: writing.Styles) -> Worksheet:
    sheet = book.add_worksheet()
    writing.lay_out(sheet, 0, frozen=0)
    for col, name in enumerate(names):
        sheet.set_column(col, col, 24 if name in ("key", "name") else 12)
        writing.put_text(sheet, 0, col, HEADS[name], styles.header)
    return sheet


def _put(sheet: Worksheet, at: int, values: list[Any], styles: writing.Styles) -> None:
    text = styles.of(writing.TEXT)
    for col, value in enumerate(values):
        if isinstance(value, str):
            writing.put_text(sheet, at, col, value, text)
        else:
            sheet.write_number(at, col, value)
