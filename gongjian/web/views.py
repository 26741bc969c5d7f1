"""The first page and the help."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjian.core.access import Permission
from gongjian.core.errors import NotInScope, Refused
from gongjian.web import workbench
from gongjian.web.moment import moment_of
from gongjian.web.people import person, require
from gongjian.web.posts import permissions
from gongjian.web.rendering import page

TOPICS: Final = {
    "home": "从工作台开始",
    "moment": "截至与所知",
    "ledgers": "台账",
    "records": "一条记录",
    "imports": "导入",
    "figures": "口径与核对",
    "changes": "变更与留痕",
    "search": "搜索",
    "staff": "人员与岗位",
    "jobs": "后台作业",
    "account": "账号与登录",
}
"""Topics of the help in their order; each has its file in jinja2/help."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after the sign-in."""
    user_id, may = person(request).id or 0, permissions(request)
    imports = Permission.IMPORT_LEDGER in may
    context = {
        "ways": workbench.ways(request),
        "imports": imports,
        "todos": workbench.todos(user_id) if imports else [],
        "changes": workbench.own_changes(user_id, moment_of(request)) if imports else [],
        "sees_trail": Permission.SEE_TRAIL in may,
        "jobs": workbench.own_jobs(user_id),
        "works": imports or Permission.EXPORT_LEDGER in may,
        "sees_figures": Permission.SEE_FIGURES in may,
    }
    return page(request, "home.html", context)


@require_safe
def home_figures(request: HttpRequest) -> HttpResponse:
    """The figures of the own place: fetched when the page stands, for they may take a moment."""
    actor = require(request, Permission.SEE_FIGURES, "查看指标")
    try:
        place, figures = workbench.headlines(request, actor, moment_of(request))
    except Refused as error:
        return page(request, "home_figures.html", {"sentence": error.sentence}, fragment="part")
    context = {"place": place, "figures": figures, "sentence": ""}
    return page(request, "home_figures.html", context, fragment="part")


@require_safe
def help_page(request: HttpRequest, topic: str) -> HttpResponse:
    """What a page is for and how it is used."""
    if topic not in TOPICS:
        raise NotInScope(f"没有“{topic}”这篇帮助。")
    return page(request, f"help/{topic}.html", {"topics": TOPICS.items(), "here": topic})
