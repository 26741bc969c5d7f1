"""Papers of a person and what was found in them."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import actor_of
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope
from gongjian.history import sql
from gongjian.history.models import Change
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import LEDGERS
from gongjian.unions.queries import branch_of
from gongjian.web.exporting import fingerprint
from gongjian.web.foretelling import areas_of
from gongjian.web.imports.models import Finding, Line, Paper

PAGE: Final = 50


def paper_of(user: User, number: int) -> Paper:
    """The person's own paper; of others' there is none."""
    paper = Paper.objects.select_related("owner").filter(pk=number, owner=user).first()
    if paper is None:
        raise NotInScope(f"没有编号为 {number} 的导入。")
    return paper


def papers_of(user: User, *, before: int | None = None) -> list[Paper]:
    """A page of the person's papers, newest first, and one more where others follow."""
    mine = Paper.objects.filter(owner=user).order_by("-pk")
    if before is not None:
        mine = mine.filter(pk__lt=before)
    return list(mine[: PAGE + 1])


def jobs_of(papers: list[Paper]) -> dict[int, Job]:
    """The jobs of several papers by number."""
    return Job.objects.in_bulk([p.job_id for p in papers if p.job_id])


def job_of(paper: Paper) -> Job | None:
    """The job last handed in for the paper."""
    return Job.objects.filter(pk=paper.job_id).first() if paper.job_id else None


def importer(user: User, ledger: str) -> Actor:
    """The person as far as posts that import into a ledger reach today."""
    return actor_of(
        user,
        today(),
        permission=Permission.IMPORT_LEDGER,
        ledger=ledger,
        expand_unions=branch_of,
    )


def reach(paper: Paper, actor: Actor) -> str:
    """As far as the owner saw when something was worked out: their scope, and whose figures."""
    return f"{fingerprint(actor.scope)} {sorted(areas_of(paper.owner))}"


def together(paper: Paper) -> list[Paper]:
    """The papers brought in one go with it, itself among them, in the order they depend."""
    if paper.batch is None:
        return [paper]
    found = Paper.objects.filter(batch=paper.batch, owner=paper.owner).order_by("pk")
    return sorted(found, key=lambda p: order_of(p.ledger))


@cache
def dependence() -> tuple[str, ...]:
    """All ledgers, each after those that it refers to."""
    found: dict[str, None] = {}
    waiting = [ledger.slug for ledger in LEDGERS]
    while waiting:
        ready = [slug for slug in waiting if all(t in found for t in refers_to(slug))]
        if not ready:
            raise ValueError(f"ledgers refer to each other in a circle: {waiting}")
        found[ready[0]] = None
        waiting.remove(ready[0])
    return tuple(found)


def refers_to(slug: str) -> list[str]:
    """The other ledgers that a ledger's columns name."""
    own = LEDGERS[slug]
    return [t for t in dict.fromkeys(c.ref.to for c in own.ref_columns) if t != slug]


def order_of(slug: str) -> int:
    """The place of a ledger in the order of dependence."""
    return dependence().index(slug)


def watched(paper: Paper) -> list[str]:
    """The ledgers whose changes may alter what a paper comes to."""
    seen = {paper.ledger, *refers_to(paper.ledger)}
    return sorted(seen | {further for slug in list(seen) for further in refers_to(slug)})


def since(paper: Paper, base: int) -> QuerySet[Change]:
    """Changes after ``base`` of what the paper stands on, newest first."""
    later = Change.objects.filter(number__gt=base, ledger__in=watched(paper))
    return later.order_by("-number")


def at_its_rows(paper: Paper, base: int) -> list[Change]:
    """Changes after ``base`` of what the rows of the last dry run are about, newest first.

    Of these alone the owner is told who made them: of rows that are theirs to see.
    """
    table = LEDGERS[paper.ledger].shape.table
    entries = Line.objects.filter(paper=paper, entry_id__isnull=False)
    found: set[int] = set()
    for column in ("added_in", "removed_in"):
        query = f'SELECT DISTINCT {column} FROM "{table}" WHERE {column} > %s AND'  # noqa: S608
        for batch in sql.chunks(entries.values_list("entry_id", flat=True)):
            rows = sql.fetch(f"{query} {sql.in_list('entry_id')}", [base, sql.as_list(batch)])
            found |= {number for (number,) in rows}
    return list(Change.objects.filter(pk__in=found).order_by("-number"))


def changes(numbers: Iterable[int]) -> dict[int, Change]:
    """Changes by number."""
    return Change.objects.in_bulk(list(numbers))


def causes(paper: Paper) -> list[Any]:
    """How many rows have which problem, worst and most first."""
    found = (
        Finding.objects.filter(paper=paper)
        .values("level", "header", "code")
        .annotate(rows=Count("row", distinct=True))
    )
    return sorted(found, key=lambda c: (c["level"] != "error", -c["rows"], c["header"]))


def findings(paper: Paper, **narrowed: str) -> QuerySet[Finding]:
    """Problems in the order of rows, of one level, column and code where these are named."""
    given = {k: v for k, v in narrowed.items() if v}
    return Finding.objects.filter(paper=paper, **given).order_by("row", "pk")


def lines(paper: Paper, outcome: str) -> QuerySet[Line]:
    """Lines of the dry run in the order of rows."""
    return Line.objects.filter(paper=paper, outcome=outcome).order_by("row", "pk")


def written_by(paper: Paper) -> int | None:
    """The change that this paper made, even where whoever worked on it died right after."""
    if paper.change is not None or paper.claimed_at is None:
        return paper.change
    others = Paper.objects.exclude(pk=paper.pk).filter(change__isnull=False).values("change")
    mine = Change.objects.filter(
        Q(at__gte=paper.claimed_at),
        kind="import",
        ledger=paper.ledger,
        actor_id=paper.owner_id,
        source_sha256=paper.sha256,
    )
    return (
        mine.exclude(number__in=others).order_by("number").values_list("number", flat=True).first()
    )


def undone_by(change: int | None) -> int | None:
    """The change that took ``change`` back, if one did."""
    if change is None:
        return None
    return Change.objects.filter(undoes_id=change).values_list("number", flat=True).first()
