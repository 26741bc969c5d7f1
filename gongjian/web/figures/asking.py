"""What a page about a figure is asked for, once it is clear that the person may see it."""

from typing import NamedTuple

from django.http import HttpRequest

from gongjian.core.access import Permission
from gongjian.core.errors import NotPermitted
from gongjian.web.figures import forms
from gongjian.web.figures.forms import Question
from gongjian.web.figures.places import Sight
from gongjian.web.figures.presenters.common import node_code
from gongjian.web.moment import moment_of
from gongjian.web.people import insider, require


class Asked(NamedTuple):
    """Whose figures, of which moment, and what else is in sight of whoever asks."""

    question: Question
    sight: Sight


def asked(request: HttpRequest, permission: Permission, deed: str) -> Asked:
    """What the page is about, once it is clear that the person may see it.

    Not in the scope of any post: 404; no post that allows it there: 403; then what else is wrong
    with the address: 422. ``deed`` completes “您的岗位不能…”.
    """
    given, asof = request.GET, moment_of(request)
    seen = insider(request, deed).scope
    tree = forms.tree_named(given, seen)
    node = forms.node_named(given, Sight(seen, tree, asof.day, asof.known_at))
    actor = require(request, permission, deed)
    sight = Sight(actor.scope, tree, asof.day, asof.known_at)
    if node is not None and not sight.covers(node):
        raise NotPermitted(f"您在这里的岗位不能{deed}，请由有此权限的人办理。")
    start = forms.year_begins(given)
    node = forms.top_of(sight) if node is None else node
    code = node_code(tree, sight.tree, node)
    return Asked(Question(asof=asof, tree=tree, node=node, code=code, year_start=start), sight)
