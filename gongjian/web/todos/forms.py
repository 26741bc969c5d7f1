"""What the addresses of to-dos ask for."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict

from gongjian.core.days import parse_day
from gongjian.core.errors import Refused, WrongUse
from gongjian.workflow.declare import FLOWS

WHEN: Final = {"": "全部", "overdue": "已逾期", "week": "本周到期", "raised": "下级逾期转来"}
"""By the word in the address, what a list is narrowed to."""

_AFTER: Final = re.compile(r"([0-9-]{10}|none)\.([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of to-dos: of which flow, how near, and behind which line it begins.

    ``after`` is the last day (None: one without) and the number of the line before.
    """

    flow: str = ""
    when: str = ""
    after: tuple[date | None, int] | None = None

    def query(self, **changed: str) -> str:
        """The part of the address behind the page, from its first line unless told."""
        said = {"flow": self.flow, "when": self.when, "after": ""} | changed
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in said.items() if value})
        return f"?{asked.urlencode()}" if asked else ""


def wanted_of(given: QueryDict) -> Wanted:
    """What is asked for; Refused for what is none of it."""
    flow, when = given.get("flow", ""), given.get("when", "")
    if flow and flow not in {one.slug for one in FLOWS}:
        raise Refused(f"没有名为“{flow}”的流程，请从待办页面的筛选里选。")
    if when not in WHEN:
        raise Refused(f"“{when}”不是这里的一栏，请从上面选一栏。")
    return Wanted(flow=flow, when=when, after=_after(given.get("after", "")))


def word_of(due: date | None, number: int) -> str:
    """Where a page ends, as the next address names it."""
    return f"{due or 'none'}.{number}"


def _after(text: str) -> tuple[date | None, int] | None:
    if not text:
        return None
    found = _AFTER.fullmatch(text)
    if found is None:
        raise WrongUse(f"“{text}”不是待办里的位置，请去掉 after 从第一页看起。")
    return None if found[1] == "none" else parse_day(found[1]), int(found[2])


def area_of(given: Any) -> str:
    """The code of the unit that is asked for; blank for none."""
    return str(given.get("area", "")).strip()
