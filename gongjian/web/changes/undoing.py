"""Taking a change back: what it would do, what stands in its way, at once or in the background."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gongjian.core.access import Actor
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history import sql
from gongjian.history.models import Change, TrailRecord
from gongjian.history.record import ever_told
from gongjian.history.undo import Touched, in_the_way, order_of_undoing, touched_by
from gongjian.indicators.foretelling import MOST, Foretold, Unforetold, foretell
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import OVER, Job
from gongjian.ledgers import deeds
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import References
from gongjian.reporting import late
from gongjian.web.changes import queries
from gongjian.web.moment import AsOf
from gongjian.web.records.queries.sight import within
from gongjian.web.wording.changes import headline
from gongjian.web.wording.values import Words

UNDO: Final = "undo"

WEIGHED: Final = 2_000
"""Versions up to which taking back is done while one waits: about a second."""

AT_A_GLANCE: Final = 200
"""Versions up to which a page works out by itself what the figures would become."""

_NAMED: Final = 3
"""Entries named of each change that stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A change that must be taken back first, and a few entries by which it is in the way."""

    change: Change
    text: str
    entries: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What the panel for taking back says.

    ``large``: it was not worked out; ``foreign``: it reaches beyond the scope; ``order`` are the
    changes to be taken back together, newest first; ``job`` is under way already; ``late`` is the
    sentence that asks for a reason where locked months knew of them.
    """

    large: bool = False
    foreign: bool = False
    blocking: list[Blocker] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    reach: list[queries.Reach] = field(default_factory=list)
    job: int | None = None
    waits: bool = True
    glance: bool = False
    foretells: bool = True
    late: str = ""


def undoing(one: Change, size: int, actor: Actor, asof: AsOf) -> Undoing:
    """The panel of a change that ``actor`` might take back; ``size`` are its versions."""
    job = under_way(one.number)
    if job is not None:
        return Undoing(job=job.pk)
    if size > queries.LARGE:
        return Undoing(large=True, waits=False)
    if not deeds.lies_within(one.number, actor):
        return Undoing(foreign=True)
    blocking = in_the_way(one.number)
    try:
        order = order_of_undoing(one.number, deeds.TOGETHER) if blocking else []
    except Refused:
        order = []
    numbers = order or [one.number]
    heavy = weight(numbers)
    return Undoing(
        blocking=_blockers(one.number, blocking, actor, asof),
        order=order,
        reach=queries.reach(one.number),
        waits=heavy <= WEIGHED,
        glance=heavy <= AT_A_GLANCE,
        foretells=heavy <= MOST,
        late=late.asks(late.reach_of_changes(numbers), knowing=min(numbers)),
    )


def weight(numbers: Sequence[int]) -> int:
    """Versions that these changes added and removed, as their links on the trail say."""
    bodies = TrailRecord.objects.filter(change__in=numbers).values_list("body", flat=True)
    sealed = (rows for body in bodies for rows in json.loads(body)["rows"].values())
    return sum(count for rows in sealed for count, _ in rows.values())


def foretold(number: int, order: Sequence[int], actor: Actor) -> Foretold:
    """What the figures of today would become; raises as taking back does.

    Raises Unforetold, before anything is done under the lock, where it is too much for that.
    """
    versions = weight(order or [number])
    if versions > MOST:
        raise Unforetold(
            f"要撤 {versions:,} 段，超过 {MOST:,} 段：推算指标会让别人长时间不能录入，"
            "所以不推算；撤销后可在指标页查看。"
        )

    def deed() -> None:
        take_back(number, actor=actor, reason="试算", agreed=order or None)

    return foretell(deed, day=today())


def take_back(
    number: int, *, actor: Actor, reason: str, agreed: Sequence[int] | None = None
) -> int:
    """Undo a change, or with ``agreed`` all of that order; the number of the last change made."""
    if agreed is None:
        return deeds.take_back(number, actor=actor, reason=reason).number
    taken = deeds.take_back_with_followers(number, actor=actor, reason=reason, agreed=agreed)
    return taken[-1].number


def under_way(number: int) -> Job | None:
    """The job that takes this change back and is not over."""
    going = Job.objects.filter(kind=UNDO, payload__number=number).exclude(state__in=OVER)
    return going.order_by("pk").first()


def hand_in(number: int, *, actor: Actor, reason: str, order: Sequence[int]) -> Job:
    """Have it taken back in the background; the job that is under way already, if there is one.

    Raises Refused without a reason: nobody is there to be asked for it later.
    """
    job = under_way(number)
    if job is not None:
        return job
    payload = {"number": number, "reason": deeds.said(reason), "order": list(order)}
    return enqueue(UNDO, title=f"撤销变更 {number}", owner_id=actor.id, payload=payload)


# ------------------------------------------------------------------ what stands in the way


def _blockers(number: int, blocking: list[int], actor: Actor, asof: AsOf) -> list[Blocker]:
    """Newest first, for so they are taken back."""
    if not blocking:
        return []
    touched = touched_by(number)
    known = {c.number: c for c in Change.objects.filter(pk__in=blocking)}
    words = Words(References(actor.scope), asof)
    return [
        Blocker(
            change=known[n],
            text=headline(known[n]),
            entries=_named(known[n], touched, words),
        )
        for n in reversed(blocking)
    ]


def _named(blocker: Change, touched: Touched, words: Words) -> list[tuple[str, str, int]]:
    """(title, ledger, entry) of a few that the blocker touched, the same ones where there are."""
    if blocker.ledger not in LEDGERS:
        return []
    ledger = LEDGERS[blocker.ledger]
    entries = _in_the_way(blocker.number, ledger, touched, words)
    told = {t.entry: t.version for t in ever_told(ledger.shape, entries)}
    words.load(ledger, told.values())
    return [(words.title(ledger, told[entry]), ledger.slug, entry) for entry in entries]


def _in_the_way(number: int, ledger: Ledger, touched: Touched, words: Words) -> list[int]:
    """Entries within the scope that a blocker touched and that were touched, or refer to such."""
    where, values = within(ledger, words.scope, "v")
    columns = {"entry_id": ledger.slug, **ledger.shape.refs}
    among = {c: sorted(touched[slug]) for c, slug in columns.items() if touched.get(slug)}
    if not among:
        return []
    same = " OR ".join(sql.in_list(f'v."{column}"') for column in among)
    query = (
        f'SELECT DISTINCT v.entry_id FROM "{ledger.shape.table}" v'  # noqa: S608
        f" WHERE (v.added_in = %s OR v.removed_in = %s) AND {where} AND ({same})"
        f" ORDER BY v.entry_id LIMIT {_NAMED}"
    )
    more = [sql.as_list(entries) for entries in among.values()]
    return [entry for (entry,) in sql.fetch(query, [number, number, *values, *more])]
