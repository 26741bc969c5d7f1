"""What is wrong, or soon will be, about an entry: sentences for its page, each with its way on.

A room declares them about its own ledger or one below it::

    WORRIES.register("unions", overdue, without_members)

Each function sees the entry as it is on a day, by all that is known, and asks the database at most
once; so what a figure counts as wrong is said here by the figure's own rule.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gongjian.history import sql
from gongjian.history.shapes import FRAME
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import References
from gongjian.ledgers.questions import Condition, Moment

CHANGE: Final = "change"
CORRECT: Final = "correct"
MERGE: Final = "merge"
NEW: Final = "new"
IMPORT: Final = "import"
LIST: Final = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What to do about it: a deed, in which ledger (blank: its own), and with what.

    ``entry`` is the other one of a merger; ``cells`` are known beforehand of a new entry: field
    → the entry it names.
    """

    deed: str
    ledger: str = ""
    entry: int = 0
    cells: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One thing to be seen to. ``bad``: it is wrong already, else it soon will be or may be."""

    sentence: str
    way: Way | None = None
    bad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An entry as it is looked at.

    ``version`` holds on the day, or last before it; ``closed`` is the first day after its period.
    ``links`` counts the entries that refer to it on the day by an indexed column: (ledger, field)
    → how many, absent for none.
    """

    ledger: Ledger
    entry: int
    version: VersionTuple
    closed: date | None
    day: date
    links: Mapping[tuple[str, str], int]
    refs: References

    @property
    def values(self) -> dict[str, Any]:
        """Field → what is stored."""
        values = self.version[len(FRAME) :]
        return dict(zip(self.ledger.shape.fields, values, strict=True))

    @property
    def opened(self) -> date:
        """The first day of its period."""
        day: date = self.version[2]
        return day

    @property
    def goes_on(self) -> bool:
        """Does the entry exist on the day?"""
        return self.opened <= self.day and not self.over

    @property
    def over(self) -> bool:
        """Has it ended by the day?"""
        return self.closed is not None and self.closed <= self.day

    @property
    def moment(self) -> Moment:
        """The day by all that is known, as conditions want it."""
        return Moment(self.day)

    def meets(self, where: Callable[[Moment], Condition]) -> bool:
        """Does the entry meet a condition on its version of the day? One query."""
        held, days = self.moment.held()
        text, params = where(self.moment)
        query = f'SELECT 1 FROM "{self.ledger.shape.table}" v WHERE v.entry_id = %s AND {held}'
        return bool(sql.fetch(f"{query} AND ({text})", [self.entry, *days, *params]))

    def namesakes(self, place: str) -> list[int]:
        """Other entries of the same name that stand at the same ``place`` (a field), a few."""
        name, shape = self.ledger.name, self.ledger.shape
        held, days = self.moment.held()
        query = (
            f'SELECT v.entry_id FROM "{shape.table}" v WHERE v."{name}" = %s'
            f' AND v."{shape.columns_of(place)[0]}" = %s AND v.entry_id <> %s AND {held}'
            " ORDER BY v.entry_id LIMIT 3"
        )
        values = self.values
        found = sql.fetch(query, [values[name], values[place], self.entry, *days])
        return [entry for (entry,) in found]


Finder = Callable[[Held], Iterable[Worry]]


class _Worries:
    """The functions by ledger."""

    def __init__(self) -> None:
        self._finders: dict[str, list[Finder]] = {}

    def register(self, slug: str, *finders: Finder) -> None:
        """Ask these about every entry of a ledger, after those that are asked already."""
        self._finders.setdefault(slug, []).extend(finders)

    def about(self, held: Held) -> Iterator[Worry]:
        """All that is to be said of an entry, in the order of the declarations."""
        for finder in self._finders.get(held.ledger.slug, ()):
            yield from finder(held)


WORRIES: Final = _Worries()


def alike(slug: str) -> Callable[[Moment], Condition]:
    """Entries of a ledger that have others of the same name in the same place (``namesakes``)."""

    def where(moment: Moment) -> Condition:
        ledger = LEDGERS[slug]
        held, days = moment.held("o")
        place = ledger.shape.columns_of(ledger.place)[0]
        text = (
            f'EXISTS (SELECT 1 FROM "{ledger.shape.table}" o WHERE o."{ledger.name}" = v."{ledger.name}"'
            f' AND o."{place}" = v."{place}" AND o.entry_id <> v.entry_id AND {held})'
        )
        return text, days

    return where


def namesakes(held: Held) -> Iterator[Worry]:
    """Others of the same name in the same place may be the same one recorded twice."""
    if not held.goes_on:
        return
    name = held.values[held.ledger.name]
    for other in held.namesakes(held.ledger.place):
        sentence = f"“{name}”在同一处还有一条记录（系统编号 {other}），可能登记重了。"
        yield Worry(sentence=sentence, way=Way(deed=MERGE, entry=other))
