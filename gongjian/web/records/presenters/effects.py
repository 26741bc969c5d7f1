"""What a form would come to, before it is taken; and what somebody else did meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjian.history.record import Edit, Told
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.filling import Texts
from gongjian.web.records.forms import EntryForm
from gongjian.web.records.presenters.events import Line, lines
from gongjian.web.records.queries.differences import differences
from gongjian.web.text import ABSENT
from gongjian.web.wording.values import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What would be different from one day on."""

    day: date
    lines: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One column of a stale form: what it said when opened, what it says now, what was written."""

    label: str
    opened: str
    now: str
    mine: str
    both: bool


def effects(
    ledger: Ledger, words: Words, before: list[VersionTuple], after: list[VersionTuple]
) -> list[Effect]:
    """The differences of two states by day, first day first."""
    words.load(ledger, [*before, *after])
    told = differences(ledger.shape, before, after)
    return [
        Effect(day=day, lines=lines(ledger, words, group))
        for day, group in groupby(told, key=attrgetter("begins"))
    ]


def after(told: Iterable[Told], edit: Edit, entry: int) -> list[VersionTuple]:
    """What would be believed of an entry once ``edit`` is written, by day."""
    gone = set(edit.closes)
    kept = [t.version for t in told if t.removed_in is None and t.vid not in gone]
    adds = [version for id_, version in edit.adds if id_ == entry]
    return sorted([*kept, *adds], key=lambda version: version[0])


def done(number: int) -> SafeString:
    """What is said of a change just made, with the way to it and so to its undoing."""
    address = reverse("change", args=[number])
    return format_html('已入库，记为<a href="{}">变更 {}</a>；办错了从那里撤销。', address, number)


def clashes(form: EntryForm, opened: Texts, now: Texts, mine: Texts) -> list[Clash]:
    """The columns that somebody else or the form itself changed."""
    found = []
    for name in form.fields:
        theirs = opened.get(name, "") != now.get(name, "")
        if theirs or name in mine:
            found.append(
                Clash(
                    label=str(form.fields[name].label),
                    opened=opened.get(name) or ABSENT,
                    now=now.get(name) or ABSENT,
                    mine=mine.get(name, "（未改）"),
                    both=theirs and name in mine,
                )
            )
    return found
