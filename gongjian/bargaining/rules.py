"""What must fit together in a row of the agreement ledgers."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from gongjian.bargaining.enums import OBJECTED
from gongjian.history.timeline import Timeline
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.intent import Intent, LayError
from gongjian.ledgers.lookup import References
from gongjian.ledgers.questions import Condition, Moment
from gongjian.ledgers.rows import Problem, Row
from gongjian.ledgers.worries import CORRECT, NEW, Held, Way, Worry

SINCE_EVER = date(1900, 1, 1)
"""Coverage without days of its own holds as long as its agreement does, however that is
corrected later: it is open on both sides, and the agreement's own term bounds it."""

SOON = 30
"""Days before its last one from which an agreement is soon over."""

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


def soon_over(moment: Moment) -> Condition:
    """Agreements not voided whose last day is the day or one of the next ``SOON``."""
    until = moment.day + timedelta(days=SOON)
    unvoided = "(v.voided_on IS NULL OR v.voided_on > %s)"
    text = f"v.term_to >= %s AND v.term_to <= %s AND {unvoided}"
    day = moment.day.isoformat()
    return text, [day, until.isoformat(), day]


# ------------------------------------------------------------------ on its page


def _renewed(moment: Moment) -> Condition:
    """Another agreement of the same union and kind, not voided, runs longer."""
    table = LEDGERS["agreements"].shape.table
    text = (
        f'EXISTS (SELECT 1 FROM "{table}" o WHERE o.union_id = v.union_id'  # noqa: S608
        " AND o.entry_id <> v.entry_id AND o.removed_in IS NULL AND o.kind = v.kind"
        " AND o.term_to > v.term_to AND (o.voided_on IS NULL OR o.voided_on > %s))"
    )
    return text, [moment.day.isoformat()]


def running_out(held: Held) -> Iterator[Worry]:
    """The term is over or soon will be, and no other agreement goes on from there."""
    values = held.values
    days = (values["term_to"] - held.day).days
    voided = values["voided_on"] is not None and values["voided_on"] <= held.day
    if voided or days > SOON or held.meets(_renewed):
        return
    way = Way(deed=NEW, ledger="agreements", cells={"union": values["union"]})
    if days < 0:
        sentence = f"已于 {values['term_to']} 到期，过了 {-days} 天，没有登记续签的协议。"
        yield Worry(sentence=sentence, way=way, bad=True)
    else:
        sentence = f"{values['term_to']} 到期，还有 {days} 天，请准备续签。"
        yield Worry(sentence=sentence, way=way)


def not_in_force(held: Held) -> Iterator[Worry]:
    """What keeps an agreement out of the figures: objected, not received, covering nobody."""
    values = held.values
    if values["voided_on"] is not None and values["voided_on"] <= held.day:
        return
    if values["effective_on"] is None and values["received_on"] is None:
        sentence = "没有生效日期，也没有收到日期，不计入有效协议。"
        yield Worry(sentence=sentence, way=Way(deed=CORRECT), bad=True)
    elif values["effective_on"] is None and values["review"] == OBJECTED:
        sentence = "劳动部门有异议，不计入有效协议；改签报送后请更正。"
        yield Worry(sentence=sentence, way=Way(deed=CORRECT), bad=True)
    if not held.links.get(("agreement-coverage", "agreement"), 0):
        way = Way(deed=NEW, ledger="agreement-coverage", cells={"agreement": held.entry})
        yield Worry(sentence="没有登记覆盖哪些单位，不计入覆盖企业。", way=way, bad=True)
