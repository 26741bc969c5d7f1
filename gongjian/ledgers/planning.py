"""From rows to the edit they amount to: match, check, lay, and compare with what is believed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from gongjian.core.access import Scope
from gongjian.core.progress import Progress
from gongjian.core.stopwatch import step
from gongjian.history import sql
from gongjian.history.record import Edit
from gongjian.history.shapes import FRAME
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.cells import shown
from gongjian.ledgers.declare import Column, Ledger, Role, Timing
from gongjian.ledgers.laying import LayError, Outcome, lay
from gongjian.ledgers.lookup import References
from gongjian.ledgers.matching import Group, Matcher, stated_days
from gongjian.ledgers.resolving import add_fresh, refuse_dead, resolve
from gongjian.ledgers.rows import CLEAR, Problem, Row
from gongjian.ledgers.standing import standings


@dataclass(slots=True)
class Plan:
    """Rows with their outcomes and the edit to write; ``base`` is the knowledge it stands on.

    ``entries`` says which recorded entry a row speaks of; rows of new entries are not in it.
    """

    rows: list[Row]
    edit: Edit
    base: int
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    entries: dict[int, int] = field(default_factory=dict)


def plan(ledger: Ledger, rows: list[Row], *, day: date, scope: Scope, base: int) -> Plan:
    """Work out what ``rows`` would change. Problems go to the rows; nothing is written."""
    planner = _Planner(ledger, rows, day, scope)
    planner.run()
    edit = planner.edit()
    recorded = {r.number: g.entry for g in planner.groups for r in g.rows if g.entry > 0}
    return Plan(rows, edit, base, planner.outcomes, recorded)


class _Planner:
    def __init__(self, ledger: Ledger, rows: list[Row], day: date, scope: Scope) -> None:
        self.ledger = ledger
        self.rows = rows
        self.day = day
        self.refs = References(scope)
        self.outcomes: dict[int, Outcome] = {}
        self.groups: list[Group] = []
        self.laid: dict[int, list[VersionTuple]] = {}
        self.required = [c for c in ledger.columns if c.required]
        self.key_headers = {ledger.by_field[f].header for f in ledger.keys[0]}

    def run(self) -> None:
        with Progress(None, "查找记录"):
            self._match()
        with Progress(len(self.groups), "比对台账") as progress, step("lay"):
            for group in self.groups:
                self._lay_group(group)
                progress.advance()
        self._settle_dead()
        self._refuse_loops()
        self._settle_dead()
        for row in self.rows:
            if row.bad:
                self.outcomes[row.number] = Outcome.BAD

    # ---------------------------------------------------------------- before laying

    def _match(self) -> None:
        """Find what the rows refer to and which entry each speaks of, and check them so far."""
        ledger = self.ledger
        self._derive()
        with step("resolve"):
            resolve(ledger, self.rows, self.refs, own=False)
        self._require_keys()
        with step("match"):
            matcher = Matcher(ledger, [r for r in self.rows if self._has_key(r)], self.refs)
            self.groups = matcher.groups()
        add_fresh(ledger, self.groups, self.refs)
        with step("resolve"):
            resolve(ledger, self.rows, self.refs, own=True)
        self._load_recorded()
        for group in self.groups:
            self._order(group)
        self._check()

    def _derive(self) -> None:
        if self.ledger.derive is not None:
            for row in self.rows:
                row.problems.extend(self.ledger.derive(row))

    def _has_key(self, row: Row) -> bool:
        if any(p.level == "error" and p.column in self.key_headers for p in row.problems):
            return False
        named = row.cells.keys()
        return "system_number" in named or any(named >= set(k) for k in self.ledger.keys)

    def _require_keys(self) -> None:
        """A row without any key cannot be told: its key cells are missing (or were bad)."""
        for row in self.rows:
            if self._has_key(row):
                continue
            if not any(self._given_key(row, key) for key in self.ledger.keys):
                for name in self.ledger.keys[-1]:
                    column = self.ledger.by_field[name]
                    if not _given(row, column) and not row.faulty(column.header):
                        row.error(column.header, "required", _required(column))

    def _given_key(self, row: Row, key: tuple[str, ...]) -> bool:
        columns = [self.ledger.by_field[name] for name in key]
        return all(_given(row, c) or row.faulty(c.header) for c in columns)

    def _load_recorded(self) -> None:
        """Targets that recorded rows refer to, for places, heirs and ended unions."""
        for column in self.ledger.ref_columns:
            name = column.field
            held: set[int] = set()
            for group in self.groups:
                if group.line is not None:
                    held.update(v for v in group.line.points.get(name, {}).values() if v)
                    held.update(v for v in (group.line.whole.get(name),) if v)
            self.refs.load(column.ref.to, held)

    def _order(self, group: Group) -> None:
        """Sort the rows of one entry by their days; drop repeats, refuse contradictions."""
        if len(group.rows) == 1:
            return
        seen: dict[object, Row] = {}
        for row in sorted(group.rows, key=lambda r: r.number):
            body = (frozenset(row.cells.items()), frozenset(row.tokens.items()))
            first = seen.setdefault(body, row)
            if first is not row:
                self._repeat(row, first)
        kept = list(seen.values())
        days: dict[object, list[Row]] = defaultdict(list)
        for row in kept:
            days[stated_days(row) if self.ledger.ordered else None].append(row)
        for rows in days.values():
            if len(rows) > 1:
                self._contradiction(rows)
        self._one_opening(group, kept)
        recorded = {p.opened for p in group.line.periods} if group.line is not None else set()
        group.rows = sorted(kept, key=lambda row: self._by_days(row, recorded))

    def _one_opening(self, group: Group, rows: list[Row]) -> None:
        """Of a new entry two starts days are two periods only where the earlier one ends.

        Else they are two entries under one mistyped key. A ledger that rereads its rows has
        starts days of more meanings, such as the day on which another union took a member in.
        """
        if group.entry > 0 or self.ledger.reread is not None:
            return
        opening = sorted(
            (row for row in rows if row.cells.get("opened") and "effective" not in row.cells),
            key=lambda row: row.cells["opened"],
        )
        for earlier, later in pairwise(opening):
            ends = earlier.cells.get("closed")
            if not isinstance(ends, date) and earlier.cells["opened"] != later.cells["opened"]:
                self._contradiction([earlier, later])

    def _by_days(self, row: Row, recorded: set[date]) -> tuple[date, date, int]:
        """Periods in order, in each the row that opens it first, then by the days of the rows."""
        opened, effective = stated_days(row)
        if opened is None and not recorded:
            opened = self.ledger.opens_by
        day = effective or _ending_day(self.ledger, row) or self.day
        if effective is None and opened is not None and opened not in recorded:
            day = opened
        return (opened or day, day, row.number)

    def _repeat(self, row: Row, first: Row) -> None:
        row.warn(self.ledger.key_header, "duplicate", f"与第 {first.number} 行完全相同，本行跳过。")
        if not row.bad:
            self.outcomes[row.number] = Outcome.SKIPPED

    def _contradiction(self, rows: Iterable[Row]) -> None:
        numbers = "、".join(str(r.number) for r in rows)
        for row in rows:
            row.error(
                self.ledger.key_header,
                "duplicate",
                f"第 {numbers} 行是同一条记录但内容不同，请核对代码，只留一行；"
                f"如果是先后两个时期，请写明前一时期何时终止，或分别填写生效日期。",
            )

    def _check(self) -> None:
        groups = {row.number: group for group in self.groups for row in group.rows}
        if self.ledger.prepare is not None:
            self.ledger.prepare(self.rows, self.refs)
        for row in self.rows:
            group = groups.get(row.number)
            unknown = group is None and not any(p.code == "duplicate" for p in row.problems)
            if unknown or (group and group.entry < 0 and row is group.rows[0]):
                self._required_values(row)
            if self.outcomes.get(row.number) is not Outcome.SKIPPED:
                self._in_scope(row, group)
                if self.ledger.checks is not None:
                    row.problems.extend(self.ledger.checks(row, self.refs))

    def _required_values(self, row: Row) -> None:
        for column in self.required:
            if not _given(row, column) and not row.faulty(column.header):
                row.error(column.header, "required", _required(column))

    def _in_scope(self, row: Row, group: Group | None) -> None:
        scope = self.refs.scope
        if scope.everything or not self.ledger.place:
            return
        found = standings(self.ledger, row, group, self.refs)
        if not found and row.bad:
            return
        if not found or not all(scope.covers(standing) for standing in found):
            column = self.ledger.by_field.get(self.ledger.place) or self.ledger.columns[0]
            row.error(
                column.header,
                "out-of-scope",
                "这一行不在您的管理范围内，请交由所在地的工会填报，或核对区划与工会。",
            )

    # ---------------------------------------------------------------- laying

    def _lay_group(self, group: Group) -> None:
        line = group.line if group.entry > 0 else None
        for row in group.rows:
            if line is None and not row.bad:
                self._required_values(row)
            if row.bad:
                continue
            try:
                outcome, line = lay(self.ledger, row, line, self.day, self.refs)
            except LayError as error:
                row.error(error.header, error.code, error.message)
            else:
                self.outcomes[row.number] = outcome
        if line is not None and line.periods:
            self.laid[group.entry] = line.versions()
        else:
            self.laid.pop(group.entry, None)

    def _settle_dead(self) -> None:
        """New entries that nothing opened: rows referring to them are bad too, and so on."""
        while True:
            dead = {g.entry for g in self.groups if g.entry < 0 and g.entry not in self.laid}
            hit = refuse_dead(self.ledger, self.rows, dead, _dead)
            if not hit:
                return
            numbers = {row.number for row in hit}
            for group in self.groups:
                if any(row.number in numbers for row in group.rows):
                    self._lay_group(group)

    def _refuse_loops(self) -> None:
        """A tree whose branches end in themselves has no root."""
        for column in self.ledger.ref_columns:
            own = column.ref.to == self.ledger.slug and column.timing is Timing.DATED
            rows = [r for g in self.groups for r in g.rows if column.field in r.cells]
            if own and rows:
                self._refuse_loop(column)

    def _refuse_loop(self, column: Column) -> None:
        above = _present(self.ledger, column.field)
        at = len(FRAME) + self.ledger.shape.fields.index(column.field)
        above.update((entry, versions[-1][at]) for entry, versions in self.laid.items())
        for group in self.groups:
            if _loops(above, group.entry):
                for row in group.rows:
                    if column.field in row.cells and row.cells[column.field] is not CLEAR:
                        row.error(
                            column.header,
                            column.ref.unknown,
                            f"“{column.header}”绕成了一个圈，请核对上下级关系。",
                        )
                self._lay_group(group)

    # ---------------------------------------------------------------- the edit

    @step("edit")
    def edit(self) -> Edit:
        """Versions to close and to add, for everything that was laid."""
        edit = Edit(shape=self.ledger.shape)
        numbers: dict[int, int] = {}
        for group in self.groups:
            wanted = self.laid.get(group.entry)
            if wanted is None:
                continue
            if group.entry < 0:
                numbers[group.entry] = -(len(numbers) + 1)
            held = group.held
            found = [held.get(version) for version in wanted]
            edit.closes.extend(vid for vid in held.values() if vid not in found)
            edit.adds.extend(
                (group.entry, v) for v, vid in zip(wanted, found, strict=True) if vid is None
            )
        edit.fresh = len(numbers)
        if any(old != new for old, new in numbers.items()):
            _renumber(edit, numbers)
        return edit


def _renumber(edit: Edit, numbers: dict[int, int]) -> None:
    """Close the gaps that refused new entries left in the numbering −1, −2 …"""
    own = [4 + i for i, f in enumerate(edit.shape.fields) if edit.shape.refs_itself(f)]
    adds = []
    for entry, version in edit.adds:
        values = list(version)
        for at in own:
            values[at] = numbers.get(values[at], values[at])
        adds.append((numbers.get(entry, entry), tuple(values)))
    edit.adds = adds


def _present(ledger: Ledger, name: str) -> dict[int, int | None]:
    column = ledger.shape.columns_of(name)[0]
    rows = sql.fetch(
        f'SELECT entry_id, "{column}" FROM "{ledger.shape.table}" v WHERE removed_in IS NULL'
        f' AND NOT EXISTS (SELECT 1 FROM "{ledger.shape.table}" n WHERE n.removed_in IS NULL'
        " AND n.entry_id = v.entry_id AND n.valid_from > v.valid_from)"
    )
    return dict(rows)


def _ending_day(ledger: Ledger, row: Row) -> date | None:
    """The day on which the row says that its entry ends or changes its standing."""
    column = next((c for c in ledger.columns if c.header == ledger.ends_header), None)
    day = row.cells.get(column.field) if column is not None else None
    return day if isinstance(day, date) else None


def _loops(above: dict[int, int | None], start: int) -> bool:
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at is not None and at == start


def _given(row: Row, column: Column) -> bool:
    if column.role is Role.STARTS:
        return "opened" in row.cells
    return column.field in row.cells or column.field in row.tokens


def _required(column: Column) -> str:
    return f"“{column.header}”必须填写，请补上。"


def _dead(row: Row, column: Column) -> Problem:
    message = f"“{shown(row.tokens.get(column.field))}”所在的行有错未能导入，请先改正那一行。"
    return Problem(row.number, column.header, None, "error", column.ref.unknown, message)
