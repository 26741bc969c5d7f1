"""The page on which one column of many rows is changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.days import parse_day, today
from gongjian.core.errors import NotPermitted, Refused
from gongjian.history.record import newest
from gongjian.ledgers.declare import NUMBER, Column, Ledger
from gongjian.ledgers.filling import EFFECTIVE
from gongjian.ledgers.matching import stamp
from gongjian.web.batches import queries
from gongjian.web.batches.forms import ChangeForm, columns_of
from gongjian.web.imports.entering import try_out
from gongjian.web.imports.models import Paper
from gongjian.web.lists.chosen import MOST_TOGETHER, Chosen, allowed, chosen, require_own
from gongjian.web.lists.forms import ledger_of
from gongjian.web.pasting.papers import Made, hand_in, handed_before, new_word
from gongjian.web.rendering import page

_DEED: Final = "批量变更"
_NAMED: Final = 5


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """One batch: the rows, who changes them, the column chosen so far."""

    request: HttpRequest
    user: User
    actor: Actor
    what: Chosen
    entries: list[int]
    column: Column | None

    @property
    def ledger(self) -> Ledger:
        return self.what.ledger


@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a column, say its new value and day; the answer is the dry run of an import."""
    what = chosen(request, ledger_of(slug))
    actor = allowed(request, what, Permission.IMPORT_LEDGER, _DEED)
    user = request.user
    if not isinstance(user, User):
        raise NotPermitted("请先登录。")
    word = request.POST.get("word", "")
    paper = handed_before(user, word) if word else None
    if paper is not None:
        return _on(paper)
    if not columns_of(what.ledger):
        raise Refused(f"{what.ledger.title}的各项有自己的日期，没有“变更”；请逐条更正。")
    entries = what.entries(MOST_TOGETHER)
    require_own(what, entries, actor, _DEED)
    column = _column(what.ledger, request.POST.get("column", ""))
    desk = _Desk(request=request, user=user, actor=actor, what=what, entries=entries, column=column)
    if column is None or request.POST.get("step") != "try":
        return _show(desk, ChangeForm(what.ledger, column, None) if column else None)
    return _tried(desk, column)


def _column(ledger: Ledger, name: str) -> Column | None:
    found = next((c for c in columns_of(ledger) if c.field == name), None)
    if name and found is None:
        raise Refused(f"“{name[:40]}”这一列不能批量变更，请从列表里选。")
    return found


def _tried(desk: _Desk, column: Column) -> HttpResponse:
    form = ChangeForm(desk.ledger, column, desk.request.POST)
    if not form.is_valid():
        return _show(desk, form, status=422)
    problem = _stale(desk)
    if problem:
        return _show(desk, form, problem=problem, status=409)
    made = _made(desk, form.cells(), parse_day(form.texts()[EFFECTIVE].strip()))
    paper = hand_in(desk.user, desk.actor, desk.ledger, made, desk.request.POST.get("word", ""))
    counted = paper.counted or {}
    if counted and not counted["bad"]:
        try_out(paper, desk.actor, None)
    return _on(paper)


def _stale(desk: _Desk) -> str:
    """What became of the rows since the form was opened; empty where nothing did."""
    post = desk.request.POST
    if post.get("stand") != queries.digest(desk.entries):
        return (
            f"您打开之后符合的行变了，现在是 {len(desk.entries):,} 行；请看过再提交，还没有写入。"
        )
    base = post.get("base", "")
    number = int(base) if base.isascii() and base.isdecimal() and len(base) < 15 else 0
    moved = queries.changed_since(desk.ledger, desk.entries, number)
    if not moved:
        return ""
    known = queries.names_on(desk.ledger, moved[:_NAMED], today())
    names = "、".join(known.get(entry, f"系统编号 {entry}") for entry in moved[:_NAMED])
    more = "等" if len(moved) > _NAMED else ""
    return (
        f"您打开之后有 {len(moved):,} 行被别人改过：{names}{more}。下面是现在的值，"
        "仍要改就再提交一次，还没有写入。"
    )


def _made(desk: _Desk, cells: dict[str, str], day: date) -> Made:
    """The paper: the number of each row, the columns it cannot do without, and the change."""
    ledger, known = desk.ledger, queries.names_on(desk.ledger, desk.entries, day)
    named = ledger.by_field[ledger.name].header if ledger.name else ""
    required = [c.header for c in ledger.columns if c.required and c.header not in cells]
    heads = list(dict.fromkeys([NUMBER.header, *required, *filter(None, [named]), *cells]))
    mark = stamp()
    rows = (
        {NUMBER.header: f"{entry}-{mark}", named: known.get(entry, ""), **cells}
        for entry in desk.entries
    )
    column = desk.column.header if desk.column else ""
    return Made(
        name=f"批量变更{column} {len(desk.entries)} 行 {day}.xlsx",
        sheet=ledger.title,
        heads=heads,
        rows=([row.get(head, "") for head in heads] for row in rows),
    )


def _on(paper: Paper) -> HttpResponse:
    """Where the paper goes on: its dry run where it has one, else its check."""
    name = "import-trial" if paper.trial else "import-check" if paper.counted else "import"
    return redirect(name, paper.pk)


def _show(
    desk: _Desk, form: ChangeForm | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    ledger, column, entries = desk.ledger, desk.column, desk.entries
    values = queries.present_values(ledger, column, entries, today()) if column else []
    path = reverse("ledger", args=[ledger.slug])
    context: dict[str, Any] = {
        "ledger": ledger,
        "count": len(entries),
        "everything": desk.what.ids is None,
        "ids": desk.what.ids or (),
        "address": desk.what.address,
        "list_address": f"{path}?{desk.what.address}" if desk.what.address else path,
        "columns": columns_of(ledger),
        "column": column,
        "form": form,
        "values": values[:_NAMED],
        "others": sum(count for _, count in values[_NAMED:]),
        "base": newest(),
        "stand": queries.digest(entries),
        "word": new_word(),
        "problem": problem,
        "today": today(),
    }
    return page(desk.request, "batches/change.html", context, status=status)
