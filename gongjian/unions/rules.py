"""What must fit, or deserves a look, in rows of the union and coverage ledgers."""

from collections.abc import Iterator
from datetime import date

from gongjian.ledgers.lookup import References
from gongjian.ledgers.rows import Problem, Row
from gongjian.unions.enums import JOINT, SMALL_STAFF


def check_coverage(row: Row, refs: References) -> Iterator[Problem]:
    """Soft rules: whom a joint union is for, and that nothing is covered before it begins."""
    union = refs.get("unions", row.cells.get("union"))
    employer = refs.get("employers", row.cells.get("employer"))
    if union and employer and union.latest("kind") == JOINT:
        staff = employer.latest("staff")
        if isinstance(staff, int) and staff >= SMALL_STAFF:
            message = (
                f"“{employer.name}”有职工 {staff} 人，达到 {SMALL_STAFF} 人的单位"
                f"应单独建会，请核对是否确由联合基层工会涵盖。"
            )
            yield Problem(row.number, "用人单位", None, "warning", "rule", message)
    begins = row.cells.get("opened")
    for side, word in ((union, "工会"), (employer, "用人单位")):
        if side is not None and isinstance(begins, date) and begins < side.opened:
            message = f"起始日期早于{word}“{side.name}”的开始日期 {side.opened}，请核对。"
            yield Problem(row.number, "起始日期", None, "warning", "rule", message)
