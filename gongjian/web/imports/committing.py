"""Dry run and commit: the second half of the way of a paper."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.core.errors import Refused
from gongjian.web.foretelling import shown
from gongjian.web.imports import actions, entering, marking, presenters, queries
from gongjian.web.imports.asking import finished, frame, mine, polled
from gongjian.web.imports.forms import CommitForm, TrialForm, first_error
from gongjian.web.imports.models import Paper
from gongjian.web.imports.trying import Moved, Unexplained
from gongjian.web.imports.trying import asks as asks_why
from gongjian.web.rendering import page

_TOLD: Final = 3  # changes of others that are named
_SHOWN: Final = ("new", "changed", "unchanged", "skipped")


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, number: int) -> HttpResponse:
    """What the ledger and its figures would become; POST works it out."""
    paper, actor = mine(request, number)
    if request.method == "POST":
        form = TrialForm(request.POST)
        if not form.is_valid():
            raise Refused(first_error(form))
        entering.try_out(paper, actor, form.cleaned_data["on"])
        return redirect("import-trial", paper.pk)
    if finished(paper) or not paper.counted:
        return redirect("import-done" if finished(paper) else "import-columns", paper.pk)
    return polled(request, paper) or page(request, "imports/trial.html", _tried(request, paper))


def _tried(request: HttpRequest, paper: Paper, form: CommitForm | None = None) -> dict[str, Any]:
    told = paper.trial or {}
    counts = told.get("counts", {})
    full = [outcome for outcome in _SHOWN if counts.get(outcome)]
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in _SHOWN else ("changed" if "changed" in full else [*full, "new"][0])
    part = Paginator(queries.lines(paper, outcome), queries.PAGE).get_page(request.GET.get("p"))
    brought = told.get("brought", [])
    sources = queries.changes(x["change"] for x in brought)
    asks = asks_why(paper)
    form = form or CommitForm(initial={"revision": paper.revision, "policy": "skip"})
    if asks:
        form.ask_why(unsaid=form.is_bound)
    return {
        **frame(paper, 3),
        "told": told,
        "counts": counts_of(counts),
        "asides": paper.asides.count(),
        "outcomes": presenters.OUTCOMES,
        "outcome": outcome,
        "part": part,
        "lines": [presenters.line(paper, found) for found in part],
        "effect": shown(told.get("effect", {})),
        **_later(paper),
        "brought": presenters.brought(brought, sources),
        "before": None,
        "late": asks,
        "form": form,
        "days": TrialForm(initial={"on": paper.on}),
    }


def _later(paper: Paper) -> dict[str, Any]:
    """How often others changed these ledgers since the dry run, and who changed these rows."""
    if not paper.trial:
        return {"others": 0, "later": []}
    base = paper.trial["base"]
    others = queries.since(paper, base).count()
    mine = queries.at_its_rows(paper, base)[:_TOLD] if others else []
    return {"others": others, "later": presenters.told_changes(mine)}


def counts_of(counts: dict[str, int]) -> dict[str, int]:
    """How many rows came to what, none left out."""
    return {name: counts.get(name, 0) for name in (*_SHOWN, "bad")}


@require_POST
def commit(request: HttpRequest, number: int) -> HttpResponse:
    """Hand the paper in for the ledger; a second press of the button changes nothing."""
    paper, actor = mine(request, number)
    form = CommitForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    said = form.cleaned_data
    looked_at = (paper.trial or {}).get("counts", {})
    try:
        entering.submit(
            paper,
            actor,
            revision=said["revision"],
            skip_bad=said["policy"] == "skip",
            reason=said["reason"].strip(),
        )
    except Moved as error:
        return _tried_anew(request, paper, looked_at, error)
    except Unexplained:
        return page(request, "imports/trial.html", _tried(request, paper, form), status=422)
    return redirect("import-done", paper.pk)


def _tried_anew(
    request: HttpRequest, paper: Paper, looked_at: dict[str, int], error: Moved
) -> HttpResponse:
    """What was looked at beside what would come of it by now."""
    _, actor = mine(request, paper.pk)
    base = (paper.trial or {})["base"]
    entering.try_out(paper, actor, paper.on)
    by = presenters.told_changes(queries.at_its_rows(paper, base)[:_TOLD])
    before = {
        "counts": counts_of(looked_at),
        "sentence": error.sentence,
        "by": by,
    }
    kept = {name: request.POST.get(name, "") for name in ("policy", "reason")}
    form = CommitForm(initial={"revision": paper.revision, **kept})
    context = {**_tried(request, paper, form), "before": before}
    return page(request, "imports/trial.html", context, status=422)


@require_GET
def done(request: HttpRequest, number: int) -> HttpResponse:
    """How far the commit is, and what came of it."""
    paper, actor = mine(request, number)
    job = queries.job_of(paper)
    if paper.result is None and (job is None or job.kind != actions.COMMIT):
        return redirect("import", paper.pk)
    result = paper.result or {}
    written = queries.written_by(paper)
    following = queries.together(paper)
    context = {
        **frame(paper, 4),
        "result": result,
        "written": written,
        "counts": counts_of(result.get("counts", {})),
        "left": result.get("left", []),
        "follow_up": paper.follow_ups.order_by("pk").first(),
        "undone": queries.undone_by(written),
        "marks": marking.ready(paper, actor),
        "following": presenters.next_of(paper, following),
    }
    return polled(request, paper) or page(request, "imports/done.html", context)


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel the job under way."""
    paper, _ = mine(request, number)
    entering.stop(paper)
    return _on(paper)


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Try the job once more."""
    paper, _ = mine(request, number)
    entering.again(paper)
    return _on(paper)


@require_POST
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Back to mending after a commit that wrote nothing."""
    paper, _ = mine(request, number)
    entering.back_to_work(paper)
    return redirect("import-check", paper.pk)


@require_POST
def rest(request: HttpRequest, number: int) -> HttpResponse:
    """A second import of the rows left over."""
    paper, actor = mine(request, number)
    fresh = entering.take_up(paper, actor)
    messages.info(request, "这是上一次导入留下的“待改”，改好后照常试算、入库。")
    return redirect("import", fresh.pk)


def _on(paper: Paper) -> HttpResponse:
    job = queries.job_of(paper)
    return redirect(presenters.step_of(paper, job), paper.pk)
