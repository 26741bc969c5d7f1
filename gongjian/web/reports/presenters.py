"""A month in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from gongjian.core.days import today
from gongjian.indicators.declare import CATALOG
from gongjian.reporting.queries import OpenProblem, Report
from gongjian.reporting.rules import OF_THE_YEAR, Period
from gongjian.web.moment import AsOf
from gongjian.web.reports.queries import Below, Numbers
from gongjian.web.text import ABSENT, number
from gongjian.workflow.declare import FLOWS, Step
from gongjian.workflow.models import Case, Passage
from gongjian.workflow.queries import Option
from gongjian.workflow.refusing import way_to

NAMES: Final = 12
"""Names shown of what came and went; the others are behind the number."""

STYLES: Final = {
    "due": "", "submitted": "act", "returned": "warn", "accepted": "ok", "locked": "ok",
    "left-out": "bad",
}  # fmt: skip
"""State → style of its tag."""

_LAMPS: Final = {True: ("ok", "按时"), False: ("warn", "迟报"), None: ("none", "未到期")}
_WAY: Final = (("due", "核对、写说明"), ("submitted", "上级审核"), ("accepted", "已通过"),
               ("locked", "市总锁定"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number that opens."""

    text: str
    address: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure: at the last cut-off day, new, and now."""

    name: str
    unit: str
    before: Cell
    new: str
    now: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What came and went behind one figure in the month."""

    name: str
    total: Cell
    rows: list[tuple[str, str]]
    more: int


def title(period: Period) -> str:
    return f"{period.year} 年 {period.month} 月月报"


def address(name: str, code: str, period: Period) -> str:
    """A page of reports about an area and a month."""
    return f"{reverse(name)}?area={code}&month={period}"


def rows(found: Numbers, period: Period, code: str) -> list[Row]:
    """The table of figures. Of a figure of the year, December and January do not compare."""
    lines = []
    for at, figure in enumerate(found.figures):
        now = _value(found.now, at)
        before = _value(found.before, at)
        if period.month == 1 and figure.code in OF_THE_YEAR:
            before = None
        lines.append(
            Row(
                name=figure.name,
                unit=figure.unit,
                before=_cell(figure.code, before, code, AsOf(day=period.previous.cut_off)),
                new=ABSENT if now is None or before is None else _signed(now - before),
                now=_cell(figure.code, now, code, AsOf(day=found.day)),
            )
        )
    return lines


def _value(values: list[Any] | None, at: int) -> int | None:
    return None if values is None else values[at]["value"]


def _cell(code: str, value: int | None, area: str, asof: AsOf) -> Cell:
    address = "" if value is None else _rows_address(code, area, asof)
    return Cell(text=number(value), address=address, code=code)


def _rows_address(code: str, area: str, asof: AsOf, **more: str) -> str:
    return reverse("figure-rows", args=[code]) + asof.query(area=area, **more)


def _signed(value: int) -> str:
    return f"＋{value:,}" if value > 0 else f"−{-value:,}" if value else "0"


def moved(changes: dict[str, list[dict[str, Any]]], period: Period, code: str) -> list[Moved]:
    """What came and went since the last cut-off day, by name; figures without any are left out."""
    found = []
    for figure, rows in changes.items():
        if not rows:
            continue
        (declared,) = CATALOG.asked([figure])
        asof = AsOf(day=period.cut_off)
        total = sum(row["value"] for row in rows)
        link = _rows_address(figure, code, asof, year_start=period.year_start)
        named = [("add" if row["value"] > 0 else "end", str(row["name"])) for row in rows]
        found.append(
            Moved(
                name=declared.name,
                total=Cell(text=_signed(total), address=link, code=figure),
                rows=named[:NAMES],
                more=len(rows) - len(named[:NAMES]),
            )
        )
    return found


def problems(found: Iterable[OpenProblem], period: Period, code: str) -> list[dict[str, Any]]:
    """The gate: each open problem with what it moves and what ends it."""
    said = []
    for one in found:
        problem, asof = one.figure.problem, AsOf(day=period.cut_off)
        said.append(
            {
                "name": one.figure.name,
                "unit": one.figure.unit,
                "cell": Cell(
                    text=number(one.number),
                    address=_rows_address(one.figure.code, code, asof),
                    code=one.figure.code,
                ),
                "workers": None if one.workers is None else number(one.workers),
                "reason": problem.reason if problem else "",
                "remedy": problem.remedy if problem else "",
            }
        )
    return said


def way(case: Case) -> list[dict[str, Any]]:
    """The strip of states: what is behind, where the case is, what is ahead."""
    at = {"returned": "due"}.get(case.state, case.state)
    codes = [code for code, _ in _WAY]
    here = codes.index(at) if at in codes else len(codes)
    if case.state == "left-out":
        return [{"title": "锁定时未通过", "state": "n"}]
    return [
        {"title": "已退回，改后重报" if code == "due" and case.state == "returned" else said,
         "state": "d" if n < here or case.state == "locked" else "n" if n == here else ""}
        for n, (code, said) in enumerate(_WAY)
    ]  # fmt: skip


def passages(told: Iterable[Passage]) -> list[dict[str, Any]]:
    """What happened so far, the newest first."""
    said = []
    for one in told:
        flow = FLOWS[one.case.flow]
        zero = "，零报告" if one.body.get("zero") else ""
        late = "，迟报" if one.late and one.step in {"submit", "submit-for"} else ""
        said.append(
            {
                "at": one.at,
                "title": flow.title_of(one.step) + zero + late,
                "who": one.actor_name,
                "remark": one.remark,
                "style": {"return": "cor", "accept": "add", "lock": "end"}.get(one.step, ""),
            }
        )
    return said[::-1]


def locked_steps(case: Case, found: Iterable[Option]) -> list[dict[str, Any]]:
    """Steps ahead that nobody can take now, with the reason, its source, and what unlocks them.

    Those that a case comes to only by a detour, as after a return, are left out.
    """
    flow = FLOWS[case.flow]
    return [
        {"title": option.step.title, "reasons": option.reasons}
        for option in found
        if option.reasons
        and not option.step.swept
        and (
            (case.state in option.step.from_ and not option.right)
            or _straight(way_to(flow, case.state, option.step), option.step)
        )
    ]


def _straight(way: list[Step], step: Step) -> bool:
    return bool(way) and step.asked and all(before.asked for before in way)


def deeds(found: Iterable[Option]) -> list[Option]:
    """The steps that whoever looks may take now."""
    return [option for option in found if option.open]


def units(found: Below, period: Period) -> list[dict[str, Any]]:
    """The table of the units below: who is in, late, returned; and the months before."""
    said = []
    for unit in found.units:
        report = found.reports.get((period, unit))
        year = [_lamp(found.reports.get((month, unit))) for month in found.periods]
        timely = sum(kind == "ok" for kind, _ in year)
        due = sum(kind in {"ok", "warn", "bad"} for kind, _ in year)
        said.append(
            {
                "name": found.tree.name(unit),
                "address": address("reports", found.tree.code(unit), period),
                "report": report,
                "state": _state(report),
                "style": STYLES[report.case.state] if report else "",
                "lamp": _lamp(report),
                "year": list(zip(found.periods, year, strict=True)),
                "timely": f"{timely} / {due}" if due else ABSENT,
            }
        )
    return said


def tally(said: Iterable[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """(style, state, how many units), in the order of the states."""
    counted: dict[tuple[str, str], int] = {}
    for one in said:
        key = (one["style"], one["state"])
        counted[key] = counted.get(key, 0) + 1
    order = list(STYLES.values())
    return sorted(
        ((style, state, count) for (style, state), count in counted.items()),
        key=lambda one: (order.index(one[0]), one[1]),
    )


def _state(report: Report | None) -> str:
    return FLOWS[report.case.flow].state(report.case.state).title if report else "没有开始"


def _lamp(report: Report | None) -> tuple[str, str]:
    if report is None:
        return ("none", "没有月报")
    timely = report.timely(today())
    if timely is False and report.first is None:
        return ("bad", "未报")
    return _LAMPS[timely]
