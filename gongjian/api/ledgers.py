"""Ledgers: what they hold, their rows on a day, one row, all that was ever told of it.

The operations of a ledger are made from its declaration, and so is their description.
"""

from functools import partial
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Path, Router

from gongjian.api import cursors, parameters, shapes
from gongjian.api.door import Strict, responses
from gongjian.api.values import Leads, Plain, Teller, columns_of, kind_of, named
from gongjian.core.access import Permission, Scope
from gongjian.core.days import SHANGHAI
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import state
from gongjian.history.models import Change
from gongjian.history.record import Told
from gongjian.history.sql import LARGEST
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Column, Ledger
from gongjian.ledgers.questions import Moment
from gongjian.web.lists.filters import filters_of
from gongjian.web.lists.forms import Wanted, read
from gongjian.web.lists.ground import TERRITORY, sides
from gongjian.web.lists.queries import Names, called, page_of
from gongjian.web.lists.walk import Position
from gongjian.web.machines import answer
from gongjian.web.moment import moment_of
from gongjian.web.people import may, opened, person, reader
from gongjian.web.records import openings
from gongjian.web.records.queries.entries import Entry
from gongjian.web.records.views.access import seen

router: Final = Router(tags=["台账"])

Number = Annotated[int, Path(ge=1, le=LARGEST)]
_OF_PAGES: Final = frozenset({"size", "dense", "cols", "after", "before", "further"})
"""Parameters of the page of a list that mean nothing here."""


class ColumnShape(Strict):
    """One column: its field in rows, its header on paper, how it may be filtered."""

    field: str
    header: str
    kind: str
    sensitive: bool
    required: bool
    refers_to: str | None
    choices: list[str]
    filters: list[str]


class TabShape(Strict):
    """What is often asked of a ledger: the word for ``tab``, and what exactly it lists."""

    code: str
    title: str
    meaning: str


class LedgerShape(Strict):
    """One ledger as declared."""

    slug: str
    title: str
    keys: list[list[str]]
    columns: list[ColumnShape]
    tabs: list[TabShape]
    trees: list[str]
    may_import: bool


class LedgersShape(Strict):
    """The ledgers that open to whoever asks."""

    ledgers: list[LedgerShape]


@router.get("", response=responses({200: LedgersShape}), summary="台账一览", operation_id="ledgers")
def ledgers(request: HttpRequest) -> HttpResponse:
    """有权查看的台账：有哪些列、怎样筛选、有哪些常用的问题。"""
    open_here = opened(request)
    if not open_here:
        raise NotPermitted("您的岗位不能查看台账，请由有此权限的人办理。")
    return answer({"ledgers": [_declared(request, x) for x in LEDGERS if x.slug in open_here]})


def _declared(request: HttpRequest, ledger: Ledger) -> Plain:
    names = {f.column.field: list(f.names) for f in filters_of(ledger)}
    choices = {f.column.field: list(f.choices) for f in filters_of(ledger)}
    return {
        "slug": ledger.slug,
        "title": ledger.title,
        "keys": [list(key) for key in ledger.keys],
        "columns": [_column(c, names, choices) for c in columns_of(ledger)],
        "tabs": [
            {"code": q.code, "title": q.title, "meaning": q.help}
            for q in LEDGERS.questions(ledger.slug)
        ],
        "trees": list(sides(ledger)),
        "may_import": may(request, Permission.IMPORT_LEDGER, ledger=ledger.slug),
    }


def _column(column: Column, names: dict[str, list[str]], choices: dict[str, list[str]]) -> Plain:
    return {
        "field": column.field,
        "header": column.header,
        "kind": kind_of(column),
        "sensitive": column.sensitive,
        "required": column.required,
        "refers_to": getattr(column.kind, "to", None),
        "choices": choices.get(column.field, []),
        "filters": names.get(column.field, []),
    }


def _add(ledger: Ledger) -> None:
    """The operations of one ledger."""
    slug, title, add = ledger.slug, ledger.title, partial(router.get, response=responses())

    @add(
        f"/{slug}/rows",
        operation_id=f"{slug}-rows",
        summary=f"{title}的行",
        description="某一天有效的行，筛选的写法与网页列表的地址相同。",
        openapi_extra={
            **shapes.answered(shapes.page(ledger)),
            "parameters": parameters.of_list(ledger),
        },
    )
    def rows(request: HttpRequest) -> HttpResponse:
        return _rows(request, ledger)

    @add(
        f"/{slug}/rows/{{number}}",
        operation_id=f"{slug}-row",
        summary=f"{title}的一行",
        description="一条记录在某一天的内容；当天无效的给出最近一次有效的，holds 为 false。",
        openapi_extra={**shapes.answered(shapes.row(ledger)), "parameters": parameters.MOMENT},
    )
    def row(request: HttpRequest, number: Number) -> HttpResponse:
        return _row(request, seen(request, slug, number))

    @add(
        f"/{slug}/rows/{{number}}/history",
        operation_id=f"{slug}-history",
        summary=f"{title}一行的历次内容",
        description="每个版本从哪天到哪天有效，由哪次变更写入，被哪次变更取代。",
        openapi_extra={**shapes.answered(shapes.history(ledger)), "parameters": parameters.MOMENT},
    )
    def history(request: HttpRequest, number: Number) -> HttpResponse:
        return _history(request, seen(request, slug, number))


for _ledger in LEDGERS:
    _add(_ledger)


# ------------------------------------------------------------------ rows


def _rows(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    actor = reader(request, ledger.slug)
    page = cursors.page(request)
    wanted = _wanted(request, ledger, actor.scope)
    ground = wanted.ground(actor.scope)
    page.require()
    if wanted.problems:
        raise Refused(next(iter(wanted.problems.values())))
    start = None if page.place is None else Position(*page.place)
    found = page_of(wanted.walk(ground), page.limit, start)
    teller = Teller(ledger, found.names, leading(request, actor.scope))
    known, on = known_at(request), found.stopped or found.after
    return answer(
        {
            "ledger": ledger.slug,
            "at": wanted.asof.day.isoformat(),
            "known_at": known,
            "rows": [
                {"id": row.entry, "opened": _iso(row.opened), "values": teller.values(row.values)}
                for row in found.rows
            ],
            "next": None if on is None else cursors.write(request, known, list(on)),
        }
    )


def _wanted(request: HttpRequest, ledger: Ledger, scope: Scope) -> Wanted:
    asked: QueryDict = request.GET.copy()
    for name in cursors.OWN & asked.keys():
        del asked[name]
    wanted = read(ledger, asked, moment_of(request), scope)
    other = "union" if wanted.side == TERRITORY else "area"
    if asked.get(other):
        # The page leaves it be; a program would take the whole list for what it asked.
        wanted.problems[other] = f"{other} 不用于这样排列的台账，请换用 tree，或去掉 {other}。"
    for name in _OF_PAGES & asked.keys():
        wanted.problems[name] = f"接口没有“{name}”这个参数，请用 limit 和 cursor 翻页。"
    return wanted


def known_at(request: HttpRequest) -> int:
    """The newest change that the answer knows."""
    now, asked = state.latest().change, moment_of(request).known_at
    return now if asked is None else min(asked, now)


def leading(request: HttpRequest, scope: Scope) -> Leads:
    """Which entries open to the reader: of areas those of the scope, else what its ledger opens."""
    open_here = opened(request)
    return lambda to, entry: to in open_here and (to != "areas" or scope.covers([(to, entry)]))


# ------------------------------------------------------------------ one row


def _row(request: HttpRequest, entry: Entry) -> HttpResponse:
    asof = moment_of(request)
    version = entry.on(asof.day, asof.known_at)
    if version is None:
        raise NotInScope(f"这一时刻没有采信系统编号 {entry.id} 的任何内容。")
    teller = _teller(request, entry, [version])
    openings.note(entry, person(request))
    begins, ends, first = version[:3]
    return answer(
        {
            "ledger": entry.ledger.slug,
            "id": entry.id,
            "at": asof.day.isoformat(),
            "known_at": known_at(request),
            "holds": begins <= asof.day and (ends is None or asof.day < ends),
            "valid_from": _iso(begins),
            "valid_to": _iso(ends),
            "opened": _iso(first),
            "values": teller.version(version),
        }
    )


def _history(request: HttpRequest, entry: Entry) -> HttpResponse:
    known = known_at(request)
    told = [t for t in entry.told if t.added_in <= known]
    teller = _teller(request, entry, [t.version for t in told])
    openings.note(entry, person(request))
    return answer(
        {
            "ledger": entry.ledger.slug,
            "id": entry.id,
            "known_at": known,
            "versions": [_version(t, known, teller) for t in told],
            "changes": [_change(c) for n, c in sorted(entry.changes.items()) if n <= known],
        }
    )


def _version(told: Told, known: int, teller: Teller) -> Plain:
    begins, ends, first = told.version[:3]
    later = told.removed_in is None or told.removed_in > known
    return {
        "valid_from": _iso(begins),
        "valid_to": _iso(ends),
        "opened": _iso(first),
        "added_in": told.added_in,
        "removed_in": None if later else told.removed_in,
        "values": teller.version(told.version),
    }


def _change(change: Change) -> Plain:
    return {
        "number": change.number,
        "at": change.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "who": change.actor_name,
        "reason": change.reason,
        "source": change.source_name,
    }


def _teller(request: HttpRequest, entry: Entry, versions: list[VersionTuple]) -> Teller:
    names = names_of(entry.ledger, versions, moment(request))
    return Teller(entry.ledger, names, leading(request, entry.refs.scope))


def names_of(ledger: Ledger, versions: list[VersionTuple], at: Moment) -> Names:
    """What everything that these versions refer to is called at a moment."""
    found: Names = {}
    for slug, entries in named(ledger, versions).items():
        if entries:
            found |= called(slug, entries, at)
    return found


def moment(request: HttpRequest) -> Moment:
    """The moment of the request as the ledgers ask for it."""
    asof = moment_of(request)
    return Moment.of(asof.day, asof.known_at)


def _iso(day: Any) -> str | None:
    return None if day is None else str(day)
