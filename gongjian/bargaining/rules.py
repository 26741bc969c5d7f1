"""What must fit together in a row of the agreement ledgers."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongjian.history.timeline import Timeline
from gongjian.ledgers.intent import Intent, LayError
from gongjian.ledgers.lookup import References
from gongjian.ledgers.rows import Problem, Row

SINCE_EVER = date(1900, 1, 1)
"""Coverage without days of its own holds as long as its agreement does, however that is
corrected later: it is open on both sides, and the agreement's own term bounds it."""

VOTES = (
    ("delegates_due", "应到代表", "delegates_present", "实到代表"),
    ("delegates_present", "实到代表", "votes_for", "同意票数"),
)


def derive_agreement(row: Row) -> Iterator[Problem]:
    """Votes fit presence, presence fits the delegates due; the term ends after it begins."""
    for header, code, message in _clashes(row.cells):
        yield Problem(row.number, header, None, "error", code, message)
    yield from _quorum(row)


def _clashes(cells: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(header, code, sentence) of whatever does not fit together."""
    for whole, whole_header, part, header in VOTES:
        upper, lower = cells.get(whole), cells.get(part)
        if isinstance(upper, int) and isinstance(lower, int) and lower > upper:
            message = f"{header} {lower} 多于{whole_header} {upper}，请核对这两个数。"
            yield header, "range", message
    begins, ends = cells.get("term_from"), cells.get("term_to")
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        message = f"期限止 {ends} 早于期限起 {begins}，请核对这两个日期。"
        yield "期限止", "date-order", message


def _quorum(row: Row) -> Iterator[Problem]:
    """Two thirds of the delegates must be present (集体合同规定 第三十六条)."""
    due, present = row.cells.get("delegates_due"), row.cells.get("delegates_present")
    if isinstance(due, int) and isinstance(present, int) and 3 * present < 2 * due:
        message = f"实到代表 {present} 人不足应到代表 {due} 人的三分之二，请核对表决是否有效。"
        yield Problem(row.number, "实到代表", None, "warning", "rule", message)


# ------------------------------------------------------------------ with what is known


def reread_agreement(intent: Intent, _row: Row, line: Timeline | None, _refs: References) -> None:
    """A cell corrects the whole agreement, so it must fit what the other cells said before."""
    if line is None or not line.periods:
        return
    told = {fact.name: fact.value for fact in intent.facts}
    held = {name: line.at(name, date.max) for name in line.shape.dated}
    if all(held[name] == value for name, value in told.items()):
        return
    for header, code, message in _clashes({**held, **told}):
        raise LayError(header, code, message)


def reread_coverage(intent: Intent, _row: Row, line: Timeline | None, refs: References) -> None:
    """The agreement's term stands for a day that is left out, and is the same when written out."""
    known = line.whole.get("agreement") if line is not None else None
    agreement = refs.get("agreements", intent.whole.get("agreement") or known)
    if agreement is None:
        return
    begins = agreement.latest("term_from")
    over = date.fromordinal(agreement.latest("term_to").toordinal() + 1)
    if line is not None and line.periods:
        latest = line.periods[-1]
        if intent.opened == begins and latest.opened == SINCE_EVER:
            intent.opened = SINCE_EVER
        if intent.closed == over and latest.closed is None:
            intent.closed = None
    else:
        _check_days(intent, begins, over)


def _check_days(intent: Intent, begins: date, over: date) -> None:
    """Of new coverage, one day of its own is held against the other of the agreement."""
    closed = intent.closed if isinstance(intent.closed, date) else over
    if (intent.opened or begins) >= closed:
        until = date.fromordinal(closed.toordinal() - 1)
        message = (
            f"终止日期 {until} 早于起始日期 {intent.opened or begins}"
            f"（未填的按协议期限），请核对这两个日期。"
        )
        raise LayError("终止日期", "date-order", message)
