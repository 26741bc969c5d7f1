"""What a person does to a paper of theirs before its rows are mended: bring it, point columns."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import User
from gongjian.core.access import Actor
from gongjian.core.errors import NotInScope, NotNow, Refused
from gongjian.files.actions import expire, forget, keep
from gongjian.files.models import StoredFile
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import Job, State
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.reading.headers import normal
from gongjian.web.imports import checking, rows, sheets
from gongjian.web.imports.models import Finding, Line, Paper, Pointing
from gongjian.web.imports.queries import job_of, reach
from gongjian.web.imports.settling import settle

CHECK: Final = "import-check"
TRY_OUT: Final = "import-trial"
COMMIT: Final = "import"
MARK: Final = "import-marked"

_WAITS_DAYS: Final = 1  # how long bytes are kept that no paper has yet


def begin(user: User, ledger: Ledger, upload: "UploadedFile[Any]") -> Paper:
    """Take a file in; ``work_out`` reads it.

    Raises Refused where it is over the limit of one upload.
    """
    if (upload.size or 0) > sheets.MOST_BYTES:
        most = sheets.MOST_BYTES >> 20
        name = upload.name or "文件"
        raise Refused(f"“{name}”超过 {most} MB，请拆成几个文件后分别导入。")
    # Nobody's own: only the pages of the paper give it out, which look at rights and scope anew.
    # Until there is a paper the bytes have their time, so that none stay behind without one.
    stored = keep(upload, upload.name or "", owner_id=None, days=_WAITS_DAYS)
    known = Pointing.objects.filter(owner=user, ledger=ledger.slug)
    with transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(expires=None)
        return Paper.objects.create(
            owner=user,
            ledger=ledger.slug,
            file_id=stored.pk,
            name=stored.name,
            sha256=stored.sha256,
            pointing=dict(known.values_list("header", "column")),
        )


def ledger_meant(upload: "UploadedFile[Any]") -> Ledger | None:
    """The ledger a file is meant for: by its columns where it is small, else by what it is called.

    A large one is not read while one waits; what it and its sheets are called is had at once.
    """
    with sheets.on_disk(upload) as path:
        if sheets.small(path):
            try:
                told = sheets.ledger_by_content(path)
            except Refused:
                return None
            if told is not None:
                return told
        called = [upload.name or "", *sheets.sheet_names(path)]
    return next(filter(None, map(_named, called)), None)


def _named(text: str) -> Ledger | None:
    """The ledger whose name is in a text, the longest where several are."""
    found = {x.title.removesuffix("台账"): x for x in LEDGERS} | {x.slug: x for x in LEDGERS}
    there = [name for name in found if name in text]
    return found[max(there, key=len)] if there else None


def work_out(paper: Paper, actor: Actor) -> None:
    """Read and check: while one waits where that is quick, else as a job."""
    if sheets.quick(paper):
        table = checking.read(paper)
        many = table is not None and len(table.row_numbers) > checking.FEW_ROWS
        if table is not None and not many:
            checking.check(paper, actor)
        if many:
            paper.counted = None
        checking.save_work(paper)
        if not many:
            return
    hand_in(paper, CHECK, "检查")


def hand_in(paper: Paper, kind: str, deed: str) -> Job:
    """Enqueue a job for the paper; the one under way, if there is one."""
    with transaction.atomic():
        held = Paper.objects.select_for_update().get(pk=paper.pk)
        running = job_of(held)
        if running is not None and not running.over:
            return running
        title = f"{deed}{sheets.ledger_of(paper).title}：{paper.name}"
        payload = {"paper": held.pk, "revision": held.revision}
        job = enqueue(kind, title=title, owner_id=paper.owner_id, payload=payload)
        Paper.objects.filter(pk=paper.pk).update(job_id=job.pk)
        paper.job_id = job.pk
    return job


def require_open(paper: Paper) -> None:
    """Raise NotNow where the paper is in the ledger already, or a job is at work on it."""
    if paper.result is not None and not paper.result.get("refused"):
        raise NotNow(f"“{paper.name}”已经办完，不能再改；请到变更页查看，或重新上传。")
    require_idle(paper)


def require_idle(paper: Paper) -> None:
    """Raise NotNow where a job is at work on the paper."""
    job = job_of(paper)
    if job is not None and not job.over:
        raise NotNow(f"“{paper.name}”{State(job.state).label}，请等它结束或先取消。")


def lock(paper: Paper) -> None:
    """Read the paper as it is now and keep others from it until the transaction ends."""
    try:
        paper.refresh_from_db(from_queryset=Paper.objects.select_for_update())
    except Paper.DoesNotExist:
        raise NotInScope(f"“{paper.name}”已经丢弃。") from None


@contextmanager
def held(paper: Paper) -> Iterator[None]:
    """The paper as it is now, open, and nobody else's until the block ends.

    Raises NotNow as ``require_open`` does, and where rows and columns are others meanwhile.
    """
    settle(paper)
    with transaction.atomic():
        seen = paper.sheet, paper.pointing, paper.ledger
        lock(paper)
        require_open(paper)
        if (paper.sheet, paper.pointing, paper.ledger) != seen:
            raise NotNow(f"“{paper.name}”刚刚换过工作表或列，请刷新页面后再改。")
        yield


def alter(paper: Paper, altered: Collection[int] = ()) -> None:
    """A new revision: what was tried before no longer counts, rows ``altered`` are to be checked.

    Only for whoever holds the paper.
    """
    Paper.objects.filter(pk=paper.pk).update(
        revision=F("revision") + 1,
        pending=sorted({*paper.pending, *altered}),
        trial=None,
        result=None,
        job_id=None,
        claimed_at=None,
    )
    paper.refresh_from_db()


def drop_foreign(paper: Paper, actor: Actor) -> None:
    """Forget what was worked out while the owner saw another part of the record than today."""
    told = [t for t in (paper.counted, paper.trial) if t]
    if not told or all(t.get("reach") == reach(paper, actor) for t in told):
        return
    settle(paper)
    with transaction.atomic():
        now_told = Paper.objects.select_for_update().filter(pk=paper.pk)
        same = now_told.values_list("counted", "trial").first() == (paper.counted, paper.trial)
        job = job_of(paper)
        if same and (job is None or job.over):
            now_told.update(counted=None, trial=None)
            Finding.objects.filter(paper=paper).delete()
            Line.objects.filter(paper=paper).delete()
    paper.counted = paper.trial = None


# ------------------------------------------------------------------ sheet and columns


def choose_sheet(paper: Paper, actor: Actor, sheet: str) -> None:
    """Read another sheet of the book: cells mended and rows set aside in the old one go."""
    if paper.only is not None:
        raise NotNow("这是上一次导入留下的行，不能换工作表；要导入别的表请重新上传。")
    with held(paper):
        _start_over(paper, sheet=sheet)
    work_out(paper, actor)


def take_as(paper: Paper, actor: Actor, ledger: Ledger) -> None:
    """The file is a table of another ledger than was said: read it as one of that."""
    if paper.only is not None:
        raise NotNow("这是上一次导入留下的行，不能换台账；要导入别的表请重新上传。")
    known = Pointing.objects.filter(owner=paper.owner, ledger=ledger.slug)
    pointing = dict(known.values_list("header", "column"))
    with held(paper):
        _start_over(paper, sheet="", ledger=ledger.slug, pointing=pointing)
    work_out(paper, actor)


def _start_over(paper: Paper, **other: Any) -> None:
    paper.mends.all().delete()
    paper.asides.all().delete()
    rows.forget_rows(paper)
    Finding.objects.filter(paper=paper).delete()
    Paper.objects.filter(pk=paper.pk).update(**other, summary=None, counted=None, pending=[])
    paper.pending = []
    alter(paper)


def point(paper: Paper, actor: Actor, pointing: dict[str, str]) -> None:
    """Say by hand which column a header means; it is remembered for this person and ledger.

    ``pointing`` maps headers of the file to headers of the ledger; an empty one forgets.
    Raises Refused where two headers are pointed to one column.
    """
    ledger = sheets.ledger_of(paper)
    known = {c.header for c in ledger.all_columns}
    wanted = {h: c for h, c in pointing.items() if c in known}
    for column in wanted.values():
        named = [h for h, c in wanted.items() if c == column]
        if len(named) > 1:
            raise Refused(f"“{'”和“'.join(named)}”不能都对应“{column}”，请只选一列。")
    with held(paper):
        mine = Pointing.objects.filter(owner=paper.owner, ledger=paper.ledger)
        mine.filter(header__in=list(pointing)).delete()
        Pointing.objects.bulk_create(
            Pointing(owner=paper.owner, ledger=paper.ledger, header=h, column=c)
            for h, c in wanted.items()
        )
        kept = {normal(h) for h in pointing}
        merged = {h: c for h, c in paper.pointing.items() if normal(h) not in kept} | wanted
        rows.forget_rows(paper)
        Paper.objects.filter(pk=paper.pk).update(pointing=merged)
        alter(paper)
    work_out(paper, actor)


def recheck(paper: Paper, actor: Actor) -> None:
    """Check everything anew, against the ledger as it is now."""
    with held(paper):
        alter(paper)
    work_out(paper, actor)


def discard(paper: Paper) -> None:
    """Throw a paper away that never went into the ledger."""
    with held(paper):
        if paper.change is not None or paper.follow_ups.exists():
            raise NotInScope(f"“{paper.name}”已经入库，不能丢弃。")
        rows.forget_rows(paper)
        paper.delete()
        alone = not Paper.objects.filter(file_id=paper.file_id).exists()
        stored = StoredFile.objects.filter(pk=paper.file_id).first() if alone else None
        if stored is not None:
            expire(stored)
    if stored is not None:
        forget(stored)
