"""The page of the search box."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from gongjian.core.access import Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotNow
from gongjian.history import state
from gongjian.ledgers.cells import Text
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.moment import moment_of
from gongjian.web.people import may, reader, require_somewhere
from gongjian.web.rendering import page
from gongjian.web.search import queries
from gongjian.web.search.presenters import Section, sections

_MOST_LETTERS = 60
_NOT_HERE = "证件号码和电话号码不能写在网址里，那样会留在浏览记录中；请把号码填进搜索框再搜。"


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What a word means within the scope of whoever asks, as known and standing today.

    The box sends its word in the body: a number of a person must not stay in an address, and so
    is not looked for where it came in one.
    """
    scopes = _scopes(request)
    if not moment_of(request).present:
        raise NotNow("搜索只找今天所知的记录；请回到今天再搜，或在台账里按那一天的条件找。")
    sent = request.POST if request.method == "POST" else request.GET
    given = sent.get("q", "").strip()
    read = Text(_MOST_LETTERS).read(given)
    word, problem = str(read.value or ""), read.flaws[0].message if read.value is None else ""
    if request.method != "POST" and queries.personal(word):
        given, word, problem = "", "", _NOT_HERE
    found: list[Section] = []
    if word:
        with state.steady():
            found = sections(queries.search(word, scopes, today()), today())
    context = {"given": given, "problem": problem, "sections": found}
    status = 422 if problem else 200
    return page(request, "search/search.html", context, fragment="results", status=status)


def _scopes(request: HttpRequest) -> dict[str, Scope]:
    """How far the person who asks sees in each ledger that their posts open."""
    require_somewhere(request, Permission.SEE_LEDGERS, "搜索台账")
    opened = [x.slug for x in LEDGERS if may(request, Permission.SEE_LEDGERS, ledger=x.slug)]
    return {slug: reader(request, slug).scope for slug in opened}
