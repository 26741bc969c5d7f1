"""What must fit together in a member's row, and how memberships move from union to union."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongjian.core.codes import birth_of, sex_of
from gongjian.history.shapes import Secret
from gongjian.history.timeline import Period, Timeline
from gongjian.ledgers.laying import Fact, Intent, LayError
from gongjian.ledgers.lookup import References
from gongjian.ledgers.rows import Problem, Row
from gongjian.members.enums import ACTIVE, DIED, ENDINGS, HANDED_OUT, JOINING_AGE, RESIDENT_CARD

CARDS = frozenset({RESIDENT_CARD, "港澳居民居住证", "台湾居民居住证"})
"""Documents whose number tells birth and sex (GB 11643)."""


# ------------------------------------------------------------------ within one row


def derive(row: Row) -> Iterator[Problem]:
    """Fill sex and birth from the number, compare where both are there; standing needs its day."""
    cells = row.cells
    identity = cells.get("identity")
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
    if stated is None:
        if not any(p.column == header and p.level == "error" for p in row.problems):
            row.cells[name] = told
    elif stated != told:
        message = f"{header}“{stated}”与证件号码所示的“{told}”不一致，请核对证件号码。"
        yield Problem(row.number, header, None, "error", "id-mismatch", message)


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
    _standing(row, intent, line)
    union = row.cells.get("union")
    if line is not None and line.periods and isinstance(union, int):
        _Transfer(intent, line, union, refs).settle()


def _standing(row: Row, intent: Intent, line: Timeline | None) -> None:
    """会籍状态 holds from 会籍变化日期; the last three standings end the membership."""
    status, since = row.cells.get("status"), row.cells.get("status_since")
    names = ("status", "status_since", "status_reason")
    told = {f.name: f for f in intent.facts if f.name in names}
    intent.facts = [f for f in intent.facts if f.name not in names]
    if status is None:
        return
    reason = told["status_reason"].value if "status_reason" in told else None
    if status in ENDINGS and isinstance(since, date):
        intent.closed = since
        intent.ending = {"end_status": status, "end_reason": reason}
    elif isinstance(since, date):
        intent.facts += [
            Fact("status", status, since, "会籍变化日期"),
            Fact("status_since", since, since, "会籍变化日期"),
            Fact("status_reason", reason, since, "会籍变化日期"),
        ]
    else:
        intent.facts += _back_to_active(intent, line)


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
        day = self._day(period, joined)
        over = period.closed is not None and day >= period.closed
        at = date.fromordinal(period.closed.toordinal() - 1) if over and period.closed else day
        if self.line.at("union", at) == self.union:
            return
        if over:
            self._after_the_end(period, joined)
            return
        self._from_another(period, joined, day)

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
        asked = max(self.intent.day, period.opened)
        status, since = self.line.at("status", day), self.line.at("status_since", day)
        if status != HANDED_OUT and self.line.at("status", asked) == HANDED_OUT:
            status, since = HANDED_OUT, self.line.at("status_since", asked)
        if status == HANDED_OUT:
            later = joined is not None and since is not None and joined > since
            self._receive(joined if later and joined is not None else asked)
        elif there is not None and not there.exists(day):
            self._begin_anew(joined, period, day)
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

    def _begin_anew(self, joined: date | None, period: Period, day: date) -> None:
        """The union there is no more: a new membership begins."""
        later = joined is not None and joined > period.opened
        self.intent.opened = joined if later else day
        self.intent.begins_anew = True

    def _already(self, period: Period) -> None:
        there = self.refs.get("unions", self.line.at("union", period.opened))
        held = self.refs.get("unions", self.line.at("union", self.intent.day)) or there
        name = held.name if held else "另一工会"
        raise LayError(
            "所属工会",
            "already-member",
            f"此人已是“{name}”的会员（{period.opened} 起），请先由该工会办理转出或退会。",
        )
