"""The page of the grid."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongjian.accounts.models import User
from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.web.imports.asking import importer, ledger_named, writable
from gongjian.web.imports.models import Pointing
from gongjian.web.pasting import cells, presenters
from gongjian.web.pasting.papers import Made, hand_in, handed_before, new_word, stands_at
from gongjian.web.rendering import page
from gongjian.web.text import moment


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty grid; POST makes a paper of what is in it. Whatever is wrong, nothing is lost."""
    ledger = ledger_named(slug)
    user, actor = importer(request, slug)
    if request.method == "GET":
        return page(request, "pasting/grid.html", _context(request, ledger, user))
    try:
        return _taken(request, ledger, user, actor)
    except (NotInScope, NotPermitted):
        raise
    except Refused as error:
        context = _context(request, ledger, user) | {
            "text": request.POST.get("text", ""),
            "problem": error.sentence,
        }
        return page(request, "pasting/grid.html", context, status=422)


def _taken(request: HttpRequest, ledger: Ledger, user: User, actor: Actor) -> HttpResponse:
    word = request.POST.get("word", "")
    paper = handed_before(user, word) if word else None
    if paper is None:
        found = cells.read(ledger, request.POST.get("text", ""), _pointing(user, ledger))
        made = Made(
            name=f"粘贴的{ledger.title} {moment(now()).replace(':', '')}.xlsx",
            sheet=ledger.title,
            heads=found.heads,
            rows=found.rows,
        )
        paper = hand_in(user, actor, ledger, made, word)
    return redirect(stands_at(paper), paper.pk)


def _pointing(user: User, ledger: Ledger) -> dict[str, str]:
    """Headers that the person pointed to columns before."""
    known = Pointing.objects.filter(owner=user, ledger=ledger.slug)
    return dict(known.values_list("header", "column"))


def _context(request: HttpRequest, ledger: Ledger, user: User) -> dict[str, Any]:
    return {
        "ledger": ledger,
        "ledgers": writable(request),
        "heads": presenters.heads(ledger, _pointing(user, ledger)),
        "most": cells.MOST_ROWS,
        "text": "",
        "problem": "",
        "word": new_word(),
    }
