"""The chart as a workbook to take away, with the numbers as numbers."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter.worksheet import Worksheet

from gongjian.core.access import Actor
from gongjian.history import trail
from gongjian.indicators.declare import Figure, Ratio
from gongjian.ledgers import writing
from gongjian.web.matrix.forms import Question
from gongjian.web.matrix.presenters.marks import said
from gongjian.web.matrix.presenters.table import OWN, in_order
from gongjian.web.matrix.queries import Chart, Line

_HEAD: Final = 1
"""The row of the headers; above it stands what the sheet is of."""

_A3: Final = 8


def note(question: Question, chart: Chart, by: Actor) -> None:
    """Put on the trail who took the chart along, of which place, figures and moment."""
    told = {
        "chart": list(question.codes),
        "at": chart.day.isoformat(),
        "known": chart.known,
        "place": question.code,
        "depth": question.depth,
        "actor": by.id,
        "name": by.name,
        "unmasked": False,
    }
    trail.note("export", told)


def written(question: Question, chart: Chart, name: str) -> bytes:
    """The workbook; ``name`` is that of the place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chart.xlsx"
        with writing.workbook(path) as book:
            styles = writing.Styles(book)
            sheet = book.add_worksheet()
            writing.lay_out(sheet, _HEAD, frozen=2)
            sheet.set_paper(_A3)
            title = f"{name}挂图作战　截至 {chart.day}　所知 变更 {chart.known}"
            writing.put_text(sheet, 0, 0, title, styles.title)
            _head(sheet, question, styles)
            for at, line in enumerate(in_order(question, chart), start=_HEAD + 1):
                _line(sheet, at, line, question, styles)
        return path.read_bytes()


def _head(sheet: Worksheet, question: Question, styles: writing.Styles) -> None:
    heads = ["区划代码", "区划", *(head for f in question.figures for head in _heads(f))]
    for col, head in enumerate(heads):
        sheet.set_column(col, col, 22 if col == 1 else 12)
        writing.put_text(sheet, _HEAD, col, head, styles.header)


def _heads(figure: Figure) -> list[str]:
    if isinstance(figure, Ratio):
        return [f"{figure.name}（不相加）", f"{figure.name}分子", f"{figure.name}分母"]
    return [f"{figure.name}（{figure.unit}）"]


def _line(
    sheet: Worksheet, at: int, line: Line, question: Question, styles: writing.Styles
) -> None:
    text, whole = styles.of(writing.TEXT), styles.of(writing.WHOLE)
    writing.put_text(sheet, at, 0, line.code, text)
    writing.put_text(sheet, at, 1, f"{line.name}{OWN}" if line.kind.own else line.name, text)
    col = 2
    for figure, sums in zip(question.figures, line.cells, strict=True):
        if isinstance(figure, Ratio):
            writing.put_text(sheet, at, col, said(figure, sums), text)
            col += 1
        for value in sums:
            sheet.write_number(at, col, value, whole)
            col += 1
