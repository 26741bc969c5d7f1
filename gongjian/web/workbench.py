"""What a person finds on the first page: figures of the own place, own work, ways in."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from gongjian.core.access import Actor, Permission
from gongjian.core.errors import Refused
from gongjian.history.models import Change
from gongjian.indicators.declare import CATALOG
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.figures.forms import Question, top_of, tree_named
from gongjian.web.figures.places import Sight
from gongjian.web.figures.queries import answer
from gongjian.web.imports.models import Paper
from gongjian.web.imports.presenters import state_of
from gongjian.web.imports.queries import jobs_of
from gongjian.web.moment import AsOf
from gongjian.web.posts import permissions
from gongjian.web.text import ABSENT, moment, number, percent
from gongjian.web.wording.changes import kind_of, ledger_of

SHOWN: Final = 6
"""Lines of each list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A figure of the place, with the address of the rows behind it."""

    code: str
    name: str
    unit: str
    value: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A paper that waits for its owner: what state it is in (style and words), and where to go."""

    state: tuple[str, str]
    title: str
    remark: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Something that whoever holds any of ``permissions`` may do, on the page ``name``."""

    permissions: frozenset[Permission]
    name: str
    title: str
    remark: str
    icon: str


WAYS: Final = (
    Way(
        permissions=frozenset({Permission.IMPORT_LEDGER}),
        name="imports",
        title="导入台账",
        remark="把 Excel 收进来，先检查、试算，再入库",
        icon="file-import",
    ),
    Way(
        permissions=frozenset({Permission.SEE_FIGURES}),
        name="figures",
        title="口径与核对",
        remark="每个数怎么来，由哪些行构成",
        icon="zoom-check",
    ),
    Way(
        permissions=frozenset({Permission.SEE_TRAIL}),
        name="changes",
        title="变更与留痕",
        remark="谁在什么时候为什么改了什么",
        icon="git-compare",
    ),
    Way(
        permissions=frozenset({Permission.MANAGE_PEOPLE}),
        name="staff",
        title="人员与岗位",
        remark="添加人员，分配岗位，交接和代岗",
        icon="users-group",
    ),
)


def headlines(request: HttpRequest, actor: Actor, asof: AsOf) -> tuple[str, list[Headline]]:
    """The name of the highest place someone may see, and its figures.

    Refused where the scope holds no place that existed on the day.
    """
    tree = tree_named(request.GET, actor.scope)
    sight = Sight(actor.scope, tree, asof.day, asof.known_at)
    node = top_of(sight)
    if node not in sight.tree.leaves():
        raise Refused("那时入库的台账里还没有您管理的地方，没有数可看。请把所知改为此刻所知。")
    question = Question(asof=asof, tree=tree, node=node, code=sight.tree.code(node))
    headlines = CATALOG.headlines()
    told = answer([figure.code for figure in headlines], question).figures
    return sight.tree.name(node), [
        Headline(
            code=figure.code,
            name=figure.name,
            unit=figure.unit,
            value=_value(figure.unit, told[figure.code].value),
            address=reverse("figure-rows", args=[figure.code]) + question.query(),
        )
        for figure in headlines
    ]


def todos(user_id: int) -> list[Todo]:
    """Papers of someone that are not in the ledger yet, or left rows behind; the newest first."""
    left = Q(result__left__0__isnull=False, follow_ups__isnull=True)
    open_ = Q(result__isnull=True) | Q(result__refused=True) | left
    papers = list(Paper.objects.filter(open_, owner_id=user_id).order_by("-pk")[:SHOWN])
    jobs = jobs_of(papers)
    return [
        Todo(
            state=state_of(paper, jobs.get(paper.job_id or 0)),
            title=paper.name,
            remark=f"{LEDGERS[paper.ledger].title} · {moment(paper.created)} 上传",
            address=reverse("import", args=[paper.pk]),
        )
        for paper in papers
    ]


def own_changes(user_id: int, asof: AsOf) -> list[dict[str, Any]]:
    """The newest changes someone made, each with its address."""
    made = Change.objects.filter(actor_id=user_id).order_by("-number")[:SHOWN]
    return [
        {
            "number": change.number,
            "at": change.at,
            "title": f"{kind_of(change).word} · {ledger_of(change)}",
            "remark": change.source_name or change.reason,
            "address": reverse("change", args=[change.number]) + asof.query(),
        }
        for change in made
    ]


def own_jobs(user_id: int) -> list[dict[str, Any]]:
    """The newest work in the background that someone asked for."""
    asked: QuerySet[Job] = Job.objects.filter(owner_id=user_id).order_by("-pk")[:SHOWN]
    return [{"job": job, "address": reverse("job", args=[job.pk])} for job in asked]


def ways(request: HttpRequest) -> list[Way]:
    """What the posts of whoever asks allow."""
    may = permissions(request)
    return [way for way in WAYS if not way.permissions.isdisjoint(may)]


def _value(unit: str, value: float | None) -> str:
    if value is None:
        return ABSENT
    return number(int(value)) if unit else percent(value)
