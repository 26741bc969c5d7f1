"""What a month is compared with, and which figures want an explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gongjian.core.days import year_before
from gongjian.indicators.declare import Figure
from gongjian.reporting.rules import EXPLAINED, LEAST_WORDS, OF_THE_YEAR, Period
from gongjian.reporting.swings import Limits, New, kept, news
from gongjian.web.reports.queries import Unit
from gongjian.web.text import signed

SAME: Final = frozenset(OF_THE_YEAR - set(EXPLAINED))
"""Figures that move as the one in the row before, so that nothing is asked of them."""

_OPEN: Final = frozenset({"due", "returned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The cell of an explanation: a field to ``write`` in, or what is said there."""

    write: bool = False
    text: str = ""
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What the months beside this one say, and the explanations, by the code of the figure.

    ``limits`` None: nobody is asked for any. ``said`` is what stands there: typed a moment ago,
    else as handed in last. ``writes``: whoever looks may hand in now. ``tried``: they just did.
    """

    limits: Limits | None
    news: Mapping[str, New]
    ago: Mapping[str, int] | None
    asked: frozenset[str]
    said: Mapping[str, str]
    writes: bool
    tried: bool = False

    @property
    def missing(self) -> list[str]:
        """Codes of the figures that are still to be explained, in the order of the report."""
        asked = [code for code in EXPLAINED if code in self.asked]
        return [code for code in asked if len(self.said.get(code, "")) < LEAST_WORDS]

    def why(self, figure: Figure) -> Why:
        """The cell of one figure."""
        code = figure.code
        text = self.said.get(code, "")
        if code in SAME:
            return Why(hint="同上一行")
        if code not in self.asked:
            return Why(text=text, hint="" if text else "不用写")
        if not self.writes:
            return Why(text=text, hint="" if text else "要写，还没有写")
        short = self.tried and len(text) < LEAST_WORDS
        error = f"{self.moved(code)}，请写明原因，至少 {LEAST_WORDS} 个字。" if short else ""
        return Why(write=True, text=text, error=error)

    def moved(self, code: str) -> str:
        """What is new beside what was new the month before, in words."""
        new = self.news[code]
        if new.now is None or new.before is None:
            return ""
        return f"本月新增 {signed(new.now)}，上月新增 {signed(new.before)}"


def explained(
    period: Period, area_id: int, unit: Unit, *, typed: Mapping[str, str] | None, writes: bool
) -> Explained:
    """The comparison of a unit's month; ``typed`` what was just sent and refused, if anything."""
    case, last = unit.case, unit.report.last if unit.report else None
    days = kept(period, area_id)
    found = news(period, days)
    body = last.body if last else {}
    limits = Limits.of(case.rules) if case else None
    if case is not None and limits is not None and case.state in _OPEN:
        asked = {code for code in EXPLAINED if found[code].swings(limits)}
    else:
        asked = set(body.get("swings") or ())
    said = typed if typed is not None else body.get("explanations", {})
    return Explained(
        limits=limits,
        news=found,
        ago=days.get(year_before(period.cut_off)),
        asked=frozenset(asked),
        said=said,
        writes=writes,
        tried=typed is not None,
    )
