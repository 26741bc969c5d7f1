"""The page of the search box."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongjian.core.days import today
from gongjian.core.errors import NotNow
from gongjian.ledgers.cells import Text
from gongjian.web.lists.reach import reader
from gongjian.web.rendering import page
from gongjian.web.search import queries
from gongjian.web.search.presenters import Section, sections

_MOST_LETTERS = 60


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What a word means within the scope of whoever asks, as known and standing today."""
    scope = reader(request).scope
    if not request.__dict__["asof"].present:
        raise NotNow("搜索只找今天所知的记录；请回到今天再搜，或在台账里按那一天的条件找。")
    given = request.GET.get("q", "").strip()
    read = Text(_MOST_LETTERS).read(given)
    problem = read.flaws[0].message if read.value is None else ""
    found: list[Section] = []
    if read.value:
        found = sections(queries.search(str(read.value), scope, today()), today())
    context = {"given": given, "problem": problem, "sections": found, "most": queries.MOST}
    status = 422 if problem else 200
    return page(request, "search/search.html", context, fragment="results", status=status)
