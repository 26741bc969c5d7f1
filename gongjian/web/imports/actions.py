"""What a person does to a paper of theirs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import User
from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import NotInScope, NotNow, Refused
from gongjian.files.actions import expire, forget, keep
from gongjian.files.models import StoredFile
from gongjian.history import trail
from gongjian.jobs.actions import cancel, enqueue, retry
from gongjian.jobs.models import AGAIN, Job, State
from gongjian.ledgers.cells.raw import MAX_LENGTH
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.reading.headers import normal
from gongjian.web.imports import checking, sheets
from gongjian.web.imports.models import Aside, Finding, Line, Mend, Paper, Pointing
from gongjian.web.imports.queries import areas_of, job_of, reach
from gongjian.web.imports.settling import settle

CHECK: Final = "import-check"
TRY_OUT: Final = "import-trial"
COMMIT: Final = "import"


def begin(user: User, actor: Actor, ledger: Ledger, upload: "UploadedFile[Any]") -> Paper:
    """Take a file in; what it holds is read at once where it is small, else in the background.

    Raises Refused where it is over the limit of one upload.
    """
    if (upload.size or 0) > sheets.MOST_BYTES:
        most = sheets.MOST_BYTES >> 20
        name = upload.name or "文件"
        raise Refused(f"“{name}”超过 {most} MB，请拆成几个文件后分别导入。")
    # Nobody's own: only the pages of the paper give it out, which look at rights and scope anew.
    stored = keep(upload, upload.name or "", owner_id=None, days=None)
    known = Pointing.objects.filter(owner=user, ledger=ledger.slug)
    paper = Paper.objects.create(
        owner=user,
        ledger=ledger.slug,
        file_id=stored.pk,
        name=stored.name,
        sha256=stored.sha256,
        pointing=dict(known.values_list("header", "column")),
    )
    _work_out(paper, actor)
    return paper


def _work_out(paper: Paper, actor: Actor) -> None:
    """Read and check: while one waits where that is quick, else as a job."""
    path = sheets.path_of(paper)
    small = path.stat().st_size <= checking.SMALL_FILE
    if small and sheets.unpacked(path) <= checking.SMALL_UNPACKED:
        table = checking.read(paper)
        if table is None or len(table.row_numbers) <= checking.FEW_ROWS:
            if table is not None:
                checking.check(paper, actor, table)
            checking.save_work(paper)
            return
        paper.counted = None
        checking.save_work(paper)
    _hand_in(paper, CHECK, "检查")


def _hand_in(paper: Paper, kind: str, deed: str) -> Job:
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
    job = job_of(paper)
    if job is not None and not job.over:
        raise NotNow(f"“{paper.name}”{State(job.state).label}，请等它结束或先取消。")


def _lock(paper: Paper) -> None:
    """Read the paper as it is now and keep others from it until the transaction ends."""
    try:
        paper.refresh_from_db(from_queryset=Paper.objects.select_for_update())
    except Paper.DoesNotExist:
        raise NotInScope(f"“{paper.name}”已经丢弃。") from None


@contextmanager
def _held(paper: Paper) -> Iterator[None]:
    """The paper as it is now, open, and nobody else's until the block ends.

    Raises NotNow as ``require_open`` does, and where rows and columns are others meanwhile.
    """
    settle(paper)
    with transaction.atomic():
        seen = paper.sheet, paper.pointing
        _lock(paper)
        require_open(paper)
        if (paper.sheet, paper.pointing) != seen:
            raise NotNow(f"“{paper.name}”刚刚换过工作表或列，请刷新页面后再改。")
        yield


def _alter(paper: Paper) -> None:
    """A new revision: what was tried before no longer counts."""
    Paper.objects.filter(pk=paper.pk).update(
        revision=F("revision") + 1, trial=None, result=None, job_id=None, claimed_at=None
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
    with _held(paper):
        paper.mends.all().delete()
        paper.asides.all().delete()
        Paper.objects.filter(pk=paper.pk).update(sheet=sheet)
        _alter(paper)
    _work_out(paper, actor)


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
    with _held(paper):
        mine = Pointing.objects.filter(owner=paper.owner, ledger=paper.ledger)
        mine.filter(header__in=list(pointing)).delete()
        Pointing.objects.bulk_create(
            Pointing(owner=paper.owner, ledger=paper.ledger, header=h, column=c)
            for h, c in wanted.items()
        )
        kept = {normal(h) for h in pointing}
        merged = {h: c for h, c in paper.pointing.items() if normal(h) not in kept} | wanted
        Paper.objects.filter(pk=paper.pk).update(pointing=merged)
        _alter(paper)
    _work_out(paper, actor)


# ------------------------------------------------------------------ cells and rows


def mend(paper: Paper, actor: Actor, cells: dict[tuple[int, str], str]) -> None:
    """Write cells anew: (row, header) → text, empty to clear; the rows are checked at once.

    Raises Refused for a row or column that is not there, and for too long a text.
    """
    headers = {c.header for c in sheets.ledger_of(paper).all_columns}
    for (row, header), text in cells.items():
        if header not in headers:
            raise Refused(f"没有“{header}”这一列，请刷新页面后再改。")
        if len(text) > MAX_LENGTH:
            raise Refused(f"第 {row} 行“{header}”超过 {MAX_LENGTH} 个字，请缩短。")
    whole = sheets.whole_table(paper)
    for row in {row for row, _ in cells} - set(whole.row_numbers):
        raise Refused(f"表里没有第 {row} 行，请刷新页面后再改。")
    with _held(paper):
        for (row, header), text in cells.items():
            Mend.objects.update_or_create(
                paper=paper, row=row, header=header, defaults={"sealed": sheets.sealed(text)}
            )
        _alter(paper)
    checking.check_again(paper, actor, {row for row, _ in cells}, whole)
    checking.save_work(paper)


def set_aside(paper: Paper, actor: Actor, rows: Iterable[int]) -> None:
    """Keep rows out of this import; they wait in 待改."""
    whole = sheets.whole_table(paper)
    numbers = set(rows) & set(whole.row_numbers)
    with _held(paper):
        Aside.objects.bulk_create(
            (Aside(paper=paper, row=row) for row in sorted(numbers)), ignore_conflicts=True
        )
        _alter(paper)
    checking.check_again(paper, actor, numbers, whole)
    checking.save_work(paper)


def bad_rows(paper: Paper) -> list[int]:
    """The rows that have an error."""
    found = Finding.objects.filter(paper=paper, level="error")
    return sorted(set(found.values_list("row", flat=True)))


def bring_back(paper: Paper, actor: Actor, rows: Iterable[int]) -> None:
    """Take rows from 待改 into the import again."""
    whole = sheets.whole_table(paper)
    numbers = set(rows) & set(whole.row_numbers)
    with _held(paper):
        paper.asides.filter(row__in=numbers).delete()
        _alter(paper)
    checking.check_again(paper, actor, numbers, whole)
    checking.save_work(paper)


def reveal(paper: Paper) -> None:
    """Show whole numbers in the bad cells to whoever brought the paper; it goes on the trail."""
    with _held(paper):
        if Paper.objects.filter(pk=paper.pk, revealed_at=None).update(revealed_at=now()):
            trail.note(
                "unmask-import",
                {
                    "ledger": paper.ledger,
                    "paper": paper.name,
                    "actor": paper.owner_id,
                    "name": paper.owner.username,
                    "reason": f"导入时改错：{paper.name}",
                    "import": paper.pk,
                },
            )
    paper.refresh_from_db()


# ------------------------------------------------------------------ dry run and commit


def try_out(paper: Paper, actor: Actor, on: date | None) -> None:
    """The dry run, as a job where the paper is large. ``on`` is the day of undated rows."""
    with _held(paper):
        if paper.on != on:
            Paper.objects.filter(pk=paper.pk).update(on=on)
            _alter(paper)
        rows = (paper.summary or {}).get("rows", 0)
        if rows > checking.FEW_ROWS:
            _hand_in(paper, TRY_OUT, "试算")
            return
    checking.try_out(paper, actor, areas_of(paper.owner))
    checking.save_work(paper)


def submit(paper: Paper, *, revision: int, skip_bad: bool, reason: str) -> None:
    """Hand the paper in for the ledger; handing it in twice is once.

    Raises NotNow where it was altered since the dry run that was looked at.
    """
    settle(paper)
    with transaction.atomic():
        held = Paper.objects.select_for_update().get(pk=paper.pk)
        job = job_of(held)
        under_way = job is not None and job.kind == COMMIT and job.state not in AGAIN
        if held.result is not None or under_way:
            return
        if job is not None and not job.over:
            raise NotNow(f"“{held.name}”{State(job.state).label}，请等它结束或先取消。")
        tried = held.trial or {}
        if held.revision != revision or tried.get("revision") != revision:
            raise NotNow("试算之后内容又改过，请重新试算，看过结果再入库。")
        Paper.objects.filter(pk=held.pk).update(skip_bad=skip_bad, reason=reason, claimed_at=now())
        _hand_in(held, COMMIT, "导入")


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
        raise NotNow(f"“{paper.name}”没有可以重试的作业。")
    retry(job)


def back_to_work(paper: Paper) -> None:
    """After a commit that was cancelled, failed or wrote nothing: mend and try again."""
    settle(paper)
    with transaction.atomic():
        _lock(paper)
        job = job_of(paper)
        if job is not None and not job.over:
            raise NotNow(f"“{paper.name}”{State(job.state).label}，请等它结束或先取消。")
        if paper.change is not None:
            raise NotNow(f"“{paper.name}”已经入库，不能再改；要退回请到变更页撤销。")
        _alter(paper)


def take_up(paper: Paper, actor: Actor) -> Paper:
    """A second import of the rows that the first one left; the one begun, if there is one."""
    left = (paper.result or {}).get("left") or []
    if not left:
        raise NotNow(f"“{paper.name}”没有待改的行。")
    with transaction.atomic():
        held = Paper.objects.select_for_update().get(pk=paper.pk)
        begun = held.follow_ups.order_by("pk").first()
        if begun is not None:
            return begun
        fresh = Paper.objects.create(
            owner=held.owner,
            ledger=held.ledger,
            file_id=held.file_id,
            name=held.name,
            sha256=held.sha256,
            sheet=(held.summary or {}).get("sheet") or "",
            pointing=held.pointing,
            only=left,
            parent=held,
            on=held.on,
            revealed_at=held.revealed_at,
        )
        kept = held.mends.filter(row__in=left)
        Mend.objects.bulk_create(
            Mend(paper=fresh, row=m.row, header=m.header, sealed=m.sealed) for m in kept
        )
    _work_out(fresh, actor)
    return fresh


def discard(paper: Paper) -> None:
    """Throw a paper away that never went into the ledger."""
    with _held(paper):
        if paper.change is not None or paper.follow_ups.exists():
            raise NotInScope(f"“{paper.name}”已经入库，不能丢弃。")
        paper.delete()
        alone = not Paper.objects.filter(file_id=paper.file_id).exists()
        stored = StoredFile.objects.filter(pk=paper.file_id).first() if alone else None
        if stored is not None:
            expire(stored)
    if stored is not None:
        forget(stored)
