"""What every page of imports asks first: whose paper, with what right, how far its job is."""

from pathlib import Path
from typing import Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from gongjian.accounts.models import User
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotNow, NotPermitted
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.web.imports import actions, presenters, queries, sheets
from gongjian.web.imports.models import Paper
from gongjian.web.moment import AsOf
from gongjian.web.people import may, require
from gongjian.web.rendering import page, part_wanted

BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def importer(request: HttpRequest, ledger: str) -> tuple[User, Actor]:
    """Who asks, with the right to import into ``ledger``; nothing is imported into the past."""
    actor = require(request, Permission.IMPORT_LEDGER, "导入这本台账", ledger=ledger)
    require_present(request)
    return user_of(request), actor


def require_present(request: HttpRequest) -> None:
    """Raise NotNow where something is sent to a page of the past."""
    moment: AsOf = request.__dict__["asof"]
    if request.method == "POST" and not moment.present:
        raise NotNow("现在看的是过去某一刻，只能看；请回到今天再导入。")


def user_of(request: HttpRequest) -> User:
    """Who asks."""
    if not isinstance(request.user, User):
        raise NotPermitted("请先登录。")
    return request.user


def writable(request: HttpRequest) -> list[Ledger]:
    """The ledgers that whoever asks may import into."""
    return [x for x in LEDGERS if may(request, Permission.IMPORT_LEDGER, ledger=x.slug)]


def ledger_named(slug: str) -> Ledger:
    """The ledger; NotInScope where there is none of this name."""
    if slug not in LEDGERS:
        raise NotInScope(f"没有“{slug}”这个台账。")
    return LEDGERS[slug]


def mine(request: HttpRequest, number: int) -> tuple[Paper, Actor]:
    """The paper, if it is of whoever asks, and the right to work on it."""
    paper = queries.paper_of(user_of(request), number)
    actor = importer(request, paper.ledger)[1]
    actions.drop_foreign(paper, actor)
    return paper, actor


def finished(paper: Paper) -> bool:
    """Is there nothing left to do about the paper but to look at what came of it?"""
    return paper.result is not None and not paper.result.get("refused")


def frame(paper: Paper, current: int) -> dict[str, Any]:
    """What every step shows above its own matter."""
    job = queries.job_of(paper)
    return {
        "paper": paper,
        "ledger": sheets.ledger_of(paper),
        "title": presenters.title_of(paper),
        "steps": presenters.steps(paper, current),
        "progress": presenters.progress(job),
        "read": paper.summary or {},
    }


def polled(request: HttpRequest, paper: Paper) -> HttpResponse | None:
    """The answer to a page that asks how far its job is; once it is over, to look at all anew."""
    if not part_wanted(request):
        return None
    job = queries.job_of(paper)
    if job is not None and not job.over:
        context = {"paper": paper, "progress": presenters.progress(job)}
        return page(request, "imports/progress.html", context)
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


def book(path: Path, name: str) -> HttpResponseBase:
    """A written book as a download; the file may go right after."""
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=BOOK)
