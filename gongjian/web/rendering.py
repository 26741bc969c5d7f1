"""Pages and their fragments."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django_htmx.middleware import HtmxDetails
from jinja2 import Environment, Template

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
    values = {**shell(request), "request": request, **context}
    found = _templates().get_template(template)
    if fragment is not None and part_wanted(request):
        return HttpResponse(_part(found, fragment, values), status=status)
    return HttpResponse(found.render(values), status=status)


def alone(sentence: str, status: HTTPStatus) -> HttpResponse:
    """A sentence as a page without its frame: no person, no menu, no database."""
    values = {"sentence": sentence, "status": int(status)}
    return HttpResponse(_templates().get_template("alone.html").render(values), status=status)


def part_wanted(request: HttpRequest) -> bool:
    """Does htmx ask for a part? A boosted link asks for the whole page."""
    htmx = getattr(request, "htmx", None)
    return isinstance(htmx, HtmxDetails) and bool(htmx) and not htmx.boosted


def _part(template: Template, block: str, values: dict[str, Any]) -> str:
    """One block alone, with the names that the template imports at its head.

    Those are imported by the template as a whole, so it is begun: up to the first words of the
    frame, which are thrown away.
    """
    context = template.new_context(values)
    next(template.root_render_func(context), "")
    return "".join(context.blocks[block][0](context))


def _templates() -> Environment:
    engine = engines.all()[0]
    if not isinstance(engine, Jinja2):  # pragma: no cover - settings name no other
        raise TypeError("templates are Jinja2")
    return engine.env
