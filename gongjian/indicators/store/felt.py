"""Answers about one place that outlive changes made elsewhere.

What is worked out from the rows of one unit stays right until a change is *felt* there: until it
writes something of an entry that counts there, before it or after it, on a day that is asked about.
Whom a change concerns is told by the same declarations that move the kept sums, and where they count
by the same definitions; but here every entry counts as moved of which anything was written at all,
for lists show names, too.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from threading import Lock
from typing import Final, Generic, TypeVar

from gongjian.history.models import TrailRecord
from gongjian.history.shapes import SHAPES
from gongjian.history.state import State, latest
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.sections import Year
from gongjian.indicators.store.moved import Entry, Moved, Movements, Row, columns_read
from gongjian.indicators.store.scratch import Scratch

LARGE: Final = 200
"""Versions that a change may write to be looked through; a greater one is felt everywhere."""

FAR: Final = 500
"""Changes up to which an answer is held against them; older ones are worked out anew."""

AT_ONCE: Final = 5
"""Changes that one answer is worth looking through; each takes about as long as an answer.

Of a place with more leaves, as many as it has: its answer takes so much longer.
"""

_PLACES: Final = "areas"
_T = TypeVar("_T")


class _Written(Movements):
    """Everything of which a change wrote a version counts as moved, whatever the version says."""

    def __init__(self, number: int, days: Sequence[date], ledgers: Collection[str]) -> None:
        """``ledgers`` are those that the change wrote into."""
        super().__init__(number, days)
        self._ledgers = ledgers

    def _read(self, ledger: str, columns: list[str]) -> Iterator[Row]:
        return super()._read(ledger, columns) if ledger in self._ledgers else iter(())

    def _entries(self, ledger: str, columns: list[str]) -> dict[int, Entry]:
        found: dict[int, dict[tuple[object, ...], int]] = {}
        for entry, begins, ends, values in self._rows(ledger, columns):
            said = found.setdefault(entry, {})
            said[values] = said.get(values, 0) | self.span(begins, ends)
        return {entry: Entry(said) for entry, said in found.items() if any(said.values())}

    def _lasting(self, ledger: str, columns: list[str]) -> list[int]:
        return [entry for entry, *_ in self._rows(ledger, columns)]

    def named(self, base: Base) -> Moved:
        """Entries of the ledger of ``base`` that what was written refers to."""
        found: Moved = {}
        for shape in SHAPES:
            columns = sorted(c for c, ledger in shape.refs.items() if ledger == base.ledger)
            known = [c for c in columns if c in columns_read(shape.slug)]
            for *_, values in self._rows(shape.slug, known) if known else ():
                found |= dict.fromkeys((v for v in values if v is not None), 1)
        return found


def leaves_of(number: int, years: tuple[Year, ...]) -> frozenset[int] | None:
    """The leaves where change ``number`` is felt on days of ``years``; None: it may be anywhere."""
    body = TrailRecord.objects.filter(change=number).values_list("body", flat=True).first()
    rows = json.loads(body)["rows"] if body else {_PLACES: {}}
    written = sum(count for sides in rows.values() for count, _ in sides.values())
    if _PLACES in rows or written > LARGE:
        return None
    found: set[int] = set()
    movements = _Written(number, sorted({year.day for year in years}), rows.keys())
    for base in CATALOG.bases:
        moved = movements.of(base) | movements.named(base)
        if not moved:
            continue
        with Scratch(base, moved.keys(), number) as scratch:
            for known in (number - 1, number):
                found.update(leaf for _, _, leaf, _ in scratch.rows(years, known))
    return frozenset(found)


class _History:
    """Digests of the latest changes, as far as this process has seen them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._digests: dict[int, str] = {}

    def since(self, then: State, now: State) -> list[tuple[int, str]] | None:
        """The changes after ``then`` up to ``now``; None where ``then`` was not before it, or long ago."""
        if not 0 < now.change - then.change <= FAR:
            return [] if now == then else None
        with self._lock:
            if self._digests.get(now.change) != now.digest or then.change not in self._digests:
                self._read(then.change, now.change)
            if self._digests.get(then.change) != then.digest:
                return None
            numbers = range(then.change + 1, now.change + 1)
            found = [(n, self._digests[n]) for n in numbers if n in self._digests]
            return found if len(found) == len(numbers) else None

    def _read(self, first: int, last: int) -> None:
        links = TrailRecord.objects.filter(change__gte=first, change__lte=last)
        told = links.values_list("change", "digest")
        self._digests = {change: digest for change, digest in told if change is not None}


_HISTORY: Final = _History()

_Seen = tuple[int, str, tuple[Year, ...]]
"""A change, its digest, which tells it from that of the same number in another history, and days."""


class _LookedThrough:
    """Where the latest changes are felt, as far as this process looked."""

    def __init__(self) -> None:
        self._found: OrderedDict[_Seen, frozenset[int] | None] = OrderedDict()

    def all(self, changes: Sequence[_Seen], most: int) -> list[frozenset[int] | None] | None:
        """Of each of the changes; None where more than ``most`` would have to be looked through."""
        if sum(change not in self._found for change in changes) > most:
            return None
        return [self._one(change) for change in changes]

    def _one(self, change: _Seen) -> frozenset[int] | None:
        with suppress(KeyError):
            return self._found[change]
        number, _, years = change
        found = self._found[change] = leaves_of(number, years)
        while len(self._found) > 10 * FAR:
            self._found.popitem(last=False)
        return found


_LOOKED_THROUGH: Final = _LookedThrough()


class KeptByPlace(Generic[_T]):
    """A function of a place and a few other things whose answers are kept until a change is felt.

    ``years`` says of its arguments on which days it looks at rows, ``leaves`` which leaves it asks
    about; both follow from the areas alone, and whatever alters those is felt everywhere. The
    function reads the record as believed now and nothing else.
    """

    def __init__(
        self,
        answer: Callable[..., _T],
        *,
        years: Callable[..., tuple[Year, ...]],
        leaves: Callable[..., Collection[int]],
        most: int,
    ) -> None:
        self._answer, self._years, self._leaves, self._most = answer, years, leaves, most
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Hashable, ...], tuple[State, _T]] = OrderedDict()

    def __call__(self, *asked: Hashable) -> _T:
        """The answer as of now."""
        now = latest()
        held = self._kept.get(asked)
        if held is None or self._felt(held[0], now, asked):
            found = self._answer(*asked)
        elif held[0] == now:
            return held[1]
        else:
            found = held[1]
        with self._lock:
            self._kept[asked] = now, found
            self._kept.move_to_end(asked)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found

    def cache_clear(self) -> None:
        """Forget all answers."""
        self._kept.clear()

    def _felt(self, then: State, now: State, asked: tuple[Hashable, ...]) -> bool:
        changes = _HISTORY.since(then, now)
        if not changes:
            return changes is None
        years = self._years(*asked)
        leaves = self._leaves(*asked)
        seen = [(number, digest, years) for number, digest in changes]
        places = _LOOKED_THROUGH.all(seen, max(AT_ONCE, len(leaves)))
        if places is None:
            return True
        return any(there is None or not there.isdisjoint(leaves) for there in places)
