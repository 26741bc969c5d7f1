"""Figures of a place from the store, its problems, who writes there, what waits for someone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.accounts.queries import live
from gongjian.accounts.rules import grants
from gongjian.core.access import Permission, Scope
from gongjian.core.days import today, year_before
from gongjian.history.models import Change
from gongjian.history.state import latest
from gongjian.indicators.declare import CATALOG, TERRITORY, Figure, Ratio
from gongjian.indicators.store.matrix import Matrix, kept_matrix
from gongjian.jobs.models import Job
from gongjian.web.changes.queries import visible
from gongjian.web.figures.queries import Told, Value, answer
from gongjian.web.home.places import Asked
from gongjian.web.imports.models import Paper

SHOWN: Final = 6
"""Lines of each list."""

_LOOKED: Final = 40
"""Newest changes among which those within a scope are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What the place counts on the day, what it counted a year ago, and each place right below.

    ``last`` is None where the store does not have that day. With ``comparable`` it is added up
    along the tree of today (可比口径); ``moved`` says that this makes a difference.
    """

    now: Told
    last: Told | None
    year_ago: date
    below: Mapping[int, Told]
    comparable: bool
    moved: bool


def shown_codes() -> list[str]:
    """Headlines and problems, each once."""
    return list(dict.fromkeys(f.code for f in (*CATALOG.headlines(), *CATALOG.problems())))


def rates() -> list[Figure]:
    """By what places are held against each other: the rates among the headlines."""
    return [figure for figure in CATALOG.headlines() if isinstance(figure, Ratio)]


def board(asked: Asked, *, comparable: bool) -> Board | None:
    """All of it from the store, in one reading; None where the store does not have the day."""
    question, day = asked.question, asked.question.day
    past = question.known_at is not None and question.known_at < latest().change
    if question.tree != TERRITORY or past:
        return None
    node, year_ago = question.node, year_before(day)
    found = kept_matrix(
        shown_codes(),
        days=[day, year_ago],
        nodes=[node, *asked.below],
        tree_of=day if comparable else None,
    )
    if day not in found.values:
        return None
    before = asked.sight.on(year_ago).tree
    there = before.exists(node) or comparable
    known = year_ago in found.values and there
    return Board(
        now=_told(found, day, node),
        last=_told(found, year_ago, node) if known else None,
        year_ago=year_ago,
        below={child: _told(found, day, child) for child in asked.below},
        comparable=comparable,
        moved=before.below(node) != asked.sight.tree.below(node),
    )


def counted(asked: Asked) -> Told:
    """The figures of the place alone, counted from the rows where the store cannot tell."""
    return answer(shown_codes(), asked.question).figures


def _told(found: Matrix, day: date, node: int) -> Told:
    values = found.values[day][node]
    pairs = zip(found.figures, values, strict=True)
    return {figure.code: Value(**value) for figure, value in pairs}


# ------------------------------------------------------------------ who writes there


def writers(areas: Collection[int]) -> dict[int, list[Post]]:
    """Area → the posts of today at the very place that fill in all its ledgers; one query.

    Whoever stands in while another is away is among them.
    """
    roles = [role for role in Role if grants(role, Permission.IMPORT_LEDGER)]
    day = today()
    posts = live(Post.objects.filter(area_id__in=areas, role__in=roles), day)
    held = posts.filter(valid_from__lte=day, user__is_active=True).select_related("user")
    found: dict[int, list[Post]] = {}
    for post in held.order_by("valid_from", "pk"):
        if post.area_id is not None:
            found.setdefault(post.area_id, []).append(post)
    return found


# ------------------------------------------------------------------ own work


def open_papers(user_id: int) -> list[Paper]:
    """Papers of someone that are not in the ledger yet, or left rows behind; the newest first."""
    left = Q(result__left__0__isnull=False, follow_ups__isnull=True)
    open_ = Q(result__isnull=True) | Q(result__refused=True) | left
    return list(Paper.objects.filter(open_, owner_id=user_id).order_by("-pk")[:SHOWN])


def own_changes(user_id: int) -> list[Change]:
    """The newest changes that someone made."""
    return list(Change.objects.filter(actor_id=user_id).order_by("-number")[:SHOWN])


def own_jobs(user_id: int) -> list[Job]:
    """The newest work in the background that someone asked for."""
    return list(Job.objects.filter(owner_id=user_id).order_by("-pk")[:SHOWN])


def recent_changes(scope: Scope, known_at: int | None) -> list[Change]:
    """The newest changes, of the last few, that touched anything within the scope."""
    newest = Change.objects.order_by("-number")
    if known_at is not None:
        newest = newest.filter(number__lte=known_at)
    looked = list(newest[:_LOOKED])
    inside = visible((change.number for change in looked), scope)
    return [change for change in looked if change.number in inside][:SHOWN]
