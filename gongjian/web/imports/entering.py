"""What a person does once the rows are right: dry run, commit, what was left over."""

from datetime import date

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import NotNow
from gongjian.history.state import touching
from gongjian.jobs.actions import cancel, retry
from gongjian.jobs.models import AGAIN
from gongjian.ledgers.importing import preview
from gongjian.web.foretelling import areas_of
from gongjian.web.imports import checking, rows, trying
from gongjian.web.imports.actions import (
    COMMIT,
    TRY_OUT,
    alter,
    hand_in,
    held,
    lock,
    require_idle,
    work_out,
)
from gongjian.web.imports.models import Mend, Paper
from gongjian.web.imports.queries import job_of, watched
from gongjian.web.imports.settling import settle


def try_out(paper: Paper, actor: Actor, on: date | None) -> None:
    """The dry run, as a job where the paper is large. ``on`` is the day of undated rows."""
    with held(paper):
        if paper.on != on:
            Paper.objects.filter(pk=paper.pk).update(on=on)
            alter(paper)
        if _large(paper):
            hand_in(paper, TRY_OUT, "试算")
            return
    trying.try_out(paper, actor, areas_of(paper.owner))


def _large(paper: Paper) -> bool:
    told: int = (paper.summary or {}).get("rows", 0)
    return told > checking.FEW_ROWS


def submit(paper: Paper, actor: Actor, *, revision: int, skip_bad: bool, reason: str) -> None:
    """Hand the paper in for the ledger; handing it in twice is once.

    Raises NotNow where it was altered since the dry run that was looked at; ``trying.Moved`` where
    others changed the ledger so that something else would come of it; ``trying.Unexplained`` where
    it reaches locked months and no ``reason`` is given.
    """
    settle(paper)
    paper.refresh_from_db()
    if not _handed_in(paper):
        _require_as_tried(paper, actor)
    with transaction.atomic():
        lock(paper)
        if _handed_in(paper):
            return
        require_idle(paper)
        tried = paper.trial or {}
        if paper.revision != revision or tried.get("revision") != revision:
            raise NotNow("试算之后内容又改过，请重新试算，看过结果再入库。")
        asks = "" if reason else trying.asks(paper)
        if asks:
            raise trying.Unexplained(asks)
        Paper.objects.filter(pk=paper.pk).update(skip_bad=skip_bad, reason=reason, claimed_at=now())
        hand_in(paper, COMMIT, "导入")


def _handed_in(paper: Paper) -> bool:
    job = job_of(paper)
    under_way = job is not None and job.kind == COMMIT and job.state not in AGAIN
    return paper.result is not None or under_way


def _require_as_tried(paper: Paper, actor: Actor) -> None:
    """What one can wait for is compared at once; a large paper is by the job that writes it."""
    tried = paper.trial or {}
    if not tried or _large(paper) or touching(*watched(paper)).change <= tried["base"]:
        return
    request = checking.request_of(paper, actor, dry_run=True)
    _, made = preview(request, rows.whole_of(paper))
    trying.require_agreed(paper, made)


def stop(paper: Paper) -> None:
    """Cancel the job under way; NotNow where it is over, or has written already."""
    job = job_of(paper)
    if job is None:
        raise NotNow(f"“{paper.name}”没有正在办理的作业。")
    cancel(job)


def again(paper: Paper) -> None:
    """Try the job once more that failed, was cancelled or lost its process."""
    job = job_of(paper)
    if job is None or job.state not in AGAIN:
        raise NotNow(f"“{paper.name}”没有可以再办一次的作业。")
    retry(job)


def back_to_work(paper: Paper) -> None:
    """After a commit that was cancelled, failed or wrote nothing: mend and try again."""
    settle(paper)
    with transaction.atomic():
        lock(paper)
        require_idle(paper)
        if paper.change is not None:
            raise NotNow(f"“{paper.name}”已经入库，不能再改；要退回请到变更页撤销。")
        alter(paper)


def take_up(paper: Paper, actor: Actor) -> Paper:
    """A second import of the rows that the first one left; the one begun, if there is one."""
    left = (paper.result or {}).get("left") or []
    if not left:
        raise NotNow(f"“{paper.name}”没有待改的行。")
    with transaction.atomic():
        lock(paper)
        begun = paper.follow_ups.order_by("pk").first()
        if begun is not None:
            return begun
        # Whether whole numbers may be shown is asked, and noted, for each paper anew.
        fresh = Paper.objects.create(
            owner=paper.owner,
            ledger=paper.ledger,
            file_id=paper.file_id,
            name=paper.name,
            sha256=paper.sha256,
            sheet=(paper.summary or {}).get("sheet") or "",
            pointing=paper.pointing,
            only=left,
            parent=paper,
            on=paper.on,
        )
        kept = paper.mends.filter(row__in=left)
        Mend.objects.bulk_create(
            Mend(paper=fresh, row=m.row, header=m.header, sealed=m.sealed) for m in kept
        )
    work_out(fresh, actor)
    return fresh
