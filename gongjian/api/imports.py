"""Papers: brought, checked, tried, committed; each step is that of the pages."""

from datetime import date
from http import HTTPStatus
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import Field, File, Form, Router, Schema, UploadedFile

from gongjian.api import cursors, parameters
from gongjian.api.door import BRINGING, Strict, responses
from gongjian.api.ledgers import Number
from gongjian.api.values import Plain
from gongjian.core.access import Actor
from gongjian.core.errors import Refused
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.web.imports import actions, entering, queries
from gongjian.web.imports.asking import importer, mine
from gongjian.web.imports.forms import CommitForm, TrialForm, UploadForm, first_error
from gongjian.web.imports.models import Finding, Paper
from gongjian.web.imports.trying import Unexplained
from gongjian.web.machines import answer

router: Final = Router(tags=["导入"])

_COUNTS: Final = ("new", "changed", "unchanged", "skipped", "bad")

State = Literal[
    "unreadable", "incomplete", "working", "failed", "checked", "tried", "refused", "committed"
]


class JobShape(Strict):
    """Work on the paper that goes on in the background."""

    id: int
    state: str
    done: int
    total: int | None
    label: str
    sentence: str


class CountsShape(Strict):
    """What the rows come to."""

    new: int
    changed: int
    unchanged: int
    skipped: int
    bad: int


class ProblemShape(Strict):
    """Something wrong with a cell; ``row`` is the number that Excel shows, empty for the sheet."""

    row: int | None
    column: str | None
    value: str | None
    level: str
    code: str
    message: str


class PaperShape(Strict):
    """A paper and how far it is.

    unreadable  the file cannot be read, ``sentence`` says why
    incomplete  required columns are missing
    working     a job is at work on it: ask again
    failed      the job did not get through: ``job.sentence``
    checked     read and checked; to be tried
    tried       ``counts`` say what it would do; commit it under its ``revision``
    refused     committed with bad rows under “refuse”: nothing was written
    committed   done; ``change`` is empty where nothing was new
    """

    id: int
    ledger: str
    name: str
    sha256: str
    state: State
    revision: int
    sentence: str
    sheet: str | None
    header_row: int | None
    rows: int
    ignored_columns: list[str]
    other_sheets: list[str]
    missing_columns: list[str]
    counts: CountsShape | None
    change: int | None
    job: JobShape | None
    problems: list[ProblemShape]
    next: str | None


class TrialOrder(Schema):
    """The day of rows that name none; without it today."""

    on: date | None = None


class CommitOrder(Schema):
    """The last word before the ledger, about the trial of this revision."""

    revision: int = Field(ge=1, le=2**31 - 1)
    reason: str = Field("", max_length=500)
    bad_rows: Literal["refuse", "skip"] = "refuse"


_ANSWERS: Final = responses({200: PaperShape}, BRINGING)


def _add(ledger: Ledger) -> None:
    """Where papers of a ledger are brought."""

    @router.post(
        f"/{ledger.slug}",
        response=responses({201: PaperShape}, BRINGING),
        summary=f"交一份{ledger.title}的表",
        description=(
            "收下文件（xlsx、xls 或 csv），逐格检查并试算；很大的在后台办，状态是 working，过一会儿再问。"
            "on 是没有写日期的行从哪一天起生效（2011-12-20），不填是今天。"
        ),
        operation_id=f"{ledger.slug}-import",
    )
    def bring(request: HttpRequest, file: File[UploadedFile], on: Form[str] = "") -> HttpResponse:
        return _brought(request, ledger, file, on)


for _ledger in LEDGERS:
    _add(_ledger)


def _brought(request: HttpRequest, ledger: Ledger, file: UploadedFile, on: str) -> HttpResponse:
    user, actor = importer(request, ledger.slug)
    page = _page(request)
    form = UploadForm({}, MultiValueDict({"file": [file]}))
    if not form.is_valid():
        raise Refused(first_error(form))
    day = _day(on)
    paper = actions.begin(user, ledger, file)
    actions.work_out(paper, actor)
    paper.refresh_from_db()
    if _state(paper, queries.job_of(paper)) == "checked":
        entering.try_out(paper, actor, day)
        paper.refresh_from_db()
    return _said(request, paper, page, HTTPStatus.CREATED)


@router.get(
    "/{number}",
    response=responses({200: PaperShape}),
    summary="一份表办到哪里",
    operation_id="import",
    openapi_extra={"parameters": parameters.PAGING},
)
def show(request: HttpRequest, number: Number) -> HttpResponse:
    """状态、试算结果和坏行；坏行一页一页取。"""
    paper, _ = mine(request, number)
    return _said(request, paper, _page(request))


@router.post("/{number}/trial", response=_ANSWERS, summary="试算", operation_id="import-trial")
def trial(request: HttpRequest, number: Number, order: TrialOrder) -> HttpResponse:
    """再检查、试算一遍；on 是没有写日期的行从哪一天起生效。"""
    paper, actor = mine(request, number)
    page = _page(request)
    _require_checked(paper, actor)
    entering.try_out(paper, actor, _day("" if order.on is None else order.on.isoformat()))
    paper.refresh_from_db()
    return _said(request, paper, page)


@router.post("/{number}/commit", response=_ANSWERS, summary="入库", operation_id="import-commit")
def commit(request: HttpRequest, number: Number, order: CommitOrder) -> HttpResponse:
    """按看过的试算入库，在后台办；同一份表提交两次只入库一次。改到已经锁定的月份时要写 reason。"""
    paper, actor = mine(request, number)
    page = _page(request)
    form = CommitForm(
        {"revision": order.revision, "policy": order.bad_rows, "reason": order.reason}
    )
    if not form.is_valid():
        raise Refused(first_error(form))
    try:
        entering.submit(
            paper,
            actor,
            revision=order.revision,
            skip_bad=order.bad_rows == "skip",
            reason=form.cleaned_data["reason"].strip(),
        )
    except Unexplained as error:
        raise Refused(
            f"{error.asks.removesuffix('请写明理由。')}请在 reason 里写明理由。"
        ) from error
    paper.refresh_from_db()
    return _said(request, paper, page)


def _require_checked(paper: Paper, actor: Actor) -> None:
    """Raise Refused for a paper that there is nothing to try of."""
    read = paper.summary or {}
    if read.get("unreadable") or read.get("missing"):
        raise Refused(f"“{paper.name}”读不出来或缺少必填的列，不能试算；请改好文件重新上传。")
    if paper.counted is None:
        actions.work_out(paper, actor)


def _day(text: str) -> date | None:
    form = TrialForm({"on": text})
    if not form.is_valid():
        raise Refused(first_error(form))
    day: date | None = form.cleaned_data["on"]
    return day


# ------------------------------------------------------------------ what is said of a paper


def _page(request: HttpRequest) -> cursors.Page:
    """Which problems are wanted; to be asked for before anything is done, for it may be refused."""
    page = cursors.page(request)
    page.require()
    return page


def _said(
    request: HttpRequest, paper: Paper, page: cursors.Page, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    job, read, counts = queries.job_of(paper), paper.summary or {}, _counts(paper)
    state = _state(paper, job)
    found = _problems(paper, page)
    more = found[page.limit :]
    found = found[: page.limit]
    on = [found[-1].row, found[-1].pk] if more else None
    return answer(
        {
            "id": paper.pk,
            "ledger": paper.ledger,
            "name": paper.name,
            "sha256": paper.sha256,
            "state": state,
            "revision": paper.revision,
            "sentence": read.get("unreadable") or "",
            "sheet": read.get("sheet"),
            "header_row": read.get("header_row"),
            "rows": read.get("rows", 0),
            "ignored_columns": read.get("unknown", []),
            "other_sheets": read.get("other_sheets", []),
            "missing_columns": read.get("missing", []),
            "counts": counts,
            "change": queries.written_by(paper) if state == "committed" else None,
            "job": None if job is None else _job(job),
            "problems": [_problem(x) for x in found],
            "next": None if on is None else cursors.write(request, 0, on),
        },
        status,
    )


def _state(paper: Paper, job: Job | None) -> State:
    read = paper.summary or {}
    if paper.result is not None:
        return "refused" if paper.result.get("refused") else "committed"
    if job is not None and job.state != "done":
        return "failed" if job.over else "working"
    if read.get("unreadable") or read.get("missing"):
        return "unreadable" if read.get("unreadable") else "incomplete"
    return "tried" if (paper.trial or {}).get("revision") == paper.revision else "checked"


def _counts(paper: Paper) -> Plain | None:
    """What was written, else what would be, as far as it was worked out for the paper as it is."""
    told: Any = (paper.result or {}).get("counts")
    if told is None and (paper.trial or {}).get("revision") == paper.revision:
        told = (paper.trial or {})["counts"]
    return None if told is None else {name: told.get(name, 0) for name in _COUNTS}


def _problems(paper: Paper, page: cursors.Page) -> list[Finding]:
    """Problems by row behind the place of the page, and one more where others follow."""
    found = queries.findings(paper)
    if page.place:
        row, last = page.place
        found = found.filter(row__gte=row).exclude(row=row, pk__lte=last)
    return list(found[: page.limit + 1])


def _problem(found: Finding) -> Plain:
    return {
        "row": found.row or None,
        "column": found.header or None,
        "value": found.value or None,
        "level": found.level,
        "code": found.code,
        "message": found.message,
    }


def _job(job: Job) -> Plain:
    return {
        "id": job.pk,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "label": job.label,
        "sentence": job.sentence,
    }
