"""Laying one row into the timeline of its entry: opening, changing, ending, beginning again.

The rules are those of the import contract. A row that is refused leaves the timeline as it was.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from gongjian.history.timeline import Period, Timeline
from gongjian.ledgers.declare import Ledger, Timing
from gongjian.ledgers.intent import Fact, Intent, LayError, intend, paper_of
from gongjian.ledgers.lookup import References
from gongjian.ledgers.rows import CLEAR, Row


class Outcome(StrEnum):
    """What a row came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BAD = "bad"
    SKIPPED = "skipped"


def lay(
    ledger: Ledger, row: Row, line: Timeline | None, day: date, refs: References
) -> tuple[Outcome, Timeline]:
    """Lay ``row`` into ``line``; the outcome and the timeline as it is then.

    Warnings go to the row. Raises LayError where the row is refused.
    """
    intent = intend(ledger, row, day)
    if ledger.reread is not None:
        ledger.reread(intent, row, line, refs)
    laying = _Laying(ledger, row, intent, refs)
    if line is None or not line.periods:
        return laying.first()
    return laying.again(line.copy())


class _Laying:
    """One row meeting one timeline."""

    def __init__(self, ledger: Ledger, row: Row, intent: Intent, refs: References) -> None:
        self.ledger = ledger
        self.row = row
        self.intent = intent
        self.refs = refs
        self.paper = paper_of(ledger.slug)
        self.heirs = self.paper.heirs
        self.changed = False
        self.correcting: frozenset[str] = frozenset()

    # ---------------------------------------------------------------- opening

    def first(self) -> tuple[Outcome, Timeline]:
        intent, ledger = self.intent, self.ledger
        line = Timeline(ledger.shape)
        opened = intent.opened or ledger.opens_by or intent.day
        blank: dict[str, Any] = dict.fromkeys(ledger.shape.dated)
        line.whole = {**dict.fromkeys(ledger.shape.whole), **intent.whole}
        self._open(line, opened, {**blank, **intent.defaults})
        return Outcome.NEW, line

    def _open(self, line: Timeline, opened: date, base: dict[str, Any]) -> None:
        intent = self.intent
        told = dict(base)
        if intent.opened is None and not self.ledger.opens_by:
            self._without_day()
        late: list[tuple[date, Fact]] = []
        for fact in intent.facts:
            if fact.day is None or fact.day == opened:
                told[fact.name] = self._live(fact, opened)
            elif fact.day > opened:
                late.append((fact.day, fact))
            else:
                self._order(fact.header, f"早于{self.ledger.starts.header} {opened}")
        closed = intent.closed if isinstance(intent.closed, date) else None
        self._check_end(opened, closed)
        self._check_ending(closed)
        period = line.open(opened, closed, told)
        period.ending = {k: v for k, v in intent.ending.items() if v is not None}
        for day, fact in late:
            if closed is None or day < closed:
                line.tell(fact.name, day, self._live(fact, day))

    # ---------------------------------------------------------------- an existing entry

    def again(self, line: Timeline) -> tuple[Outcome, Timeline]:
        intent, latest = self.intent, line.periods[-1]
        self._correcting(line)
        if self._begins_anew(line, latest):
            for name, value in intent.whole.items():
                line.whole[name] = value
            self._open(line, intent.opened or intent.day, dict(intent.reset))
            return Outcome.NEW, line
        period = self._address(line, latest)
        was_closed = period.closed
        self._whole(line)
        self._close(line, period)
        self._tell(line, period, was_closed)
        return (Outcome.CHANGED if self.changed else Outcome.UNCHANGED), line

    def _correcting(self, line: Timeline) -> None:
        code, *others = self.ledger.keys
        coded = any(line.whole.get(f) or self.intent.whole.get(f) for f in code)
        if self.row.by_number and others and not coded:
            self.correcting = frozenset(f for key in others for f in key)
        self.correcting |= self.intent.everywhere

    def _begins_anew(self, line: Timeline, latest: Period) -> bool:
        intent = self.intent
        if intent.begins_anew:
            line.close_at(latest, intent.opened or intent.day)
            return True
        opened = intent.opened
        if opened is None or latest.closed is None or opened < latest.closed:
            return False
        if any(p.opened == opened for p in line.periods):
            return False
        if intent.final & set(latest.ending.values()):
            self._ended(latest)
        return True

    def _address(self, line: Timeline, latest: Period) -> Period:
        """The period the row speaks of; a differing starts day corrects the latest opening."""
        opened = self.intent.opened
        if opened is None:
            return self._by_day(line)
        for period in line.periods:
            if period.opened == opened:
                return period
        for earlier in line.periods[:-1]:
            if earlier.closed is None or opened < earlier.closed:
                self._order(self.ledger.starts.header, f"落在此前的一段（{earlier.opened} 起）之内")
        self._check_end(opened, latest.closed)
        line.reopen_at(latest, opened)
        self.changed = True
        return latest

    def _by_day(self, line: Timeline) -> Period:
        day = self.intent.day
        begun = [p for p in line.periods if p.opened <= day]
        return begun[-1] if begun else line.periods[0]

    def _whole(self, line: Timeline) -> None:
        for name, value in self.intent.whole.items():
            if line.whole.get(name) != value:
                line.whole[name] = value
                self.changed = True

    def _close(self, line: Timeline, period: Period) -> None:
        closed = self.intent.closed
        if closed is CLEAR:
            if period is line.periods[-1] and period.closed is not None:
                line.close_at(period, None)
                period.ending = {}
                self.changed = True
        elif closed is not None and closed != period.closed:
            self._check_end(period.opened, closed)
            following = [p for p in line.periods if p.opened > period.opened]
            if following and closed > following[0].opened:
                self._order(self.ledger.ends_header, f"晚于下一段的开始 {following[0].opened}")
            line.close_at(period, closed)
            self.changed = True
        self._check_ending(period.closed)
        if period.closed is not None:
            for name, value in self.intent.ending.items():
                if period.ending.get(name) != value:
                    period.ending[name] = value
                    self.changed = True

    # ---------------------------------------------------------------- values

    def _tell(self, line: Timeline, period: Period, was_closed: date | None) -> None:
        day = self._asked(period, max(self.intent.day, period.opened))
        plain = self.paper.plain - self.correcting
        for fact in self.intent.facts:
            as_before = fact.day is None and fact.name in plain
            if as_before and line.at(fact.name, day) == fact.value:
                continue
            column = self.ledger.by_field.get(fact.name)
            if column is not None and column.timing is Timing.PERIOD:
                self._correct(line, period, fact)
            elif fact.name in self.correcting:
                self._correct_everywhere(line, fact)
            else:
                self._lay_fact(line, period, fact, was_closed)

    def _correct(self, line: Timeline, period: Period, fact: Fact) -> None:
        """A fact with its own dates: the whole period is corrected."""
        if line.at(fact.name, period.opened) != fact.value:
            line.tell(fact.name, period.opened, fact.value)
            self.changed = True

    def _correct_everywhere(self, line: Timeline, fact: Fact) -> None:
        """A key made of dated columns, in a row that names its entry by number: it was mistyped."""
        first = line.periods[0].opened
        day = max(self.intent.day, first)
        if not self._same(fact.name, fact.value, line.at(fact.name, day), day):
            line.points[fact.name] = {first: fact.value}
            self.changed = True

    def _asked(self, period: Period, day: date) -> date:
        """The day on which a value for ``day`` is compared: of an ended period at most its last."""
        if period.closed is None or day < period.closed:
            return day
        return date.fromordinal(period.closed.toordinal() - 1)

    def _lay_fact(
        self, line: Timeline, period: Period, fact: Fact, was_closed: date | None
    ) -> None:
        day = fact.day or max(self.intent.day, period.opened)
        over = period.closed is not None and day >= period.closed
        at = self._asked(period, day)
        value = self._live(fact, at)
        if self._same(fact.name, value, line.at(fact.name, at), at):
            return
        if over:
            self._after_the_end(fact, period, was_closed)
            return
        if fact.day is not None and day < period.opened:
            self._order(fact.header, f"早于{self.ledger.starts.header} {period.opened}")
        if fact.day is None and self.intent.day_given and self.intent.day < period.opened:
            self._order("生效日期", f"早于{self.ledger.starts.header} {period.opened}")
        newer = line.next_told(fact.name, day)
        if newer is not None:
            self._back_dated(fact, day, newer)
        line.tell(fact.name, day, value)
        self.changed = True
        if fact.day is None:
            self._without_day()

    def _without_day(self) -> None:
        self.row.undated = self.row.undated or not self.intent.day_given

    def _live(self, fact: Fact, day: date) -> Any:
        """The value as it must be read on ``day``: a stopped place means its heir from then on."""
        to = self.heirs.get(fact.name)
        if to is None:
            return fact.value
        target = self.refs.get(to, fact.value)
        if target is None or target.closed is None:
            return fact.value
        meant = self.refs.heir_of(target, day)
        if meant is None:
            raise LayError(
                fact.header,
                self.ledger.by_field[fact.name].ref.unknown,
                f"“{target.name}”已于 {target.closed} 停用且没有并入的对象，请填写现行的名称或代码。",
            )
        if meant is not target:
            self.row.warn(
                fact.header,
                "rule",
                f"“{target.name}”已停用，按并入后的“{meant.name}”处理，请在原表改正。",
            )
        return meant.id

    def _same(self, name: str, value: Any, held: Any, day: date) -> bool:
        """Equal, or a place that by that day means the same heir."""
        to = self.heirs.get(name)
        target = self.refs.get(to, held) if to else None
        if held == value or target is None:
            return bool(held == value)
        heir = self.refs.heir_of(target, day)
        return heir is not None and heir.id == value

    def _after_the_end(self, fact: Fact, period: Period, was_closed: date | None) -> None:
        if was_closed is not None:
            self._ended(period)
        self.row.warn(
            fact.header,
            "rule",
            f"本行同时写明 {period.closed} 终止，终止之后才生效的“{fact.header}”不再采用；"
            f"如要更正终止前的情况，请填写生效日期。",
        )

    def _back_dated(self, fact: Fact, day: date, newer: date) -> None:
        until = date.fromordinal(newer.toordinal() - 1)
        self.row.warn(
            fact.header,
            "back-dated",
            f"“{fact.header}”已有 {newer} 起的记录，本行补记的值只从 {day} 管到 {until}。",
        )

    # ---------------------------------------------------------------- refusals

    def _check_end(self, opened: date, closed: date | None) -> None:
        if closed is not None and closed <= opened:
            self._order(self.ledger.ends_header, f"不晚于{self.ledger.starts.header} {opened}")

    def _check_ending(self, closed: date | None) -> None:
        """What tells of an end needs one."""
        told = [name for name, value in self.intent.ending.items() if value is not None]
        if closed is None and told:
            header = self.ledger.ends_header
            told_header = self.ledger.by_field[told[0]].header
            raise LayError(
                header, "required", f"填写了“{told_header}”就必须填写“{header}”，请补上。"
            )

    def _order(self, header: str, relation: str) -> None:
        raise LayError(header, "date-order", f"“{header}”{relation}，请核对这两个日期。")

    def _ended(self, period: Period) -> None:
        header = self.ledger.starts.header
        raise LayError(
            self.ledger.key_header,
            "ended",
            f"这条记录已于 {period.closed} 终止，不能再改；如果是重新开始，"
            f"请在“{header}”填写新的开始日期。",
        )


__all__ = ["Fact", "Intent", "LayError", "Outcome", "lay"]
