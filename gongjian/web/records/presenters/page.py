"""The record page, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse

from gongjian.history.record import Told
from gongjian.history.shapes import FRAME
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.cells import Count
from gongjian.ledgers.declare import Ledger, Role, Timing
from gongjian.ledgers.writing import spreadsheet_day
from gongjian.web.moment import AsOf
from gongjian.web.records.presenters.events import Event, events
from gongjian.web.records.presenters.lanes import Lanes, lanes
from gongjian.web.records.presenters.worries import Allowed, Looked, Task, list_of, tasks
from gongjian.web.records.queries.entries import Entry
from gongjian.web.records.queries.links import COUNTED, Link
from gongjian.web.text import ABSENT
from gongjian.web.wording.values import CLOSED, OPENED, Said, Words

VERSIONS: Final = 200
"""Versions in the full table; whoever has more is shown the latest."""

_GONE: Final = {"annul": "作废", "merge": "并入另一条记录", "undo": "随撤销收回"}
"""What a change made of an entry of which nothing is believed any more."""

_TREES: Final = {"areas": "area", "unions": "union"}
"""Ledgers whose entries figures are added up under, and how an address names one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One version on both times."""

    days: str
    since: int
    until: int | None
    who: str
    at: datetime
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is out of the ordinary about the entry on the day, and the change that made it so."""

    kind: str
    sentence: str
    change: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number of the entry; ``address`` leads to the rows that were counted."""

    label: str
    number: str
    remark: str
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Entries that refer to this one."""

    title: str
    count: str
    rows: list[tuple[str, str, str, str]]
    more: str | None
    outside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """All that the template needs."""

    title: str
    slug: str
    ledger: str
    id: int
    newest: int
    sub: list[str]
    state: State | None
    facts: list[Fact]
    values: list[Said]
    lanes: Lanes | None
    events: list[Event]
    versions: list[Spell]
    cut: int
    linked: list[Linked]
    sensitive: bool
    tasks: list[Task]
    figures: str | None


def record_page(
    entry: Entry, words: Words, links: list[Link], asof: AsOf, allowed: Allowed
) -> RecordPage:
    """The page of an entry on a day as known then; ``words`` is loaded here."""
    words.load(entry.ledger, (t.version for t in entry.told))
    for link in links:
        words.load(link.ledger, (version for _, version in link.rows))
    version = entry.on(asof.day, asof.known_at)
    shown = version or entry.told[-1].version
    spells = _spells(entry, asof.known_at)
    # What became known only later must not show through a page of past knowledge.
    hidden = version is None and asof.known_at is not None
    values = [] if hidden else values_of(entry, words, shown)
    closed = _closed(entry, shown)
    looked = Looked(entry=entry, version=shown, closed=closed, links=links, asof=asof)
    return RecordPage(
        title=words.title(entry.ledger, shown),
        slug=entry.ledger.slug,
        ledger=entry.ledger.title,
        id=entry.id,
        newest=entry.newest,
        sub=_sub(entry.ledger, values),
        state=_state(entry, version, asof),
        facts=[] if hidden else _facts(looked, words),
        values=values,
        lanes=lanes(entry, words, asof.day, asof.known_at),
        events=events(entry, words, asof.day, asof.known_at),
        versions=spells[-VERSIONS:],
        cut=max(len(spells) - VERSIONS, 0),
        linked=[_linked(link, words, looked) for link in links],
        sensitive=any(v.sensitive for v in values),
        tasks=tasks(looked, words, allowed),
        figures=_figures(looked, allowed),
    )


def _state(entry: Entry, version: VersionTuple | None, asof: AsOf) -> State | None:
    if version is None:
        if entry.believed:
            return State(kind="warn", sentence="那时还不知道这条记录。")
        last = entry.changes[entry.newest]
        word = _GONE.get(last.kind, "移除")
        sentence = f"这条记录已由变更 {last.number} {word}，不再采信；经过仍可查。"
        return State(kind="bad", sentence=sentence, change=last.number)
    if asof.day < version[0]:
        sentence = f"{asof.day} 时尚未开始：从 {version[0]} 起有记录，下面是开始时的值。"
        return State(kind="warn", sentence=sentence)
    if version[1] is not None and asof.day >= version[1]:
        return State(kind="warn", sentence=f"已于 {version[1]} 终止，下面是终止前的值。")
    return None


def values_of(entry: Entry, words: Words, version: VersionTuple) -> list[Said]:
    """Every column in the order of the paper, the days of the period among them."""
    ledger = entry.ledger
    held = dict(zip(entry.shape.fields, version[len(FRAME) :], strict=True))
    closed = _closed(entry, version)
    said: list[Said] = []
    for column in ledger.columns:
        if column.role is Role.STARTS:
            said.append(words.said(ledger, OPENED, version[2]))
        elif column.role is Role.ENDS:
            said.append(words.said(ledger, CLOSED, closed))
        elif column.role is Role.VALUE and (
            column.timing is not Timing.ENDING or held[column.field] is not None
        ):
            beside = getattr(column.kind, "or_text", "")
            name = beside if beside and held[column.field] is None else column.field
            said.append(words.said(ledger, name, held[name]))
    ending = (name for name in ledger.ending_fields if held[name] is not None)
    return [*said, *(words.said(ledger, name, held[name]) for name in ending)]


def _closed(entry: Entry, version: VersionTuple) -> date | None:
    """The end of the period that the version belongs to."""
    same = [t.version for t in entry.told if t.version[2] == version[2] and t.removed_in is None]
    closed: date | None = same[-1][1] if same else version[1]
    return closed


def _sub(ledger: Ledger, values: list[Said]) -> list[str]:
    """Code, place and what kind it is: what tells it apart at a glance."""
    by_name = {v.name: v.text for v in values}
    wanted = (ledger.code if ledger.name else "", ledger.place, "nature", "kind", "industry")
    told = [by_name[n] for n in wanted if n in by_name and by_name[n] != ABSENT]
    return list(dict.fromkeys(told))


def _facts(looked: Looked, words: Words) -> list[Fact]:
    """What is counted in the entry itself, and who refers to it."""
    ledger, version = looked.entry.ledger, looked.version
    held = dict(zip(ledger.shape.fields, version[len(FRAME) :], strict=True))
    counts = [
        Fact(
            label=c.header,
            number=words.text(ledger, c.field, held[c.field]),
            remark=f"{version[0]} 起",
        )
        for c in ledger.columns
        if isinstance(c.kind, Count) and held.get(c.field) is not None
    ]
    linked = [
        Fact(
            label=_title(link),
            number=_count(link),
            remark=_outside(link),
            address=_whole(link, words, looked),
        )
        for link in looked.links
    ]
    return (counts[:2] + linked)[:5]


def _whole(link: Link, words: Words, looked: Looked) -> str:
    """The list of all that a link counted."""
    return list_of(link.ledger.slug, looked.entry, words, looked.asof, link.column.field)


def _figures(looked: Looked, allowed: Allowed) -> str | None:
    """The figures that are added up under the entry, where there are any and they may be seen."""
    slug = looked.entry.ledger.slug
    if slug not in _TREES or not allowed("figures", slug):
        return None
    if slug == "areas":
        code = dict(zip(looked.entry.shape.fields, looked.version[len(FRAME) :], strict=True))
        return reverse("figures") + looked.asof.query(area=code["code"])
    return reverse("figures") + looked.asof.query(tree="affiliation", union=looked.entry.id)


def _title(link: Link) -> str:
    word = link.ledger.noun
    if link.column.ref.to == link.ledger.slug:
        return f"下级{word}"
    own = sum(c.ref.to == link.column.ref.to for c in link.ledger.ref_columns) > 1
    return f"{word}（{link.column.header}）" if own else word


def _count(link: Link) -> str:
    return f"{COUNTED:,}+" if link.capped else f"{link.count:,}"


def _outside(link: Link) -> str:
    """How many more there are that the reader may not see; blank for none."""
    if not link.outside:
        return ""
    return f"另有 {link.outside:,} 条{'以上' if link.outside_capped else ''}在范围外"


def _linked(link: Link, words: Words, looked: Looked) -> Linked:
    ledger, asof = link.ledger, looked.asof
    rows = []
    for id_, version in link.rows:
        until = "" if version[1] is None else f" 到 {version[1]} 前"
        title = words.title(ledger, version, besides=link.column.field)
        address = reverse("record", args=[ledger.slug, id_]) + asof.query()
        days = f"{version[2]} 起{until}" if spreadsheet_day(version[2]) else until
        rows.append((title, address, days, _kind(ledger, words, version)))
    more = _whole(link, words, looked) if link.count > len(rows) else None
    return Linked(
        title=_title(link), count=_count(link), rows=rows, more=more, outside=_outside(link)
    )


def _kind(ledger: Ledger, words: Words, version: VersionTuple) -> str:
    """The one value that says what sort of row it is."""
    held = dict(zip(ledger.shape.fields, version[len(FRAME) :], strict=True))
    name = next((n for n in ("mode", "kind", "status", "workers") if n in held), "")
    return words.text(ledger, name, held[name]) if name else ""


def _spells(entry: Entry, known: int | None) -> list[Spell]:
    told = (t for t in entry.told if known is None or t.added_in <= known)
    return [_spell(entry, t, known) for t in told]


def _spell(entry: Entry, told: Told, known: int | None) -> Spell:
    begins, ends = told.version[:2]
    change = entry.changes[told.added_in]
    return Spell(
        days=f"{begins} 起" + ("" if ends is None else f"，到 {ends} 前"),
        since=told.added_in,
        until=None if known is not None and told.known(known) else told.removed_in,
        who=change.actor_name,
        at=change.at,
        reason=change.reason,
        source=change.source_name,
    )
