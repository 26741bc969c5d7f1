"""Quick tabs: questions clerks ask of a ledger every week, as data."""
# ruff: noqa: S608 - names of tables come from declarations, values are parameters

from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongjian.employers.enums import OPERATING
from gongjian.ledgers.declare import LEDGERS
from gongjian.unions.enums import BASE, TERM_YEARS
from gongjian.web.lists.ground import Moment
from gongjian.web.lists.walk import Condition

SOON: Final = 30
"""Days before its last one from which an agreement is soon over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One quick tab: its word in the address, its title, what exactly it lists, its condition."""

    code: str
    title: str
    help: str
    where: Callable[[Moment], Condition]


def _operating(moment: Moment, *, covered: bool) -> Condition:
    """在业 and covered by a union that exists, or not: the figures' own rule of 建会."""
    coverage, unions = LEDGERS["coverage"].shape.table, LEDGERS["unions"].shape.table
    covers, params = moment.held("c")
    exists, more = moment.held("u")
    inner = (
        f'SELECT 1 FROM "{coverage}" c WHERE c.employer_id = v.entry_id AND {covers} AND EXISTS'
        f' (SELECT 1 FROM "{unions}" u WHERE u.entry_id = c.union_id AND {exists})'
    )
    text = f"v.status = %s AND {'' if covered else 'NOT '}EXISTS ({inner})"
    return text, [OPERATING, *params, *more]


def _overdue(moment: Moment) -> Condition:
    """Base unions whose term, counted as the figure unions.overdue does, is over by the day."""
    kinds = ", ".join(["%s"] * len(BASE))
    since = "COALESCE(v.elected_on, v.opened) <= %s"
    years = f"COALESCE(v.term_years, {TERM_YEARS})"
    text = f"v.kind IN ({kinds}) AND (({years} = 3 AND {since}) OR ({years} = 5 AND {since}))"
    return text, [*BASE, *(over_since(moment.day, n).isoformat() for n in (3, 5))]


def over_since(day: date, years: int) -> date:
    """The last day since which a term of ``years`` is over by ``day``.

    A term begun on 29 February ends on the 28th.
    """
    year = day.year - years
    if (day.month, day.day) == (2, 28) and isleap(year):
        return date(year, 2, 29)
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def _soon_over(moment: Moment) -> Condition:
    until = moment.day + timedelta(days=SOON)
    unvoided = "(v.voided_on IS NULL OR v.voided_on > %s)"
    text = f"v.term_to >= %s AND v.term_to <= %s AND {unvoided}"
    day = moment.day.isoformat()
    return text, [day, until.isoformat(), day]


def _of_day(moment: Moment, text: str) -> Condition:
    return text, [moment.day.isoformat()] * text.count("%s")


_TABS: Final[dict[str, tuple[Tab, ...]]] = {
    "employers": (
        Tab(
            code="covered",
            title="已建会",
            help="在业，当日有存续的工会涵盖",
            where=lambda moment: _operating(moment, covered=True),
        ),
        Tab(
            code="uncovered",
            title="未建会",
            help="在业，当日没有存续的工会涵盖",
            where=lambda moment: _operating(moment, covered=False),
        ),
    ),
    "unions": (
        Tab(
            code="overdue",
            title="逾期未换届",
            help="基层工会，自上次换届（没有则自建会）起已满届期；届期未填的按五年",
            where=_overdue,
        ),
    ),
    "members": (
        Tab(
            code="no-phone",
            title="缺手机",
            help="没有填手机的会员",
            where=lambda moment: _of_day(moment, "v.phone_blind IS NULL"),
        ),
        Tab(
            code="no-workplace",
            title="缺工作单位",
            help="没有填工作单位的会员",
            where=lambda moment: _of_day(moment, "v.employer_id IS NULL AND v.workplace IS NULL"),
        ),
    ),
    "agreements": (
        Tab(
            code="soon",
            title=f"{SOON} 天内到期",
            help=f"期限止在当日起 {SOON} 天之内，没有作废",
            where=_soon_over,
        ),
        Tab(
            code="over",
            title="已过期",
            help="期限止早于当日",
            where=lambda moment: _of_day(moment, "v.term_to < %s"),
        ),
    ),
}


def tabs_of(slug: str) -> tuple[Tab, ...]:
    """The quick tabs of a ledger; 全部 goes without saying."""
    return _TABS.get(slug, ())
