"""The first page, by what the posts of whoever asks allow."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.web.doubts.queries import open_for
from gongjian.web.home import presenters, queries, telling
from gongjian.web.home.ways import ways
from gongjian.web.imports.queries import jobs_of
from gongjian.web.moment import moment_of
from gongjian.web.people import opened, person, posts, require
from gongjian.web.posts import permissions
from gongjian.web.rendering import page
from gongjian.web.todos.queries import counts, held_by

P = Permission


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after the sign-in: a section for each thing that a post allows."""
    user_id, allowed, asof = person(request).id or 0, permissions(request), moment_of(request)
    imports, figures = P.IMPORT_LEDGER in allowed, P.SEE_FIGURES in allowed
    told, place = telling.Telling(), None
    if figures:
        told, place = telling.of_store(request, require(request, P.SEE_FIGURES, "查看指标"))
    papers = queries.open_papers(user_id) if imports else []
    doubted = open_for(request) if figures else []
    own = queries.own_changes(user_id) if imports else []
    flows = counts(held_by(posts(request)), today())
    context = {
        "told": told,
        "sees_figures": figures,
        "doubts": presenters.doubts(place, asof, opened(request), every=not figures),
        "ways": ways(request),
        "imports": imports,
        "waiting": flows.all + len(doubted) + len(papers),
        "todos": [
            *presenters.of_flows(flows),
            *presenters.questions(doubted),
            *presenters.todos(papers, jobs_of(papers)),
        ],
        "changes": presenters.changes(own, asof),
        "sees_trail": P.SEE_TRAIL in allowed,
        "jobs": queries.own_jobs(user_id),
        "works": imports or P.EXPORT_LEDGER in allowed,
    }
    return page(request, "home/home.html", context)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Figures and problems of the own place: fetched when the page stands, for they may take a
    moment where the store does not have them."""
    actor = require(request, P.SEE_FIGURES, "查看指标")
    context = {
        "told": telling.of_rows(request, actor),
        "imports": P.IMPORT_LEDGER in permissions(request),
    }
    return page(request, "home/figures.html", context, fragment="part")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The newest changes within the scope: fetched when the page stands."""
    actor, asof = require(request, P.SEE_TRAIL, "查看变更"), moment_of(request)
    found = queries.recent_changes(actor.scope, asof.known_at)
    context = {"changes": presenters.changes(found, asof)}
    return page(request, "home/changes.html", context, fragment="part")
