"""Pages and their fragments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django_htmx.middleware import HtmxDetails
from jinja2_fragments import render_block

from gongjian.web.environment import shell


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """A template as an answer; only its block ``fragment`` where htmx asks for a part."""
    engine = engines.all()[0]
    if not isinstance(engine, Jinja2):  # pragma: no cover - settings name no other
        raise TypeError("templates are Jinja2")
    values = {**shell(request), "request": request, **context}
    if fragment is not None and _part_wanted(request):
        return HttpResponse(render_block(engine.env, template, fragment, **values), status=status)
    return HttpResponse(engine.env.get_template(template).render(values), status=status)


def _part_wanted(request: HttpRequest) -> bool:
    """Does htmx ask for a part? A boosted link asks for the whole page."""
    htmx = getattr(request, "htmx", None)
    return isinstance(htmx, HtmxDetails) and bool(htmx) and not htmx.boosted
