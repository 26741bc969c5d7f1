"""The pages of cases."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjian.calendars.queries import calendar
from gongjian.core.access import EVERYTHING, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.files.actions import open_file
from gongjian.history import trail
from gongjian.history.record import newest
from gongjian.web.areafield import areas_offered
from gongjian.web.cases import asking, forms, queries
from gongjian.web.cases.addresses import OWN, address_of
from gongjian.web.cases.presenters import case as told
from gongjian.web.cases.presenters import listing
from gongjian.web.people import may, person
from gongjian.web.rendering import page
from gongjian.workflow.actions import take
from gongjian.workflow.declare import FLOWS, RESERVED
from gongjian.workflow.models import Case
from gongjian.workflow.papers import KINDS, bring
from gongjian.workflow.queries import options_as

_GONE = "没有这样的文书，请从事项页面打开。"


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """All cases within the scope, the newest first."""
    reach = asking.reach(request)
    if not reach:
        raise NotPermitted(f"您的岗位不能{asking.DEED}，请由有此权限的人办理。")
    scope = _areas(reach)
    form = forms.CasesForm(request.GET, [flow for flow, _ in reach], scope)
    below = forms.number_of(request.GET, "below")
    found = queries.cases_page(reach, form.wanted(below), today())
    kept = request.GET.copy()
    kept.pop("below", None)
    start = f"?{kept.urlencode()}"
    kept["below"] = str(found.next or "")
    context = {
        "form": form,
        "areas": areas_offered(scope),
        "rows": listing.rows(found, today()),
        "next": f"?{kept.urlencode()}" if found.next else None,
        "start": start if below else None,
    }
    return page(request, "cases/cases.html", context, fragment="rows")


def _areas(reach: list[tuple[Any, Scope]]) -> Scope:
    """All areas that cases of any flow open in."""
    if any(scope.everything for _, scope in reach):
        return EVERYTHING
    inside = (scope.inside.get("areas", frozenset()) for _, scope in reach)
    return Scope(inside={"areas": frozenset[int]().union(*inside)})


@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case of any flow: the path, what is locked, whom it waits for, rules, papers, deeds."""
    return _shown(request, asking.case_seen(request, case_id))


def _shown(request: HttpRequest, one: Case, refused: str = "", remark: str = "") -> HttpResponse:
    """The page of a case; with why a form was ``refused`` and what had been written in it."""
    found = queries.whole(one)
    day, flow = today(), found.flow
    options = options_as(found.case, lambda step: asking.taker(request, flow, step), day=day)
    context = {
        **_said(request, found),
        "todos": told.todos(found, day, calendar()),
        "deeds": told.deeds(found, options),
        "others": told.others(options),
        "locked": told.locked(found, options),
        "brings": _brings(request, found),
        "accepts": ",".join(KINDS),
        "own": address_of(found.case) if flow.slug in OWN else "",
        "refused": refused,
        "remark": remark,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return page(request, "cases/case.html", context, status=status)


def _said(request: HttpRequest, found: queries.Whole) -> dict[str, Any]:
    """What both the page of a case and its record show."""
    state = found.flow.state(found.case.state)
    trails = may(request, Permission.SEE_TRAIL)
    return {
        "case": found.case,
        "flow": found.flow,
        "state": state,
        "style": listing.style_of(found.flow, state.code),
        "place": found.place(found.case.place_id),
        "strip": told.strip(found),
        "told": told.told(found, opens_changes=trails, opens_links=trails),
        "pauses": told.pauses(found),
        "rules": told.rules(found),
        "papers": told.papers(found),
    }


def _brings(request: HttpRequest, found: queries.Whole) -> bool:
    """May whoever asks hand in papers, and is there anything to hand in?"""
    if found.case.closed_at is not None or not found.flow.papers:
        return False
    try:
        asking.must_bring(request, found.case)
    except NotPermitted:
        return False
    return True


@require_POST
def take_(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take one step of a case."""
    found = asking.case_seen(request, case_id)
    step = FLOWS[found.flow].step(request.POST.get("step", ""))
    actor = asking.must_take(request, found, step)
    seen = forms.number_of(request.POST, "seen")
    try:
        remark = forms.remark_of(request.POST)
        take(case_id, step.code, by=actor, remark=remark, seen=seen)
    except (NotInScope, NotPermitted):
        raise
    except Refused as error:
        found.refresh_from_db()
        return _shown(request, found, error.sentence, request.POST.get("remark", ""))
    messages.success(request, f"{found}：已办“{step.title}”。")
    return HttpResponseRedirect(reverse("case", args=[case_id]))


@require_POST
def bring_(request: HttpRequest, case_id: int) -> HttpResponse:
    """Bring a paper for a case."""
    found = asking.case_seen(request, case_id)
    actor = asking.must_bring(request, found)
    file, code = request.FILES.get("file"), request.POST.get("paper", "")
    if not isinstance(file, UploadedFile):
        return _shown(request, found, "没有选文件，请先选一份再交。")
    try:
        kept = bring(case_id, code, file, file.name or "", by=actor)
    except (NotInScope, NotPermitted):
        raise
    except Refused as error:
        return _shown(request, found, error.sentence)
    title = FLOWS[found.flow].papers[kept.code]
    messages.success(request, f"已交“{title}”：{kept.file.name}。")
    return HttpResponseRedirect(reverse("case", args=[case_id]) + "#papers")


@require_safe
def file(request: HttpRequest, case_id: int, paper_id: int) -> FileResponse:
    """A paper that was handed in; that it was opened stands on the trail."""
    found = asking.case_seen(request, case_id)
    paper = queries.paper_of(found, paper_id)
    content, someone = open_file(paper.file_id), person(request)
    said = {"flow": found.flow, "case": found.pk, "paper": paper.code,
            "sha256": paper.file.sha256, "actor": someone.id, "name": someone.name}  # fmt: skip
    trail.note("download", said)
    return FileResponse(content, as_attachment=True, filename=paper.file.name)


@require_safe
def printed(request: HttpRequest, case_id: int, number: int, code: str) -> HttpResponse:
    """A paper that came of a passage, for A4."""
    found = asking.case_seen(request, case_id)
    passage, flow = queries.passage_of(found, number), FLOWS[found.flow]
    if passage.step in RESERVED or code not in flow.step(passage.step).produces:
        raise NotInScope(_GONE)
    context = {
        "case": found,
        "flow": flow,
        "passage": passage,
        "digest": queries.digests([passage.link]).get(passage.link or 0, ""),
        "title": flow.prints[code].title,
        "paper": flow.prints[code].content(passage),
        "back": reverse("case", args=[case_id]),
    }
    return page(request, "cases/paper.html", context)


@require_safe
def record(request: HttpRequest, case_id: int) -> HttpResponse:
    """The whole case for A4: the path, the rules, the papers, the digests of its links."""
    found = queries.whole(asking.case_seen(request, case_id))
    links = [*(one.link for one in found.passages), *(one.link for one in found.papers)]
    context = {
        **_said(request, found),
        "digests": queries.digests(links),
        "known": newest(),
        "back": reverse("case", args=[case_id]),
    }
    return page(request, "cases/record.html", context)
