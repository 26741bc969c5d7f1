"""The bridge as a workbook: the figures, everything that explains the difference, what was taken back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from gongjian.core.progress import Progress
from gongjian.ledgers import writing
from gongjian.ledgers.declare import LEDGERS
from gongjian.reporting.bridge import Line, figure_of
from gongjian.reporting.models import Cause, Explanation, PaperTotal
from gongjian.web.text import moment

SHEET: Final = ("指标", "单位", "纸面", "台账算出", "锁定时", "差额", "按名字说明", "文字说明",
                "原因不明", "纸面来源", "填报人", "填报时间")  # fmt: skip
EXPLAINED: Final = ("指标", "原因", "差额", "是谁", "台账", "系统编号", "说明", "说明人", "时间",
                    "撤销人", "撤销理由")  # fmt: skip
GONE: Final = ("指标", "纸面", "纸面来源", "填报人", "填报时间", "撤销人", "撤销时间", "理由")
"""Columns of the three sheets."""

_WIDE: Final = frozenset({"指标", "纸面来源", "是谁", "说明", "理由", "撤销理由"})
_STEP: Final = 1_000  # rows between two looks at whether the book is still wanted


def write_book(path: Path, lines: Sequence[Line], totals: Sequence[PaperTotal]) -> int:
    """Write the book of the ``lines`` and of all ``totals`` ever entered; how many explanations."""
    gone = [total for total in totals if not total.stands]
    count = 0
    with writing.workbook(path, streaming=True) as book, Progress(None, "写期初衔接") as progress:
        styles = writing.Styles(book)
        _fill(book, "纸面与台账", SHEET, styles, (_line(line) for line in lines))
        parts = Explanation.objects.filter(total__in=totals).select_related("total")
        ordered = parts.order_by("total", "pk").iterator()

        def explained() -> Iterator[list[Any]]:
            nonlocal count
            for count, one in enumerate(ordered, 1):
                yield _part(one)
                if count % _STEP == 0:
                    progress.advance(0)

        _fill(book, "差额的说明", EXPLAINED, styles, explained())
        _fill(book, "撤销的纸面数", GONE, styles, (_gone(total) for total in gone))
    return count


def _line(line: Line) -> list[Any]:
    total = line.total
    numbers = [total.value, line.computed, line.locked, line.difference]
    parts = [line.named, line.worded, line.unknown]
    by = [total.source, total.actor_name, moment(total.entered_at)]
    return [line.figure.name, line.figure.unit, *numbers, *parts, *by]


def _part(one: Explanation) -> list[Any]:
    ledger = LEDGERS[one.ledger].title if one.ledger else ""
    who = [one.actor_name, moment(one.entered_at), one.withdrawer_name, one.withdrawn_reason]
    what = [one.row, ledger, one.entry, one.words]
    return [figure_of(one.total).name, Cause(one.cause).label, one.amount, *what, *who]


def _gone(total: PaperTotal) -> list[Any]:
    entered = [total.source, total.actor_name, moment(total.entered_at)]
    back = [total.withdrawer_name, moment(total.withdrawn_at), total.withdrawn_reason]
    return [figure_of(total).name, total.value, *entered, *back]


def _fill(
    book: Workbook,
    name: str,
    heads: Sequence[str],
    styles: writing.Styles,
    rows: Iterator[list[Any]],
) -> None:
    sheet = book.add_worksheet(name)
    writing.lay_out(sheet, 0, frozen=0)
    for col, head in enumerate(heads):
        sheet.set_column(col, col, 24 if head in _WIDE else 12)
        writing.put_text(sheet, 0, col, head, styles.header)
    for line, cells in enumerate(rows, 1):
        for col, value in enumerate(cells):
            if isinstance(value, str):
                writing.put_text(sheet, line, col, value, styles.of(writing.TEXT))
            elif value is not None:
                sheet.write_number(line, col, value)
