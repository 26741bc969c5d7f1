"""Changes: who changed what when, and what one of them did to the entries within the scope."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongjian.api import cursors, parameters
from gongjian.api.door import Strict, responses
from gongjian.api.ledgers import Number, known_at, leading, moment, names_of
from gongjian.api.values import Plain, Teller
from gongjian.core.access import Scope
from gongjian.core.days import SHANGHAI
from gongjian.core.errors import Refused
from gongjian.history.models import Change
from gongjian.history.record import Told
from gongjian.history.undo import undone_by
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.lookup import References
from gongjian.web.changes import queries
from gongjian.web.changes.forms import FilterForm
from gongjian.web.changes.seeing import reader, seen
from gongjian.web.imports.forms import first_error
from gongjian.web.machines import answer
from gongjian.web.moment import moment_of
from gongjian.web.people import opened
from gongjian.web.records.queries.differences import Difference, differences
from gongjian.web.wording.values import Words

router: Final = Router(tags=["变更"])


class ChangeShape(Strict):
    """One change. ``added`` and ``removed`` are versions of rows within the scope; empty where
    they are very many and were not counted."""

    number: int
    at: str
    kind: str
    ledger: str
    who: str
    reason: str
    source: str
    sha256: str
    undoes: int | None
    undone_by: int | None
    added: int | None
    removed: int | None


class ChangesShape(Strict):
    """Changes that touch the scope, newest first."""

    known_at: int
    changes: list[ChangeShape]
    next: str | None


class DifferenceShape(Strict):
    """One column: from what to what, from a day up to another."""

    field: str
    header: str
    since: str
    until: str | None
    before: Any
    after: Any


class TouchedShape(Strict):
    """One entry that the change touched. ``id`` opens as a row where the reader may open it."""

    ledger: str
    id: int
    title: str
    fresh: bool
    differences: list[DifferenceShape]


class OneShape(ChangeShape):
    """One change and a page of the entries it touched."""

    entries: list[TouchedShape]
    next: str | None


@router.get(
    "",
    response=responses({200: ChangesShape}),
    summary="变更",
    operation_id="changes",
    openapi_extra={"parameters": parameters.of_changes()},
)
def changes(request: HttpRequest) -> HttpResponse:
    """动过您管理范围内记录的变更，新的在前。"""
    someone = reader(request)
    page = cursors.page(request)
    page.require()
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Refused(first_error(form))
    (below,) = page.place or [None]
    known = known_at(request)
    found = queries.changes_page(form.asked(), someone.scope, below, known)
    undone = undone_by((c.number for c in found.changes), known)
    return answer(
        {
            "known_at": known,
            "changes": [
                _said(c, found.rows.get(c.number, queries.Counts()), undone.get(c.number))
                for c in found.changes
            ],
            "next": None if found.next is None else cursors.write(request, known, [found.next]),
        }
    )


def _said(change: Change, counts: queries.Counts, undone: int | None) -> Plain:
    return {
        "number": change.number,
        "at": change.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "kind": change.kind,
        "ledger": change.ledger,
        "who": change.actor_name,
        "reason": change.reason,
        "source": change.source_name,
        "sha256": change.source_sha256,
        "undoes": change.undoes_id,
        "undone_by": undone,
        "added": None if counts.large else counts.added,
        "removed": None if counts.large else counts.removed,
    }


@router.get(
    "/{number}",
    response=responses({200: OneShape}),
    summary="一次变更",
    operation_id="change",
    openapi_extra={"parameters": [*parameters.MOMENT, parameters.CURSOR]},
)
def change(request: HttpRequest, number: Number) -> HttpResponse:
    """一次变更对您管理范围内每条记录做了什么，一列一列地说。"""
    page = cursors.page(request)
    one, someone = seen(request, number)
    page.require()
    start = queries.place(page.place[0]) if page.place else queries.Place()
    found = queries.touches(number, someone.scope, start)
    known = known_at(request)
    counts = queries.row_counts([number], someone.scope).get(number, queries.Counts())
    on = found.next
    return answer(
        {
            **_said(one, counts, undone_by([number], known).get(number)),
            "entries": _touched(request, number, found, someone.scope),
            "next": None if on is None else cursors.write(request, known, [str(on)]),
        }
    )


def _touched(
    request: HttpRequest, number: int, found: queries.Touches, scope: Scope
) -> list[Plain]:
    """The entries; what they refer to is named with a query or two for each ledger."""
    words = Words(References(scope), moment_of(request), opened=opened(request))
    leads, tellers = leading(request, scope), dict[str, Teller]()
    for ledger in {ledger.slug: ledger for ledger, _, _ in found.entries}.values():
        told = [t.version for x, _, all_told in found.entries if x is ledger for t in all_told]
        words.load(ledger, told)
        tellers[ledger.slug] = Teller(ledger, names_of(ledger, told, moment(request)), leads)
    return [_entry(number, one, words, tellers[one[0].slug]) for one in found.entries]


def _entry(
    number: int, touched: tuple[Ledger, int, list[Told]], words: Words, teller: Teller
) -> Plain:
    ledger, entry, told = touched
    before = [t.version for t in told if t.known(number - 1)]
    after = [t.version for t in told if t.known(number)]
    return {
        "ledger": ledger.slug,
        "id": entry,
        "title": words.title(ledger, (after or before)[-1]),
        "fresh": not before,
        "differences": [
            _difference(ledger, words, teller, d)
            for d in differences(ledger.shape, before, after)
            if not (d.fresh and d.after is None)
        ],
    }


def _difference(ledger: Ledger, words: Words, teller: Teller, told: Difference) -> Plain:
    return {
        "field": told.name,
        "header": words.label(ledger, told.name),
        "since": told.begins.isoformat(),
        "until": None if told.ends is None else told.ends.isoformat(),
        "before": teller.field(told.name, told.before),
        "after": teller.field(told.name, told.after),
    }
