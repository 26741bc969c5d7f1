"""Which entry a row speaks of: by system number, by key, or none yet."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongjian.history import sql
from gongjian.history.models import Head
from gongjian.history.shapes import FRAME, Secret
from gongjian.history.timeline import Timeline, VersionTuple
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import References
from gongjian.ledgers.rows import CLEAR, Row

Key = tuple[Any, ...]
_NUMBER = re.compile(r"(\d{1,18})(?:-([0-9a-f]{4}))?")


def stamp() -> str:
    """Four characters that tell this database's system numbers from another's."""
    return Head.objects.values_list("stamp", flat=True).get(pk=1)


@dataclass(slots=True)
class Group:
    """The rows of one file that speak of one entry; ``entry`` is below zero for a new one."""

    entry: int
    rows: list[Row] = field(default_factory=list)
    line: Timeline | None = None
    held: dict[VersionTuple, int] = field(default_factory=dict)


class Matcher:
    """Finds the entries of one ledger that the rows of a file speak of."""

    def __init__(self, ledger: Ledger, rows: Iterable[Row], refs: References) -> None:
        self.ledger = ledger
        self.refs = refs
        self.rows = list(rows)
        self._inherited = {c.field: c.ref.to for c in ledger.ref_columns if LEDGERS[c.ref.to].heir}
        self._by_key: list[dict[Key, set[int]]] = [self._index(k) for k in ledger.keys]
        self._stamp = stamp()
        self._numbers = self._known_numbers()
        self._uncoded = self._without_code_yet()
        self._fresh: dict[Key, int] = {}
        self._named: dict[int, Key] = {}
        self._aliases: dict[Key, set[int]] = defaultdict(set)
        self._count = 0

    def groups(self) -> list[Group]:
        """Rows by entry, in the order in which entries first appear."""
        found: dict[int, Group] = {}
        for row in sorted(self.rows, key=self._without_code):
            entry = self._entry_of(row)
            if entry is not None:
                found.setdefault(entry, Group(entry)).rows.append(row)
        self._load([g for g in found.values() if g.entry > 0])
        return sorted(found.values(), key=lambda g: g.rows[0].number)

    @property
    def fresh(self) -> int:
        """How many new entries the file brings."""
        return self._count

    # ---------------------------------------------------------------- keys

    def key_of(self, row: Row, fields: tuple[str, ...]) -> Key | None:
        """The row's key by these fields, None where one is blank."""
        key = tuple(self._plain(f, row.cells.get(f)) for f in fields)
        return None if any(v is None for v in key) else key

    def _without_code(self, row: Row) -> tuple[bool, int]:
        return (self.key_of(row, self.ledger.keys[0]) is None, row.number)

    def _index(self, fields: tuple[str, ...]) -> dict[Key, set[int]]:
        """Key → entries whose latest believed version has it, for the keys in this file."""
        wanted = {key for row in self.rows if (key := self.key_of(row, fields)) is not None}
        index: dict[Key, set[int]] = defaultdict(set)
        if not wanted:
            return index
        shape = self.ledger.shape
        columns = [shape.columns_of(f)[0] for f in fields]
        best = max(range(len(fields)), key=lambda i: len({k[i] for k in wanted}))
        names = ", ".join(f'"{c}"' for c in columns)
        query = f'SELECT entry_id, {names} FROM "{shape.table}" v WHERE removed_in IS NULL AND'
        if not set(fields) <= set(shape.whole):  # those are the same in every version
            query += (
                f' NOT EXISTS (SELECT 1 FROM "{shape.table}" n WHERE n.entry_id = v.entry_id'
                " AND n.removed_in IS NULL AND n.valid_from > v.valid_from) AND"
            )
        values = list({k[best] for k in wanted if _stored(k[best])})
        for entry, *held in sql.fetch_in(query, f'v."{columns[best]}"', values):
            key = tuple(self._plain(f, v) for f, v in zip(fields, held, strict=True))
            if key in wanted:
                index[key].add(entry)
        return index

    def _plain(self, name: str, value: Any) -> Any:
        """A key value as it is compared: secrets by their hash, stopped places by their heir."""
        if value is None or value is CLEAR:
            return None
        if isinstance(value, Secret):
            return value.blind
        to = self._inherited.get(name)
        if to is None:
            return value
        if value > 0:
            self.refs.load(to, [value])
        target = self.refs.get(to, value)
        heir = self.refs.heir_of(target, date.max) if target else None
        return heir.id if heir else value

    def _known_numbers(self) -> set[int]:
        numbers = {n for row in self.rows if (n := self._number(row)) is not None}
        query = f'SELECT DISTINCT entry_id FROM "{self.ledger.shape.table}" WHERE removed_in IS NULL AND'
        return {n for (n,) in sql.stream_in(query, "entry_id", numbers)}

    def _number(self, row: Row) -> int | None:
        written = row.cells.get("system_number")
        found = _NUMBER.fullmatch(written) if written else None
        if found is None or found[2] not in (None, self._stamp):
            return None
        return int(found[1])

    # ---------------------------------------------------------------- matching

    def _entry_of(self, row: Row) -> int | None:
        number = self._number(row)
        if number in self._numbers:
            row.by_number = True
            return number if self._keeps_its_key(row, number) else None
        code, *others = self.ledger.keys
        key = self.key_of(row, code)
        if key is not None:
            return self._by_code(row, key, others)
        for place, fields in enumerate(others, 1):
            other = self.key_of(row, fields)
            if other is not None:
                return self._by_other(row, place, other)
        return None

    def _keeps_its_key(self, row: Row, number: int) -> bool:
        """A key may be corrected, but not into the key of another entry."""
        for place, fields in enumerate(self.ledger.keys):
            key = self.key_of(row, fields)
            entries = self._by_key[place].get(key, set()) if key is not None else set()
            others = (entries & self._uncoded if place else entries) - {number}
            if others and number not in entries and (not place or number in self._uncoded):
                row.error(
                    self.ledger.by_field[fields[0]].header,
                    "duplicate",
                    f"系统编号 {number} 的记录不能改成系统编号 {min(others)} 的记录已有的"
                    f"{self._spoken(fields)}，请核对系统编号。",
                )
                return False
        return True

    def _spoken(self, fields: tuple[str, ...]) -> str:
        return "和".join(f"“{self.ledger.by_field[f].header}”" for f in fields)

    def _by_code(self, row: Row, key: Key, others: list[tuple[str, ...]]) -> int:
        entries = self._by_key[0].get(key)
        if entries:
            return min(entries)
        for place, fields in enumerate(others, 1):
            other = self.key_of(row, fields)
            found = self._codeless(self._by_key[place].get(other, set())) if other else set()
            if other is not None and len(found) == 1:
                self._by_key[0][key] = found
                self._by_key[place][other] = set(found)
                return min(found)
        entry = self._new((0, *key), row)
        for place, fields in enumerate(others, 1):
            other = self.key_of(row, fields)
            if other is not None:
                self._aliases[place, *other].add(entry)
        return entry

    def _by_other(self, row: Row, place: int, key: Key) -> int | None:
        entries = self._by_key[place].get(key, set())
        chosen = self._codeless(entries) or entries or self._aliases.get((place, *key), set())
        if len(chosen) > 1 and not self._codeless(entries):
            header = self.ledger.by_field[self.ledger.keys[place][0]].header
            row.error(
                header,
                "duplicate",
                f"同名同区划的记录有 {len(chosen)} 条，无法判断是哪一条，"
                f"请填写“{self.ledger.key_header}”。",
            )
            return None
        return min(chosen) if chosen else self._new((place, *key), row)

    def _codeless(self, entries: set[int]) -> set[int]:
        return entries & self._uncoded

    def _without_code_yet(self) -> set[int]:
        """Entries found by another key, or by number, that have no code yet."""
        entries = {e for index in self._by_key[1:] for found in index.values() for e in found}
        entries |= self._numbers
        shape = self.ledger.shape
        column = shape.columns_of(self.ledger.keys[0][0])[0]
        query = (
            f'SELECT DISTINCT entry_id FROM "{shape.table}" WHERE removed_in IS NULL'
            f' AND "{column}" IS NULL AND'
        )
        return {e for (e,) in sql.stream_in(query, "entry_id", entries)}

    def _new(self, key: Key, row: Row) -> int:
        """A new entry, shared by rows of one key; numbers tell apart those that share a name."""
        written = row.cells.get("system_number")
        named = ("number", written) if written else key
        entry = self._fresh.get(named) or self._fresh.get(key)
        if entry is None or (written and key[0] and self._named.get(entry, named) != named):
            self._count += 1
            entry = -self._count
        if written:
            self._named.setdefault(entry, named)
        self._fresh.setdefault(named, entry)
        self._fresh.setdefault(key, entry)
        return entry

    # ---------------------------------------------------------------- loading

    def _load(self, groups: list[Group]) -> None:
        shape = self.ledger.shape
        frame = len(FRAME)
        columns = ", ".join(f'"{c}"' for c in ("vid", "entry_id", *FRAME, *shape.columns))
        query = f'SELECT {columns} FROM "{shape.table}" WHERE removed_in IS NULL AND'
        held: dict[int, dict[VersionTuple, int]] = defaultdict(dict)
        for vid, entry, *rest in sql.stream_in(query, "entry_id", [g.entry for g in groups]):
            version = (*rest[:frame], *shape.unpack(tuple(rest[frame:])))
            held[entry][version] = vid
        for group in groups:
            group.held = held[group.entry]
            group.line = Timeline.of(shape, group.held)


def _stored(value: Any) -> bool:
    """Can the database hold this key value? Entries new in the file have ids below zero."""
    return not (isinstance(value, int) and value < 0)


def stated_days(row: Row) -> tuple[date | None, date | None]:
    """What may tell two rows of one entry apart: starts day and 生效日期."""
    return row.cells.get("opened"), row.cells.get("effective")
