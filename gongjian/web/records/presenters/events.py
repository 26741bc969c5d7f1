"""What happened to an entry, as a list by day: each change said column by column."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from gongjian.core.days import SHANGHAI
from gongjian.history.models import Change
from gongjian.ledgers.declare import Ledger
from gongjian.web.records.queries.differences import Difference, differences
from gongjian.web.records.queries.entries import Entry
from gongjian.web.wording.changes import OTHERS, kind_of
from gongjian.web.wording.values import CLOSED, OPENED, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One column: from what to what since a day, and how far where newer knowledge bounds it."""

    since: date
    label: str
    before: str
    after: str
    fresh: bool = False
    reach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What one change told for one day. ``style`` is add, cor, end, fut or blank."""

    day: date
    style: str
    tag: str
    lines: list[Line]
    change: int
    who: str
    at: datetime
    reason: str
    source: str
    late: str = ""
    future: bool = False


def events(entry: Entry, words: Words, day: date, known: int | None) -> list[Event]:
    """Every change of the entry as known then, latest day first."""
    found: list[Event] = []
    for number in sorted(entry.changes):
        if known is None or number <= known:
            before, after = entry.known(number - 1), entry.known(number)
            told = differences(entry.shape, before, after)
            for begins, group in groupby(told, key=attrgetter("begins")):
                found.append(_event(entry, words, entry.changes[number], begins, list(group), day))
    return sorted(found, key=lambda e: (e.day, e.change), reverse=True)


def _event(
    entry: Entry,
    words: Words,
    change: Change,
    begins: date,
    told: list[Difference],
    day: date,
) -> Event:
    style, tag = _kind(change, told)
    return Event(
        day=begins,
        style="fut" if begins > day else style,
        tag="将来" if begins > day and not tag else tag,
        lines=lines(entry.ledger, words, told),
        change=change.number,
        who=change.actor_name,
        at=change.at,
        reason=change.reason,
        source=change.source_name,
        late=_late(change, begins, told),
        future=begins > day,
    )


def _kind(change: Change, told: list[Difference]) -> tuple[str, str]:
    if change.kind in ("undo", "annul", "merge"):
        return "end", kind_of(change).word
    if any(d.name == OPENED and d.before is None for d in told):
        return "add", "新增"
    if any(d.name == CLOSED and d.before is None for d in told):
        return "end", "终止"
    if any(d.corrects for d in told):
        return "cor", "更正"
    return "", "补记" if any(_bounded(d) for d in told) else ""


def _bounded(difference: Difference) -> bool:
    return difference.ends is not None and not difference.corrects and not difference.fresh


def _late(change: Change, begins: date, told: list[Difference]) -> str:
    """How long after its day a value became known; a mending tells of no day of its own."""
    days = (change.at.astimezone(SHANGHAI).date() - begins).days
    opens = any(d.fresh for d in told)
    tells = change.kind not in OTHERS and not opens
    return f"{days} 天后才知道" if tells and days > 31 else ""


def lines(ledger: Ledger, words: Words, told: Iterable[Difference]) -> list[Line]:
    """Differences in words; of a new period only what is filled in."""
    return [
        Line(
            since=d.begins,
            label=words.label(ledger, d.name),
            before=words.text(ledger, d.name, d.before),
            after=words.text(ledger, d.name, d.after),
            fresh=d.fresh or (d.name in (OPENED, CLOSED) and d.before is None),
            reach=_reach(d),
        )
        for d in told
        if not (d.fresh and d.after is None)
    ]


def _reach(difference: Difference) -> str:
    if difference.ends is None or difference.fresh:
        return ""
    return f"到 {date.fromordinal(difference.ends.toordinal() - 1)} 止"
