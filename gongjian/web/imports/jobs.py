"""Work on a paper that goes on in the background."""

from typing import Any

from django.urls import reverse

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope, NotNow, NotPermitted
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.jobs.running import written
from gongjian.ledgers.importing import Answer, take
from gongjian.ledgers.laying import Outcome
from gongjian.ledgers.planning import Plan
from gongjian.web.foretelling import areas_of
from gongjian.web.imports import checking, marking, rows, trying
from gongjian.web.imports.actions import CHECK, COMMIT, MARK, TRY_OUT
from gongjian.web.imports.models import Paper
from gongjian.web.imports.queries import importer
from gongjian.web.imports.settling import adopt

_NOBODY = "您已没有导入台账的岗位，请由有此权限的人重新上传。"


@handler(CHECK)
def check(job: Job) -> dict[str, Any]:
    """Read and check a large paper."""
    paper = _paper(job)
    actor = _importer(paper)
    if checking.read(paper) is not None:
        checking.check(paper, actor)
    checking.save_work(paper)
    return _address(paper)


@handler(TRY_OUT)
def try_out(job: Job) -> dict[str, Any]:
    """The dry run of a large paper."""
    paper = _paper(job)
    trying.try_out(paper, _importer(paper), areas_of(paper.owner))
    return _address(paper)


@handler(MARK)
def mark(job: Job) -> dict[str, Any]:
    """The clerk's own large book with its bad cells coloured."""
    paper = _paper(job)
    return _address(paper) | marking.keep_marked(paper, _importer(paper))


def settle(job: Job) -> dict[str, Any] | None:
    """Did a commit whose process died reach the ledger after all?"""
    paper = _paper(job)
    return _address(paper) if adopt(paper) else None


@handler(COMMIT, settle=settle)
def commit(job: Job) -> dict[str, Any]:
    """Write the paper into the ledger: one change, or none where nothing is new."""
    paper = _paper(job)
    done = settle(job)
    if done is not None:
        return done
    actor, table = _importer(paper), rows.whole_of(paper)

    def agree(made: Plan) -> None:
        trying.require_agreed(paper, made)
        trying.require_reason(paper, made)

    answer = take(checking.request_of(paper, actor, agree=agree), table)
    if answer.change is not None:
        written()
    _keep(paper, answer)
    return _address(paper)


def _importer(paper: Paper) -> Actor:
    """Whose paper it is, as far as the posts of today reach; NotPermitted where none allows it."""
    actor = importer(paper.owner, paper.ledger)
    if not actor.may(Permission.IMPORT_LEDGER):
        raise NotPermitted(_NOBODY)
    return actor


def _keep(paper: Paper, answer: Answer) -> None:
    bad = [n for n, outcome in answer.outcomes.items() if outcome is Outcome.BAD]
    left = sorted({*bad, *paper.asides.values_list("row", flat=True)})
    refused = answer.refused and not paper.skip_bad
    result = {
        "counts": dict(answer.counts),
        "left": left,
        "refused": refused,
        "day": answer.day.isoformat(),
        "undated": answer.undated,
    }
    Paper.objects.filter(pk=paper.pk, change=None).update(change=answer.change, result=result)
    if not refused:
        paper.lines.all().delete()
        if not left:
            rows.forget_rows(paper)


def _paper(job: Job) -> Paper:
    """The paper as it was when the job was handed in; what was altered since is looked at anew."""
    paper = Paper.objects.select_related("owner").filter(pk=job.payload["paper"]).first()
    if paper is None:
        raise NotInScope("这次导入已经丢弃，不再办理。")
    if paper.job_id != job.pk or paper.revision != job.payload.get("revision"):
        raise NotNow(f"“{paper.name}”在提交之后又改过，这次作业不再办理；请从导入页重新办。")
    return paper


def _address(paper: Paper) -> dict[str, Any]:
    return {"address": reverse("import", args=[paper.pk])}
