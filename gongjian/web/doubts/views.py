"""The pages of doubts."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjian.core.access import Permission
from gongjian.core.errors import NotPermitted, Refused
from gongjian.indicators.declare import CATALOG, Figure
from gongjian.indicators.rows import Row
from gongjian.web.doubts import actions, presenters, queries
from gongjian.web.doubts.forms import SentenceForm, data_of, row_named, word_of
from gongjian.web.doubts.models import Doubt, State
from gongjian.web.doubts.wording import called
from gongjian.web.figures.asking import asked
from gongjian.web.figures.forms import Question, figure_named, offset_named
from gongjian.web.figures.moments import rows_as_known, settled
from gongjian.web.figures.presenters.common import figure_address, node_name, silence, told
from gongjian.web.figures.queries import Answer, Value, answer, rows_of
from gongjian.web.people import person, require, user_of
from gongjian.web.records.views.access import require_present
from gongjian.web.records.views.once import token
from gongjian.web.rendering import page

_FAR: Final = 100_000
_NO_SUCH_PAGE: Final = "没有这么多疑问，请去掉 after 从第一页看起。"


@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Doubts that wait for one's answer, one's own, and all those about data one keeps."""
    require(request, Permission.SEE_FIGURES, "查看对数的疑问")
    keeps = queries.keeps_ledgers(request)
    show = request.GET.get("show", "answer" if keeps else "mine")
    after = offset_named(request.GET, _FAR, _NO_SUCH_PAGE)
    waiting = queries.to_answer(request)
    lists: dict[str, Any] = {"mine": queries.mine(request)}
    if keeps:
        lists |= {"answer": waiting, "all": queries.within(request)}
    if show not in lists:
        raise Refused(f"“{show}”不是这里的一栏，请从上面选一栏。")
    found = lists[show]
    if show != "answer":
        found = found.select_related("asker")
    shown = list(found[after : after + queries.PAGE + 1])
    query = request.GET.copy()
    context = {
        "show": show,
        "keeps": keeps,
        "waiting": len(waiting),
        "lines": presenters.lines(shown[: queries.PAGE]),
        "next": None,
        "previous": None,
    }
    if len(shown) > queries.PAGE:
        query["after"] = str(after + queries.PAGE)
        context["next"] = f"?{query.urlencode()}"
    if after:
        query["after"] = str(max(after - queries.PAGE, 0))
        context["previous"] = f"?{query.urlencode()}"
    return page(request, "doubts/doubts.html", context)


# ------------------------------------------------------------------ asking


@dataclass(frozen=True, slots=True)
class _Seen:
    """The figure as it stands on the page from which it is doubted, and the row if it is one."""

    figure: Figure
    question: Question
    answer: Answer
    row: tuple[str, Row] | None

    @property
    def value(self) -> Value:
        return self.answer.figures[self.figure.code]


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Doubt a figure, or a row behind it, as it stands on the page one came from."""
    figure = figure_named(code)
    question, _ = asked(request, Permission.SEE_FIGURES, "对数提出疑问")
    if not CATALOG.counts_along(figure, question.tree):
        raise Refused(silence(figure, Value(None), question.tree))
    seen = settled(lambda: _seen(figure, question, request.GET))
    form = SentenceForm("您怀疑什么", request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        made = actions.ask(_doubt(request, seen), text, by=person(request))
        messages.success(request, "已交给负责这些数据的人，答复后会列在工作台。")
        return redirect("doubt", made.pk)
    return _asking(request, seen, form)


def _seen(figure: Figure, question: Question, given: QueryDict) -> _Seen:
    told_then = answer([figure.code], question)
    # What is sent later is about what is seen here, whatever is changed meanwhile.
    question = replace(question, asof=replace(question.asof, known_at=told_then.known))
    with rows_as_known(told_then.known):
        rows = rows_of(figure.code, question, told_then.known)
        return _Seen(figure, question, told_then, row_named(given, figure, rows))


def _asking(request: HttpRequest, seen: _Seen, form: SentenceForm) -> HttpResponse:
    entry = {} if seen.row is None else {"ledger": seen.row[0], "entry": seen.row[1]["id"]}
    context = {
        "form": form,
        "figure": seen.figure,
        "value": told(seen.figure, seen.value),
        "place": node_name(seen.question.tree, seen.answer.tree, seen.question.node),
        "known": seen.answer.known,
        "row": "" if seen.row is None else _row_called(seen.row[1]),
        "day": seen.question.day,
        "action": request.path + seen.question.query(**entry),
        "back": figure_address(seen.figure.code, seen.question),
        "word": token(),
    }
    status = 422 if form.is_bound else 200
    return page(request, "doubts/new.html", context, status=status)


def _doubt(request: HttpRequest, seen: _Seen) -> Doubt:
    """The doubt as it would be kept."""
    question, value = seen.question, seen.value
    area, union = data_of(question, None if seen.row is None else seen.row[1])
    doubt = Doubt(
        asker=user_of(request),
        word=word_of(request.POST),
        figure=seen.figure.code,
        day=question.day,
        known=seen.answer.known,
        tree=question.tree,
        node=question.node,
        place=question.code,
        place_name=node_name(question.tree, seen.answer.tree, question.node),
        year_start=question.year_start,
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        area_id=area,
        union_id=union,
    )
    if seen.row is not None:
        slug, row = seen.row
        doubt.ledger, doubt.entry, doubt.row = slug, row["id"], _row_called(row)
    return doubt


def _row_called(row: Row) -> str:
    return f"{row['name']} {row['key']}"[:400]


# ------------------------------------------------------------------ one doubt


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A doubt: what is doubted, the figure then and now, what was said, what can be done."""
    return _shown(request, queries.seen(request, number))


def _shown(
    request: HttpRequest, doubt: Doubt, *, form: SentenceForm | None = None, deed: str = ""
) -> HttpResponse:
    own = doubt.asker_id == person(request).id
    state = State(doubt.state)
    forms = {
        "answer": SentenceForm("您的答复"),
        "reopen": SentenceForm("还有什么疑问"),
    }
    if form is not None:
        forms[deed] = form
    context = {
        "doubt": doubt,
        "figure": called(doubt),
        "state": state.label,
        "style": presenters.STYLES[state],
        "sides": presenters.sides(request, doubt),
        "record": presenters.record_address(request, doubt),
        "ledger": presenters.ledger_title(doubt),
        "steps": presenters.steps(doubt),
        "answerers": presenters.answerers(doubt) if state is State.OPEN else "",
        "may_answer": not own and state is State.OPEN,
        "may_reopen": own and state is State.ANSWERED and not doubt.reopened,
        "may_close": own and state is not State.CLOSED,
        "forms": forms,
        "word": token(),
    }
    return page(request, "doubts/doubt.html", context, status=200 if form is None else 422)


@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a doubt about data one keeps."""
    doubt = queries.seen(request, number)
    if doubt.asker_id == person(request).id:
        raise NotPermitted("自己提出的疑问不能自己答复，请等别人答复，或直接了结。")
    require_present(request)
    form = SentenceForm("您的答复", request.POST)
    if not form.is_valid():
        return _shown(request, doubt, form=form, deed="answer")
    word, text = word_of(request.POST), form.cleaned_data["text"]
    actions.answer(doubt, text, word, by=person(request))
    return redirect("doubt", doubt.pk)


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more after an answer."""
    doubt = _own(request, number, "再问")
    form = SentenceForm("还有什么疑问", request.POST)
    if not form.is_valid():
        return _shown(request, doubt, form=form, deed="reopen")
    word, text = word_of(request.POST), form.cleaned_data["text"]
    actions.reopen(doubt, text, word, by=person(request))
    return redirect("doubt", doubt.pk)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a doubt of one's own."""
    doubt = _own(request, number, "了结")
    actions.close(doubt, word_of(request.POST), by=person(request))
    messages.success(request, "已了结。")
    return redirect("doubt", doubt.pk)


def _own(request: HttpRequest, number: int, deed: str) -> Doubt:
    doubt = queries.seen(request, number)
    if doubt.asker_id != person(request).id:
        raise NotPermitted(f"只有提出疑问的人能{deed}。")
    require_present(request)
    return doubt
