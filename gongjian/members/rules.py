"""What must fit together in a member's row, and how memberships move from union to union."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongjian.core.codes import birth_of, sex_of
from gongjian.history.shapes import Secret
from gongjian.history.timeline import Period, Timeline
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.laying import Fact, Intent, LayError
from gongjian.ledgers.lookup import References, Target
from gongjian.ledgers.questions import Condition, Moment
from gongjian.ledgers.rows import CLEAR, Problem, Row
from gongjian.ledgers.worries import CHANGE, CORRECT, IMPORT, LIST, Held, Way, Worry
from gongjian.members.enums import ACTIVE, DIED, ENDINGS, HANDED_OUT, JOINING_AGE, RESIDENT_CARD
from gongjian.unions.enums import BASE

CARDS = frozenset({RESIDENT_CARD, "港澳居民居住证", "台湾居民居住证"})
"""Documents whose number tells birth and sex (GB 11643)."""

RECEIVED_WITHIN = 30
"""Days after which a member who was handed out and received by nobody is called wrong."""


# ------------------------------------------------------------------ within one row


def derive(row: Row) -> Iterator[Problem]:
    """Fill sex and birth from the number, compare where both are there; standing needs its day."""
    cells = row.cells
    identity = cells.get("identity")
    if identity is None:
        # A number left out or masked stays as it was, and so does what it is the number of.
        cells.pop("identity_kind", None)
    document = cells.setdefault("identity_kind", RESIDENT_CARD) if identity else None
    if isinstance(identity, Secret) and identity.plain and document in CARDS:
        yield from _compare(row, "sex", "性别", sex_of(identity.plain))
        yield from _compare(row, "birth", "出生日期", birth_of(identity.plain))
    status = cells.get("status")
    since = cells.get("status_since")
    told = any(p.column == "会籍变化日期" for p in row.problems)
    if status not in (None, ACTIVE) and not isinstance(since, date) and not told:
        message = f"会籍状态为“{status}”时必须填写会籍变化日期，请补上。"
        yield Problem(row.number, "会籍变化日期", None, "error", "required", message)
    yield from _joined_young(row)


def _compare(row: Row, name: str, header: str, told: Any) -> Iterator[Problem]:
    stated = row.cells.get(name)
    if stated is None or stated is CLEAR:
        if not any(p.column == header and p.level == "error" for p in row.problems):
            row.cells[name] = told
    elif _only_a_month(row, header, stated, told):
        row.cells[name] = told
    elif stated != told:
        message = f"{header}“{stated}”与证件号码所示的“{told}”不一致，请核对证件号码。"
        yield Problem(row.number, header, None, "error", "id-mismatch", message)


def _only_a_month(row: Row, header: str, stated: Any, told: Any) -> bool:
    """A birth given as a month agrees with every day of that month."""
    vague = any(p.column == header and p.code == "date-month-only" for p in row.problems)
    return vague and (stated.year, stated.month) == (told.year, told.month)


def _joined_young(row: Row) -> Iterator[Problem]:
    joined, birth = row.cells.get("opened"), row.cells.get("birth")
    if not isinstance(joined, date) or not isinstance(birth, date):
        return
    if (joined.year - JOINING_AGE, joined.month, joined.day) < (birth.year, birth.month, birth.day):
        message = f"入会时不满 {JOINING_AGE} 周岁，请核对入会日期和证件号码。"
        yield Problem(row.number, "入会日期", None, "warning", "rule", message)


# ------------------------------------------------------------------ between unions


def reread(intent: Intent, row: Row, line: Timeline | None, refs: References) -> None:
    """Standing holds from its own day; another union than the known one means a transfer."""
    intent.final = frozenset({DIED})
    intent.reset = {"status": ACTIVE, "status_since": None, "status_reason": None}
    identity = intent.whole.get("identity")
    if line is not None and identity is not None and identity != line.whole.get("identity"):
        intent.everywhere = frozenset({"sex", "birth"})
    _standing(row, intent, line)
    union = row.cells.get("union")
    if line is not None and line.periods and isinstance(union, int):
        _Transfer(intent, line, union, refs).settle()


def _standing(row: Row, intent: Intent, line: Timeline | None) -> None:
    """会籍状态 holds from 会籍变化日期; the last three standings end the membership."""
    status, since = row.cells.get("status"), row.cells.get("status_since")
    names = ("status", "status_since", "status_reason")
    told = {f.name: f.value for f in intent.facts if f.name in names}
    intent.facts = [f for f in intent.facts if f.name not in names]
    reason = {"end_reason": told["status_reason"]} if "status_reason" in told else {}
    ended = None if since is CLEAR else _ended_as(intent, line)
    if since is CLEAR:
        intent.closed = CLEAR
    if status is None and ended is not None and (reason or isinstance(since, date)):
        intent.closed = since
        intent.ending = reason
    elif status in ENDINGS and isinstance(since, date):
        intent.closed = since
        intent.ending = {"end_status": status, **reason}
    elif status is not None and isinstance(since, date):
        intent.facts += _stands(status, since, told, line)
    elif status is not None:
        intent.facts += _back_to_active(intent, line)
    elif reason:
        intent.facts.append(Fact("status_reason", told["status_reason"], None, "会籍变化原因"))


def _ended_as(intent: Intent, line: Timeline | None) -> Any:
    """The standing with which the membership ended that the row may speak of; None while it goes on."""
    latest = line.periods[-1] if line is not None and line.periods else None
    if latest is None or latest.closed is None:
        return None
    again = intent.opened is not None and intent.opened >= latest.closed
    return None if again else latest.ending.get("end_status")


def _stands(status: str, since: date, told: dict[str, Any], line: Timeline | None) -> list[Fact]:
    """A standing with its day; a blank reason is as before where the standing is."""
    facts = [
        Fact("status", status, since, "会籍变化日期"),
        Fact("status_since", since, since, "会籍变化日期"),
    ]
    stood = line is not None and bool(line.periods)
    same = stood and line is not None and line.at("status_since", since) == since
    if "status_reason" in told or not same:
        facts.append(Fact("status_reason", told.get("status_reason"), since, "会籍变化日期"))
    return facts


def _back_to_active(intent: Intent, line: Timeline | None) -> list[Fact]:
    """正常 without a day says nothing new to who is 正常 already."""
    facts = [Fact("status", ACTIVE, None, "会籍状态")]
    if line is not None and line.periods and line.at("status", intent.day) != ACTIVE:
        facts += [
            Fact("status_since", None, None, "会籍状态"),
            Fact("status_reason", None, None, "会籍状态"),
        ]
    return facts


class _Transfer:
    """A row that names another union than the one known on its day."""

    def __init__(self, intent: Intent, line: Timeline, union: int, refs: References) -> None:
        self.intent = intent
        self.line = line
        self.union = union
        self.refs = refs

    def settle(self) -> None:
        intent, latest = self.intent, self.line.periods[-1]
        period = self._addressed(latest)
        joined = intent.opened
        if joined is not None and latest.closed is not None and joined >= latest.closed:
            return
        day = max(self._day(period, joined), intent.day)
        over = period.closed is not None and day >= period.closed
        at = date.fromordinal(period.closed.toordinal() - 1) if over and period.closed else day
        if self.line.at("union", at) == self.union:
            self._here_already(period, joined)
        elif over:
            self._after_the_end(period, joined)
        else:
            self._from_another(period, joined, day)

    def _here_already(self, period: Period, joined: date | None) -> None:
        """A union that received the member does not correct the day of joining the first one."""
        if joined is None or joined == period.opened:
            return
        if self.line.at("union", period.opened) == self.union:
            return
        self.intent.opened = None
        if self.line.at("union", joined) == self.union:
            self.intent.day = max(self.intent.day, joined)

    def _addressed(self, latest: Period) -> Period:
        """The membership the row repeats by its joining day, else the one on its day."""
        joined = self.intent.opened
        for period in self.line.periods:
            if period.opened == joined:
                return period
        begun = [p for p in self.line.periods if p.opened <= self.intent.day]
        return begun[-1] if begun and joined is None else latest

    def _day(self, period: Period, joined: date | None) -> date:
        """The day to ask about: a new joining day speaks for itself."""
        if joined is not None and joined > period.opened:
            return joined
        return max(self.intent.day, period.opened)

    def _after_the_end(self, period: Period, joined: date | None) -> None:
        if joined is None or joined == period.opened:
            return
        self._already(period)

    def _from_another(self, period: Period, joined: date | None, day: date) -> None:
        there = self.refs.get("unions", self.line.at("union", day))
        begins, latest = self._day(period, joined), self.line.periods[-1]
        since = self.line.at("status_since", day)
        if self.line.at("status", day) == HANDED_OUT:
            later = joined is not None and since is not None and joined > since
            own = max(self.intent.day, period.opened)
            self._receive(joined if later and joined is not None else own)
        elif there is not None and _dissolved(there, begins) and begins > latest.opened:
            self.intent.opened = begins
            self.intent.begins_anew = True
        else:
            self._already(period)

    def _receive(self, day: date) -> None:
        """Complete the transfer: the same membership goes on under the new union."""
        intent = self.intent
        intent.opened, intent.day, intent.day_given = None, day, True
        given = {f.name for f in intent.facts}
        if "status" not in given:
            intent.facts.append(Fact("status", ACTIVE, None, "会籍状态"))
        for name in ("status_since", "status_reason"):
            if name not in given:
                intent.facts.append(Fact(name, None, None, "会籍状态"))

    def _already(self, period: Period) -> None:
        there = self.refs.get("unions", self.line.at("union", period.opened))
        held = self.refs.get("unions", self.line.at("union", self.intent.day)) or there
        name = held.name if held else "另一工会"
        raise LayError(
            "所属工会",
            "already-member",
            f"此人已是“{name}”的会员（{period.opened} 起），请先由该工会办理转出或退会。",
        )


def _dissolved(union: Target, day: date) -> bool:
    return union.closed is not None and union.closed <= day


# ------------------------------------------------------------------ on paper


def told(cells: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A stored version as rows of an export: the end of a membership is a standing as well.

    Where the last standing before the end has a day of its own, the end takes a row of its own.
    """
    since = cells["status_since"]
    if since is not None:
        # A joining day that was corrected later may lie after the standing it began with.
        cells["status_since"] = max(since, cells["opened"])
    closed, status = cells["closed"], cells.get("end_status")
    plain = cells["status"] == ACTIVE and since is None
    if closed is None or status is None or not plain:
        yield _stood(cells)
    if closed is not None and status is not None:
        end = {"status": status, "status_since": closed, "status_reason": cells.get("end_reason")}
        yield _stood({**cells, **end, "effective": cells["effective"] if plain else closed})


def _stood(cells: dict[str, Any]) -> dict[str, Any]:
    """会籍变化日期 is left empty and never 清空, which would say that nothing ever ended."""
    if cells["status_since"] is None:
        cells |= {"status_since": "", "status_reason": ""}
    return cells


# ------------------------------------------------------------------ on its page


def hollow(moment: Moment) -> Condition:
    """Base unions without a member in 正常: the rule of the figure unions.hollow."""
    members = LEDGERS["members"].shape.table
    held, days = moment.held("m")
    kinds = ", ".join(["%s"] * len(BASE))
    text = (
        f'v.kind IN ({kinds}) AND NOT EXISTS (SELECT 1 FROM "{members}" m'  # noqa: S608
        f" WHERE m.union_id = v.entry_id AND m.status = %s AND {held})"
    )
    return text, [*BASE, ACTIVE, *days]


def without_members(held: Held) -> Iterator[Worry]:
    """A base union that the figures count as hollow; a dissolved one that members are left in."""
    left = held.links.get(("members", "union"), 0)
    if held.over and left:
        sentence = f"已于 {held.closed} 撤销，名下还有 {left} 名会员，请把他们转到别的工会。"
        yield Worry(sentence=sentence, way=Way(deed=LIST, ledger="members"), bad=True)
    elif held.goes_on and held.values["kind"] in BASE and held.meets(hollow):
        sentence = "没有一名会籍正常的会员，按空壳工会统计。"
        yield Worry(sentence=sentence, way=Way(deed=IMPORT, ledger="members"), bad=True)


def unfinished(held: Held) -> Iterator[Worry]:
    """A member who goes on has a union that goes on, a workplace and a telephone."""
    values = held.values
    if not held.goes_on:
        return
    union = held.refs.get("unions", values["union"])
    if union is not None and _dissolved(union, held.day):
        sentence = f"所属工会“{union.name}”已于 {union.closed} 撤销，请转到别的工会。"
        yield Worry(sentence=sentence, way=Way(deed=CHANGE), bad=True)
    since = values["status_since"]
    if values["status"] == HANDED_OUT and since is not None:
        days = (held.day - since).days
        sentence = f"转出待接收已 {days} 天，请催接收的工会办理。"
        yield Worry(sentence=sentence, way=Way(deed=CHANGE), bad=days > RECEIVED_WITHIN)
    if values["employer"] is None and not values["workplace"]:
        yield Worry(sentence="没有填工作单位。", way=Way(deed=CORRECT))
    if values["phone"] is None:
        yield Worry(sentence="没有填手机。", way=Way(deed=CORRECT))
