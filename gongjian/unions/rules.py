"""What must fit, or deserves a look, in rows of the union and coverage ledgers."""
# ruff: noqa: S608 - names of tables come from declarations, values are parameters

from calendar import isleap
from collections.abc import Iterator
from datetime import date

from gongjian.employers.enums import OPERATING
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.lookup import References
from gongjian.ledgers.questions import Condition, Moment
from gongjian.ledgers.rows import Problem, Row
from gongjian.ledgers.worries import CHANGE, CORRECT, LIST, NEW, Held, Way, Worry
from gongjian.unions.enums import BASE, JOINT, SMALL_STAFF, TERM_YEARS

SOON_OVER = 60
"""Days before the end of a term from which its page says so: as long before it a union reports."""


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


def covered(moment: Moment) -> Condition:
    """在业 and covered by a union that exists: the figures' own rule of 建会."""
    return _operating(moment, "EXISTS")


def uncovered(moment: Moment) -> Condition:
    """在业 and covered by no union that exists."""
    return _operating(moment, "NOT EXISTS")


def _operating(moment: Moment, exists: str) -> Condition:
    coverage, unions = LEDGERS["coverage"].shape.table, LEDGERS["unions"].shape.table
    covers, params = moment.held("c")
    stands, more = moment.held("u")
    text = (
        f'v.status = %s AND {exists} (SELECT 1 FROM "{coverage}" c'
        f" WHERE c.employer_id = v.entry_id AND {covers} AND EXISTS"
        f' (SELECT 1 FROM "{unions}" u WHERE u.entry_id = c.union_id AND {stands}))'
    )
    return text, [OPERATING, *params, *more]


def overdue(moment: Moment) -> Condition:
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


# ------------------------------------------------------------------ on its page


def without_union(held: Held) -> Iterator[Worry]:
    """An employer in 在业 that the figures count as not covered."""
    operating = held.goes_on and held.values["status"] == OPERATING
    if operating and held.meets(uncovered):
        way = Way(deed=NEW, ledger="coverage", cells={"employer": held.entry})
        yield Worry(sentence="在业，还没有工会涵盖。", way=way, bad=True)


def term_over(held: Held) -> Iterator[Worry]:
    """The term of a base union that is over, as unions.overdue counts, or soon will be."""
    values = held.values
    if not held.goes_on or values["kind"] not in BASE:
        return
    since = values["elected_on"] or held.opened
    until = _years_later(since, values["term_years"] or TERM_YEARS)
    days = (until - held.day).days
    if days <= 0:
        sentence = f"本届已于 {until} 届满，逾期 {-days} 天，应当换届。"
        yield Worry(sentence=sentence, way=Way(deed=CHANGE), bad=True)
    elif days <= SOON_OVER:
        sentence = f"本届 {until} 届满，还有 {days} 天，应当着手换届。"
        yield Worry(sentence=sentence, way=Way(deed=CHANGE))


def _years_later(since: date, years: int) -> date:
    """The first day after a term of ``years``; one begun on 29 February ends on the 28th."""
    leap_day = (since.month, since.day) == (2, 29)
    return date(since.year + years, since.month, 28 if leap_day else since.day)


def incomplete(held: Held) -> Iterator[Worry]:
    """A base union covers somebody and has a chair; a dissolved one covers nobody any more."""
    values, covers = held.values, held.links.get(("coverage", "union"), 0)
    if held.over and covers:
        sentence = f"已于 {held.closed} 撤销，仍登记涵盖 {covers} 家单位，请终止或转到别的工会。"
        yield Worry(sentence=sentence, way=Way(deed=LIST, ledger="coverage"), bad=True)
    if not held.goes_on or values["kind"] not in BASE:
        return
    if not covers:
        way = Way(deed=NEW, ledger="coverage", cells={"union": held.entry})
        yield Worry(sentence="没有登记涵盖哪家单位。", way=way)
    if not values["chair_name"]:
        yield Worry(sentence="没有登记主席姓名。", way=Way(deed=CORRECT))


def uncounted_staff(held: Held) -> Iterator[Worry]:
    """Coverage says how many it covers, and of a union and an employer that go on."""
    values = held.values
    if not held.goes_on:
        return
    if values["staff"] is None:
        yield Worry(sentence="没有填涵盖职工数。", way=Way(deed=CORRECT))
    for slug, word in (("unions", "工会"), ("employers", "用人单位")):
        other = held.refs.get(slug, values[slug.removesuffix("s")])
        if other is not None and other.closed is not None and other.closed <= held.day:
            sentence = f"{word}“{other.name}”已于 {other.closed} 终止，这条涵盖关系还没有终止。"
            yield Worry(sentence=sentence, way=Way(deed=CHANGE), bad=True)


def merged_nowhere(held: Held) -> Iterator[Worry]:
    """An area that was stopped without an heir while employers or unions still stand in it."""
    if not held.over or held.values["heir"] is not None:
        return
    left = [
        f"{count} {word}"
        for slug, word in (("employers", "家单位"), ("unions", "个工会"))
        if (count := held.links.get((slug, "area"), 0))
    ]
    if left:
        sentence = (
            f"已于 {held.closed} 停用，没有指定并入哪个区划，名下还有{'、'.join(left)}，"
            "暂按原上级统计。"
        )
        yield Worry(sentence=sentence, way=Way(deed=CORRECT), bad=True)
