"""What an entry was on which day, as lanes of a drawing: shares of the width in per cent."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from gongjian.history.shapes import FRAME
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import Timing
from gongjian.web.records.queries.entries import Entry
from gongjian.web.wording.values import Words

MOST: Final = 6
COLOURS: Final = ("--gj-ink-4", "--gj-ink-3", "--gj-act", "--gj-ok-tile", "--gj-lead-tile")
_MARGIN: Final = timedelta(days=90)
_TICKS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Days with one value."""

    x: str
    width: str
    text: str
    days: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One column over the days; ``told`` says the same in a sentence."""

    label: str
    blocks: list[Block]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The lanes, the days below them as (share, text), and where the day of the page stands."""

    lanes: list[Lane]
    ticks: list[tuple[str, str]]
    now: str


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def share(self, day: date) -> float:
        """How far along ``day`` lies, 0 … 100."""
        whole = (self.last - self.first).days
        return min(max((day - self.first).days / whole * 100, 0), 100)


def lanes(entry: Entry, words: Words, day: date, known: int | None) -> Lanes | None:
    """The columns that changed, most telling first; None where nothing ever did."""
    versions = entry.known(known)
    later = [v[0] for v in versions if v[0] != v[2]]
    changed = [name for name in _drawn(entry) if len(_runs(entry, name, versions)) > 1]
    if not later or not changed:
        return None
    last = max(day, *later) + _MARGIN
    first = min(later) - max(_MARGIN, (last - min(later)) / 4)
    axis = _Axis(first, last)
    return Lanes(
        lanes=[_lane(entry, words, name, versions, axis) for name in changed[:MOST]],
        ticks=_ticks(axis),
        now=f"{axis.share(day):.2f}%",
    )


def _drawn(entry: Entry) -> list[str]:
    """Dated columns, the place first; what comes beside a reference is not drawn twice."""
    ledger = entry.ledger
    dated = [
        name
        for name in entry.shape.dated
        if name in ledger.by_field and ledger.by_field[name].timing is Timing.DATED
    ]
    return sorted(dated, key=lambda name: name != ledger.place)


def _runs(entry: Entry, name: str, versions: list[VersionTuple]) -> list[tuple[date, Any]]:
    """(first day, value) of every stretch of equal values; None where no period holds."""
    at = len(FRAME) + entry.shape.fields.index(name)
    told: list[tuple[date, Any]] = []
    begun = {version[0] for version in versions}
    for version in versions:
        told.append((version[0], version[at]))
        if version[1] is not None and version[1] not in begun:
            told.append((version[1], None))
    return [t for i, t in enumerate(told) if i == 0 or t[1] != told[i - 1][1]]


def _lane(entry: Entry, words: Words, name: str, versions: list[VersionTuple], axis: _Axis) -> Lane:
    label = words.label(entry.ledger, name)
    blocks: list[Block] = []
    runs = _runs(entry, name, versions)
    for i, (begins, value) in enumerate(runs):
        ends = runs[i + 1][0] if i + 1 < len(runs) else None
        if value is None or (ends is not None and ends <= axis.first):
            continue
        left, right = axis.share(begins), axis.share(ends or axis.last)
        until = f"到 {ends - timedelta(days=1)}" if ends else "至今"
        blocks.append(
            Block(
                x=f"{left:.2f}%",
                width=f"{max(right - left - 0.2, 0.3):.2f}%",
                text=words.text(entry.ledger, name, value),
                days=f"{begins} 起{until}",
                colour=f"var({COLOURS[len(blocks) % len(COLOURS)]})",
            )
        )
    return Lane(label=label, blocks=blocks, told="；".join(f"{b.text}，{b.days}" for b in blocks))


def _ticks(axis: _Axis) -> list[tuple[str, str]]:
    step = (axis.last - axis.first) / _TICKS
    days = [axis.first + step * i for i in range(1, _TICKS)]
    return [(f"{axis.share(d):.2f}%", f"{d:%Y-%m}") for d in days]
