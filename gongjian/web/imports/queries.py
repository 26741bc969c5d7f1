"""Papers of a person and what was found in them."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.accounts.queries import actor_of, posts_of
from gongjian.accounts.rules import grants
from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.days import today
from gongjian.core.errors import NotInScope
from gongjian.history.models import Change
from gongjian.jobs.models import Job
from gongjian.unions.queries import branch_of
from gongjian.web.exporting import fingerprint
from gongjian.web.imports.models import Finding, Line, Paper

PAGE: Final = 50
_MOST_AREAS: Final = 3


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


def importer(user: User) -> Actor:
    """The person as far as posts that import reach today."""
    return actor_of(user, today(), permission=Permission.IMPORT_LEDGER, expand_unions=branch_of)


def areas_of(user: User) -> Mapping[int, str]:
    """Areas of the posts whose figures the person may see, with their names; a few of them."""
    tree = tree_on(today())
    held = [
        post.area_id
        for post in posts_of(user, today())
        if post.area_id is not None and grants(Role(post.role), Permission.SEE_FIGURES)
    ]
    existing = [area for area in dict.fromkeys(held) if tree.exists(area)]
    return {area: tree.name(area) for area in existing[:_MOST_AREAS]}


def reach(paper: Paper, actor: Actor) -> str:
    """As far as the owner saw when something was worked out: their scope, and whose figures."""
    return f"{fingerprint(actor.scope)} {sorted(areas_of(paper.owner))}"


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
