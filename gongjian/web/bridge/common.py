"""What all pages of the bridge have in common."""

from collections.abc import Callable
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest

from gongjian.areas.queries import tree_on
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.indicators.declare import TERRITORY
from gongjian.reporting.bridge import WRITES, Line, figure_of
from gongjian.reporting.models import PaperTotal
from gongjian.reporting.rules import Period
from gongjian.web.bridge import presenters
from gongjian.web.figures.equations import among
from gongjian.web.figures.presenters.common import node_code, node_name
from gongjian.web.people import may, require
from gongjian.web.records.views.once import once

ENTERS: Final = "填报期初衔接"
EXPLAINS: Final = "说明期初差额"


def may_write(request: HttpRequest, area: int) -> bool:
    """Would entering be allowed here? For showing what leads to it."""
    if not may(request, WRITES):
        return False
    return require(request, WRITES, ENTERS).scope.covers([("areas", area)])


def done(request: HttpRequest, form: Form, deed: Callable[[], int]) -> bool:
    """Do what a form asks for, once; a refusal becomes a sentence of the form."""
    try:
        once(request, request.POST.get("word", ""), deed)
    except (NotInScope, NotPermitted):
        raise
    except Refused as error:
        form.add_error(None, error.sentence)
        return False
    return True


def code_of(total: PaperTotal) -> str:
    """The code of the area of a total on its day."""
    return node_code(TERRITORY, tree_on(total.at), total.area_id)


def about(found: PaperTotal, line: Line) -> dict[str, Any]:
    """What each page about one total says at its head."""
    code, period = code_of(found), Period.read(found.period)
    return {
        "total": found,
        "line": line,
        "figure": line.figure,
        "name": node_name(TERRITORY, tree_on(found.at), found.area_id),
        "period": period,
        "bridge": presenters.address(code, period),
        "shown": presenters.rows([line], code)[0],
    }


def overlaps(found: PaperTotal) -> bool:
    """Can an entry stand in several parts of the figure?"""
    figure = figure_of(found)
    parts = among(figure)
    return parts is not None and bool(parts.twice) and parts.whole is figure
