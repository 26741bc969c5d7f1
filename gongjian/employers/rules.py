"""What must fit together within one row of the employer ledger."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongjian.areas.rules import county_of
from gongjian.employers.enums import DEREGISTERED, OPERATING
from gongjian.ledgers.lookup import References
from gongjian.ledgers.questions import Condition, Moment
from gongjian.ledgers.rows import Problem, Row
from gongjian.ledgers.worries import CORRECT, Held, Way, Worry

PARTS = (
    ("staff_female", "女职工人数"),
    ("staff_migrant", "农民工人数"),
    ("staff_dispatched", "劳务派遣人数"),
)


def derive(row: Row) -> Iterator[Problem]:
    """A part cannot exceed its whole; 注销 needs its day and is then no status of its own."""
    cells = row.cells
    whole = cells.get("staff")
    for name, header in PARTS:
        part = cells.get(name)
        if isinstance(part, int) and isinstance(whole, int) and part > whole:
            message = f"{header} {part} 多于职工人数 {whole}，请核对这两个数。"
            yield Problem(row.number, header, None, "error", "range", message)
    if cells.get("status") == DEREGISTERED:
        del cells["status"]
        if not _day(cells.get("closed")) and not row.faulty("注销日期"):
            message = "经营状态为“注销”时必须填写注销日期，请补上。"
            yield Problem(row.number, "注销日期", None, "error", "required", message)


def _day(value: Any) -> bool:
    return hasattr(value, "toordinal")


def prepare(rows: list[Row], refs: References) -> None:
    """Load whoever bears the same name as an employer without a code."""
    refs.find("employers", [r.cells["name"] for r in rows if _uncoded(r)])


def checks(row: Row, refs: References) -> Iterator[Problem]:
    """Without a code a new area means a new employer, which is often the old one having moved."""
    if row.by_number or not _uncoded(row) or not isinstance(row.cells.get("area"), int):
        return
    area = _now(row.cells["area"], refs)
    county = county_of(area, refs)
    for other in refs.named("employers", row.cells["name"]):
        place = _now(other.spans[-1].place, refs)
        alike = other.code is None and other.closed is None and place not in (None, area)
        if alike and county is not None and county_of(place, refs) == county:
            message = (
                f"本县区内另有未填代码的同名单位“{other.name}”，将按两个单位计；"
                f"如果是同一家迁址，请填写统一社会信用代码或系统编号。"
            )
            yield Problem(row.number, "单位名称", None, "warning", "rule", message)
            return


def _now(area: int | None, refs: References) -> int | None:
    """The area that ``area`` means by now: itself, or its last heir."""
    target = refs.get("areas", area)
    heir = refs.heir_of(target, date.max) if target is not None else None
    return heir.id if heir is not None else area


def _uncoded(row: Row) -> bool:
    cells = row.cells
    return isinstance(cells.get("name"), str) and not isinstance(cells.get("code"), str)


def unstaffed(_moment: Moment) -> Condition:
    """在业 without staff: the rule of the figure employers.unstaffed."""
    return "v.status = %s AND v.staff = 0", [OPERATING]


# ------------------------------------------------------------------ on its page


def counted_wrongly(held: Held) -> Iterator[Worry]:
    """A unit that counts has people, and a code by which it is not recorded twice."""
    values = held.values
    if not held.goes_on or values["status"] != OPERATING:
        return
    if not values["staff"]:
        yield Worry(sentence="在业，职工人数却是 0，请核对。", way=Way(deed=CORRECT), bad=True)
    if values["code"] is None:
        sentence = "没有统一社会信用代码，下次报来容易登记成两条，查到后请补上。"
        yield Worry(sentence=sentence, way=Way(deed=CORRECT))
