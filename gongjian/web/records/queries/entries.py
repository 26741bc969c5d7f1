"""One entry with all that was ever told of it, as far as somebody may see it."""
# ruff: noqa: S608 - names of tables come from declarations, values are parameters

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope
from gongjian.history import sql
from gongjian.history.models import Change
from gongjian.history.record import Told, ever_told
from gongjian.history.shapes import FRAME, Shape
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF, References, place_ledger
from gongjian.web.moment import AsOf

EVER = 10**15
"""A change that no change comes after."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """An entry, its versions on both times by day, and the changes they came and went with."""

    ledger: Ledger
    id: int
    told: list[Told]
    changes: dict[int, Change]
    refs: References
    standing: tuple[tuple[str, int], ...]
    mine: bool

    @property
    def shape(self) -> Shape:
        return self.ledger.shape

    @property
    def newest(self) -> int:
        """The newest change that touched the entry."""
        return max(self.changes, default=0)

    @property
    def believed(self) -> bool:
        """Is anything believed of it now?"""
        return any(t.removed_in is None for t in self.told)

    def known(self, number: int | None = None) -> list[VersionTuple]:
        """What was believed when ``number`` was the newest change, by day; None: now."""
        at = EVER if number is None else number
        return [t.version for t in self.told if t.known(at)]

    def on(self, day: date, number: int | None = None) -> VersionTuple | None:
        """The version of a day, else the last before it, else the first that will hold."""
        versions = self.known(number)
        begun = [v for v in versions if v[0] <= day]
        return begun[-1] if begun else next(iter(versions), None)


def ledger_called(slug: str) -> Ledger:
    """The ledger of an address; NotInScope where there is none."""
    if slug not in LEDGERS:
        raise NotInScope(f"没有名为“{slug}”的台账。")
    return LEDGERS[slug]


def entry_of(slug: str, id_: int, *, scope: Scope, asof: AsOf) -> Entry:
    """The entry of an address; NotInScope where there is none or it stands outside.

    Whoever has it within the scope now sees all of it. Where it stood within on the day of the
    page and has moved away since, only what stood within is seen (``mine`` is False).
    """
    ledger = ledger_called(slug)
    told = ever_told(ledger.shape, [id_]) if 0 < id_ <= sql.LARGEST else []
    refs = References(scope)
    places = _places(ledger, told)
    refs.load(place_ledger(ledger), {p for p in places if p is not None})
    stands = [refs.standing_of(ledger, id_, place) for place in places]
    standing = stands[_standing(told)] if told else ()
    mine = scope.covers(standing) if told else False
    if not mine:
        seen = [scope.covers(at) for at in stands]
        begun = [
            i for i, t in enumerate(told) if t.known(_known(asof)) and t.version[0] <= asof.day
        ]
        if not begun or not seen[begun[-1]]:
            raise NotInScope(f"{ledger.title}里没有系统编号 {id_}，或不在您的管理范围内。")
        told = [t for t, within in zip(told, seen, strict=True) if within]
    return Entry(
        ledger=ledger,
        id=id_,
        told=told,
        changes=changes_of(told),
        refs=refs,
        standing=standing,
        mine=mine,
    )


def _known(asof: AsOf) -> int:
    return EVER if asof.known_at is None else asof.known_at


def changes_of(told: Iterable[Told]) -> dict[int, Change]:
    """The changes that brought and removed these versions, by number."""
    numbers = {t.added_in for t in told} | {t.removed_in for t in told if t.removed_in is not None}
    return {c.number: c for c in Change.objects.filter(pk__in=numbers)}


def _places(ledger: Ledger, told: list[Told]) -> list[int | None]:
    """Where each version says that the entry stands."""
    if ledger.place in ("", SELF):
        return [t.entry for t in told]
    at = len(FRAME) + ledger.shape.fields.index(ledger.place)
    return [t.version[at] for t in told]


def _standing(told: list[Told]) -> int:
    """Which version says where the entry stands now: the last believed, else the last ever."""
    order = range(len(told))
    return max(order, key=lambda i: (told[i].removed_in or EVER, told[i].version[0]))


def newest_of(shape: Shape, entry: int) -> int:
    """The newest change that touched an entry; 0 where there is none."""
    table = shape.table
    query = f'SELECT MAX(added_in), MAX(removed_in) FROM "{table}" WHERE entry_id = %s'
    ((added, removed),) = sql.fetch(query, [entry])
    return max(added or 0, removed or 0)


def entry_added(shape: Shape, change: int) -> int:
    """The entry of which a change told something."""
    query = f'SELECT entry_id FROM "{shape.table}" WHERE added_in = %s LIMIT 1'
    ((entry,),) = sql.fetch(query, [change])
    return int(entry)
