"""What the cells of a file refer to: entries of other ledgers, found by code or by name in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongjian.core.access import Scope
from gongjian.history import sql
from gongjian.ledgers.declare import LEDGERS, Ledger

SELF = "self"
"""``Ledger.place`` of a ledger whose entries are places themselves."""


@dataclass(slots=True)
class Span:
    """One believed version of a target, as far as others want to see it."""

    valid_from: date
    valid_to: date | None
    name: str
    place: int | None
    extras: Mapping[str, Any]


@dataclass(slots=True)
class Target:
    """An entry that a cell may name."""

    slug: str
    id: int
    code: str | None
    spans: list[Span] = field(default_factory=list)
    heir: int | None = None
    standing: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        return self.spans[-1].name

    @property
    def opened(self) -> date:
        return self.spans[0].valid_from

    @property
    def closed(self) -> date | None:
        return self.spans[-1].valid_to

    def latest(self, name: str) -> Any:
        """The latest known value of a declared extra."""
        return self.spans[-1].extras.get(name)

    def exists(self, day: date) -> bool:
        return any(
            s.valid_from <= day and (s.valid_to is None or day < s.valid_to) for s in self.spans
        )


class References:
    """Targets loaded for one import, by ledger and id, and what every word was found to mean."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.targets: dict[tuple[str, int], Target] = {}
        self._words: dict[str, dict[str, list[Target]]] = defaultdict(dict)
        self._named: dict[str, dict[str, list[Target]]] = defaultdict(dict)

    def get(self, slug: str, id_: int | None) -> Target | None:
        return None if id_ is None else self.targets.get((slug, id_))

    def find(self, slug: str, words: Iterable[str]) -> None:
        """Look up every word of ``words`` in a ledger, once."""
        known = self._words[slug]
        wanted = [w for w in dict.fromkeys(words) if w not in known]
        if not wanted:
            return
        found = self._ids_of(LEDGERS[slug], wanted)
        self.load(slug, {i for ids in found.values() for i in ids})
        for word in wanted:
            targets = [self.targets[slug, i] for i in sorted(found.get(word, ()))]
            self._named[slug][word] = targets
            known[word] = self._best(targets, word)

    def meaning(self, slug: str, word: str) -> list[Target]:
        """Entries that ``word`` may mean: one when it is clear, none when it is unknown."""
        return self._words[slug].get(word, [])

    def named(self, slug: str, word: str) -> list[Target]:
        """Every entry that was ever found under ``word``, however many."""
        return self._named[slug].get(word, [])

    def add_fresh(self, target: Target) -> None:
        """An entry that the file itself brings; its id is below zero until it is written."""
        self.targets[target.slug, target.id] = target
        for word in filter(None, {target.code, target.name}):
            held = self._words[target.slug].setdefault(word, [])
            if word == target.code or not any(t.code == word for t in held):
                held.append(target)

    def _ids_of(self, ledger: Ledger, words: list[str]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        table = ledger.shape.table
        for column in filter(None, (ledger.code, ledger.name)):
            query = (
                f'SELECT DISTINCT "{column}", entry_id FROM "{table}" WHERE removed_in IS NULL AND'
            )
            # A code means its entry, whoever else may bear it as a name.
            unknown = [word for word in words if word not in found]
            for word, entry in sql.fetch_in(query, f'"{column}"', unknown):
                found[word].add(entry)
        return found

    def _best(self, targets: list[Target], word: str) -> list[Target]:
        """Narrow several candidates: the code, then the present name, then one's own area."""
        if len(targets) < 2:
            return targets
        rules = (
            lambda t: t.code == word,
            lambda t: t.name == word,
            lambda t: t.closed is None,
            lambda t: self.scope.covers(t.standing),
        )
        for rule in rules:
            targets = [t for t in targets if rule(t)] or targets
        return targets

    def load(self, slug: str, ids: Iterable[int]) -> None:
        """Load targets by id, with the places they stand at and the heirs they have."""
        wanted = {i for i in ids if i > 0 and (slug, i) not in self.targets}
        ledger = LEDGERS[slug]
        while wanted:
            fresh = _load(ledger, wanted)
            self.targets.update({(slug, t.id): t for t in fresh})
            heirs = {t.heir for t in fresh if t.heir is not None}
            self._stand(ledger, fresh)
            wanted = {h for h in heirs if (slug, h) not in self.targets}

    def _stand(self, ledger: Ledger, targets: list[Target]) -> None:
        to = place_ledger(ledger)
        if to and to != ledger.slug:
            self.load(to, {t.spans[-1].place for t in targets if t.spans[-1].place is not None})
        for target in targets:
            target.standing = self.standing_of(ledger, target.id, target.spans[-1].place)

    def standing_of(
        self, ledger: Ledger, id_: int, place: int | None
    ) -> tuple[tuple[str, int], ...]:
        """The entry itself and the chain of entries whose place is also its own."""
        own = (ledger.slug, id_)
        to = place_ledger(ledger)
        if not to or to == ledger.slug or place is None:
            return (own,)
        above = self.targets.get((to, place))
        return (own, *(above.standing if above else ()))

    def heir_of(self, target: Target, day: date) -> Target | None:
        """Who ``target`` means on ``day``: itself until its end, then its heir; None without."""
        seen: set[int] = set()
        while target.closed is not None and day >= target.closed and target.id not in seen:
            seen.add(target.id)
            heir = self.get(target.slug, target.heir)
            if heir is None:
                return None
            target = heir
        return target


def place_ledger(ledger: Ledger) -> str:
    """Slug of the ledger that ``place`` refers to; the ledger's own for places themselves."""
    if ledger.place in ("", SELF):
        return ledger.slug if ledger.place else ""
    return ledger.by_field[ledger.place].ref.to


def _load(ledger: Ledger, ids: Iterable[int]) -> list[Target]:
    shape = ledger.shape
    place = "NULL" if ledger.place in ("", SELF) else f'"{shape.columns_of(ledger.place)[0]}"'
    columns = [
        "entry_id",
        "valid_from",
        "valid_to",
        ledger.code or "NULL",
        ledger.name or "''",
        place,
        shape.columns_of(ledger.heir)[0] if ledger.heir else "NULL",
        *(shape.columns_of(name)[0] for name in ledger.extras),
    ]
    query = f'SELECT {", ".join(columns)} FROM "{shape.table}" WHERE removed_in IS NULL AND'
    found: dict[int, Target] = {}
    rows = sql.fetch_in(query, "entry_id", list(ids))
    rows.sort(key=lambda row: (row[0], row[1]))
    for entry, valid_from, valid_to, code, name, at, heir, *extras in rows:
        target = found.setdefault(entry, Target(ledger.slug, entry, code))
        target.code, target.heir = code, heir
        named = dict(zip(ledger.extras, extras, strict=True))
        target.spans.append(Span(valid_from, valid_to, name, at, named))
    return list(found.values())
