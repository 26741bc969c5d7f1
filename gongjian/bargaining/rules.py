"""What must fit together in a row of the agreement ledgers."""

from collections.abc import Iterator
from datetime import date

from gongjian.ledgers.rows import Problem, Row

VOTES = (
    ("delegates_due", "应到代表", "delegates_present", "实到代表"),
    ("delegates_present", "实到代表", "votes_for", "同意票数"),
)


def derive_agreement(row: Row) -> Iterator[Problem]:
    """Votes fit presence, presence fits the delegates due; the term ends after it begins."""
    cells = row.cells
    for whole, whole_header, part, header in VOTES:
        upper, lower = cells.get(whole), cells.get(part)
        if isinstance(upper, int) and isinstance(lower, int) and lower > upper:
            message = f"{header} {lower} 多于{whole_header} {upper}，请核对这两个数。"
            yield Problem(row.number, header, None, "error", "range", message)
    begins, ends = cells.get("term_from"), cells.get("term_to")
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        message = f"期限止 {ends} 早于期限起 {begins}，请核对这两个日期。"
        yield Problem(row.number, "期限止", None, "error", "date-order", message)
    yield from _quorum(row)


def _quorum(row: Row) -> Iterator[Problem]:
    """Two thirds of the delegates must be present (集体合同规定 第三十六条)."""
    due, present = row.cells.get("delegates_due"), row.cells.get("delegates_present")
    if isinstance(due, int) and isinstance(present, int) and 3 * present < 2 * due:
        message = f"实到代表 {present} 人不足应到代表 {due} 人的三分之二，请核对表决是否有效。"
        yield Problem(row.number, "实到代表", None, "warning", "rule", message)
