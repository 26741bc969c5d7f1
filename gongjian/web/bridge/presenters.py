"""The bridge in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from gongjian.reporting.bridge import Line, figure_of, ledger_of
from gongjian.reporting.models import Cause, Explanation, PaperTotal
from gongjian.reporting.rules import Period
from gongjian.web.bridge.forms import LEDGER, REPEATED, ROWS
from gongjian.web.bridge.queries import PAGE, Candidate, question_of
from gongjian.web.figures.equations import among
from gongjian.web.figures.presenters.common import rows_address
from gongjian.web.people import opened
from gongjian.web.text import ABSENT, number, signed

TABS: Final = {ROWS: "这个数的名单", REPEATED: "重复的", LEDGER: "到台账里找"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of the bridge."""

    code: str
    name: str
    unit: str
    address: str
    part: bool
    paper: str
    source: str
    computed: str
    rows: str
    locked: str
    moved: bool
    difference: str
    explained: str
    unknown: str
    settled: bool
    same: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One number of the equation: its sign before it, and what it is."""

    sign: str
    text: str
    name: str
    address: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Explanations that were given together."""

    address: str
    cause: str
    what: str
    words: str
    amount: str
    who: str
    at: datetime
    gone: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One explanation; ``gone`` says who took it back and why."""

    id: int
    what: str
    address: str
    words: str
    amount: str
    gone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A total that was taken back."""

    name: str
    address: str
    value: str
    source: str
    who: str
    at: datetime
    by: str
    when: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An entry that may be ticked."""

    id: int
    name: str
    key: str
    where: str
    address: str
    amount: str
    told: list[str]


def address(code: str, period: Period) -> str:
    """The bridge of an area and a month."""
    return f"{reverse('bridge')}?{urlencode({'area': code, 'month': str(period)})}"


def rows(lines: Iterable[Line], code: str) -> list[Row]:
    """The table of figures, each with the rows behind it; parts of another one are marked."""
    lines = list(lines)
    whole = [among(line.figure) for line in lines]
    parts = {code for found in whole if found is not None for code in found.made_of.parts}
    return [
        Row(
            code=line.figure.code,
            name=line.figure.name,
            unit=line.figure.unit,
            address=reverse("bridge-total", args=[line.total.pk]),
            part=line.figure.code in parts,
            paper=number(line.total.value),
            source=line.total.source,
            computed=number(line.computed),
            rows=rows_of(line.total, code),
            locked=ABSENT if line.locked is None else number(line.locked),
            moved=line.locked is not None and line.locked != line.computed,
            difference=signed(line.difference),
            explained=signed(line.explained),
            unknown=signed(line.unknown),
            settled=not line.unknown,
            same=not line.difference and not line.explained,
        )
        for line in lines
    ]


def one_source(found: Iterable[Row]) -> str:
    """The paper that all totals are from; empty where there are several."""
    sources = {row.source for row in found}
    return sources.pop() if len(sources) == 1 else ""


def rows_of(total: PaperTotal, code: str) -> str:
    """The rows behind the figure beside a total, as known now."""
    return rows_address(total.code, question_of(total, code))


def rows_then(total: PaperTotal, code: str) -> str:
    """The same as known when the total was entered."""
    asked = {"at": total.at.isoformat(), "known": str(total.known_at), "area": code}
    return f"{reverse('figure-rows', args=[total.code])}?{urlencode(asked)}"


def equation(line: Line, code: str) -> list[Term]:
    """Paper, what is explained by name and in words, what is not, and the figure."""
    parts = (line.named, "按名字说明"), (line.worded, "文字说明"), (line.unknown, "原因不明")
    return [
        Term("", number(line.total.value), "纸面"),
        *(Term("−" if value < 0 else "＋", number(abs(value)), name) for value, name in parts),
        Term("＝", number(line.computed), "台账算出", rows_of(line.total, code), line.figure.code),
    ]


def deeds(total: PaperTotal, found: Iterable[Mapping[str, Any]]) -> list[Deed]:
    """Explanations as they were given, the newest first."""
    return [
        Deed(
            address=reverse("bridge-part", args=[total.pk, one["link"]]),
            cause=Cause(one["cause"]).label,
            what=_what(one["first"], one["rows"]),
            words=one["words"],
            amount=signed(one["amount"] or 0),
            who=one["actor_name"],
            at=one["entered_at"],
            gone=one["rows"] - one["standing"],
            left=one["standing"],
        )
        for one in found
    ]


def _what(first: str, rows: int) -> str:
    if rows > 1:
        return f"{first} 等 {rows:,} 行"
    return first or "没有记录可以指名"


def parts(request: HttpRequest, found: Iterable[Explanation]) -> list[Part]:
    """The explanations of one deed, each with the way to its record."""
    may_open = opened(request)
    return [
        Part(
            id=one.pk,
            what=one.row or "没有记录可以指名",
            address=_record(one.ledger, one.entry, may_open),
            words=one.words,
            amount=signed(one.amount),
            gone="" if one.stands else f"{one.withdrawer_name} 撤销：{one.withdrawn_reason}",
        )
        for one in found
    ]


def _record(ledger: str, entry: int | None, may_open: Collection[str]) -> str:
    return reverse("record", args=[ledger, entry]) if entry and ledger in may_open else ""


def withdrawn(totals: Iterable[PaperTotal]) -> list[Gone]:
    """Totals that were taken back."""
    return [
        Gone(
            name=figure_of(total).name,
            address=reverse("bridge-total", args=[total.pk]),
            value=number(total.value),
            source=total.source,
            who=total.actor_name,
            at=total.entered_at,
            by=total.withdrawer_name,
            when=total.withdrawn_at,
            reason=total.withdrawn_reason,
        )
        for total in totals
        if not total.stands
    ]


def choices(
    request: HttpRequest,
    total: PaperTotal,
    found: Iterable[Candidate],
    told: Mapping[int, Collection[Cause]],
) -> list[Choice]:
    """Entries to tick, each with the causes by which it explains something already."""
    ledger, may_open = ledger_of(figure_of(total)), opened(request)
    return [
        Choice(
            id=one.entry,
            name=one.name,
            key=one.key,
            where=one.where,
            address=_record(ledger, one.entry, may_open),
            amount="" if one.amount is None else signed(one.amount),
            told=[cause.label for cause in Cause if cause in told.get(one.entry, ())],
        )
        for one in found
    ]


def tabs(total: PaperTotal, here: str, *, overlaps: bool) -> list[tuple[str, str, bool]]:
    """Where entries can be looked for: (text, address, here)."""
    address = reverse("bridge-names", args=[total.pk])
    shown = [code for code in TABS if code != REPEATED or overlaps]
    return [(TABS[code], f"{address}?in={code}", code == here) for code in shown]


def turning(
    total: PaperTotal, where: str, sought: str, after: int, *, more: bool
) -> tuple[str | None, str | None]:
    """The ways to the next page of entries and to the one before."""
    address = reverse("bridge-names", args=[total.pk])
    kept = {"in": where} | ({"q": sought} if sought else {})

    def to(place: int) -> str:
        return f"{address}?{urlencode(kept | {'after': place})}"

    further = more and where != LEDGER
    return to(after + PAGE) if further else None, to(after - PAGE) if after >= PAGE else None
