"""A month in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from gongjian.core.days import year_before
from gongjian.indicators.declare import CATALOG
from gongjian.reporting.changes import Changes
from gongjian.reporting.queries import SUBMISSIONS, OpenProblem
from gongjian.reporting.rules import EXPLAINED, OF_THE_YEAR, Period
from gongjian.reporting.swings import New
from gongjian.web.environment import url
from gongjian.web.moment import AsOf
from gongjian.web.reports.explained import Explained, Why
from gongjian.web.reports.queries import Numbers
from gongjian.web.text import ABSENT, moment, number, signed
from gongjian.workflow.declare import FLOWS, Step
from gongjian.workflow.models import Case, Passage
from gongjian.workflow.queries import Option
from gongjian.workflow.refusing import way_to

NAMES: Final = 12
"""Names shown of what came and went; the others are behind the number."""

PRINTED: Final = 2_000
"""Names printed of what came and went."""

STYLES: Final = {
    "due": "", "submitted": "act", "returned": "warn", "accepted": "ok", "locked": "ok",
    "left-out": "bad",
}  # fmt: skip
"""State → style of its tag."""

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
    """One figure: at the last cut-off day, new, now, beside the month and the year before."""

    code: str
    name: str
    unit: str
    before: Cell
    new: str
    now: Cell
    share: str
    last_new: str
    ago: Cell
    why: Why
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What came and went behind one figure in the month.

    ``rows`` stand on the page and on paper, ``rest`` on paper alone; ``more`` are on neither.
    """

    name: str
    total: Cell
    rows: list[tuple[str, str]]
    rest: list[tuple[str, str]]
    more: int


def title(period: Period) -> str:
    return f"{period.year} 年 {period.month} 月月报"


def address(name: str, code: str, period: Period) -> str:
    """A page of reports about an area and a month."""
    return f"{url(name)}?area={code}&month={period}"


def rows(found: Numbers, beside: Explained, period: Period, code: str) -> list[Row]:
    """The table of figures. Of a figure of the year, December and January do not compare."""
    lines = []
    for at, figure in enumerate(found.figures):
        now, before = _value(found.now, at), _value(found.before, at)
        if period.month == 1 and figure.code in OF_THE_YEAR:
            before = None
        new, ago = beside.news[figure.code], beside.ago
        lines.append(
            Row(
                code=figure.code,
                name=figure.name,
                unit=figure.unit,
                before=_cell(figure.code, before, code, AsOf(day=period.previous.cut_off)),
                new=ABSENT if new.now is None else signed(new.now),
                now=_cell(figure.code, now, code, AsOf(day=found.day)),
                share=_share(new),
                last_new=signed(new.before) if new.before or new.now == new.before == 0 else "",
                ago=_cell(
                    figure.code,
                    ago[figure.code] if ago else None,
                    code,
                    AsOf(day=year_before(period.cut_off)),
                ),
                why=beside.why(figure),
                asked=figure.code in beside.asked,
            )
        )
    return lines


def _share(new: New) -> str:
    """What is new against what was new the month before, in per cent with its sign."""
    if new.now is None or new.before is None:
        return ABSENT
    if new.now == new.before:
        return "持平"
    if new.percent is None:
        return "上月为 0"
    return f"{signed(new.percent)}%" if new.percent else "不到 1%"


def _value(values: list[Any] | None, at: int) -> int | None:
    return None if values is None else values[at]["value"]


def _cell(code: str, value: int | None, area: str, asof: AsOf) -> Cell:
    address = "" if value is None else _rows_address(code, area, asof)
    return Cell(text=number(value), address=address, code=code)


def _rows_address(code: str, area: str, asof: AsOf, **more: str) -> str:
    return url("figure-rows", code) + asof.query(area=area, **more)


def moved(changes: Changes, period: Period, code: str) -> list[Moved]:
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
                total=Cell(text=signed(total), address=link, code=figure),
                rows=named[:NAMES],
                rest=named[NAMES:PRINTED],
                more=len(named[PRINTED:]),
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
                "explained": explanations(one),
                "style": {"return": "cor", "accept": "add", "lock": "end"}.get(one.step, ""),
            }
        )
    return said[::-1]


def explanations(one: Passage) -> list[tuple[str, str]]:
    """(figure, explanation) as handed in with a month."""
    said = one.body.get("explanations", {})
    return [(CATALOG.asked([code])[0].name, said[code]) for code in EXPLAINED if code in said]


def filed(told: Iterable[Passage]) -> list[tuple[str, str]]:
    """(deed, who and when) as it stands on the paper of a month: what counts of its way."""
    last: dict[str, Passage] = {}
    first: Passage | None = None
    returns = 0
    for one in told:
        returns += one.step == "return"
        if one.step in SUBMISSIONS:
            first, last["in"] = first or one, one
            last.pop("accept", None)
        elif one.step in {"accept", "lock", "leave-out"}:
            last[one.step] = one
    if first is None:
        return [("报送", "还没有报送")]
    said = [("首次报送", _by(first, "，迟报" if first.late else "，按时"))]
    if returns:
        said += [("退回", f"{returns} 次"), ("最后报送", _by(last["in"]))]
    said.append(("报送时所知", f"截至变更 {last['in'].body.get('known_at', ABSENT)}"))
    said.append(("审核通过", _by(last["accept"]) if "accept" in last else "还没有通过"))
    closed = last.get("lock") or last.get("leave-out")
    return said + ([("锁定", _by(closed))] if closed else [])


def _by(one: Passage, more: str = "") -> str:
    stands_in = "（上级代报）" if one.step == "submit-for" else ""
    return f"{one.actor_name}{stands_in} {moment(one.at)}{more}"


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
