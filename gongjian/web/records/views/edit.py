"""New entries, changes and corrections: each form is an import of one row, tried before it is taken."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.days import parse_day, today
from gongjian.core.errors import Refused, WrongUse
from gongjian.history.record import Stale, ever_told
from gongjian.history.timeline import Timeline
from gongjian.indicators.foretelling import Foretold, foretell_edit
from gongjian.ledgers import filling, importing
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.filling import Texts
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.lookup import References
from gongjian.ledgers.matching import stamp
from gongjian.ledgers.planning import Plan
from gongjian.ledgers.reading import Table
from gongjian.reporting import late
from gongjian.web import drafts, foretelling
from gongjian.web.people import require
from gongjian.web.records import forms, openings
from gongjian.web.records.forms import EntryForm, Mode
from gongjian.web.records.presenters.effects import after, clashes, done, effects
from gongjian.web.records.queries.entries import (
    Entry,
    entry_added,
    ledger_called,
    newest_of,
)
from gongjian.web.records.views.access import may, moment_of, require_present, touched
from gongjian.web.records.views.once import done_before, once, token
from gongjian.web.rendering import page
from gongjian.web.wording.values import Words


@dataclass(slots=True, kw_only=True)
class _Desk:
    """One form being filled in: ``before`` is what its cells said when it was opened."""

    request: HttpRequest
    ledger: Ledger
    actor: Actor
    mode: Mode
    entry: Entry | None
    day: date
    before: Texts
    form: EntryForm
    draft: Texts

    @property
    def base(self) -> int:
        """The newest change of the entry when the form was opened."""
        text = self.request.POST.get("base", "") or self.draft.get("base", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 15 else 0


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """An entry that is not recorded yet."""
    ledger = ledger_called(slug)
    actor = require(request, Permission.IMPORT_LEDGER, f"填报{ledger.title}", ledger=slug)
    require_present(request)
    return _serve(_opened(request, ledger, actor, Mode.NEW, None))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """Something became different on a day."""
    return _existing(request, slug, id_, Mode.CHANGE)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, id_: int) -> HttpResponse:
    """Something was recorded wrongly, a key among others."""
    return _existing(request, slug, id_, Mode.CORRECT)


def _existing(request: HttpRequest, slug: str, id_: int, mode: Mode) -> HttpResponse:
    try:
        return _entry_form(request, slug, id_, mode)
    except _ChangedMeanwhile:
        # Looked at anew, the entry is newer than the form, which says so.
        return _entry_form(request, slug, id_, mode)


def _entry_form(request: HttpRequest, slug: str, id_: int, mode: Mode) -> HttpResponse:
    deed = forms.TITLES[mode]
    entry, actor = touched(request, slug, id_, Permission.IMPORT_LEDGER, deed)
    if request.method == "GET":
        openings.note(entry, actor)
    if not forms.columns_of(entry.ledger, mode):
        raise Refused(f"{entry.ledger.title}的各项有自己的日期，没有“变更”；写错的请用“更正”。")
    return _serve(_opened(request, entry.ledger, actor, mode, entry))


def _opened(
    request: HttpRequest, ledger: Ledger, actor: Actor, mode: Mode, entry: Entry | None
) -> _Desk:
    sent = request.POST if request.method == "POST" else None
    draft = drafts.take(request) if sent is None else {}
    day = _day(request, draft)
    desk = _Desk(
        request=request,
        ledger=ledger,
        actor=actor,
        mode=mode,
        entry=entry,
        day=day,
        before={},
        form=EntryForm(ledger, mode, {}, sent),
        draft=draft,
    )
    if entry is not None:
        known = desk.base if sent is not None else None
        desk.before = _written(request, entry, day, known)
    if sent is None:
        desk.form = EntryForm(ledger, mode, desk.before | _beforehand(desk))
    return desk


def _beforehand(desk: _Desk) -> Texts:
    """What a form says as it opens besides what is recorded: as typed before, or as a link asks."""
    if desk.draft:
        return desk.draft
    if desk.mode is Mode.CHANGE:
        return {filling.EFFECTIVE: today().isoformat()}
    asked = desk.request.GET if desk.mode is Mode.NEW else {}
    columns = [c for c in desk.ledger.columns if not c.sensitive]
    return {c.field: str(asked[c.field])[:200] for c in columns if c.field in asked}


def _day(request: HttpRequest, draft: Texts) -> date:
    """The day whose values the form shows: a correction may be about any."""
    text = (request.POST.get("on") or draft.get("on") or request.GET.get("on") or "").strip()
    try:
        return parse_day(text) if text else today()
    except WrongUse as error:
        raise Refused(error.sentence) from error


def _written(request: HttpRequest, entry: Entry, day: date, known: int | None) -> Texts:
    """The cells of the entry; whoever they name is loaded."""
    versions = entry.known(known)
    Words(entry.refs, moment_of(request)).load(entry.ledger, versions)
    return forms.written(entry.ledger, versions, day, entry.refs)


def _serve(desk: _Desk) -> HttpResponse:
    if desk.request.method == "GET" or desk.request.POST.get("step") == "back":
        return _show(desk)
    number = done_before(desk.request, desk.request.POST.get("token", ""))
    if number is not None:
        return _result(desk, number)
    if desk.entry is not None and desk.base != desk.entry.newest:
        return _stale(desk, desk.entry)
    rows = _rows(desk) if desk.form.is_valid() else []
    if desk.form.is_valid() and not rows:
        desk.form.add_error(None, "没有改动任何一项，不必入库。")
    if not desk.form.is_valid():
        return _show(desk, status=422)
    return _take(desk, forms.table_of(rows))


def _take(desk: _Desk, table: Table) -> HttpResponse:
    """Commit or try, as the button says."""
    asked = importing.Request(ledger=desk.ledger, actor=desk.actor, reason=desk.form.why)
    commits = desk.request.POST.get("step") == "commit"
    return _commit(desk, asked, table) if commits else _try(desk, asked, table)


def _rows(desk: _Desk) -> list[Texts]:
    sent = desk.form.texts()
    if desk.entry is None:
        return filling.rows_of_new(desk.ledger, sent)
    changed = forms.edits(desk.before, sent)
    if not changed:
        return []
    for key in set(changed).intersection(desk.ledger.keys[0]):
        if not may(desk.request, desk.entry, Permission.MEND_LEDGER):
            header = desk.ledger.by_field[key].header
            desk.form.add_error(key, f"您的岗位不能更正“{header}”，请由乡镇以上经办人办理。")
    line = Timeline.of(desk.ledger.shape, desk.entry.known())
    held = filling.Held(number=f"{desk.entry.id}-{stamp()}", line=line, day=desk.day)
    build = filling.rows_of_change if desk.mode is Mode.CHANGE else filling.rows_of_correction
    return build(desk.ledger, held, sent, changed)


def _show(desk: _Desk, *, status: int = 200) -> HttpResponse:
    return page(desk.request, "records/form.html", _context(desk), status=status)


def _context(desk: _Desk) -> dict[str, Any]:
    entry = desk.entry
    title = ""
    if entry is not None:
        version = entry.on(desk.day)
        words = Words(entry.refs, moment_of(desk.request))
        title = words.title(entry.ledger, version) if version is not None else ""
    return {
        "form": desk.form,
        "mode": desk.mode.value,
        "deed": forms.TITLES[desk.mode],
        "ledger": desk.ledger,
        "entry": entry,
        "title": title,
        "day": desk.day,
        "base": _base(desk),
        "restored": bool(desk.draft),
        "mark": drafts.mark(desk.request),
        "has_change": bool(forms.columns_of(desk.ledger, Mode.CHANGE)),
    }


def _base(desk: _Desk) -> int:
    """The newest change that the form stands on."""
    if desk.draft or desk.request.method == "POST":
        return desk.base
    return desk.entry.newest if desk.entry is not None else 0


def _try(
    desk: _Desk, asked: importing.Request, table: Table, *, unsaid: bool = False
) -> HttpResponse:
    """What it would come to; nothing is written. ``unsaid``: a reason was asked for and not given."""
    answer, plan = importing.preview(asked, table)
    if not _accepted(desk, answer, plan):
        return _show(desk, status=422)
    asks = late.asks(late.reach_of(plan.edit))
    if asks:
        desk.form.ask_why(unsaid=unsaid)
    number = plan.edit.adds[0][0] if plan.edit.adds else plan.entries.get(1, 0)
    told = ever_told(desk.ledger.shape, [number]) if number > 0 else []
    refs = desk.entry.refs if desk.entry is not None else References(desk.actor.scope)
    words = Words(refs, moment_of(desk.request))
    before = [t.version for t in told if t.removed_in is None]
    context = _context(desk) | {
        "effects": effects(desk.ledger, words, before, after(told, plan.edit, number)),
        "warnings": list(dict.fromkeys(p.message for p in answer.problems)),
        "known_elsewhere": desk.entry is None and number > 0,
        "sent": [(name, desk.form.data.get(name, "")) for name in _carried(desk, asks)],
        "late": asks,
        "token": token(),
        "foretold": foretelling.shown(_foretold(desk, plan)),
    }
    status = 422 if desk.form.errors else 200
    return page(desk.request, "records/check.html", context, status=status)


def _carried(desk: _Desk, asks: str) -> list[str]:
    """The cells that go along unseen: the reason is none of them where it is asked for."""
    return [name for name in desk.form.fields if not (asks and name == forms.WHY)]


def _foretold(desk: _Desk, plan: Plan) -> foretelling.Plain:
    """What the figures of one's own places would become; nothing where somebody just changed it."""
    importing.seal(plan.edit)
    user = desk.request.user
    areas = foretelling.areas_of(user) if isinstance(user, User) else {}

    def ask() -> Foretold:
        return foretell_edit(plan.edit, base=plan.base, day=today())

    try:
        return foretelling.told(ask, areas)
    except Stale:
        return {"reason": "刚有人改过台账，各项数会变成多少请再试算一次。"}


def _accepted(desk: _Desk, answer: importing.Answer, plan: Plan) -> bool:
    """Put every problem at its field; is there something to write and nothing in the way?"""
    fields = {column.header: column.field for column in desk.ledger.columns}
    told = dict.fromkeys((p.column, p.message) for p in answer.problems if p.level == "error")
    for header, message in told:
        name = fields.get(header or "")
        desk.form.add_error(name if name in desk.form.fields else None, message)
    if not told and _recorded_already(desk, plan):
        desk.form.add_error(None, "台账里已有这条记录，请打开它办理变更或更正，不要重复新增。")
    elif not told and not plan.edit:
        desk.form.add_error(None, "填写的与台账所记相同，没有改动。")
    return not desk.form.errors


def _recorded_already(desk: _Desk, plan: Plan) -> bool:
    """Does a form for a new entry speak of one in the scope that goes on already?"""
    entry = plan.entries.get(1)
    if desk.entry is not None or entry is None or plan.outcomes.get(1) is Outcome.NEW:
        return False
    refs = References(desk.actor.scope)
    refs.load(desk.ledger.slug, [entry])
    target = refs.get(desk.ledger.slug, entry)
    return target is not None and desk.actor.scope.covers(target.standing)


class _ChangedMeanwhile(Exception):
    """Somebody changed the entry between the look at it and the lock."""


class _Unexplained(Exception):
    """It reaches a locked month, and no reason is given."""


def _commit(desk: _Desk, asked: importing.Request, table: Table) -> HttpResponse:
    found: list[importing.Answer] = []

    def deed() -> int | None:
        entry = desk.entry
        if entry is not None and newest_of(entry.shape, entry.id) != desk.base:
            raise _ChangedMeanwhile
        answer, plan = importing.preview(asked, table)
        if not _accepted(desk, answer, plan):
            return None
        if not asked.reason and late.asks(late.reach_of(plan.edit)):
            raise _Unexplained
        found.append(importing.take(asked, table))
        return found[0].change

    try:
        number = once(desk.request, desk.request.POST.get("token", ""), deed)
    except _Unexplained:
        return _try(desk, asked, table, unsaid=True)
    if number is None:
        return _show(desk, status=422)
    return _result(desk, number)


def _result(desk: _Desk, number: int) -> HttpResponse:
    """The record as it is now, and a word about the change."""
    entry = desk.entry.id if desk.entry is not None else entry_added(desk.ledger.shape, number)
    messages.success(desk.request, done(number))
    return HttpResponseRedirect(reverse("record", args=[desk.ledger.slug, entry]))


def _stale(desk: _Desk, entry: Entry) -> HttpResponse:
    """Somebody changed the entry since the form was opened: both versions and a choice."""
    desk.form.is_valid()
    sent = {name: str(desk.form.data.get(name, "")) for name in desk.form.fields}
    mine = forms.edits(desk.before, {n: t for n, t in sent.items() if n != forms.WHY})
    now = _written(desk.request, entry, desk.day, None)
    kept = {name: sent[name] if name in mine else now.get(name, "") for name in sent}
    kept |= {name: sent[name] for name in (forms.WHY, filling.EFFECTIVE) if name in sent}
    context = _context(desk) | {
        "clashes": clashes(desk.form, desk.before, now, mine),
        "last": entry.changes[entry.newest],
        "kept": list(kept.items()),
        "newest": entry.newest,
    }
    return page(desk.request, "records/stale.html", context, status=409)
