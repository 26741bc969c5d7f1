"""The units below in words: who is in, who was in time, month by month."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongjian.core.days import today
from gongjian.reporting.queries import Report
from gongjian.reporting.rules import Period
from gongjian.web.reports.presenters import STYLES, address
from gongjian.web.reports.queries import Below
from gongjian.web.text import ABSENT, percent
from gongjian.workflow.declare import FLOWS

FOLD: Final = 30
"""Units from which on only those that are not done with are shown at first, and the year folded."""

MOST: Final = 100
"""Units whose year is shown month by month; of more, only the last row."""

_FEW: Final = 10
"""Units up to which nobody needs to choose among them."""

_LAMPS: Final = {True: ("ok", "按时"), False: ("warn", "迟报"), None: ("none", "未到期")}
_DONE: Final = frozenset({"accepted", "locked"})
_OUT: Final = frozenset({"due", "returned"})

ALL: Final = "all"
OPEN: Final = "open"
SHOWN: Final = {
    ALL: "全部", OPEN: "没办完", "late": "迟报、未报", "waiting": "待审", "returned": "已退回",
}  # fmt: skip
"""What one may choose to see of the units, by the word of the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One unit: its month, and the year before it. ``year`` is (month, kind of lamp, words)."""

    name: str
    address: str
    report: Report | None
    code: str
    state: str
    style: str
    lamp: tuple[str, str]
    year: list[tuple[Period, str, str]]
    timely: str
    explained: int
    urged: date | None = None

    @property
    def handed_in(self) -> bool:
        """Was it ever handed in?"""
        return self.report is not None and self.report.first is not None

    def belongs(self, shown: str) -> bool:
        """Is it among those that one chose to see?"""
        if shown == OPEN:
            return self.code not in _DONE
        if shown == "late":
            return self.lamp[0] in {"warn", "bad"}
        if shown == "waiting":
            return self.code == "submitted"
        return self.code == "returned" if shown == "returned" else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is shown of the units below; ``rates`` is the last row, over all of them.

    Where they are many, those that handed in nothing, of which there is nothing to say but that,
    stand as ``tiles`` and not as ``rows``.
    """

    number: int
    rows: list[Arrived]
    tiles: list[Arrived]
    year: list[Arrived]
    listed: int
    shown: str
    choices: list[tuple[str, str, int, bool]]
    tally: list[tuple[str, str, int]]
    periods: list[Period]
    rates: list[tuple[str, str]]
    fold: bool
    words: str


def listing(
    found: Below, period: Period, code: str, *, shown: str, urged: Mapping[int, date]
) -> Listing:
    """The units below of the area ``code``; an unknown ``shown`` is the first choice."""
    every = [_arrived(found, period, unit, urged) for unit in found.units]
    counts = {word: sum(one.belongs(word) for one in every) for word in SHOWN}
    if shown not in SHOWN:
        shown = OPEN if len(every) > FOLD and counts[OPEN] else ALL
    here = address("reports", code, period)
    choices = [
        (title, f"{here}&show={word}#below", counts[word], word == shown)
        for word, title in SHOWN.items()
        if len(every) > _FEW
    ]
    part = "" if shown == ALL else f"，只列{SHOWN[shown]}的 {counts[shown]} 个"
    listed = [one for one in every if one.belongs(shown)]
    fold = len(every) > FOLD
    return Listing(
        number=len(every),
        rows=[one for one in listed if one.handed_in or not fold],
        tiles=[one for one in listed if fold and not one.handed_in],
        year=listed if len(listed) <= MOST else [],
        listed=len(listed),
        shown=shown,
        choices=choices,
        tally=tally(every),
        periods=found.periods,
        rates=[_rate(every, at) for at in range(len(found.periods))],
        fold=fold,
        words=f"{len(every)} 个单位{part}",
    )


def waiting(found: Below, period: Period) -> list[int]:
    """The cases of the units that are still to hand in the month."""
    reports = (found.reports.get((period, unit)) for unit in found.units)
    return [one.case.pk for one in reports if one is not None and one.case.state in _OUT]


def _arrived(found: Below, period: Period, unit: int, urged: Mapping[int, date]) -> Arrived:
    report = found.reports.get((period, unit))
    year = [(month, *lamp_of(found.reports.get((month, unit)))) for month in found.periods]
    body: Mapping[str, Any] = report.last.body if report and report.last else {}
    return Arrived(
        name=found.tree.name(unit),
        address=address("reports", found.tree.code(unit), period),
        report=report,
        code=report.case.state if report else "",
        state=FLOWS[report.case.flow].state(report.case.state).title if report else "没有开始",
        style=STYLES[report.case.state] if report else "",
        lamp=lamp_of(report),
        year=year,
        timely=_share(kind for _, kind, _ in year)[0],
        explained=len(body.get("explanations", ())),
        urged=urged.get(report.case.pk) if report else None,
    )


def _share(kinds: Iterable[str]) -> tuple[str, str]:
    """(in time of those that were due, in per cent), cut off."""
    counted = Counter(kinds)
    due = counted["ok"] + counted["warn"] + counted["bad"]
    return (f"{counted['ok']} / {due}", percent(counted["ok"] / due)) if due else (ABSENT, ABSENT)


def _rate(every: Iterable[Arrived], at: int) -> tuple[str, str]:
    return _share(one.year[at][1] for one in every)


def tally(every: Iterable[Arrived]) -> list[tuple[str, str, int]]:
    """(style, state, how many units), in the order of the states."""
    counted = Counter((one.style, one.state) for one in every)
    order = list(STYLES.values())
    return sorted(
        ((style, state, count) for (style, state), count in counted.items()),
        key=lambda one: (order.index(one[0]), one[1]),
    )


def lamp_of(report: Report | None) -> tuple[str, str]:
    """(kind of lamp, words): was a month in by its last day?"""
    if report is None:
        return ("none", "没有月报")
    timely = report.timely(today())
    if timely is False and report.first is None:
        return ("bad", "未报")
    return _LAMPS[timely]
